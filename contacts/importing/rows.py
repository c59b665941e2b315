"""Rows of people between their parser and the batch: what was read of a person, as JSON can hold it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from contacts.person_rows import PersonRow
from contacts.profiles import ProfileLink

_TEXTS = ("name", "company", "role", "link", "place", "notes", "status")
_DAYS = ("connected_on", "sent_on")
_FIELDS = frozenset({*_TEXTS, *_DAYS, "profile", "emails"})


def data_of(person: PersonRow) -> dict[str, Any]:
    """What is empty is left out."""
    said: dict[str, Any] = {name: text for name in _TEXTS if (text := getattr(person, name))}
    if person.profile:
        said["profile"] = list(person.profile)
    if person.emails:
        said["emails"] = list(person.emails)
    for name in _DAYS:
        if day := getattr(person, name):
            said[name] = day.isoformat()
    return said


def person_of(file: str, number: int | None, data: Mapping[str, Any]) -> PersonRow:
    """The person again of whom `data_of` told; whatever else is in the data is another's."""
    said = {name: value for name, value in data.items() if name in _FIELDS}
    if "profile" in said:
        said["profile"] = ProfileLink(*said["profile"])
    if "emails" in said:
        said["emails"] = tuple(said["emails"])
    for name in _DAYS:
        if name in said:
            said[name] = dt.date.fromisoformat(said[name])
    return PersonRow(file, number or 0, **said)

"""What a row says of somebody who is there: what it fills, and whether they work elsewhere by now."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import compress
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.importing.employers import Employer
from contacts.importing.recognising import Directory, person_value
from contacts.models import Person
from contacts.person_rows import PersonRow
from netjob.ownership import NOTES

FILLED: Final = ("role", "place", "notes", "connected_on", "degree")
"""What a row gives to somebody who lacks it; what is there is never overwritten."""
LABELS: Final = {
    "role": gettext_lazy("role"), "place": gettext_lazy("place"), "notes": gettext_lazy("notes"),
    "connected_on": gettext_lazy("connected on"), "degree": gettext_lazy("connection"),
    "company": gettext_lazy("company"), "keys": gettext_lazy("profile or e-mail"),
}  # fmt: skip
"""What is said of that which somebody gains."""
THERE: Final = "people_there"
"""Under which name the readers of a batch share `standing`."""
FEW: Final = 500
"""Up to so many are asked for by their keys; more are read with everybody else, which is quicker."""


class Standing(NamedTuple):
    """What is kept of somebody who is there, as far as an import may fill or change it."""

    pk: int
    name: str
    company: int | None
    employer: str
    role: str
    lacks: frozenset[str]


def standing(directory: Directory, pks: Iterable[int]) -> dict[int, Standing]:
    wanted = set(pks)
    rows = Person.objects.owned_by(directory.owner).order_by()
    if len(wanted) <= FEW:
        rows = rows.filter(pk__in=wanted)
    with_notes = set(rows.exclude(notes="").values_list("pk", flat=True))
    columns = ("pk", "name", "company", "company__name", "role", "place", "connected_on", "degree")
    return {
        pk: Standing(
            pk, name, company, employer or "", role,
            _lacking(not role, not place, pk not in with_notes, not day, not day and degree != 1),
        )
        for pk, name, company, employer, role, place, day, degree in rows.values_list(*columns).iterator(5000)
        if pk in wanted
    }  # fmt: skip


@cache  # there are few, and as many people as there are
def _lacking(*lacks: bool) -> frozenset[str]:
    return frozenset(compress(FILLED, lacks))


def facts_of(person: PersonRow, *, connects: bool = False) -> dict[str, Any]:
    """What a row says of somebody besides who they are and where they work.

    `connects`: standing in the file is being connected. Whoever has no day there that can be read is of the 1st
    degree, since nobody knows when (`Person.is_connected`).
    """
    said: dict[str, Any] = {
        name: value for name in ("role", "place", "connected_on") if (value := getattr(person, name))
    }
    if notes := "\n".join(filter(None, [person.notes, person.link]))[:NOTES]:
        said["notes"] = notes
    if connects and not person.connected_on:
        said["degree"] = 1
    return said


def gained(person: PersonRow, there: Standing, directory: Directory, *, connects: bool) -> list[str]:
    """What a row brings to somebody who is there, by the names of `LABELS`; where else they work is another matter."""
    found = [name for name in facts_of(person, connects=connects) if name in there.lacks]
    if there.company is None and person.company:
        found.append("company")
    if any(key not in directory.standing for key in person.keys):
        found.append("keys")
    return found


def labelled(names: Iterable[str]) -> str:
    return ", ".join(str(LABELS[name]) for name in names)


class Said(NamedTuple):
    """What an export said of somebody."""

    name: str
    company: str
    role: str
    besides: tuple[tuple[str, str], ...] = ()
    """Companies and roles of further rows about them: only the first one decided where they work."""


@dataclass
class Earlier:
    """What the export before this one said: by whom it said it of, and when it was imported."""

    on: dt.date | None = None
    rows: Mapping[str, Said] = field(default_factory=dict)


class Job(NamedTuple):
    """Another job than is kept: a move, as far as the export before this one says where they came from."""

    company: Employer
    role: str
    is_move: bool
    match: str
    """What the preview says of it."""
    moving: str
    staying: str


def other_job(person: PersonRow, there: Standing, before: Said | None, directory: Directory) -> Job | None:
    """The job that a row tells of, if it is another than the one that is kept, and worth a word."""
    company = directory.employers.of(person.company)
    if company is None or there.company is None:
        return None
    if before and any(
        directory.employers.of(name) == company and (company != there.company or role == person.role)
        for name, role in before.besides
    ):
        return None  # the file before this one said it as well, and it was no news then
    names = {"name": there.name, "now": person.company, "was": there.employer, "role": person.role}
    if company == there.company:
        if not (person.role and before and before.role == there.role != person.role):
            return None
        return Job(
            company, person.role, True, _("%(name)s is now: %(role)s.") % names,
            _("Note that they are %(role)s now") % names, _("Leave it as it is"),
        )  # fmt: skip
    said_before = directory.employers.of(before.company) if before else None
    if said_before == company:
        return None  # it is what I said myself that differs, and the file says nothing new
    moving, staying = _("Move them to %(now)s") % names, _("Leave them at %(was)s") % names
    if said_before == there.company and company not in directory.earlier_jobs.get(there.pk, ()):
        match = _("%(name)s, at %(was)s until now, works at %(now)s.") % names
        return Job(company, person.role, True, match, moving, staying)
    match = _("%(name)s is known already, at %(was)s; the file says %(now)s.") % names
    # Where they worked before, an older file says, too: to go back there is for the owner to decide.
    return Job(company, person.role, False, match, moving, staying)


def moves_value(pk: int) -> str:
    """The choice to move somebody to where the file says."""
    return person_value(pk).replace("person", "moves")

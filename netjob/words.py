"""What several places say in the same words."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

NAMED: Final = 3
"""Rows that a sentence about many names."""
SHORT: Final = 60
"""Characters of a name that a sentence about several has room for."""


def spoken_day(on: dt.date, today: dt.date) -> str:
    """A day as people say it: "today", "last Friday", "3 November"."""
    distance = (on - today).days
    if -1 <= distance <= 1:
        return (_("yesterday"), _("today"), _("tomorrow"))[distance + 1]
    if 1 < distance < 7 or -7 < distance < -1:
        return date_format(on, "l") if distance > 0 else _("last %(day)s") % {"day": date_format(on, "l")}
    return date_format(on, "j F" if on.year == today.year else "j F Y")


def some_of(names: Sequence[str], *, most: int = 5, count: int | None = None) -> str:
    """The first few names, and how many more there are; `count`: how many names there are, if not all are given."""
    count = len(names) if count is None else count
    if count <= min(most, len(names)):
        return ", ".join(names)
    shown = names[:most]
    return _("%(names)s and %(count)d more") % {"names": ", ".join(shown), "count": count - len(shown)}


def naming(sentence: str, names: Sequence[str], *, count: int) -> str:
    """What was done to so many, and the first few by name; whole, for whoever is erased is looked for by name."""
    short = [name for name in names[:NAMED] if len(name) <= SHORT]
    return f"{sentence}: {some_of(short, most=NAMED, count=count)}" if short else sentence

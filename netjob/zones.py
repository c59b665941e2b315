"""Wall time and zone as the fact, pure: the UTC moment is derived from them.

"10:00 on 24 November in São Paulo" is what two people agree on, and it stays true when a country
changes its rules; so that is stored, and the moment is worked out here. Names of zones come from
the IANA database as the `tzdata` package ships it (598 names in 2026f, 418 of them on its list
of zones by country, `zone.tab`); nothing else ever reaches `zoneinfo`, which would look for a file.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob.folding import folded

State = Literal["exact", "ambiguous", "missing"]

OCEANS = {
    "Atlantic": gettext_lazy("Atlantic Ocean"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific Ocean"),
}


class UnknownZoneError(ValueError):
    """A name that is not in the time zone database; its text can be shown to the user."""


class OutOfReachError(ValueError):
    """A time too near the first or the last year that a date can hold; its text can be shown."""


# --- the names ---------------------------------------------------------------------------------


@cache
def names() -> frozenset[str]:
    """Every name of the database, old spellings (`Asia/Calcutta`) and `UTC` too."""
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(listed) - {"Factory"}


def exists(name: str) -> bool:
    """Whether that exact text is a name of the database."""
    return name in names()


def zone_named(name: str) -> ZoneInfo:
    """The zone of that exact IANA name; `UnknownZoneError` for any other text."""
    if not exists(name):
        shown = "".join(c for c in name[:50] if c.isprintable())
        sentence = _("There is no time zone called “%(name)s”. Choose one from the list.")
        raise UnknownZoneError(sentence % {"name": shown})
    return ZoneInfo(name)


def listed_name(name: str) -> str:
    """The name under which `choices()` has this zone: browsers still say `Asia/Calcutta`.

    Names that the list does not have at all (`Etc/GMT+5`, `UTC`) come back as they are;
    `UnknownZoneError` for a name that does not exist.
    """
    zone_named(name)
    return name if name in _countries_of_zones() else _renamed().get(name, name)


def choices() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Zones for a select, grouped: `(("Africa", (("Africa/Abidjan", "Abidjan"), …)), …)`.

    The zones of `zone.tab`, which has at least one for each country, and UTC at the end.
    """
    grouped = ((str(OCEANS.get(area, area)), zones) for area, zones in _zones_by_area())
    return (*grouped, (_("Other"), (("UTC", "UTC"),)))


@cache
def listed() -> frozenset[str]:
    """The names in `choices()`."""
    return frozenset(_countries_of_zones()) | {"UTC"}


@cache
def _zones_by_area() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in _countries_of_zones():
        area, _slash, place = name.partition("/")
        groups[area].append((name, place.replace("_", " ").replace("/", ": ")))
    return tuple(
        (area, tuple(sorted(zones, key=lambda zone: zone[1]))) for area, zones in sorted(groups.items())
    )


@cache
def country_names() -> dict[str, str]:
    """ISO 3166 code to English name, from the database's `iso3166.tab`."""
    return {code: name for code, name, *_ in _table("iso3166.tab")}


def country_of(zone: str) -> str:
    """The country in which that zone is, old spellings too; "" where it is in none (`UTC`) or unknown."""
    return _countries_of_zones().get(listed_name(zone), "") if exists(zone) else ""


def _table(name: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _countries_of_zones() -> dict[str, str]:
    return {name: country for country, _, name, *_ in _table("zone.tab") if name in names()}


@cache
def _renamed() -> dict[str, str]:
    """Old name to the listed one, through the database's links (`L Asia/Kolkata Asia/Calcutta`)."""
    text = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8")
    links = (line.split() for line in text.splitlines() if line.startswith("L "))
    return {old: new for _, new, old in links if new in _countries_of_zones()}


# --- from wall time to the moment ---------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """One real time offered for a local time that is not a single one."""

    at: datetime
    """The moment, in UTC."""
    wall: datetime
    """What the clock on the wall shows then: aware, in the asked zone, `fold` set."""


@dataclass(frozen=True)
class Moment:
    """A local time and what it stands for.

    - `exact`: `at` is the moment in UTC; `choices` holds it alone.
    - `ambiguous` (clocks go back, the time comes twice): `at` is None until a `fold` is given;
      `choices` are the earlier and the later one. Whoever cannot ask takes the first.
    - `missing` (clocks jump forward over it): `at` is None; `choices` are the nearest later time
      that exists and, where it differs, the same time pushed on by the length of the jump.
    """

    day: date
    time: time
    zone: str
    state: State
    at: datetime | None
    choices: tuple[Choice, ...]


def moment(day: date, time: time, zone: str, *, fold: int | None = None) -> Moment:
    """What `time` on `day` means in `zone`; `fold` (0 earlier, 1 later) answers an ambiguous one.

    `fold` says nothing where the time is exact or missing. Raises `UnknownZoneError`, `OutOfReachError`
    within a day of the first and last possible date, and ValueError for a `time` that carries a
    zone of its own or another `fold`.
    """
    if time.tzinfo is not None:
        raise ValueError("a wall time carries no zone of its own")
    if fold not in (None, 0, 1):
        raise ValueError("fold is 0 for the earlier time, 1 for the later")
    info = zone_named(zone)
    wall = datetime.combine(day, time.replace(fold=0))
    first, second = (_utc(wall.replace(fold=turn), info) for turn in (0, 1))
    if in_zone(first, zone).replace(tzinfo=None) != wall:
        later = [_transition(second, first, info), first]
        offered = tuple(Choice(at, in_zone(at, zone)) for at in dict.fromkeys(later))
        return Moment(day, time, zone, "missing", None, offered)
    offered = tuple(Choice(at, in_zone(at, zone)) for at in dict.fromkeys([first, second]))
    if len(offered) == 1:
        return Moment(day, time, zone, "exact", first, offered)
    if fold is None:
        return Moment(day, time, zone, "ambiguous", None, offered)
    return Moment(day, time, zone, "exact", offered[fold].at, (offered[fold],))


def in_zone(at: datetime, zone: str) -> datetime:
    """The same moment by the clocks of `zone` (aware). `at` must be aware itself."""
    return _shift(at, zone_named(zone))


def _shift(at: datetime, info: tzinfo) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a moment needs its zone")
    try:
        return at.astimezone(info)
    except OverflowError:
        raise OutOfReachError(_("That date is too far away for a time zone. Choose another year.")) from None


def _utc(wall: datetime, info: tzinfo) -> datetime:
    return _shift(wall.replace(tzinfo=info), UTC)


def _transition(before: datetime, after: datetime, info: tzinfo) -> datetime:
    """The first second from which the offset of `after` holds (both UTC, one jump between them)."""
    offset = after.astimezone(info).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(info).utcoffset() == offset:
            high = middle
        else:
            low = middle + 1
    return (before + timedelta(seconds=low)).replace(microsecond=0)


# --- both clocks, in words ----------------------------------------------------------------------


@dataclass(frozen=True)
class ClockText:
    """Both clocks, ready to be put together; `str()` gives the usual sentence."""

    day: str
    """My day: "Tuesday 24 November"."""
    mine: str
    """My time: "10:00", or "01:30 EDT" in the hour that comes twice."""
    theirs: str
    """Their time: "13:00", or "Wed 00:30" where it is another day for them."""
    same: bool
    """Whether both clocks show the same."""

    def __str__(self) -> str:
        both = _("%(day)s, %(mine)s") if self.same else _("%(day)s, %(mine)s (%(theirs)s for them)")
        return both % {"day": self.day, "mine": self.mine, "theirs": self.theirs}


def clock_text(at: datetime, my_zone: str, their_zone: str) -> ClockText:
    """Both clocks at `at` (aware), 24 hours, without the year.

    As in "Tuesday 24 November, 10:00 (13:00 for them)".
    """
    mine, theirs = in_zone(at, my_zone), in_zone(at, their_zone)
    other_day = "" if mine.date() == theirs.date() else f"{WEEKDAYS_ABBR[theirs.weekday()]} "
    return ClockText(
        day=f"{WEEKDAYS[mine.weekday()]} {mine.day} {MONTHS[mine.month]}",
        mine=_clock(mine),
        theirs=other_day + _clock(theirs),
        same=mine.replace(tzinfo=None) == theirs.replace(tzinfo=None),
    )


def _clock(local: datetime) -> str:
    shown = f"{local:%H:%M}"
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{shown} {local.tzname()}" if twice else shown


# --- a guess from the place ---------------------------------------------------------------------


@dataclass(frozen=True)
class Guess:
    """A zone that nobody confirmed; show it as a guess, with the reason."""

    zone: str
    because: str


# What people write for a country beside its code and its name in the database.
_COUNTRY_ALIASES = {
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US",
    "uk": "GB", "united kingdom": "GB", "great britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "deutschland": "DE", "osterreich": "AT",
    "schweiz": "CH", "suisse": "CH", "holland": "NL", "the netherlands": "NL",
    "nederland": "NL", "espana": "ES", "italia": "IT", "polska": "PL", "brasil": "BR",
    "czechia": "CZ", "czech republic": "CZ", "turkiye": "TR", "turkey": "TR", "uae": "AE",
    "south korea": "KR", "korea": "KR", "vietnam": "VN", "viet nam": "VN", "hong kong sar": "HK",
}  # fmt: skip
_US_STATES = frozenset({
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC",
    "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
})  # fmt: skip
_INHABITED = frozenset(("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"))
# Last parts of zone names that are no town that anybody means.
_NO_TOWNS = frozenset({
    "center", "easter", "midway", "wake", "north", "south", "west", "act", "lhi", "nsw", "victoria",
    "yancowinna", "knox in", "general",
})  # fmt: skip
_CITY_ALIASES = {"new york city": "new york", "washington dc": "new york", "washington d.c.": "new york"}
_AROUND = re.compile(r"^greater | (?:bay |metropolitan |metro )?(?:area|region)$| metropolitan$| islands?$")


def guess_zone(place: str, country: str = "") -> Guess | None:
    """The likely zone of "Berlin", "Greater Munich Area, Germany" or a country's code or name.

    A modest look-up, no gazetteer: a town that has a zone named after it, unless the rest of the
    text speaks for another country; else a country whose clocks all agree. Otherwise None, which
    is an answer: better to ask than to be an hour off.
    """
    parts = [part for part in (folded(piece) for piece in place[:200].split(",")) if part]
    said = _countries_named(folded(country[:100]))
    if not parts and not said:
        return None
    town, *rest = parts or [""]
    for part in rest:
        said |= _countries_or_state(part)
    found = _town_zone(town)
    if found and (_countries_of_zones()[found] in said or (not said and set(rest) <= {town})):
        return Guess(found, _("because of “%(place)s”") % {"place": place.strip()[:80]})
    if not said and not rest:
        said = _countries_or_state(town)
    code = next(iter(said)) if len(said) == 1 else ""
    only = _only_zone(code) if code else None
    because = _("because all of %(country)s keeps this time")
    return Guess(only, because % {"country": country_names()[code]}) if only else None


def _countries_named(word: str) -> set[str]:
    code = _countries_by_word().get(word)
    return {code} if code else set()


@cache
def _countries_by_word() -> dict[str, str]:
    """Folded code, name or alias to the ISO code."""
    names_of = {folded(name): code for code, name in country_names().items()}
    return {code.casefold(): code for code in country_names()} | names_of | _COUNTRY_ALIASES


def _countries_or_state(word: str) -> set[str]:
    """In a place, "CA" and "Georgia" may be a state of the USA: then both, and neither decides."""
    american = word.upper() in _US_STATES or word == "georgia"
    return _countries_named(word) | ({"US"} if american else set())


@cache
def _towns() -> dict[str, str]:
    """Folded town to the listed zone, from names such as `Europe/Berlin`, old spellings too."""
    towns: dict[str, str] = {}
    for name in sorted(names() - _countries_of_zones().keys()) + sorted(_countries_of_zones()):
        area, _, last = name.partition("/")
        town, zone = folded(last.replace("_", " ")), listed_name(name)
        if area in _INHABITED and "/" not in last and town not in _NO_TOWNS and zone in _countries_of_zones():
            towns[town] = zone
    return towns


def _town_zone(town: str) -> str | None:
    previous = None
    while town != previous and town not in _towns():
        previous, town = town, _AROUND.sub("", _CITY_ALIASES.get(town, town)).strip()
    return _towns().get(_CITY_ALIASES.get(town, town))


@cache
def _only_zone(country: str) -> str | None:
    """The country's first zone, if all its zones showed the same clocks throughout 2026."""
    zones = [name for name, code in _countries_of_zones().items() if code == country]
    days = [datetime(2026, month, day, tzinfo=UTC) for month in range(1, 13) for day in (1, 15)]
    clocks = {tuple(day.astimezone(ZoneInfo(name)).utcoffset() for day in days) for name in zones}
    return zones[0] if len(clocks) == 1 else None

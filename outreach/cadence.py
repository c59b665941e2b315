"""3B7: when to write to the next person, when to follow up, when to let it rest. Pure.

The method (Steve Dalton, "The 2-Hour Job Search"): on writing to a new contact, two dates count,
3 and 7 *business* days later. Without a reply on the first, write to the next best person at the
same company; without one on the second, follow up once with the first person; then it rests.

Business days are the user's own working weekdays without the public holidays of their country and
region (the `holidays` library, category public) and without the days on which they are away.
All dates are dates in the user's time zone, and nothing here looks at a clock.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import lru_cache

from netjob.public_holidays import public_holidays
from netjob.zones import OutOfReachError, in_zone, zone_named

EVERY_DAY = "1234567"
NOON = time(12)
LONGEST_WAIT = 90


@dataclass(frozen=True)
class Calendar:
    """Which days count for one user.

    `time_zone` is an IANA name (`UnknownZoneError` otherwise). `country` is an ISO 3166 code and
    `region` one of its `public_holidays.regions()`, in any letter case; an unknown country brings no holidays, an
    unknown region only those of the whole country (`region_is_known` tells). `working_weekdays`
    are ISO digits, "1" Monday to "7" Sunday, in any order; none chosen means that every day of
    the week counts, for otherwise nothing would ever fall due. `away` are (from, until) pairs,
    both days included; they may overlap. Raises ValueError for other digits and reversed pairs.
    """

    time_zone: str
    country: str = ""
    region: str = ""
    working_weekdays: str = "12345"
    away: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        zone_named(self.time_zone)
        if not set(self.working_weekdays) <= set(EVERY_DAY):
            raise ValueError("Working weekdays are the digits 1 (Monday) to 7 (Sunday).")
        if any(until < start for start, until in self.away):
            raise ValueError("An absence cannot end before it begins.")

    def is_business_day(self, day: date) -> bool:
        """Whether that day counts."""
        open_days = self._open_days(day.year)
        position = bisect_right(open_days, day)
        return position > 0 and open_days[position - 1] == day and not self._is_away(day)

    def add_business_days(self, day: date, n: int) -> date:
        """The `n`-th business day after `day`; for 0 `day` itself, or the next one that counts.

        What would lie beyond the last possible date is that date. ValueError for a negative `n`.
        """
        if n < 0:
            raise ValueError("Business days are counted forward.")
        if n == 0 and self.is_business_day(day):
            return day
        to_go = max(n, 1)
        for year in range(day.year, MAXYEAR + 1):
            if self._is_away(max(day, date(year, 1, 1)), date(year, 12, 31)):
                continue
            open_days = self._open_days(year)
            for candidate in open_days[bisect_right(open_days, day) :]:
                to_go -= not self._is_away(candidate)
                if to_go == 0:
                    return candidate
        return date.max

    def business_days_between(self, a: date, b: date) -> int:
        """How many business days lie after `a`, up to and with `b`; negative if `b` is earlier.

        It is the reverse of adding: from day 0 to the day three business days later is 3.
        """
        if b < a:
            return -self.business_days_between(b, a)
        missed = 0
        for start, until in _merged(self.away):
            if start <= b and until > a:
                missed += self._open_between(start - _DAY if start > a else a, min(until, b))
        return self._open_between(a, b) - missed

    def _open_between(self, a: date, b: date) -> int:
        """Days after `a`, up to and with `b`, that would count if the user were not away."""
        if a.year == b.year:
            open_days = self._open_days(a.year)
            return bisect_right(open_days, b) - bisect_right(open_days, a)
        rest_of_first = self._open_between(a, date(a.year, 12, 31))
        whole = sum(len(self._open_days(year)) for year in range(a.year + 1, b.year))
        return rest_of_first + whole + bisect_right(self._open_days(b.year), b)

    def _open_days(self, year: int) -> tuple[date, ...]:
        return _open_days(self.country, self.region, self.working_weekdays or EVERY_DAY, year)

    def _is_away(self, first: date, last: date | None = None) -> bool:
        """Whether the user is away from `first` to `last` (that one day, without a last)."""
        return any(start <= first and (last or first) <= until for start, until in _merged(self.away))


@dataclass(frozen=True)
class Cadence:
    """The two waits of 3B7, in business days, and whether the user wants the method at all.

    ValueError, with a sentence for the user, unless 0 < first < second <= 90.
    """

    first: int = 3
    second: int = 7
    on: bool = True

    def __post_init__(self) -> None:
        if not 0 < self.first < self.second <= LONGEST_WAIT:
            raise ValueError(
                "The first wait is at least one business day, the second is longer, "
                f"and neither is more than {LONGEST_WAIT}."
            )


@dataclass(frozen=True)
class Due:
    """What falls due after one unanswered message, as dates in the user's time zone.

    None stands for a step that is not to be done. All three but `day_zero_on` are None while the
    user has switched the method off.
    """

    day_zero_on: date
    """The business day from which is counted."""
    second_person_on: date | None
    """Write to the next best person at the same company."""
    follow_up_on: date | None
    """Follow up once with the first person; None for a pending invitation."""
    rests_on: date | None
    """From then on it rests by itself; None for a message, which rests after its follow-up."""


def day_zero(sent_at: datetime, calendar: Calendar) -> date:
    """The day from which is counted, by the user's clock.

    The day of writing; or the next business day, if it was written at or after noon or on a day
    that does not count. `sent_at` is any aware datetime, ValueError if it is not.
    """
    local = _local(sent_at, calendar)
    return calendar.add_business_days(local.date(), 1 if local.time() >= NOON else 0)


def due_days(sent_at: datetime, calendar: Calendar, cadence: Cadence) -> Due:
    """The two dates of a message that can be followed up: e-mail, message to a connection.

    The first message after an invitation was accepted is one: it starts a 3B7 of its own, for
    acceptance is no reply. The dates stay as they are reckoned; whether they are still to be
    acted on (a reply came, the search is over) is for the caller to say.
    """
    start = day_zero(sent_at, calendar)
    if not cadence.on:
        return Due(start, None, None, None)
    first, second = (calendar.add_business_days(start, n) for n in (cadence.first, cadence.second))
    return Due(start, second_person_on=first, follow_up_on=second, rests_on=None)


def invitation_due_days(sent_at: datetime, calendar: Calendar, cadence: Cadence) -> Due:
    """The same for a LinkedIn invitation while it is pending, where the rule bends.

    It can be neither followed up nor sent again: only the next person is due, and it rests on the
    second date, which is also the day for another way in (an e-mail, an introducer) if one is
    known.
    """
    due = due_days(sent_at, calendar, cadence)
    return Due(due.day_zero_on, due.second_person_on, follow_up_on=None, rests_on=due.follow_up_on)


def rests_on(due: Due, followed_up_at: datetime | None, calendar: Calendar) -> date | None:
    """From which day an unanswered request rests; None while a step is left, or method off.

    A pending invitation rests by its date. A message rests from the day of its follow-up, and not
    before: a follow-up that is late stays due, nothing is dropped in silence.
    """
    if followed_up_at is not None:
        return _local(followed_up_at, calendar).date()
    return due.rests_on


# --- behind the calendar ------------------------------------------------------------------------

_DAY = timedelta(days=1)


@lru_cache(maxsize=1024)
def _open_days(country: str, region: str, weekdays: str, year: int) -> tuple[date, ...]:
    """The year's days on a working weekday that are no public holidays, in order."""
    first, off = date(year, 1, 1), public_holidays(country, region, year)
    days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    return tuple(day for day in days if str(day.isoweekday()) in weekdays and day not in off)


@lru_cache(maxsize=256)
def _merged(away: tuple[tuple[date, date], ...]) -> tuple[tuple[date, date], ...]:
    """Absences in order, those that overlap or touch made one, so that no day is missed twice."""
    merged: list[tuple[date, date]] = []
    for start, until in sorted(away):
        if merged and (start - merged[-1][1]).days <= 1:
            merged[-1] = (merged[-1][0], max(until, merged[-1][1]))
        else:
            merged.append((start, until))
    return tuple(merged)


def _local(at: datetime, calendar: Calendar) -> datetime:
    try:
        return in_zone(at, calendar.time_zone)
    except OutOfReachError:
        # Only within a day of the first and last possible date; any clock will do there.
        return at

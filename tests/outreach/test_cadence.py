"""3B7 in true business days: examples from all over the world, and a slow reckoning that agrees."""

import random
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
import pytest

from netjob.public_holidays import countries, public_holidays, region_is_known, regions
from netjob.zones import UnknownZoneError
from outreach.cadence import (
    Cadence,
    Calendar,
    Due,
    day_zero,
    due_days,
    invitation_due_days,
    rests_on,
)

BERLIN = Calendar("Europe/Berlin", "DE", "BE")
MONDAY_MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent_at", "zone", "place", "weekdays", "day_0", "day_3", "day_7"),
    [
        # a plain week; one minute before noon is the same day, noon and after it the next
        ("2026-11-23T08:00", "Europe/Berlin", "DE-BE", "12345", "2026-11-23", "2026-11-26", "2026-12-02"),
        ("2026-11-23T11:30", "Europe/Berlin", "DE-BE", "12345", "2026-11-24", "2026-11-27", "2026-12-03"),
        ("2026-11-23T10:59", "Europe/Berlin", "DE-BE", "12345", "2026-11-23", "2026-11-26", "2026-12-02"),
        ("2026-11-27T09:00", "Europe/Berlin", "DE-BE", "12345", "2026-11-27", "2026-12-02", "2026-12-08"),
        ("2026-11-28T09:00", "Europe/Berlin", "DE-BE", "12345", "2026-11-30", "2026-12-03", "2026-12-09"),
        # over Christmas and New Year; Epiphany is a holiday in Bavaria and not in Berlin
        ("2026-12-22T09:00", "Europe/Berlin", "DE-BE", "12345", "2026-12-22", "2026-12-28", "2027-01-04"),
        ("2027-01-04T09:00", "Europe/Berlin", "DE-BY", "12345", "2027-01-04", "2027-01-08", "2027-01-14"),
        ("2027-01-04T09:00", "Europe/Berlin", "DE-BE", "12345", "2027-01-04", "2027-01-07", "2027-01-13"),
        # Thanksgiving, before and at noon; New Year in New York
        ("2026-11-23T14:00", "America/New_York", "US", "12345", "2026-11-23", "2026-11-27", "2026-12-03"),
        ("2026-11-25T16:59", "America/New_York", "US", "12345", "2026-11-25", "2026-12-01", "2026-12-07"),
        ("2026-11-25T17:00", "America/New_York", "US", "12345", "2026-11-27", "2026-12-02", "2026-12-08"),
        ("2026-12-31T15:00", "America/New_York", "US-NY", "12345", "2026-12-31", "2027-01-06", "2027-01-12"),
        # the local day is ahead of UTC in Auckland, with Boxing Day observed, and behind in Honolulu
        ("2026-12-23T20:00", "Pacific/Auckland", "NZ", "12345", "2026-12-24", "2026-12-31", "2027-01-08"),
        ("2026-12-23T23:30", "Pacific/Auckland", "NZ", "12345", "2026-12-29", "2027-01-05", "2027-01-11"),
        ("2026-12-24T08:00", "Pacific/Honolulu", "US-HI", "12345", "2026-12-24", "2026-12-30", "2027-01-06"),
        # other weeks and holidays: Dubai, Sunday to Thursday, six days, Golden Week
        ("2026-11-30T06:00", "Asia/Dubai", "AE", "12345", "2026-11-30", "2026-12-07", "2026-12-11"),
        ("2026-11-26T07:00", "Asia/Jerusalem", "IL", "71234", "2026-11-26", "2026-12-01", "2026-12-07"),
        ("2026-11-27T04:00", "Asia/Kolkata", "IN", "123456", "2026-11-27", "2026-12-01", "2026-12-05"),
        ("2027-04-28T01:00", "Asia/Tokyo", "JP", "12345", "2027-04-28", "2027-05-07", "2027-05-13"),
        # Easter; noon over the end of summer time; Carnival is optional; Fridays off
        ("2027-03-25T09:00", "Europe/London", "GB-ENG", "12345", "2027-03-25", "2027-04-01", "2027-04-07"),
        ("2026-10-23T10:30", "Europe/London", "GB-ENG", "12345", "2026-10-23", "2026-10-28", "2026-11-03"),
        ("2026-10-23T11:30", "Europe/London", "GB-ENG", "12345", "2026-10-26", "2026-10-29", "2026-11-04"),
        ("2027-02-05T13:00", "America/Sao_Paulo", "BR-SP", "12345", "2027-02-05", "2027-02-10", "2027-02-16"),
        ("2026-12-21T08:00", "Europe/Stockholm", "SE", "1234", "2026-12-21", "2026-12-24", "2026-12-31"),
    ],
)
def test_the_worked_examples(
    sent_at: str,
    zone: str,
    place: str,
    weekdays: str,
    day_0: str,
    day_3: str,
    day_7: str,
) -> None:
    country, _, region = place.partition("-")

    due = due_days(utc(sent_at), Calendar(zone, country, region, weekdays), Cadence())

    assert due == Due(
        date.fromisoformat(day_0), date.fromisoformat(day_3), date.fromisoformat(day_7), rests_on=None
    )


# --- a slow, obvious reckoning ---

PLACES = [
    ("Pacific/Auckland", "NZ", ""),
    ("Pacific/Chatham", "NZ", "CIT"),
    ("Australia/Lord_Howe", "AU", "NSW"),
    ("Asia/Tokyo", "JP", ""),
    ("Asia/Kathmandu", "NP", ""),
    ("Asia/Kolkata", "IN", "MH"),
    ("Asia/Jerusalem", "IL", ""),
    ("Africa/Cairo", "EG", ""),
    ("Europe/Berlin", "DE", "BY"),
    ("Europe/London", "GB", "SCT"),
    ("Africa/Casablanca", "MA", ""),
    ("Atlantic/Azores", "PT", ""),
    ("America/Sao_Paulo", "BR", "SP"),
    ("America/St_Johns", "CA", "NL"),
    ("America/New_York", "US", "NY"),
    ("America/Los_Angeles", "US", "CA"),
    ("Pacific/Honolulu", "US", "HI"),
    ("Pacific/Kiritimati", "KI", ""),
    ("Europe/Paris", "XX", "no such place"),
]
# Clocks change, years end: moments around which things go wrong, beside any other.
HARD_DAYS = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2027, 3, 14, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 4, 4, 14, tzinfo=UTC),
    datetime(2026, 9, 26, 14, tzinfo=UTC),
    datetime(2026, 12, 31, 12, tzinfo=UTC),
    datetime(2027, 12, 31, 12, tzinfo=UTC),
    datetime(2028, 2, 29, 12, tzinfo=UTC),
]


@cache
def all_holidays(country: str, region: str) -> frozenset[date]:
    if country == "XX":
        return frozenset()
    years = range(2023, 2034)
    return frozenset(
        holidays.country_holidays(country, subdiv=region or None, years=years, categories=("public",))
    )


def slow_is_business_day(day: date, calendar: Calendar) -> bool:
    if calendar.working_weekdays and str(day.isoweekday()) not in calendar.working_weekdays:
        return False
    for start, until in calendar.away:
        if start <= day <= until:
            return False
    return day not in all_holidays(calendar.country, calendar.region)


def slow_step(day: date, n: int, calendar: Calendar) -> date:
    while n > 0:
        day += timedelta(days=1)
        if slow_is_business_day(day, calendar):
            n -= 1
    return day


def slow_day_zero(sent_at: datetime, calendar: Calendar) -> date:
    local = sent_at.astimezone(ZoneInfo(calendar.time_zone))
    day = local.date()
    if local.hour >= 12 or not slow_is_business_day(day, calendar):
        day = slow_step(day, 1, calendar)
    return day


def any_calendar(luck: random.Random) -> Calendar:
    away = []
    for _ in range(luck.choice([0, 0, 0, 1, 2, 3])):
        start = date(2026, 1, 1) + timedelta(days=luck.randrange(1000))
        away.append((start, start + timedelta(days=luck.randrange(40))))
    weekdays = luck.choice(["12345", "12345", "71234", "123456", "1234", "3", ""])
    return Calendar(*luck.choice(PLACES), weekdays, tuple(away))


def any_moment(luck: random.Random) -> datetime:
    if luck.random() < 0.5:
        return luck.choice(HARD_DAYS) + timedelta(minutes=luck.randrange(-5000, 5000))
    return datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=luck.randrange(5 * 365 * 24 * 60))


def test_ten_thousand_cases_agree_with_a_day_by_day_reckoning() -> None:
    luck = random.Random(37)
    for _ in range(10_000):
        calendar, sent_at = any_calendar(luck), any_moment(luck)
        start = slow_day_zero(sent_at, calendar)
        first, second = slow_step(start, 3, calendar), slow_step(start, 7, calendar)

        due = due_days(sent_at, calendar, Cadence())

        assert due == Due(start, first, second, None), (sent_at, calendar)
        assert calendar.business_days_between(start, second) == 7, (sent_at, calendar)


def test_counting_agrees_with_a_day_by_day_reckoning_over_any_span() -> None:
    luck = random.Random(7)
    for _ in range(500):
        calendar = any_calendar(luck)
        a = date(2025, 1, 1) + timedelta(days=luck.randrange(1500))
        b = a + timedelta(days=luck.randrange(800))
        days = [a + timedelta(days=n) for n in range(1, (b - a).days + 1)]
        slow = sum(slow_is_business_day(day, calendar) for day in days)

        assert calendar.business_days_between(a, b) == slow, (a, b, calendar)
        assert calendar.business_days_between(b, a) == -slow
        assert all(calendar.is_business_day(day) == slow_is_business_day(day, calendar) for day in days)


# --- day 0 ---


@pytest.mark.parametrize(
    ("local", "day_0"),
    [
        ("2026-11-23T00:00", "2026-11-23"),
        ("2026-11-23T11:59:59.999999", "2026-11-23"),
        ("2026-11-23T12:00", "2026-11-24"),
        ("2026-11-23T23:59", "2026-11-24"),
        ("2026-11-27T12:00", "2026-11-30"),
        ("2026-11-28T23:00", "2026-11-30"),
        ("2026-12-24T12:00", "2026-12-28"),
    ],
)
def test_day_zero_is_today_until_noon_by_the_users_clock(local: str, day_0: str) -> None:
    sent_at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Berlin"))

    assert day_zero(sent_at, BERLIN) == date.fromisoformat(day_0)


def test_the_zone_in_which_the_moment_is_told_makes_no_difference() -> None:
    in_tokyo = MONDAY_MORNING.astimezone(ZoneInfo("Asia/Tokyo"))

    assert due_days(in_tokyo, BERLIN, Cadence()) == due_days(MONDAY_MORNING, BERLIN, Cadence())


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        day_zero(datetime(2026, 11, 23, 9), BERLIN)


# --- the user's own numbers, and none ---


def test_the_two_numbers_are_the_users() -> None:
    due = due_days(MONDAY_MORNING, BERLIN, Cadence(first=1, second=2))

    assert (due.second_person_on, due.follow_up_on) == (date(2026, 11, 24), date(2026, 11, 25))


def test_switched_off_nothing_is_due_and_nothing_rests() -> None:
    off = Cadence(on=False)

    assert due_days(MONDAY_MORNING, BERLIN, off) == Due(date(2026, 11, 23), None, None, None)
    assert invitation_due_days(MONDAY_MORNING, BERLIN, off) == Due(date(2026, 11, 23), None, None, None)


@pytest.mark.parametrize(("first", "second"), [(0, 7), (-1, 7), (7, 7), (7, 3), (3, 91)])
def test_numbers_that_make_no_sense_are_refused_with_a_sentence(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="The first wait is at least one business day"):
        Cadence(first, second)


# --- pending invitations, and rest ---


def test_a_pending_invitation_has_a_second_person_no_follow_up_and_then_rests() -> None:
    due = invitation_due_days(MONDAY_MORNING, BERLIN, Cadence())

    assert due == Due(date(2026, 11, 23), date(2026, 11, 26), None, date(2026, 12, 2))
    assert rests_on(due, None, BERLIN) == date(2026, 12, 2)


def test_a_message_rests_from_its_follow_up_and_never_before() -> None:
    due = due_days(MONDAY_MORNING, BERLIN, Cadence())
    late_evening_utc = datetime(2026, 12, 4, 23, 30, tzinfo=UTC)

    assert rests_on(due, None, BERLIN) is None
    assert rests_on(due, late_evening_utc, BERLIN) == date(2026, 12, 5)


# --- absence and weekdays ---


def test_days_away_do_not_count_first_and_last_included() -> None:
    away = ((date(2026, 11, 25), date(2026, 11, 26)), (date(2026, 11, 26), date(2026, 11, 27)))
    due = due_days(MONDAY_MORNING, Calendar("Europe/Berlin", "DE", "BE", away=away), Cadence())

    assert (due.second_person_on, due.follow_up_on) == (date(2026, 12, 1), date(2026, 12, 7))


def test_written_while_away_counts_from_the_return() -> None:
    calendar = Calendar("Europe/Berlin", "DE", "BE", away=((date(2026, 11, 20), date(2026, 11, 24)),))

    assert day_zero(MONDAY_MORNING, calendar) == date(2026, 11, 25)


def test_without_a_working_weekday_every_day_of_the_week_counts() -> None:
    calendar = Calendar("Europe/Berlin", working_weekdays="")

    assert calendar.add_business_days(date(2026, 11, 27), 3) == date(2026, 11, 30)


def test_nought_business_days_is_the_day_itself_or_the_next_that_counts() -> None:
    assert BERLIN.add_business_days(date(2026, 11, 27), 0) == date(2026, 11, 27)
    assert BERLIN.add_business_days(date(2026, 11, 28), 0) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "wrong",
    [
        {"working_weekdays": "12348"},
        {"away": ((date(2026, 11, 25), date(2026, 11, 24)),)},
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"Working weekdays|An absence"):
        Calendar("Europe/Berlin", **wrong)  # type: ignore[arg-type]


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZoneError):
        Calendar("Mars/Olympus")


def test_business_days_are_counted_forward_only() -> None:
    with pytest.raises(ValueError, match="forward"):
        BERLIN.add_business_days(date(2026, 11, 27), -1)


# --- far years ---


# The library says so for countries whose lunar holidays it does not know in such years.
@pytest.mark.filterwarnings("ignore:Requested Holidays are available only")
@pytest.mark.parametrize("year", [1, 1600, 1969, 2101, 2500, 9998, 9999])
@pytest.mark.parametrize(("zone", "country", "region"), [*PLACES, ("Asia/Hong_Kong", "HK", "")])
def test_no_year_is_too_far(year: int, zone: str, country: str, region: str) -> None:
    for month, day in [(1, 1), (6, 15), (12, 31)]:
        sent_at = datetime.combine(date(year, month, day), time(23), UTC)
        due = due_days(sent_at, Calendar(zone, country, region), Cadence())
        assert due.follow_up_on is not None
        assert due.day_zero_on <= due.follow_up_on <= date.max


def test_beyond_the_last_date_it_is_the_last_date() -> None:
    for_ever = Calendar("Europe/Berlin", away=((date(2026, 1, 1), date.max),))

    assert BERLIN.add_business_days(date.max, 3) == date.max
    assert day_zero(MONDAY_MORNING, for_ever) == date.max
    assert for_ever.business_days_between(date(2025, 12, 22), date(2300, 1, 1)) == 7


# --- public holidays, and the choices of a settings form ---


@pytest.mark.parametrize(
    ("country", "region", "day", "off"),
    [
        ("DE", "BY", date(2027, 1, 6), True),
        ("de", "by", date(2027, 1, 6), True),
        ("DE", "", date(2027, 1, 6), False),
        ("DE", "Augsburg", date(2027, 8, 8), True),
        ("GB", "SCT", date(2026, 11, 30), True),
        ("GB", "ENG", date(2026, 11, 30), False),
        # New Year's Day of 2028 is a Saturday: observed on the Friday, in the year before
        ("US", "", date(2027, 12, 31), True),
        # optional and bank holidays are no public ones
        ("BR", "SP", date(2027, 2, 9), False),
        ("SE", "", date(2026, 12, 24), False),
        # nothing known: no holidays; an unknown region: those of the whole country
        ("", "", date(2026, 12, 25), False),
        ("XX", "", date(2026, 12, 25), False),
        ("__class__", "", date(2026, 12, 25), False),
        ("DE", "Atlantis", date(2026, 12, 25), True),
    ],
)
def test_public_holidays(country: str, region: str, day: date, *, off: bool) -> None:
    assert (day in public_holidays(country, region, day.year)) is off


@pytest.mark.parametrize(
    ("country", "region", "known"),
    [
        ("DE", "BY", True),
        ("de", " augsburg ", True),
        ("DE", "", True),
        ("DE", "Atlantis", False),
        ("DE", "CA", False),
        ("XX", "", False),
        ("", "", False),
    ],
)
def test_an_unknown_country_or_region_is_said_so(country: str, region: str, *, known: bool) -> None:
    assert region_is_known(country, region) is known


def test_the_form_offers_countries_by_name_and_their_regions() -> None:
    assert ("DE", "Germany") in countries()
    assert ("XK", "Kosovo") in countries()
    assert [name for _, name in countries()] == sorted(name for _, name in countries())
    assert ("BY", "Bayern") in regions("DE")
    assert regions("JP") == ()
    assert regions("XX") == ()


def test_everything_that_the_form_offers_is_known() -> None:
    for country, _ in countries():
        assert region_is_known(country)
        assert all(region_is_known(country, region) for region, _ in regions(country))

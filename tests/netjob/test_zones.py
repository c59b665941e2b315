"""Wall time and zone are the fact; the moment is derived, and asked for where it is not one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netjob.zones import (
    Guess,
    Moment,
    OutOfReachError,
    UnknownZoneError,
    choices,
    clock_text,
    country_names,
    exists,
    guess_zone,
    in_zone,
    listed_name,
    moment,
    names,
    zone_named,
)


def at(text: str, zone: str, *, fold: int | None = None) -> Moment:
    wall = datetime.fromisoformat(text)
    return moment(wall.date(), wall.time(), zone, fold=fold)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        ("2026-11-24T10:00", "America/Sao_Paulo", "2026-11-24T13:00"),
        ("2026-12-01T09:00", "Pacific/Kiritimati", "2026-11-30T19:00"),
        ("2026-12-01T00:30", "Pacific/Niue", "2026-12-01T11:30"),
        ("2026-12-01T09:00", "Europe/Kyiv", "2026-12-01T07:00"),
        ("2026-12-01T09:00", "Europe/Kiev", "2026-12-01T07:00"),
        ("2026-12-01T09:00", "Etc/GMT+5", "2026-12-01T14:00"),
        ("2026-12-01T09:00", "UTC", "2026-12-01T09:00"),
        # quarters and halves of an hour
        ("2026-12-01T09:00", "Asia/Kathmandu", "2026-12-01T03:15"),
        ("2026-12-01T09:00", "Australia/Eucla", "2026-12-01T00:15"),
        ("2026-12-01T09:00", "Asia/Kolkata", "2026-12-01T03:30"),
        ("2026-12-01T09:00", "Pacific/Chatham", "2026-11-30T19:15"),
        ("2026-12-01T09:00", "America/St_Johns", "2026-12-01T12:30"),
        # zones that changed their rules: Volgograd, Samoa across the date line, no summer time in Mexico
        ("2017-12-01T09:00", "Europe/Volgograd", "2017-12-01T06:00"),
        ("2019-12-01T09:00", "Europe/Volgograd", "2019-12-01T05:00"),
        ("2011-12-29T12:00", "Pacific/Apia", "2011-12-29T22:00"),
        ("2011-12-31T12:00", "Pacific/Apia", "2011-12-30T22:00"),
        ("2022-07-01T09:00", "America/Mexico_City", "2022-07-01T14:00"),
        ("2023-07-01T09:00", "America/Mexico_City", "2023-07-01T15:00"),
        # the last minute before and the first after a change
        ("2027-03-28T01:59", "Europe/Berlin", "2027-03-28T00:59"),
        ("2027-03-28T03:00", "Europe/Berlin", "2027-03-28T01:00"),
        ("2026-11-01T00:59", "America/New_York", "2026-11-01T04:59"),
        ("2026-11-01T02:00", "America/New_York", "2026-11-01T07:00"),
    ],
)
def test_an_exact_time_is_one_moment(wall: str, zone: str, expected: str) -> None:
    found = at(wall, zone)

    assert (found.state, found.at) == ("exact", utc(expected))
    assert [choice.at for choice in found.choices] == [utc(expected)]


@pytest.mark.parametrize(
    ("wall", "zone", "earlier", "later"),
    [
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30", "2026-11-01T06:30"),
        ("2026-11-01T01:00", "America/New_York", "2026-11-01T05:00", "2026-11-01T06:00"),
        ("2026-10-25T02:59", "Europe/Berlin", "2026-10-25T00:59", "2026-10-25T01:59"),
        ("2027-04-04T01:45", "Australia/Lord_Howe", "2027-04-03T14:45", "2027-04-03T15:15"),
        ("2027-04-04T02:30", "Pacific/Auckland", "2027-04-03T13:30", "2027-04-03T14:30"),
    ],
)
def test_an_ambiguous_time_offers_both_and_a_fold_settles_it(
    wall: str, zone: str, earlier: str, later: str
) -> None:
    asked = at(wall, zone)

    assert (asked.state, asked.at) == ("ambiguous", None)
    assert [choice.at for choice in asked.choices] == [utc(earlier), utc(later)]
    assert {choice.wall.replace(tzinfo=None, fold=0) for choice in asked.choices} == {
        datetime.fromisoformat(wall)
    }
    assert at(wall, zone, fold=0).at == utc(earlier)
    assert at(wall, zone, fold=1).at == utc(later)
    assert at(wall, zone, fold=1).state == "exact"


@pytest.mark.parametrize(
    ("wall", "zone", "nearest", "pushed_on"),
    [
        ("2027-03-28T02:30", "Europe/Berlin", "2027-03-28T01:00", "2027-03-28T01:30"),
        ("2027-03-14T02:30", "America/New_York", "2027-03-14T07:00", "2027-03-14T07:30"),
        ("2027-03-28T00:30", "Asia/Beirut", "2027-03-27T22:00", "2027-03-27T22:30"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:30", "2026-10-03T15:45"),
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T10:00", "2011-12-30T22:00"),
        ("2027-03-28T02:30:15.5", "Europe/Berlin", "2027-03-28T01:00", "2027-03-28T01:30:15.5"),
    ],
)
def test_a_missing_time_offers_the_nearest_later_one_and_the_same_pushed_on(
    wall: str, zone: str, nearest: str, pushed_on: str
) -> None:
    for fold in (None, 0, 1):
        missing = at(wall, zone, fold=fold)

        assert (missing.state, missing.at) == ("missing", None)
        assert [choice.at for choice in missing.choices] == [utc(nearest), utc(pushed_on)]


def test_the_very_beginning_of_a_gap_has_one_way_out() -> None:
    missing = at("2027-03-28T02:00", "Europe/Berlin")

    assert [choice.wall.isoformat() for choice in missing.choices] == ["2027-03-28T03:00:00+02:00"]


@given(
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1)),
    st.sampled_from(sorted(names())),
)
def test_every_choice_is_real_and_an_exact_time_comes_back(wall: datetime, zone: str) -> None:
    found = moment(wall.date(), wall.time(), zone)

    assert len(found.choices) in ({"exact": (1,), "ambiguous": (2,), "missing": (1, 2)}[found.state])
    for choice in found.choices:
        assert in_zone(choice.at, zone) == choice.wall
        again = moment(choice.wall.date(), choice.wall.time(), zone, fold=choice.wall.fold)
        assert again.at == choice.at
    if found.state == "missing":
        just_before = found.choices[0].at - timedelta(microseconds=1)
        assert in_zone(just_before, zone).replace(tzinfo=None) < wall
        assert found.choices[0].wall.replace(tzinfo=None) > wall
    else:
        assert found.choices[0].wall.replace(tzinfo=None, fold=0) == wall


@pytest.mark.parametrize(("day", "zone"), [(date.min, "Pacific/Auckland"), (date.max, "Pacific/Honolulu")])
def test_the_ends_of_time_are_refused_with_a_sentence(day: date, zone: str) -> None:
    with pytest.raises(OutOfReachError, match="too far away"):
        moment(day, time(5) if day == date.min else time(23), zone)


def test_a_wall_time_with_a_zone_or_another_fold_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        moment(date(2026, 11, 24), time(10, tzinfo=UTC), "Europe/Berlin")
    with pytest.raises(ValueError, match="fold"):
        moment(date(2026, 11, 24), time(10), "Europe/Berlin", fold=2)
    with pytest.raises(ValueError, match="zone"):
        in_zone(datetime(2026, 11, 24, 10), "Europe/Berlin")


# --- names ---

HOSTILE = [
    "",
    "Mars/Olympus",
    "UTC+25",
    "../../etc/localtime",
    "/etc/localtime",
    "Europe/Berlin\x00",
    "europe/berlin",
    " Europe/Berlin",
    "Europe",
    "zone.tab",
    "Factory",
    "localtime",
    "x" * 100_000,
    "\ud800",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_is_not_on_the_list_is_refused_with_a_sentence(name: str) -> None:
    assert not exists(name)
    with pytest.raises(UnknownZoneError, match="There is no time zone called") as refused:
        zone_named(name)
    assert len(str(refused.value)) < 150
    with pytest.raises(UnknownZoneError):
        moment(date(2026, 11, 24), time(10), name)
    with pytest.raises(UnknownZoneError):
        listed_name(name)


def test_every_name_on_the_list_can_be_loaded() -> None:
    assert all(exists(name) and isinstance(zone_named(name), ZoneInfo) for name in names())


@pytest.mark.parametrize(
    ("given_name", "listed"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("US/Eastern", "America/New_York"),
        ("Europe/Stockholm", "Europe/Stockholm"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("UTC", "UTC"),
    ],
)
def test_old_names_are_found_again_in_the_select(given_name: str, listed: str) -> None:
    assert listed_name(given_name) == listed


def test_the_select_is_grouped_and_holds_only_what_exists() -> None:
    groups = dict(choices())
    offered = [name for zones in groups.values() for name, _ in zones]

    assert set(offered) <= names()
    assert len(offered) == len(set(offered)) > 400
    assert ("America/Argentina/Buenos_Aires", "Argentina: Buenos Aires") in groups["America"]
    assert ("Atlantic/Azores", "Azores") in groups["Atlantic Ocean"]
    assert groups["Other"] == (("UTC", "UTC"),)
    assert "US/Eastern" not in offered


# --- both clocks in words ---


@pytest.mark.parametrize(
    ("moment_utc", "mine", "theirs", "text"),
    [
        (
            "2026-11-24T13:00",
            "America/Sao_Paulo",
            "Europe/London",
            "Tuesday 24 November, 10:00 (13:00 for them)",
        ),
        (
            "2026-11-24T15:30",
            "Europe/London",
            "Asia/Tokyo",
            "Tuesday 24 November, 15:30 (Wed 00:30 for them)",
        ),
        (
            "2026-11-24T03:00",
            "Europe/Berlin",
            "America/New_York",
            "Tuesday 24 November, 04:00 (Mon 22:00 for them)",
        ),
        ("2026-11-24T09:00", "Europe/Berlin", "Europe/Paris", "Tuesday 24 November, 10:00"),
        (
            "2026-11-24T09:00",
            "Europe/Berlin",
            "Asia/Kathmandu",
            "Tuesday 24 November, 10:00 (14:45 for them)",
        ),
        # the weeks in which only one side has changed its clocks
        (
            "2026-10-27T13:00",
            "Europe/Berlin",
            "America/New_York",
            "Tuesday 27 October, 14:00 (09:00 for them)",
        ),
        (
            "2026-11-03T13:00",
            "Europe/Berlin",
            "America/New_York",
            "Tuesday 3 November, 14:00 (08:00 for them)",
        ),
        # the hour that comes twice says which
        (
            "2026-11-01T06:30",
            "America/New_York",
            "Europe/Berlin",
            "Sunday 1 November, 01:30 EST (07:30 for them)",
        ),
        (
            "2027-01-01T05:00",
            "Pacific/Honolulu",
            "Pacific/Kiritimati",
            "Thursday 31 December, 19:00 (Fri 19:00 for them)",
        ),
    ],
)
def test_both_clocks_and_the_day_where_it_differs(moment_utc: str, mine: str, theirs: str, text: str) -> None:
    assert str(clock_text(utc(moment_utc), mine, theirs)) == text


def test_the_parts_of_the_text_can_be_used_alone() -> None:
    parts = clock_text(utc("2026-11-24T15:30"), "Europe/London", "Asia/Tokyo")

    assert (parts.day, parts.mine, parts.theirs, parts.same) == (
        "Tuesday 24 November",
        "15:30",
        "Wed 00:30",
        False,
    )


# --- a guess from the place ---


@pytest.mark.parametrize(
    ("place", "country", "zone"),
    [
        ("Berlin", "", "Europe/Berlin"),
        ("Berlin, Germany", "", "Europe/Berlin"),
        ("Berlin, DE", "", "Europe/Berlin"),
        ("Berlin, Berlin, Germany", "", "Europe/Berlin"),
        ("Munich", "Germany", "Europe/Berlin"),
        ("Greater Munich Metropolitan Area, Germany", "", "Europe/Berlin"),
        ("", "DE", "Europe/Berlin"),
        ("London Area, United Kingdom", "", "Europe/London"),
        ("Edinburgh, Scotland", "", "Europe/London"),
        ("São Paulo, Brazil", "", "America/Sao_Paulo"),
        ("ZÜRICH", "", "Europe/Zurich"),
        ("New York, NY", "", "America/New_York"),
        ("New York City Metropolitan Area", "", "America/New_York"),
        ("Los Angeles, CA", "", "America/Los_Angeles"),
        ("Mexico City", "", "America/Mexico_City"),
        ("Melbourne, Victoria, Australia", "", "Australia/Melbourne"),
        ("Montreal, Quebec, Canada", "", "America/Toronto"),
        ("Calcutta", "", "Asia/Kolkata"),
        ("Tbilisi, Georgia", "", "Asia/Tbilisi"),
        ("", "GE", "Asia/Tbilisi"),
        ("Singapore", "", "Asia/Singapore"),
    ],
)
def test_a_place_that_leaves_no_doubt_is_guessed_with_its_reason(place: str, country: str, zone: str) -> None:
    guess = guess_zone(place, country)

    assert isinstance(guess, Guess)
    assert guess.zone == zone
    assert guess.because.startswith("because ")


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("", ""),
        ("Remote", ""),
        ("Barcelona, Spain", ""),
        ("San Francisco Bay Area", ""),
        ("", "US"),
        ("Dublin, OH", ""),
        ("Dublin, California, USA", ""),
        ("Paris, TX", ""),
        ("London, Ontario, Canada", ""),
        ("London, Ontario", ""),
        ("Atlanta, Georgia", ""),
        ("Georgia", ""),
        ("Jersey City, NJ", ""),
        ("Jersey City", ""),
        ("Cordoba", "Spain"),
        ("Davis, CA", ""),
        ("Boston, MA", ""),
        (",,,", ""),
        ("x" * 100_000, "y" * 100_000),
    ],
)
def test_where_there_is_doubt_there_is_no_guess(place: str, country: str) -> None:
    assert guess_zone(place, country) is None


@given(st.text(), st.text(max_size=4))
def test_any_place_gives_a_zone_of_the_list_or_none(place: str, country: str) -> None:
    guess = guess_zone(place, country)

    assert guess is None or guess.zone in names()


def test_every_country_code_is_understood() -> None:
    for code in country_names():
        guess = guess_zone("", code)
        assert guess is None or guess.zone in names()

"""What is guessed of a newcomer: country, time zone and working days, from the clock and the languages."""

import pytest

from netjob import public_holidays, zones
from netjob.whereabouts import guess

MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY = "12345", "12347"


@pytest.mark.parametrize(
    ("zone", "country", "working_weekdays"),
    [
        ("Europe/Berlin", "DE", MONDAY_TO_FRIDAY),
        ("Europe/Vienna", "AT", MONDAY_TO_FRIDAY),
        ("Europe/Zurich", "CH", MONDAY_TO_FRIDAY),
        ("Europe/Dublin", "IE", MONDAY_TO_FRIDAY),
        ("Europe/London", "GB", MONDAY_TO_FRIDAY),
        ("Europe/Kyiv", "UA", MONDAY_TO_FRIDAY),
        ("Europe/Kiev", "UA", MONDAY_TO_FRIDAY),
        ("Europe/Lisbon", "PT", MONDAY_TO_FRIDAY),
        ("Atlantic/Azores", "PT", MONDAY_TO_FRIDAY),
        ("Europe/Istanbul", "TR", MONDAY_TO_FRIDAY),
        ("America/New_York", "US", MONDAY_TO_FRIDAY),
        ("America/Indiana/Knox", "US", MONDAY_TO_FRIDAY),
        ("America/Toronto", "CA", MONDAY_TO_FRIDAY),
        ("America/Sao_Paulo", "BR", MONDAY_TO_FRIDAY),
        ("America/Buenos_Aires", "AR", MONDAY_TO_FRIDAY),
        ("America/Mexico_City", "MX", MONDAY_TO_FRIDAY),
        ("Asia/Kolkata", "IN", MONDAY_TO_FRIDAY),
        ("Asia/Calcutta", "IN", MONDAY_TO_FRIDAY),
        ("Asia/Tokyo", "JP", MONDAY_TO_FRIDAY),
        ("Asia/Singapore", "SG", MONDAY_TO_FRIDAY),
        ("Asia/Hong_Kong", "HK", MONDAY_TO_FRIDAY),
        ("Asia/Dubai", "AE", MONDAY_TO_FRIDAY),
        ("Asia/Jerusalem", "IL", SUNDAY_TO_THURSDAY),
        ("Asia/Tel_Aviv", "IL", SUNDAY_TO_THURSDAY),
        ("Asia/Riyadh", "SA", SUNDAY_TO_THURSDAY),
        ("Asia/Qatar", "QA", SUNDAY_TO_THURSDAY),
        ("Asia/Kuwait", "KW", SUNDAY_TO_THURSDAY),
        ("Africa/Cairo", "EG", SUNDAY_TO_THURSDAY),
        ("Asia/Dhaka", "BD", SUNDAY_TO_THURSDAY),
        ("Africa/Johannesburg", "ZA", MONDAY_TO_FRIDAY),
        ("Australia/Sydney", "AU", MONDAY_TO_FRIDAY),
        ("Pacific/Auckland", "NZ", MONDAY_TO_FRIDAY),
    ],
)
def test_the_clock_tells_the_country(zone, country, working_weekdays):
    found = guess(zone, "en-US,en;q=0.5")

    assert (found.country, found.time_zone, found.working_weekdays) == (country, zone, working_weekdays)


@pytest.mark.parametrize(
    ("languages", "country", "zone"),
    [
        ("de-AT,de;q=0.8,en;q=0.5", "AT", "Europe/Vienna"),
        ("he-IL", "IL", "Asia/Jerusalem"),
        ("zh-Hant-TW,zh;q=0.9", "TW", "Asia/Taipei"),
        # Several clocks: the country alone
        ("en-US,en;q=0.5", "US", "UTC"),
        ("de,en;q=0.5", "", "UTC"),
        ("es-419", "", "UTC"),
        ("xx-YY,*", "", "UTC"),
        ("", "", "UTC"),
        (",;q=,\x00-\x00", "", "UTC"),
    ],
)
def test_where_the_clock_says_nothing_the_languages_do(languages, country, zone):
    found = guess("UTC", languages)

    assert (found.country, found.time_zone) == (country, zone)


def test_no_clock_at_all_is_no_fault():
    assert guess("Mars/Olympus", "").working_weekdays == MONDAY_TO_FRIDAY


def test_whatever_is_guessed_can_be_chosen():
    countries = dict(public_holidays.countries())
    for _area, zones_of_area in zones.choices():
        for zone, _place in zones_of_area:
            found = guess(zone, "")
            assert not found.country or found.country in countries
            assert 4 <= len(found.working_weekdays) <= 6
            assert set(found.working_weekdays) <= set("1234567")

"""What can be guessed of a newcomer from what the browser says by itself, to be confirmed. Pure."""

from dataclasses import dataclass

from django.utils.translation.trans_real import parse_accept_lang_header

from netjob import public_holidays, zones


@dataclass(frozen=True)
class Whereabouts:
    """A country ("" where nothing speaks for one), and what mostly holds there."""

    country: str
    time_zone: str
    working_weekdays: str


def guess(time_zone: str, languages: str) -> Whereabouts:
    """From the zone that the browser's clock keeps, else from the languages that it asks for ("en-GB,en").

    The zone speaks first: many who live elsewhere keep their browser in American English.
    """
    country = _known(zones.country_of(time_zone)) or _country_of_languages(languages)
    if country and not zones.country_of(time_zone):
        only = zones.guess_zone("", country)
        time_zone = only.zone if only else time_zone
    return Whereabouts(country, time_zone, public_holidays.working_weekdays(country))


def _country_of_languages(languages: str) -> str:
    for language, _weight in parse_accept_lang_header(languages):
        for part in language.split("-")[1:]:
            if country := _known(part.upper()):
                return country
    return ""


def _known(country: str) -> str:
    return country if public_holidays.region_is_known(country) else ""

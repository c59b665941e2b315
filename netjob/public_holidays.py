"""Public holidays by country and region, and which countries and regions there are. Pure.

Source: the `holidays` library, category public.
"""

import re
from datetime import date
from functools import cache, lru_cache

import holidays
from holidays.registry import COUNTRIES
from holidays.utils import list_supported_countries

from netjob.zones import country_names


@lru_cache(maxsize=4096)
def public_holidays(country: str, region: str, year: int) -> frozenset[date]:
    """Public holidays of that year, with the days on which they are observed.

    Source: the `holidays` library. Empty for an unknown country and for years of which the
    library knows nothing (for most countries after 2100).
    """
    country = country.strip().upper()
    if country not in _regions_by_country():
        return frozenset()
    library = getattr(holidays, country)
    if not library.start_year <= year <= library.end_year:
        return frozenset()
    subdivision = _region_code(country, region)
    return frozenset(library(subdiv=subdivision, years=year, expand=False, categories=("public",)))


def region_is_known(country: str, region: str = "") -> bool:
    """Whether the holidays of that country, and of that region if one is given, are known."""
    country = country.strip().upper()
    return country in _regions_by_country() and (not region or _region_code(country, region) is not None)


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """(ISO code, English name) of each country with known holidays, by name, for a select."""
    # The time zone database names every country but Kosovo, for which the code is not ISO's.
    named = ((code, country_names().get(code) or _class_name(code)) for code in _regions_by_country())
    return tuple(sorted(named, key=lambda country: country[1]))


def working_weekdays(country: str) -> str:
    """The days on which offices there are mostly open, as ISO digits; Monday to Friday where nothing is known.

    From the library's `weekend` of each country (Friday and Saturday in 18 of them, 2026). Where it knows of
    Sunday alone, as of Hong Kong, offices mostly close on Saturday too.
    """
    code = country.strip().upper()
    weekend = getattr(holidays, code)().weekend if code in _regions_by_country() else set()
    if weekend in (set(), {6}):
        weekend = {5, 6}
    return "".join(str(day + 1) for day in range(7) if day not in weekend)


def regions(country: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of each region with holidays of its own, by name; none for many countries.

    Where the library has no name for a region, its code stands for it.
    """
    code = country.strip().upper()
    if code not in _regions_by_country():
        return ()
    aliases = getattr(holidays, code).get_subdivision_aliases()
    named = ((region, next(iter(aliases.get(region, ())), region)) for region in _regions_by_country()[code])
    return tuple(sorted(named, key=lambda region: region[1]))


@cache
def _regions_by_country() -> dict[str, tuple[str, ...]]:
    supported = list_supported_countries(include_aliases=False)
    return {country: tuple(subdivisions) for country, subdivisions in supported.items()}


def _region_code(country: str, region: str) -> str | None:
    """The library's spelling of a region; not all are capitals (Augsburg keeps a day of its own)."""
    wanted = region.strip().casefold()
    return next((code for code in _regions_by_country()[country] if code.casefold() == wanted), None)


def _class_name(country: str) -> str:
    """The library's own name for a country, from its class: `UnitedStates` to "United States"."""
    name = next((entity[0] for entity in COUNTRIES.values() if country in entity), country)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)

"""Dates as files write them, in several languages. What can be read two ways is not guessed.

`order_of` looks at a whole column: one 25/03/2024 says that the day comes first in all of it. Pure, and
without a clock: a year of two digits is of this century up to 68 (as POSIX has it).
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final, Literal

from django.utils.translation import gettext as _

from netjob.folding import folded

type Order = Literal["day", "month"]
"""What comes first in 03/04/2024."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
LONGEST: Final = 64
EXCEL_EPOCH: Final = dt.date(1899, 12, 30)
"""Day 0 of Excel's dates from March 1900 on."""

_ISO: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_EASTERN: Final = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_NUMBERS: Final = re.compile(r"(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -]*(?:de |di |d')?([^\W\d_]{3,12})\.?[ ,-]*(?:de |del )?'?(\d{4}|\d{2})(?!\d)"
)
_MONTH_FIRST: Final = re.compile(
    r"([^\W\d_]{3,12})\.?[ -]*(\d{1,2})(?:st|nd|rd|th)?,?[ -]+'?(\d{4}|\d{2})(?!\d)"
)
_JAVA: Final = re.compile(r"[a-z]{3} ([a-z]{3}) (\d{1,2}) \d\d:\d\d:\d\d [a-z]{2,5} (\d{4})")
"""Wed Jun 24 12:43:42 UTC 2026"""
_YEAR: Final = re.compile(r"(\d{4})")
_MONTH: Final = re.compile(r"([^\W\d_]{3,12})\.?,? (?:de |del )?(\d{4})")
_MONTH_NUMBER: Final = re.compile(r"(\d{1,2})[/.](\d{4})")
_ISO_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})")
_STILL: Final = frozenset(
    {"present", "current", "now", "today", "heute", "aujourd'hui", "actualidad", "presente"}
)
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_TIME: Final = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap])?\.?m?\.?(?:z\b|(?![\w:]))"
)
_TWELVE_HOURS: Final = re.compile(r"\d\s*[ap]\.?m\b")

# English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish: whole names and short ones.
_MONTHS: Final = (
    "jan january januar jänner jänn janvier janv enero ene janeiro gennaio gen januari styczeń stycznia sty",
    "feb february februar feber février févr fév febrero fevereiro fev febbraio februari luty lutego lut",
    "mar march märz mär mrz mars marzo março maart mrt marzec marca",
    "apr april avril avr abril abr aprile kwiecień kwietnia kwi",
    "may mai mayo maio maggio mag mei maj maja",
    "jun june juni juin junio junho giugno giu czerwiec czerwca cze",
    "jul july juli juillet juil julio julho luglio lug lipiec lipca lip",
    "aug august août agosto ago augustus sierpień sierpnia sie augusti",
    "sep sept september septembre septiembre setembro set settembre wrzesień września wrz",
    "oct october oktober okt octobre octubre outubro out ottobre ott październik października paź",
    "nov november novembre noviembre novembro listopad listopada lis",
    "dec december dezember dez décembre déc diciembre dic dezembro dicembre grudzień grudnia gru",
)
_MONTH_OF: Final = {folded(word): n for n, words in enumerate(_MONTHS, start=1) for word in words.split()}


class NoDate(ValueError):
    """`str()` of it says why, in a sentence for the user."""


def order_of(texts: Iterable[str]) -> Order | None:
    """Whether the day or the month comes first in a column; None where no row tells, or two disagree."""
    told: set[Order] = set()
    for text in texts:
        if (order := _tells(text)) is not None:
            told.add(order)
            if len(told) > 1:
                return None
    return told.pop() if told else None


def read_date(text: str, order: Order | None = None) -> dt.date:
    """The date that a cell says, with or without a time. Raises `NoDate`."""
    text = folded(text[: LONGEST + 1])
    if not text or len(text) > LONGEST:
        raise _no_date()
    for pattern in (_EASTERN, _ISO):
        if match := pattern.match(text):
            numbers = [int(number) for number in match.groups() if number.isdigit()]
            return _date(*numbers)
    if match := _COMPACT.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.fullmatch(text):
        return _checked(EXCEL_EPOCH + dt.timedelta(days=int(match[1])))
    if match := _NUMBERS.match(text):
        return _from_numbers(match, order or _tells(text))
    return _from_words(text)


def read_moment(text: str, order: Order | None = None) -> dt.datetime:
    """Date and time of a cell, naive, as it is written; midnight where it has no time. Raises `NoDate`."""
    day = read_date(text, order)
    text = folded(text)
    if "t" in text:
        text = re.sub(r"(?<=\d)t(?=\d)", " ", text)
    for match in _TIME.finditer(text, 6):
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        if match[4] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if match[4] == "p" else 0)
        if hour < 24 and minute < 60 and second < 60:
            return dt.datetime.combine(day, dt.time(hour, minute, second))
    return dt.datetime.combine(day, dt.time())


def read_month(text: str) -> dt.date | None:
    """The first day of "Mar 2021" or of "2021", of a whole date that day; None for "Present". Raises `NoDate`."""
    folded_text = folded(text[: LONGEST + 1])
    if folded_text in _STILL:
        return None
    if match := _YEAR.fullmatch(folded_text):
        return _date(int(match[1]), 1, 1)
    if (match := _MONTH.fullmatch(folded_text)) and match[1] in _MONTH_OF:
        return _date(int(match[2]), _MONTH_OF[match[1]], 1)
    if match := _MONTH_NUMBER.fullmatch(folded_text):
        return _date(int(match[2]), int(match[1]), 1)
    if match := _ISO_MONTH.fullmatch(folded_text):
        return _date(int(match[1]), int(match[2]), 1)
    return read_date(text)


def _from_numbers(match: re.Match[str], order: Order | None) -> dt.date:
    first, second, year = int(match[1]), int(match[3]), _year(match[4])
    if match[2] == "." and second <= 12:
        order = "day"  # nobody writes the month first with points
    if order is None and first != second:
        raise NoDate(
            _("It could be %(one)s or %(other)s: write it as 2024-12-31.")
            % {"one": _date(year, second, first), "other": _date(year, first, second)}
        )
    return _date(year, first, second) if order == "month" else _date(year, second, first)


def _from_words(text: str) -> dt.date:
    text = re.sub(r"^[^\W\d_]{2,12}\.?,\s*", "", text)  # the day of the week
    if match := _JAVA.match(text):
        word, day, year = match[1], match[2], match[3]
    elif match := _DAY_FIRST.match(text):
        day, word, year = match[1], match[2], match[3]
    elif match := _MONTH_FIRST.match(text):
        word, day, year = match[1], match[2], match[3]
    else:
        raise _no_date()
    month = _MONTH_OF.get(word)
    if month is None:
        raise _no_date()
    return _date(_year(year), month, int(day))


def _tells(text: str) -> Order | None:
    """What one cell says about the order; a time with AM or PM is American."""
    text = folded(text[:LONGEST])
    match = _NUMBERS.match(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if first > 12 >= second:
        return "day"
    if second > 12 >= first:
        return "month"
    return "month" if match[2] == "/" and _TWELVE_HOURS.search(text) else None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 69 else 1900)


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        return _checked(dt.date(year, month, day))
    except NoDate:
        raise
    except ValueError:
        raise NoDate(_("There is no such day.")) from None


def _checked(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NoDate(
            _("Only years from %(first)d to %(last)d are read.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


def _no_date() -> NoDate:
    return NoDate(_("That is no date. Write it as 2024-12-31."))

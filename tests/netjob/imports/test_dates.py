"""Dates as files write them; what can be read two ways is refused unless its column tells."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netjob.imports.dates import NoDate, order_of, read_date, read_moment, read_month


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("08 Feb 2026", (2026, 2, 8)),
        ("2026-02-08", (2026, 2, 8)),
        ("2026/2/8", (2026, 2, 8)),
        ("2026-02-08T14:30:00Z", (2026, 2, 8)),
        ("20260208", (2026, 2, 8)),
        ("4-Apr-21", (2021, 4, 4)),
        ("12 Mar 24", (2024, 3, 12)),
        ("31 Dec 69", (1969, 12, 31)),
        ("29 Feb 2024", (2024, 2, 29)),
        ("1/29/26, 2:37 PM", (2026, 1, 29)),
        ("1/2/26, 2:37 PM", (2026, 1, 2)),
        ("31.12.2024", (2024, 12, 31)),
        ("3.4.24", (2024, 4, 3)),
        ("03. März 2024", (2024, 3, 3)),
        ("3. Mai 2024", (2024, 5, 3)),
        ("1er février 2024", (2024, 2, 1)),
        ("5 de enero de 2024", (2024, 1, 5)),
        ("5 de março de 2024", (2024, 3, 5)),
        ("12 maggio 2024", (2024, 5, 12)),
        ("7 mrt. 2024", (2024, 3, 7)),
        ("9 października 2024", (2024, 10, 9)),
        ("2 augusti 2024", (2024, 8, 2)),
        ("2024年3月5日", (2024, 3, 5)),
        ("March 5, 2024", (2024, 3, 5)),
        ("Tue, 5 Mar 2024", (2024, 3, 5)),
        ("Wed Jun 24 12:43:42 UTC 2026", (2026, 6, 24)),
        ("25/03/2024", (2024, 3, 25)),
        ("03/03/2024", (2024, 3, 3)),
        ("45352", (2024, 3, 1)),
        ("45352.75", (2024, 3, 1)),
    ],
)
def test_a_day(text, day):
    assert read_date(text) == dt.date(*day)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("03/04/2024", "2024-04-03 or 2024-03-04"),
        ("3-4-24", "could be"),
        ("29 Feb 2023", "no such day"),
        ("31/04/2024", "no such day"),
        ("13/13/2024", "no such day"),
        ("31 Dec 9999", "from 1900 to 2100"),
        ("1 Jan 1815", "from 1900 to 2100"),
        ("circa 1900", "no date"),
        ("Sept 2024", "no date"),
        ("next Tuesday", "no date"),
        ("12", "no date"),
        ("-", "no date"),
        ("1" * 10_000, "no date"),
    ],
)
def test_what_is_no_day_says_why(text, why):
    with pytest.raises(NoDate, match=why):
        read_date(text)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/2024", "25/03/2024"], "day"),
        (["03/04/2024", "03/25/2024"], "month"),
        (["3/4/24, 2:37 PM"], "month"),
        (["03/04/2024", "01/02/2024"], None),
        (["25/03/2024", "03/25/2024"], None),
        (["2024-03-25", "", "soon"], None),
    ],
)
def test_another_row_of_the_column_settles_the_order(column, order):
    assert order_of(column) == order


def test_the_order_of_the_column_is_that_of_each_cell():
    assert read_date("03/04/2024", "day") == dt.date(2024, 4, 3)
    assert read_date("03/04/2024", "month") == dt.date(2024, 3, 4)
    with pytest.raises(NoDate):
        read_date("25/03/2024", "month")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-06-01 14:03:22 UTC", (2025, 6, 1, 14, 3, 22)),
        ("2025-06-01T14:03:22Z", (2025, 6, 1, 14, 3, 22)),
        ("1/29/26, 2:37 PM", (2026, 1, 29, 14, 37)),
        ("1/29/26, 12:05 AM", (2026, 1, 29, 0, 5)),
        ("1/29/26, 12:05\u202fPM", (2026, 1, 29, 12, 5)),
        ("29.01.2026 14:37", (2026, 1, 29, 14, 37)),
        ("29 Jan 2026", (2026, 1, 29)),
        ("2026-01-29 25:61", (2026, 1, 29)),
    ],
)
def test_a_moment(text, moment):
    assert read_moment(text) == dt.datetime(*moment)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mar 2021", (2021, 3, 1)),
        ("2021", (2021, 1, 1)),
        ("März 2021", (2021, 3, 1)),
        ("03/2021", (2021, 3, 1)),
        ("2021-03", (2021, 3, 1)),
        ("14 Mar 2021", (2021, 3, 14)),
    ],
)
def test_a_month(text, day):
    assert read_month(text) == dt.date(*day)


def test_a_month_that_is_not_over():
    assert read_month("Present") is None


@given(st.dates(dt.date(1969, 1, 1), dt.date(2068, 12, 31)))
def test_every_day_is_read_back(day):
    for form in ("%d %b %Y", "%Y-%m-%d", "%d.%m.%Y", "%B %d, %Y", "%d-%b-%y"):
        assert read_date(day.strftime(form)) == day
    assert read_date(f"{day:%d/%m/%Y}", "day") == read_date(f"{day:%m/%d/%Y}", "month") == day


@given(st.text(max_size=80))
def test_any_text_is_a_day_or_none(text):
    for read in (read_date, read_moment, read_month):
        with contextlib.suppress(NoDate):
            read(text)
    order_of([text])

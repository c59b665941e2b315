"""A list as a file: everything that is shown, in its order, and nothing in a cell ever a formula."""

import csv
import io
import tracemalloc

import pytest
from openpyxl import load_workbook

from netjob.cells import harmless
from netjob.exports import Column, csv_of, workbook
from netjob.imports.remarks import Source
from netjob.imports.sheets import read_sheets
from tests.factories import CompanyFactory, ConversationFactory, PersonFactory

FORMULAS = [
    "=1+1", "+1", "@x", "\t=1", "\n=1", "\r=1", "＝1", "－1", "＋1", "＠1", " =1", "-", "+49 170 1234567",
    "=cmd|' /C calc'!A0", "\x00=1", "'=1", "''=1",
]  # fmt: skip
PLAIN = ["", "Figma", "ok,=1", "x;=1+1", 'He said "no"', "it's", "'t Hooft", "two\nlines", "王", "a\ud800b"]


def cells(value):
    column = [Column("Name", lambda row: row)]
    text = b"".join(csv_of(column, [value])).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1][0]


@pytest.mark.parametrize("value", FORMULAS)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(value):
    assert cells(value) == "'" + value


@pytest.mark.parametrize("value", PLAIN[:-1])
def test_what_is_harmless_stays_as_it_is(value):
    assert cells(value) == value


def test_taking_off_one_apostrophe_gives_back_every_text():
    for value in FORMULAS + PLAIN:
        written = harmless(value)
        assert (written[1:] if written != value else written) == value


@pytest.mark.parametrize("value", [*FORMULAS, *PLAIN[1:-1]])
def test_in_a_workbook_a_text_is_typed_as_text(value):
    book = load_workbook(workbook([Column("Name", lambda row: row)], [value]))

    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert cell.value == value.replace("\x00", "").replace("\r", "\n")


@pytest.mark.parametrize(
    ("text", "back"),
    [("A\ufffe\uffff\x01B", "AB"), ("_x0041_", "_x0041_"), ("a\ud800b", "ab"), ("_x41_", "_x41_")],
)
def test_a_workbook_can_be_read_again_whatever_stands_in_it(text, back):
    content = workbook([Column("Name", lambda row: row)], [text]).read()

    assert read_sheets(Source("a.xlsx", content, "xlsx"))[0].records[1].cells == (back,)


def test_numbers_days_and_yes_are_what_they_are():
    import datetime as dt

    columns = [
        Column("n", lambda row: 5),
        Column("d", lambda row: dt.date(2026, 11, 2)),
        Column("b", lambda row: True),
    ]

    assert b'"5","2026-11-02","yes"' in b"".join(csv_of(columns, [None]))
    assert [cell.value for cell in load_workbook(workbook(columns, [None])).active[2]] == [
        5,
        "2026-11-02",
        "yes",
    ]


def test_memory_does_not_grow_with_the_rows():
    def peak(count):
        tracemalloc.start()
        for _chunk in csv_of([Column("Name", lambda row: "x" * 200)], range(count)):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(20_000) < 1.5 * peak(2_000)


# The lists


def lines_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_an_export_holds_all_that_is_shown_in_its_order(alice_client, alice, monkeypatch):
    monkeypatch.setattr("netjob.lists.AT_ONCE", 7)
    for n in range(20):
        CompanyFactory(owner=alice, name=f"Brand {n:02}", place="Dublin" if n % 2 else "Berlin")

    answer = alice_client.get("/companies/export/?place=dublin&sort=-name&format=csv")

    assert [line["Name"] for line in lines_of(answer)] == [f"Brand {n:02}" for n in range(19, 0, -2)]


def test_it_is_a_download_named_after_list_and_day(alice_client, frozen):
    answer = alice_client.get("/people/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="people-2026-11-23.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.streaming

    answer = alice_client.get("/people/export/?format=xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="people-2026-11-23.xlsx"'


def test_a_name_that_is_a_formula_leaves_as_text(alice_client, alice):
    person = PersonFactory(owner=alice, name="=1+1", company=CompanyFactory(owner=alice, name="@SUM(A1)"))
    person.set_email("ada@example.org")

    [line] = lines_of(alice_client.get("/people/export/"))
    assert (line["Name"], line["Company"], line["E-mail"]) == ("'=1+1", "'@SUM(A1)", "ada@example.org")

    book = load_workbook(io.BytesIO(alice_client.get("/people/export/?format=xlsx").getvalue()))
    assert [(cell.value, cell.data_type) for cell in book.active[2]][:3:2] == [
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
    ]


@pytest.mark.parametrize("path", ["companies", "people", "outreach", "conversations"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "nonsense", ""])
def test_nobody_elses_rows_leave(path, kind, alice, bob_client):
    ConversationFactory(
        owner=alice, person=PersonFactory(owner=alice, name="Secret", company=CompanyFactory(owner=alice))
    )

    answer = bob_client.get(f"/{path}/export/?format={kind}")

    content = answer.getvalue()
    rows = load_workbook(io.BytesIO(content)).active.max_row if kind == "xlsx" else content.count(b"\r\n")
    assert rows == 1, "the headings alone"


@pytest.mark.parametrize("path", ["companies", "people", "outreach", "conversations"])
def test_an_export_is_only_read(path, alice_client, client):
    assert alice_client.post(f"/{path}/export/").status_code == 405
    assert client.get(f"/{path}/export/").status_code == 302

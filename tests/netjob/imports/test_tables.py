"""A header found by its names, columns in any order, and every record accounted for."""

import csv
import io

import pytest

from netjob.imports.remarks import NotReadable
from netjob.imports.tables import (
    LONGEST_CELL,
    Field,
    Header,
    Vocabulary,
    find_header,
    heading_key,
    likely_header,
    read_table,
    without_header,
)
from tests.foreign_files import only_sheet, row_of, workbook

PEOPLE = Vocabulary(
    (
        Field("name", "Name", ("Full Name", "氏名")),
        Field("company", "Company", ("Firma",)),
        Field("on", "Sent on"),
    ),
    needed=(frozenset({"name", "company"}),),
)


def table_of(text, header=None):
    return read_table(only_sheet(text), PEOPLE, header)


def rows_of(table):
    return [(row.number, row["name"], row["company"], row["on"]) for row in table.rows]


@pytest.mark.parametrize(
    "header",
    [
        "Name,Company,Sent on",
        "FULL NAME,firma,sent_on",
        "氏名,Firma,Sent-On",
        " “Name” ,Company*,Sent on:",
        "name,COMPANY,SentOn",
    ],
)
def test_headings_are_told_whatever_their_case_language_and_signs(header):
    assert rows_of(table_of(f"{header}\nAda,Acme,2024-01-02")) == [(2, "Ada", "Acme", "2024-01-02")]


def test_columns_in_any_order_and_more_of_them_than_are_known():
    table = table_of("Score,Company,Name,,Tags\n7,Acme,Ada,,vip\n")
    assert rows_of(table) == [(2, "Ada", "Acme", "")]
    [note] = table.notes
    assert note.message == "Columns that are not read: Score, Tags."


def test_what_stands_above_the_header_is_no_row():
    table = table_of('Notes:\n"Some, of it"\n\nMy people 2026,,\nName,Company,Sent on\nAda,Acme,\n')
    assert rows_of(table) == [(6, "Ada", "Acme", "")]


def test_the_header_is_looked_for_in_the_first_twenty_records_only():
    above = "something\n"
    assert find_header(only_sheet(above * 19 + "Name,Company\n"), PEOPLE) is not None
    assert find_header(only_sheet(above * 20 + "Name,Company\n"), PEOPLE) is None


def test_a_heading_that_stands_twice_counts_where_it_stands_first():
    assert rows_of(table_of("Name,Company,Company\nAda,Acme,Wrong\n")) == [(2, "Ada", "Acme", "")]


def test_a_repeated_header_is_skipped_and_told():
    table = table_of("Name,Company\nAda,Acme\nName,Company\nBob,Acme\n")
    assert [row.number for row in table.rows] == [2, 4]
    assert [(skip.row, skip.message) for skip in table.skips] == [(3, "The header, repeated.")]


@pytest.mark.parametrize("again", ["NAME, company ", "Company,Name", "Firma,氏名"])
def test_it_is_told_in_other_case_and_order_and_with_other_columns(again):
    table = table_of(f"Name,Company\nAda,Acme\n{again}\nName,Acme\n")
    assert [skip.row for skip in table.skips] == [3]
    assert [row.number for row in table.rows] == [2, 4]


def test_a_narrower_table_above_is_refused_and_not_lost():
    table = table_of("My people\nName,Company\nAda,Acme\nName,Company,Sent on\nBob,Acme,\n")
    assert [row.number for row in table.rows] == [5]
    assert [reject.row for reject in table.rejects] == [3]


def test_two_exports_pasted_together_have_their_notes_skipped_and_rows_that_broke_refused():
    notes = 'Notes:\n"When exporting, some may be missing."\n\n'
    table = table_of(f"{notes}Name,Company\nAda,Acme\nBob\n{notes}Name,Company\nCy,Acme\nnoted:\n")
    assert [row["name"] for row in table.rows] == ["Ada", "Cy"]
    assert [skip.row for skip in table.skips] == [7, 8, 10]
    assert [reject.row for reject in table.rejects] == [6, 12]


def test_rows_of_another_width_are_rejected_with_their_number():
    table = table_of("Name,Company,Sent on\nAda,Acme,\nBob,Acme\nCy,Acme,,more\nDee,Acme,,\nEve\n")
    assert [row.number for row in table.rows] == [2, 5]
    assert [(reject.row, reject.message) for reject in table.rejects] == [
        (3, "2 columns instead of 3."),
        (4, "4 columns instead of 3."),
        (6, "1 column instead of 3."),
    ]


def test_rows_of_a_workbook_have_no_width_of_their_own():
    content = workbook(
        row_of("Name", "Company", "Sent on") + row_of("Ada", "Acme") + row_of("Bob", "Acme", "", "x")
    )
    assert rows_of(table_of(content)) == [(2, "Ada", "Acme", ""), (3, "Bob", "Acme", "")]


def test_formulas_without_a_value_stay_empty_and_are_named():
    broken = '<c t="e"><f>A1</f><v>#REF!</v></c><c><f>NOW()</f><v/></c><c t="str"><f>""</f><v/></c>'
    header = row_of("Name", "Company", "Sent on", "Status", "Mood")
    content = workbook(header + row_of("Ada").replace("</row>", f'{broken}<c t="e"/></row>'))
    table = table_of(content)
    assert rows_of(table) == [(2, "Ada", "", "")]
    assert [(each.row, each.column, each.value) for each in table.warnings] == [
        (2, "Company", "#REF!"),
        (2, "Sent on", "=NOW()"),
    ]


def test_a_cell_that_is_too_long_costs_its_row_and_is_named():
    table = table_of(f"Name,Company\nAda,{'x' * (LONGEST_CELL + 1)}\nBob,Acme\n")
    assert [row.number for row in table.rows] == [3]
    [reject] = table.rejects
    assert (reject.row, reject.column) == (2, "Company")
    assert "100,000" in reject.message
    assert len(reject.value) == 100


def test_columns_beyond_five_hundred_are_ignored_and_told():
    header = ",".join(["Name", "Company", *(f"c{n}" for n in range(600)), "Sent on"])
    table = table_of(f"{header}\nAda,Acme{',x' * 601}\n")
    assert rows_of(table) == [(2, "Ada", "Acme", "")]
    assert "500" in table.notes[-1].message


def test_without_a_header_the_message_says_what_was_found_and_what_is_needed():
    with pytest.raises(NotReadable) as refusal:
        table_of("Date,Payee,Amount\n2026-01-02,Rent,-900\n")
    assert "Name + Company" in str(refusal.value)
    assert "Date, Payee, Amount" in str(refusal.value)


def test_columns_mapped_by_hand():
    sheet = only_sheet("List of 2026\nWho,Where,When\nAda,Acme,today\n")
    guess = likely_header(sheet)
    assert (guess.number, guess.headings) == (2, ("Who", "Where", "When"))
    mapped = Header(guess.number, guess.headings, {"name": 0, "company": 1})
    assert rows_of(read_table(sheet, PEOPLE, mapped)) == [(3, "Ada", "Acme", "")]


def test_a_table_that_begins_with_its_first_row():
    sheet = only_sheet("Ada,Acme\nBob\n")
    table = read_table(sheet, PEOPLE, without_header(sheet, {"name": 0, "company": 1}))
    assert rows_of(table) == [(1, "Ada", "Acme", ""), (2, "Bob", "", "")]


def test_a_remark_about_a_cell_uses_the_heading_of_the_file():
    table = table_of("Full Name,Firma,Sent on\nAda,Acme,soon\n")
    remark = table.remark(table.rows[0], "company", "Hm.")
    assert (remark.column, remark.value, remark.where) == ("Firma", "Acme", "list.csv, row 2, Firma")


def test_nothing_is_lost():
    text = 'Name,Company\nAda,Acme\nName,Company\nBob\nCy,"x\n,\nDee,Acme\n'
    table = table_of(text)
    filled = [record for record in csv.reader(io.StringIO(text.replace('"', ""))) if any(record)]
    assert len(table.rows) + len(table.skips) + len(table.rejects) == len(filled) - 1


def test_keys_of_headings():
    assert heading_key(" E-Mail Adresse ") == heading_key("e_mail-adresse") == "emailadresse"

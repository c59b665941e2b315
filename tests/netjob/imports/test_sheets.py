"""Tables as records: encodings, separators, quotes, and the number that a spreadsheet shows."""

import time

import pytest

from netjob.imports import sheets
from netjob.imports.remarks import NotReadable
from netjob.imports.sheets import read_sheets, read_text
from tests.foreign_files import only_sheet, upload

PEOPLE = "Name,Company\nJosé Núñez,Zoë & Søn\n王伟,株式会社\n"
WESTERN = "Name,Company\nJosé Núñez,Zoë & Søn\n“Ada”,Müller €\n"


def cells(sheet):
    return [record.cells for record in sheet.records]


def typed(*, text, file="list.csv"):
    return [(record.number, *record.cells) for record in read_text(file, text).records]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_text_is_read_in_any_encoding_of_unicode(encoding):
    content = (
        PEOPLE if encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32") else PEOPLE.replace("王伟", "Ada")
    )
    assert cells(only_sheet(content.encode(encoding))) == cells(read_text("list.csv", content))


def test_what_is_no_unicode_is_windows_text():
    assert cells(only_sheet(WESTERN.encode("cp1252"))) == cells(read_text("list.csv", WESTERN))


def test_single_windows_letters_within_unicode_do_not_spoil_the_others():
    content = PEOPLE.encode() + "Zoë,Acme\n".encode("cp1252")
    assert cells(only_sheet(content))[1:] == [
        ("José Núñez", "Zoë & Søn"),
        ("王伟", "株式会社"),
        ("Zoë", "Acme"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 40,
        b"\x81\x8d\x8f\x90\x9d" * 20,
        b"Name,Company\n" + b"\x01\x02\x03" * 20,
    ],
)
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(NotReadable, match="CSV UTF-8"):
        only_sheet(content)


def test_half_a_character_is_left_out_and_told_a_whole_pair_is_mended():
    sheet = only_sheet(b"Name,Company\nLove\xed\xa0\x80lace,Acme\n\xed\xa0\xbd\xed\xb8\x80,Acme\n")
    assert cells(sheet)[1:] == [("Lovelace", "Acme"), ("😀", "Acme")]
    assert [(flaw.number, flaw.value) for flaw in sheet.flaws] == [(2, "Lovelace")]
    assert cells(only_sheet(b"Name\n\xed\xa0\x80\n")) == [("Name",)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_and_line_end(separator, end):
    text = f"Name{separator}Company{end}Ada{separator}Acme{end}Bob{separator}Initech"
    assert typed(text=text) == [(1, "Name", "Company"), (2, "Ada", "Acme"), (3, "Bob", "Initech")]


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("sep=;\nName;Company\nAda;Acme, Inc.", [(2, "Name", "Company"), (3, "Ada", "Acme, Inc.")]),
        ('"Sep=|"\nName|Company\nAda|Acme', [(2, "Name", "Company"), (3, "Ada", "Acme")]),
        ("Name;Firm\nAda;Acme, Inc.\nBob;A, B", [(1, "Name", "Firm"), (2, "Ada", "Acme, Inc."), (3, "Bob", "A, B")]),
        ('Name,Company\n"Lovelace, Ada","Acme; Sons"', [(1, "Name", "Company"), (2, "Lovelace, Ada", "Acme; Sons")]),
        ('Name,Note\nAda,"a\nb\nc"\nBob,d', [(1, "Name", "Note"), (2, "Ada", "a\nb\nc"), (3, "Bob", "d")]),
        ('Name,Note\nAda,"say ""hi"""\nBob,""', [(1, "Name", "Note"), (2, "Ada", 'say "hi"'), (3, "Bob", "")]),
        ('Name,Size\nAda,5" disk "X\nBob,6', [(1, "Name", "Size"), (2, "Ada", '5" disk "X'), (3, "Bob", "6")]),
        ('Name, Company\nAda, "Acme, Inc." ', [(1, "Name", "Company"), (2, "Ada", "Acme, Inc.")]),
        ("Name,Company\n\n,,\nAda,Acme\n\n", [(1, "Name", "Company"), (4, "Ada", "Acme")]),
        ("Name,In\n  Ada\u00a0 ,\tAcme \u200b\nJose\u0301,X", [(1, "Name", "In"), (2, "Ada", "Acme"), (3, "José", "X")]),  # noqa: E501
        ("Name,Company\nAda,Acme\n\x1a\0", [(1, "Name", "Company"), (2, "Ada", "Acme")]),
        ("Name,Company\nA\0da,Ac\0me", [(1, "Name", "Company"), (2, "Ada", "Acme")]),
        ("Name\vX,Company\u2028Y\nAda,Acme", [(1, "Name\vX", "Company\u2028Y"), (2, "Ada", "Acme")]),
    ],
)  # fmt: skip
def test_records_as_a_spreadsheet_numbers_them(text, records):
    assert typed(text=text) == records


def test_formulas_and_markup_stay_as_they_are_typed_and_our_own_guard_is_taken_off():
    text = "A,B,C\n=1+1,<b>x</b>,@x\n'=1+1,'+49 170,''=1\n'tHooft,';x,it's\n"
    assert cells(read_text("list.csv", text))[1:] == [
        ("=1+1", "<b>x</b>", "@x"),
        ("=1+1", "+49 170", "'=1"),
        ("'tHooft", "';x", "it's"),
    ]


@pytest.mark.parametrize(
    ("text", "kept", "refused"),
    [
        ('A,B\n1,"x\n3,4\n5,"6, 7"\n', [1, 3, 4], [2]),
        ('A,B\n1,"x\n3,4\n5,6', [1, 3, 4], [2]),
        ('A,B\n1,2\n3,"x', [1, 2], [3]),
        ('A,B\n"x" y,2\n3,4', [1, 3], [2]),
        ('A,B\n1,"x\n2,"y\n3,"z"\n4,w', [1, 4, 5], [2, 3]),
    ],
)
def test_a_quote_that_nothing_closes_costs_its_own_row(text, kept, refused):
    records = read_text("list.csv", text).records
    assert [record.number for record in records if not record.problem] == kept
    assert [record.number for record in records if record.problem] == refused


def test_columns_beyond_those_that_are_read_are_let_go():
    [record] = read_text("list.csv", ",".join(map(str, range(2000)))).records
    assert len(record.cells) == sheets.MOST_COLUMNS + 1


def test_more_rows_than_are_read_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_RECORDS", 3)
    assert len(read_text("list.csv", "a\nb\nc\n").records) == 3
    with pytest.raises(NotReadable, match="more than 3 rows"):
        read_text("list.csv", "a\nb\nc\nd\n")


def test_a_file_of_nothing_but_separators_holds_no_rows():
    [source] = upload("list.csv", ",,,\n,,,\n")
    with pytest.raises(NotReadable, match="no rows"):
        read_sheets(source)


@pytest.mark.parametrize(
    "text", ['y",b,"c\n', '"\n', 'a,"b\n', '""\n', ",", "\n", '"",' * 3 + "\n", 'a,"', "A"]
)
def test_no_text_takes_more_than_a_few_looks_at_it(text):
    began = time.perf_counter()
    read_text("list.csv", text * min(300_000 // len(text), sheets.MOST_RECORDS))
    assert time.perf_counter() - began < 3

"""Excel workbooks: cells as a CSV would hold them, whatever the program that wrote them, and within limits."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from netjob.imports import workbooks
from netjob.imports.remarks import NotReadable
from netjob.imports.sheets import read_sheets
from tests.foreign_files import row_of, upload, workbook, zipped

DATES = (
    '<numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/></numFmts><fills><fill/></fills>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="22"/><xf numFmtId="4"/></cellXfs>'
)


def sheets_of(content, name="people.xlsx"):
    [source] = upload(name, content)
    return read_sheets(source)


def rows(content):
    [sheet] = sheets_of(content)
    return [(record.number, *record.cells) for record in sheet.records]


def test_a_workbook_of_openpyxl_reads_as_it_was_written():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Name", "On", "At", "Number", "Share", "Yes", "Formula"])
    page.append(["José", dt.date(2024, 3, 1), dt.datetime(2024, 3, 1, 14, 37), 45000, 0.5, True, "=1+1"])
    page["A4"] = " two\nlines "
    file = io.BytesIO()
    book.save(file)
    assert rows(file.getvalue()) == [
        (1, "Name", "On", "At", "Number", "Share", "Yes", "Formula"),
        (2, "José", "2024-03-01", "2024-03-01 14:37:00", "45000", "0.5", "TRUE", ""),
        (4, "two\nlines"),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c s="1"><v>45352</v></c>', "2024-03-01"),
        ('<c s="2"><v>45352.5</v></c>', "2024-03-01 12:00:00"),
        ('<c s="0"><v>45352</v></c>', "45352"),
        ('<c s="4"><v>4.91701234567E11</v></c>', "491701234567"),
        ('<c s="1"><v>99999999999</v></c>', "99999999999"),
        ('<c t="str"><f>A1</f><v>calculated</v></c>', "calculated"),
        ('<c t="e"><v>#N/A</v></c>', ""),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="s"><v>0</v></c>', "shared text"),
        ('<c t="inlineStr"><is><r><t>in </t></r><r><t>parts</t></r></is></c>', "in parts"),
        ("<c><v>nan</v></c>", ""),
    ],
)
def test_cells_of_every_type(cell, text):
    strings = "<si><r><t>shared </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></si>"
    content = workbook(
        f'<row><c t="inlineStr"><is><t>x</t></is></c>{cell}</row>', strings=strings, styles=DATES
    )
    assert rows(content) == [(1, "x", text)]


def test_dates_counted_from_1904():
    content = workbook(
        '<row><c s="1"><v>43890</v></c></row>', styles=DATES, workbook_pr='<workbookPr date1904="1"/>'
    )
    assert rows(content) == [(1, "2024-03-01")]


def test_what_a_workbook_claims_of_its_size_is_not_believed():
    below = '<row r="1048576"><c r="C1048576" t="inlineStr"><is><t> </t></is></c></row>'
    content = workbook(row_of("Name", "Company", number=1) + row_of("Ada", "Acme", number=3) + below)
    assert rows(content) == [(1, "Name", "Company"), (3, "Ada", "Acme")]


def test_an_empty_first_sheet_is_passed_over():
    sheets = sheets_of(workbook("", row_of("Name", "Company"), row_of("x")))
    assert [(sheet.title, len(sheet.records)) for sheet in sheets] == [("S2", 1), ("S3", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "docProps/app.xml"])
def test_xml_that_defines_anything_is_refused(part, encoding):
    evil = (
        f'<?xml version="1.0" encoding="{encoding}"?><!-- {"x" * 200_000} -->'
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    )
    parts = [(name, content) for name, content in _parts(workbook(row_of("Name"))) if name != part]
    with pytest.raises(NotReadable, match="DTD"):
        sheets_of(zipped(*parts, (part, evil.encode(encoding))))


def _parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


@pytest.mark.parametrize(
    "content",
    [
        zipped(("xl/workbook.xml", "<workbook/>")),
        zipped(("xl/workbook.xml", "no xml"), ("xl/_rels/workbook.xml.rels", "<a/>")),
        workbook("<row>"),
        workbook('<row><c t="s"><v>7</v></c></row>'),
        workbook('<row r="1048577"><c><v>1</v></c></row>'),
        workbook(row_of("a"))[:-100],
        zipped(("xl/workbook.bin", b"\0")),
    ],
)
def test_a_damaged_workbook_is_refused(content):
    with pytest.raises(NotReadable, match=r"people\.xlsx is damaged"):
        sheets_of(content)


@pytest.mark.parametrize(
    ("limit", "least"),
    [("MOST_UNPACKED", 10_000), ("MOST_ELEMENTS", 1_000), ("MOST_WITHIN", 1_000), ("MOST_SILENT", 100_000)],
)
def test_limits(monkeypatch, limit, least):
    monkeypatch.setattr(workbooks, limit, least)
    assert rows(workbook(row_of("Name")))
    large = {
        "MOST_UNPACKED": workbook(row_of("x" * 20_000)),
        "MOST_ELEMENTS": workbook("<row><c/></row>" * 10_000),
        "MOST_WITHIN": workbook("<row>" + "<c/>" * 20_000 + "</row>"),
        "MOST_SILENT": workbook("<row>" + "<c>" * 100_000 + "</c>" * 100_000 + "</row>"),
    }
    with pytest.raises(NotReadable):
        sheets_of(large[limit])

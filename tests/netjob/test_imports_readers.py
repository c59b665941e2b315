"""Several readers in one batch: each file to the surest, in their order, rows that refer to rows of other files."""

import datetime as dt
import io
import zipfile
from dataclasses import dataclass

import pytest
from django.utils.translation import ngettext_lazy

from companies.models import Company, CompanyName
from netjob import undo
from netjob.imports import applying, readers, staging
from netjob.imports.readers import Reading, Row, TableReader
from netjob.imports.remarks import NotReadable
from netjob.imports.rows import RowReader, begin, read_rows
from netjob.imports.tables import Field, Vocabulary
from netjob.models import Activity, ImportBatch
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@dataclass
class Cells:
    number: int
    cells: dict[str, str]


class Plain(TableReader):
    """A fixed format: its rows are their cells."""

    makes = ngettext_lazy("%(count)d thing", "%(count)d things", "count")

    def parse(self, table):
        parsed = begin(table)
        return read_rows(RowReader(table, parsed), parsed, lambda at: Cells(at.row.number, at.row.filled))

    def row_of(self, table, parsed):
        return Row(table.file, parsed.number, next(iter(parsed.cells.values())), parsed.cells)


class Firms(Plain):
    kind, label, order = "firms", "Firms", 200
    vocabulary = Vocabulary((Field("firm", "Firm"), Field("since", "Since")), (frozenset({"firm", "since"}),))

    def decide(self, rows, work):
        known = {row.name: row.pk for row in Company.objects.owned_by(work.owner)}
        first = {}
        for row in rows:
            name = row.data["firm"]
            if name in known:
                row.is_known(f"firm-{known[name]}", name)
            elif name in first:
                row.is_known(first[name].value, name)
            else:
                first[name] = row
                row.is_new()

    def apply(self, rows, work):
        fresh = [row for row in rows if row.choice == readers.NEW]
        companies = [Company(owner=work.owner, name=row.data["firm"], listed_on=work.today) for row in fresh]
        work.kept.add_many(companies)
        work.kept.add_many(
            [CompanyName(owner=work.owner, company=each, name=each.name) for each in companies]
        )
        for row, company in zip(fresh, companies, strict=True):
            row.was_created(company.pk)
        for row in rows:
            if row not in fresh:
                other = work.row(row.choice)
                row.was_merged(other.made if other else int(row.choice.removeprefix("firm-")))
        work.tally.more["firms"] = len(companies)


class Letters(Plain):
    """Refers to rows of Firms.csv that are not written yet while it is looked through."""

    kind, label, order = "letters", "Letters", 300
    vocabulary = Vocabulary((Field("to", "To"), Field("text", "Text")), (frozenset({"to", "text"}),))

    def decide(self, rows, work):
        by_name = {row.title: row for row in reversed(work.rows.get("firms", []))}
        for row in rows:
            firm = by_name.get(row.data["to"])
            if firm is None:
                row.leave_out("Nobody of that name.")
            else:
                row.is_new()
                row.match = firm.value

    def apply(self, rows, work):
        by_name = {row.title: row for row in reversed(work.rows["firms"])}
        companies = Company.objects.in_bulk([row.made for row in work.rows["firms"] if row.made])
        lines = []
        for row in rows:
            company = companies.get(by_name[row.data["to"]].made)
            if company is None:
                row.was_skipped("The firm was left out.")
                continue
            lines.append(company.line("letter", row.data["text"], on=work.today))
            row.was_created()
        work.kept.add_many(lines)


@pytest.fixture(autouse=True)
def two_more(monkeypatch, frozen):
    monkeypatch.setitem(readers.READERS, "firms", Firms())
    monkeypatch.setitem(readers.READERS, "letters", Letters())


def archive(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{name}.csv", text)
    return content.getvalue()


FIRMS = "Firm,Since\nFigma,2020\nLinear,2021\nFigma,2020\n"
LETTERS = "To,Text\nFigma,Hello\nNobody,Hello\nLinear,Hi\n"
OTHER = "Foo,Bar\n1,2\n"


def brought(owner, today, **files):
    return staging.begin(owner, "export.zip", archive(**files), today=today)


def test_files_of_one_archive_are_applied_in_the_order_of_their_readers(alice, today):
    batch = brought(alice, today, Letters=LETTERS, Firms=FIRMS, Other=OTHER)
    assert batch.kinds == ["firms", "letters"]
    assert [(row.position, row.file, row.meaning) for row in batch.rows.all()] == [
        (1, "Firms.csv", "new"), (2, "Firms.csv", "new"), (3, "Firms.csv", "known"),
        (4, "Letters.csv", "new"), (5, "Letters.csv", "left_out"), (6, "Letters.csv", "new"),
    ]  # fmt: skip
    assert any("Other.csv" in remark for remark in batch.remarks)

    batch = applying.apply(batch, now=NOW, today=today)

    assert (batch.counts["created"], batch.counts["merged"], batch.counts["skipped"]) == (4, 1, 1)
    assert batch.counts["more"] == {"firms": 2}
    assert "Letters.csv, Row 3: Nobody of that name." in batch.message
    figma = Company.objects.get(name="Figma")
    assert Activity.objects.get(title="Hello").company_uid == figma.uid

    undo.undo(alice, batch.act, now=NOW)
    assert not Company.objects.exists()
    assert not Activity.objects.exists()


def test_what_hangs_on_a_row_that_is_left_out_is_left_out_too(alice, today):
    batch = brought(alice, today, Firms=FIRMS, Letters=LETTERS)
    batch.rows.filter(title="Figma").update(choice="leave", is_chosen=True)

    batch = applying.apply(batch, now=NOW, today=today)

    assert [row.outcome for row in batch.rows.all()] == [
        "skipped", "created", "skipped", "skipped", "skipped", "created"
    ]  # fmt: skip


def test_a_second_export_is_a_difference(alice, today):
    applying.apply(brought(alice, today, Firms=FIRMS), now=NOW, today=today)

    batch = brought(alice, today, Firms=FIRMS + "Notion,2022\n")

    assert [row.meaning for row in batch.rows.all()] == ["known", "known", "known", "new"]
    applying.apply(batch, now=NOW, today=today)
    assert Company.objects.count() == 3


def test_the_surest_reader_gets_a_file(alice, today):
    batch = staging.begin(alice, "a.csv", b"Company,Firm,Since\nx,Figma,2020\n", today=today)

    assert batch.kinds == ["firms"]


def test_a_bad_file_of_an_archive_does_not_keep_the_others_out(alice, today):
    batch = brought(alice, today, Firms=FIRMS, Letters=b"PK\x03\x04 not a workbook")

    assert batch.kinds == ["firms"]
    assert batch.remarks


def test_nothing_known_in_an_archive_is_refused_with_what_is_there(alice, today):
    with pytest.raises(NotReadable, match="Foo, Bar"):
        brought(alice, today, Other=OTHER)
    assert not ImportBatch.objects.exists()


def test_a_fixed_format_is_not_mapped(alice, alice_client, today):
    batch = staging.begin(alice, "a.csv", FIRMS.encode(), today=today)

    page = alice_client.get(f"/imports/{batch.pk}/").text

    assert "What the columns are" not in page
    assert "Import 2 things" in page


def test_a_choice_that_is_still_offered_stays_ones_own(alice, today):
    batch = staging.begin(alice, "a.csv", FIRMS.encode(), today=today)
    batch.rows.filter(title="Linear").update(choice="leave", is_chosen=True)
    CompanyFactory(owner=alice, name="Figma")

    batch = applying.apply(batch, now=NOW, today=today)

    assert [row.outcome for row in batch.rows.all()] == ["merged", "skipped", "merged"]
    assert "2 rows were decided anew" in batch.message


def test_a_reading_keeps_what_a_parser_remarks(alice, today):
    batch = staging.begin(alice, "a.csv", FIRMS.encode() + b"too,many,cells\n", today=today)
    rejected = batch.rows.get(meaning="rejected")

    assert (rejected.number, rejected.data) == (5, {"cells": ["too", "many", "cells"]})
    assert isinstance(
        Firms().read(readers.Opened(staging.unpack("a.csv", FIRMS.encode()).sources[0])), Reading
    )

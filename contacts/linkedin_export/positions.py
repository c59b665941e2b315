"""Positions.csv: where the owner of the export worked, and when. Who else was there is a former colleague."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from netjob.folding import exact_key
from netjob.imports.remarks import Parsed
from netjob.imports.rows import RowReader, Skipped, begin, read_rows
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Field, Table, Vocabulary, find_header

VOCABULARY: Final = Vocabulary(
    (
        Field("company", "Company Name"),
        Field("title", "Title"),
        Field("description", "Description"),
        Field("place", "Location"),
        Field("started_on", "Started On"),
        Field("finished_on", "Finished On"),
    ),
    needed=(frozenset({"company", "title", "started_on"}),),
)


@dataclass(frozen=True, slots=True)
class OwnPosition:
    """`started_on` and `finished_on` are first days of a month or a year; None for one that is not over."""

    file: str
    number: int
    company: str
    title: str
    started_on: dt.date | None
    finished_on: dt.date | None


def recognises(sheet: Sheet) -> bool:
    return find_header(sheet, VOCABULARY) is not None


def parse(table: Table) -> Parsed[OwnPosition]:
    parsed: Parsed[OwnPosition] = begin(table)
    return read_rows(RowReader(table, parsed), parsed, _position)


def _position(cells: RowReader) -> OwnPosition:
    company = cells.line("company")
    if not exact_key(company):
        raise Skipped(_("No company."))
    return OwnPosition(
        file=cells.table.file,
        number=cells.row.number,
        company=company,
        title=cells.line("title"),
        started_on=cells.month("started_on"),
        finished_on=cells.month("finished_on"),
    )

"""Education.csv: where the owner of the export studied. Who works at a place and studied there is an alum."""

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
        Field("school", "School Name"),
        Field("started_on", "Start Date"),
        Field("finished_on", "End Date"),
        Field("notes", "Notes"),
        Field("degree", "Degree Name"),
        Field("activities", "Activities"),
    ),
    needed=(frozenset({"school", "degree"}), frozenset({"school", "started_on"})),
)


@dataclass(frozen=True, slots=True)
class OwnEducation:
    """The days are first days of a month or a year."""

    file: str
    number: int
    school: str
    degree: str
    started_on: dt.date | None
    finished_on: dt.date | None


def recognises(sheet: Sheet) -> bool:
    return find_header(sheet, VOCABULARY) is not None


def parse(table: Table) -> Parsed[OwnEducation]:
    parsed: Parsed[OwnEducation] = begin(table)
    return read_rows(RowReader(table, parsed), parsed, _education)


def _education(cells: RowReader) -> OwnEducation:
    school = cells.line("school")
    if not exact_key(school):
        raise Skipped(_("No school."))
    return OwnEducation(
        file=cells.table.file,
        number=cells.row.number,
        school=school,
        degree=cells.line("degree"),
        started_on=cells.month("started_on"),
        finished_on=cells.month("finished_on"),
    )

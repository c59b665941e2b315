"""Company Follows.csv: pages of companies that the owner of the export follows, seeds of a target list."""

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
    (Field("company", "Organization", ("Organisation",)), Field("followed_on", "Followed On")),
    needed=(frozenset({"company", "followed_on"}),),
)


@dataclass(frozen=True, slots=True)
class CompanyFollow:
    file: str
    number: int
    company: str
    followed_on: dt.date | None


def recognises(sheet: Sheet) -> bool:
    return find_header(sheet, VOCABULARY) is not None


def parse(table: Table) -> Parsed[CompanyFollow]:
    parsed: Parsed[CompanyFollow] = begin(table)
    return read_rows(RowReader(table, parsed, days=["followed_on"]), parsed, _follow)


def _follow(cells: RowReader) -> CompanyFollow:
    company = cells.line("company")
    if not exact_key(company):
        raise Skipped(_("No company."))
    return CompanyFollow(cells.table.file, cells.row.number, company, cells.day("followed_on"))

"""Profile.csv: who the owner of the export is. The file has no address of the profile; Invitations.csv has."""

from dataclasses import dataclass
from typing import Final

from netjob.imports.remarks import Parsed
from netjob.imports.rows import RowReader, begin, read_rows
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Field, Table, Vocabulary, find_header

VOCABULARY: Final = Vocabulary(
    (
        Field("first_name", "First Name", ("Vorname", "Prénom", "Nombre", "Nome")),
        Field("last_name", "Last Name", ("Nachname", "Nom", "Apellidos", "Sobrenome", "Cognome")),
        Field("maiden_name", "Maiden Name"),
        Field("headline", "Headline"),
        Field("summary", "Summary"),
        Field("industry", "Industry"),
        Field("place", "Geo Location"),
    ),
    needed=(frozenset({"first_name", "last_name", "headline"}),),
)


@dataclass(frozen=True, slots=True)
class OwnProfile:
    file: str
    number: int
    name: str
    headline: str
    industry: str
    place: str


def recognises(sheet: Sheet) -> bool:
    return find_header(sheet, VOCABULARY) is not None


def parse(table: Table) -> Parsed[OwnProfile]:
    parsed: Parsed[OwnProfile] = begin(table)
    return read_rows(RowReader(table, parsed), parsed, _profile)


def _profile(cells: RowReader) -> OwnProfile:
    return OwnProfile(
        file=cells.table.file,
        number=cells.row.number,
        name=" ".join(filter(None, [cells.line("first_name"), cells.line("last_name")])),
        headline=cells.line("headline"),
        industry=cells.line("industry"),
        place=cells.line("place"),
    )

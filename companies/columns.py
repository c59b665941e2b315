"""A spreadsheet of companies: what its columns are, whatever their order and language. Pure.

A record becomes the same `Line` as a pasted line does; cells that cannot be read stay empty and are told.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.linkedin_links import linkedin_path
from companies.pasting import Line, Page, looks_like_link, pages_of, read_line
from netjob import zones
from netjob.folding import folded
from netjob.imports.remarks import NotReadable, Parsed
from netjob.imports.rows import Rejected, RowReader, Skipped, begin, read_rows
from netjob.imports.sheets import Record, Sheet, read_text
from netjob.imports.tables import Field, Header, Table, Vocabulary, find_header
from netjob.imports.texts import one_line
from netjob.links import read_web_link

KIND: Final = "companies"
"""The kind of import."""
FIELDS: Final = (
    ("name", gettext_lazy("Name")),
    ("website", gettext_lazy("Website")),
    ("linkedin", gettext_lazy("LinkedIn page")),
    ("industry", gettext_lazy("Industry")),
    ("place", gettext_lazy("Place")),
    ("remote", gettext_lazy("Remote work")),
    ("notes", gettext_lazy("Notes")),
)
_HEADINGS: Final = {
    "name": (
        "Name", "Company", "Company name", "Employer", "Organization", "Organisation", "Business", "Target company",
        "Account name", "Firma", "Firmenname", "Unternehmen", "Unternehmensname", "Arbeitgeber", "Entreprise",
        "Société", "Nom de l'entreprise", "Nom", "Employeur", "Empresa", "Nombre de la empresa", "Nombre", "Compañía",
        "Azienda", "Società", "Nome azienda", "Ragione sociale", "Nome", "Nome da empresa", "Companhia", "Bedrijf",
        "Bedrijfsnaam", "Werkgever", "Naam", "Företag", "Företagsnamn", "Virksomhed", "Yritys", "Nazwa firmy", "Nazwa",
        "Spółka", "会社", "会社名", "企業名", "公司", "公司名称", "회사", "회사명", "Компания",
    ),
    "website": (
        "Website", "Web site", "Site", "Homepage", "Home page", "Web", "URL", "Link", "Domain", "Company URL",
        "Company website", "Webseite", "Internetseite", "Internet", "Site web", "Site internet", "Sitio web",
        "Página web", "Sito web", "Sito", "Strona internetowa", "Strona www", "Webbplats", "Hemsida",
        "ウェブサイト", "ホームページ", "网站", "웹사이트", "Сайт",
    ),
    "linkedin": (
        "LinkedIn", "LinkedIn page", "LinkedIn URL", "LinkedIn link", "Company LinkedIn", "LinkedIn company page",
        "LinkedIn-Seite", "LinkedIn-Profil", "Page LinkedIn", "Página de LinkedIn", "Pagina LinkedIn",
        "LinkedIn-pagina", "Company LinkedIn URL", "LinkedIn profile",
    ),
    "industry": (
        "Industry", "Sector", "Branch", "Field", "Category", "Branche", "Industrie", "Bereich", "Secteur",
        "Secteur d'activité", "Industria", "Settore", "Setor", "Ramo", "Sektor", "Branża", "Bransch",
        "業界", "業種", "行业", "산업", "Отрасль",
    ),
    "place": (
        "Place", "Location", "City", "Town", "Headquarters", "HQ", "Where", "Region", "Country", "Address", "Ort",
        "Stadt", "Standort", "Sitz", "Land", "Lieu", "Ville", "Siège", "Localisation", "Lugar", "Ciudad", "Ubicación",
        "Sede", "Luogo", "Città", "Cidade", "Local", "Localização", "Plaats", "Locatie", "Miejsce", "Miasto",
        "Lokalizacja", "Stad", "Plats", "所在地", "場所", "地点", "城市", "위치", "Город", "Место",
    ),
    "remote": (
        "Remote", "Remote work", "Remote work possible", "Remote possible", "Remote friendly", "Works remotely",
        "Home office", "Work from home", "WFH", "Fernarbeit", "Remote-Arbeit", "Télétravail", "À distance",
        "Teletrabajo", "Remoto", "Lavoro remoto", "Da remoto", "Teletrabalho", "Trabalho remoto", "Thuiswerken",
        "Praca zdalna", "Zdalnie", "Distansarbete", "リモート", "リモートワーク", "远程", "远程办公", "원격",
        "재택근무", "Удалённо", "Удалённая работа",
    ),
    "notes": (
        "Notes", "Note", "Comments", "Comment", "Remarks", "Description", "Why", "Notizen", "Notiz", "Bemerkung",
        "Bemerkungen", "Kommentar", "Beschreibung", "Remarques", "Commentaires", "Notas", "Comentarios", "Appunti",
        "Observações", "Opmerkingen", "Notities", "Uwagi", "Notatki", "Anteckningar", "メモ", "備考", "备注", "메모",
    ),
}  # fmt: skip
VOCABULARY: Final = Vocabulary(
    fields=tuple(Field(name, headings[0], headings[1:]) for name, headings in _HEADINGS.items()),
    needed=(frozenset({"name"}), frozenset({"website"}), frozenset({"linkedin"})),
)
_SAMPLED: Final = 200
_REMOTE: Final = frozenset(
    {"remote", "fully remote", "100% remote", "remote only", "remote first", "anywhere"}
)
"""What stands where a place would, for work that has none."""
_YES: Final = _REMOTE | {
    "yes", "y", "true", "1", "x", "✓", "✔", "possible", "ja", "j", "oui", "si", "sim", "s", "tak", "はい", "是",
    "예", "да",
}  # fmt: skip
_NO: Final = frozenset({
    "no", "n", "false", "0", "-", "–", "—", "none", "on site", "onsite", "on-site", "office", "in office", "nein",
    "non", "nao", "nee", "nie", "nej", "いいえ", "否", "아니요", "нет",
})  # fmt: skip


def header_of(sheet: Sheet) -> tuple[tuple[str, ...], Header | None]:
    """The headings and the header of a sheet, if it has one.

    A single word may be the name of a company: alone it heads a table only in the first place.
    """
    header = find_header(sheet, VOCABULARY)
    if header and len(header.columns) == 1 and header.number != sheet.records[0].number:
        header = None
    return (header.headings, header) if header else ((), None)


def is_a_table(text: str) -> bool:
    """Whether what was pasted has columns."""
    filled = [line for line in text.splitlines() if line.strip()]
    if len(filled) < 2:
        return False
    try:
        sheet = read_text("", text)
    except NotReadable:
        return False
    if not sheet.records:
        return False
    has_tabs = any("\t" in line.strip() for line in filled)
    return has_tabs or header_of(sheet)[1] is not None or separate(sheet.records)


def separate(records: Sequence[Record], *, least: int = 3) -> bool:
    """Whether most records have the same few cells, as those of a spreadsheet have; not "Acme, Inc."."""
    some = records[:_SAMPLED]
    if not some:
        return False
    width, count = Counter(len(record.cells) for record in some).most_common(1)[0]
    if 2 * count <= len(some) or width < 2:
        return False
    return width >= least or _share(_cells(some, 1), _is_place) >= 0.5


def heads(records: Sequence[Record], columns: Sequence[str]) -> bool:
    """Whether the first record of a table with unknown headings is one of headings: no link where links stand."""
    tests = {"linkedin": _is_page, "website": looks_like_link, "place": _is_place}
    first, rest = records[0], records[1:_SAMPLED]
    return bool(rest) and any(
        name in tests
        and number < len(first.cells)
        and not tests[name](first.cells[number])
        and _share(_cells(rest, number), tests[name]) >= 0.8
        for number, name in enumerate(columns)
    )


def guessed(records: Sequence[Record]) -> list[str]:
    """What the columns of a table without a header hold, by what stands in them; "" for what nothing says."""
    width = max(len(record.cells) for record in records)
    columns = [_cells(records[:_SAMPLED], number) for number in range(width)]
    taken: dict[int, str] = {}
    _take(taken, "linkedin", [_share(cells, _is_page) for cells in columns])
    _take(taken, "website", [_share(cells, looks_like_link) for cells in columns], besides=taken)
    texts = [number for number in range(width) if number not in taken and columns[number]]
    if texts:
        # A name stands once; a trade and a place come again and again.
        taken[max(texts, key=lambda number: (len(set(columns[number])), -number))] = "name"
    _take(taken, "place", [_share(cells, _is_place) for cells in columns], besides=taken, least=0.3)
    rest = [number for number in texts if number not in taken]
    for number, name in zip(
        rest, [f for f in ("industry", "place") if f not in taken.values()], strict=False
    ):
        taken[number] = name
    return [taken.get(number, "") for number in range(width)]


def _cells(records: Sequence[Record], number: int) -> list[str]:
    return [record.cells[number] for record in records if number < len(record.cells) and record.cells[number]]


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(bool, map(test, cells))) / len(cells) if cells else 0


def _take(
    taken: dict[int, str], name: str, shares: Sequence[float], *, besides: Mapping[int, str] | None = None,
    least: float = 0.5,
) -> None:  # fmt: skip
    free = [number for number in range(len(shares)) if number not in (besides or {})]
    best = max(free, key=lambda number: shares[number], default=None)
    if best is not None and shares[best] >= least:
        taken[best] = name


def _is_page(cell: str) -> bool:
    return linkedin_path(cell) is not None


def _is_place(cell: str) -> bool:
    return zones.guess_zone(cell, "") is not None


def parse(table: Table) -> Parsed[Line]:
    """The companies of a table, each as the line that one would have pasted."""
    parsed: Parsed[Line] = begin(table)
    return read_rows(RowReader(table, parsed), parsed, _line)


def _line(cells: RowReader) -> Line:
    page, website = _page(cells), _website(cells)
    line = read_line(cells.row.number, one_line(cells["name"]) or page or website)
    if line.problem:
        raise (
            Rejected("name", line.problem)
            if line.text
            else Skipped(_("There is no name in this row, and no link."))
        )
    pages = [*pages_of(page), *_pages_among_websites(cells), *line.pages]
    place = cells.line("place", 100)
    has_place = folded(place) not in _REMOTE
    return replace(
        line,
        website=website or line.website,
        pages=tuple(dict.fromkeys(pages)),
        industry=cells.line("industry", 100),
        place=place if has_place else "",
        remote=_is_remote(cells) or not has_place,
        notes=cells.note("notes"),
    )


def _is_remote(cells: RowReader) -> bool:
    """Whether it says so; what is neither yes nor no is told."""
    said = folded(one_line(cells["remote"]))
    if said and said not in _YES | _NO:
        cells.warn("remote", _("Neither yes nor no."))
    return said in _YES


def _page(cells: RowReader) -> str:
    """The link to its page on LinkedIn; empty, and told, where it is none."""
    link = one_line(cells["linkedin"])
    if link and not pages_of(link):
        cells.warn("linkedin", _("No link to a company’s page on LinkedIn."))
        return ""
    return link


def _pages_among_websites(cells: RowReader) -> list[Page]:
    link = one_line(cells["website"])
    return pages_of(link) if linkedin_path(link) else []


def _website(cells: RowReader) -> str:
    link = one_line(cells["website"])
    if not link or _pages_among_websites(cells):
        return ""
    try:
        return read_web_link(link)
    except ValidationError as refusal:
        cells.warn("website", refusal.messages[0])
        return ""

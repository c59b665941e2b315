"""A file, or a paste, of companies: one a line, or in columns with or without a header."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from companies import adding, columns
from companies.columns import KIND
from companies.forms.adding import REASONS, WHERE, FoundForm, why_off_the_list
from companies.pasting import Line, Page, read_lines
from netjob.imports.readers import LEAVE, Opened, Reading, Row, TableReader, Work
from netjob.imports.remarks import NotReadable, Parsed
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Header, Table, heading_key, without_header
from netjob.imports.texts import decoded, without_halves
from netjob.models import User

OF_PEOPLE = frozenset(
    map(heading_key, (
        "First Name", "Last Name", "Full name", "Surname", "Vorname", "Nachname", "Prénom", "Apellidos", "Cognome",
        "Sobrenome", "Voornaam", "Achternaam", "Imię", "Nazwisko", "Förnamn", "Efternamn", "氏名", "姓", "名",
        "Person", "Contact", "Contact person", "Ansprechpartner", "Kontakt", "Connected On", "Direction", "Content",
    ))
)  # fmt: skip
"""Headings that a table of companies does not have: where one stands, the table is about people."""
BESIDE_A_PERSON = frozenset(
    map(
        heading_key,
        ("Email", "E-Mail", "Email Address", "E-Mail-Adresse", "Position", "Role", "Job title", "Phone"),
    )
)
"""Headings that make people of what is headed "Name" and no more."""
ANY_NAME = frozenset(map(heading_key, ("Name", "Nom", "Nombre", "Nome", "Naam", "Nazwa")))
MOST = 10_000
"""Rows of one file: each name is held against all others, which takes about a second a thousand."""
_FACTS = ("name", *adding.FILLED)


class CompanyReader(TableReader):
    kind = KIND
    label = gettext_lazy("Companies")
    explains = gettext_lazy(
        "a column with the name of each (headed Name or Company, say), or with its website or LinkedIn page"
    )
    order = 100
    fields = columns.FIELDS
    makes = ngettext_lazy("%(count)d company", "%(count)d companies", "count")
    leads_to = "companies:company_list"
    vocabulary = columns.VOCABULARY

    def recognises(self, opened: Opened) -> int:
        """By its headings; a table without any by what its columns hold."""
        if opened.kind == "vcard" or opened.source.archive:
            return 0  # what lies beside LinkedIn's files in their ZIP (skills, saved jobs) has such headings, too
        header = max((columns.header_of(sheet) for sheet in opened.sheets), key=lambda found: len(found[0]))
        if header[1]:
            is_about_people = _is_about_people(header[0]) or any(map(_links_to_people, opened.sheets))
            return 0 if is_about_people else len(header[1].columns)
        return 1 if any(_speaks_for_companies(sheet) for sheet in opened.sheets) else 0

    def read(self, opened: Opened, mapped: Sequence[str] | None = None) -> Reading:
        reading = self._read(opened, mapped)
        if len(reading.rows) > MOST:
            raise NotReadable(
                _("%(file)s has %(count)s companies; %(most)s are compared at once. Divide it.")
                % {"file": opened.name, "count": f"{len(reading.rows):,}", "most": f"{MOST:,}"}
            )
        return reading

    def _read(self, opened: Opened, mapped: Sequence[str] | None) -> Reading:
        sheet = next((each for each in opened.sheets if columns.header_of(each)[1]), opened.sheets[0])
        header = columns.header_of(sheet)[1]
        is_file = opened.kind == "xlsx" or opened.name.lower().endswith((".csv", ".tsv"))
        if header is None and mapped is None and not columns.separate(sheet.records, least=3 - is_file):
            return _read_lines(opened, sheet)
        return self.read_sheet(sheet, _mapped(sheet, header, mapped))

    def parse(self, table: Table) -> Parsed[Line]:
        return columns.parse(table)

    def row_of(self, table: Table, line: Line) -> Row:
        return _row(table.file, line)

    def decide(self, rows: Sequence[Row], work: Work) -> None:
        by_key = {line.key: row for row, line in _lines(rows)}
        sorting = adding.sort(work.owner, [line for _row, line in _lines(rows)])
        work.shared[KIND] = sorting
        values = {line.value: row.value for row, line in _lines(rows)}
        for line in sorting.new:
            by_key[line.key].is_new()
        for line in sorting.unreadable:
            by_key[line.key].reject(line.problem)
        for known in sorting.known:
            by_key[known.line.key].is_known(
                known.company.value, _("%(name)s is on your list.") % {"name": known.company.name}
            )
        for known in sorting.off_the_list:
            by_key[known.line.key].is_known(
                known.company.value,
                f"{known.company.name}: {why_off_the_list(known.company)}",
                [(adding.LIST, _("Put it on the list"))],
            )
        by_value = {row.value: row for row in rows} | {
            each.company.value: by_key[each.line.key] for each in (*sorting.known, *sorting.off_the_list)
        }
        for line, of in sorting.repeats:
            first = by_value[values.get(of, of)]
            by_key[line.key].is_known(values.get(of, of), _again(first))
        for similar in sorting.similar:
            by_key[similar.line.key].is_similar(
                [(values.get(each.value, each.value), _may_be(each)) for each in similar.candidates],
                _perhaps(similar.candidates[0]),
            )

        _foretell(by_key, sorting, work)

    def apply(self, rows: Sequence[Row], work: Work) -> None:
        lines = _lines(rows)
        sorting = work.shared[KIND].without_all_but({line.key for _row, line in lines})
        values = {row.value: line.value for row, line in lines}
        answers = {line.key: values.get(row.choice, row.choice) for row, line in lines}
        facts = {name: value for name, value in work.facts.get(KIND, {}).items() if value}
        added = adding.add(work.owner, sorting, answers, on=work.today, recording=work.kept, **facts)
        for row, line in lines:
            company = added.became.get(line.key)
            gained = added.gained.get(line.key, [])
            if company is None:
                row.was_skipped(row.reason or _("What it was to become was left out."))
            elif line.key in added.made:
                row.was_created(company)
            else:
                row.was_merged(company, _gained(gained))
                work.tally.updates += bool(gained)
        work.tally.companies += len(added.new)

    def facts_form(self, data: Mapping[str, Any] | None, *, owner: User) -> forms.Form:
        form = FoundForm(data, owner=owner)
        del form.fields["found_from"].widget.attrs["list"]  # the page of an import proposes no companies
        return form


def _foretell(by_key: Mapping[str, Row], sorting: adding.Sorting, work: Work) -> None:
    """Say what rows bring to companies that are there, each thing with the first row that brings it."""
    there = [*sorting.known, *sorting.off_the_list]
    said = [(each.line, each.company.value) for each in there] + list(sorting.repeats)
    telling = {value for line, value in said if adding.gains(line, adding.FILLED)}
    lacking = adding.lacking(work.owner, [each.company for each in there if each.company.value in telling])
    for line, value in said:
        lacks, row = lacking.get(value, set()), by_key[line.key]
        if found := adding.gains(line, lacks):
            row.is_updated(f"{row.match} {_('Adds: %(what)s.') % {'what': _labelled(found)}}")
            if row.choice != LEAVE:
                lacks.difference_update(found)


def _is_about_people(headings: Sequence[str]) -> bool:
    keys = {heading_key(heading) for heading in headings}
    names = [key for key in keys if columns.VOCABULARY.columns([key]).keys() == {"name"}]
    of_anybody = ANY_NAME.issuperset(names)
    return bool(keys & OF_PEOPLE) or len(names) > 1 or (of_anybody and bool(keys & BESIDE_A_PERSON))


def _mapped(sheet: Sheet, header: Header | None, mapped: Sequence[str] | None) -> Header:
    """The header, its columns as they were mapped; where none is known, as what stands in them speaks for."""
    if header and not mapped:
        return header
    names = mapped or columns.guessed(sheet.records)
    taken = {name: number for number, name in reversed([*enumerate(names)]) if name}
    if header is None and columns.heads(sheet.records, columns.guessed(sheet.records)):
        header = Header(sheet.records[0].number, sheet.records[0].cells, {})
    return Header(header.number, header.headings, taken) if header else without_header(sheet, taken)


def _links_to_people(sheet: Sheet) -> bool:
    return any("linkedin.com/in/" in cell.lower() for record in sheet.records[:20] for cell in record.cells)


def _speaks_for_companies(sheet: Sheet) -> bool:
    """Without a header: pages of companies on LinkedIn stand in it."""
    found = read_lines("\n".join(" ".join(record.cells) for record in sheet.records[:20]))
    return 2 * sum(bool(line.pages) for line in found) > len(found)


def _read_lines(opened: Opened, sheet: Sheet) -> Reading:
    """One company a line; of a workbook, one a row."""
    if opened.kind == "xlsx":
        text = "\n".join(" ".join(record.cells) for record in sheet.records)
        numbers = [record.number for record in sheet.records]
        lines = [replace(line, number=numbers[line.number - 1]) for line in read_lines(text)]
    else:
        lines = read_lines(without_halves(decoded(opened.name, opened.source.content)))
    reading = Reading()
    for line in lines:
        row = _row(opened.name, line)
        if line.problem:
            row.title, row.data = line.name or line.text, {"cells": [line.text]}
            row.reject(line.problem)
        reading.rows.append(row)
    return reading


def _row(file: str, line: Line) -> Row:
    data: dict[str, Any] = {name: value for name in _FACTS if (value := getattr(line, name))}
    if line.pages:
        data["pages"] = [list(page) for page in line.pages]
    return Row(file, line.number, line.name, data)


def _lines(rows: Sequence[Row]) -> list[tuple[Row, Line]]:
    """Rows as lines again; what tells them apart is their place."""
    return [
        (
            row,
            Line(
                row.position,
                row.value,
                pages=tuple(Page(*page) for page in row.data.get("pages", ())),
                **{name: row.data[name] for name in _FACTS if name in row.data},
            ),
        )
        for row in rows
    ]


def _may_be(candidate: adding.Candidate) -> str:
    return str(WHERE[candidate.state]) % {"name": candidate.name, "reason": REASONS[candidate.reason]}


def _perhaps(candidate: adding.Candidate) -> str:
    return _("Perhaps %(name)s: %(reason)s.") % {
        "name": candidate.name,
        "reason": REASONS[candidate.reason],
    }


def _again(first: Row) -> str:
    return _("The same as row %(number)s, %(name)s.") % {"number": first.number, "name": first.title}


def _gained(fields: Sequence[str]) -> str:
    return _("Now with: %(what)s.") % {"what": _labelled(fields)} if fields else ""


def _labelled(fields: Iterable[str]) -> str:
    labels = dict(columns.FIELDS)
    return ", ".join(str(labels[name]).lower() for name in fields)

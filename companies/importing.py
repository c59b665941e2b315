"""A file, or a paste, of companies: one a line, or in columns with or without a header."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from companies import adding, columns
from companies.forms.adding import REASONS, WHERE, FoundForm, why_off_the_list
from companies.models import NAME, Company
from companies.names import exact_key
from companies.pasting import Line, Page, read_lines
from netjob.imports import readers
from netjob.imports.readers import LEAVE, NEW, Opened, Reader, Reading, Row, Work, sentence
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Header, Table, heading_key, read_table, without_header
from netjob.imports.texts import decoded
from netjob.models import User

KIND = "companies"
OF_PEOPLE = frozenset(
    map(heading_key, (
        "First Name", "Last Name", "Full name", "Surname", "Vorname", "Nachname", "Prénom", "Nombre y apellidos",
        "Apellidos", "Cognome", "Sobrenome", "Voornaam", "Achternaam", "Imię", "Nazwisko", "Förnamn", "Efternamn",
        "Person", "Contact", "Email", "E-Mail", "Email Address", "E-Mail-Adresse", "Position", "Job title", "Role",
        "Connected On", "Verbunden am", "Direction", "Sent At", "Content", "Started On", "Degree Name", "氏名", "姓", "名",
    ))
)  # fmt: skip
"""Headings that a table of companies does not have: where one stands, the table is about people."""
_FACTS = ("name", "website", "industry", "place", "notes")


class CompanyReader(Reader):
    kind = KIND
    label = gettext_lazy("Companies")
    explains = gettext_lazy(
        "a column with the name of each (headed Name or Company, say), or with its website or LinkedIn page"
    )
    order = 100
    fields = columns.FIELDS
    makes = ngettext_lazy("%(count)d company", "%(count)d companies", "count")

    def recognises(self, opened: Opened) -> int:
        """By its headings; a table without any by what its columns hold."""
        if opened.kind == "vcard" or opened.source.archive:
            return 0  # what lies beside LinkedIn's files in their ZIP (skills, saved jobs) has such headings, too
        header = max((columns.header_of(sheet) for sheet in opened.sheets), key=lambda found: len(found[0]))
        if header[1]:
            return 0 if OF_PEOPLE.intersection(map(heading_key, header[0])) else len(header[1].columns)
        return 1 if any(_speaks_for_companies(sheet) for sheet in opened.sheets) else 0

    def read(self, opened: Opened, mapped: Sequence[str] | None = None) -> Reading:
        sheet = next((each for each in opened.sheets if columns.header_of(each)[1]), opened.sheets[0])
        header = columns.header_of(sheet)[1]
        is_file = opened.kind == "xlsx" or opened.name.lower().endswith((".csv", ".tsv"))
        if header is None and mapped is None and not columns.separate(sheet.records, least=3 - is_file):
            return _read_lines(opened, sheet)
        return _read_table(sheet, read_table(sheet, columns.VOCABULARY, _mapped(sheet, header, mapped)))

    def decide(self, rows: Sequence[Row], work: Work) -> None:
        by_key = {line.key: row for row, line in _lines(rows)}
        sorting = adding.sort(work.owner, [line for _row, line in _lines(rows)])
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
                _may_be(similar.candidates[0]),
            )

    def apply(self, rows: Sequence[Row], work: Work) -> None:
        lines = _lines(rows)
        sorting = adding.sort(work.owner, [line for _row, line in lines])
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
                row.was_created(company.pk)
            else:
                row.was_merged(company.pk, _gained(gained))
                work.tally.updates += bool(gained)
        work.tally.companies += len(added.new)

    def facts_form(self, data: Mapping[str, Any] | None, *, owner: User) -> forms.Form:
        return FoundForm(data, owner=owner)


def _mapped(sheet: Sheet, header: Header | None, mapped: Sequence[str] | None) -> Header:
    """The header, its columns as they were mapped; where none is known, as what stands in them speaks for."""
    if header and not mapped:
        return header
    names = mapped or columns.guessed(sheet.records)
    taken = {name: number for number, name in reversed([*enumerate(names)]) if name}
    if header is None and columns.heads(sheet.records, columns.guessed(sheet.records)):
        header = Header(sheet.records[0].number, sheet.records[0].cells, {})
    return Header(header.number, header.headings, taken) if header else without_header(sheet, taken)


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
        lines = read_lines(decoded(opened.name, opened.source.content))
    return Reading([_row(opened.name, line, line.number, (line.text,)) for line in lines])


def _read_table(sheet: Sheet, table: Table) -> Reading:
    by_number = {record.number: record.cells for record in sheet.records}
    rows = []
    for record in table.rows:
        line, warnings = columns.read_record(record.number, record.cells)
        row = _row(table.file, line, record.number, by_number[record.number])
        row.warnings = [
            [table.remark(record, name, message).column, value[:100], message]
            for name, value, message in warnings
        ]
        rows.append(row)
    for remarks, act in ((table.skips, Row.leave_out), (table.rejects, Row.reject)):
        for remark in remarks:
            cells = list(by_number.get(remark.row or 0, ()))
            row = Row(table.file, remark.row, next(filter(None, cells), "")[:NAME], {"cells": cells})
            act(row, remark.message)
            rows.append(row)
    rows.sort(key=lambda row: row.number or 0)
    width = max(len(record.cells) for record in sheet.records)
    taken = {number: name for name, number in table.header.columns.items()}
    return Reading(
        rows,
        headings=list(table.header.headings),
        samples=[readers.sample(sheet, number, after=table.header.number) for number in range(width)],
        columns=[taken.get(number, "") for number in range(width)],
        remarks=[sentence(remark) for remark in table.warnings],
    )


def _row(file: str, line: Line, number: int, cells: Sequence[str]) -> Row:
    if line.problem:
        row = Row(file, number, (line.name or line.text or next(filter(None, cells), ""))[:NAME], {"cells": list(cells)})
        (row.reject if line.name or line.text else row.leave_out)(line.problem)
        return row
    data: dict[str, Any] = {name: value for name in _FACTS if (value := getattr(line, name))}
    if line.pages:
        data["pages"] = [list(page) for page in line.pages]
    return Row(file, number, line.name[:NAME], data)


def _lines(rows: Sequence[Row]) -> list[tuple[Row, Line]]:
    """Rows as lines again; what tells them apart is their place."""
    return [
        (
            row,
            Line(
                row.position,
                row.value,
                pages=tuple(Page(*page) for page in row.data.get("pages", ())),
                **{name: row.data.get(name, "") for name in _FACTS},
            ),
        )
        for row in rows
    ]


def _may_be(candidate: adding.Candidate) -> str:
    return str(WHERE[candidate.state]) % {"name": candidate.name, "reason": REASONS[candidate.reason]}


def _again(first: Row) -> str:
    return _("The same as row %(number)s, %(name)s.") % {"number": first.number, "name": first.title}


def _gained(fields: Sequence[str]) -> str:
    labels = dict(columns.FIELDS)
    if not fields:
        return ""
    return _("Now with: %(what)s.") % {"what": ", ".join(str(labels[name]).lower() for name in fields)}

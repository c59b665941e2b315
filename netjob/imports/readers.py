"""The protocol of an import: what a reader of one kind of file must be able to say, and the list of them.

A reader is an object that extends `Reader` and is registered in its app's `AppConfig.ready()`:

    readers.register(CompanyReader())

What happens to an upload, and what is asked of its reader, in this order:

1. `recognises(opened)`: how sure it is that a source is of its kind, by the content alone (0: it is not). The
   surest reader gets the source; of equals the one with the lower `order`.
2. `read(opened, columns)`: pure. Every record that is not blank becomes one `Row`, in the order of the file:
   also those that are left out (`Row.leave_out`) or unreadable (`Row.reject`). `reading_of` makes a `Reading`
   of a parser's `Parsed`. `columns` says for each column which of `fields` it is, where its owner or the
   memory of headings said so; None: guess. A reader without `fields` has a fixed format.
3. `decide(rows, work)`: in sets, with a constant number of queries: what each readable row means, by
   `Row.is_new`, `is_known`, `is_similar`, `leave_out` or `reject`. It is asked when the rows are staged, so
   that they can be looked through, and again, by the same rules, in the transaction that applies them: what
   changed in between is decided anew. The rows of earlier files are in `work.rows`: those are not written yet
   when the preview is made, so what refers to them says so by `Row.value` ("row-17"), which is stable.
   Of two rows of a file that mean the same, the second `is_known` as the first, by the first one's `value`.
   What will be other about somebody known is an update (`Row.is_updated`).
   Then every reader may `foresee(work)`, with rows or without: what `follow` will do, as far as can be told. It
   goes to `work.foreseen`, which is kept with the batch, and of which `foretold(batch)` makes sentences.
4. `apply(rows, work)`: write, in statements over sets, all that is to be done with `rows` through `work.kept` (an
   `undo.Recording`), so that one undo takes back all of it. Rows that are left out are not among `rows`; what a
   choice names may be left out, too, and then so is the row (`was_skipped`). What to do with a row is its
   `choice`: NEW, the value of a choice it was given, or another row's value. Afterwards each of them has an
   `outcome` (CREATED or MERGED, or SKIPPED with a `reason`), and `made`, the key of the row that it became, by
   which later readers find it (`work.row(value).made`). Several readers of one batch run in their `order`:
   companies 100 to 199, contacts 200 to 299, outreach 300 to 399; each sees what the earlier ones wrote. Counts
   go to `work.tally`, sentences for the batch's message to `work.said`; what `decide` found out may be kept in
   `work.shared` for `apply` and for later readers.
5. `follow(work)`: of every reader, in order, once all rows are applied: what follows from them, whoever read
   them. A reader that `follows` another kind recognises no file, and may ask about the rows of that kind.

A file that is about its owner (`is_about_owner`: their profile, their own jobs) has no rows of the import: what it
says is in `work.about`. One that does nothing by itself says so (`alone`). Of a workbook every sheet that its reader
recognises is read, as a file of its own.

A reading whose columns nobody understands `wants` something: its rows wait, left out, until they are mapped.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, partial
from hashlib import sha256
from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from netjob.folding import exact_key
from netjob.imports.archives import base_name
from netjob.imports.models import CHOICE, REASON, ImportBatch, ImportRow
from netjob.imports.remarks import NotReadable, Parsed, Remark, Source
from netjob.imports.sheets import Sheet, read_sheets
from netjob.imports.tables import Header, Table, Vocabulary, find_header, likely_header, read_table
from netjob.models import User
from netjob.undo import Recording

NEW: Final = "new"
LEAVE: Final = "leave"
Meaning = ImportRow.Meaning
Outcome = ImportRow.Outcome

READERS: dict[str, "Reader"] = {}
"""Every reader by its kind."""


class Opened:
    """A source that several readers look at: its tables are read once. With a `sheet`: that one of a workbook's."""

    def __init__(self, source: Source, sheet: Sheet | None = None) -> None:
        self.source = source
        self.sheet = sheet

    @property
    def name(self) -> str:
        return self.sheet.file if self.sheet else self.source.name

    @property
    def kind(self) -> str:
        return self.source.kind

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Raises `NotReadable`."""
        if self.sheet:
            return [self.sheet]
        if self.kind == "vcard":
            raise NotReadable(_("%(file)s holds vCards, and no table.") % {"file": self.name})
        return read_sheets(self.source)

    @cached_property
    def parts(self) -> list["Opened"]:
        """Itself; or each sheet of a workbook with several, by a name of its own. Raises `NotReadable`."""
        if self.kind != "xlsx" or len(self.sheets) == 1:
            return [self]
        found: dict[str, Opened] = {}
        for number, sheet in enumerate(self.sheets, start=1):
            name = f"{self.name[:180]} ({base_name(sheet.title)[:50]})"
            name = f"{name} {number}" if name in found else name
            found[name] = Opened(self.source, replace(sheet, file=name))
        return [*found.values()]


@dataclass(slots=True, eq=False)
class Row:
    """One row of a file on its way: as it was read, what it means, what is done with it."""

    file: str
    number: int | None
    """As a spreadsheet shows it."""
    title: str
    """What it is about, in a word or two: a name."""
    data: dict[str, Any] = field(default_factory=dict)
    """What JSON can hold of what was read; of a row that could not be read {"cells": […]}, as they were typed,
    and the heading of the "column" that is to blame."""
    warnings: list[list[str]] = field(default_factory=list)
    """Cells that stay empty: [column, value, message]."""
    reason: str = ""
    meaning: str = ""
    match: str = ""
    choices: list[list[str]] = field(default_factory=list)
    choice: str = ""
    is_chosen: bool = False
    outcome: str = ""
    detail: str = ""
    reader: str = ""
    position: int = 0
    """From 1, over all rows of the batch; set by the staging."""
    besides: str = ""
    """The key of what it makes besides itself, such as a company."""
    made: int | None = None
    """The key of what it became."""

    @property
    def value(self) -> str:
        """By what another row, or a choice, names this one."""
        return f"row-{self.position}"

    @property
    def is_readable(self) -> bool:
        """Whether `decide` has anything to say about it: reading it neither failed nor left it out.

        Of somebody who was erased it says nothing any more.
        """
        return is_readable(self.data)

    # What it means

    def is_new(self) -> None:
        self._mean(Meaning.NEW, NEW, "", [])

    def is_known(self, value: str, match: str, choices: Iterable[tuple[str, str]] = ()) -> None:
        """It is what is there already, as `value`; `match` says so. `choices` are others than that."""
        self._mean(Meaning.KNOWN, value, match, [(value, match), *choices])

    def is_updated(self, match: str) -> None:
        """It is what is there already, and says something that is not; `match` says what."""
        self.meaning, self.match = Meaning.UPDATED, match[:REASON]

    def is_similar(self, candidates: Sequence[tuple[str, str]], match: str) -> None:
        """It may be one of these; unless its owner says so, it is another one."""
        self._mean(Meaning.SIMILAR, NEW, match, candidates)

    def leave_out(self, reason: str) -> None:
        self._mean(Meaning.LEFT_OUT, LEAVE, "", [])
        self.reason = reason[:REASON]

    def say_nothing_of(self, title: str, reason: str) -> None:
        """Leave it out, and keep nothing of what it says."""
        self.leave_out(reason)
        self.title, self.data, self.warnings, self.besides = title, {}, [], ""

    def reject(self, reason: str) -> None:
        self._mean(Meaning.REJECTED, LEAVE, "", [])
        self.reason = reason[:REASON]

    def _mean(self, meaning: str, choice: str, match: str, choices: Iterable[tuple[str, str]]) -> None:
        self.meaning, self.match, self.reason = meaning, match[:REASON], ""
        self.choices = [[value[:CHOICE], label] for value, label in choices]
        if not (self.is_chosen and self.choice in self.allowed()):
            self.choice, self.is_chosen = choice, False

    def allowed(self) -> list[str]:
        """The choices that can be made for it."""
        return [value for value, _label in self.offered()]

    def offered(self) -> list[tuple[str, str]]:
        """What can be done with it: [(value, label)]; nothing where there is no choice."""
        return offered(self.meaning, self.choices)

    # What came of it

    def was_created(self, key: int | None = None) -> None:
        self.outcome, self.made = Outcome.CREATED, key

    def was_merged(self, key: int | None = None, detail: str = "") -> None:
        self.outcome, self.made, self.detail = Outcome.MERGED, key, detail[:REASON]

    def was_skipped(self, reason: str) -> None:
        self.outcome, self.reason = Outcome.SKIPPED, reason[:REASON]


def is_readable(data: Mapping[str, Any]) -> bool:
    return bool(data) and "cells" not in data


def offered(meaning: str, choices: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    if meaning in (Meaning.LEFT_OUT, Meaning.REJECTED):
        return []
    found = [(value, label) for value, label in choices]
    if meaning in (Meaning.NEW, Meaning.SIMILAR):
        found.append((NEW, _("Add it as new")))
    return [*found, (LEAVE, _("Leave it out"))]


@dataclass(slots=True)
class Reading:
    """One source, read: its rows in their order, and what its columns are."""

    rows: list[Row] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    """For each column what stands in it first."""
    columns: list[str] = field(default_factory=list)
    """For each column the name of the field that it was taken for; "": ignored."""
    remarks: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Words in it that its owner may have to explain, each once."""
    wants: str = ""
    """What its owner has to say about its columns before anything can be made of it, in a sentence."""


def reading_of[T](
    parsed: Parsed[T],
    row_of: Callable[[T], Row],
    *,
    cells_of: Callable[[int | None], Sequence[str]],
    **about: Any,
) -> Reading:
    """What a parser understood, as a reading. `cells_of` gives what was typed in the record of that number."""
    rows = [row_of(each) for each in parsed.rows]
    by_number = {row.number: row for row in rows}
    remarks = [sentence(note) for note in parsed.notes]
    for remark in parsed.warnings:
        if row := by_number.get(remark.row) if remark.row is not None else None:
            row.warnings.append([remark.column, remark.value, remark.message])
        else:
            remarks.append(sentence(remark))
    for remarked, act in ((parsed.skips, Row.leave_out), (parsed.rejects, Row.reject)):
        for remark in remarked:
            cells = list(cells_of(remark.row))
            title = next(filter(None, cells), "") or remark.value
            data: dict[str, Any] = {"cells": cells}
            if remark.column:
                data["column"] = remark.column
            row = Row(remark.file, remark.row, title, data)
            act(row, remark.message)
            rows.append(row)
    rows.sort(key=lambda row: row.number or 0)
    return Reading(rows, remarks=remarks, **about)


def sentence(remark: Remark) -> str:
    """What it says and of what: at least of which file, unless it says that itself."""
    return remark.message if remark.message.startswith(remark.file) else f"{remark.where}: {remark.message}"


@dataclass(slots=True)
class Tally:
    """What an import did. Rows are counted by their outcome; the rest is what readers add."""

    rows: int = 0
    created: int = 0
    merged: int = 0
    skipped: int = 0
    rejected: int = 0
    updates: int = 0
    """Rows that were there already and gained something."""
    companies: int = 0
    """Companies that are new."""
    people: int | None = None
    """People that are new; None where nothing was about people."""
    more: dict[str, int] = field(default_factory=dict)
    """Whatever else a reader counts, by the name that it gives it."""

    def count(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.rows += 1
            setattr(self, row.outcome, getattr(self, row.outcome) + 1)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Work:
    """What a reader works with, while rows are decided and (then with `kept`) while they are applied."""

    owner: User
    today: dt.date
    rows: dict[str, list[Row]]
    """All rows of the batch, by kind of reader."""
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What was said about all rows of a kind: the cleaned data of its reader's `facts_form`."""
    tally: Tally = field(default_factory=Tally)
    about: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    """What was read of files about their owner, by kind: the data of their rows."""
    foreseen: dict[str, Any] = field(default_factory=dict)
    """What will follow once all rows are applied, by a name of its reader's, as JSON can hold it."""
    said: list[str] = field(default_factory=list)
    """Sentences for the message of the batch: what is worth knowing besides the figures."""
    shared: dict[str, Any] = field(default_factory=dict)
    """Whatever an earlier reader leaves for a later one."""
    recording: Recording | None = None
    _by_value: dict[str, Row] = field(default_factory=dict)

    @property
    def kept(self) -> Recording:
        """The act that is being recorded; only there while rows are applied."""
        assert self.recording is not None
        return self.recording

    def row(self, value: str) -> Row | None:
        """The row that a value names, if it names one."""
        if not self._by_value:
            self._by_value.update({row.value: row for rows in self.rows.values() for row in rows})
        return self._by_value.get(value)


class Reader:
    """One kind of file. See the module for what happens with it when."""

    kind: ClassVar[str]
    label: ClassVar[str | Promise]
    """What the kind is called among the files that can be read: "A list of companies"."""
    explains: ClassVar[str | Promise] = ""
    """What the file must hold, in a sentence."""
    order: ClassVar[int]
    fields: ClassVar[tuple[tuple[str, str | Promise], ...]] = ()
    """What a column can be: (name, what the page calls it). None: the format is fixed."""
    is_about_owner: ClassVar[bool] = False
    """Whether its files are about their owner, and have no rows of the import."""
    alone: ClassVar[str | Promise] = ""
    """Why its file is no import where nothing else is brought; empty: it is one."""
    does: ClassVar[str | Promise] = ""
    """What importing it does, where it has no rows."""
    is_part: ClassVar[bool] = False
    """Whether its files are parts of an export that the page tells of as a whole."""
    follows: ClassVar[str] = ""
    """The kind whose rows it looks at besides, where it has none of its own."""
    compares: ClassVar[str | Promise] = ""
    """What the next file of its kind says by what is kept of the last one: who is gone."""
    makes: ClassVar[Any]
    """What a row makes, by `count`: ngettext_lazy("%(count)d company", "%(count)d companies", "count")."""
    leads_to: ClassVar[str] = ""
    """The route of the list on which what it made can be seen."""
    besides: ClassVar[Any] = None
    """What will be made besides its rows, by `count`: ngettext_lazy("%(count)d company is suggested", …)."""
    leads_besides: ClassVar[tuple[str, Any] | None] = None
    """The route on which that can be seen, and by `count` what its link is called."""

    def recognises(self, opened: Opened) -> int:
        raise NotImplementedError

    def read(self, opened: Opened, columns: Sequence[str] | None = None) -> Reading:
        """Raises `NotReadable`."""
        raise NotImplementedError

    def decide(self, rows: Sequence[Row], work: Work) -> None:
        raise NotImplementedError

    def tells(self, data: Mapping[str, Any], *, owner: User) -> str:
        """What a row says besides its title, in a line by which its owner can judge it."""
        return ""

    def foresee(self, work: Work) -> None:
        """What `follow` will do; asked of every reader once all rows are decided."""

    def foretold(self, batch: ImportBatch) -> list[str]:
        """What it foresaw in a batch that is looked through, in sentences; with a constant number of queries."""
        return []

    def apply(self, rows: Sequence[Row], work: Work) -> None:
        raise NotImplementedError

    def follow(self, work: Work) -> None:
        """What follows once all rows of a batch are applied; asked of every reader, with rows or without."""

    def facts_form(self, data: Mapping[str, Any] | None, *, owner: User) -> forms.Form | None:
        """A form for what is said once about all rows; its field names must not repeat those of another."""
        return None

    def form_about(
        self, words: Sequence[str], data: Mapping[str, Any] | None, *, owner: User
    ) -> forms.Form | None:
        """As `facts_form`, where the form depends on words of the files (`Reading.words`)."""
        return self.facts_form(data, owner=owner)


class TableReader(Reader):
    """A reader of tables with headings: a subclass says its vocabulary, and makes rows of a table.

    `read` finds the header, or takes the columns as they were mapped.
    """

    vocabulary: ClassVar[Vocabulary]

    def parse(self, table: Table) -> Parsed[Any]:
        raise NotImplementedError

    def row_of(self, table: Table, parsed: Any) -> Row:
        """What the parser made of a record as a row of the batch."""
        raise NotImplementedError

    def recognises(self, opened: Opened) -> int:
        if opened.kind == "vcard":
            return 0
        found = [find_header(sheet, self.vocabulary) for sheet in opened.sheets]
        return max((len(header.columns) for header in found if header), default=0)

    def read(self, opened: Opened, columns: Sequence[str] | None = None) -> Reading:
        return self.read_sheet(*self._header(opened, columns))

    def read_sheet(self, sheet: Sheet, header: Header | None) -> Reading:
        """Raises `NotReadable` where there is no header and none can be found."""
        table = read_table(sheet, self.vocabulary, header)
        by_number = {record.number: record.cells for record in sheet.records}
        width = len(table.header.headings) or max(len(record.cells) for record in sheet.records)
        taken = {column: name for name, column in table.header.columns.items()}
        return reading_of(
            self.parse(table),
            partial(self.row_of, table),
            cells_of=lambda number: by_number.get(number or 0, ()),
            headings=list(table.header.headings),
            samples=[sample(sheet, column, after=table.header.number) for column in range(width)],
            columns=[taken.get(column, "") for column in range(width)],
        )

    def _header(self, opened: Opened, columns: Sequence[str] | None) -> tuple[Sheet, Header | None]:
        found = [(sheet, find_header(sheet, self.vocabulary)) for sheet in opened.sheets]
        sheet, header = next((pair for pair in found if pair[1]), found[0])
        if columns is None:
            # Whoever can map the columns is shown them; a fixed format without its header is refused.
            return sheet, header or (self.guessed_header(sheet) if self.fields else None)
        header = header or self.guessed_header(sheet)
        mapped = {name: column for column, name in reversed([*enumerate(columns)]) if name}
        return sheet, Header(header.number, header.headings, mapped)

    def guessed_header(self, sheet: Sheet) -> Header:
        """Where none is known: the likely one, with the columns that are understood nevertheless."""
        header = likely_header(sheet)
        return Header(header.number, header.headings, self.vocabulary.columns(header.headings))


def sample(sheet: Sheet, column: int, *, after: int) -> str:
    """What stands in a column first."""
    below = (record.cells for record in sheet.records if record.number > after)
    return next((cells[column][:60] for cells in below if column < len(cells) and cells[column]), "")


def register(reader: Reader) -> None:
    READERS[reader.kind] = reader


def in_order() -> list[Reader]:
    return sorted(READERS.values(), key=lambda reader: reader.order)


def asking(kinds: Iterable[str]) -> list[Reader]:
    """The readers that may ask about a batch with files of these kinds."""
    there = set(kinds)
    return [reader for reader in in_order() if reader.kind in there or reader.follows in there]


def fingerprint(headings: Iterable[str]) -> str:
    """Tells sets of headings apart, whatever their case and spaces."""
    return sha256("\x1f".join(exact_key(heading) for heading in headings).encode()).hexdigest()

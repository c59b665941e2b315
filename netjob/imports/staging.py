"""From an upload to rows that can be looked through.

A file is read and compared once; what came of it is laid out in portions (`ImportPortion`), which become rows some
hundreds at a time. Whoever closes the page, or is killed, loses none of them: writing goes on behind the last row
that is there.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netjob import bulk_insert
from netjob.imports import readers
from netjob.imports.archives import MEGABYTE, MOST_UPLOADED, base_name, expected, unpack
from netjob.imports.models import (
    NAME,
    ImportBatch,
    ImportMapping,
    ImportPortion,
    ImportRow,
    ImportUpload,
)
from netjob.imports.readers import Opened, Reader, Reading, Row, Work
from netjob.imports.remarks import NotReadable
from netjob.imports.tables import likely_header
from netjob.models import User
from netjob.ownership import Refused

AT_ONCE: Final = 500
"""Rows that are committed together."""
WITHIN_A_REQUEST: Final = 2_000
"""Rows of an upload that are written at once; those of a larger one in slices, with a bar that shows how far."""
MOST_REMARKS: Final = 50
SHOWN_COLUMNS: Final = 100


@dataclass(slots=True)
class FileRead:
    """One file of a batch: who reads it, and what its columns are taken for."""

    file: str
    reader: str
    headings: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    about: list[dict[str, Any]] = field(default_factory=list)
    """What a file about its owner says: the data of its rows, which are none of the import."""
    wants: str = ""
    remarks: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def label(self) -> str:
        return str(readers.READERS[self.reader].label)

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [(name, str(label)) for name, label in readers.READERS[self.reader].fields]

    def each_column(self) -> list[tuple[int, str, str, str]]:
        """(number, heading, what stands in it first, field) of the columns that can be mapped in the page."""
        headings = self.headings or [""] * len(self.columns)
        return [
            (number, heading, sample, name)
            for number, (heading, sample, name) in enumerate(
                zip(headings, self.samples, self.columns, strict=False)
            )
        ][:SHOWN_COLUMNS]


def files_of(batch: ImportBatch) -> list[FileRead]:
    return [FileRead(**said) for said in batch.files]


def receive(
    owner: User,
    name: str,
    content: bytes,
    *,
    today: dt.date,
    wanted: str = "",
    is_pasted: bool = False,
    facts: Mapping[str, Mapping[str, str]] | None = None,
) -> ImportBatch:
    """Read an upload, to be staged. Raises `NotReadable`, with nothing kept, for one that cannot be read.

    `wanted` is the kind of reader that was asked for; without it the content decides.
    """
    if len(content) > MOST_UPLOADED:
        raise NotReadable(
            _("%(file)s is larger than %(most)d MB, the most that is read at once.")
            % {"file": base_name(name), "most": MOST_UPLOADED // MEGABYTE}
        )
    batch = ImportBatch(owner=owner, file_name=base_name(name), is_pasted=is_pasted, wanted=wanted)
    batch.facts = {kind: dict(said) for kind, said in (facts or {}).items()}
    readings, remarks = _read(batch, content, _remembered(owner))
    batch.files = [file.as_json() for file, _reading in readings]
    batch.kinds = list(dict.fromkeys(file.reader for file, _reading in readings))
    batch.remarks = remarks[:MOST_REMARKS]
    rows = _in_their_places(readings)
    work = work_on(batch, rows, today)
    _look_ahead(rows, work)
    batch.total, batch.foreseen = len(rows), work.foreseen
    with transaction.atomic():
        batch.save()
        ImportUpload.objects.create(batch=batch, content=content)
        _lay_out(batch, rows)
    return batch


def begin(owner: User, name: str, content: bytes, *, today: dt.date, **how: Any) -> ImportBatch:
    """Read an upload as `receive` does, and write its rows at once if it is small."""
    return read_on(receive(owner, name, content, today=today, **how), today=today)


def read_on(batch: ImportBatch, *, today: dt.date) -> ImportBatch:
    """Write the rows of a small one to its end; a large one is left to be written in slices."""
    if (batch.total or 0) <= WITHIN_A_REQUEST:
        return stage_all(batch, today=today)
    return batch


def stage(batch: ImportBatch, *, today: dt.date) -> Iterator[ImportBatch]:
    """Go on where writing stopped; yields the batch as it stands after every commit.

    What was committed stays. Two that stage the same batch at a time wait for each other and write each row once;
    what is written is what lies there by then, whatever its columns were taken for before.
    """
    while batch.state == ImportBatch.State.STAGING:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
            portion = batch.portions.first()
            if portion and batch.state == ImportBatch.State.STAGING:
                _write(batch, portion)
        if portion is None and batch.state == ImportBatch.State.STAGING:
            _lay_out_again(batch, today)
        else:
            yield batch


def stage_all(batch: ImportBatch, *, today: dt.date) -> ImportBatch:
    for standing in stage(batch, today=today):
        batch = standing
    return batch


def _lay_out(batch: ImportBatch, rows: Sequence[Row]) -> None:
    """Keep decided rows until they are written: at least one portion, which may be empty."""
    for start in range(0, len(rows) or 1, AT_ONCE):
        some = rows[start : start + AT_ONCE]
        batch.portions.create(rows=[[getattr(row, name) for name in KEPT] for row in some])


def _lay_out_again(batch: ImportBatch, today: dt.date) -> None:
    """Where what was laid out is gone: somebody was erased meanwhile, or it was never there.

    Reading takes its time, so it holds nobody up; if the columns were taken for other fields meanwhile, nothing
    comes of it.
    """
    rows = _read_again(batch)
    _look_ahead(rows, work_on(batch, rows, today))
    with transaction.atomic():
        standing = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if standing.files == batch.files and not standing.portions.exists():
            _lay_out(standing, rows[standing.staged :])


def _write(batch: ImportBatch, portion: ImportPortion) -> None:
    said = (dict(zip(KEPT, values, strict=True)) for values in portion.rows)
    bulk_insert.insert(bulk_insert.alike(ImportRow, said, owner_id=batch.owner_id, batch=batch))
    batch.staged += len(portion.rows)
    portion.delete()
    if not batch.portions.exists():
        batch.move(ImportBatch.State.READY)
        count(batch)
    batch.save()


KEPT: Final = (
    "position", "reader", "file", "number", "title", "data", "warnings", "reason", "meaning", "match",
    "choices", "choice", "is_chosen", "outcome", "detail", "besides",
)  # fmt: skip
"""The fields that a `Row` on its way, a row of a portion and an `ImportRow` have in common."""


def count(batch: ImportBatch) -> None:
    """Count its rows anew, by what they mean and by what will be done with them; without saving it."""
    counts: Counter[str] = Counter()
    rows = ImportRow.objects.filter(owner=batch.owner_id, batch=batch).order_by()
    for meaning, choice, number in rows.values_list("meaning", "choice").annotate(Count("pk")):
        counts[meaning] += number
        counts[fate := _fate(meaning, choice)] += number
        if meaning == ImportRow.Meaning.UPDATED and fate == "will_merge":
            counts["will_update"] += number
    counts["warnings"] = rows.exclude(warnings=[]).count()
    making = Q(choice=readers.NEW) | Q(meaning=ImportRow.Meaning.UPDATED) & ~Q(choice=readers.LEAVE)
    if besides := rows.filter(making).exclude(besides="").values("besides").distinct().count():
        counts["besides"] = besides
    batch.counts = dict(counts)


def _fate(meaning: str, choice: str) -> str:
    """What a choice comes to, as far as one can say beforehand."""
    if meaning == ImportRow.Meaning.REJECTED:
        return "will_reject"
    if choice == readers.LEAVE:
        return "will_skip"
    return "will_create" if choice == readers.NEW else "will_merge"


@transaction.atomic
def map_columns(
    batch: ImportBatch, file: str, columns: Sequence[str], *, today: dt.date
) -> tuple[ImportBatch, int]:
    """Take the columns of a file for other fields: it is read anew, and its headings are remembered.

    What was decided of a row stays decided where the row, as it is read now, allows that; returned is also of how
    many it does not. Raises `NotReadable`, with nothing changed, where the columns are not enough.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    files = files_of(batch)
    mapped = next(each for each in files if each.file == file)
    known = {name for name, _label in mapped.fields}
    mapped.columns = [name if name in known else "" for name in columns]
    mapped.columns += [""] * (len(mapped.samples) - len(mapped.columns))
    if batch.state != ImportBatch.State.STAGING:
        batch.move(ImportBatch.State.STAGING)
    readings, choices = _readings(batch, files), _decisions(batch)
    reading = next(reading for each, reading in readings if each is mapped)
    if reading.wants:
        raise NotReadable(reading.wants)
    mapped.wants, mapped.words = "", reading.words
    batch.remarks = [each for each in batch.remarks if each not in mapped.remarks] + reading.remarks
    mapped.remarks = reading.remarks
    batch.files = [each.as_json() for each in files]
    rows = _in_their_places(readings)
    for row in rows:
        if row.is_readable and (choice := choices.get((row.file, row.number))):
            row.choice, row.is_chosen = choice, True
    work = work_on(batch, rows, today)
    _look_ahead(rows, work)
    carried = {(row.file, row.number) for row in rows if choices.get((row.file, row.number)) == row.choice}
    batch.rows.all().delete()
    batch.portions.all().delete()
    batch.staged, batch.total, batch.foreseen = 0, len(rows), work.foreseen
    batch.save()
    _lay_out(batch, rows)
    _remember(batch.owner, mapped)
    return read_on(batch, today=today), len(choices) - len(carried)


def _decisions(batch: ImportBatch) -> dict[tuple[str, int | None], str]:
    """What its owner decided, by the file and the number of the row; rows that are still to be written, too."""
    chosen = batch.rows.filter(owner=batch.owner_id, is_chosen=True)
    found = {
        (file, number): choice for file, number, choice in chosen.values_list("file", "number", "choice")
    }
    for portion in batch.portions.all():
        waiting = (dict(zip(KEPT, values, strict=True)) for values in portion.rows)
        found |= {(row["file"], row["number"]): row["choice"] for row in waiting if row["is_chosen"]}
    return found


def _remember(owner: User, file: FileRead) -> None:
    if file.headings:
        ImportMapping.objects.update_or_create(
            owner=owner,
            reader=file.reader,
            fingerprint=readers.fingerprint(file.headings),
            defaults={"columns": file.columns},
        )


def _remembered(owner: User) -> dict[tuple[str, str], list[str]]:
    rows = ImportMapping.objects.owned_by(owner).values_list("reader", "fingerprint", "columns")
    return {(reader, fingerprint): columns for reader, fingerprint, columns in rows}


# Reading


def _read(
    batch: ImportBatch, content: bytes, remembered: Mapping[tuple[str, str], list[str]]
) -> tuple[list[tuple[FileRead, Reading]], list[str]]:
    """Every file of an upload that some reader knows, in the order in which they are applied."""
    unpacked = unpack(batch.file_name, content)
    remarks = [readers.sentence(remark) for remark in unpacked.remarks]
    found: list[tuple[int, FileRead, Reading]] = []
    unknown: list[Opened] = []
    for source in unpacked.sources:
        opened = Opened(source)
        try:
            reader = _reader_of(opened, batch.wanted, remembered)
            if reader is None:
                unknown.append(opened)
                continue
            parts, left = _parts_of(reader, opened)
            read = [(part, _as_remembered(reader, part, remembered)) for part in parts]
        except NotReadable as refusal:
            if len(unpacked.sources) == 1:
                raise
            remarks.append(str(refusal))  # the other files of an archive are none the worse for it
            continue
        for part, reading in read:
            found.append((reader.order, _file_read(reader, part, reading), reading))
            remarks += reading.remarks
        remarks += _of_sheets(opened, left)
    alone = [readers.READERS[file.reader].alone for _order, file, _reading in found]
    if all(alone):
        raise nobody_knows(unknown, *map(str, alone))
    if unknown:
        names = ", ".join(opened.name for opened in unknown)
        remarks.append(_("Left out, for nothing here is made of them: %(names)s.") % {"names": names})
    found.sort(key=lambda each: each[0])
    return [(file, reading) for _order, file, reading in found], remarks


def _as_remembered(
    reader: Reader, opened: Opened, remembered: Mapping[tuple[str, str], list[str]]
) -> Reading:
    reading = reader.read(opened)
    columns = remembered.get((reader.kind, readers.fingerprint(reading.headings)))
    if columns and columns != reading.columns and len(columns) == len(reading.columns):
        return reader.read(opened, columns)
    return reading


def _parts_of(reader: Reader, opened: Opened) -> tuple[list[Opened], list[Opened]]:
    """The sheets of a workbook that its reader knows, at least the largest, and those that are left out.

    What its owner does not see when they open it is not read, unless there is nothing else.
    """
    if len(opened.parts) == 1:
        return opened.parts, []
    known = [part for part in opened.parts if reader.recognises(part)]
    known = [part for part in known if not part.sheets[0].is_hidden] or known
    known = known or [max(opened.parts, key=lambda part: len(part.sheets[0].records))]
    return known, [part for part in opened.parts if part not in known]


def _of_sheets(opened: Opened, left: Sequence[Opened]) -> list[str]:
    told: dict[str, list[str]] = defaultdict(list)
    for sheet in (part.sheets[0] for part in left):
        sentence = (
            _("%(file)s: sheets that are left out, for they are hidden: %(sheets)s.")
            if sheet.is_hidden
            else _("%(file)s: sheets that are left out, for their headings are not known: %(sheets)s.")
        )
        rows = len(sheet.records)
        said = ngettext("%(sheet)s (%(count)d row)", "%(sheet)s (%(count)d rows)", rows)
        told[sentence].append(said % {"sheet": sheet.title, "count": rows})
    return [
        sentence % {"file": opened.name, "sheets": ", ".join(sheets)} for sentence, sheets in told.items()
    ]


def _file_read(reader: Reader, opened: Opened, reading: Reading) -> FileRead:
    samples = reading.samples if reader.fields else []  # they are shown where columns are mapped
    file = FileRead(
        opened.name, reader.kind, reading.headings, samples, reading.columns, reading.words,
        wants=reading.wants, remarks=reading.remarks,
    )  # fmt: skip
    if reader.is_about_owner:
        file.about = [row.data for row in reading.rows if row.is_readable]
        reading.rows = []
    return file


def _reader_of(opened: Opened, wanted: str, remembered: Mapping[tuple[str, str], list[str]]) -> Reader | None:
    """The one that was asked for, or the surest; of equals the one that runs first; or whose headings were mapped."""
    if wanted:
        return readers.READERS[wanted]
    sure = [(reader.recognises(opened), -reader.order, reader) for reader in readers.in_order()]
    surest = max(sure, key=lambda each: each[:2], default=None)
    if surest and surest[0]:
        return surest[2]
    if opened.kind == "vcard" or opened.source.archive:
        return None
    there = {readers.fingerprint(likely_header(sheet).headings) for sheet in opened.sheets}
    return next((readers.READERS[kind] for kind, mapped in remembered if mapped in there), None)


def nobody_knows(opened: Sequence[Opened], *alone: str) -> NotReadable:
    """What was found in files that no reader knows, and what would be understood. `alone`: why others do not do."""
    found = [_beginning(each) for each in opened[:5]]
    rows = sum(map(_rows_below, opened))
    if alone and not opened:
        return NotReadable(*dict.fromkeys(alone), expected())
    said = [*alone, _("No table with a known header was found."), *found]
    if not any(each.source.archive for each in opened):
        said.append(
            _("Is it a list of your own? Choose what is in it: then you can say which column holds what.")
        )
    needed = [f"{reader.label}: {reader.explains}." for reader in readers.in_order() if reader.explains]
    return NotReadable(*filter(None, [*said, *needed, expected()]), rows=rows)


def _rows_below(opened: Opened) -> int:
    if opened.kind == "vcard":
        return 0
    sheet = opened.sheets[0]
    return sum(record.number > likely_header(sheet).number for record in sheet.records)


def _beginning(opened: Opened) -> str:
    if opened.kind == "vcard":
        return ""
    headings = [heading[:50] for heading in likely_header(opened.sheets[0]).headings if heading]
    return _("%(file)s begins with: %(headings)s.") % {
        "file": opened.name,
        "headings": ", ".join(headings[:10]),
    }


def _read_again(batch: ImportBatch) -> list[Row]:
    """All rows of a batch from its upload, in their places, by what its columns are taken for."""
    return _in_their_places(_readings(batch, files_of(batch)))


def _readings(batch: ImportBatch, files: Sequence[FileRead]) -> list[tuple[FileRead, Reading]]:
    upload = ImportUpload.objects.filter(batch=batch).first()
    if upload is None:
        raise Refused(_("This file is no longer kept here. Bring it again."))
    rows = {file.file: file for file in files if not readers.READERS[file.reader].is_about_owner}
    readings = list[tuple[FileRead, Reading]]()
    for source in unpack(batch.file_name, bytes(upload.content)).sources:
        for part in Opened(source).parts if rows else ():
            if file := rows.get(part.name):
                reader = readers.READERS[file.reader]
                columns = (file.columns or None) if reader.fields else None
                readings.append((file, reader.read(part, columns)))
    return readings


def _in_their_places(readings: Iterable[tuple[FileRead, Reading]]) -> list[Row]:
    """The rows of files in the order in which they are applied."""
    rows = list[Row]()
    for file, reading in sorted(readings, key=lambda each: readers.READERS[each[0].reader].order):
        for row in reading.rows:
            row.reader, row.file, row.title = file.reader, file.file, row.title[:NAME]
            rows.append(row)
    for position, row in enumerate(rows, start=1):
        row.position = position
    return rows


# Deciding


def work_on(batch: ImportBatch, rows: Sequence[Row], today: dt.date) -> Work:
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_kind[row.reader].append(row)
    facts = {reader.kind: facts_of(batch, reader) for reader in readers.asking(by_kind)}
    about: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for file in files_of(batch):
        about[file.reader] += file.about
    return Work(batch.owner, today, dict(by_kind), facts, about=about)


def words_of(batch: ImportBatch, reader: Reader) -> list[str]:
    """The words that a reader may ask about, of the files that it reads or follows."""
    files = [file for file in files_of(batch) if file.reader in (reader.kind, reader.follows)]
    return list(dict.fromkeys(word for file in files for word in file.words))


def facts_of(batch: ImportBatch, reader: Reader) -> dict[str, Any]:
    """What was said about all rows of a kind, cleaned; what cannot be read is as if it were not said."""
    said = batch.facts.get(reader.kind, {})
    form = reader.form_about(words_of(batch, reader), said, owner=batch.owner)
    if form is None:
        return {}
    form.full_clean()
    return form.cleaned_data


def decide(rows: Sequence[Row], work: Work) -> None:
    for reader in readers.in_order():
        if readable := [row for row in work.rows.get(reader.kind, ()) if row.is_readable]:
            reader.decide(readable, work)


def _look_ahead(rows: Sequence[Row], work: Work) -> None:
    """Decide rows that are to be looked through, and say what will follow."""
    decide(rows, work)
    for reader in readers.in_order():
        reader.foresee(work)

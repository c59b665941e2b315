"""What was looked through is written: all of it in one transaction, once, and as things stand by then."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from itertools import batched

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netjob import undo
from netjob.imports import readers, words
from netjob.imports.models import ImportBatch, ImportRow, ImportUpload
from netjob.imports.readers import LEAVE, Meaning, Outcome, Row, Work
from netjob.imports.staging import decide, work_on
from netjob.models import Activity

NAMED = 10
"""Rows that the message names; the page shows all of them."""


def apply(batch: ImportBatch, *, now: dt.datetime, today: dt.date) -> ImportBatch:
    """Write a batch that was looked through. Applying it again changes nothing.

    Raises Refused where it is not read to its end yet.
    """
    with undo.recording(batch.owner, _("Imported %(file)s") % {"file": batch.file_name}) as kept:
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.state == ImportBatch.State.APPLIED:
            return batch
        batch.applied_as(kept.act, at=now)
        rows, was = loaded(batch)
        work = work_on(batch, rows, today)
        decide(rows, work)
        changed = [row for row in rows if (row.meaning, row.choice) != was[row.position]]
        work.recording = kept
        _act(rows, work)
        work.tally.count(rows)
        batch.counts = work.tally.as_json()
        batch.say(*_came_of(batch, rows, work), _since(changed))
        kept.add([_line(batch, today)])
        _write_back(batch, rows, changed)
        batch.files = [file | {"samples": []} for file in batch.files]
        ImportUpload.objects.filter(batch=batch).delete()
        batch.save()
    return batch


def loaded(batch: ImportBatch) -> tuple[list[Row], dict[int, tuple[str, str]]]:
    """The rows of a batch in their order, and what each meant and was to become when it was looked at.

    Without the choices that they had: those are found anew.
    """
    names = (
        "position",
        "reader",
        "file",
        "number",
        "title",
        "reason",
        "meaning",
        "match",
        "choice",
        "is_chosen",
    )
    in_json = ("data", "warnings")
    found = batch.rows.order_by("position").told(*names, json_names=in_json)
    rows = [Row(**dict(zip((*names, *in_json), values, strict=True))) for values in found]
    return rows, {row.position: (row.meaning, row.choice) for row in rows}


def _act(rows: Sequence[Row], work: Work) -> None:
    for row in rows:
        if row.meaning == Meaning.REJECTED:
            row.outcome = Outcome.REJECTED
        elif row.choice == LEAVE:
            row.was_skipped(row.reason or _("You left it out."))
    for reader in readers.in_order():
        going = [row for row in work.rows.get(reader.kind, ()) if not row.outcome]
        if going:
            reader.apply(going, work)
    for reader in readers.in_order():
        reader.follow(work)
    if lost := [row.position for row in rows if not row.outcome]:
        raise AssertionError(f"Rows of an import that nothing came of: {lost[:10]}")


def _write_back(batch: ImportBatch, rows: Sequence[Row], changed: Sequence[Row]) -> None:
    """Outcomes by one statement for many rows; only what else changed row by row."""
    mine = ImportRow.objects.filter(owner=batch.owner_id, batch=batch)
    by_outcome: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_outcome[row.outcome].append(row.position)
    for number, outcome in enumerate(sorted(by_outcome, key=lambda outcome: -len(by_outcome[outcome]))):
        if not number:
            mine.update(outcome=outcome)
            continue
        for positions in batched(by_outcome[outcome], 500):
            mine.filter(position__in=positions).update(outcome=outcome)
    # Why a row could not be read stands there since it was staged.
    said = (row for row in rows if row.detail or (row.reason and row.is_readable))
    telling = {row.position: row for row in [*changed, *said]}
    for some in batched(telling, 500):
        standing = list(mine.filter(position__in=some))
        for each in standing:
            for name in ("meaning", "choice", "match", "reason", "detail"):
                setattr(each, name, getattr(telling[each.position], name))
        ImportRow.objects.bulk_update(
            standing, ["meaning", "choice", "match", "reason", "detail"], batch_size=100
        )


def _line(batch: ImportBatch, today: dt.date) -> Activity:
    return Activity(
        owner_id=batch.owner_id,
        verb="imported",
        title=_("Imported %(file)s") % {"file": batch.file_name},
        text=words.came_of(batch),
        happened_on=today,
    )


# What it says of itself


def _came_of(batch: ImportBatch, rows: Sequence[Row], work: Work) -> list[str]:
    """The figures, and the rows of which something is to be said."""
    told = [
        *(row for row in rows if row.outcome == Outcome.REJECTED),
        *(row for row in rows if row.outcome == Outcome.SKIPPED and not row.is_chosen),
    ]
    said = [_("%(where)s: %(why)s") % {"where": where(row, batch), "why": row.reason} for row in told[:NAMED]]
    warned = [(row, warning) for row in rows for warning in row.warnings]
    said += [
        _("%(where)s: %(why)s") % {"where": ", ".join(filter(None, [where(row, batch), column])), "why": why}
        for row, (column, _value, why) in warned[:NAMED]
    ]
    if more := max(0, len(told) - NAMED) + max(0, len(warned) - NAMED):
        said.append(ngettext("And %d more remark.", "And %d more remarks.", more) % more)
    return [words.came_of(batch), *work.said, *said]


def where(row: Row | ImportRow, batch: ImportBatch) -> str:
    """ "Row 7", with the name of the file where there are several."""
    place = _("Row %(number)d") % {"number": row.number} if row.number is not None else row.title
    return f"{row.file}, {place}" if len(batch.files) > 1 else place


def _since(changed: Sequence[Row]) -> str:
    if not changed:
        return ""
    return ngettext(
        "%d row was decided anew, because something changed since you looked.",
        "%d rows were decided anew, because something changed since you looked.",
        len(changed),
    ) % len(changed)

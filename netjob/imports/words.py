"""What the pages of imports say in sentences with numbers."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netjob.imports import readers
from netjob.imports.models import ImportBatch, ImportRow
from netjob.imports.readers import READERS

Meaning, Outcome = ImportRow.Meaning, ImportRow.Outcome


def standing(batch: ImportBatch) -> str:
    """Where a batch stands, in one sentence."""
    if batch.state == ImportBatch.State.STAGING:
        return _("%(staged)s of %(total)s rows read.") % {"staged": batch.staged, "total": batch.total or 0}
    if batch.state == ImportBatch.State.READY:
        return _("Nothing is saved yet. %(will)s") % {"will": will(batch)}
    if batch.state == ImportBatch.State.UNDONE:
        return _("Taken back.")
    return came_of(batch)


def will(batch: ImportBatch) -> str:
    """What importing would do: "480 will be added, 12 go to what you have, 3 of them with something new, …"."""
    counts = batch.counts
    if not batch.total:
        does = " ".join(str(READERS[kind].does) for kind in batch.kinds if kind in READERS)
        return does.strip() or _("There are no rows in it: nothing is there to be imported.")
    new, merged = counts.get("will_create", 0), counts.get("will_merge", 0)
    updated = counts.get("will_update", 0)
    left = counts.get("will_skip", 0) + counts.get("will_reject", 0)
    said = [
        ngettext("%d row will be added", "%d rows will be added", new) % new,
        ngettext("%d goes to what you have", "%d go to what you have", merged) % merged if merged else "",
        ngettext("%d of them with something new", "%d of them with something new", updated) % updated
        if updated
        else "",
        ngettext("%d is left out", "%d are left out", left) % left if left else "",
    ]
    return ", ".join(filter(None, said)) + "."


def foretold(batch: ImportBatch) -> list[str]:
    """What importing would do besides its rows, in sentences."""
    asked = readers.asking(batch.kinds)
    besides = next((reader.besides for reader in asked if reader.besides), None)
    count = batch.counts.get("besides", 0)
    said = [str(besides % {"count": count})] if besides and count else []
    if batch.foreseen:
        said += [sentence for reader in readers.in_order() for sentence in reader.foretold(batch)]
    return said


def besides_link(batch: ImportBatch) -> tuple[str, str] | None:
    """The route on which the companies are that an applied batch made besides its rows, and what it is called."""
    leads = next((link for reader in readers.asking(batch.kinds) if (link := reader.leads_besides)), None)
    count = batch.counts.get("companies", 0)
    return (leads[0], str(leads[1] % {"count": count})) if leads and count else None


def came_of(batch: ImportBatch) -> str:
    """What importing did: "12 added, 3 known already, 2 of them gained something, 1 left out."."""
    counts = batch.counts
    if not counts.get("rows", 0):
        is_about_owner = any(READERS[kind].is_about_owner for kind in batch.kinds if kind in READERS)
        return (
            _("Where you were is noted.")
            if is_about_owner
            else _("There were no rows in it, so nothing was imported.")
        )
    created, merged = counts.get("created", 0), counts.get("merged", 0)
    updates, skipped = counts.get("updates", 0), counts.get("skipped", 0)
    rejected = counts.get("rejected", 0)
    said = [
        ngettext("%d added", "%d added", created) % created,
        ngettext("%d known already", "%d known already", merged) % merged if merged else "",
        ngettext("%d of them gained something", "%d of them gained something", updates) % updates
        if updates
        else "",
        ngettext("%d left out", "%d left out", skipped) % skipped if skipped else "",
        ngettext("%d unreadable", "%d unreadable", rejected) % rejected if rejected else "",
    ]
    return ", ".join(filter(None, said)) + "."


def read_anew(lost: int) -> str:
    """What taking columns for other fields came to; `lost`: rows whose choice does not fit any more."""
    said = [
        _("Read anew. These columns are remembered for the next file like it."),
        ngettext(
            "%d choice of yours does not fit its row any more: look at that row again.",
            "%d choices of yours do not fit their rows any more: look at those rows again.",
            lost,
        )
        % lost
        if lost
        else "",
    ]
    return " ".join(filter(None, said))


def goes(batch: ImportBatch) -> list[str]:
    """What is lost with the record of a batch."""
    rows, chosen = batch.total or 0, batch.rows.filter(owner=batch.owner_id, is_chosen=True).count()
    if batch.is_open:
        said = [
            ngettext(
                "the file, and the %d row that was read of it",
                "the file, and the %d rows that were read of it",
                rows,
            )
            % rows,
            ngettext("%d choice that you made", "%d choices that you made", chosen) % chosen
            if chosen
            else "",
        ]
        return list(filter(None, said))
    said = [
        ngettext(
            "%d row: what it said, and what came of it",
            "%d rows: what they said, and what came of them",
            rows,
        )
        % rows
    ]
    if rejected := batch.counts.get(Outcome.REJECTED, 0):
        said.append(
            ngettext(
                "%d unreadable row, which can be downloaded until then",
                "%d unreadable rows, which can be downloaded until then",
                rejected,
            )
            % rejected
        )
    return [*said, *_compared_with(batch)]


def _compared_with(batch: ImportBatch) -> list[str]:
    """What the next files of its kinds cannot say any more, or say by an older one."""
    said = []
    for reader in (READERS[kind] for kind in batch.kinds if kind in READERS):
        latest = ImportBatch.objects.owned_by(batch.owner).applied_with(reader.kind)
        if not reader.compares or next(latest, None) != batch:
            continue
        names = {"label": str(reader.label), "what": str(reader.compares)}
        if before := next(latest, None):
            names |= {
                "file": before.file_name,
                "day": date_format(before.applied_on(batch.owner.zone), "j F Y"),
            }
            sentence = _(
                "what the next “%(label)s” goes by to say %(what)s: it will go by %(file)s of %(day)s"
            )
        else:
            sentence = _("what the next “%(label)s” goes by to say %(what)s: it will not say that")
        said.append(sentence % names)
    return said


def apply_label(batch: ImportBatch) -> str:
    """The button: "Import 480 companies"; where nothing is new, what it does nevertheless."""
    new = batch.counts.get("will_create", 0)
    if len(batch.kinds) == 1 and new:
        return _("Import %(what)s") % {"what": str(READERS[batch.kinds[0]].makes % {"count": new})}
    rows = new + batch.counts.get("will_merge", 0)
    if not batch.total:
        return _("Import it")
    return ngettext("Import %d row", "Import %d rows", rows) % rows


def kinds(batch: ImportBatch) -> str:
    """What its files are; those of one export together."""
    parts = [kind for kind in batch.kinds if kind in READERS and READERS[kind].is_part]
    if len(parts) > 1:
        count = sum(file["reader"] in parts for file in batch.files)
        return ngettext("LinkedIn export: %d file", "LinkedIn export: %d files", count) % count
    return ", ".join(str(READERS[kind].label) for kind in batch.kinds if kind in READERS)


def tabs(batch: ImportBatch) -> list[tuple[str, str, int]]:
    """The groups of rows that a page can show: (name, label, how many); first those that want a decision."""
    if batch.state == ImportBatch.State.READY:
        return [(m.value, str(m.label), n) for m in Meaning if (n := batch.counts.get(m.value, 0))]
    return [
        (o.value, outcome_label(batch, o.value), n) for o in Outcome if (n := batch.counts.get(o.value, 0))
    ]


def outcome_label(batch: ImportBatch, outcome: str) -> str:
    """What came of a row; of an import that was taken back what had come of it."""
    if batch.state != ImportBatch.State.UNDONE:
        return str(Outcome(outcome).label)
    had = {Outcome.CREATED: _("Had been added"), Outcome.MERGED: _("Had been known already")}
    return had.get(Outcome(outcome), str(Outcome(outcome).label))

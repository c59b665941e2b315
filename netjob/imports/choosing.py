"""What is to be done with the rows of a batch, decided by its owner while it is looked through."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from netjob.imports import readers
from netjob.imports.models import ImportBatch, ImportRow
from netjob.imports.readers import LEAVE, NEW, offered
from netjob.imports.staging import count
from netjob.ownership import Refused

LIKELIEST: Final = "likeliest"
"""The first of the choices that a row has."""
AT_ONCE: Final = 1_000


@transaction.atomic
def choose(batch: ImportBatch, choices: Mapping[int, str]) -> ImportBatch:
    """Decide rows by their keys. Raises Refused for what a row does not offer; what is as it was stays ours."""
    batch = _looked_through(batch)
    rows = list(batch.rows.filter(pk__in=choices))
    changed = [row for row in rows if row.choice != choices[row.pk]]
    for row in changed:
        if choices[row.pk] not in dict(offered(row.meaning, row.choices)):
            raise Refused(_("That cannot be done with this row. Reload the page and choose again."))
        row.choice, row.is_chosen = choices[row.pk], True
    return _written(batch, changed)


@transaction.atomic
def choose_all(batch: ImportBatch, meaning: str, choice: str) -> ImportBatch:
    """Decide all rows of one meaning alike: as new ones, as what each likeliest is, or left out."""
    batch = _looked_through(batch)
    rows = batch.rows.filter(meaning=meaning)
    if choice == LEAVE and meaning in ImportRow.Meaning.values:
        rows.exclude(meaning__in=[ImportRow.Meaning.LEFT_OUT, ImportRow.Meaning.REJECTED]).update(
            choice=LEAVE, is_chosen=True
        )
        return _written(batch, [])
    if choice == NEW and meaning in (ImportRow.Meaning.NEW, ImportRow.Meaning.SIMILAR):
        rows.update(choice=NEW, is_chosen=True)
        return _written(batch, [])
    if choice != LIKELIEST:
        raise Refused(_("That cannot be done with these rows. Reload the page and choose again."))
    chosen = [
        row for row in rows.only("choices", "choice", "is_chosen", "owner_id", "batch_id") if row.choices
    ]
    for row in chosen:
        row.choice, row.is_chosen = row.choices[0][0], True
    return _written(batch, chosen)


def ways_for_all(meaning: str) -> list[tuple[str, str]]:
    """What can be done with all rows of a meaning at once: [(choice, label)]."""
    if meaning == ImportRow.Meaning.SIMILAR:
        return [
            (NEW, _("Add all of them as new")),
            (LIKELIEST, _("Take each for the likeliest")),
            (LEAVE, _("Leave all of them out")),
        ]
    if meaning == ImportRow.Meaning.NEW:
        return [(LEAVE, _("Leave all of them out")), (NEW, _("Add all of them as new"))]
    if meaning == ImportRow.Meaning.UPDATED:
        return [(LEAVE, _("Leave all of them out")), (LIKELIEST, _("Take over what is new in each"))]
    if meaning == ImportRow.Meaning.KNOWN:
        return [(LEAVE, _("Leave all of them out")), (LIKELIEST, _("Take each for what it is known as"))]
    return []


@transaction.atomic
def say(batch: ImportBatch, facts: Mapping[str, Mapping[str, str]]) -> ImportBatch:
    """Keep what was said about all rows at once, by kind of reader, as it was typed."""
    batch = _looked_through(batch)
    batch.facts = {kind: dict(said) for kind, said in facts.items() if kind in readers.READERS}
    batch.save()
    return batch


def _looked_through(batch: ImportBatch) -> ImportBatch:
    """The batch, held until the transaction ends. Raises Refused where nothing is to be decided any more."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.READY:
        raise Refused(
            _("Nothing can be decided here any more: %(state)s. Reload the page to see where it stands.")
            % {"state": str(batch.get_state_display()).lower()}
        )
    return batch


def _written(batch: ImportBatch, rows: list[ImportRow]) -> ImportBatch:
    if rows:
        ImportRow.objects.bulk_update(rows, ["choice", "is_chosen"], batch_size=AT_ONCE)
    count(batch)
    batch.save()
    return batch

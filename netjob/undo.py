"""Delete and change with a way back: what an act did is kept as images of its rows (`Change`).

Deleting deletes truly, so that no query and no constraint has to think of the dead; undoing writes the
images back where nobody changed the row since, and names what it had to leave.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from netjob.models import Change, User
from netjob.ownership import OwnedModel, Refused, owned_links

Image = dict[str, Any]
OWN_FIGURES = frozenset({"version", "updated_at"})


@dataclass
class Undone:
    """What an undo brought back, and (in the words of the rows) what it had to leave."""

    sentence: str
    restored: int = 0
    left: list[str] = field(default_factory=list)


def what_goes_with(*rows: OwnedModel) -> list[tuple[str, int]]:
    """The kinds and numbers of rows that deleting `rows` (of one model) takes along: [("people", 4), …]."""
    return [
        (str(model._meta.verbose_name if len(going) == 1 else model._meta.verbose_name_plural), len(going))
        for model, going in _going(_collector(rows)).items()
        if model is not type(rows[0]) and not getattr(model, "goes_unsaid", False)
    ]


@transaction.atomic
def delete(rows: Sequence[OwnedModel], *, sentence: str) -> uuid.UUID:
    """Delete rows of one model and all that hangs on them; returns the act, for `undo`."""
    act, owner = uuid.uuid4(), rows[0].owner
    changes: list[Change] = []
    collector = _collector(rows)
    gone = _going(collector)
    for (model, loosened), attname in _loosened(collector, gone).items():
        for row in loosened:
            before = image(row)
            changes.append(_change(owner, act, sentence, model, row.pk, before, before | {attname: None}))
    for model, going in gone.items():
        changes += [_change(owner, act, sentence, model, row.pk, image(row), None) for row in going]
    Change.objects.bulk_create(changes, batch_size=500)
    type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).delete()
    _settle(gone)
    return act


@transaction.atomic
def change(rows: Sequence[OwnedModel], *, sentence: str, **values: Any) -> uuid.UUID:
    """Give `rows` (of one model and owner) the same column `values`; returns the act, for `undo`."""
    act, model, owner = uuid.uuid4(), type(rows[0]), rows[0].owner
    for row in rows:
        row.owner = owner
    before = {row.pk: image(row) for row in rows}
    model.objects.filter(pk__in=before).update(version=models.F("version") + 1, **values)
    after = {row.pk: row for row in model.objects.filter(pk__in=before)}
    Change.objects.bulk_create(
        [_change(owner, act, sentence, model, pk, before[pk], image(after[pk])) for pk in before],
        batch_size=500,
    )
    model.settle(list(after.values()))
    return act


def keep(before: Image, row: OwnedModel, *, act: uuid.UUID, sentence: str) -> None:
    """Keep what an edit of one row did, once it is saved; several may share an `act`."""
    _change(row.owner, act, sentence, type(row), row.pk, before, image(row)).save()


def is_kept(owner: User, act: uuid.UUID) -> bool:
    return Change.objects.filter(owner=owner, act=act).exists()


@transaction.atomic
def undo(owner: User, act: uuid.UUID, *, now: dt.datetime) -> Undone:
    """Write the images of an act back. Raises Refused where there is nothing (left) to undo."""
    changes = list(Change.objects.select_for_update().filter(owner=owner, act=act).order_by("pk"))
    if not changes or changes[0].undone_at or changes[0].at < now - Change.KEPT:
        raise Refused(_("This was undone already, or it is more than thirty days ago."))
    # Rows that were deleted come back in the order opposite to their going: parents first.
    changes.reverse()
    back: dict[Change, OwnedModel] = {}
    for kept in changes:
        if kept.after is None and (row := _bring_back(kept)):
            back[kept] = row
    _let_go_of_the_lost(back)
    for kept in changes:
        if kept.after is not None and (row := _change_back(kept)):
            back[kept] = row
    Change.objects.filter(owner=owner, act=act).update(undone_at=now)
    _settle(_by_model(back.values()))
    left = [_title(_model_of(kept), kept) for kept in changes if kept not in back]
    return Undone(changes[0].sentence, len(back), left)


def image(row: models.Model) -> Image:
    """All columns of a row by their names, as JSON can hold them without loss."""
    return {
        column.attname: _plain(column.value_from_object(row))
        for column in row._meta.concrete_fields
        if not column.generated
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _model_of(kept: Change) -> type[OwnedModel]:
    return apps.get_model(kept.model)


def _columns_before(kept: Change) -> Image:
    was: Image = kept.before or {}
    return {
        column.attname: column.to_python(was[column.attname])
        for column in _model_of(kept)._meta.concrete_fields
        if column.attname in was
    }


def _bring_back(kept: Change) -> OwnedModel | None:
    """A deleted row as it was; None where another has its place."""
    model = _model_of(kept)
    if model.objects.filter(pk=kept.row_pk).exists():
        return None
    row = model(**_columns_before(kept))
    if not row.can_return():
        return None
    try:
        with transaction.atomic():
            row.save_base(raw=True, force_insert=True)
            return row
    except IntegrityError:
        return None


def _change_back(kept: Change) -> OwnedModel | None:
    """A changed row as it was before; None where it was changed since, or is gone."""
    before, was, became = _columns_before(kept), kept.before or {}, kept.after or {}
    present = _model_of(kept).objects.filter(pk=kept.row_pk).first()
    if present is None:
        return None
    changed = {name for name in before if became[name] != was[name]} - OWN_FIGURES
    standing = image(present)
    if any(standing[name] != became[name] for name in changed):
        return None
    for name in changed:
        setattr(present, name, before[name])
    for link, _those in _lost([present]):
        if not link.null:
            return None
        setattr(present, link.attname, None)
    try:
        with transaction.atomic():
            present.save()
            return present
    except IntegrityError:
        return None


def _let_go_of_the_lost(back: dict[Change, OwnedModel]) -> None:
    """Rows that came back to a parent that is gone: without it where they can be, else not at all.

    The database itself looks at links when the transaction ends, which is too late to leave one row out.
    """
    kept_of = {row: kept for kept, row in back.items()}
    while lost := [pair for rows in _by_model(back.values()).values() for pair in _lost(rows)]:
        for link, rows in lost:
            for row in rows:
                if not _loosen(row, link):
                    type(row).objects.filter(pk=row.pk)._raw_delete(using=row._state.db)
                    back.pop(kept_of[row], None)


def _lost(rows: Sequence[OwnedModel]) -> list[tuple[models.ForeignKey, list[OwnedModel]]]:
    """The links of `rows` (of one model and owner) whose target is gone, each with the rows that have it."""
    found = []
    for link in owned_links(type(rows[0])):
        targets = {getattr(row, link.attname) for row in rows} - {None}
        parents = link.remote_field.model._default_manager
        standing = parents.filter(owner_id=rows[0].owner_id, pk__in=targets) if targets else parents.none()
        gone = targets - set(standing.values_list("pk", flat=True))
        if gone:
            found.append((link, [row for row in rows if getattr(row, link.attname) in gone]))
    return found


def _loosen(row: OwnedModel, link: models.ForeignKey) -> bool:
    """Take a link off a row, if the row may stand without it."""
    if not link.null:
        return False
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**{link.attname: None})
    except IntegrityError:
        return False
    setattr(row, link.attname, None)
    return True


def _by_model(rows: Iterable[OwnedModel]) -> dict[type[OwnedModel], list[OwnedModel]]:
    found: dict[type[OwnedModel], list[OwnedModel]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return found


def _title(model: type[OwnedModel], kept: Change) -> str:
    values = kept.before or {}
    name = values.get("name") or values.get("title") or values.get("text") or ""
    return f"{model._meta.verbose_name} {name}".strip()


def _collector(rows: Sequence[OwnedModel]) -> Any:
    collector = Collector(using=rows[0]._state.db or "default", origin=rows[0])
    collector.collect(list(rows))
    return collector


def _going(collector: Any) -> dict[type[OwnedModel], list[OwnedModel]]:
    """Every row that goes, by model, those that others hang on last."""
    found: dict[type[OwnedModel], dict[int, OwnedModel]] = {}
    for model, instances in collector.data.items():
        for row in instances:
            found.setdefault(model, {})[row.pk] = row
    for quick in collector.fast_deletes:
        for row in quick:
            found.setdefault(type(row), {})[row.pk] = row
    # What hangs on others goes first, so that coming back in the opposite order finds its parents.
    order = sorted(found, key=_depth, reverse=True)
    return {model: list(found[model].values()) for model in order}


def _depth(model: type[models.Model], seen: tuple[type[models.Model], ...] = ()) -> int:
    parents = [
        relation.remote_field.model
        for relation in model._meta.concrete_fields
        if isinstance(relation, models.ForeignKey) and issubclass(relation.remote_field.model, OwnedModel)
    ]
    return 1 + max(
        (_depth(parent, (*seen, model)) for parent in parents if parent not in (*seen, model)), default=0
    )


def _loosened(
    collector: Any, going: dict[type[OwnedModel], list[OwnedModel]]
) -> dict[tuple[type[OwnedModel], tuple[OwnedModel, ...]], str]:
    """Rows that stay but lose a link (SET_NULL), with the column they lose."""
    gone = {(type(row), row.pk) for rows in going.values() for row in rows}
    found: dict[tuple[type[OwnedModel], tuple[OwnedModel, ...]], str] = {}
    for (column, _none), groups in collector.field_updates.items():
        staying = tuple(row for group in groups for row in group if (type(row), row.pk) not in gone)
        if staying:
            found[(column.model, staying)] = column.attname
    return found


def _settle(touched: dict[type[OwnedModel], list[OwnedModel]]) -> None:
    for model, rows in touched.items():
        model.settle(rows)


def _change(
    owner: User,
    act: uuid.UUID,
    sentence: str,
    model: type[models.Model],
    pk: int,
    before: Image | None,
    after: Image | None,
) -> Change:
    return Change(
        owner=owner,
        act=act,
        sentence=sentence[:300],
        model=model._meta.label_lower,
        row_pk=pk,
        before=before,
        after=after,
    )

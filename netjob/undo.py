"""Delete and change with a way back: what an act did is kept as images of its rows (`Change`).

Deleting deletes truly, so that no query and no constraint has to think of the dead; undoing writes the
images back where nobody changed the row since, and names what it had to leave. An act may change, add and
delete rows of several models (`recording`): one undo takes all of it back.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext as _

from netjob import bulk_insert, undo_many
from netjob.models import Activity, Change, ImportBatch, User
from netjob.ownership import OwnedModel, Refused, owned_links, settle, settled_later

Image = dict[str, Any]
OWN_FIGURES = frozenset({"version", "updated_at"})


@dataclass
class Undone:
    """What an undo brought back, and (in the words of the rows) what it had to leave."""

    sentence: str
    restored: int = 0
    left: list[str] = field(default_factory=list)
    gone: list[OwnedModel] = field(default_factory=list)
    """Rows that it took away, for the act had added them."""


def what_goes_with(*rows: OwnedModel) -> list[tuple[str, int]]:
    """The kinds and numbers of rows that deleting `rows` (of one model) takes along: [("people", 4), …]."""
    return [
        (str(model._meta.verbose_name if len(some) == 1 else model._meta.verbose_name_plural), len(some))
        for model, some in going(rows).items()
        if model is not type(rows[0]) and not getattr(model, "goes_unsaid", False)
    ]


def going(rows: Sequence[OwnedModel]) -> dict[type[OwnedModel], list[OwnedModel]]:
    """Every row that deleting `rows` (of one model) takes along, and they themselves, by model."""
    return _collected(_collector(rows))


class Recording:
    """What one act does, in statements over sets, and the images that take it back."""

    def __init__(self, owner: User, sentence: str) -> None:
        self.owner, self.sentence, self.act = owner, sentence, uuid.uuid4()
        self._before: dict[OwnedModel, OwnedModel] = {}
        self._touched: list[OwnedModel] = []

    def watch(self, rows: Iterable[OwnedModel]) -> None:
        """Remember how these (of one model) stand, before they are changed in memory."""
        self._before |= {row: copy(row) for row in rows}

    def save(self, rows: Iterable[OwnedModel]) -> None:
        """Write what was changed in memory since `watch()`."""
        rows = list(rows)
        for row in rows:
            row.derive()
        pairs = [(self._before[row], row) for row in rows if _is_changed(self._before[row], row)]
        images = [image(before) for before, _row in pairs]
        _write(pairs)
        self._keep((row, was, image(row)) for was, (_before, row) in zip(images, pairs, strict=True))
        # What they left follows, too: the company from which a person moved away counts anew.
        self._touched += [row for pair in pairs for row in pair]

    def add(self, rows: Sequence[OwnedModel]) -> None:
        """Write new rows; undoing takes them away."""
        for model, some in _by_model(rows).items():
            model.objects.bulk_create(some, batch_size=500)
            self._keep((row, None, image(row)) for row in some)
        self._touched += rows

    def add_many(self, rows: Sequence[OwnedModel], *, settle: bool = True) -> None:
        """As `add`, for thousands: their keys are kept instead of an image of each.

        So only rows that nobody saved since, and on which nothing hangs, are taken away by an undo; the act
        itself must not save them again. `settle=False`: what other rows store of them is right already.
        """
        bulk_insert.insert(rows)
        portions = list(batched(rows, undo_many.AT_ONCE))
        Change.objects.bulk_create(
            Change(
                owner=self.owner, act=self.act, sentence=self.sentence[:300], model=some[0]._meta.label_lower,
                row_pk=some[0].pk, row_pks=[row.pk for row in some], rows=len(some),
            )
            for some in portions
        )  # fmt: skip
        if settle:
            self._touched += rows

    def has_come(self, rows: Iterable[OwnedModel]) -> None:
        """Rows that a verb has just written, and what hangs on them: undoing takes all of it away."""
        found: dict[OwnedModel, None] = {}
        for row in rows:
            along = going([type(row).objects.get(pk=row.pk)])
            found |= {each: None for model in reversed(along) for each in along[model]}
        self._keep((row, None, image(row)) for row in found)

    def delete(self, rows: Sequence[OwnedModel]) -> None:
        """Delete rows (of one model) and all that hangs on them."""
        collector = _collector(rows)
        gone = _collected(collector)
        for (_model, loosened), attname in _loosened(collector, gone).items():
            self._keep((row, image(row), image(row) | {attname: None}) for row in loosened)
        for some in gone.values():
            self._keep((row, image(row), None) for row in some)
            self._touched += some
        type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).delete()

    @contextmanager
    def around(self, *sets: models.QuerySet) -> Iterator[None]:
        """Keep what verbs that save for themselves make different within these sets, each of one model.

        Of the history only what comes new is looked at. Parents before what hangs on them.
        """
        if not sets:
            yield
            return
        last = Activity.objects.aggregate(last=models.Max("pk"))["last"] or 0
        looks = [rows.filter(pk__gt=last) if rows.model is Activity else rows for rows in sets]
        before = [{row.pk: row for row in rows.all()} for rows in looks]
        with settled_later():
            yield
        for rows, stood in zip(looks, before, strict=True):
            self._keep_differences(stood, {row.pk: row for row in rows.all()})

    def _keep_differences(self, stood: dict[int, OwnedModel], stands: dict[int, OwnedModel]) -> None:
        both = [(stood[pk], row) for pk, row in stands.items() if pk in stood]
        changed = [(before, row) for before, row in both if {*_differing(before, row)} - _own_columns(row)]
        added = [row for pk, row in stands.items() if pk not in stood]
        gone = [row for pk, row in stood.items() if pk not in stands]
        self._keep((row, image(before), image(row)) for before, row in changed)
        self._keep((row, None, image(row)) for row in added)
        self._keep((row, image(row), None) for row in gone)
        self._touched += [*(row for pair in changed for row in pair), *added, *gone]

    def _keep(self, images: Iterable[tuple[OwnedModel, Image | None, Image | None]]) -> None:
        changes = (
            Change(
                owner=self.owner, act=self.act, sentence=self.sentence[:300],
                model=row._meta.label_lower, row_pk=row.pk, before=before, after=after,
            )
            for row, before, after in images
        )  # fmt: skip
        Change.objects.bulk_create(changes, batch_size=500)


@contextmanager
def recording(owner: User, sentence: str) -> Iterator[Recording]:
    """One act, in one transaction; in the end the figures that are stored on other rows follow."""
    with transaction.atomic():
        kept = Recording(owner, sentence)
        yield kept
        _settle(kept._touched)


def delete(rows: Sequence[OwnedModel], *, sentence: str) -> uuid.UUID:
    """Delete rows of one model and all that hangs on them; returns the act, for `undo`."""
    with recording(rows[0].owner, sentence) as kept:
        kept.delete(rows)
    return kept.act


def change(rows: Sequence[OwnedModel], *, sentence: str, **values: Any) -> uuid.UUID:
    """Give `rows` (of one model and owner) the same `values`; returns the act, for `undo`."""
    with recording(rows[0].owner, sentence) as kept:
        kept.watch(rows)
        for row in rows:
            for name, value in values.items():
                setattr(row, name, value)
        kept.save(rows)
    return kept.act


def keep(before: Image, row: OwnedModel, *, act: uuid.UUID, sentence: str) -> None:
    """Keep what an edit of one row did, once it is saved; several may share an `act`."""
    Change.objects.create(
        owner=row.owner, act=act, sentence=sentence[:300],
        model=row._meta.label_lower, row_pk=row.pk, before=before, after=image(row),
    )  # fmt: skip


def is_kept(owner: User, act: uuid.UUID) -> bool:
    return Change.objects.filter(owner=owner, act=act).exists()


@transaction.atomic
def undo(owner: User, act: uuid.UUID, *, now: dt.datetime) -> Undone:
    """Write the images of an act back. Raises Refused where there is nothing (left) to undo."""
    changes = list(Change.objects.select_for_update().filter(owner=owner, act=act).order_by("pk"))
    if not changes or changes[0].undone_at or changes[0].at < now - Change.KEPT:
        raise Refused(_("This was undone already, or it is more than thirty days ago."))
    sentence = changes[0].sentence
    # Rows that were deleted come back in the order opposite to their going: parents first.
    changes.reverse()
    many = [kept for kept in changes if kept.row_pks]
    changes = [kept for kept in changes if not kept.row_pks]
    moving = {(kept.model, kept.row_pk) for kept in changes if kept.after}
    gone = [kept for kept in changes if kept.after is None]
    standing_yet = [kept for kept in changes if kept.before and kept.after]
    back, changed = _bring_back(gone, moving), dict[Change, tuple[OwnedModel, OwnedModel]]()
    if waiting := [kept for kept in gone if kept not in back]:
        # A row that the act moved may have their place: it goes first; what hung on them waits with them.
        changed = _change_back([kept for kept in standing_yet if not _hung_on(kept, waiting)])
        back |= _bring_back(waiting, moving)
    _let_go_of_the_lost(back)
    changed |= _change_back([kept for kept in standing_yet if kept not in changed])
    added = _take_away([kept for kept in changes if kept.before is None])
    away, standing = undo_many.take_away(many)
    Change.objects.filter(owner=owner, act=act).update(undone_at=now)
    restored = [*back.values(), *(row for pair in changed.values() for row in pair), *added.values()]
    _derive_anew(_by_model(restored))
    _settle([*restored, *away])
    done = {*back, *changed, *added}
    unsaid = {kept for kept in changes if kept.before is None and undo_many.goes_unsaid(_model_of(kept))}
    left = [
        *(_title(kept) for kept in changes if kept not in done and kept not in unsaid),
        *map(str, standing),
    ]
    for batch in ImportBatch.objects.filter(owner=owner, act=act, state=ImportBatch.State.APPLIED):
        batch.undone(at=now, left=left)
    return Undone(sentence, len(done) + len(away), left, [*added.values()])


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
    return _columns(_model_of(kept), kept.before or {})


def _columns(model: type[OwnedModel], kept: Image) -> Image:
    """The columns of an image, as the model holds them."""
    return {
        column.attname: column.to_python(kept[column.attname])
        for column in model._meta.concrete_fields
        if column.attname in kept
    }


def _bring_back(changes: Sequence[Change], moving: Collection[tuple[str, int]]) -> dict[Change, OwnedModel]:
    """Deleted rows as they were; without those whose place another has."""
    back: dict[Change, OwnedModel] = {}
    for model, those in _by_model_of(changes).items():
        there = model.objects.filter(pk__in=[kept.row_pk for kept in those])
        standing = set(there.values_list("pk", flat=True))
        gone = {kept: model(**_columns_before(kept)) for kept in those if kept.row_pk not in standing}
        back |= _inserted(model, {kept: row for kept, row in gone.items() if row.can_return(moving)})
    return back


def _inserted(model: type[OwnedModel], rows: dict[Change, OwnedModel]) -> dict[Change, OwnedModel]:
    """Insert them with every column as it was (so not by `bulk_create`); where one has no place, without it."""
    columns = [column for column in model._meta.concrete_fields if not column.generated]
    try:
        with transaction.atomic():
            for some in batched(rows.values(), 100):
                model._base_manager._insert(some, fields=columns, raw=True)  # type: ignore[attr-defined]
    except IntegrityError:
        halves = list(rows.items())
        middle = len(halves) // 2
        if not middle:
            return {}
        return _inserted(model, dict(halves[:middle])) | _inserted(model, dict(halves[middle:]))
    for row in rows.values():
        row._state.adding, row._state.db = False, model._base_manager.db
    return rows


def _change_back(changes: Sequence[Change]) -> dict[Change, tuple[OwnedModel, OwnedModel]]:
    """Changed rows as they stood and as they are now again; without those changed since, or gone."""
    back: dict[Change, tuple[OwnedModel, OwnedModel]] = {}
    for model, those in _by_model_of(changes).items():
        standing = model.objects.in_bulk([kept.row_pk for kept in those])
        pairs: dict[Change, tuple[OwnedModel, OwnedModel]] = {}
        for kept in those:
            row = standing.get(kept.row_pk)
            if row and (columns := _columns_to_bring_back(kept, row)) is not None:
                pairs[kept] = (copy(row), row)
                for name, value in columns.items():
                    setattr(row, name, value)
        for link, lost in _lost([row for _before, row in pairs.values()]):
            for row in lost:
                setattr(row, link.attname, None)
            if not link.null:
                pairs = {kept: pair for kept, pair in pairs.items() if pair[1] not in lost}
        for _before, row in pairs.values():
            row.derive()
        back |= _written(pairs)
    return back


def _columns_to_bring_back(kept: Change, row: OwnedModel) -> Image | None:
    """What the act changed, as it was; None where somebody changed the same since."""
    before, was, became = _columns_before(kept), kept.before or {}, kept.after or {}
    changed = {name for name in before if became[name] != was[name]} - _own_columns(row)
    present = image(row)
    if any(present[name] != became[name] for name in changed):
        return None
    return {name: before[name] for name in changed}


def _written(
    pairs: dict[Change, tuple[OwnedModel, OwnedModel]],
) -> dict[Change, tuple[OwnedModel, OwnedModel]]:
    """Write them all at once; where one has no place any more, without it."""
    try:
        with transaction.atomic():
            _write(list(pairs.values()))
            return pairs
    except IntegrityError:
        halves = list(pairs.items())
        middle = len(halves) // 2
        if not middle:
            return {}
        return _written(dict(halves[:middle])) | _written(dict(halves[middle:]))


def _take_away(changes: Sequence[Change]) -> dict[Change, OwnedModel]:
    """Rows that the act added go; but one that was changed since, or that something new hangs on, stays whole."""
    away: dict[Change, OwnedModel] = {}
    there: dict[Change, OwnedModel] = {}
    for model, those in _by_model_of(changes).items():
        standing = model.objects.in_bulk([kept.row_pk for kept in those])
        there |= {kept: standing[kept.row_pk] for kept in those if kept.row_pk in standing}
        away |= {
            kept: model(**_columns(model, kept.after or {})) for kept in those if kept.row_pk not in standing
        }
    staying = _staying(there)
    going = {kept: row for kept, row in there.items() if row not in staying}
    for model, rows in _by_model(going.values()).items():
        model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return away | going


def _staying(there: dict[Change, OwnedModel]) -> set[OwnedModel]:
    """Of added rows (what hangs on others first) those that stay, with all that the act hung on them."""
    unchanged = {row for kept, row in there.items() if _is_as_added(kept, row)}
    staying: set[OwnedModel] = set()
    for row in reversed(there.values()):
        hanging = {each for rows in going([row]).values() for each in rows}
        if row in staying or not hanging <= unchanged:
            staying |= hanging
    uids = {row.uid for row in staying}
    lines = [row for row in there.values() if isinstance(row, Activity)]
    return staying | {line for line in lines if (line.person_uid or line.company_uid) in uids}


def _is_as_added(kept: Change, row: OwnedModel) -> bool:
    became, present = kept.after or {}, image(row)
    own = _own_columns(row)
    return all(present[name] == became[name] for name in present if name in became and name not in own)


def _own_columns(row: OwnedModel) -> set[str]:
    """What follows by itself, there and back: versions, what is derived, what counts other rows."""
    return {*OWN_FIGURES, *row.DERIVED, *row.FIGURES}


def _differing(before: OwnedModel, row: OwnedModel) -> list[str]:
    """The columns in which the two differ, by the names of their fields."""
    return [
        column.name
        for column in row._meta.concrete_fields
        if not column.generated
        and column.name not in OWN_FIGURES
        and column.value_from_object(before) != column.value_from_object(row)
    ]


def _is_changed(before: OwnedModel, row: OwnedModel) -> bool:
    """Whether more differs than what is derived: a haystack is not read, so it always seems to."""
    return bool({*_differing(before, row)} - {*row.DERIVED})


def _write(pairs: Sequence[tuple[OwnedModel, OwnedModel]]) -> None:
    """Save rows of one model that were changed in memory: what they have in common by one statement.

    Their versions rise, so that a form that shows them as they were notices.
    """
    if not pairs:
        return
    rows, model = [row for _before, row in pairs], type(pairs[0][1])
    names = sorted({name for before, row in pairs for name in _differing(before, row)})
    alike = {
        name for name in names if len({_plain(getattr(row, _attname(model, name))) for row in rows}) == 1
    }
    same = {_attname(model, name): getattr(rows[0], _attname(model, name)) for name in alike}
    now = timezone.now()
    if apart := [name for name in names if name not in alike]:
        model.objects.bulk_update(rows, apart, batch_size=100)
    model.objects.filter(pk__in=[row.pk for row in rows]).update(
        version=models.F("version") + 1, updated_at=now, **same
    )
    for row in rows:
        row.version, row.updated_at = row.version + 1, now


def _attname(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _hung_on(kept: Change, waiting: Iterable[Change]) -> bool:
    """Whether a row led to one of these before the act."""
    rows = {(each.model, each.row_pk) for each in waiting}
    return any(
        (link.remote_field.model._meta.label_lower, (kept.before or {}).get(link.attname)) in rows
        for link in owned_links(_model_of(kept))
    )


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
    found: list[tuple[models.ForeignKey, list[OwnedModel]]] = []
    if not rows:
        return found
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


def _by_model_of(changes: Iterable[Change]) -> dict[type[OwnedModel], list[Change]]:
    found: dict[type[OwnedModel], list[Change]] = {}
    for kept in changes:
        found.setdefault(_model_of(kept), []).append(kept)
    return found


def _title(kept: Change) -> str:
    values = kept.before or kept.after or {}
    name = values.get("name") or values.get("title") or values.get("text") or ""
    return f"{_model_of(kept)._meta.verbose_name} {name}".strip()


def _collector(rows: Sequence[OwnedModel]) -> Any:
    collector = Collector(using=rows[0]._state.db or "default", origin=rows[0])
    collector.collect(list(rows))
    return collector


def _collected(collector: Any) -> dict[type[OwnedModel], list[OwnedModel]]:
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


def _derive_anew(restored: dict[type[OwnedModel], list[OwnedModel]]) -> None:
    """What an image holds of other rows, such as a company's name, may be of yesterday."""
    for model, rows in restored.items():
        model.objects.filter(pk__in=[row.pk for row in rows]).derive_anew()


def _settle(touched: Iterable[OwnedModel]) -> None:
    for rows in _by_model(touched).values():
        settle(*rows)

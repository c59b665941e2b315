"""Every row has an owner, an identity that travels, and a version that guards against lost updates."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections, models, transaction
from django.db.models import Value
from django.db.models.functions import Cast, Coalesce, Length
from django.utils.translation import gettext_lazy as _

from netjob.folding import LONGEST_HAYSTACK

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)

NOTES = 20_000
"""Characters in a note: long enough for a debrief, short enough to render at once."""


class Refused(Exception):
    """An act that the rules do not allow; `str()` of it is a sentence for the user."""


class MovedOn(Refused):
    """Refused because the row went on: whoever asked saw it as it stood before, or meant it among others."""


class StaleVersion(Exception):
    """Somebody (or another tab) saved the row between reading and saving it."""

    def __init__(self, row: Any) -> None:
        super().__init__(f"{row._meta.label} {row.pk} changed after version {row.version}")
        self.row = row


class HaystackField(models.TextField):
    """What the search looks at (`netjob.folding.haystack`): written with its row, and never read back with it.

    It repeats the row's texts, so that every list would read them twice; on a row as read it is empty. The
    `search_text` of a list stays beside it: short, with its spaces, it is the order by name and its index, and a
    filter reads it in that order, which the marks of a haystack, and notes in the middle, would not let it.
    """

    def __init__(self, **kwargs: Any) -> None:
        unread = {"max_length": LONGEST_HAYSTACK, "default": "", "blank": True, "editable": False}
        super().__init__(**{**unread, **kwargs})

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        return "''", ()


class NulPosition(models.Func):
    """Where a NUL stands in a text, 0 if nowhere. PostgreSQL cannot hold one, so there it is always 0."""

    template = "INSTR(%(expressions)s, CHAR(0))"
    arity = 1
    output_field = models.IntegerField()

    def as_postgresql(self, *args: Any, **kwargs: Any) -> tuple[str, list[Any]]:
        return "0", []


def text_limits(name: str, /, **lengths: int) -> models.CheckConstraint:
    """A constraint that holds lengths (in characters) and refuses NUL, which SQLite would let pass."""
    condition = models.Q()
    for field, length in lengths.items():
        condition &= models.Q(**{f"{field}__length__lte": length})
        condition &= models.Q(models.lookups.Exact(NulPosition(field), 0))
    return models.CheckConstraint(condition=condition, name=name)


class OwnedQuerySet(models.QuerySet):
    model: Any

    def owned_by(self, user: Any) -> Self:
        return self.filter(owner=user)

    def owned_as_well_by(self, user: Any) -> Self:
        """As `owned_by`, where what else is asked for finds the rows sooner: their keys, or a company they are of.

        Asked for as `owned_by`, SQLite walks through all that the user has.
        """
        whose = models.ExpressionWrapper(models.F("owner_id") + 0, models.BigIntegerField())
        return self.alias(whose=whose).filter(whose=getattr(user, "pk", user))

    def these(self, user: Any, pks: Iterable[int]) -> Self:
        """Those of these ids that are the user's own."""
        return self.filter(pk__in=pks).owned_as_well_by(user)

    # Whatever writes a text writes what is derived from it, too: no search and no order is ever of yesterday.

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        rows = list(objs)
        for row in rows:
            row.derive()
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows, columns = list(objs), set(fields)
        if self._derives_from(columns):
            for row in rows:
                row.derive()
            columns.update(self.model.DERIVED)
        return super().bulk_update(rows, sorted(columns), batch_size)

    def update(self, **values: Any) -> int:
        if not self._derives_from(values):
            return super().update(**values)
        with transaction.atomic():
            written = list(self.values_list("pk", flat=True))
            changed = super().update(**values)
            for start in range(0, len(written), 500):
                self.model._default_manager.filter(pk__in=written[start : start + 500]).derive_anew()
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def derive_anew(self) -> int:
        """Write the columns that rows derive from others, where they are not what they should be: how many."""
        names = self.model.DERIVED
        wrong = [row for row, differs in self._derived() if differs]
        if wrong:
            super().bulk_update(wrong, names, batch_size=100)
        return len(wrong)

    def with_wrong_derived(self) -> Iterator[Any]:
        """Rows whose derived columns are not what they should be (as read from here, they are)."""
        return (row for row, differs in self._derived() if differs)

    def _derived(self) -> Iterator[tuple[Any, bool]]:
        names = self.model.DERIVED
        # As an expression, for a haystack is not read otherwise.
        stored = {
            f"stored_{name}": Coalesce(
                Cast(name, models.TextField()), Value(""), output_field=models.TextField()
            )
            for name in names
        }
        rows: Any = self.order_by("pk").annotate(**stored) if names else self.none()
        if self.model.DERIVED_THROUGH:
            rows = rows.select_related(*self.model.DERIVED_THROUGH)
        for row in rows.iterator(chunk_size=500):
            row.derive()
            yield (
                row,
                any(
                    getattr(row, f"stored_{name}")
                    != str("" if (value := getattr(row, name)) is None else value)
                    for name in names
                ),
            )

    def _derives_from(self, columns: Iterable[str]) -> bool:
        """Whether these change what is derived; who writes that as well has derived it already."""
        written = set(columns)
        return bool(written & set(self.model.DERIVED_FROM)) and not written >= set(self.model.DERIVED)

    def lock(self) -> list[int]:
        """Hold these rows until the transaction ends, so that what is counted next is what is written: their keys.

        In the order of their keys, which is everybody's; SQLite has one writer at a time anyway. Not against
        rows that come to hang on them ("no key"): two who each add one would wait for each other.
        """
        rows: Any = self.order_by("pk")
        if connections[self.db].features.has_select_for_update:
            return [row.pk for row in rows.select_for_update(of=("self",), no_key=True).only("pk")]
        return list(rows.values_list("pk", flat=True))


class OwnedModel(models.Model):
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False, db_index=False
    )
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()
    DERIVED: ClassVar[tuple[str, ...]] = ()
    """Columns that `derive()` writes from others of the row."""
    DERIVED_FROM: ClassVar[tuple[str, ...]] = ()
    """The columns that it reads."""
    DERIVED_THROUGH: ClassVar[tuple[str, ...]] = ()
    """The links that it follows."""

    FIGURES: ClassVar[tuple[str, ...]] = ()
    """Columns that count other rows, written by `settle()`."""

    asides: Sequence[str] = ()
    """What saving it brought about besides, in sentences for whoever saved it."""

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint("owner", "uid", name="%(app_label)s_%(class)s_uid")]

    def save(self, **kwargs: Any) -> None:
        """Save; an existing row only if nobody saved it since it was read (else StaleVersion)."""
        self.derive()
        if self._state.adding:
            super().save(**kwargs)
            return
        seen = self.version
        with transaction.atomic():
            rows = type(self).objects.filter(pk=self.pk, version=seen)
            if not rows.update(version=seen + 1):
                raise StaleVersion(self)
            self.version = seen + 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], *self.DERIVED, "updated_at"}
            super().save(**kwargs)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().full_clean(*args, **kwargs)

    def derive(self) -> None:
        """Write the columns of `DERIVED`: before every check and every save."""

    def clean(self) -> None:
        """Refuse a link to a row of another owner: the database would accept it."""
        super().clean()
        for field in owned_links(type(self)):
            if getattr(self, field.attname) is None:
                continue
            other = field.remote_field.model._default_manager.filter(pk=getattr(self, field.attname))
            if not other.filter(owner_id=self.owner_id).exists():
                raise ValidationError({field.name: _("Choose one of your own.")})

    def can_return(self, besides: Collection[Any] = ()) -> bool:
        """Whether the row, deleted once, may come back: no other has its place, in ways no constraint knows.

        `besides` are the (model, id) of rows that the same undo moves away.
        """
        return True

    @classmethod
    def absorb(cls, act: Any, rows: Sequence[Self], link: str, kept: Any) -> None:
        """When two rows become one: hang `rows`, which hung on the one that goes by `link`, on the one that stays.

        A model whose rows would clash there says here what becomes of them; what it leaves goes. `act` is the
        `undo.Recording`.
        """
        act.watch(rows)
        for row in rows:
            # What led to itself leads nowhere.
            setattr(row, link, None if row == kept else kept)
        act.save(rows)

    @classmethod
    def settle(cls, rows: Iterable[Self]) -> None:
        """Bring figures stored on other rows up to date after `rows` came, went or changed."""


_later = ContextVar("_later", default=False)


def settle(*rows: OwnedModel) -> None:
    """Bring up to date what counts these rows (of one model), as a verb does in the end.

    Within `settled_later()` not yet.
    """
    if not _later.get():
        type(rows[0]).settle(rows)


@contextmanager
def settled_later() -> Iterator[None]:
    """For verbs on many rows: whoever calls them settles all of them once, afterwards."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def owned_links(model: type[models.Model]) -> list[models.ForeignKey]:
    """The foreign keys of a model that lead to owned rows."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.remote_field.model, OwnedModel)
    ]

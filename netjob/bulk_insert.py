"""New rows by the ten thousand: one prepared statement, where `bulk_create` spells out every value of every row.

The keys are taken beforehand, so that the rows know theirs. Only within a transaction: on SQLite its write lock,
on PostgreSQL the sequence keeps others from taking the same keys.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.models.base import ModelState
from django.utils import timezone

from netjob.ownership import OwnedModel, owned_links


def alike[T: OwnedModel](model: type[T], rows: Iterable[Mapping[str, Any]], **common: Any) -> list[T]:
    """New rows that have much in common, in memory: what a model does for each on its way into being takes longer
    than writing it. `rows` say by field what is not `common`; links are given as rows.
    """
    template = model(**common)
    state, fields = template.__dict__, template._state.fields_cache
    links = {link.name: link.attname for link in owned_links(model)}
    made = []
    for values in rows:
        row = model.__new__(model)
        row.__dict__.update(state)
        row._state = ModelState()
        row._state.fields_cache = {**fields}
        row.uid = uuid.uuid4()
        for name, value in values.items():
            if name in links:
                row._state.fields_cache[name] = value
                row.__dict__[links[name]] = value.pk if value else None
            else:
                row.__dict__[name] = value
        made.append(row)
    return made


def insert(rows: Sequence[OwnedModel]) -> None:
    """Write new rows (of one model) as `bulk_create` does, with what they derive; several times as quickly."""
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    now = timezone.now()
    for row, pk in zip(rows, _keys(connection, model, len(rows)), strict=True):
        row.derive()
        row.pk, row.created_at, row.updated_at = pk, now, now
    columns: list[Any] = [column for column in model._meta.concrete_fields if not column.generated]
    quote = connection.ops.quote_name
    into = ", ".join(quote(column.column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES ({places})"  # noqa: S608
    values = zip(*(_values(connection, column, rows) for column in columns), strict=True)
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)  # type: ignore[arg-type]  # any iterable will do
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _keys(connection: Any, model: type[models.Model], count: int) -> Sequence[int]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
    return range(last + 1, last + 1 + count)


def _values(connection: Any, column: Any, rows: Sequence[OwnedModel]) -> list[Any]:
    name = column.attname
    if (prepare := _preparing(connection, column)) is None:
        return [getattr(row, name) for row in rows]
    prepared: dict[Any, Any] = {None: None}
    if isinstance(column, models.DateField):  # moments, too; a day is written often
        for value in {getattr(row, name) for row in rows}:
            prepared[value] = prepare(value)
        return [prepared[getattr(row, name)] for row in rows]
    return [prepare(getattr(row, name)) for row in rows]


def _preparing(connection: Any, column: Any) -> Callable[[Any], Any] | None:
    """What makes a value of a column fit for the database; None where it is as it is."""
    plain = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
    if isinstance(column, plain):
        return None
    return lambda value: column.get_db_prep_save(value, connection=connection)

"""How the search finds rows by their haystacks, and what keeps that right, on either database.

`install()` puts it up after every migration (Django rebuilds a table of SQLite to change it, and its triggers
go with the old one), and brings an index that had no triggers up to date. `wrong()` compares everything.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from netjob.folding import Clause

CANDIDATES: Final = 40
"""Rows of a kind and a tier that are looked at to find the best of them."""

OWNER_BITS, NUMBER_BITS = 41, 37
"""A row's place in SQLite's index: its owner above 41 bits, its source's number above 37, then its id."""
IDS: Final = (1 << NUMBER_BITS) - 1


class Indexed(NamedTuple):
    """A table whose rows are found: by the number of its source."""

    number: int
    table: str


class Look(NamedTuple):
    """One look into the index: rows of a source in which all clauses hold."""

    number: int
    table: str
    tier: int
    clauses: tuple[Clause, ...]
    newest: bool
    """The newest of them; otherwise any, which is two to four times faster on SQLite."""


class Candidate(NamedTuple):
    number: int
    tier: int
    pk: int


def candidates(owner_pk: int, looks: Sequence[Look]) -> list[Candidate]:
    """What the looks find of this owner, in one query; at most CANDIDATES of each."""
    if not looks:
        return []
    ask = _ask_postgresql if connection.vendor == "postgresql" else _ask_sqlite
    asked = [ask(owner_pk, look) for look in looks]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, _values in asked), [v for _sql, values in asked for v in values]
        )
        return [Candidate(*row) for row in cursor.fetchall()]


def install() -> list[str]:
    """Put up what is missing, for every table that is there; returns the tables that were brought up to date."""
    renewed = []
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(PIECES)
        elif _first(cursor, "SELECT 1 FROM sqlite_master WHERE name = 'netjob_search'") is None:
            cursor.execute(FTS)
        for source in _ready(cursor):
            if connection.vendor == "postgresql":
                cursor.execute(_index(source))
            elif _triggers_there(cursor, source) != set(_triggers(source)):
                take_down(source)
                for trigger in _triggers(source):
                    cursor.execute(trigger)
                _bring_up_to_date(cursor, source)
                renewed.append(source.table)
    return renewed


def take_down(*sources: Indexed) -> None:
    """Without the triggers, until `install()`: so that a migration can change or drop what they stand on."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for source in sources or _indexed():
            for event in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {_called(source, event)}")


def rebuild() -> None:
    """Make the whole index anew: nothing of what once stood in it is left in the file."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for source in _ready(cursor):
                cursor.execute(f"REINDEX INDEX netjob_search_{source.number}")
            return
        take_down()
        cursor.execute("DROP TABLE IF EXISTS netjob_search")
    install()


def compact() -> None:
    """Write the index together, so that nothing stays in it of rows that are gone."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO netjob_search (netjob_search) VALUES ('optimize')")


def wrong() -> Iterator[str]:
    """What the index says that the rows do not, and the other way round: sentences; none when it is right."""
    with connection.cursor() as cursor:
        for source in _ready(cursor):
            if connection.vendor == "postgresql":
                # An index of the database's own cannot differ; but it can be missing, or half made.
                valid = _first(
                    cursor,
                    "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid",
                    [f"netjob_search_{source.number}"],
                )
                if valid is None:
                    yield f"{source.table}: its index is missing"
                continue
            if _triggers_there(cursor, source) != set(_triggers(source)):
                yield f"{source.table}: its triggers are missing"
            cursor.execute(_MISSING.format(**_parts(source)))
            yield from (f"{source.table} {pk}: not as it is in the index" for (pk,) in cursor.fetchall())
            cursor.execute(_STRAY.format(**_parts(source)))
            yield from (f"{source.table} {pk}: in the index alone" for (pk,) in cursor.fetchall())
        if connection.vendor == "sqlite":
            numbers = ", ".join(str(source.number) for source in _indexed())
            cursor.execute(
                f"SELECT rowid FROM netjob_search WHERE ((rowid >> {NUMBER_BITS}) & 15) NOT IN ({numbers})"
            )
            yield from (f"{rowid}: in the index, and of no source" for (rowid,) in cursor.fetchall())
            # Raises DatabaseError where the words of the index are not those of its rows.
            cursor.execute("INSERT INTO netjob_search (netjob_search) VALUES ('integrity-check')")


def fill(rows: Any, texts: Callable[[Any], dict[str, str]]) -> None:
    """For migrations: write what `texts` makes of each row."""
    batch: list[Any] = []
    for row in rows.order_by("pk").iterator(chunk_size=2_000):
        values = texts(row)
        for name, value in values.items():
            setattr(row, name, value)
        batch.append(row)
        if len(batch) == 200:
            rows.model._base_manager.bulk_update(batch, list(values))
            batch = []
    if batch:
        rows.model._base_manager.bulk_update(batch, list(values))


def _indexed() -> list[Indexed]:
    from netjob.search import SOURCES

    return [Indexed(source.number, source.table) for source in SOURCES]


def _ready(cursor: Any) -> Iterator[Indexed]:
    """The tables that have a haystack by now: while migrations are under way, or go back, not all do."""
    there = set(connection.introspection.table_names(cursor))
    for source in _indexed():
        if source.table in there:
            columns = connection.introspection.get_table_description(cursor, source.table)
            if any(column.name == "haystack" for column in columns):
                yield source


def _first(cursor: Any, sql: str, values: Sequence[Any] = ()) -> Any:
    cursor.execute(sql, values)
    return cursor.fetchone()


# SQLite

FTS = (
    "CREATE VIRTUAL TABLE netjob_search USING fts5"
    "(haystack, tokenize = 'trigram case_sensitive 1', columnsize = 0)"
)
_PLACE = f"(({{row}}.owner_id << {OWNER_BITS}) | ({{number}} << {NUMBER_BITS}) | {{row}}.id)"
_MISSING = """
    SELECT "{table}".id FROM "{table}" LEFT JOIN netjob_search ON netjob_search.rowid = {place}
    WHERE coalesce(netjob_search.haystack, '') <> "{table}".haystack
"""
_STRAY = """
    SELECT rowid & {ids} FROM netjob_search
    WHERE ((rowid >> {bits}) & 15) = {number} AND rowid NOT IN (
        SELECT {place} FROM "{table}" WHERE haystack <> ''
    )
"""


def _parts(source: Indexed) -> dict[str, Any]:
    place = _PLACE.format(row=f'"{source.table}"', number=source.number)
    return {"table": source.table, "number": source.number, "place": place, "ids": IDS, "bits": NUMBER_BITS}


def _called(source: Indexed, event: str) -> str:
    return f"netjob_search_{source.number}_{event}"


def _triggers(source: Indexed) -> list[str]:
    new, old = (_PLACE.format(row=row, number=source.number) for row in ("new", "old"))
    insert = (
        f"INSERT INTO netjob_search (rowid, haystack) SELECT {new}, new.haystack WHERE new.haystack <> ''"
    )
    delete = f"DELETE FROM netjob_search WHERE rowid = {old}"
    changed = "old.haystack <> new.haystack OR old.owner_id <> new.owner_id OR old.id <> new.id"
    return [
        f"CREATE TRIGGER {_called(source, 'insert')} AFTER INSERT ON {source.table} BEGIN {insert}; END",
        f"CREATE TRIGGER {_called(source, 'update')} AFTER UPDATE OF haystack, owner_id, id ON {source.table} "
        f"WHEN {changed} BEGIN {delete}; {insert}; END",
        f"CREATE TRIGGER {_called(source, 'delete')} AFTER DELETE ON {source.table} BEGIN {delete}; END",
    ]


def _triggers_there(cursor: Any, source: Indexed) -> set[str]:
    names = [_called(source, event) for event in ("insert", "update", "delete")]
    cursor.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name IN (%s, %s, %s)",
        [source.table, *names],
    )
    return {sql for (sql,) in cursor.fetchall()}


def _bring_up_to_date(cursor: Any, source: Indexed) -> None:
    parts = _parts(source)
    cursor.execute(f"DELETE FROM netjob_search WHERE ((rowid >> {NUMBER_BITS}) & 15) = {source.number}")
    cursor.execute(
        "INSERT INTO netjob_search (rowid, haystack) "
        "SELECT {place}, haystack FROM \"{table}\" WHERE haystack <> '' ORDER BY 1".format(**parts)
    )


def _ask_sqlite(owner_pk: int, look: Look) -> tuple[str, list[Any]]:
    """The bounds make it a walk through this owner's part of each piece's list alone."""
    first = (owner_pk << OWNER_BITS) | (look.number << NUMBER_BITS)
    match = " AND ".join(f"({' OR '.join(map(_quoted, clause))})" for clause in look.clauses)
    sql = (
        f"SELECT * FROM (SELECT {look.number}, {look.tier}, rowid & {IDS} FROM netjob_search "
        f"WHERE netjob_search MATCH %s AND rowid BETWEEN {first} AND {first | IDS} "
        f"ORDER BY rowid {'DESC ' if look.newest else ''}LIMIT {CANDIDATES})"
    )
    return sql, [match]


def _quoted(phrase: str) -> str:
    """As FTS5 reads a string: whatever stands in it is text."""
    return '"' + phrase.replace('"', '""') + '"'


# PostgreSQL

PIECES = """
    CREATE OR REPLACE FUNCTION netjob_pieces(owner bigint, haystack text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
        SELECT coalesce(array_agg(DISTINCT piece), '{}') FROM (
            SELECT owner || ':' || letter || lead(letter, 1) OVER w || lead(letter, 2) OVER w AS piece
            FROM unnest(string_to_array(haystack, NULL)) WITH ORDINALITY AS letters (letter, n)
            WINDOW w AS (ORDER BY n)
        ) AS pieces WHERE piece IS NOT NULL
    $$
"""
"""The owner is part of every piece: another's rows are never even looked at. No extension is needed, and no
locale: pg_trgm leaves out letters that the database's locale does not know."""


def _index(source: Indexed) -> str:
    return (
        f"CREATE INDEX IF NOT EXISTS netjob_search_{source.number} ON {source.table} "
        "USING gin (netjob_pieces(owner_id, haystack)) WITH (fastupdate = off) WHERE haystack <> ''"
    )


def _ask_postgresql(owner_pk: int, look: Look) -> tuple[str, list[Any]]:
    conditions, values = list[str](), list[Any]()
    # A letter or two beside a longer word: the index would bring thousands, of which the word leaves a few.
    telling = [clause for clause in look.clauses if len(clause[0]) >= 5] or look.clauses
    for clause in telling:
        conditions.append(_any_of("netjob_pieces(owner_id, haystack) @> %s::text[]", clause))
        values += [_pieces(owner_pk, phrase) for phrase in clause]
    # Apart from these, so that the index alone answers for the pieces: making those of a row takes longest.
    for clause in look.clauses:
        conditions.append(_any_of("strpos(haystack, %s) > 0", clause))
        values += clause
    rows = (
        f"SELECT id FROM {look.table} WHERE haystack <> '' AND owner_id = %s AND {' AND '.join(conditions)}"
    )
    # The newest of a short word's thousands would mean to read and sort them all. The OFFSET keeps the database
    # from walking back through all rows until enough of them match.
    is_sorted = look.newest and any(len(clause[0]) >= 5 for clause in look.clauses)
    order = " OFFSET 0) AS found ORDER BY id DESC" if is_sorted else ") AS found"
    sql = f"(SELECT {look.number}, {look.tier}, id FROM ({rows}{order} LIMIT {CANDIDATES})"
    return sql, [owner_pk, *values]


def _any_of(condition: str, clause: Clause) -> str:
    return f"({' OR '.join([condition] * len(clause))})"


def _pieces(owner_pk: int, phrase: str) -> list[str]:
    return sorted({f"{owner_pk}:{phrase[n : n + 3]}" for n in range(len(phrase) - 2)})

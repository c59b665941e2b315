"""What a page asks of the database: how many queries, which of them read a whole table, and how much work."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

BIG = (
    "companies_company",
    "companies_opening",
    "companies_searchvisit",
    "contacts_person",
    "outreach_request",
    "outreach_message",
    "outreach_conversation",
)
EVERY = 50
"""Steps of SQLite's virtual machine between two counts."""


@dataclass
class Query:
    sql: str
    params: Any
    steps: int = 0
    """Instructions of SQLite's virtual machine, about: the same whatever else the machine does."""

    def plan(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {self.sql}", self.params)
            return [row[-1] for row in cursor.fetchall()]

    def scans(self) -> list[str]:
        """The lines of the plan that read one of the `BIG` tables from end to end, by an index or not."""
        called = {
            alias: table
            for table, alias in re.findall(r'(?:FROM|JOIN) "(\w+)" (?:AS )?"?([A-Z]+\d+)"?', self.sql)
        }
        found = []
        for line in self.plan():
            scan = re.match(r"SCAN (\w+)", line)
            if scan and called.get(scan[1], scan[1]) in BIG:
                found.append(line.replace(scan[1], called.get(scan[1], scan[1]), 1))
        return found


@dataclass
class Recorder:
    queries: list[Query] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        query = Query(sql, params)
        self.queries.append(query)
        return execute(sql, params, many, context)

    def count(self) -> int:
        if self.queries:
            self.queries[-1].steps += EVERY
        return 0


@contextmanager
def recorded() -> Iterator[list[Query]]:
    """Every query inside, with the work it was to SQLite."""
    recorder = Recorder()
    connection.ensure_connection()
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        connection.connection.set_progress_handler(recorder.count, EVERY)
    try:
        with connection.execute_wrapper(recorder):
            yield recorder.queries
    finally:
        if is_sqlite:
            connection.connection.set_progress_handler(None, EVERY)

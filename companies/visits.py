"""Links to open elsewhere, and when each of them last was."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple, Self

from companies.models.search_visit import WORDS


class Search(NamedTuple):
    """A link to open elsewhere."""

    words: str
    url: str
    site: str
    kind: str
    about: str = ""
    """By what it is told from others of its kind, where that is more than its words."""
    opened_at: dt.datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{(self.about or self.words)[:WORDS].strip()}"

    def as_opened(self, visits: dict[str, dt.datetime]) -> Self:
        return self._replace(opened_at=visits.get(self.key))


def opened(searches: Iterable[Search]) -> int:
    """How many of them were opened once."""
    return sum(1 for search in searches if search.opened_at)

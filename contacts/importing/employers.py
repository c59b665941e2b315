"""The companies that files of people name: found by exact name or alias, else made as suggestions."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from companies.models import Company, CompanyName
from companies.names import exact_key
from netjob.imports.models import NAME
from netjob.models import User
from netjob.undo import Recording

type Employer = int | str | None
"""The key of a company that is there, or the exact key of a name that none has yet; None: no employer."""


class Employers:
    """The owner's companies by their names. Reads them once, and grows with what is made."""

    def __init__(self, owner: User) -> None:
        self.owner = owner
        self._read: dict[str, Employer] = {"": None}

    @cached_property
    def _known(self) -> dict[str, int]:
        rows = CompanyName.objects.owned_by(self.owner)
        return dict(rows.values_list("exact_key", "company"))

    def of(self, name: str) -> Employer:
        """Whose name it is."""
        if name not in self._read:
            key = exact_key(name)
            self._read[name] = self._known.get(key, key) if key else None
        return self._read[name]

    def still_to_make(self, name: str) -> str:
        """The key of a company that nobody has yet, as far as a row of an import keeps it; "" for any other."""
        employer = self.of(name)
        return employer[:NAME] if isinstance(employer, str) else ""

    def make(
        self, names: Iterable[str], kept: Recording, *, listed_on: dt.date | None = None, **facts: Any
    ) -> list[Company]:
        """Make those that are not there yet: suggestions, or with `listed_on` targets."""
        unknown: dict[str, str] = {}
        for name in names:
            if isinstance(employer := self.of(name), str):
                unknown.setdefault(employer, name)
        state = Company.State.TARGET if listed_on else Company.State.SUGGESTED
        made = [
            Company(owner=self.owner, name=name, state=state, listed_on=listed_on, **facts)
            for name in unknown.values()
        ]
        for company in made:
            company.make_searchable([company.name])
        kept.add_many(made)
        called = [CompanyName(owner=self.owner, company=company, name=company.name) for company in made]
        kept.add_many(called, settle=False)  # by it each was made searchable
        self._known.update({key: company.pk for key, company in zip(unknown, made, strict=True)})
        self._read = {"": None}
        return made

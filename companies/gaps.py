"""What may be missing at a company: one vocabulary for the list and for coverage, from the kept figures.

"Asked" is whom I wrote to (`Person.was_asked`): a connection that an import brought is no effort of mine.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from companies.models import Company, CompanyQuerySet
from netjob.compiled import rows_of
from netjob.models import User

HIGH = 10
"""The places at the top of the list where an effort is expected first; a fifth of a longer list."""
MUCH = 3
"""People asked at one company from which on it may be much effort for a low rank."""

type Narrow = Callable[[CompanyQuerySet, User, dt.date], CompanyQuerySet]


class Effort(NamedTuple):
    """What was done on the whole list, and which places on it are high and low."""

    companies: int
    asked: int

    @classmethod
    def of(cls, owner: User) -> "Effort":
        return next((cls(*found) for found in rows_of(_effort, [owner.pk])), cls(0, 0))

    @property
    def high(self) -> int:
        """Up to this place."""
        return max(HIGH, self.companies // 5)

    @property
    def low(self) -> int:
        """Beyond this place."""
        return max(HIGH, self.companies // 2)

    @property
    def much(self) -> float:
        """So many people asked, or more."""
        return max(MUCH, 2 * self.asked / self.companies if self.companies else 0)


def _effort(numbers: Sequence[int]) -> Any:
    listed = Company.objects.owned_by(numbers[0]).on_the_list().order_by().values("owner")
    return listed.annotate(companies=Count("pk"), asked=Sum("asked_count")).values_list("companies", "asked")


def _where(**figures: int) -> Narrow:
    """A company that is paused asks for nothing."""
    return lambda rows, owner, today: rows.targets().filter(**figures)


def _no_effort(rows: CompanyQuerySet, owner: User, today: dt.date) -> CompanyQuerySet:
    top = Company.objects.owned_by(owner).on_the_list().in_lamp_order()[: Effort.of(owner).high]
    return rows.targets().filter(asked_count=0, motivation__gt=0, pk__in=top.values("pk"))


def _much_effort(rows: CompanyQuerySet, owner: User, today: dt.date) -> CompanyQuerySet:
    effort = Effort.of(owner)
    upper = Company.objects.owned_by(owner).on_the_list().in_lamp_order()[: effort.low]
    rows = rows.targets().filter(asked_count__gte=effort.much, talked_count=0)
    return rows.exclude(pk__in=upper.values("pk"))


GAPS: dict[str, tuple[object, Narrow]] = {
    "no_people": (_("No people yet"), _where(people_count=0)),
    "nobody_asked": (_("Nobody asked"), _where(people_count__gt=0, asked_count=0)),
    "all_silent": (_("All silent"), _where(asked_count__gt=0, connected_count=0)),
    "no_talk": (_("Connected, no talk"), _where(connected_count__gt=0, talked_count=0)),
    "one_talk": (_("Only one talk"), _where(talked_count=1)),
    "no_effort": (_("High rank, no effort"), _no_effort),
    "much_effort": (_("Low rank, much effort"), _much_effort),
}
"""Each with its words, and how a list is narrowed to it."""

SHARPER: dict[str, Narrow] = {}
"""What an app that knows more leaves out of a gap, by its name: those where something is under way."""


def narrowed(rows: CompanyQuerySet, gap: str, *, owner: User, today: dt.date) -> CompanyQuerySet:
    """The companies with that gap."""
    rows = GAPS[gap][1](rows, owner, today)
    return SHARPER[gap](rows, owner, today) if gap in SHARPER else rows

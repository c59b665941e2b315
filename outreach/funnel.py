"""The path from companies to interviews in numbers: how many came how far, and at what rate."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, JSONField, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.query import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.models import Company, TargetRole
from companies.sourcing import ENOUGH
from netjob.models import User
from outreach.models import Conversation, Interview, Request

COUNTERS = ("people", "asked", "answered", "connected", "talked", "referred")


@dataclass(frozen=True)
class Figure:
    label: str
    count: int
    rate: str
    """In words as short as "57%"; empty where there is nothing to compare with."""
    rate_means: str


@dataclass(frozen=True)
class Meter:
    label: str
    done: int
    target: int


@dataclass(frozen=True)
class Standing:
    """Where the search stands: the path, this week, and what an empty account lacks."""

    path: list[Figure]
    week: list[Meter]
    companies: int
    has_role: bool
    has_anybody: bool

    @property
    def is_empty(self) -> bool:
        return not (self.companies or self.has_anybody)

    @property
    def is_new(self) -> bool:
        return not (self.has_role and self.companies and self.has_anybody)


def standing(user: User, today: dt.date) -> Standing:
    """One query, over counters that are kept on the companies."""
    monday = today - dt.timedelta(days=today.weekday())
    companies = Company.objects.owned_by(user).on_the_list()
    all_of_them = Company.objects.owned_by(user).exclude(state=Company.State.SUGGESTED)
    counted = User.objects.filter(pk=user.pk).values("pk").annotate(
        companies=_count(companies),
        sums=_sums(all_of_them),
        interviews=_count(Interview.objects.owned_by(user).filter(day__lte=today)),
        roles=_count(TargetRole.objects.owned_by(user)),
        sent_this_week=_count(Request.objects.owned_by(user).filter(sent_on__range=(monday, today))),
        held_this_week=_count(Conversation.objects.owned_by(user).filter(held_on__range=(monday, today))),
    ).get()  # fmt: skip
    n: dict[str, Any] = {**counted, **(counted["sums"] or dict.fromkeys(COUNTERS, 0))}
    each = f"{n['people'] / n['companies']:.1f}" if n["companies"] else "0.0"
    path = [
        Figure(ngettext("company", "companies", n["companies"]), n["companies"], "", ""),
        Figure(
            ngettext("person found", "people found", n["people"]),
            n["people"],
            _("%(each)s each") % {"each": each} if each != "0.0" else "",
            _("a company"),
        ),
        Figure(
            ngettext("person asked", "people asked", n["asked"]),
            n["asked"],
            _rate(n["asked"], n["people"]),
            _("of the people found"),
        ),
        # Among the connected are some that I knew before: the rate is of those whom I wrote to.
        Figure(
            _("connected"),
            n["connected"],
            _rate(n["answered"], n["asked"]),
            _("of the people asked took it up"),
        ),
        Figure(_("talked to"), n["talked"], _rate(n["talked"], n["connected"]), _("of the people connected")),
        Figure(
            ngettext("referral", "referrals", n["referred"]),
            n["referred"],
            _rate(n["referred"], n["talked"]),
            _("of the people talked to"),
        ),
        Figure(
            ngettext("interview", "interviews", n["interviews"]),
            n["interviews"],
            _rate(n["interviews"], n["talked"]),
            _("of the people talked to"),
        ),
    ]
    week = [
        Meter(_("Companies on the list"), n["companies"], user.target_companies),
        Meter(_("Requests sent"), n["sent_this_week"], user.requests_a_week),
        Meter(_("Conversations held"), n["held_this_week"], user.conversations_a_week),
    ]
    return Standing(path, week, n["companies"], bool(n["roles"]), bool(n["people"]))


def _rate(part: int, whole: int) -> str:
    """A rate of twenty at least, for of fewer it says nothing, and only where the one may be a part of the other."""
    return f"{round(100 * part / whole)}%" if whole >= ENOUGH and part <= whole else ""


def _count(rows: QuerySet[Any]) -> Coalesce:
    return _aggregate(rows, Count("pk"))


def _sums(rows: QuerySet[Any]) -> Subquery:
    """The counters of all these companies, in one walk through them."""
    sums: dict[str, Any] = {name: Sum(f"{name}_count") for name in COUNTERS}
    grouped = rows.order_by().values("owner").annotate(sums=JSONObject(**sums)).values("sums")
    return Subquery(grouped, output_field=JSONField())


def _aggregate(rows: QuerySet[Any], aggregate: Any) -> Coalesce:
    """An aggregate of other rows as a column. Grouped by the owner, since all of them are one owner's."""
    grouped = rows.order_by().values("owner").annotate(figure=aggregate).values("figure")
    return Coalesce(grouped, Value(0), output_field=IntegerField())

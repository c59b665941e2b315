"""How far the search got at each company on the list, and in words where it has a gap.

The steps are the figures kept on the companies; only who is next, what is still waiting and which openings are
known is looked up, for the companies of one page.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from companies.models import Company, CompanyQuerySet, Opening
from contacts.models import Person
from netjob.models import User
from netjob.paging import Page, page_of
from outreach.agenda import cadence_of, calendar_of
from outreach.models import Conversation, Request

GAPS = {
    "": gettext_lazy("All companies"),
    "no_people": gettext_lazy("No people yet"),
    "nobody_asked": gettext_lazy("Nobody asked"),
    "no_answer": gettext_lazy("No answer yet"),
    "no_talk": gettext_lazy("Connected, no talk"),
    "one_talk": gettext_lazy("Only one talk"),
}
"""What the page can be narrowed to: kept figures, so that nothing is counted for it."""
HIGH = 10
"""The places at the top of the list where an effort is expected first; a fifth of a longer list."""
MUCH = 3
"""People asked at one company from which on it may be much effort for a low rank."""


class Gap(NamedTuple):
    sentence: str
    button: str
    url: str
    person: Person | None = None
    """Whom the button leads to, for those who hear it without seeing the row."""


@dataclass(frozen=True)
class Row:
    rank: int
    company: Company
    openings: int
    gap: Gap | None
    balance: str
    """Where rank and effort do not fit, in words."""


class Effort(NamedTuple):
    companies: int
    asked: int

    @property
    def average(self) -> float:
        return self.asked / self.companies if self.companies else 0


def narrowed(companies: CompanyQuerySet, gap: str) -> CompanyQuerySet:
    """The companies with that gap, by their kept figures."""
    of_gap = {
        "no_people": Q(people_count=0),
        "nobody_asked": Q(people_count__gt=0, asked_count=0),
        "no_answer": Q(asked_count__gt=0, connected_count=0),
        "no_talk": Q(connected_count__gt=0, talked_count=0),
        "one_talk": Q(talked_count=1),
    }
    return companies.filter(of_gap.get(gap, Q()))


def coverage(user: User, today: dt.date, *, gap: str = "", after: str = "") -> tuple[list[Row], Page, Effort]:
    """One page of the list in LAMP order, each company with its gap; and the effort on the whole list."""
    listed = Company.objects.owned_by(user).on_the_list()
    effort = Effort(**listed.aggregate(companies=Count("pk"), asked=Sum("asked_count", default=0)))
    found = page_of(narrowed(listed, gap).defer("notes", "search_text"), Company.LAMP_ORDER, after=after)
    return _rows(user, today, found, effort, is_whole_list=not gap), found, effort


def _rows(user: User, today: dt.date, found: Page, effort: Effort, *, is_whole_list: bool) -> list[Row]:
    pks = [company.pk for company in found]
    next_best = _next_best(user, pks)
    waiting = _waiting(user, today, pks)
    talks = Conversation.objects.owned_by(user).open().filter(person__company__in=pks)
    talking = set(talks.values_list("person__company", flat=True))
    openings = dict(
        Opening.objects.owned_by(user)
        .filter(company__in=pks)
        .exclude(state__in=[Opening.State.FILLED, Opening.State.CLOSED])
        .order_by()
        .values_list("company")
        .annotate(Count("pk"))
    )
    rows = []
    for rank, company in enumerate(found, found.first_number):
        gap = None
        if company.state == Company.State.TARGET:
            gap = _gap(
                company,
                next_best.get(company.pk),
                waits=company.pk in waiting,
                talks=company.pk in talking,
            )
        # Among the filtered a place says nothing of the rank.
        balance = _balance(company, rank, effort) if is_whole_list else ""
        rows.append(Row(rank, company, openings.get(company.pk, 0), gap, balance))
    return rows


def _next_best(user: User, companies: Iterable[int]) -> dict[int, Person]:
    """At each company the first of those found and not asked yet."""
    best = (
        Person.objects.filter(company=OuterRef("pk"), stage=Person.Stage.FOUND, in_play=True)
        .may_be_contacted()
        .order_by("pk")
    )
    chosen = Company.objects.filter(pk__in=companies).values(best=Subquery(best.values("pk")[:1]))
    people = Person.objects.owned_by(user).filter(pk__in=chosen).only("name", "company")
    return {person.company_id: person for person in people if person.company_id}


def _waiting(user: User, today: dt.date, companies: Iterable[int]) -> set[int]:
    """The companies where a request is out and the cadence still gives it time."""
    pending = Request.objects.owned_by(user).pending(today, calendar_of(user), cadence_of(user))
    return set(pending.filter(person__company__in=companies).values_list("person__company", flat=True))


def _gap(company: Company, best: Person | None, *, waits: bool, talks: bool) -> Gap | None:
    page = company.get_absolute_url()
    if not company.people_count:
        return Gap(_("Nobody found yet"), _("Find people"), f"{page}#searches")
    if company.talked_count:
        return None
    if company.connected_count:
        return None if talks else Gap(
            ngettext("%d connected, and no talk yet", "%d connected, and no talk yet", company.connected_count)
            % company.connected_count,
            _("Ask for a time"), f"{page}#people",
        )  # fmt: skip
    if not company.asked_count:
        sentence = ngettext(
            "%d person found, and not asked", "%d people found, and nobody asked", company.people_count
        )
        return _toward(best, sentence % company.people_count, page)
    if waits:
        return None
    silent = ngettext(
        "The one you asked is silent, which is normal",
        "All %d you asked are silent, which is normal",
        company.asked_count,
    )
    return _toward(best, silent % company.asked_count if company.asked_count > 1 else silent, page)


def _toward(best: Person | None, sentence: str, page: str) -> Gap:
    """On to the next person, or to looking for one."""
    if best is None:
        return Gap(
            _("%(gap)s; nobody is left to ask") % {"gap": sentence}, _("Find one more"), f"{page}#searches"
        )
    return Gap(
        _("%(gap)s; %(name)s is next") % {"gap": sentence, "name": best.name},
        _("Write a request"), reverse("outreach:request_add", args=[best.pk]), best,
    )  # fmt: skip


def _balance(company: Company, rank: int, effort: Effort) -> str:
    if company.state != Company.State.TARGET:
        return ""
    if rank <= max(HIGH, effort.companies // 5) and not company.asked_count and company.motivation:
        return _("High on your list, no effort yet")
    is_low = rank > max(HIGH, effort.companies / 2)
    if is_low and company.asked_count >= max(MUCH, 2 * effort.average) and not company.talked_count:
        return _("Much effort for its rank")
    return ""

"""How far the search got at each company on the list, and in words where it has a gap.

The steps are the figures kept on the companies; only who is next, what is still waiting, which searches were
opened and which openings are known is looked up, for the companies of one page.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any, ClassVar, NamedTuple

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from companies import gaps
from companies.gaps import Effort
from companies.lists import CompanyListing
from companies.models import Company, CompanyQuerySet, Opening, SearchVisit, TargetRole, TitleVariant
from contacts.models import Person
from netjob.addresses import address
from netjob.compiled import rows_of
from netjob.exports import Column
from netjob.lists import AT_ONCE
from netjob.models import User
from outreach.agenda import cadence_of, calendar_of
from outreach.cadence import Cadence, Calendar
from outreach.models import Conversation, Request


class Next(NamedTuple):
    """Whom to write to next at a company."""

    pk: int
    name: str


class Gap(NamedTuple):
    sentence: str
    button: str
    url: str
    person: Next | None = None
    """Whom the button leads to, for those who hear it without seeing the row."""
    finds: bool = False
    """Whether it is closed by searching."""


@dataclass(frozen=True)
class Row:
    rank: int
    company: Company
    openings: int
    gap: Gap | None
    balance: str
    """Where rank and effort do not fit, in words."""
    searched: str
    """How many of the searches for people were opened, in words."""


class CoverageListing(CompanyListing):
    """The list of companies once more: the same filters and orders, but what it shows is the gap."""

    page, name = "outreach:coverage", "outreach:coverage"
    title = gettext_lazy("Coverage")
    at_hand = ("gap", "q")
    state = None
    acts = ()
    columns = (
        Column(gettext_lazy("Company"), lambda row: row.company.name),
        Column(gettext_lazy("State"), lambda row: str(row.company.get_state_display())),
        Column(gettext_lazy("People"), lambda row: row.company.people_count),
        Column(gettext_lazy("Asked"), lambda row: row.company.asked_count),
        Column(gettext_lazy("Connected"), lambda row: row.company.connected_count),
        Column(gettext_lazy("Talked"), lambda row: row.company.talked_count),
        Column(gettext_lazy("Referrals"), lambda row: row.company.referred_count),
        Column(gettext_lazy("Openings"), lambda row: row.openings),
        Column(gettext_lazy("Gap"), lambda row: row.gap.sentence if row.gap else ""),
        Column(gettext_lazy("Rank and effort"), lambda row: row.balance),
        Column(gettext_lazy("Searched"), lambda row: row.searched),
    )

    SHOWN: ClassVar[tuple[str, ...]] = (
        "name", "state", "motivation",
        "people_count", "asked_count", "connected_count", "talked_count", "referred_count",
    )  # fmt: skip

    def of_a_page(self, rows: CompanyQuerySet) -> CompanyQuerySet:
        return self.shown_only(rows, *self.SHOWN)

    of_a_file = of_a_page

    def exported(self) -> Iterator["Row"]:
        """The rows with their gaps, looked up for each portion."""
        effort, first = Effort.of(self.owner), 1
        for some in batched(super().exported(), AT_ONCE):
            yield from self.covered(some, first, effort)
            first += len(some)

    def covered(self, companies: Sequence[Company], first: int, effort: Effort) -> list["Row"]:
        """Each company with its gap; the first of them has that place in the list."""
        pks = [company.pk for company in companies]
        around = _Around.of(self.owner, self.today, pks)
        next_best = _next_best(self.owner, pks)
        rows = []
        for place, company in enumerate(companies, first):
            gap = None
            if company.state == Company.State.TARGET:
                gap = _gap(
                    company,
                    next_best.get(company.pk),
                    waits=company.pk in around.waiting,
                    talks=company.pk in around.talking,
                )
            rows.append(
                Row(
                    place,
                    company,
                    around.openings[company.pk],
                    gap,
                    _balance(self, company, place, effort),
                    around.searched_in_words(company.pk) if gap and gap.finds else "",
                )
            )
        return rows


def _balance(listing: CoverageListing, company: Company, place: int, effort: Effort) -> str:
    """Where rank and effort do not fit: its place says so on the whole list, the filter on a part of it."""
    if company.state != Company.State.TARGET:
        return ""
    gap, is_rank = listing.chosen.get("gap"), listing.has_ranks
    idle = not company.asked_count and company.motivation
    if gap == "no_effort" or (is_rank and place <= effort.high and idle):
        return _("High on your list, no effort yet")
    busy = company.asked_count >= effort.much and not company.talked_count
    if gap == "much_effort" or (is_rank and place > effort.low and busy):
        return _("Much effort for its rank")
    return ""


@dataclass(frozen=True)
class _Around:
    """What is known around the companies of a page."""

    talking: set[int]
    waiting: set[int]
    """Where a request is out and the cadence still gives it time."""
    openings: Counter[int]
    visits: dict[int, list[str]]
    """The keys of the searches that were opened at each."""
    titles: list[str]

    @classmethod
    def of(cls, user: User, today: dt.date, companies: Sequence[int]) -> "_Around":
        """In one query: each is a few short rows, and apart they would be six."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        numbers = [user.pk, *companies]
        for kind, pk, text in rows_of(_everything, numbers, today, calendar_of(user), cadence_of(user)):
            found[kind].append((pk, text))
        visits: dict[int, list[str]] = defaultdict(list)
        for pk, key in found["visit"]:
            visits[pk].append(key)
        return cls(
            {pk for pk, _text in found["talk"]},
            {pk for pk, _text in found["waiting"]},
            Counter(pk for pk, _title in found["opening"]),
            visits,
            [title for _pk, title in found["title"]],
        )

    def searched_in_words(self, company: int) -> str:
        count = SearchVisit.people_searched(self.titles, self.visits.get(company, ()))
        return _("%(done)d of %(all)d searched") % count._asdict() if count.done else ""


def _everything(numbers: Sequence[int], today: dt.date, calendar: Calendar, waits: Cadence) -> Any:
    """The numbers are those of the owner and of the companies."""
    owner, *companies = numbers

    def rows(kind: str, found: Any, of: str, text: Any) -> Any:
        named = found.order_by().annotate(
            kind_of_row=Value(kind, CharField()), of_row=F(of), text_of_row=Cast(text, CharField())
        )
        return named.values_list("kind_of_row", "of_row", "text_of_row")

    def mine(model: Any) -> Any:
        return model.objects.owned_by(owner)

    def there(model: Any) -> Any:
        return model.objects.owned_as_well_by(owner)

    talks = there(Conversation).open().filter(person__company__in=companies)
    pending = there(Request).pending(today, calendar, waits).filter(person__company__in=companies)
    openings = there(Opening).open().filter(company__in=companies)
    visits = mine(SearchVisit).filter(company__in=companies, kind__in=SearchVisit.OF_PEOPLE)
    return rows("talk", talks, "person__company", Value("")).union(
        rows("waiting", pending, "person__company", Value("")),
        rows("opening", openings, "company", Value("")),
        rows("visit", visits, "company", SearchVisit.KEY),
        rows("title", mine(TargetRole), "pk", F("title")),
        rows("title", mine(TitleVariant), "role", F("title")),
        all=True,
    )


def _without_waiting(rows: CompanyQuerySet, owner: User, today: dt.date) -> CompanyQuerySet:
    """Silent is who had time to answer."""
    pending = Request.objects.owned_by(owner).pending(today, calendar_of(owner), cadence_of(owner))
    at = pending.filter(person__company__isnull=False).order_by().values("person__company")
    return rows.exclude(pk__in=at)


def _without_talks(rows: CompanyQuerySet, owner: User, today: dt.date) -> CompanyQuerySet:
    """A time is asked for, or a talk is to come."""
    talks = Conversation.objects.owned_by(owner).open().filter(person__company__isnull=False)
    return rows.exclude(pk__in=talks.order_by().values("person__company"))


def _without_the_next(rows: CompanyQuerySet, owner: User, today: dt.date) -> CompanyQuerySet:
    """The next one is asked already."""
    return _without_waiting(_without_talks(rows, owner, today), owner, today)


def sharpen_gaps() -> None:
    gaps.SHARPER.update(all_silent=_without_waiting, no_talk=_without_talks, one_talk=_without_the_next)


def _next_best(user: User, companies: Sequence[int]) -> dict[int, Next]:
    """At each company the first of those found and not asked yet."""
    # In two steps, the second by the keys alone: otherwise the database goes through everybody of the owner's.
    best = [pk for (pk,) in rows_of(_best, [user.pk, *companies]) if pk]
    return {company: Next(pk, name) for pk, name, company in rows_of(_names, best)}


def _best(numbers: Sequence[int]) -> Any:
    """The numbers are those of the owner and of the companies."""
    owner, *companies = numbers
    best = (
        Person.objects.owned_by(owner)
        .filter(company=OuterRef("pk"), stage=Person.Stage.FOUND, in_play=True)
        .may_be_contacted()
        .order_by("-review_score", "pk")
    )
    chosen = Company.objects.filter(pk__in=companies).annotate(best=Subquery(best.values("pk")[:1]))
    return chosen.values_list("best")


def _names(people: Sequence[int]) -> Any:
    return Person.objects.filter(pk__in=people).values_list("pk", "name", "company")


def _gap(company: Company, best: Next | None, *, waits: bool, talks: bool) -> Gap | None:
    page = company.get_absolute_url()
    if not company.people_count:
        return Gap(_("Nobody found yet"), _("Find people"), f"{page}#searches", finds=True)
    if company.talked_count:
        return None if company.talked_count > 1 or waits or talks else _second_talk(company, best, page)
    if company.connected_count:
        sentence = (
            ngettext(
                "%d connected, and no talk yet", "%d connected, and no talk yet", company.connected_count
            )
            % company.connected_count
        )
        if not company.asked_count:
            sentence = _("%(gap)s; you have not written to anybody there") % {"gap": sentence}
        return None if talks else Gap(sentence, _("Ask for a time"), f"{page}#people")
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


def _second_talk(company: Company, best: Next | None, page: str) -> Gap:
    """One person's word is one person's word: on to somebody found, known, or to be looked for."""
    sentence, known = _("Only one talk"), company.connected_count - company.talked_count
    if best is None and known > 0:
        more = ngettext("%(gap)s; %(n)d more is connected", "%(gap)s; %(n)d more are connected", known)
        return Gap(more % {"gap": sentence, "n": known}, _("Ask for a time"), f"{page}#people")
    return _toward(best, sentence, page)


def _toward(best: Next | None, sentence: str, page: str) -> Gap:
    """On to the next person, or to looking for one."""
    if best is None:
        return Gap(
            _("%(gap)s; nobody is left to ask") % {"gap": sentence}, _("Find one more"),
            f"{page}#searches", finds=True,
        )  # fmt: skip
    return Gap(
        _("%(gap)s; %(name)s is next") % {"gap": sentence, "name": best.name},
        _("Write a request"), address("outreach:request_add", best.pk), best,
    )  # fmt: skip

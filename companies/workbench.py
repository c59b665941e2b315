"""What a company's page shows around the company, and the searches for people and jobs that follow from it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from companies import linkedin_links
from companies.models import Company, CompanyLinkedIn, CompanyName, SearchVisit, TargetRole, TitleVariant
from companies.models.search_visit import IN_PLACE, Count
from companies.names import exact_key
from companies.visits import Search, opened
from netjob.compiled import rows_of
from netjob.ownership import OwnedModel

_NAME, _LED_TO, _ROLE, _VARIANT, _PLACE, _REMOTE, _VISIT = (
    Value(kind, output_field=CharField())
    for kind in ("name", "led_to", "role", "variant", "place", "remote", "visit")
)
_NEVER = Cast(Value(None), DateTimeField())
Kind = SearchVisit.Kind


@dataclass
class SearchedRole:
    """A target role as it is searched for: all its titles, its own first, and where."""

    title: str
    titles: list[str]
    place: str = ""
    remote: bool = False


@dataclass(frozen=True)
class Surroundings:
    """The short lists on a company's page."""

    aliases: list[str]
    pages: list[CompanyLinkedIn]
    led_to: list[tuple[int, str]]
    """Companies found from this one, as (pk, name)."""
    roles: list[SearchedRole]
    visits: dict[str, dt.datetime]
    """When each search here was last opened, by its key."""

    @classmethod
    def of(cls, company: Company) -> "Surroundings":
        """In one query: each is a few short texts, and apart they would be eight."""
        found: dict[str, list[tuple[int, str, dt.datetime | None]]] = defaultdict(list)
        roles: dict[int, SearchedRole] = {}
        for kind, of, pk, text, when in sorted(
            rows_of(_everything, [company.owner_id, company.pk]), key=itemgetter(2)
        ):
            found[kind].append((pk, text, when))
            if kind == "role":
                roles[pk] = SearchedRole(text, [text])
            elif kind in ("variant", "place", "remote"):
                found[f"{kind} of a role"].append((of, text, when))
        for role, title, _when in found["variant of a role"]:
            roles[role].titles.append(title)
        for role, place, _when in found["place of a role"]:
            roles[role].place = place
        for role, _title, _when in found["remote of a role"]:
            roles[role].remote = True
        own = exact_key(company.name)
        return cls(
            aliases=[name for _pk, name, _when in found["name"] if exact_key(name) != own],
            pages=[
                CompanyLinkedIn(pk=pk, kind=kind, value=value)
                for kind in CompanyLinkedIn.Kind.values
                for pk, value, _when in found[kind]
            ],
            led_to=[(pk, name) for pk, name, _when in found["led_to"]],
            roles=list(roles.values()),
            visits={
                key: when for _pk, key, when in sorted(found["visit"], key=lambda row: row[2] or 0) if when
            },
        )


def _everything(numbers: Sequence[int]) -> Any:
    owner, company = numbers

    def rows(kind: Any, of: str, text: Any, model: type[OwnedModel], when: Any = _NEVER, **which: Any) -> Any:
        found = model.objects.owned_by(owner).filter(**which).order_by()
        named = found.annotate(kind_of_row=kind, text_of_row=text, when=when)
        return named.values_list("kind_of_row", of, "pk", "text_of_row", "when")

    return rows(_NAME, "company", F("name"), CompanyName, company=company).union(
        rows(Cast("kind", CharField()), "company", F("value"), CompanyLinkedIn, company=company),
        rows(_LED_TO, "found_from", F("name"), Company, found_from=company),
        rows(_ROLE, "pk", F("title"), TargetRole),
        rows(_PLACE, "pk", F("place"), TargetRole),
        rows(_REMOTE, "pk", F("title"), TargetRole, remote=True),
        rows(_VARIANT, "role", F("title"), TitleVariant),
        rows(_VISIT, "company", SearchVisit.KEY, SearchVisit, F("opened_at"), company=company),
        all=True,
    )


@dataclass(frozen=True)
class Title:
    """One title: whom to look for by it, and which jobs."""

    people: Search
    closer: list[Search]
    """The same search, but only some of them."""
    jobs: list[Search]


@dataclass(frozen=True)
class Workbench:
    """The searches for each title of each role, and what they go `by`: "number", "page" or "name"."""

    by: str
    roles: dict[str, list[Title]]
    boards: list[Search]
    """Job boards that are searched by the company alone."""
    people_searched: Count
    """For how many titles people were looked for."""

    @classmethod
    def at(cls, company: Company, around: Surroundings) -> "Workbench":
        bench = _Bench(company, around)
        return cls(
            by=bench.by,
            roles={role.title: [bench.title(role, title) for title in role.titles] for role in around.roles},
            boards=[bench.everything(place) for place in dict.fromkeys(role.place for role in around.roles)],
            people_searched=SearchVisit.people_searched(
                (title for role in around.roles for title in role.titles), around.visits
            ),
        )

    @property
    def titles(self) -> Iterator[Title]:
        return (title for titles in self.roles.values() for title in titles)

    @property
    def jobs_searched(self) -> Count:
        """For how many titles a board was asked; one of two roles is one."""
        asked = {title.people.words: False for title in self.titles}
        for title in self.titles:
            asked[title.people.words] |= opened(title.jobs) > 0
        return Count(sum(asked.values()), len(asked))


class _Bench:
    """How a company is known on LinkedIn, and the searches that can be made of it."""

    def __init__(self, company: Company, around: Surroundings) -> None:
        self.name, self.visits = company.name, around.visits
        self.numbers = [page.value for page in around.pages if page.kind == CompanyLinkedIn.Kind.NUMERIC]
        self.page = next((page for page in around.pages if page.kind != CompanyLinkedIn.Kind.NUMERIC), None)
        self.by = "number" if self.numbers else "page" if self.page else "name"

    def opened(self, search: Search) -> Search:
        return search.as_opened(self.visits)

    def title(self, role: SearchedRole, title: str) -> Title:
        return Title(
            self.opened(Search(title, self._people(title), "LinkedIn", Kind.PEOPLE)),
            [self.opened(search) for search in self._closer(role, title)],
            [self.opened(search) for search in self._jobs(role, title)],
        )

    def everything(self, place: str) -> Search:
        """Indeed is asked for the company, and for no title."""
        words = " · ".join(filter(None, [_("All its jobs"), place]))
        url = linkedin_links.indeed_jobs(self.name, place)
        return self.opened(Search(words, url, "Indeed", Kind.JOBS_INDEED, place or "everywhere"))

    def _people(self, title: str, network: Iterable[str] = (), geo: Iterable[str] = ()) -> str:
        if self.numbers:
            return linkedin_links.people_search(title, self.numbers, network=network, geo=geo)
        if self.page:
            return linkedin_links.people_tab(self.page.value, title, kind=self.page.kind)
        return linkedin_links.people_search_by_name(title, self.name, network=network, geo=geo)

    def _closer(self, role: SearchedRole, title: str) -> Iterator[Search]:
        """By degree and place; a page's own tab of people has neither."""
        if self.by == "page":
            return
        yield Search(_("1st degree"), self._people(title, network="F"), "", Kind.PEOPLE_FIRST, title)
        yield Search(_("2nd degree"), self._people(title, network="S"), "", Kind.PEOPLE_SECOND, title)
        if place := linkedin_links.place_named(role.place):
            url = self._people(title, geo=[place.geo])
            yield Search(place.name, url, "", Kind.PEOPLE_PLACE, f"{title}{IN_PLACE}{place.name}")

    def _jobs(self, role: SearchedRole, title: str) -> Iterator[Search]:
        if not self.numbers:  # then by the name alone
            url = linkedin_links.jobs_anywhere(f"{title} {self.name}")
            yield Search(title, url, "LinkedIn", Kind.JOBS_LINKEDIN)
        else:
            linkedin = linkedin_links.jobs_search
            yield Search(title, linkedin(title, self.numbers), "LinkedIn", Kind.JOBS_LINKEDIN)
            yield Search(_("past week"), linkedin(title, self.numbers, past_week=True), "LinkedIn",
                         Kind.JOBS_LINKEDIN, f"{title} · past week")  # fmt: skip
            if role.remote:
                yield Search(_("remote"), linkedin(title, self.numbers, workplace="2"), "LinkedIn",
                             Kind.JOBS_LINKEDIN, f"{title} · remote")  # fmt: skip
        yield Search(title, linkedin_links.google_jobs(title, self.name), "Google", Kind.JOBS_GOOGLE)

"""The four ways of finding companies: the searches that each one opens, and what came of each."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies import linkedin_links
from companies.models import Company, CompanyLinkedIn, SearchVisit, TargetRole
from companies.visits import Search, opened
from netjob.models import User

ENOUGH = 20
"""People asked from which on a rate says something."""
Kind = SearchVisit.Kind


class Group(NamedTuple):
    heading: str
    searches: list[Search]

    @property
    def opened(self) -> int:
        """How many of its searches were opened once."""
        return opened(self.searches)

    def as_opened(self, visits: dict[str, dt.datetime]) -> "Group":
        return self._replace(searches=[search.as_opened(visits) for search in self.searches])


class Outcome(NamedTuple):
    """What came of the companies found in one way."""

    way: str
    label: str
    companies: int
    asked: int
    answered: int
    """Of those asked (`Person.was_asked`): whom I knew before and never wrote to is in neither."""
    talked: int

    @property
    def says_something(self) -> bool:
        return self.asked >= ENOUGH

    @property
    def rate(self) -> str:
        """How many of those asked took it up; nothing is said of a few."""
        return f"{round(100 * self.answered / self.asked)}%" if self.says_something else ""

    @property
    def place(self) -> tuple[float, int, int, str]:
        """The best rate first; where too few were asked for one, behind those that have it."""
        rate = self.answered / self.asked if self.says_something else -1
        return -rate, -self.answered, -self.companies, self.label


def outcomes(user: User) -> list[Outcome]:
    """Each way with the figures of its companies that are, or were, on the list; the best rate first."""
    rows = (
        Company.objects.owned_by(user)
        .exclude(state=Company.State.SUGGESTED)
        .order_by()
        .values_list("found_how")
        .annotate(
            Count("pk"),
            Sum("asked_count", default=0),
            Sum("answered_count", default=0),
            Sum("talked_count", default=0),
        )
    )
    labels: dict[str, Any] = dict(Company.FoundHow.choices)
    found = [Outcome(way, str(labels.get(way, way)), *figures) for way, *figures in rows]
    return sorted(found, key=lambda outcome: outcome.place)


def job_boards(roles: Iterable[TargetRole]) -> list[Group]:
    """For each role and place, and remote where the role may be: each of its titles on three boards."""
    groups = []
    for role in roles:
        places = [(role.place, False)] if role.place or not role.remote else []
        places += [("", True)] if role.remote else []
        for place, remote in places:
            heading = " · ".join(filter(None, [role.title, _("remote") if remote else place]))
            groups.append(Group(heading, _on_boards(role.titles(), place, remote=remote)))
    return groups


def _on_boards(titles: Iterable[str], place: str, *, remote: bool) -> list[Search]:
    searches = []
    for title in titles:
        wanted = f"{title} {_('remote')}" if remote else title
        about = f"{title} · {'remote' if remote else place}"
        linkedin = linkedin_links.jobs_anywhere(title, place, remote=remote)
        indeed = linkedin_links.indeed_jobs_anywhere(wanted, place)
        google = linkedin_links.google_jobs_anywhere(wanted, place)
        searches += [
            Search(title, linkedin, "LinkedIn", Kind.JOBS_LINKEDIN, about),
            Search(title, indeed, "Indeed", Kind.JOBS_INDEED, about),
            Search(title, google, "Google", Kind.JOBS_GOOGLE, about),
        ]
    return searches


def competitors(company: Company) -> Group:
    """Where the competitors of a company are named."""
    searches = []
    page = next((row for row in company.linkedin.all() if row.kind != CompanyLinkedIn.Kind.NUMERIC), None)
    if page:
        # LinkedIn shows "Pages people also viewed" beside it.
        words = _("Its page, and the pages viewed with it")
        searches.append(Search(words, page.url, "LinkedIn", Kind.PAGE, company.name))
    for words in (_("%(name)s competitors"), _("Companies like %(name)s")):
        asked = words % {"name": company.name}
        searches.append(Search(asked, linkedin_links.google_search(asked), "Google", Kind.WEB))
    if company.industry:
        searches += in_industry(company.industry, company.place).searches
    return Group(company.name, searches)


def in_industry(industry: str, place: str = "") -> Group:
    """Companies of an industry, in a place where one is given."""
    where = " ".join(filter(None, [industry, place]))
    listed = _("%(industry)s companies %(place)s") % {"industry": industry, "place": place}
    return Group(
        industry,
        [
            Search(where, linkedin_links.companies_search(where), "LinkedIn", Kind.COMPANIES),
            Search(listed.strip(), linkedin_links.google_search(listed.strip()), "Google", Kind.WEB),
        ],
    )


def near(place: str, industries: Iterable[str]) -> Group:
    """What is around a place, by industry where some are known."""
    wanted = [_("%(industry)s companies") % {"industry": industry} for industry in industries] or [
        _("companies")
    ]
    searches = []
    for words in wanted:
        around = _("%(what)s in %(place)s") % {"what": words, "place": place}
        searches.append(Search(around, linkedin_links.google_maps(around), _("map"), Kind.MAP))
    searches.append(Search(place, linkedin_links.open_street_map(place), "OpenStreetMap", Kind.MAP))
    return Group(place, searches)


def remote(roles: Iterable[TargetRole]) -> Group:
    """Companies that hire for remote work, by the titles of the roles."""
    titles = list(dict.fromkeys(title for role in roles for title in role.titles()))
    searches = [
        Search(
            title, linkedin_links.jobs_anywhere(title, remote=True), "LinkedIn", Kind.JOBS_LINKEDIN,
            f"{title} · remote",
        )
        for title in titles
    ]  # fmt: skip
    listed = _("companies that hire remotely")
    searches.append(Search(listed, linkedin_links.google_search(listed), "Google", Kind.WEB))
    return Group(_("Remote"), searches)


WAYS = {
    "job_board": (
        gettext_lazy("Job boards"),
        gettext_lazy("A company that ever posted a role like yours counts, even if the posting is old."),
        "companies:way_job_boards",
    ),
    "people_i_know": (
        gettext_lazy("People I know"),
        gettext_lazy("Where they work, somebody already speaks for you."),
        "companies:way_people",
    ),
    "competitor": (
        gettext_lazy("Competitors"),
        gettext_lazy("Take one company you like, and add those it competes with."),
        "companies:way_competitors",
    ),
    "near_me": (
        gettext_lazy("Near me or remote"),
        gettext_lazy("Look at the map around you, or at companies that hire remotely."),
        "companies:way_near_me",
    ),
}
"""The guide's four ways, by `Company.FoundHow`: what each is called, why it helps, and its page."""

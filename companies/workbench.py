"""The searches that a company's page offers: one for each title, as exact as its known pages allow."""

from collections.abc import Iterable
from typing import NamedTuple

from companies import linkedin_links
from companies.models import Company, CompanyLinkedIn, TargetRole


class Search(NamedTuple):
    title: str
    url: str


class Workbench(NamedTuple):
    """A search for each title of each role, and what they go `by`: "number", "page" or "name"."""

    by: str
    roles: list[tuple[TargetRole, list[Search]]]


def workbench(company: Company, pages: Iterable[CompanyLinkedIn], roles: Iterable[TargetRole]) -> Workbench:
    """`roles` come with their variants prefetched."""
    pages = sorted(pages, key=lambda page: page.kind != CompanyLinkedIn.Kind.SLUG)
    numbers = [page.value for page in pages if page.kind == CompanyLinkedIn.Kind.NUMERIC]
    page = next((page for page in pages if page.kind != CompanyLinkedIn.Kind.NUMERIC), None)

    def search(title: str) -> Search:
        if numbers:
            return Search(title, linkedin_links.people_search(title, numbers))
        if page:
            return Search(title, linkedin_links.people_tab(page.value, title, kind=page.kind))
        return Search(title, linkedin_links.people_search_by_name(title, company.name))

    by = "number" if numbers else "page" if page else "name"
    return Workbench(by, [(role, [search(title) for title in role.titles()]) for role in roles])

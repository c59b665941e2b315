"""Which searches were opened in the demo, and when: most at companies where people were found."""

import datetime as dt
from collections.abc import Iterator

from companies.models import Company, SearchVisit, TargetRole
from netjob.models import User

OF_THE_WAYS = (
    ("jobs_linkedin:Data Analyst · Dublin", 1),
    ("jobs_indeed:Data Analyst · Dublin", 4),
    ("jobs_google:Data Analyst · Dublin", 4),
    ("map:Logistics software companies in Dublin", 9),
    ("web:companies that hire remotely", 16),
)
"""Searches that lead to companies, and how many days ago they were opened."""


def open_searches(owner: User, now: dt.datetime) -> None:
    SearchVisit.objects.bulk_create(_visits(owner, now))


def _visits(owner: User, now: dt.datetime) -> Iterator[SearchVisit]:
    def visit(key: str, days: int, company: Company | None = None) -> SearchVisit:
        kind, _colon, words = key.partition(":")
        at = now - dt.timedelta(days=days, minutes=17 * days)
        return SearchVisit(owner=owner, company=company, kind=kind, words=words, opened_at=at)

    for key, days in OF_THE_WAYS:
        yield visit(key, days)
    roles = TargetRole.objects.owned_by(owner).prefetch_related("variants")
    titles = [title for role in roles for title in role.titles()]
    for number, company in enumerate(Company.objects.owned_by(owner).on_the_list().order_by("pk")):
        # Where nobody was found yet, a search or two were opened all the same.
        tried = min(len(titles), company.people_count) if company.people_count else number % 3
        for place, title in enumerate(titles[:tried]):
            yield visit(f"people:{title}", number % 12 + 5 * place + 1, company)
        if number % 4 == 0:
            yield visit(f"jobs_google:{titles[0]}", number % 9 + 1, company)

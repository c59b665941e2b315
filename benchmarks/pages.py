"""Which pages are measured, of what class each is, and what that class may cost."""

import re
from dataclasses import dataclass
from html import unescape

from django.db.models import Count
from django.test import Client
from django.urls import reverse

from companies.models import Company
from contacts.models import Person
from netjob.models import User


@dataclass(frozen=True)
class PageSpec:
    name: str
    goal: float
    """Most times the constant page that its median may take."""


PAGES = (
    PageSpec("companies", 8),
    PageSpec("companies, page 3", 8),
    PageSpec("people", 8),
    PageSpec("conversations", 8),
    PageSpec("Today", 10),
    PageSpec("outreach", 10),
    PageSpec("a company", 6),
    PageSpec("a person", 6),
)
GOALS = {page.name: page.goal for page in PAGES}


def addresses(owner: User, client: Client) -> dict[str, str]:
    """Where each page is in an account that `data.fill` has filled; the fullest company and person."""
    company = (
        Company.objects.owned_by(owner).targets().annotate(n=Count("openings")).order_by("-n", "-people_count", "pk")
    )
    person = Person.objects.owned_by(owner).filter(in_play=True).annotate(n=Count("messages")).order_by("-n", "pk")
    companies = reverse("companies:company_list")
    return {
        "companies": companies,
        "companies, page 3": further(client, further(client, companies)),
        "people": reverse("contacts:person_list"),
        "conversations": reverse("outreach:conversation_list"),
        "Today": reverse("outreach:today"),
        "outreach": reverse("outreach:request_list"),
        "a company": company[0].get_absolute_url(),
        "a person": person[0].get_absolute_url(),
    }


def further(client: Client, url: str) -> str:
    """The address that the page's link to more rows leads to; the page itself where there are no more."""
    link = re.search(r'href="([^"]*[?&;]after=[^"]*)"', client.get(url).content.decode())
    path = url.partition("?")[0]
    return f"{path}{unescape(link[1])}" if link and link[1].startswith("?") else unescape(link[1]) if link else url

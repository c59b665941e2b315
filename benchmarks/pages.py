"""Where the pages are that the benchmark asks for."""

import re
from html import unescape
from urllib.parse import urljoin

from django.db.models import Count
from django.test import Client
from django.urls import reverse

from companies.models import Company
from contacts.models import Person
from netjob.models import User


def addresses(owner: User, client: Client) -> dict[str, str]:
    """Where each page is in an account that `data.fill` has filled.

    The company and the person are those with whom the search came furthest: their pages show most.
    """
    targets = Company.objects.owned_by(owner).targets().annotate(n=Count("openings"))
    company = targets.order_by("-stage", "-n", "-people_count", "pk")
    people = Person.objects.owned_by(owner).filter(in_play=True).annotate(n=Count("messages"))
    person = people.order_by("-stage", "-n", "pk")
    companies = reverse("companies:company_list")
    return {
        "companies": companies,
        "companies, page 3": further(client, further(client, companies)),
        "people": reverse("contacts:person_list"),
        "conversations": reverse("outreach:conversation_list"),
        "Today": reverse("outreach:today"),
        "outreach": reverse("outreach:request_list"),
        "coverage": reverse("outreach:coverage"),
        "all silent": reverse("outreach:coverage") + "?gap=all_silent",
        "high rank, no effort": reverse("outreach:coverage") + "?gap=no_effort",
        "openings": reverse("companies:opening_list"),
        "employers of people I know": reverse("companies:way_people"),
        "a company": company[0].get_absolute_url(),
        "a person": person[0].get_absolute_url(),
        "search, as one types": reverse("netjob:search") + "?q=pri#found",
        "add, as one types": reverse("outreach:add") + "?text=Jonas+Okafor%2C+Data+Analyst#known",
    }


def further(client: Client, url: str) -> str:
    """The address that the page's link to more rows leads to; the page itself where there are no more."""
    link = re.search(r'href="([^"]*[?&;]after=[^"]*)"', client.get(url).content.decode())
    return urljoin(url, unescape(link[1])) if link else url

"""The link workbench: for every way of knowing a company, each generated link byte for byte."""

import pytest
from django.db import connection

from benchmarks.queries import recorded
from companies.workbench import Surroundings, Workbench
from tests.factories import CompanyFactory, CompanyLinkedInFactory, RoleFactory

PEOPLE = "https://www.linkedin.com/search/results/people/"
JOBS = "https://www.linkedin.com/jobs/search/"
WORLDWIDE = "geoId=92000000"


def bench(owner, *, name="Acme & Co", pages=(), title="R&D Lead", place="Germany", remote=True):
    company = CompanyFactory(owner=owner, name=name)
    for kind, value in pages:
        CompanyLinkedInFactory(owner=owner, company=company, kind=kind, value=value)
    RoleFactory(owner=owner, title=title, place=place, remote=remote)
    return Workbench.at(company, Surroundings.of(company))


TWO = (("numeric", "1441"), ("numeric", "10667"))
COMPANY = "currentCompany=%5B%221441%22%2C%2210667%22%5D&keywords=R%26D%20Lead&origin=FACETED_SEARCH"
GOOGLE = "https://www.google.com/search?q=R%26D+Lead+Acme+%26+Co+jobs&udm=8"
INDEED = "https://www.indeed.com/jobs?q=company%3A%22Acme+%26+Co%22&l=Germany"


@pytest.mark.parametrize(
    ("pages", "by", "people", "jobs"),
    [
        (
            TWO,
            "number",
            {
                "R&D Lead": f"{PEOPLE}?{COMPANY}",
                "1st degree": f"{PEOPLE}?{COMPANY}&network=%5B%22F%22%5D",
                "2nd degree": f"{PEOPLE}?{COMPANY}&network=%5B%22S%22%5D",
                "Germany": f"{PEOPLE}?{COMPANY}&geoUrn=%5B%22101282230%22%5D",
            },
            [
                f"{JOBS}?f_C=1441%2C10667&{WORLDWIDE}&keywords=R%26D%20Lead",
                f"{JOBS}?f_C=1441%2C10667&{WORLDWIDE}&keywords=R%26D%20Lead&f_TPR=r604800",
                f"{JOBS}?f_C=1441%2C10667&{WORLDWIDE}&keywords=R%26D%20Lead&f_WT=2",
                GOOGLE,
            ],
        ),
        (
            [("slug", "acme"), ("numeric", "1441")],
            "number",
            {
                "R&D Lead": f"{PEOPLE}?currentCompany=%5B%221441%22%5D&keywords=R%26D%20Lead&origin=FACETED_SEARCH",
            },
            [f"{JOBS}?f_C=1441&{WORLDWIDE}&keywords=R%26D%20Lead"],
        ),
        (
            [("slug", "acme")],
            "page",
            {"R&D Lead": "https://www.linkedin.com/company/acme/people/?keywords=R%26D%20Lead"},
            [f"{JOBS}?{WORLDWIDE}&keywords=R%26D%20Lead%20Acme%20%26%20Co", GOOGLE],
        ),
        (
            [("school", "mit")],
            "page",
            {"R&D Lead": "https://www.linkedin.com/school/mit/people/?keywords=R%26D%20Lead"},
            [],
        ),
        (
            [("showcase", "acme-labs")],
            "page",
            {"R&D Lead": "https://www.linkedin.com/showcase/acme-labs/people/?keywords=R%26D%20Lead"},
            [],
        ),
        (
            [],
            "name",
            {
                "R&D Lead": f"{PEOPLE}?keywords=R%26D%20Lead%20Acme%20%26%20Co",
                "1st degree": f"{PEOPLE}?keywords=R%26D%20Lead%20Acme%20%26%20Co&network=%5B%22F%22%5D",
                "2nd degree": f"{PEOPLE}?keywords=R%26D%20Lead%20Acme%20%26%20Co&network=%5B%22S%22%5D",
                "Germany": f"{PEOPLE}?keywords=R%26D%20Lead%20Acme%20%26%20Co&geoUrn=%5B%22101282230%22%5D",
            },
            [f"{JOBS}?{WORLDWIDE}&keywords=R%26D%20Lead%20Acme%20%26%20Co", GOOGLE],
        ),
    ],
)
def test_links_byte_for_byte(alice, pages, by, people, jobs):
    workbench = bench(alice, pages=pages)

    [title] = workbench.roles["R&D Lead"]
    found = {search.words: search.url for search in (title.people, *title.closer)}
    assert workbench.by == by
    assert found.items() >= people.items()
    assert by == "number" or found.keys() == people.keys()
    assert [search.url for search in title.jobs][: len(jobs)] == jobs
    assert [search.url for search in workbench.boards] == [INDEED]


def test_every_title_is_searched_at_its_own_place_once_for_all_boards(alice, django_assert_num_queries):
    company = CompanyFactory(owner=alice)
    RoleFactory(owner=alice, title="Data Analyst", place="Berlin").set_variants(["BI Analyst", "Reporting"])
    RoleFactory(owner=alice, title="Engineer", place="uk")
    RoleFactory(owner=alice, title="Modeller", place="Berlin")

    with django_assert_num_queries(1):
        workbench = Workbench.at(company, Surroundings.of(company))

    assert {role: [title.people.words for title in titles] for role, titles in workbench.roles.items()} == {
        "Data Analyst": ["Data Analyst", "BI Analyst", "Reporting"],
        "Engineer": ["Engineer"],
        "Modeller": ["Modeller"],
    }
    places = {title.people.words: [search.words for search in title.closer[2:]] for title in workbench.titles}
    assert places["Engineer"] == ["United Kingdom"]
    assert places["BI Analyst"] == [], "LinkedIn knows Berlin by a number that is not known here"
    assert [search.words for search in workbench.boards] == ["All its jobs · Berlin", "All its jobs · uk"]


def test_what_is_searched_has_a_key_of_its_own(alice):
    workbench = bench(alice, pages=TWO)

    searches = [
        search
        for title in workbench.titles
        for search in (title.people, *title.closer, *title.jobs, *workbench.boards)
    ]
    assert len({search.key for search in searches}) == len(searches) == 9


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_what_a_company_led_to_is_not_looked_for_among_all(alice):
    company = CompanyFactory(owner=alice)

    with recorded() as queries:
        Surroundings.of(company)

    assert any("company_led_to" in line for line in queries[0].plan()), queries[0].plan()

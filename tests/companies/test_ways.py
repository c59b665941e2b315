"""The four ways of finding companies: searches to open, the box beside them, and what came of each way."""

import datetime as dt
import uuid
from html import unescape

import pytest
from django.db import connection

from benchmarks.queries import recorded
from companies import linkedin_links, sourcing
from companies.models import Company, CompanyLinkedIn
from netjob.models import Activity
from tests.factories import CompanyFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.usefixtures("frozen")

PAGES = ["", "job-boards/", "people/", "competitors/", "near-me/"]


def read(client, way="", **query):
    return unescape(client.get(f"/companies/ways/{way}", query).content.decode())


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            linkedin_links.jobs_anywhere("Data Analyst", "Germany"),
            "https://www.linkedin.com/jobs/search/?geoId=101282230&keywords=Data%20Analyst",
        ),
        (
            linkedin_links.jobs_anywhere("Data Analyst", "Berlin"),
            "https://www.linkedin.com/jobs/search/?location=Berlin&keywords=Data%20Analyst",
        ),
        (
            linkedin_links.jobs_anywhere("Data Analyst", remote=True),
            "https://www.linkedin.com/jobs/search/?geoId=92000000&keywords=Data%20Analyst&f_WT=2",
        ),
        (
            linkedin_links.indeed_jobs_anywhere("C++ & Rust", "São Paulo"),
            "https://www.indeed.com/jobs?q=C%2B%2B+%26+Rust&l=S%C3%A3o+Paulo",
        ),
        (
            linkedin_links.google_jobs_anywhere("Data Analyst", "Berlin"),
            "https://www.google.com/search?q=Data+Analyst+Berlin+jobs&udm=8",
        ),
        (
            linkedin_links.companies_search('"Health" & care'),
            "https://www.linkedin.com/search/results/companies/?keywords=%22Health%22%20%26%20care",
        ),
        (
            linkedin_links.google_maps("Retail companies in Köln"),
            "https://www.google.com/maps/search/?api=1&query=Retail+companies+in+K%C3%B6ln",
        ),
    ],
)
def test_links_byte_for_byte(link, expected):
    assert link == expected


def test_job_boards_search_each_title_in_its_place_and_remote(alice_client, alice):
    role = RoleFactory(owner=alice, title="Data Analyst", place="Berlin", remote=True)
    role.set_variants(["BI Analyst"])

    groups = sourcing.job_boards([role])

    assert [group.heading for group in groups] == ["Data Analyst · Berlin", "Data Analyst · remote"]
    assert [(s.words, s.site) for s in groups[0].searches] == [
        (title, site) for title in ("Data Analyst", "BI Analyst") for site in ("LinkedIn", "Indeed", "Google")
    ]
    page = read(alice_client, "job-boards/")
    assert all(search.url in page for group in groups for search in group.searches)


def test_without_a_role_the_boards_ask_for_one(alice_client):
    assert "Say what you want to work as" in read(alice_client, "job-boards/")


def test_people_show_suggested_employers_the_best_known_first(alice_client, alice):
    for name, known in (("Few", 1), ("Many", 3)):
        company = CompanyFactory(owner=alice, name=name, state="suggested", listed_on=None)
        people = [PersonFactory(owner=alice, company=company) for _ in range(known)]
        for person in people:
            person.connect(on=dt.date(2026, 1, 5))
        people[0].settle(people)
    CompanyFactory(owner=alice, name="Listed")

    page = read(alice_client, "people/")

    assert page.index("Many") < page.index("3 people you know there") < page.index("Few")
    assert "Listed" not in page


def test_what_is_suggested_where_nobody_is_known_stands_by_itself(alice_client, alice):
    for n in range(52):
        CompanyFactory(owner=alice, name=f"Followed {n:02}", state="suggested", listed_on=None)
    known = CompanyFactory(owner=alice, name="Zeta", state="suggested", listed_on=None)
    PersonFactory(owner=alice, company=known).connect(on=dt.date(2026, 1, 5))
    known.people.all().advance()

    page = read(alice_client, "people/")
    assert page.index("Where people you know work") < page.index("Zeta") < page.index("Suggested otherwise")
    assert page.index("Suggested otherwise") < page.index("Followed 00")
    assert "Followed 51" not in page

    more = page.split('hx-get="/companies/ways/people/')[1].split('"')[0]
    rows = alice_client.get(
        f"/companies/ways/people/{more}", headers={"HX-Request": "true", "HX-Target": "others"}
    ).content.decode()
    assert "Followed 51" in rows
    assert "Zeta" not in rows


def test_one_click_puts_an_employer_on_the_list_and_stays(alice_client, alice):
    company = CompanyFactory(owner=alice, name="Figma", state="suggested", listed_on=None)

    answer = alice_client.post(f"/companies/{company.pk}/listing/?back=/companies/ways/people/")

    assert answer.url == "/companies/ways/people/"
    company.refresh_from_db()
    assert company.state == "target"


def test_that_click_is_taken_back_by_one_more(alice_client, alice):
    company = CompanyFactory(owner=alice, name="Figma", state="suggested", listed_on=None)

    page = alice_client.post(
        f"/companies/{company.pk}/listing/?back=/companies/ways/people/", follow=True
    ).content.decode()
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])

    company.refresh_from_db()
    assert (company.state, company.listed_on) == ("suggested", None)
    assert not Activity.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_employers_are_read_in_the_order_of_an_index(alice_client, alice):
    CompanyFactory(owner=alice, state="suggested", listed_on=None)

    with recorded() as queries:
        alice_client.get("/companies/ways/people/")

    listed = [query for query in queries if 'ORDER BY "companies_company"."connected_count"' in query.sql]
    assert len(listed) == 2, "those where somebody is known, and the others"
    for query in listed:
        assert "company_by_acquaintance" in " ".join(query.plan())
        assert "TEMP B-TREE" not in " ".join(query.plan())


def test_competitors_begin_with_a_company_of_mine(alice_client, alice):
    company = CompanyFactory(owner=alice, name="Figma", industry="Design tools")
    CompanyLinkedIn.objects.create(owner=alice, company=company, kind="slug", value="figma")

    page = read(alice_client, "competitors/", company="figma")

    assert "https://www.linkedin.com/company/figma/" in page
    assert "q=Figma+competitors" in page
    assert "keywords=Design%20tools" in page
    assert 'name="found_from" value="Figma"' in page


def test_competitors_begin_with_an_industry(alice_client):
    assert "q=Payments+companies" in read(alice_client, "competitors/", industry="Payments")


def test_a_company_that_is_not_mine_is_said_so(alice_client, bob):
    CompanyFactory(owner=bob, name="Figma")

    page = read(alice_client, "competitors/", company="Figma")

    assert "None of your companies has that name" in page
    assert "Figma+competitors" not in page


def test_near_me_begins_with_the_place_of_my_role(alice_client, alice):
    RoleFactory(owner=alice, title="Data Analyst", place="Lisbon")
    CompanyFactory(owner=alice, industry="Retail")

    page = read(alice_client, "near-me/")

    assert "query=Retail+companies+in+Lisbon" in page
    assert "openstreetmap.org/search?query=Lisbon" in page
    assert "keywords=Data%20Analyst&f_WT=2" in page
    assert "in+Porto" in read(alice_client, "near-me/", place="Porto")


def test_what_is_pasted_there_keeps_how_it_was_found(alice_client, alice):
    CompanyFactory(owner=alice, name="Figma")
    sent = {
        "lines": "Sketch\nPenpot",
        "found_how": "competitor",
        "found_from": "Figma",
        "submission": str(uuid.uuid4()),
    }

    answer = alice_client.post("/companies/add/?back=/companies/ways/competitors/%3Fcompany%3DFigma", sent)

    assert answer.url == "/companies/ways/competitors/?company=Figma"
    found = Company.objects.owned_by(alice).filter(name__in=["Sketch", "Penpot"])
    assert set(found.values_list("found_how", "found_from__name")) == {("competitor", "Figma")}


def test_what_is_pasted_beside_the_remote_searches_is_remote_until_it_is_taken_back(alice_client, alice):
    figma = CompanyFactory(owner=alice, name="Figma")
    sent = {"lines": "Sketch\nFigma", "found_how": "near_me", "remote": "on"}

    page = alice_client.post(
        "/companies/add/?back=/companies/ways/near-me/", sent, follow=True
    ).content.decode()

    assert 'name="remote"' in read(alice_client, "near-me/")
    assert 'name="remote"' not in read(alice_client, "job-boards/")
    assert set(Company.objects.values_list("name", "remote")) == {("Sketch", True), ("Figma", True)}
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])
    assert list(Company.objects.values_list("pk", "remote")) == [(figma.pk, False)]


def test_another_site_is_no_way_back(alice_client):
    sent = {"lines": "Sketch", "found_how": "other", "submission": str(uuid.uuid4())}

    assert alice_client.post("/companies/add/?back=https://evil.example/", sent).url == "/"


def test_a_company_that_somebody_i_found_led_to_counts_for_the_people_i_know(alice):
    assert {company.found_how for company in Company.suggest(alice.pk, ["Nord", "Süd"]).values()} == {
        "people_i_know"
    }


def test_what_came_of_each_way(alice_client, alice):
    board = CompanyFactory(owner=alice, found_how="job_board")
    Company.objects.filter(pk=board.pk).update(asked_count=25, answered_count=10, talked_count=4)
    known = CompanyFactory(owner=alice, found_how="people_i_know")
    Company.objects.filter(pk=known.pk).update(asked_count=2, answered_count=2, connected_count=90)
    CompanyFactory(owner=alice, found_how="job_board", state="suggested", listed_on=None)

    boards, people = sourcing.outcomes(alice)

    assert (boards.label, boards.companies, boards.asked, boards.rate) == ("Job board", 1, 25, "40%")
    assert (people.way, people.rate) == ("people_i_know", ""), "of two people nothing is claimed"
    assert "40%" in read(alice_client)
    assert read(alice_client).count("too few to tell") == 1


def test_the_ways_stand_by_their_rate_and_those_with_few_data_last(alice):
    def found(how, asked, answered):
        company = CompanyFactory(owner=alice, found_how=how)
        Company.objects.filter(pk=company.pk).update(asked_count=asked, answered_count=answered)

    found("job_board", 200, 40)
    found("competitor", 20, 10)
    found("other", 0, 0)
    found("near_me", 19, 19)

    ways = sourcing.outcomes(alice)

    assert [(way.way, way.rate) for way in ways] == [
        ("competitor", "50%"), ("job_board", "20%"), ("near_me", ""), ("other", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("way", PAGES)
def test_each_page_works_on_an_empty_account_and_is_only_read(alice_client, way):
    assert alice_client.get(f"/companies/ways/{way}").status_code == 200
    assert alice_client.post(f"/companies/ways/{way}").status_code == 405


@pytest.mark.parametrize("way", PAGES)
def test_no_page_shows_anothers(bob_client, alice, way):
    CompanyFactory(owner=alice, name="Alices own", industry="Alices trade", found_how="near_me")
    CompanyFactory(owner=alice, name="Alices friend", state="suggested", listed_on=None)
    RoleFactory(owner=alice, title="Alices role", place="Alices place")

    assert "Alices" not in read(bob_client, way)


@pytest.mark.parametrize("hostile", ["\0", "x" * 10_000, "<b>", "\ud800", "%00", "{{ 7 }}"])
def test_whatever_is_asked_for_gets_an_answer(alice_client, hostile):
    for way, name in (("competitors/", "company"), ("competitors/", "industry"), ("near-me/", "place")):
        page = alice_client.get(
            f"/companies/ways/{way}?{name}=" + hostile.encode("utf-8", "replace").decode()
        )
        assert page.status_code == 200
        assert b"<b></b>" not in page.content

"""Each search remembers when it was last opened: posted beside a plain link, or by a button the same day."""

import datetime as dt

import pytest

from companies.models import Company, SearchVisit
from tests.conftest import NINE_O_CLOCK
from tests.factories import CompanyFactory, RoleFactory, VisitFactory

pytestmark = pytest.mark.usefixtures("frozen")
BESIDE = {"HX-Request": "true"}
KEY = "people:Data Analyst"


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def figma(alice):
    RoleFactory(owner=alice, title="Data Analyst")
    return CompanyFactory(owner=alice, name="Figma")


def test_a_visit_that_a_script_posts_gets_no_page(alice_client, alice, figma):
    answer = alice_client.post(f"/companies/{figma.pk}/visits/", {"search": KEY}, headers=BESIDE)

    assert answer.status_code == 204
    visit = SearchVisit.objects.get()
    assert (visit.owner, visit.company, visit.key, visit.opened_at) == (alice, figma, KEY, NINE_O_CLOCK)


def test_without_scripts_a_button_says_so_and_comes_back_to_the_searches(alice_client, figma):
    page = alice_client.get(figma.get_absolute_url()).content.decode()
    assert f'<noscript><button class="button quiet small" form="visits" name="search" value="{KEY}">' in page
    assert f'<form hidden id="visits" method="post" action="/companies/{figma.pk}/visits/"' in page

    answer = alice_client.post(f"/companies/{figma.pk}/visits/", {"search": KEY})

    assert answer.url == f"/companies/{figma.pk}/#searches"


def test_opened_again_it_is_still_one(alice_client, figma, frozen):
    alice_client.post(f"/companies/{figma.pk}/visits/", {"search": KEY})
    frozen.shift(dt.timedelta(days=2))
    alice_client.post(f"/companies/{figma.pk}/visits/", {"search": KEY})

    assert SearchVisit.objects.get().opened_at == NINE_O_CLOCK + dt.timedelta(days=2)


def test_the_page_says_when_and_how_many(alice_client, alice, figma):
    RoleFactory(owner=alice, title="Analytics Engineer").set_variants(["BI Developer"])
    VisitFactory(owner=alice, company=figma, words="Data Analyst", opened_at="2026-11-22T13:05Z")
    VisitFactory(owner=alice, company=figma, words="No longer searched", opened_at="2026-11-22T13:05Z")

    page = text_of(alice_client.get(figma.get_absolute_url()))

    assert 'title="Sunday 22 November 2026, 14:05">opened yesterday</time>' in page
    assert "1 of 3 searched" in page


def test_a_search_stays_the_same_when_its_address_becomes_more_exact(alice_client, alice, figma):
    alice_client.post(f"/companies/{figma.pk}/visits/", {"search": KEY})
    figma.learn_linkedin("https://www.linkedin.com/company/1441/")

    page = text_of(alice_client.get(figma.get_absolute_url()))

    assert "currentCompany=%5B%221441%22%5D" in page
    assert "opened today" in page
    assert "1 of 1 searched" in page


@pytest.mark.parametrize("way", ["job-boards/", "near-me/", "competitors/?industry=Retail"])
def test_the_searches_of_the_ways_remember_it_too(alice_client, alice, figma, way):
    page = alice_client.get(f"/companies/ways/{way}")
    search = page.context["groups"][0].searches[0]
    assert "opened today</time>" not in page.content.decode()

    answer = alice_client.post(f"/companies/ways/visits/?back=/companies/ways/{way}", {"search": search.key})

    assert answer.url == f"/companies/ways/{way}"
    assert "opened today</time>" in alice_client.get(f"/companies/ways/{way}").content.decode()
    assert SearchVisit.objects.get().company is None


def test_in_a_place_and_remote_are_two_searches(alice_client, alice):
    RoleFactory(owner=alice, title="Data Analyst", place="Berlin", remote=True)
    first, second = alice_client.get("/companies/ways/job-boards/").context["groups"]

    keys = [search.key for group in (first, second) for search in group.searches]

    assert len(set(keys)) == len(keys) == 6


@pytest.mark.parametrize(
    "sent",
    ["", "people", "people:", "people: ", "nothing:Data Analyst", "people:" + "x" * 401, "people:a\0b"],
)
def test_what_is_no_search_is_refused(alice_client, figma, sent):
    for url in (f"/companies/{figma.pk}/visits/", "/companies/ways/visits/"):
        assert alice_client.post(url, {"search": sent}).status_code == 409
    assert not SearchVisit.objects.exists()


def test_nobody_marks_anothers(bob_client, alice, figma):
    assert bob_client.post(f"/companies/{figma.pk}/visits/", {"search": KEY}).status_code == 404
    assert not SearchVisit.objects.exists()


def test_it_is_only_posted(alice_client, figma):
    assert alice_client.get(f"/companies/{figma.pk}/visits/").status_code == 405
    assert alice_client.get("/companies/ways/visits/").status_code == 405


def test_when_two_become_one_the_later_visit_counts(alice, figma):
    other = CompanyFactory(owner=alice, name="Figma Ltd")
    for company, day in ((figma, 20), (other, 21)):
        SearchVisit.remember(alice, KEY, at=NINE_O_CLOCK.replace(day=day), company=company)

    figma.merge(other, on=dt.date(2026, 11, 23), chosen={})

    assert Company.objects.get().visits.order_by("-opened_at")[0].opened_at.day == 21
    SearchVisit.remember(alice, KEY, at=NINE_O_CLOCK, company=figma)
    assert set(figma.visits.values_list("opened_at", flat=True)) == {NINE_O_CLOCK}

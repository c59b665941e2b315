"""A view of a list, kept under a name: shown as a link, replaced by its name, deleted with a way back."""

import pytest

from netjob.models import SavedFilter
from tests.factories import CompanyFactory, SavedFilterFactory

PAGE = "companies:company_list"


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


def keep(client, name="Mine", query="state=paused", page=PAGE):
    return client.post("/filters/add/", {"page": page, "name": name, "query": query})


def test_a_view_is_kept_and_shown_above_its_list(alice_client, alice, figma):
    answer = keep(alice_client, "Paused in Dublin", "state=paused&place=Dublin")

    assert answer.url == "/companies/?state=paused&place=Dublin"
    page = alice_client.get(answer.url).content.decode()
    assert (
        'href="/companies/?state=paused&amp;place=Dublin" aria-current="page" dir="auto">Paused in Dublin</a>'
        in page
    )
    assert "Paused in Dublin" in alice_client.get("/companies/").content.decode()
    assert "Paused in Dublin" not in alice_client.get("/people/").content.decode()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("state=paused&after=abc&evil=1&owner__password=x", "state=paused"),
        ("stage=99&state=nonsense&q=figma", "q=figma"),
        ("sort=-name", "sort=-name"),
        ("remote=yes", "remote=yes"),
        ("sort=rank&q=", ""),
        ("q=%00a", "q=a"),
        ("", ""),
    ],
)
def test_only_what_the_list_knows_is_kept(alice_client, query, kept):
    keep(alice_client, query=query)

    assert SavedFilter.objects.get().query == kept


def test_the_same_name_replaces_says_so_and_can_be_undone(alice_client, alice):
    keep(alice_client, "Mine", "state=paused")
    answer = keep(alice_client, " Mine ", "state=dropped")

    assert SavedFilter.objects.get().query == "state=dropped"
    page = alice_client.get(answer.url).content.decode()
    assert "“Mine” now shows this view." in page
    undo = page.split('action="/changes/')[1].split('"')[0]
    alice_client.post(f"/changes/{undo}")
    assert SavedFilter.objects.get().query == "state=paused"


def test_the_same_name_on_another_list_is_another(alice_client):
    keep(alice_client, "Mine")
    keep(alice_client, "Mine", "in_play=yes", "contacts:person_list")

    assert SavedFilter.objects.count() == 2


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b"])
def test_a_name_that_cannot_be_kept_is_refused_in_words(alice_client, name):
    answer = keep(alice_client, name)

    assert answer.status_code == 422
    assert not SavedFilter.objects.exists()


def test_more_words_than_can_be_kept_are_refused(alice_client):
    answer = keep(alice_client, query="q=" + "%F0%9F%98%80" * 100)

    assert answer.status_code == 422
    assert "more words than can be kept" in answer.content.decode()


def test_a_list_that_there_is_not_is_not_found(alice_client):
    assert keep(alice_client, page="netjob:settings").status_code == 404


def test_it_is_forgotten_with_a_way_back(alice_client, alice, figma):
    row = SavedFilterFactory(owner=alice, name="Mine")

    answer = alice_client.post(f"/filters/{row.pk}/deletion/?back=/companies/")
    assert (answer.url, SavedFilter.objects.count()) == ("/companies/", 0)

    undo = alice_client.get("/companies/").content.decode().split('action="/changes/')[1].split('"')[0]
    alice_client.post(f"/changes/{undo}")
    assert SavedFilter.objects.get().name == "Mine"


def test_another_owner_sees_and_touches_none(bob_client, bob, alice):
    row = SavedFilterFactory(owner=alice, name="Secret view")
    CompanyFactory(owner=bob)

    assert "Secret view" not in bob_client.get("/companies/").content.decode()
    assert bob_client.post(f"/filters/{row.pk}/deletion/").status_code == 404
    keep(bob_client, "Secret view", "state=dropped")
    row.refresh_from_db()
    assert row.query == "state=paused"


def test_only_sending_keeps(alice_client):
    assert alice_client.get("/filters/add/").status_code == 405

"""Requests and conversations are found by the words of whom they are about, and narrowed to a company or a person."""

import re

import pytest

from tests.factories import CompanyFactory, ConversationFactory, PersonFactory, RequestFactory

pytestmark = pytest.mark.usefixtures("frozen")
LISTS = {"outreach": RequestFactory, "conversations": ConversationFactory}


@pytest.fixture
def people(alice):
    zabka, bolt = (CompanyFactory(owner=alice, name=name) for name in ("Żabka", "Bolt"))
    rows = [
        PersonFactory(owner=alice, name="Zoë Quist", role="Data Lead", company=zabka),
        PersonFactory(owner=alice, name="Jonas Okafor", role="Designer", company=zabka),
        PersonFactory(owner=alice, name="Mei Tan", role="Data Analyst", company=bolt),
    ]
    for factory in LISTS.values():
        for person in rows:
            factory(owner=alice, person=person)
    return rows


def shown(client, path, query=""):
    page = client.get(f"/{path}/{query}").content.decode()
    return re.findall(r'aria-label="Select ([^"]*)"', page)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=ZOE", ["Zoë Quist"]),
        ("?q=data", ["Mei Tan", "Zoë Quist"]),
        ("?q=zabka", ["Jonas Okafor", "Zoë Quist"]),
        ("?q=data+zabka", ["Zoë Quist"]),
        ("?q=%25", []),
        ("?q=nobody", []),
    ],
)
def test_words_find_by_name_role_and_company(path, query, names, alice_client, people):
    assert sorted(shown(alice_client, path, query)) == names


@pytest.mark.parametrize("path", LISTS)
def test_a_company_or_a_person_narrows_is_in_view_and_goes_with_a_link(path, alice_client, people):
    company, person = people[0].company, people[2]

    assert sorted(shown(alice_client, path, f"?company={company.pk}")) == ["Jonas Okafor", "Zoë Quist"]
    assert shown(alice_client, path, f"?person={person.pk}&q=data") == ["Mei Tan"]
    page = alice_client.get(f"/{path}/?person={person.pk}&q=data").content.decode()
    assert "Without “Mei Tan”" in page
    assert f'href="/{path}/?q=data" aria-label="Without' in page


@pytest.mark.parametrize("path", LISTS)
def test_another_owners_company_narrows_nothing_and_tells_nothing(path, bob, alice_client, people):
    theirs = CompanyFactory(owner=bob, name="Secret")

    assert len(shown(alice_client, path, f"?company={theirs.pk}")) == 3
    assert "Secret" not in alice_client.get(f"/{path}/?company={theirs.pk}").content.decode()


@pytest.mark.parametrize("path", LISTS)
def test_words_cost_no_query_more(path, alice_client, people, django_assert_num_queries):
    with django_assert_num_queries(4):
        alice_client.get(f"/{path}/?q=data")


def test_the_agenda_of_conversations_has_ticks_and_acts(alice, alice_client, people):
    page = alice_client.get("/conversations/").content.decode()

    assert "Waiting for a time" in page
    assert len(re.findall('name="row"', page)) == 3
    assert 'id="bulk"' in page
    assert 'data-many="%n ticked"' in page
    assert 'name="all"' not in page, "all of them are shown"


def test_where_the_agenda_shows_not_all_of_them_all_can_be_meant(alice, alice_client):
    person = PersonFactory(owner=alice)
    for _ in range(51):
        ConversationFactory(owner=alice, person=person, state="cancelled", cancelled_on="2026-11-01")

    page = alice_client.get("/conversations/").content.decode()

    assert 'name="all"' in page
    assert len(re.findall('name="row"', page)) == 50

"""Everybody I found: searched as one types, filtered, in pages by key."""

import datetime as dt

import pytest

from contacts.models import Person
from tests.factories import CompanyFactory, PersonFactory


def names(answer):
    return [person.name for person in answer.context["rows"].rows]


@pytest.fixture
def cast(alice):
    notion = CompanyFactory(owner=alice, name="Notion")
    figma = CompanyFactory(owner=alice, name="Figma")
    rows = [
        PersonFactory(owner=alice, company=notion, name="Priya Raman", role="Analytics Lead"),
        PersonFactory(
            owner=alice, company=figma, name="Zoë Krüger", role="Recruiter", kind="recruiter", picked_up=False
        ),
        PersonFactory(owner=alice, company=None, name="Jonas Okafor", role="", found_how="event"),
    ]
    rows[0].connect(on=dt.date(2026, 11, 3))
    Person.settle(rows)
    return rows


def test_an_empty_account_is_told_the_first_step(alice_client):
    page = alice_client.get("/people/").content.decode()

    assert "Nobody yet" in page
    assert 'href="/companies/"' in page
    assert 'id="q"' not in page


def test_people_are_in_order_of_their_names_with_role_company_and_stage(alice_client, cast):
    answer = alice_client.get("/people/")

    assert names(answer) == ["Jonas Okafor", "Priya Raman", "Zoë Krüger"]
    page = answer.content.decode()
    assert "<bdi>Analytics Lead</bdi> at <bdi>Notion</bdi>" in page
    assert '<span class="chip accent">Connected</span>' in page
    assert f'href="/people/{cast[0].pk}/"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("contact=no", ["Zoë Krüger"]), ("contact=yes", ["Jonas Okafor", "Priya Raman"])],
)
def test_whoever_is_not_to_be_contacted_is_found_apart(alice_client, cast, query, found):
    cast[1].refuse_contact(on=dt.date(2026, 11, 20))

    assert names(alice_client.get(f"/people/?{query}")) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=priya", ["Priya Raman"]),
        ("q=RAMAN+pri", ["Priya Raman"]),
        ("q=zoe+kruger", ["Zoë Krüger"]),
        ("q=recruit", ["Zoë Krüger"]),
        ("q=notion", ["Priya Raman"]),
        ("q=lead+notion", ["Priya Raman"]),
        ("q=lead+figma", []),
        ("q=%25", []),
        ("q=_", []),
        ("stage=2", ["Priya Raman"]),
        ("stage=0", ["Jonas Okafor", "Zoë Krüger"]),
        ("kind=recruiter", ["Zoë Krüger"]),
        ("stage=0&kind=peer", ["Jonas Okafor"]),
        ("found_how=event", ["Jonas Okafor"]),
        ("in_play=no", ["Zoë Krüger"]),
        ("in_play=yes&found_how=search", ["Priya Raman"]),
        ("sort=stage", ["Priya Raman", "Jonas Okafor", "Zoë Krüger"]),
        ("sort=-name", ["Zoë Krüger", "Priya Raman", "Jonas Okafor"]),
        ("sort=recent", ["Priya Raman", "Jonas Okafor", "Zoë Krüger"]),
        # What cannot be read counts as left out.
        ("stage=x&kind=y&sort=z&company=w&after=%00", ["Jonas Okafor", "Priya Raman", "Zoë Krüger"]),
        ("stage=99", ["Jonas Okafor", "Priya Raman", "Zoë Krüger"]),
        ("q=priya%00", ["Priya Raman"]),
    ],
)
def test_what_is_asked_for_is_found(alice_client, cast, query, found):
    assert names(alice_client.get(f"/people/?{query}")) == found


def test_the_people_of_one_company(alice_client, cast):
    answer = alice_client.get(f"/people/?company={cast[1].company_id}")

    assert names(answer) == ["Zoë Krüger"]
    assert "Everybody you found at Figma." in answer.content.decode()


def test_the_company_of_another_is_no_filter(bob_client, bob, cast):
    PersonFactory(owner=bob, name="Bo")

    answer = bob_client.get(f"/people/?company={cast[1].company_id}")

    assert names(answer) == ["Bo"]
    assert "Figma" not in answer.content.decode()


def test_nobody_matches_is_another_voice(alice_client, cast):
    page = alice_client.get("/people/?q=nobody-of-that-name").content.decode()

    assert "Nobody matches" in page
    assert "Clear the filters" in page
    assert 'value="nobody-of-that-name"' in page


def test_a_search_of_ten_thousand_letters_holds(alice_client, cast):
    assert alice_client.get("/people/", {"q": "a b " * 2_500}).status_code == 200


def test_pages_follow_by_key_with_the_filters_kept(alice_client, alice):
    company = CompanyFactory(owner=alice)
    for n in range(51):
        PersonFactory(owner=alice, company=company, name=f"Person {n:02}")
    PersonFactory(owner=alice, company=company, name="Other")

    for order in ("", "&sort=recent"):
        first = alice_client.get(f"/people/?q=person{order}")
        second = alice_client.get(first.context["more_url"])

        assert len(names(first)) == 50
        assert len(names(second)) == 1
        assert not set(names(first)) & set(names(second))
        assert not second.context["more_url"]


def test_htmx_gets_the_list_alone_or_more_rows(alice_client, cast):
    whole = alice_client.get(
        "/people/?q=priya", headers={"HX-Request": "true", "HX-Target": "results"}
    ).content.decode()
    rows = alice_client.get("/people/", headers={"HX-Request": "true", "HX-Target": "rows"}).content.decode()

    assert 'id="rows"' in whole
    assert 'type="search"' not in whole
    assert rows.lstrip().startswith("<li>")
    assert "<html" not in whole + rows


def test_who_must_not_be_contacted_is_marked(alice_client, cast, today):
    cast[0].refuse_contact(on=today)

    page = alice_client.get("/people/?q=priya").content.decode()

    assert '<span class="chip amber">Do not contact</span>' in page


def test_the_same_queries_for_ten_rows_and_for_twenty(alice_client, alice, django_assert_num_queries):
    counts = []
    for _ in range(2):
        for n in range(10):
            PersonFactory(owner=alice, name=f"Person {n}")
        with django_assert_num_queries(4) as seen:  # session, user, kept views, people
            alice_client.get("/people/?q=person")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_another_owners_people_are_not_shown(bob_client, cast):
    assert "Priya" not in bob_client.get("/people/?q=priya").content.decode()


def test_only_get(alice_client):
    assert alice_client.post("/people/").status_code == 405

"""Coverage: one row a company with every step, and its gap in words."""

import datetime as dt
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outreach.models import Conversation, Request
from tests.factories import CompanyFactory, OpeningFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")


def asked(person, on="2026-11-19"):
    request = Request.draft(person.owner, person, channel="email")
    request.write("Hello", subject="Hello")
    request.send(at=dt.datetime.fromisoformat(f"{on} 08:00+01:00"))
    return request


def at(owner, name, *people, **facts):
    """A company with people found there."""
    company = CompanyFactory(owner=owner, name=name, **facts)
    return [PersonFactory(owner=owner, company=company, name=name) for name in people]


def row_of(client, company, query=""):
    """What the page says of a company, as one line of text."""
    page = unescape(client.get(f"/coverage/{query}").content.decode())
    body = page[page.index('<tbody id="rows">') :] if '<tbody id="rows">' in page else ""
    row = next((row for row in body.split("<tr") if f">{company}</a>" in row), "")
    return " ".join(row.split())


def test_nobody_found(alice_client, alice):
    at(alice, "Linear")

    row = row_of(alice_client, "Linear")

    assert "Nobody found yet" in row
    assert "#searches" in row


def test_nobody_asked_names_who_is_first(alice_client, alice):
    first, _second = at(alice, "Figma", "Jonas", "Wei")
    first.settle([first])

    row = row_of(alice_client, "Figma")

    assert "2 people found, and nobody asked; Jonas is next" in row
    assert f"/people/{first.pk}/requests/add/" in row


def test_while_a_request_still_has_time_there_is_no_gap(alice_client, alice):
    (priya,) = at(alice, "Notion", "Priya")
    asked(priya)

    assert 'class="covered"' in row_of(alice_client, "Notion")


def test_all_silent_says_who_is_next(alice_client, alice):
    priya, omar, _lee = at(alice, "Notion", "Priya", "Omar", "Lee")
    for person in (priya, omar):
        request = asked(person, on="2026-10-01")
        request.messages.create(
            owner=alice, person=person, kind="follow_up", channel="email", text="Still?",
            sent_at=dt.datetime(2026, 10, 12, 8, tzinfo=dt.UTC), sent_on=dt.date(2026, 10, 12),
        )  # fmt: skip

    assert "All 2 you asked are silent, which is normal; Lee is next" in row_of(alice_client, "Notion")


def test_all_silent_and_nobody_left(alice_client, alice):
    (priya,) = at(alice, "Notion", "Priya")
    request = Request.draft(alice, priya, channel="invitation")
    request.send(at=dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC))

    row = row_of(alice_client, "Notion")

    assert "The one you asked is silent, which is normal; nobody is left to ask" in row
    assert "Find one more" in row


def test_connected_without_a_talk(alice_client, alice):
    (sam,) = at(alice, "Stripe", "Sam")
    sam.connect(on=dt.date(2026, 11, 20))
    sam.settle([sam])
    assert "1 connected, and no talk yet" in row_of(alice_client, "Stripe")

    Conversation.ask(sam, on=dt.date(2026, 11, 20))

    assert "no talk yet" not in row_of(alice_client, "Stripe"), "a time was asked for"


def test_openings_that_are_filled_do_not_count(alice_client, alice):
    company = CompanyFactory(owner=alice, name="Zalando")
    for state in ("posted", "rumoured", "filled"):
        OpeningFactory(owner=alice, company=company, state=state)

    assert ">2<" in row_of(alice_client, "Zalando")


def test_a_paused_company_asks_for_nothing(alice_client, alice):
    CompanyFactory(owner=alice, name="Datadog", state="paused", paused_on=dt.date(2026, 11, 1))

    assert "Nobody found" not in row_of(alice_client, "Datadog")


def test_rank_and_effort_that_do_not_fit(alice_client, alice):
    for n in range(10):
        at(alice, f"Dream {n}", "Somebody", motivation=3)
    people = at(alice, "Backwater", "A", "B", "C", "D")
    for person in people:
        asked(person)

    assert "High on your list, no effort yet" in row_of(alice_client, "Dream 0")
    assert "Much effort for its rank" in row_of(alice_client, "Backwater")
    assert "Much effort" not in row_of(alice_client, "Backwater", "?gap=no_answer"), "no rank among a part"


@pytest.mark.parametrize(
    ("gap", "shown"),
    [
        ("", ["Empty", "Found", "Asked", "Talked"]),
        ("no_people", ["Empty"]),
        ("nobody_asked", ["Found"]),
        ("no_answer", ["Asked"]),
        ("no_talk", []),
        ("one_talk", ["Talked"]),
        ("nonsense\0", ["Empty", "Found", "Asked", "Talked"]),
    ],
)
def test_a_gap_is_a_filter(alice_client, alice, gap, shown):
    at(alice, "Empty")
    (found,) = at(alice, "Found", "F")
    (wanted,) = at(alice, "Asked", "W")
    (talked,) = at(alice, "Talked", "T")
    found.settle([found])
    asked(wanted)
    Conversation.already_held(talked, on=dt.date(2026, 11, 20), mode="phone")

    companies = ["Empty", "Found", "Asked", "Talked"]
    page = alice_client.get("/coverage/", {"gap": gap}).content.decode()

    assert [name for name in companies if f">{name}</a>" in page] == shown


def test_an_empty_list_leads_to_the_first_companies(alice_client):
    page = alice_client.get("/coverage/").content.decode()

    assert "No company to cover yet" in page
    assert "Add your first companies" in page


def test_it_never_shows_anothers(bob_client, alice):
    at(alice, "Figma", "Jonas")

    assert "Figma" not in bob_client.get("/coverage/").content.decode()


def test_more_companies_cost_no_more_queries(alice_client, alice):
    def fill(n):
        for number in range(n):
            for person in at(alice, f"C{n}-{number}", "One", "Two")[:1]:
                asked(person)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert alice_client.get("/coverage/").status_code == 200
        return len(queries)

    fill(3)
    few = cost()
    fill(12)

    assert cost() == few <= 9


def test_reading_only(alice_client):
    assert alice_client.post("/coverage/").status_code == 405

"""Outreach: every request by how it stands, the newest first."""

import datetime as dt
from html import unescape

import pytest

from outreach.agenda import cadence_of, calendar_of
from outreach.models import Message, Request
from tests.factories import CompanyFactory, MessageFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")


def request_to(owner, name, *, sent=None, channel="invitation", hour=8):
    person = PersonFactory(owner=owner, company=CompanyFactory(owner=owner), name=name)
    row = Request.draft(owner, person, channel=channel)
    row.write("Hello")
    if sent:
        row.send(at=dt.datetime.combine(dt.date.fromisoformat(sent), dt.time(hour), tzinfo=owner.zone))
    return row


@pytest.fixture
def board(alice):
    """One of each kind, named after how it stands."""
    request_to(alice, "Dora Draft")
    request_to(alice, "Wendy Waiting", sent="2026-11-19")
    request_to(alice, "Ana Accepted", sent="2026-11-10").accept(on=dt.date(2026, 11, 12))
    request_to(alice, "Alf Answered", sent="2026-11-10").answer(on=dt.date(2026, 11, 12), text="Yes")
    request_to(alice, "Rita Resting", sent="2026-10-01")
    request_to(alice, "Dan Declined", sent="2026-11-10").decline(on=dt.date(2026, 11, 12))
    request_to(alice, "Will Withdrawn", sent="2026-11-10").withdraw(on=dt.date(2026, 11, 12))
    return ["Dora", "Wendy", "Ana", "Alf", "Rita", "Dan", "Will"]


def names_in(client, show, board):
    page = client.get(f"/outreach/?show={show}").content.decode()
    return [name for name in board if f">{name} " in page]


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("drafts", ["Dora"]),
        ("waiting", ["Wendy"]),
        ("accepted", ["Ana"]),
        ("answered", ["Alf"]),
        ("resting", ["Rita"]),
        ("closed", ["Dan", "Will"]),
        ("", ["Dora", "Wendy", "Ana", "Alf", "Rita", "Dan", "Will"]),
        ("nonsense", ["Dora", "Wendy", "Ana", "Alf", "Rita", "Dan", "Will"]),
    ],
)
def test_each_stands_where_it_belongs(alice_client, board, show, names):
    assert names_in(alice_client, show, board) == names


def test_it_is_narrowed_by_how_it_was_sent_and_turned_round(alice_client, alice):
    request_to(alice, "Ida Invited", sent="2026-11-18")
    request_to(alice, "Mo Messaged", sent="2026-11-19", channel="message")
    everybody = ["Ida", "Mo"]

    assert names_in(alice_client, "waiting&channel=message", everybody) == ["Mo"]
    page = alice_client.get("/outreach/?show=waiting&sort=oldest").content.decode()
    assert page.index("Ida Invited") < page.index("Mo Messaged")


def test_the_newest_come_first(alice_client, alice):
    request_to(alice, "Second", sent="2026-11-18")
    request_to(alice, "First", sent="2026-11-19")
    request_to(alice, "Third", sent="2026-11-17")

    page = alice_client.get("/outreach/?show=waiting").content.decode()

    assert page.index("First") < page.index("Second") < page.index("Third")


def test_a_row_says_since_when_and_offers_one_step(alice_client, board):
    page = unescape(alice_client.get("/outreach/").content.decode())

    assert "sent 2 business days ago" in page
    assert "accepted 12 November" in page
    assert "begun today" in page
    assert page.partition("<main")[2].count("button soft small") == len(board)
    assert 'They accepted<span class="visually-hidden">: Wendy Waiting</span>' in page


def test_accepted_from_the_list_leads_back_to_it(alice_client, alice):
    row = request_to(alice, "Wendy Waiting", sent="2026-11-19")
    page = alice_client.get("/outreach/?show=waiting").content.decode()
    assert f'action="/requests/{row.pk}/acceptance/?back=/outreach/%3Fshow%3Dwaiting"' in page

    answer = alice_client.post(f"/requests/{row.pk}/acceptance/?back=/outreach/%3Fshow%3Dwaiting")

    assert answer.url == "/outreach/?show=waiting"


def test_an_empty_account_is_told_the_first_step(alice_client):
    page = alice_client.get("/outreach/").content.decode()

    assert "Nobody is asked yet" in page
    assert "Choose somebody to write to" in page


def test_an_empty_tab_says_so_in_another_voice(alice_client, board):
    Request.objects.filter(state="draft").delete()

    page = alice_client.get("/outreach/?show=drafts").content.decode()

    assert "None of these just now" in page
    assert "See all requests" in page


def test_the_next_page_continues_where_this_one_ends(alice_client, alice):
    for number in range(55):
        request_to(alice, f"Person {number:02}", sent="2026-11-19")

    answer = alice_client.get("/outreach/?show=waiting")
    first, link = answer.content.decode(), answer.context["more_url"]
    rest = alice_client.get(link, headers={"HX-Request": "true", "HX-Target": "rows"}).content.decode()

    assert "<html" not in rest
    seen = [
        number
        for number in range(55)
        if (f">Person {number:02}<" in first) != (f">Person {number:02}<" in rest)
    ]
    assert len(seen) == 55


@pytest.mark.parametrize("after", ["nonsense", "WzEsMl0=", "💥"])
def test_a_key_that_cannot_be_read_gives_the_first_page(alice_client, board, after):
    assert alice_client.get("/outreach/", {"after": after}).status_code == 200


def test_names_are_text_whatever_their_script(alice_client, alice):
    request_to(alice, "<script>alert(1)</script>")
    request_to(alice, "ليلى حداد 🎉")

    page = alice_client.get("/outreach/").content.decode()

    assert "<script>alert" not in page
    assert "ليلى حداد 🎉" in page


def test_another_owner_sees_none(bob_client, board):
    assert names_in(bob_client, "", board) == []


def test_only_get(alice_client):
    assert alice_client.post("/outreach/").status_code == 405


def test_as_many_queries_for_many_as_for_few(alice_client, alice, board, django_assert_num_queries):
    shows = ["", "waiting", "resting", "drafts"]
    for show in shows:
        with django_assert_num_queries(4):
            alice_client.get(f"/outreach/?show={show}")
    for number in range(15):
        request_to(alice, f"Rita {number}", sent="2026-10-01")
        request_to(alice, f"Wendy {number}", sent="2026-11-19")
        request_to(alice, f"Dora {number}")
    for show in shows:
        with django_assert_num_queries(4):
            alice_client.get(f"/outreach/?show={show}")


# When it rests


def resting(alice, today):
    return set(
        Request.objects.resting(today, calendar_of(alice), cadence_of(alice)).values_list(
            "person__name", flat=True
        )
    )


@pytest.mark.parametrize(
    ("sent", "hour", "rests"),
    # Seven business days before Monday 23 November is Thursday 12; noon of the 11th counts as the 12th.
    [("2026-11-11", 8, True), ("2026-11-11", 12, True), ("2026-11-12", 8, True), ("2026-11-12", 12, False)],
)
def test_an_invitation_rests_on_the_seventh_business_day(alice, today, sent, hour, rests):
    request_to(alice, "Rita", sent=sent, hour=hour)

    assert (resting(alice, today) == {"Rita"}) is rests


def test_a_message_rests_only_after_its_follow_up(alice, today):
    row = request_to(alice, "Mia", sent="2026-09-01", channel="email")
    assert resting(alice, today) == set()

    MessageFactory(
        owner=alice, person=row.person, kind=Message.Kind.FOLLOW_UP,
        sent_on="2026-11-20", sent_at="2026-11-20T09:00:00Z",
    )  # fmt: skip

    assert resting(alice, today) == {"Mia"}


def test_days_away_do_not_count(alice, today):
    request_to(alice, "Rita", sent="2026-11-11")
    alice.away_from, alice.away_until = dt.date(2026, 11, 13), dt.date(2026, 11, 20)

    assert resting(alice, today) == set()


def test_without_a_cadence_nothing_rests_by_itself(alice, today):
    request_to(alice, "Rita", sent="2026-01-05")
    alice.cadence_on = False

    assert resting(alice, today) == set()

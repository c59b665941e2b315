"""All conversations: what is to be said, what comes, what is owed, what waits, and the past by month."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from outreach.models import Conversation
from tests.factories import ConversationFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")

URL = "/conversations/"
ON = dt.date(2026, 11, 2)
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


def named(owner, name):
    return PersonFactory(owner=owner, name=name, time_zone="America/New_York")


def scheduled(owner, name, at, **facts):
    return ConversationFactory(
        owner=owner, person=named(owner, name), state="scheduled", scheduled_on=ON, starts_at=at,
        wall_day=at.date(), wall_time=at.time(), zone="UTC", **facts,
    )  # fmt: skip


def held(owner, name, on, **facts):
    return ConversationFactory(owner=owner, person=named(owner, name), state="held", held_on=on, **facts)


def parts(page):
    """The names below each heading, in order."""
    return {
        heading: re.findall(r"<bdi>([^<]+)</bdi>(?!,? *<bdi>)", re.sub(r"</bdi>, <bdi>[^<]*", "", part))
        for heading, part in re.findall(
            r"<h2[^>]*>([^<]*)</h2>(.*?)(?=<h2|</main>)", page[: page.index("</main>") + 7], re.S
        )
    }


def test_an_empty_account_is_told_where_they_begin(alice_client):
    page = alice_client.get(URL).content.decode()

    assert "No conversations yet" in page
    assert "/people/" in page


def test_each_stands_where_it_needs_something(alice_client, alice):
    scheduled(alice, "Later", NOW + dt.timedelta(days=2))
    scheduled(alice, "Sooner", NOW + dt.timedelta(hours=2))
    scheduled(alice, "Over", NOW - dt.timedelta(days=1))
    held(alice, "Owed", ON)
    held(alice, "Done", ON, thanked_on=ON)
    ConversationFactory(owner=alice, person=named(alice, "Asked"))
    ConversationFactory(owner=alice, person=named(alice, "Writing"), mode="writing", questions_sent_on=ON)
    ConversationFactory(owner=alice, person=named(alice, "Cancelled"), state="cancelled", cancelled_on=ON)

    assert parts(alice_client.get(URL).content.decode()) == {
        "How did they go?": ["Over"],
        "Coming up": ["Sooner", "Later"],
        "To write up and thank for": ["Owed"],
        "Waiting for a time": ["Asked", "Writing"],
        "Past": ["Cancelled", "Done"],
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=held", ["Later", "Earlier"]),
        ("state=held&sort=oldest", ["Earlier", "Later"]),
        ("mode=phone", ["Asked", "Later"]),
        ("state=asked&mode=phone", ["Asked"]),
        ("sort=oldest", ["Earlier", "Later", "Asked"]),
    ],
)
def test_asked_for_by_state_or_mode_they_stand_in_one_list(alice_client, alice, query, names):
    held(alice, "Earlier", ON)
    held(alice, "Later", ON + dt.timedelta(days=1), mode="phone")
    ConversationFactory(owner=alice, person=named(alice, "Asked"), mode="phone")

    answer = alice_client.get(f"{URL}?{query}")

    assert [talk.person.name for talk in answer.context["rows"]] == names
    assert answer.content.decode().count('name="row"') == len(names)


def test_none_that_match_is_another_voice(alice_client):
    assert "No conversation matches" in alice_client.get(f"{URL}?state=no_show").content.decode()


def test_both_clocks_stand_on_what_is_coming_up(alice_client, alice):
    scheduled(alice, "Priya", dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC))

    page = alice_client.get(URL).content.decode()

    assert "04:00" in page
    assert "Tuesday 24 November · Mon 22:00 for them" in page


def test_the_day_is_that_of_my_zone(alice_client, alice):
    """23:30 UTC on Monday is Tuesday in Berlin."""
    scheduled(alice, "Priya", dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC))

    assert ">tomorrow</time> 00:30" in alice_client.get(URL).content.decode()


def test_the_past_stands_by_month_newest_first(alice_client, alice):
    for on in (dt.date(2026, 9, 30), dt.date(2026, 10, 1), dt.date(2026, 10, 31), dt.date(2025, 10, 5)):
        held(alice, f"On {on}", on, thanked_on=on)

    page = alice_client.get(URL).content.decode()

    assert re.findall("<h3>(.*?)</h3>", page) == ["October 2026", "September 2026", "October 2025"]
    assert parts(page)["Past"] == ["On 2026-10-31", "On 2026-10-01", "On 2026-09-30", "On 2025-10-05"]


def test_the_past_is_paged_and_htmx_adds_the_rest_under_the_same_month(alice_client, alice):
    for number in range(53):
        held(alice, f"Talk {number:02}", ON, thanked_on=ON)

    page = alice_client.get(URL).content.decode()
    more = re.search(r'href="(/conversations/\?after=[^"]+)"', page)[1].replace("&amp;", "&")
    added = alice_client.get(more, headers={"HX-Request": "true", "HX-Target": "past"}).content.decode()
    plain = alice_client.get(more).content.decode()

    assert len(parts(page)["Past"]) == 50
    assert re.findall("Talk ..", added.replace("visually-hidden", ""))[0] == "Talk 02"
    assert added.count("<h3>") == 0
    assert parts(plain)["Past"] == ["Talk 02", "Talk 01", "Talk 00"]
    assert plain.count("<h3>November 2026</h3>") == 1
    assert "show-more" not in added


def test_a_part_that_is_cut_says_so(alice_client, alice):
    for number in range(51):
        ConversationFactory(owner=alice, person=named(alice, f"Asked {number}"))

    page = alice_client.get(URL).content.decode()

    assert len(parts(page)["Waiting for a time"]) == 50
    assert "The first 50 are shown." in page


@pytest.mark.parametrize("after", ["x", "WzEsMF0=", "WzEsICIyMDI2LTk5LTk5IiwgMV0=", "\x00", "é"])
def test_a_page_key_that_cannot_be_read_gives_the_first_page(after, alice_client, alice):
    held(alice, "Done", ON, thanked_on=ON)

    assert "Done" in alice_client.get(URL, {"after": after}).content.decode()


def test_the_number_of_queries_does_not_grow(alice_client, alice, django_assert_num_queries):
    def fill(count):
        for number in range(count):
            scheduled(alice, f"S{number}", NOW + dt.timedelta(days=number - 3))
            held(alice, f"H{number}", ON)
            held(alice, f"D{number}", ON, thanked_on=ON)
            ConversationFactory(owner=alice)

    fill(5)
    with django_assert_num_queries(8):
        alice_client.get(URL)
    fill(10)
    with django_assert_num_queries(8):
        alice_client.get(URL)


def test_another_owner_sees_none(bob_client, alice):
    scheduled(alice, "Secret", NOW + dt.timedelta(days=2))
    held(alice, "Secret too", ON, thanked_on=ON)

    assert "Secret" not in bob_client.get(URL).content.decode()
    assert Conversation.objects.count() == 2


def test_only_get(alice_client):
    assert alice_client.post(URL).status_code == 405


@pytest.mark.parametrize(
    ("facts", "button"),
    [({}, "Confirm"), ({"confirmed_on": ON}, "Prepare"), ({"confirmed_on": ON, "prepared_on": ON}, "Open")],
)
def test_what_comes_up_offers_the_step_of_its_own_page(facts, button, alice_client, alice):
    scheduled(alice, "Mei", NOW + dt.timedelta(hours=5), **facts)

    page = alice_client.get(URL).content.decode()

    assert f'soft small" href="/conversations/{Conversation.objects.get().pk}/">{button}<' in page


def test_enter_the_time_leads_to_where_it_is_entered(alice_client, alice):
    talk = ConversationFactory(owner=alice, person=named(alice, "Mei"))

    page = alice_client.get(URL).content.decode()

    assert f'href="{reverse("outreach:conversation_schedule", args=[talk.pk])}">Enter the time' in page

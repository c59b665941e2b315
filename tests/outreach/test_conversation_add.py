"""Three ways to begin a conversation with a person: asked for, with a time, already held."""

import datetime as dt

import pytest

from netjob.models import Activity
from outreach.models import Conversation
from tests.factories import ConversationFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def priya(alice):
    return PersonFactory(owner=alice, name="Priya Raman", time_zone="America/New_York", prefers="phone")


def url(person):
    return f"/people/{person.pk}/conversations/add/"


ASKED = {"way": "asked", "asked-on": "2026-11-20", "asked-mode": "video"}
TIME = {
    "way": "scheduled",
    "scheduled-wall_day": "2026-11-24",
    "scheduled-wall_time": "10:00",
    "scheduled-zone": "America/New_York",
    "scheduled-minutes": "30",
    "scheduled-mode": "phone",
    "scheduled-place": "+1 212 555 0100",
}
HELD = {"way": "held", "held-on": "2026-11-19", "held-mode": "in_person", "held-notes": "At the meet-up."}


def test_the_page_offers_three_ways_in_the_way_they_prefer(alice_client, priya):
    page = alice_client.get(url(priya)).content.decode()

    for heading in ("I asked them for a time", "We have a time", "We already talked"):
        assert f">{heading}</h2>" in page
    assert page.count('<option value="phone" selected>') == 3


def test_asked_for_a_time(alice_client, priya):
    answer = alice_client.post(url(priya), ASKED, follow=True)

    talk = Conversation.objects.get()
    assert (talk.state, talk.asked_on, talk.mode) == ("asked", dt.date(2026, 11, 20), "video")
    assert "You asked Priya Raman for a time." in answer.content.decode()
    assert [row.aim for row in talk.questions.all()] == ["role", "team", "openings", "referral"]


def test_a_time_is_agreed_on_in_one_step_and_both_clocks_are_said(alice_client, priya):
    answer = alice_client.post(url(priya), TIME, follow=True)

    talk = Conversation.objects.get()
    assert (talk.state, talk.minutes, talk.mode, talk.place) == ("scheduled", 30, "phone", "+1 212 555 0100")
    assert talk.starts_at == dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC)
    assert (talk.wall_time, talk.zone) == (dt.time(10), "America/New_York")
    assert (
        "You talk with Priya Raman on Tuesday 24 November, 16:00 (10:00 for them)." in answer.content.decode()
    )


def test_one_that_was_held_is_written_down_at_once(alice_client, priya):
    alice_client.post(url(priya), HELD)

    talk = Conversation.objects.get()
    assert (talk.state, talk.held_on, talk.notes) == ("held", dt.date(2026, 11, 19), "At the meet-up.")
    priya.refresh_from_db()
    assert priya.get_stage_display() == "Talked"


@pytest.mark.parametrize("form", [ASKED, TIME, HELD], ids=["asked", "scheduled", "held"])
def test_the_same_form_sent_twice_acts_once(form, alice_client, priya):
    form = form | {"submission": "7e1cbb0b-2b1d-4f0e-9b0e-0a7b6f3f2a11"}

    first, second = alice_client.post(url(priya), form), alice_client.post(url(priya), form)

    assert first.url == second.url
    assert Conversation.objects.count() == 1
    assert Activity.objects.exclude(verb="found").count() == 1


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (ASKED | {"asked-on": "2026-11-24"}, "That day is still to come"),
        (HELD | {"held-on": "2026-11-24"}, "That day is still to come"),
        (ASKED | {"asked-mode": "pigeon"}, "Select a valid choice"),
        (TIME | {"scheduled-mode": "writing"}, "Select a valid choice"),
        (TIME | {"scheduled-wall_day": "2026-11-22"}, "That time has passed. If you talked already, say so"),
        (
            TIME
            | {
                "scheduled-wall_day": "0001-01-01",
                "scheduled-wall_time": "01:00",
                "scheduled-zone": "Asia/Tokyo",
            },
            "another year",
        ),
        (TIME | {"scheduled-wall_day": "9999-12-31"}, "more than two years away"),
        (TIME | {"scheduled-wall_day": "yesterday"}, "Enter a valid date"),
        (TIME | {"scheduled-zone": "Mars/Olympus"}, "Select a valid choice"),
        (TIME | {"scheduled-minutes": "0"}, "greater than or equal to 5"),
        (TIME | {"scheduled-minutes": "100000"}, "less than or equal to 480"),
        (TIME | {"scheduled-place": "javascript:alert(1)"}, "Only addresses that begin with https://"),
        (TIME | {"scheduled-place": "x" * 501}, "at most 500 characters"),
        (HELD | {"held-notes": "x" * 20_001}, "at most 20000 characters"),
        (HELD | {"held-notes": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_bad_input_names_the_field_and_keeps_what_was_typed(form, sentence, alice_client, priya):
    answer = alice_client.post(url(priya), form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert Conversation.objects.count() == 0
    kept = {"asked": "2026-11-2", "scheduled": "America/New_York", "held": "2026-11-"}[form["way"]]
    assert kept in page


def test_a_way_that_is_none_is_no_server_error(alice_client, priya):
    assert alice_client.post(url(priya), {"way": "pigeon"}).status_code == 422
    assert alice_client.post(url(priya), {}).status_code in (200, 422)
    assert Conversation.objects.count() == 0


def test_a_second_open_one_is_refused_but_an_earlier_talk_can_be_written_down(alice_client, alice, priya):
    standing = ConversationFactory(owner=alice, person=priya)

    page = alice_client.get(url(priya)).content.decode()
    refused = alice_client.post(url(priya), ASKED)
    alice_client.post(url(priya), HELD)

    assert standing.get_absolute_url() in page
    assert refused.status_code == 422
    assert "A conversation with Priya Raman is already asked for." in refused.content.decode()
    assert Conversation.objects.filter(state="held").count() == 1


def test_who_is_not_to_be_contacted_is_not_asked(alice_client, priya):
    priya.refuse_contact(on=dt.date(2026, 11, 2))

    answer = alice_client.post(url(priya), ASKED)

    assert answer.status_code == 422
    assert "do not contact" in answer.content.decode()


def test_a_clash_is_said_and_not_refused(alice_client, alice, priya):
    other = PersonFactory(owner=alice, name="Jonas Okafor")
    alice_client.post(url(other), TIME)

    page = alice_client.post(url(priya), TIME, follow=True).content.decode()

    assert "At that time you also talk with Jonas Okafor." in page
    assert Conversation.objects.filter(state="scheduled").count() == 2


def test_a_name_from_anywhere_is_shown_as_text(alice_client, alice):
    person = PersonFactory(owner=alice, name='<script>alert("x")</script> سارة 👩‍💻', place="<b>")

    page = alice_client.get(url(person)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_another_owners_person_is_not_found(bob_client, priya):
    assert bob_client.get(url(priya)).status_code == 404
    assert bob_client.post(url(priya), ASKED).status_code == 404
    assert Conversation.objects.count() == 0


def test_only_get_and_post(alice_client, priya):
    assert alice_client.put(url(priya)).status_code == 405

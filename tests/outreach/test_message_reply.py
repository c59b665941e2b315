"""What they wrote: kept word for word, and an answer to the request that waits for one."""

import datetime as dt

import pytest

from netjob.models import Activity
from outreach.models import Message, Request
from tests.factories import ConversationFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def jonas(alice):
    return PersonFactory(owner=alice, name="Jonas Okafor")


@pytest.fixture
def url(jonas):
    return f"/people/{jonas.pk}/replies/add/"


def waiting_request(jonas, accepted=False):
    row = Request.draft(jonas.owner, jonas, channel="invitation")
    row.send(at=dt.datetime(2026, 11, 16, 8, tzinfo=dt.UTC))
    if accepted:
        row.accept(on=dt.date(2026, 11, 17))
    return row


GOOD = {"channel": "message", "text": "Happy to talk", "reply_kind": "positive", "on": "2026-11-20"}


@pytest.mark.parametrize("accepted", [False, True])
def test_it_answers_the_request_that_waits(alice_client, jonas, url, accepted):
    row = waiting_request(jonas, accepted)

    page = alice_client.post(url, GOOD, follow=True).content.decode()

    row.refresh_from_db()
    assert (row.state, str(row.answered_on)) == ("answered", "2026-11-20")
    assert row.messages.get(kind="reply").text == "Happy to talk"
    assert "the request counts as answered" in page


def test_without_a_request_it_is_just_kept(alice_client, jonas, url):
    alice_client.post(url, GOOD)

    message = Message.objects.get()
    assert (message.direction, message.request, message.text) == ("in", None, "Happy to talk")
    assert message.sent_at == dt.datetime(2026, 11, 20, 12, tzinfo=jonas.owner.zone)
    line = Activity.objects.get(person_uid=jonas.uid)
    assert (line.title, line.text) == ("They wrote", "Happy to talk")
    jonas.refresh_from_db()
    assert str(jonas.last_contact_on) == "2026-11-20"


def test_it_belongs_to_the_conversation_that_is_open(alice_client, alice, jonas, url):
    talk = ConversationFactory(owner=alice, person=jonas)

    alice_client.post(url, GOOD)

    assert Message.objects.get().conversation == talk


def test_an_answered_request_stays_answered(alice_client, jonas, url):
    row = waiting_request(jonas)
    row.answer(on=dt.date(2026, 11, 18), text="First")

    alice_client.post(url, GOOD)

    row.refresh_from_db()
    assert str(row.answered_on) == "2026-11-18"
    assert Message.objects.filter(kind="reply").count() == 2


def test_an_answer_of_the_same_day_comes_after_what_it_answers(alice_client, jonas, url, frozen):
    row = Request.draft(jonas.owner, jonas, channel="message")
    row.write("May I ask you something?")
    frozen.move_to(dt.datetime(2026, 11, 23, 14, tzinfo=dt.UTC))
    alice_client.post(f"/requests/{row.pk}/sending/")
    frozen.shift(3600)

    alice_client.post(url, GOOD | {"on": "2026-11-23"})

    said = row.messages.in_order()
    assert [message.text for message in said] == ["May I ask you something?", "Happy to talk"]
    assert said.last().sent_at == dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["Hello Jonas", ""])
def test_entered_on_a_later_day_it_comes_after_what_it_answers_too(alice_client, jonas, url, text):
    row = Request.draft(jonas.owner, jonas, channel="invitation")
    row.write(text)
    row.send(at=dt.datetime(2026, 11, 20, 16, tzinfo=dt.UTC))

    alice_client.post(url, GOOD)

    assert row.messages.in_order().last().text == "Happy to talk"
    assert row.messages.get(kind="reply").sent_at == row.sent_at


def test_an_automatic_note_answers_nothing(alice_client, jonas, url):
    row = waiting_request(jonas)

    alice_client.post(url, GOOD | {"reply_kind": "out_of_office"})

    row.refresh_from_db()
    assert row.state == "sent"
    assert Message.objects.get(kind="reply").request == row


def test_before_it_was_asked_is_refused_and_the_words_kept(alice_client, jonas, url):
    waiting_request(jonas)

    answer = alice_client.post(url, GOOD | {"on": "2026-11-01"})

    assert answer.status_code == 422
    assert "The step before this one was on" in answer.content.decode()
    assert "Happy to talk" in answer.content.decode()
    assert not Message.objects.filter(kind="reply").exists()


# Rather not

RATHER_NOT = GOOD | {"reply_kind": "negative", "text": "I would rather not"}


@pytest.mark.parametrize("accepted", [False, True])
def test_rather_not_declines_the_request_that_waits(alice_client, jonas, url, accepted):
    row = waiting_request(jonas, accepted)

    page = alice_client.post(url, RATHER_NOT, follow=True).content.decode()

    row.refresh_from_db()
    assert (row.state, str(row.declined_on), row.answered_on) == ("declined", "2026-11-20", None)
    assert row.messages.get(kind="reply").text == "I would rather not"
    assert "the request counts as declined" in page
    jonas.refresh_from_db()
    assert bool(jonas.connected_on) == accepted


def test_rather_not_after_a_first_answer_declines_it_and_keeps_that_answer(alice_client, jonas, url):
    row = waiting_request(jonas)
    row.answer(on=dt.date(2026, 11, 18), text="Perhaps")

    alice_client.post(url, RATHER_NOT)
    row.refresh_from_db()
    assert row.state == "declined"

    row.undo_move(on=dt.date(2026, 11, 23))
    assert row.state == "answered"
    assert [reply.text for reply in row.messages.filter(kind="reply")] == ["Perhaps"]


def test_rather_not_in_a_conversation_declines_no_request(alice_client, alice, jonas, url):
    row = waiting_request(jonas)
    row.answer(on=dt.date(2026, 11, 18), text="Gladly")
    talk = ConversationFactory(owner=alice, person=jonas)

    alice_client.post(url, RATHER_NOT)

    row.refresh_from_db()
    assert row.state == "answered"
    assert Message.objects.get(text="I would rather not").conversation == talk


def test_the_form_says_what_each_does(alice_client, url):
    assert "“Rather not” declines your request" in alice_client.get(url).content.decode()


@pytest.mark.parametrize(
    "more",
    [{"on": "2026-11-24"}, {"on": "soon"}, {"text": "a\x00b"}, {"text": "x" * 20_001}, {"reply_kind": "hm"},
     {"channel": "invitation"}],
)  # fmt: skip
def test_bad_input_is_an_error_in_words(alice_client, url, more):
    answer = alice_client.post(url, GOOD | more)

    assert answer.status_code == 422
    assert "Please look at this" in answer.content.decode()
    assert not Message.objects.exists()


def test_their_words_are_text(alice_client, jonas, url):
    alice_client.post(url, GOOD | {"text": "<img src=x onerror=alert(1)> مرحبا"})

    page = alice_client.get(f"/messages/{Message.objects.get().pk}/").content.decode()
    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_another_owners_person_is_not_found(bob_client, url):
    assert bob_client.get(url).status_code == 404
    assert bob_client.post(url, GOOD).status_code == 404
    assert not Message.objects.exists()


def test_only_get_and_post(alice_client, url):
    assert alice_client.get(url).status_code == 200
    assert alice_client.put(url).status_code == 405

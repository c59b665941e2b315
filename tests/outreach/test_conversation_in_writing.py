"""A conversation in writing has questions that go out and answers that come, and no clock."""

import datetime as dt

import pytest

from outreach.models import Conversation
from tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def talk(alice):
    person = PersonFactory(owner=alice, name="Priya Raman", prefers="writing")
    return Conversation.ask(person, on=dt.date(2026, 11, 16))


def page_of(client, talk):
    talk.refresh_from_db()
    return client.get(f"/conversations/{talk.pk}/").content.decode()


def test_the_questions_stand_there_numbered_to_be_copied(alice_client, talk):
    page = page_of(alice_client, talk)

    first, second = list(talk.questions.all())[:2]
    assert f"1. {first.text}\n2. {second.text}" in page
    assert 'data-copy="#questions-text"' in page
    assert "Send Priya your questions" in page
    assert "Enter the time" not in page


def test_they_are_sent_on_a_day_and_not_after_all(alice_client, talk):
    alice_client.post(f"/conversations/{talk.pk}/questions-sent/", {"on": "2026-11-18"})

    page = page_of(alice_client, talk)
    assert (talk.state, talk.questions_sent_on) == ("asked", dt.date(2026, 11, 18))
    assert "Priya has your questions" in page

    alice_client.post(f"/conversations/{talk.pk}/stamps/questions_sent_on/reversal/")
    assert "Send Priya your questions" in page_of(alice_client, talk)


def test_the_answers_make_it_held(alice_client, talk):
    alice_client.post(f"/conversations/{talk.pk}/questions-sent/")
    alice_client.post(f"/conversations/{talk.pk}/holding/", {"on": "2026-11-23"})

    page = page_of(alice_client, talk)
    assert talk.state == "held"
    assert "Answered</li>" in page


def test_live_ones_have_no_questions_to_send(alice_client, alice):
    talk = Conversation.ask(PersonFactory(owner=alice), on=dt.date(2026, 11, 16), mode="video")

    answer = alice_client.post(f"/conversations/{talk.pk}/questions-sent/")

    assert answer.status_code == 409
    assert "Give this one a time instead." in answer.content.decode()

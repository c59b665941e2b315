"""Steps for whom I met, was led to, or who wrote first; each goes when it is done."""

import datetime as dt

import pytest

from contacts.models import Introduction
from outreach import sending
from outreach.agenda import Agenda
from outreach.models import Conversation, Request
from tests import factories as make

pytestmark = pytest.mark.usefixtures("frozen")
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 11, 20)


@pytest.fixture
def priya(alice):
    return make.PersonFactory(owner=alice, name="Priya Raman")


@pytest.fixture
def met(alice, priya):
    event = make.EventFactory(owner=alice, name="Data meetup", day=FRIDAY)
    event.meet([priya], on=FRIDAY)
    return event


def steps(alice, kind):
    return [step for step in Agenda(alice, NOW).due() if step.kind == kind]


def test_whom_i_met_is_written_to_within_two_days_with_the_event_as_topic(alice, alice_client, priya, met):
    [step] = steps(alice, "after_event")

    assert (step.title, step.why) == (
        "Write to Priya Raman, whom you met", "Data meetup, on Friday; write within two days",
    )  # fmt: skip
    assert "we were both at Data meetup" in alice_client.get(step.url).content.decode()
    assert steps(alice, "write") == [], "nobody is proposed twice"
    assert "whom you met" in alice_client.get(priya.get_absolute_url()).content.decode()


@pytest.mark.parametrize("done", ["asked", "written", "talked", "banned", "unmet", "long ago"])
def test_it_goes_when_it_is_done(alice, priya, met, done):
    match done:
        case "asked":
            Request.draft(alice, priya, channel="invitation").send(at=NOW)
        case "written":
            make.MessageFactory(owner=alice, person=priya, sent_at=NOW, sent_on=NOW.date())
        case "talked":
            Conversation.already_held(priya, on=FRIDAY, mode="video")
        case "banned":
            priya.refuse_contact(on=FRIDAY)
        case "unmet":
            met.attendances.get().unmeet(on=FRIDAY)
        case "long ago":
            met.attendances.update(met_on=dt.date(2026, 10, 1))

    assert steps(alice, "after_event") == []


@pytest.mark.parametrize("to_company", [False, True])
def test_the_introducer_is_told_once_i_talked(alice, alice_client, priya, to_company):
    maria = make.PersonFactory(owner=alice, name="Maria Weber")
    to = {"company": priya.company} if to_company else {"person": priya}
    row = Introduction.wish(alice, maria, on=dt.date(2026, 11, 9), **to)
    row.make(on=dt.date(2026, 11, 10))
    assert steps(alice, "report_back") == []

    Conversation.already_held(priya, on=dt.date(2026, 11, 18), mode="video")
    [step] = steps(alice, "report_back")

    assert (step.person, step.due_on) == (maria, dt.date(2026, 11, 19))
    assert step.title == f"Tell Maria Weber how it went with {row.to}"
    sent = {"channel": "message", "text": "We talked, thank you.", "send": "1", "on": "2026-11-23"}
    alice_client.post(step.url, sent)
    row.refresh_from_db()
    assert row.told_on == dt.date(2026, 11, 23)
    assert steps(alice, "report_back") == []


def test_who_wrote_first_is_answered(alice, priya):
    sending.receive(priya, on=FRIDAY, now=NOW, text="Hello")

    [step] = steps(alice, "answer")

    assert step.url == f"/people/{priya.pk}/messages/add/?kind=reply"
    assert steps(alice, "write") == []
    make.MessageFactory(owner=alice, person=priya, kind="reply", sent_at=NOW, sent_on=NOW.date())
    assert steps(alice, "answer") == []


@pytest.mark.parametrize("reply_kind", ["negative", "out_of_office"])
def test_not_every_word_wants_an_answer(alice, priya, reply_kind):
    sending.receive(priya, on=FRIDAY, now=NOW, text="No", reply_kind=reply_kind)

    assert steps(alice, "answer") == []


def test_nothing_of_anothers(alice, bob, priya, met):
    sending.receive(priya, on=FRIDAY, now=NOW, text="Hello")

    assert Agenda(bob, NOW).due() == []

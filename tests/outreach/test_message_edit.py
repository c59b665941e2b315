"""One message: a draft is written on, what was sent stays as it was, and a sending is taken back whole."""

import datetime as dt

import pytest

from contacts.models import Person
from netjob.models import Activity, Change
from netjob.ownership import Refused
from outreach import sending
from outreach.models import Conversation, Message, Request
from tests.factories import ConversationFactory, MessageFactory, PersonFactory, QuestionFactory

pytestmark = pytest.mark.usefixtures("frozen")
AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


@pytest.fixture
def draft(alice):
    person = PersonFactory(owner=alice, name="Maria Chen", connected_on=dt.date(2026, 11, 12))
    return MessageFactory(owner=alice, person=person, kind="ask_for_time", text="Would Tuesday suit you?")


def sent(draft):
    sending.send(draft, at=AT)
    return draft


def note_of(alice):
    row = Request.draft(alice, PersonFactory(owner=alice), channel="invitation")
    row.write("Hello")
    return row.note


# Drafts


def test_a_draft_opens_in_the_composer(alice_client, draft):
    page = alice_client.get(f"/messages/{draft.pk}/").content.decode()

    assert "Would Tuesday suit you?</textarea>" in page
    assert f'formaction="/messages/{draft.pk}/sending/"' in page


def test_a_draft_is_saved_again(alice_client, draft):
    answer = alice_client.post(
        f"/messages/{draft.pk}/",
        {"channel": "email", "subject": "A time", "text": "Or Wednesday?", "version": draft.version},
    )

    assert answer.url == f"/messages/{draft.pk}/"
    draft.refresh_from_db()
    assert (draft.channel, draft.subject, draft.text, draft.sent_on) == (
        "email",
        "A time",
        "Or Wednesday?",
        None,
    )


def test_a_draft_is_sent_with_the_words_that_the_page_shows(alice_client, draft):
    answer = alice_client.post(
        f"/messages/{draft.pk}/sending/",
        {"channel": "message", "text": "Or Wednesday?", "version": draft.version, "on": "2026-11-20"},
    )

    assert answer.url == f"/people/{draft.person_id}/"
    draft.refresh_from_db()
    assert (draft.text, str(draft.sent_on)) == ("Or Wednesday?", "2026-11-20")
    assert draft.conversation.state == "asked"


def test_a_draft_is_sent_as_it_was_kept_from_elsewhere(alice_client, draft):
    assert alice_client.post(f"/messages/{draft.pk}/sending/").status_code == 302

    draft.refresh_from_db()
    assert draft.text == "Would Tuesday suit you?"
    assert str(draft.sent_on) == "2026-11-23"


def test_saved_in_another_window_is_a_conflict_with_both_texts(alice_client, draft):
    seen = draft.version
    draft.text = "From the first tab"
    draft.save()

    answer = alice_client.post(
        f"/messages/{draft.pk}/", {"channel": "message", "text": "From the second", "version": seen}
    )

    assert answer.status_code == 409
    assert "From the first tab" in answer.content.decode()
    assert "From the second" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.text == "From the first tab"


def test_another_template_refills_it_without_saving(alice_client, draft):
    page = alice_client.get(f"/messages/{draft.pk}/?template=").content.decode()

    assert "></textarea>" in page.replace("\n", "")
    draft.refresh_from_db()
    assert draft.text == "Would Tuesday suit you?"


# What was sent


def test_what_was_sent_is_shown_and_cannot_be_written_on(alice_client, draft):
    sent(draft)

    page = alice_client.get(f"/messages/{draft.pk}/").content.decode()
    answer = alice_client.post(
        f"/messages/{draft.pk}/", {"channel": "message", "text": "Other words", "version": draft.version}
    )

    assert "<textarea" not in page
    assert "Asking for a time to Maria Chen" in page
    assert answer.status_code == 422
    assert "text stays as it is" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.text == "Would Tuesday suit you?"


def test_it_is_not_sent_twice(alice_client, draft):
    sent(draft)

    answer = alice_client.post(f"/messages/{draft.pk}/sending/")

    assert answer.status_code == 409
    assert "sent already" in answer.content.decode()


def test_the_note_of_a_request_leads_to_the_request(alice_client, alice):
    note = note_of(alice)

    assert alice_client.get(f"/messages/{note.pk}/").url == f"/requests/{note.request_id}/"


@pytest.mark.parametrize("noun", ["sending", "reversal", "deletion"])
def test_the_note_of_a_request_goes_with_the_request_only(alice_client, alice, noun):
    note = note_of(alice)

    assert alice_client.post(f"/messages/{note.pk}/{noun}/").status_code == 404
    assert Message.objects.filter(pk=note.pk).exists()


def test_a_note_says_why_to_whoever_calls_its_verbs(alice):
    note = note_of(alice)

    with pytest.raises(Refused, match="goes out with its request"):
        note.send(at=AT)
    with pytest.raises(Refused, match="take the request back"):
        note.unsend()


# Not sent after all


def test_not_sent_after_all_is_a_draft_and_the_conversation_is_gone(alice_client, draft):
    sent(draft)

    answer = alice_client.post(f"/messages/{draft.pk}/reversal/")

    assert answer.url == f"/messages/{draft.pk}/"
    draft.refresh_from_db()
    assert (draft.sent_on, draft.sent_at, draft.conversation) == (None, None, None)
    assert not Conversation.objects.exists()
    assert Person.objects.get(pk=draft.person_id).stage == Person.Stage.CONNECTED


def test_the_conversation_that_went_can_be_brought_back(alice_client, draft):
    QuestionFactory(owner=draft.owner)
    sent(draft)
    alice_client.post(f"/messages/{draft.pk}/reversal/")

    act = Change.objects.filter(owner=draft.owner).values_list("act", flat=True).first()
    alice_client.post(f"/changes/{act}/undo/")

    assert Conversation.objects.get().questions.exists()


def further_on(talk):
    talk.propose(on=dt.date(2026, 11, 21))


def noted(talk):
    talk.notes = "She leads the team"
    talk.save()


def answered(talk):
    asked = talk.questions.first()
    asked.answer = "Five people"
    asked.save()


def another_message(talk):
    MessageFactory(owner=talk.owner, person=talk.person, conversation=talk)


@pytest.mark.parametrize("happens", [further_on, noted, answered, another_message])
def test_a_conversation_in_which_more_happened_stays(alice_client, draft, happens):
    QuestionFactory(owner=draft.owner)
    sent(draft)
    happens(draft.conversation)

    alice_client.post(f"/messages/{draft.pk}/reversal/")

    draft.refresh_from_db()
    assert draft.sent_on is None
    assert Conversation.objects.get() == draft.conversation


def test_a_conversation_that_was_there_before_stays(alice_client, draft):
    talk = ConversationFactory(owner=draft.owner, person=draft.person, asked_on="2026-11-12")
    sent(draft)

    alice_client.post(f"/messages/{draft.pk}/reversal/")

    assert Conversation.objects.get() == talk


def test_thanks_taken_back_are_taken_from_the_conversation(alice_client, draft):
    talk = ConversationFactory(
        owner=draft.owner, person=draft.person, state="held", held_on=dt.date(2026, 11, 19)
    )
    draft.kind, draft.conversation = "thanks", talk
    draft.save()
    sent(draft)
    talk.refresh_from_db()
    assert talk.thanked_on

    alice_client.post(f"/messages/{draft.pk}/reversal/")

    talk.refresh_from_db()
    assert talk.thanked_on is None
    assert Activity.objects.filter(title="Not thanked after all").count() == 1


def test_thanks_said_on_another_day_are_not_this_messages(alice_client, draft):
    talk = ConversationFactory(
        owner=draft.owner, person=draft.person, state="held", held_on=dt.date(2026, 11, 17)
    )
    draft.kind, draft.conversation = "thanks", talk
    draft.save()
    sent(draft)
    Conversation.objects.filter(pk=talk.pk).update(thanked_on="2026-11-18")

    alice_client.post(f"/messages/{draft.pk}/reversal/")

    talk.refresh_from_db()
    assert str(talk.thanked_on) == "2026-11-18"


def test_a_draft_has_nothing_to_take_back(alice_client, draft):
    answer = alice_client.post(f"/messages/{draft.pk}/reversal/")

    assert answer.status_code == 409
    assert "It is a draft already." in answer.content.decode()


def test_what_they_wrote_cannot_be_taken_back_by_me(alice_client, draft):
    reply = Message.receive(draft.person, at=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), text="Hello")

    page = alice_client.get(f"/messages/{reply.pk}/").content.decode()
    answer = alice_client.post(f"/messages/{reply.pk}/reversal/")

    assert "Maria Chen wrote" in page
    assert "Not sent after all" not in page
    assert answer.status_code == 409


# Deleting, ownership, methods, cost


def test_a_deleted_message_comes_back(alice_client, draft):
    sent(draft)

    page = alice_client.post(f"/messages/{draft.pk}/deletion/", follow=True).content.decode()
    assert not Message.objects.exists()
    alice_client.post(f"/changes/{page.split('action="/changes/')[1].split('"')[0]}")

    assert Message.objects.get().text == "Would Tuesday suit you?"


@pytest.mark.parametrize("noun", ["", "sending/", "reversal/", "deletion/"])
def test_another_owners_message_is_not_found(bob_client, draft, noun):
    sent(draft) if noun == "reversal/" else draft
    before = draft.sent_on

    assert bob_client.get(f"/messages/{draft.pk}/{noun}").status_code in (404, 405)
    assert (
        bob_client.post(f"/messages/{draft.pk}/{noun}", {"channel": "message", "text": "Mine"}).status_code
        == 404
    )
    draft.refresh_from_db()
    assert (draft.text, draft.sent_on) == ("Would Tuesday suit you?", before)


@pytest.mark.parametrize("noun", ["sending/", "reversal/"])
def test_get_does_nothing(alice_client, draft, noun):
    assert alice_client.get(f"/messages/{draft.pk}/{noun}").status_code == 405
    assert alice_client.put(f"/messages/{draft.pk}/").status_code == 405


def test_a_draft_costs_a_fixed_number_of_queries(alice_client, draft, django_assert_num_queries):
    with django_assert_num_queries(6):
        alice_client.get(f"/messages/{draft.pk}/")


def test_what_was_sent_costs_a_fixed_number_of_queries(alice_client, draft, django_assert_num_queries):
    sent(draft)

    with django_assert_num_queries(4):
        alice_client.get(f"/messages/{draft.pk}/")

"""What may become of a request: every move of the table, from every state, and the way back."""

import datetime as dt
import html

import pytest
from django.db import IntegrityError, transaction

from contacts.models import Person
from netjob.models import Activity, Change
from netjob.ownership import Refused
from outreach.models import Message, Request
from tests.factories import PersonFactory, RequestFactory

pytestmark = pytest.mark.usefixtures("frozen")

SENT = dt.datetime(2026, 11, 16, 8, tzinfo=dt.UTC)
PATHS = {
    "draft": [],
    "sent": ["sending"],
    "accepted": ["sending", "acceptance"],
    "answered": ["sending", "acceptance", "answer"],
    "declined": ["sending", "refusal"],
    "withdrawn": ["sending", "withdrawal"],
}
ALLOWED = {
    ("draft", "sending"): "sent",
    ("sent", "acceptance"): "accepted",
    ("sent", "answer"): "answered",
    ("sent", "refusal"): "declined",
    ("sent", "withdrawal"): "withdrawn",
    ("accepted", "answer"): "answered",
    ("accepted", "refusal"): "declined",
    ("answered", "refusal"): "declined",
}
NOUNS = ["sending", "acceptance", "answer", "refusal", "withdrawal"]
ON = dt.date(2026, 11, 18)


def do(row, noun, on=ON):
    match noun:
        case "sending":
            row.send(at=SENT)
        case "acceptance":
            row.accept(on=on)
        case "answer":
            row.answer(on=on, text="Gladly")
        case "refusal":
            row.decline(on=on)
        case "withdrawal":
            row.withdraw(on=on)


def in_state(owner, state, channel="invitation", **person):
    row = Request.draft(owner, PersonFactory(owner=owner, name="Priya Raman", **person), channel=channel)
    row.write("Hello Priya")
    for noun in PATHS[state]:
        if not (noun == "acceptance" and channel != "invitation"):
            do(row, noun)
    return Request.objects.get(pk=row.pk)


def image(row):
    row = Request.objects.get(pk=row.pk)
    stamps = [getattr(row, move.stamp) for move in Request.MOVES]
    messages = list(row.messages.order_by("pk").values_list("text", "sent_on"))
    return row.state, stamps, row.sent_at, messages, Person.objects.get(pk=row.person_id).connected_on


@pytest.mark.parametrize(("state", "noun"), sorted(ALLOWED))
def test_an_allowed_move_is_done_and_taken_back(alice_client, alice, state, noun):
    row = in_state(alice, state)
    before = image(row)

    answer = alice_client.post(f"/requests/{row.pk}/{noun}/", {"on": "2026-11-20"})

    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == ALLOWED[state, noun]
    assert getattr(row, row.move_of(noun).stamp) == dt.date(2026, 11, 20)

    alice_client.post(f"/requests/{row.pk}/reversal/")
    if (state, noun) == ("sent", "answer"):
        # An invitation that is answered was accepted, too: two steps, taken back one by one.
        assert image(row)[0] == "accepted"
        alice_client.post(f"/requests/{row.pk}/reversal/")
    assert image(row) == before


@pytest.mark.parametrize(
    ("state", "noun"), [(state, noun) for state in PATHS for noun in NOUNS if (state, noun) not in ALLOWED]
)
def test_every_other_move_is_refused_in_words_and_changes_nothing(alice_client, alice, state, noun):
    row = in_state(alice, state)
    before, lines = image(row), Activity.objects.count()

    answer = alice_client.post(f"/requests/{row.pk}/{noun}/", {"on": "2026-11-20"})

    assert answer.status_code == 409
    said = "It is not sent yet." if state == "draft" else "so this no longer fits"
    assert said in answer.content.decode()
    assert image(row) == before
    assert Activity.objects.count() == lines


@pytest.mark.parametrize("channel", ["message", "email", "in_person", "other"])
@pytest.mark.parametrize(
    ("noun", "sentence"), [("acceptance", "is accepted"), ("withdrawal", "can be withdrawn")]
)
def test_only_an_invitation_is_accepted_or_withdrawn(alice_client, alice, channel, noun, sentence):
    row = in_state(alice, "sent", channel=channel)

    answer = alice_client.post(f"/requests/{row.pk}/{noun}/")

    assert answer.status_code == 409
    assert f"Only an invitation {sentence}" in answer.content.decode()
    assert image(row)[0] == "sent"


def test_a_draft_has_nothing_to_take_back(alice_client, alice):
    row = in_state(alice, "draft")

    answer = alice_client.post(f"/requests/{row.pk}/reversal/")

    assert answer.status_code == 409
    assert "no step before this one" in answer.content.decode()


# Days


@pytest.mark.parametrize("noun", ["acceptance", "answer", "refusal", "withdrawal"])
def test_a_day_before_it_was_sent_is_refused_beside_the_form(alice_client, alice, noun):
    row = in_state(alice, "sent")
    before = image(row)

    answer = alice_client.post(f"/requests/{row.pk}/{noun}/", {"on": "2026-11-15", "text": "My words"})

    assert answer.status_code == 422
    assert "The step before this one was on 16 November 2026" in answer.content.decode()
    assert image(row) == before


@pytest.mark.parametrize("noun", ["acceptance", "answer", "refusal", "withdrawal"])
@pytest.mark.parametrize("on", ["2026-11-24", "soon"])
def test_a_day_to_come_or_no_day_is_refused_beside_the_form(alice_client, alice, noun, on):
    row = in_state(alice, "sent")
    before = image(row)

    answer = alice_client.post(f"/requests/{row.pk}/{noun}/", {"on": on})

    assert answer.status_code == 422
    assert "errors" in answer.content.decode()
    assert image(row) == before


def test_without_a_day_it_is_today(alice_client, alice):
    row = in_state(alice, "sent")

    alice_client.post(f"/requests/{row.pk}/acceptance/")

    row.refresh_from_db()
    assert str(row.accepted_on) == "2026-11-23"


# What follows


def test_accepted_means_connected_and_back_means_not(alice):
    row = in_state(alice, "accepted")
    row.person.refresh_from_db()
    assert (row.person.connected_on, row.person.stage) == (ON, Person.Stage.CONNECTED)

    row.undo_move(on=ON)

    row.person.refresh_from_db()
    assert (row.person.connected_on, row.person.stage) == (None, Person.Stage.ASKED)


@pytest.mark.parametrize("connected_on", [dt.date(2026, 1, 5), ON])
def test_who_was_connected_before_stays_connected(alice, connected_on):
    row = in_state(alice, "sent", connected_on=connected_on)

    row.accept(on=ON)
    row.undo_move(on=ON)

    row.person.refresh_from_db()
    assert row.person.connected_on == connected_on


def test_who_was_connected_on_another_day_by_an_import_stays_connected(alice):
    row = in_state(alice, "accepted")
    row.person.connect(on=dt.date(2026, 11, 17))

    row.undo_move(on=ON)

    row.person.refresh_from_db()
    assert row.person.connected_on == dt.date(2026, 11, 17)


def test_accepted_anew_after_it_was_taken_back_by_hand_counts_anew(alice):
    row = in_state(alice, "accepted")
    row.undo_move(on=ON)
    row.person.connect(on=ON)
    row.accept(on=ON)

    row.undo_move(on=ON)

    row.person.refresh_from_db()
    assert row.person.connected_on == ON


def test_the_answer_is_kept_word_for_word(alice_client, alice):
    row = in_state(alice, "accepted")
    text = "Gern! <script>alert(1)</script>\r\nمرحبا 🎉"

    alice_client.post(
        f"/requests/{row.pk}/answer/", {"text": text, "reply_kind": "positive", "on": "2026-11-19"}
    )

    reply = row.messages.get(kind="reply")
    assert reply.text == text.replace("\r\n", "\n")
    assert (reply.direction, reply.reply_kind, reply.channel) == ("in", "positive", "invitation")
    assert reply.sent_at == dt.datetime(2026, 11, 19, 12, tzinfo=alice.zone)
    page = alice_client.get(f"/requests/{row.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "Glad to talk" in page


def test_an_automatic_note_is_kept_and_answers_nothing(alice_client, alice):
    row = in_state(alice, "sent")

    page = alice_client.post(
        f"/requests/{row.pk}/answer/", {"text": "Back in May", "reply_kind": "out_of_office"}, follow=True
    ).content.decode()

    row.refresh_from_db()
    assert row.state == "sent"
    assert row.messages.get(kind="reply").text == "Back in May"
    assert "An automatic note answers nothing" in page


@pytest.mark.parametrize("more", [{"text": "x" * 20_001}, {"text": "a\x00b"}, {"reply_kind": "maybe"}])
def test_a_bad_answer_is_refused_and_kept_in_the_form(alice_client, alice, more):
    row = in_state(alice, "sent")

    answer = alice_client.post(f"/requests/{row.pk}/answer/", {"text": "Their words"} | more)

    assert answer.status_code == 422
    assert html.escape((({"text": "Their words"} | more)["text"])[:10]) in answer.content.decode()
    assert image(row)[0] == "sent"


def test_an_answer_taken_back_is_not_lost(alice_client, alice):
    row = in_state(alice, "answered")

    alice_client.post(f"/requests/{row.pk}/reversal/")

    assert not row.messages.filter(kind="reply").exists()
    kept = Change.objects.get(owner=alice)
    assert kept.before["text"] == "Gladly"
    assert "Took back the answer of Priya Raman" in alice_client.get("/changes/").content.decode()


def test_an_automatic_note_stays_when_the_answer_is_taken_back(alice_client, alice):
    row = in_state(alice, "sent", channel="message")
    note = {"text": "Back on Thursday", "reply_kind": "out_of_office", "on": "2026-11-20"}
    alice_client.post(f"/requests/{row.pk}/answer/", note)
    alice_client.post(f"/requests/{row.pk}/answer/", {"text": "Gladly", "on": "2026-11-20"})

    alice_client.post(f"/requests/{row.pk}/reversal/")

    assert [message.text for message in row.messages.filter(kind="reply")] == ["Back on Thursday"]
    assert image(row)[0] == "sent"


@pytest.mark.parametrize("state", ["sent", "accepted"])
def test_rather_not_declines_and_leads_to_somebody_else(alice_client, alice, state):
    row = in_state(alice, state)
    before = image(row)
    form = {"text": "Rather not, sorry", "reply_kind": "negative", "on": "2026-11-20"}

    page = alice_client.post(f"/requests/{row.pk}/answer/?back=/requests/{row.pk}/", form, follow=True)

    row.refresh_from_db()
    assert (row.state, str(row.declined_on)) == ("declined", "2026-11-20")
    assert "Priya Raman would rather not, so the request is declined." in page.content.decode()
    assert "Ask for a time" not in page.content.decode()
    line = Activity.objects.first()
    assert (line.title, line.text) == ("Declined", "Rather not, sorry")

    alice_client.post(f"/requests/{row.pk}/reversal/")
    assert image(row) == before
    assert Change.objects.get(owner=alice).before["text"] == "Rather not, sorry"


def test_not_declined_after_all_keeps_what_they_had_answered(alice):
    row = in_state(alice, "answered")
    row.decline(on=ON)

    row.undo_move(on=ON)

    assert row.messages.get(kind="reply").text == "Gladly"


def test_not_sent_after_all_is_a_draft_with_its_text(alice_client, alice):
    row = in_state(alice, "sent")

    page = alice_client.post(f"/requests/{row.pk}/reversal/", follow=True).content.decode()

    assert "Not sent after all. The request to Priya Raman stands as “Draft”." in page
    row.refresh_from_db()
    assert (row.state, row.sent_on, row.sent_at) == ("draft", None, None)
    assert (row.note.text, row.note.sent_on) == ("Hello Priya", None)


def test_what_was_sent_cannot_be_rewritten(alice):
    row = in_state(alice, "sent")

    with pytest.raises(Refused, match="text stays as it is"):
        row.write("Something else")

    assert row.note.text == "Hello Priya"


def test_a_draft_can_be_sent_as_it_was_kept(alice_client, alice):
    row = in_state(alice, "draft")

    alice_client.post(f"/requests/{row.pk}/sending/", {"on": "2026-11-20"})

    row.refresh_from_db()
    assert row.sent_at == dt.datetime(2026, 11, 20, 12, tzinfo=alice.zone)
    assert str(row.note.sent_on) == "2026-11-20"


def test_an_unfit_draft_is_refused_from_elsewhere_too(alice_client, alice):
    row = in_state(alice, "draft")
    row.write("Hello <name>")

    answer = alice_client.post(f"/requests/{row.pk}/sending/")

    assert answer.status_code == 409
    assert "Fill or remove &lt;name&gt;" in answer.content.decode()
    assert image(row)[0] == "draft"


# One unfinished request a person


@pytest.mark.parametrize("state", ["answered", "declined", "withdrawn"])
def test_taking_back_does_not_open_a_second_request(alice_client, alice, state):
    row = in_state(alice, state)
    Request.draft(alice, row.person, channel="message")
    before, lines = image(row), Activity.objects.count()

    answer = alice_client.post(f"/requests/{row.pk}/reversal/")

    assert answer.status_code == 409
    assert "There is a request to Priya Raman already; it is draft." in answer.content.decode()
    assert image(row) == before
    assert Activity.objects.count() == lines


def test_a_refusal_after_an_answer_is_taken_back_beside_a_new_draft(alice):
    row = in_state(alice, "answered")
    row.decline(on=ON)
    Request.draft(alice, row.person, channel="message")

    row.undo_move(on=ON)

    assert image(row)[0] == "answered"


def test_the_database_holds_one_unfinished_request_a_person(alice):
    row = in_state(alice, "sent")

    with pytest.raises(IntegrityError), transaction.atomic():
        RequestFactory(owner=alice, person=row.person)


# Where it leads


def test_a_move_leads_back_to_where_it_was_made(alice_client, alice):
    row = in_state(alice, "sent")

    answer = alice_client.post(f"/requests/{row.pk}/acceptance/?back=/outreach/")
    assert answer.url == "/outreach/"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(alice_client, alice, back):
    row = in_state(alice, "sent")

    answer = alice_client.post(f"/requests/{row.pk}/acceptance/?back={back}")
    assert answer.url == f"/people/{row.person_id}/"


def test_the_same_move_twice_is_one(alice_client, alice):
    row = in_state(alice, "sent")
    form = {"submission": "5f0c0e0e-8a59-4c53-9f0c-0d0a2f6f4a12", "text": "Sure"}

    for _ in range(2):
        assert alice_client.post(f"/requests/{row.pk}/answer/", form).status_code == 302

    assert Message.objects.filter(kind="reply").count() == 1


@pytest.mark.parametrize("noun", [*NOUNS, "reversal"])
def test_another_owners_request_is_not_found_and_get_does_nothing(alice_client, bob_client, alice, noun):
    row = in_state(alice, "sent" if noun != "sending" else "draft")
    before = image(row)

    assert bob_client.post(f"/requests/{row.pk}/{noun}/", {"text": "x"}).status_code == 404
    assert alice_client.get(f"/requests/{row.pk}/{noun}/").status_code == 405
    assert image(row) == before

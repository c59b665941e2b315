"""The page of one request: a draft is written on there; a sent one shows where it stands."""

import datetime as dt
import re
from html import unescape

import pytest

from contacts.models import Person
from outreach.models import Message, Request
from outreach.standing import ago, since
from tests.factories import (
    CompanyFactory,
    ConversationFactory,
    MessageFactory,
    PersonFactory,
    TemplateFactory,
)

pytestmark = pytest.mark.usefixtures("frozen")
MONDAY_BEFORE = dt.datetime(2026, 11, 16, 8, tzinfo=dt.UTC)


@pytest.fixture
def draft(alice):
    person = PersonFactory(
        owner=alice, company=CompanyFactory(owner=alice, name="Notion"), name="Priya Raman"
    )
    row = Request.draft(alice, person, channel="invitation")
    row.write("Hello Priya", template=TemplateFactory(owner=alice, name="My own"))
    return row


@pytest.fixture
def sent(draft):
    draft.send(at=MONDAY_BEFORE)
    return draft


def page_of(client, row):
    answer = client.get(f"/requests/{row.pk}/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


# A draft


def test_a_draft_opens_in_the_composer_with_what_was_kept(alice_client, draft):
    page = page_of(alice_client, draft)

    assert "Hello Priya</textarea>" in page
    assert re.search(r"<option value=\"\d+\" selected>My own</option>", page)
    assert f'formaction="/requests/{draft.pk}/sending/"' in page


def test_a_draft_is_saved_again(alice_client, draft):
    answer = alice_client.post(
        f"/requests/{draft.pk}/",
        {"channel": "email", "subject": "Hi", "text": "Better", "version": draft.version},
    )

    assert answer.url == f"/requests/{draft.pk}/"
    draft = Request.objects.get(pk=draft.pk)
    assert (draft.channel, draft.note.text, draft.note.subject, draft.note.channel) == (
        "email", "Better", "Hi", "email",
    )  # fmt: skip
    assert Message.objects.count() == 1


def test_an_emptied_draft_has_no_note(alice_client, draft):
    alice_client.post(
        f"/requests/{draft.pk}/", {"channel": "invitation", "text": "", "version": draft.version}
    )

    assert not Message.objects.exists()


def test_a_draft_is_refilled_by_another_template_without_being_saved(alice_client, alice, draft):
    template = TemplateFactory(owner=alice, body="Dear <first name>")

    page = unescape(alice_client.get(f"/requests/{draft.pk}/?template={template.pk}").content.decode())

    assert "Dear Priya</textarea>" in page
    assert draft.note.text == "Hello Priya"


def test_a_draft_is_sent_with_the_words_that_the_page_shows(alice_client, draft):
    answer = alice_client.post(
        f"/requests/{draft.pk}/sending/",
        {"channel": "invitation", "text": "Newest words", "version": draft.version, "on": "2026-11-23"},
    )

    assert answer.url == f"/people/{draft.person_id}/"
    draft = Request.objects.get(pk=draft.pk)
    assert (draft.state, draft.note.text) == ("sent", "Newest words")


def test_a_draft_that_is_not_fit_is_refused_with_its_words_kept(alice_client, draft):
    answer = alice_client.post(
        f"/requests/{draft.pk}/sending/",
        {"channel": "invitation", "text": "x" * 201, "version": draft.version},
    )

    assert answer.status_code == 422
    assert "201 of 200 characters: 1 too many for a free account." in answer.content.decode()
    assert "x" * 201 in answer.content.decode()
    assert Request.objects.get(pk=draft.pk).note.text == "Hello Priya"


def test_saved_in_another_window_is_a_conflict_with_both_texts(alice_client, draft):
    url, seen = f"/requests/{draft.pk}/", draft.version
    alice_client.post(url, {"channel": "invitation", "text": "From the first tab", "version": seen})

    answer = alice_client.post(url, {"channel": "email", "text": "From the second", "version": seen})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "From the first tab" in page
    assert "From the second" in page
    assert "E-mail</p>" in page
    assert Request.objects.get(pk=draft.pk).note.text == "From the first tab"


def test_after_a_conflict_saving_again_is_meant(alice_client, draft):
    url, seen = f"/requests/{draft.pk}/", draft.version
    alice_client.post(url, {"channel": "invitation", "text": "First", "version": seen})
    page = alice_client.post(
        url, {"channel": "invitation", "text": "Second", "version": seen}
    ).content.decode()
    newest = re.search(r'name="version" value="(\d+)"', page)[1]

    assert (
        alice_client.post(url, {"channel": "invitation", "text": "Second", "version": newest}).status_code
        == 302
    )
    assert Request.objects.get(pk=draft.pk).note.text == "Second"


def test_a_look_at_another_way_does_not_hide_a_conflict(alice_client, draft):
    url, seen = f"/requests/{draft.pk}/", draft.version
    alice_client.post(url, {"channel": "invitation", "text": "First", "version": seen})

    page = alice_client.post(
        url, {"channel": "message", "text": "Second", "version": seen, "preview": "channel"}
    ).content.decode()

    assert re.search(r'name="version" value="(\d+)"', page)[1] == str(seen)


def test_sent_in_another_tab_it_is_not_rewritten(alice_client, sent):
    newest = Request.objects.get(pk=sent.pk).version

    answer = alice_client.post(
        f"/requests/{sent.pk}/", {"channel": "email", "text": "Late words", "version": newest}
    )

    assert answer.status_code == 422
    assert "text stays as it is" in answer.content.decode()
    assert "Late words" in answer.content.decode()
    sent = Request.objects.get(pk=sent.pk)
    assert (sent.channel, sent.note.text) == ("invitation", "Hello Priya")


# A sent one


def test_a_sent_invitation_says_what_went_out_when_and_what_may_come(alice_client, sent):
    page = page_of(alice_client, sent)

    assert "LinkedIn invitation, sent 5 business days ago" in page
    assert "Hello Priya" in page
    assert "template “<bdi>My own</bdi>”" in page
    assert "Waiting for Priya Raman to accept" in page
    for button in ("They accepted", "They declined", "I withdrew it", "They answered", "Not sent after all"):
        assert button in page


@pytest.mark.parametrize(
    ("path", "title", "reverse"),
    [
        (["accept"], "Ask Priya Raman for a time", "Not accepted after all"),
        (["answer"], "Ask Priya Raman for a time", "No answer after all"),
        (["decline"], "Priya Raman would rather not", "Not declined after all"),
        (["withdraw"], "You withdrew it", "Not withdrawn after all"),
    ],
)
def test_each_state_has_one_next_step_and_one_way_back(alice_client, sent, path, title, reverse):
    for verb in path:
        getattr(sent, verb)(on=dt.date(2026, 11, 20))

    page = page_of(alice_client, sent)

    assert page.count('class="next-step"') == 1
    assert page.count("button filled") == 1
    assert title in page
    assert reverse in page


def test_once_they_talk_the_conversation_is_what_comes_next(alice_client, sent):
    sent.answer(on=dt.date(2026, 11, 18), text="Sure")
    ConversationFactory(owner=sent.owner, person=sent.person, state="cancelled", cancelled_on="2026-11-19")
    assert "Ask for a time" in page_of(alice_client, sent)

    talk = ConversationFactory(owner=sent.owner, person=sent.person)

    page = page_of(alice_client, sent)
    assert "Ask for a time" not in page
    assert f'href="/conversations/{talk.pk}/">See the conversation' in page


def test_a_request_by_e_mail_cannot_be_accepted(alice_client, alice):
    row = Request.draft(alice, PersonFactory(owner=alice), channel="email")
    row.write("Hello")
    row.send(at=MONDAY_BEFORE)

    page = page_of(alice_client, row)

    assert "They accepted" not in page
    assert '<details class="fold" id="answer" open>' in page


def test_an_invitation_rests_when_the_cadence_is_over(alice_client, alice, frozen, sent):
    assert "It rests" not in page_of(alice_client, sent)

    frozen.move_to(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC))

    page = page_of(alice_client, sent)
    assert "It rests" in page
    assert "See who else is there" in page


def test_a_blank_invitation_says_so(alice_client, alice):
    row = Request.draft(alice, PersonFactory(owner=alice), channel="invitation")
    row.send(at=MONDAY_BEFORE)

    assert "It went without a note" in page_of(alice_client, row)


def test_the_thread_has_the_newest_last_and_tells_who_wrote(alice_client, sent):
    sent.answer(on=dt.date(2026, 11, 18), text="Their answer")
    MessageFactory(
        owner=sent.owner, person=sent.person, request=sent, text="My next words",
        sent_on="2026-11-19", sent_at="2026-11-19T09:00:00Z",
    )  # fmt: skip

    page = page_of(alice_client, sent)

    assert page.index("Hello Priya") < page.index("Their answer") < page.index("My next words")
    assert re.search(r"<strong[^>]*>Priya Raman</strong> · Reply", page)


# Deleting


def test_a_deleted_request_comes_back_with_its_messages(alice_client, sent):
    sent.answer(on=dt.date(2026, 11, 18), text="Their answer")
    assert "2 messages" in alice_client.get(f"/requests/{sent.pk}/deletion/").content.decode()

    page = alice_client.post(f"/requests/{sent.pk}/deletion/", follow=True).content.decode()
    assert not Message.objects.exists()
    alice_client.post(f"/changes/{page.split('action="/changes/')[1].split('"')[0]}")

    assert Request.objects.get().state == "answered"
    assert set(Message.objects.values_list("text", flat=True)) == {"Hello Priya", "Their answer"}


def test_the_persons_stage_follows(alice_client, sent):
    alice_client.post(f"/requests/{sent.pk}/deletion/")

    assert Person.objects.get(pk=sent.person_id).stage == Person.Stage.FOUND


# Ownership, methods, cost


def test_another_owners_request_is_not_found(bob_client, draft):
    for url in (f"/requests/{draft.pk}/", f"/requests/{draft.pk}/deletion/"):
        assert bob_client.get(url).status_code == 404
        assert bob_client.post(url, {"channel": "email", "text": "Mine now"}).status_code == 404
    assert Request.objects.get(pk=draft.pk).note.text == "Hello Priya"


def test_only_get_and_post(alice_client, draft):
    assert alice_client.put(f"/requests/{draft.pk}/").status_code == 405
    assert alice_client.put(f"/requests/{draft.pk}/deletion/").status_code == 405


def test_the_number_of_queries_is_the_same_for_a_long_thread(alice_client, sent, django_assert_num_queries):
    with django_assert_num_queries(6):
        alice_client.get(f"/requests/{sent.pk}/")
    for _ in range(20):
        MessageFactory(
            owner=sent.owner, person=sent.person, request=sent, template=sent.note.template,
            sent_on="2026-11-19", sent_at="2026-11-19T09:00:00Z",
        )  # fmt: skip
    with django_assert_num_queries(6):
        alice_client.get(f"/requests/{sent.pk}/")


# Days in words


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-11-23", "today"),
        ("2026-11-22", "yesterday"),
        ("2026-11-20", "1 business day ago"),
        ("2026-11-16", "5 business days ago"),
        ("2026-10-26", "on 26 October"),
        ("2025-10-26", "on 26 October 2025"),
    ],
)
def test_a_day_is_counted_in_business_days(alice, today, on, words):
    from outreach.agenda import calendar_of

    assert ago(dt.date.fromisoformat(on), today, calendar_of(alice)) == words


def test_holidays_do_not_count(alice, sent, today):
    from outreach.agenda import calendar_of

    alice.away_from, alice.away_until = dt.date(2026, 11, 17), dt.date(2026, 11, 19)

    assert since(sent, today, calendar_of(alice)) == "sent 2 business days ago"


def test_the_first_button_takes_the_day_that_is_typed_further_down(alice_client, sent):
    page = page_of(alice_client, sent)

    assert f'form="moves-{sent.pk}" formaction="/requests/{sent.pk}/' in page
    assert f'id="moves-{sent.pk}"' in page

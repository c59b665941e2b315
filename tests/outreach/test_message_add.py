"""Writing a message: the same composer, what it belongs to, and what follows when it is sent."""

import datetime as dt
import re
from html import unescape

import pytest

from contacts.models import Person
from netjob.models import Activity
from outreach.models import Conversation, Message, MessageTemplate, Request
from tests.factories import (
    CompanyFactory,
    ConversationFactory,
    PersonFactory,
    RequestFactory,
    TemplateFactory,
)

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def maria(alice):
    company = CompanyFactory(owner=alice, name="Coursera")
    return PersonFactory(
        owner=alice,
        company=company,
        name="Maria Chen",
        role="Data Analyst",
        connected_on=dt.date(2026, 11, 12),
    )


@pytest.fixture
def url(maria):
    return f"/people/{maria.pk}/messages/add/"


def answered_request(maria):
    row = Request.draft(maria.owner, maria, channel="invitation")
    row.send(at=dt.datetime(2026, 11, 10, 8, tzinfo=dt.UTC))
    row.answer(on=dt.date(2026, 11, 12), text="Sure")
    return row


def held(maria, on="2026-11-20"):
    return ConversationFactory(
        owner=maria.owner, person=maria, state="held", held_on=on, asked_on="2026-11-12"
    )


def composed(answer):
    return unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", answer.content.decode(), re.DOTALL)[1])


def write(client, url, kind, text="Hello Maria", **more):
    return client.post(f"{url}?kind={kind}", {"channel": "message", "text": text, **more})


# The composer


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("first_message", "thank you for connecting"),
        ("ask_for_time", "Would you have 15 to 20 minutes"),
        ("follow_up", "one short second note"),
        ("thanks", "thank you for your time"),
        ("report_back", "I have acted on it"),
        ("reply", "I look forward to it"),
        ("introduction_request", "Would you introduce us?"),
    ],
)
def test_each_kind_begins_with_a_template_of_its_own(alice_client, url, kind, words):
    answer = alice_client.get(url, {"kind": kind})

    assert answer.status_code == 200
    assert words in composed(answer)


def test_a_text_that_can_go_out_as_it_is_comes_before_one_that_cannot(alice_client, alice, url):
    TemplateFactory(owner=alice, kind="ask_for_time", body="When would suit you, <first name>?")

    assert composed(alice_client.get(url, {"kind": "ask_for_time"})) == "When would suit you, Maria?"


def test_without_a_kind_it_is_what_comes_next(alice_client, alice, maria, url):
    assert 'aria-current="page">Asking for a time' in alice_client.get(url).content.decode()

    stranger = PersonFactory(owner=alice)
    page = alice_client.get(f"/people/{stranger.pk}/messages/add/").content.decode()
    assert 'aria-current="page">First message' in page


@pytest.mark.parametrize("kind", ["note", "nonsense"])
def test_a_kind_that_cannot_be_chosen_is_ignored(alice_client, url, kind):
    assert 'aria-current="page">Asking for a time' in alice_client.get(url, {"kind": kind}).content.decode()


def test_an_introduction_is_asked_of_the_introducer(alice_client, url):
    text = composed(alice_client.get(url, {"kind": "introduction_request"}))

    assert text.startswith("Hi Maria, you know <name> at <company>")
    assert "Alice Archer is looking" in text


def test_who_is_not_connected_but_has_an_address_gets_an_e_mail(alice_client, alice):
    person = PersonFactory(owner=alice, name="Jonas Okafor")
    person.set_email("jonas@example.org")

    page = alice_client.get(f"/people/{person.pk}/messages/add/?kind=follow_up").content.decode()

    assert '<option value="email" selected>' in page
    assert 'href="mailto:jonas@example.org?' in page


def test_an_invitation_is_no_way_for_a_message(alice_client, url):
    assert 'value="invitation"' not in alice_client.get(url).content.decode()
    assert write(alice_client, url, "reply", channel="invitation").status_code == 422


def test_htmx_gets_the_composer_or_the_check_alone(alice_client, url):
    template = MessageTemplate.objects.filter(kind="thanks").first()

    composer = alice_client.get(
        url,
        {"kind": "thanks", "template": template.pk},
        headers={"HX-Request": "true", "HX-Target": "composer"},
    ).content.decode()
    check = alice_client.post(
        f"{url}?kind=thanks", {"text": "About <topic>", "channel": "message", "preview": "check"},
        headers={"HX-Request": "true", "HX-Target": "check"},
    ).content.decode()  # fmt: skip

    assert composer.strip().startswith("<section")
    assert check.strip().startswith('<div id="check">')
    assert "Still to fill: &lt;topic&gt;" in check
    assert not Message.objects.exists()


def test_what_the_page_is_about_stays_with_the_form(alice_client, alice, maria, url):
    talk, row = held(maria), RequestFactory(owner=alice, person=maria)

    page = alice_client.get(f"{url}?kind=thanks&conversation={talk.pk}&request={row.pk}").content.decode()

    assert f'action="{url}?kind=thanks&amp;request={row.pk}&amp;conversation={talk.pk}"' in page


# Drafts


def test_a_draft_is_kept_unfinished_and_sends_nothing(alice_client, alice, maria, url):
    template = TemplateFactory(owner=alice, kind="ask_for_time")

    answer = write(alice_client, url, "ask_for_time", text="Hi <name>", template=template.pk)

    message = Message.objects.owned_by(alice).get()
    assert answer.url == f"/messages/{message.pk}/"
    assert (message.kind, message.text, message.template, message.sent_on) == (
        "ask_for_time", "Hi <name>", template, None,
    )  # fmt: skip
    assert not Conversation.objects.exists()


def test_an_empty_draft_is_not_worth_keeping(alice_client, url):
    answer = write(alice_client, url, "reply", text="  ")

    assert answer.status_code == 422
    assert "Write a word, or cancel" in answer.content.decode()


# Sent, and what follows


def test_asked_for_a_time_begins_a_conversation_from_the_request(alice_client, maria, url):
    row = answered_request(maria)

    answer = write(alice_client, url, "ask_for_time", send="1", on="2026-11-20")

    assert answer.url == f"/people/{maria.pk}/"
    talk = Conversation.objects.get()
    assert (talk.state, str(talk.asked_on), talk.request) == ("asked", "2026-11-20", row)
    message = Message.objects.get(kind="ask_for_time")
    assert (message.conversation, message.request) == (talk, row)
    maria.refresh_from_db()
    assert maria.stage == Person.Stage.SCHEDULING
    assert Activity.objects.filter(person_uid=maria.uid, title="Asked for a time").count() == 1


def test_asked_again_while_a_conversation_is_open_it_stays_as_it_is(alice_client, alice, maria, url):
    talk = ConversationFactory(owner=alice, person=maria)
    assert "There is <a" in alice_client.get(url, {"kind": "ask_for_time"}).content.decode()

    assert write(alice_client, url, "ask_for_time", send="1").status_code == 302

    assert Conversation.objects.get() == talk
    assert Activity.objects.filter(title="Asked for a time").count() == 1


def test_thanks_reach_the_conversation(alice_client, maria, url):
    talk = held(maria)

    answer = write(alice_client, f"{url}", "thanks", send="1", on="2026-11-21")

    talk.refresh_from_db()
    assert answer.url == f"/conversations/{talk.pk}/"
    assert str(talk.thanked_on) == "2026-11-21"
    assert Message.objects.get().conversation == talk


def test_thanks_go_to_the_conversation_that_is_named(alice_client, maria, url):
    named, later = held(maria, "2026-11-18"), held(maria, "2026-11-20")

    alice_client.post(
        f"{url}?kind=thanks&conversation={named.pk}", {"channel": "message", "text": "Thank you", "send": "1"}
    )

    named.refresh_from_db()
    later.refresh_from_db()
    assert named.thanked_on
    assert not later.thanked_on


def test_thanks_before_the_talk_are_refused_and_nothing_is_kept(alice_client, alice, maria, url):
    talk = ConversationFactory(owner=alice, person=maria)

    answer = alice_client.post(
        f"{url}?kind=thanks&conversation={talk.pk}", {"channel": "message", "text": "Thank you", "send": "1"}
    )

    assert answer.status_code == 422
    assert "You have not talked yet." in answer.content.decode()
    assert composed(answer) == "Thank you"
    assert not Message.objects.exists()


def test_thanks_without_a_conversation_are_just_said(alice_client, maria, url):
    write(alice_client, url, "thanks", send="1")

    assert Message.objects.get().conversation is None
    assert Activity.objects.filter(person_uid=maria.uid, title="Thanked").count() == 1


def test_a_follow_up_counts_and_belongs_to_the_request(alice_client, alice, maria, url):
    row = Request.draft(alice, maria, channel="message")
    row.write("Hello")
    row.send(at=dt.datetime(2026, 11, 10, 8, tzinfo=dt.UTC))

    write(alice_client, url, "follow_up", send="1")

    assert Message.objects.get(kind="follow_up").request == row
    row.refresh_from_db()
    assert row.state == "sent"
    assert Activity.objects.filter(title="Followed up").count() == 1


def test_today_is_now_and_another_day_is_noon(alice_client, alice, url):
    write(alice_client, url, "reply", send="1", on="2026-11-23")
    write(alice_client, url, "reply", send="1", on="2026-11-20")

    moments = Message.objects.order_by("pk").values_list("sent_at", flat=True)
    assert list(moments) == [
        dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 20, 12, tzinfo=alice.zone),
    ]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"text": "Hi <name>"}, "Fill or remove &lt;name&gt;"),
        ({"text": "x" * 8001}, "8001 of 8000 characters: 1 too many for a LinkedIn message."),
        ({"text": ""}, "Write the message first."),
        ({"on": "2026-11-24"}, "still to come"),
    ],
)
def test_what_is_not_fit_is_refused_as_a_request_would_be(alice_client, url, more, sentence):
    answer = write(alice_client, url, "first_message", **({"send": "1"} | more))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Message.objects.exists()


def test_who_is_not_to_be_contacted_is_not_written_to(alice_client, maria, url):
    maria.refuse_contact(on=dt.date(2026, 11, 20))

    answer = write(alice_client, url, "ask_for_time", send="1")

    assert answer.status_code == 422
    assert "Maria Chen is marked “do not contact”." in answer.content.decode()
    assert not Conversation.objects.exists()


def test_the_same_form_twice_is_one_message_and_one_conversation(alice_client, url):
    key = "5f0c0e0e-8a59-4c53-9f0c-0d0a2f6f4a13"

    for _ in range(2):
        assert write(alice_client, url, "ask_for_time", send="1", submission=key).status_code == 302

    assert Message.objects.count() == Conversation.objects.count() == 1


@pytest.mark.parametrize("text", ["Hi\x00", "x" * 20_001])
def test_bad_text_is_an_error_in_words(alice_client, url, text):
    assert write(alice_client, url, "reply", text=text).status_code == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "مرحبا 🎉"])
def test_text_is_text(alice_client, url, text):
    answer = write(alice_client, url, "reply", text=text)

    page = alice_client.get(answer.url).content.decode()
    assert "<script>alert" not in page
    assert text in unescape(page)


# Ownership


def test_another_owners_person_is_not_found(bob_client, url):
    assert bob_client.get(url).status_code == 404
    assert write(bob_client, url, "reply", send="1").status_code == 404
    assert not Message.objects.exists()


@pytest.mark.parametrize("name", ["conversation", "request", "template"])
def test_what_is_another_owners_cannot_be_brought_in_by_its_number(alice_client, bob, url, name):
    theirs = {
        "conversation": lambda: ConversationFactory(owner=bob, person=PersonFactory(owner=bob)),
        "request": lambda: RequestFactory(owner=bob, person=PersonFactory(owner=bob)),
        "template": lambda: TemplateFactory(owner=bob, kind="reply", body="Bob’s secret"),
    }[name]()
    address = f"{url}?kind=reply&{name}={theirs.pk}"

    shown, sent = (
        alice_client.get(address),
        alice_client.post(address, {"channel": "message", "text": "Hi", "send": "1"}),
    )

    if name == "template":
        assert "Bob’s" not in unescape(shown.content.decode())
    else:
        assert (shown.status_code, sent.status_code) == (404, 404)
    assert all(getattr(message, f"{name}_id") is None for message in Message.objects.all())


@pytest.mark.parametrize("name", ["conversation", "request"])
def test_what_is_another_persons_cannot_either(alice_client, alice, url, name):
    other = PersonFactory(owner=alice)
    row = {"conversation": ConversationFactory, "request": RequestFactory}[name](owner=alice, person=other)

    assert alice_client.get(f"{url}?kind=reply&{name}={row.pk}").status_code == 404


@pytest.mark.parametrize("number", ["abc", "-1", "9" * 40, "0"])
def test_a_number_that_is_none_is_not_found(alice_client, url, number):
    assert alice_client.get(f"{url}?kind=reply&conversation={number}").status_code == 404


def test_only_get_and_post(alice_client, url):
    assert alice_client.put(url).status_code == 405


@pytest.mark.parametrize("kind", ["first_message", "ask_for_time", "thanks", "introduction_request"])
def test_the_number_of_queries_is_the_same_with_a_long_past(
    alice_client, alice, maria, url, kind, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9) as few:
        alice_client.get(url, {"kind": kind})
    TemplateFactory.create_batch(20, owner=alice, kind=kind)
    for _ in range(10):
        RequestFactory(owner=alice, person=maria, state="declined", declined_on="2026-11-01")
        held(maria)
    with django_assert_max_num_queries(len(few)):
        alice_client.get(url, {"kind": kind})

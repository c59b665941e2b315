"""Requests, messages, conversations and the rest in the admin: moved by their verbs, never by a form."""

import datetime as dt

import pytest

from contacts.models import Person
from netjob.models import Activity
from outreach.models import (
    Application,
    Conversation,
    Insight,
    Interview,
    Message,
    MessageTemplate,
    Referral,
    Request,
)
from tests.admin_pages import act, admin_url, saved, sent_from
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    ConversationFactory,
    InsightFactory,
    MessageFactory,
    OpeningFactory,
    PersonFactory,
    ReferralFactory,
    RequestFactory,
    TemplateFactory,
)

pytestmark = pytest.mark.usefixtures("frozen")
FRIDAY = "2026-11-20"


@pytest.fixture
def priya(alice):
    return PersonFactory(owner=alice, name="Priya Raman")


def added(client, model, **facts):
    url = admin_url(model, "add")
    return client.post(url, sent_from(client.get(url), **facts))


def test_a_request_is_begun_as_a_draft(alice, alice_client, priya):
    assert added(alice_client, Request, person=priya.pk, channel="invitation").status_code == 302
    assert Request.objects.get().state == "draft"


def test_a_second_one_is_refused_with_the_sentence_of_the_verb_and_what_was_chosen_stays(
    alice, alice_client, priya
):
    Request.draft(alice, priya, channel="invitation")

    answer = added(alice_client, Request, person=priya.pk, channel="email")

    assert answer.status_code == 422
    assert "There is a request to Priya Raman already; it is draft." in answer.content.decode()
    assert f'value="{priya.pk}" selected' in answer.content.decode()
    assert Request.objects.count() == 1


def test_the_state_of_a_request_is_not_written(alice, alice_client, priya):
    request = RequestFactory(owner=alice, person=priya)

    saved(alice_client, request, state="accepted", sent_on="2026-11-01", channel="email")

    request.refresh_from_db()
    assert (request.state, request.sent_on, request.channel) == ("draft", None, "invitation")


def test_many_are_sent_accepted_and_taken_back(alice, alice_client):
    requests = [RequestFactory(owner=alice) for _ in range(3)]

    assert act(alice_client, "sending", *requests, on=FRIDAY).status_code == 302
    assert set(Request.objects.values_list("state", "sent_on")) == {("sent", dt.date(2026, 11, 20))}
    assert set(Person.objects.values_list("stage", flat=True)) == {Person.Stage.ASKED}
    assert act(alice_client, "acceptance", *requests, on=FRIDAY).status_code == 302
    assert set(Person.objects.values_list("stage", flat=True)) == {Person.Stage.CONNECTED}
    assert act(alice_client, "step-back", *requests).status_code == 302
    assert set(Request.objects.values_list("state", flat=True)) == {"sent"}


def test_a_request_that_cannot_go_out_keeps_them_all(alice, alice_client, priya):
    fine, unfilled = RequestFactory(owner=alice, person=priya), RequestFactory(owner=alice)
    unfilled.write("Hi <first name>")

    answer = act(alice_client, "sending", fine, unfilled, on=FRIDAY)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"{unfilled}</strong>: Fill or remove" in text
    assert set(Request.objects.values_list("state", flat=True)) == {"draft"}
    assert not Activity.objects.filter(verb="sending").exists()
    priya.refresh_from_db()
    assert priya.stage == Person.Stage.FOUND


def test_withdrawing_what_is_no_invitation_is_refused(alice, alice_client):
    request = RequestFactory(owner=alice, channel="message", state="sent", sent_on=dt.date(2026, 11, 2),
                             sent_at=dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC))  # fmt: skip

    answer = act(alice_client, "withdrawal", request, on=FRIDAY)

    assert answer.status_code == 422
    assert "Only an invitation can be withdrawn." in answer.content.decode()


def test_an_answer_is_kept_and_counted(alice, alice_client):
    request = RequestFactory(owner=alice)
    act(alice_client, "sending", request, on=FRIDAY)

    assert act(alice_client, "answer", request, on=FRIDAY).status_code == 302
    request.refresh_from_db()
    assert request.state == "answered"
    assert Message.objects.get().direction == "in"


def test_a_draft_is_edited_and_sent_and_then_stays(alice, alice_client, priya):
    message = MessageFactory(owner=alice, person=priya)
    assert saved(alice_client, message, text="Thank you!").status_code == 302
    assert act(alice_client, "sending", message, on=FRIDAY).status_code == 302

    answer = alice_client.post(admin_url(Message, "change", message.pk), {"text": "Other", "version": 3})

    assert answer.status_code == 403
    message.refresh_from_db()
    assert message.text == "Thank you!"
    assert act(alice_client, "unsending", message).status_code == 302


def test_the_note_of_a_request_goes_with_it_alone(alice, alice_client, priya):
    request = RequestFactory(owner=alice, person=priya)
    request.write("Hi Priya")
    note = Message.objects.get()

    answer = act(alice_client, "deletion", note)

    assert "This note belongs to its request" in answer.content.decode()
    alice_client.post(admin_url(Message, "delete", note.pk), {"post": "yes"})
    assert Message.objects.exists()


def test_conversations_are_held_and_thanked_for(alice, alice_client):
    talks = [ConversationFactory(owner=alice) for _ in range(2)]

    assert act(alice_client, "holding", *talks, on=FRIDAY).status_code == 302
    assert set(Person.objects.values_list("stage", flat=True)) == {Person.Stage.TALKED}
    assert act(alice_client, "thanks", *talks, on=FRIDAY).status_code == 302
    answer = act(alice_client, "step-back", *talks)
    assert answer.status_code == 422
    assert "You thanked them for it already." in answer.content.decode()


def test_the_time_of_a_conversation_is_not_written(alice, alice_client):
    talk = ConversationFactory(owner=alice)

    assert saved(alice_client, talk, wall_day="2026-12-01", state="held", notes="Nice").status_code == 302

    talk.refresh_from_db()
    assert (talk.wall_day, talk.state, talk.notes) == (None, "asked", "Nice")


def test_a_conversation_is_asked_for_with_its_questions(alice, alice_client, priya):
    facts = {"person": priya.pk, "mode": "phone", "minutes": 30, "notes": "By phone"}

    assert added(alice_client, Conversation, **facts).status_code == 302

    talk = Conversation.objects.get()
    assert (talk.state, talk.mode, talk.minutes, talk.notes) == ("asked", "phone", 30, "By phone")
    assert talk.questions.exists()


def test_a_referral_begins_as_an_offer_and_is_given(alice, alice_client, priya):
    assert added(alice_client, Referral, person=priya.pk).status_code == 302
    referral = Referral.objects.get()

    assert act(alice_client, "giving", referral, on="2026-11-23").status_code == 302
    priya.refresh_from_db()
    assert priya.stage == Person.Stage.REFERRED
    answer = act(alice_client, "asking", referral, on="2026-11-23")
    assert "It is already given" in answer.content.decode()


def test_an_opening_elsewhere_is_refused(alice, alice_client, priya):
    elsewhere = OpeningFactory(owner=alice)
    referral = ReferralFactory(owner=alice, person=priya)
    insight = InsightFactory(owner=alice, company=CompanyFactory(owner=alice))

    for row in (referral, insight):
        answer = saved(alice_client, row, opening=elsewhere.pk)
        assert answer.status_code == 422
        assert "That opening is at another company." in answer.content.decode()


def test_an_insight_is_of_the_past(alice, alice_client):
    company = CompanyFactory(owner=alice)

    assert (
        added(alice_client, Insight, company=company.pk, text="SQL", said_on="2026-11-24").status_code == 422
    )
    assert added(alice_client, Insight, company=company.pk, text="SQL", said_on=FRIDAY).status_code == 302


def test_applications_move_and_get_their_interviews(alice, alice_client):
    application = ApplicationFactory(owner=alice)

    assert act(alice_client, "applying", application, on=FRIDAY).status_code == 302
    assert added(alice_client, Interview, application=application.pk, day="2026-12-01").status_code == 302
    assert act(alice_client, "applying", application, on=FRIDAY).status_code == 422
    assert Application.objects.get().state == "applied"
    assert Activity.objects.filter(verb="interview").count() == 1


def test_templates_are_archived_and_unknown_placeholders_refused(alice, alice_client):
    template = TemplateFactory(owner=alice)

    assert saved(alice_client, template, body="Hi <nick name>").status_code == 422
    assert act(alice_client, "archiving", template, on=FRIDAY).status_code == 302
    assert act(alice_client, "archiving", template, on=FRIDAY).status_code == 422
    assert act(alice_client, "bringing-back", template).status_code == 302
    assert MessageTemplate.objects.get(pk=template.pk).archived_on is None


@pytest.mark.parametrize("model", [Request, Message, Conversation, Insight, Referral, Application])
def test_a_list_takes_the_same_queries_for_more_rows(model, alice, alice_client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factory = {
        Request: RequestFactory, Message: MessageFactory, Conversation: ConversationFactory,
        Insight: InsightFactory, Referral: ReferralFactory, Application: ApplicationFactory,
    }[model]  # fmt: skip

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert alice_client.get(admin_url(model, "changelist")).status_code == 200
        return len(caught)

    factory.create_batch(3, owner=alice)
    few = queries()
    factory.create_batch(8, owner=alice)

    assert queries() == few
    assert few <= 6

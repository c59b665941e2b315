"""The acts of the admin: those of the lists, by the same words and limit, all or none, undone at once."""

import datetime as dt

import pytest
from django.contrib import admin

from companies.models import Company
from contacts.models import Person
from netjob import undo
from netjob.lists import LISTINGS
from netjob.models import Activity, Change
from outreach.models import (
    Application,
    Conversation,
    ConversationQuestion,
    Message,
    MessageTemplate,
    Referral,
    Request,
)
from tests.admin_pages import act, admin_url
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    ConversationFactory,
    MessageFactory,
    PersonFactory,
    QuestionFactory,
    ReferralFactory,
    RequestFactory,
    TemplateFactory,
)

pytestmark = pytest.mark.usefixtures("frozen")
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
SENT = {
    "state": "sent",
    "sent_on": dt.date(2026, 11, 2),
    "sent_at": dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC),
}
MODELS = (
    Company, Person, Request, Message, Conversation, ConversationQuestion, Referral, Application, MessageTemplate,
    Activity,
)  # fmt: skip


def everything(owner):
    """All that an act may touch, without what every save changes."""
    return {
        model: [
            {name: value for name, value in undo.image(row).items() if name not in ("version", "updated_at")}
            for row in model.objects.owned_by(owner).order_by("pk")
        ]
        for model in MODELS
    }


def asked_by_message(alice, person):
    message = MessageFactory(owner=alice, person=person, kind="ask_for_time", text="A time?")
    QuestionFactory(owner=alice)
    return message


def answered(alice, person):
    row = RequestFactory(owner=alice, person=person, **SENT)
    row.answer(on=dt.date(2026, 11, 5), text="Gladly!")
    return row


VERBS = [
    ("sending", lambda alice, person: RequestFactory(owner=alice, person=person)),
    ("acceptance", lambda alice, person: RequestFactory(owner=alice, person=person, **SENT)),
    ("answer", lambda alice, person: RequestFactory(owner=alice, person=person, **SENT)),
    ("refusal", lambda alice, person: RequestFactory(owner=alice, person=person, **SENT)),
    ("step-back", answered),
    ("sending", asked_by_message),
    ("proposal", lambda alice, person: ConversationFactory(owner=alice, person=person)),
    ("preparation", lambda alice, person: ConversationFactory(owner=alice, person=person)),
    ("holding", lambda alice, person: ConversationFactory(owner=alice, person=person)),
    ("giving", lambda alice, person: ReferralFactory(owner=alice, person=person)),
    ("applying", lambda alice, person: ApplicationFactory(owner=alice)),
    ("archiving", lambda alice, person: TemplateFactory(owner=alice)),
    ("pause", lambda alice, person: person.company),
    ("contact-ban", lambda alice, person: person),
    ("deletion", lambda alice, person: person),
]


@pytest.mark.parametrize(("name", "made"), VERBS)
def test_each_act_is_done_and_comes_back_by_the_undo_in_its_message(name, made, alice, alice_client):
    person = PersonFactory(owner=alice, name="Priya")
    person.company.save()
    row = made(alice, person)
    Person.objects.all().advance()
    before = everything(alice)

    answer = act(alice_client, name, row, on="2026-11-20")

    assert answer.status_code == 302
    assert everything(alice) != before
    page = alice_client.get(answer.url).content.decode()
    undone = alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])
    assert undone.status_code == 302
    assert everything(alice) == before


def test_where_one_refuses_what_the_verb_saved_for_the_others_is_taken_back(alice, alice_client):
    fine, refused = RequestFactory(owner=alice), RequestFactory(owner=alice)
    fine.write("Hello")
    refused.write("Hi <first name>")
    before = everything(alice)

    answer = act(alice_client, "sending", fine, refused, on="2026-11-20")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("Nothing is done yet") == 1
    assert "Do it with the other one" in text
    assert everything(alice) == before
    assert not Change.objects.exists()
    assert act(alice_client, "sending", fine, refused, on="2026-11-20", rest="1").status_code == 302
    assert set(Request.objects.values_list("pk", "state")) == {(fine.pk, "sent"), (refused.pk, "draft")}


@pytest.mark.parametrize("model", [Company, Person, Request, Conversation])
def test_what_a_list_can_do_the_admin_does_by_the_same_act(model):
    listing = next(one for one in LISTINGS.values() if one.model is model)
    acts = list(admin.site.get_model_admin(model).all_acts())

    assert {*listing.acts} <= {*acts}
    assert len({one.name for one in acts}) == len(acts)


def test_every_act_of_the_admin_says_what_it_did_for_one_and_for_many():
    for model_admin in admin.site._registry.values():
        for one in getattr(model_admin, "all_acts", list)():
            said = [str(one.done % {"count": count}) for count in (1, 2)]
            assert said[0] != said[1] and said[0][-1] not in ".!", (model_admin, one.name)  # noqa: PT018


def test_more_rows_than_a_form_has_fields_go_through_the_page_in_between(alice, alice_client):
    rows = Company.objects.bulk_create(
        Company(owner=alice, name=f"Company {n}", listed_on=dt.date(2026, 11, 2)) for n in range(1100)
    )

    answer = alice_client.post(
        admin_url(Company, "changelist"),
        {"action": "pause", "rows": ",".join(str(row.pk) for row in rows), "post": "yes", "on": "2026-11-23"},
    )

    assert answer.status_code == 302
    assert Company.objects.filter(state="paused").count() == 1100


def test_without_an_act_those_that_are_ticked_stay_chosen(alice, alice_client):
    company = CompanyFactory(owner=alice, name="Figma")

    answer = alice_client.post(
        admin_url(Company, "changelist"), {"action": "", "_selected_action": [company.pk], "index": 0}
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="rows" value="{company.pk}"' in text
    assert "What shall be done?" in text


@pytest.mark.parametrize("sent", [{"index": 0, "action": "pause"}, {"rows": "", "action": "pause"}])
def test_without_a_tick_it_says_what_is_missing(sent, alice_client):
    answer = alice_client.post(admin_url(Company, "changelist"), sent)

    assert "Tick those that you mean first." in alice_client.get(answer.url).content.decode()


# In our words


def test_lists_and_pages_of_the_admin_speak_as_ours_do(alice, alice_client):
    company = CompanyFactory(owner=alice, name="Figma", listed_on=dt.date(2026, 11, 2))
    PersonFactory(owner=alice, company=company)
    RequestFactory(owner=alice, **SENT)

    def text(*address):
        return " ".join(alice_client.get(admin_url(*address)).content.decode().split())

    index = " ".join(alice_client.get("/admin/").content.decode().split())
    assert "Forms that were sent" in index
    assert "Submissions" not in index
    assert "None available" not in index
    assert "<h1>Companies</h1>" in text(Company, "changelist")
    assert "Select company" not in text(Company, "changelist")
    assert '<td class="label" aria-hidden="true">Sent on</td>' in text(Request, "changelist")
    assert "2 November 2026" in text(Request, "changelist")
    deleting = text(Company, "delete", company.pk)
    assert "The company “Figma” goes. You can undo it afterwards." in deleting
    assert "Objects" not in deleting


def test_an_export_is_csv_unless_something_else_is_chosen(alice_client):
    page = alice_client.get(admin_url(Company, "export")).content.decode()

    assert '<option value="0" selected>csv' in page
    assert "---" not in page.split("<select", 1)[1].split("</select>")[0]

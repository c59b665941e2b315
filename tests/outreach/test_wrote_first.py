"""A recruiter or a peer who wrote to me is entered in one step; the answer is the next one."""

import pytest

from contacts.models import Person
from outreach.models import Insight, Message
from tests import factories as make

pytestmark = pytest.mark.usefixtures("frozen")
FORM = {
    "text": "Dana Voss, Technical Recruiter, Talentworks", "kind": "recruiter", "channel": "email",
    "on": "2026-11-20", "said": "Would you like to hear of a job?",
}  # fmt: skip


def test_person_company_words_and_the_way_to_the_answer(alice_client):
    answer = alice_client.post("/people/wrote-first/", FORM)

    dana = Person.objects.get()
    message = Message.objects.get()
    assert answer.url == f"/people/{dana.pk}/messages/add/?kind=reply"
    assert (dana.kind, dana.role, dana.company.name) == ("recruiter", "Technical Recruiter", "Talentworks")
    assert (message.direction, message.text, message.sent_on.isoformat()) == (
        "in",
        FORM["said"],
        "2026-11-20",
    )
    assert "Dana Voss" in alice_client.get("/people/?kind=recruiter").content.decode()


def test_the_job_they_wrote_about_is_an_opening_at_their_client(alice, alice_client):
    acme = make.CompanyFactory(owner=alice, name="Acme")

    alice_client.post("/people/wrote-first/", FORM | {"opening": "Data Analyst", "opening_at": "ACME"})

    insight = Insight.objects.get()
    assert (insight.company, insight.opening.title, insight.opening.state) == (
        acme,
        "Data Analyst",
        "unposted",
    )
    page = alice_client.get(insight.person.get_absolute_url()).content.decode()
    assert "Data Analyst" in page, "their openings stand on their page"


def test_whoever_is_known_is_not_added_again(alice, alice_client):
    dana = Person.add(alice, "Dana Voss", on=make.ON, email="dana@talent.example")

    alice_client.post("/people/wrote-first/", FORM | {"text": "Dana, dana@talent.example"})

    assert Message.objects.get().person == dana
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"text": ""}, "This field is required"),
        ({"text": "Dana Voss\nBo Friend"}, "One person at a time"),
        ({"on": "2026-12-24"}, "still to come"),
    ],
)
def test_what_is_wrong_is_said(alice_client, form, sentence):
    answer = alice_client.post("/people/wrote-first/", FORM | form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Person.objects.exists()

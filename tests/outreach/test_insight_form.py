"""What I learned about a company: kept with who said it, from an answer in one click, edited, deleted."""

import datetime as dt

import pytest

from netjob.ownership import OwnedModel
from outreach.models import Conversation, Insight
from tests.factories import CompanyFactory, InsightFactory, OpeningFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.usefixtures("frozen")

ON = dt.date(2026, 11, 20)
FORM = {"text": "SQL screen first.", "aim": "role", "certainty": "sure", "said_on": "2026-11-20"}


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


@pytest.fixture
def jonas(alice, figma):
    return PersonFactory(owner=alice, company=figma, name="Jonas Okafor")


@pytest.fixture
def talk(jonas):
    return Conversation.already_held(jonas, on=ON, mode="video")


def url(company, query=""):
    return f"/companies/{company.pk}/insights/add/{query}"


def test_it_is_kept_with_who_said_it_when_and_what_it_is_about(alice_client, alice, figma, jonas):
    opening, role = OpeningFactory(owner=alice, company=figma), RoleFactory(owner=alice)
    form = FORM | {"person": jonas.pk, "opening": opening.pk, "target_role": role.pk, "certainty": "heard"}

    answer = alice_client.post(url(figma), form)

    kept = Insight.objects.get()
    assert answer.url == f"{figma.get_absolute_url()}#insights"
    assert (kept.company, kept.person, kept.opening, kept.target_role) == (figma, jonas, opening, role)
    assert (kept.text, kept.aim, kept.certainty, kept.said_on) == ("SQL screen first.", "role", "heard", ON)


def test_from_an_answer_everything_is_filled_in(alice_client, figma, jonas, talk):
    asked = talk.questions.filter(aim="team").get()
    asked.answer = "Two pods, both under growth."
    asked.save()
    query = f"?conversation={talk.pk}&asked={asked.pk}"

    page = alice_client.get(url(figma, query)).content.decode()
    answer = alice_client.post(url(figma, query), FORM | {"person": jonas.pk})

    assert "Two pods, both under growth.</textarea>" in page
    assert 'value="team" selected' in page
    assert f'value="{jonas.pk}" selected' in page
    assert 'name="said_on" value="2026-11-20"' in page
    assert answer.url == talk.get_absolute_url()
    assert Insight.objects.get().conversation == talk


def test_a_long_answer_is_cut_to_what_an_insight_holds(alice_client, figma, talk):
    asked = talk.questions.first()
    asked.answer = "x" * 10_000
    asked.save()

    page = alice_client.get(url(figma, f"?asked={asked.pk}")).content.decode()

    assert "x" * 4000 + "<" in page


def test_from_a_person_they_said_it(alice_client, figma, jonas):
    page = alice_client.get(url(figma, f"?person={jonas.pk}")).content.decode()

    assert f'value="{jonas.pk}" selected' in page
    assert 'name="said_on" value="2026-11-23"' in page


def test_said_by_offers_people_there_and_those_i_talked_with(alice_client, alice, figma, jonas):
    elsewhere = PersonFactory(owner=alice, name="Maria Elsewhere")
    Conversation.already_held(elsewhere, on=ON, mode="video")
    PersonFactory(owner=alice, name="Never Talked")
    PersonFactory(owner=alice, name="Only Imported", company=figma, picked_up=False, in_play=False)

    page = alice_client.get(url(figma)).content.decode()

    assert "Jonas Okafor" in page
    assert "Maria Elsewhere" in page
    assert "Never Talked" not in page
    assert "Only Imported" not in page


@pytest.mark.parametrize("name", ["conversation", "asked", "person"])
def test_an_id_of_another_in_the_address_fills_nothing_in(name, alice_client, bob, figma):
    other = PersonFactory(owner=bob, name="Secret Name")
    talk = Conversation.already_held(other, on=ON, mode="video", notes="Secret")
    asked = talk.ask_also("Secret question", aim="team")
    asked.answer = "Secret answer"
    asked.save()
    pk = {"conversation": talk.pk, "asked": asked.pk, "person": other.pk}[name]

    page = alice_client.get(url(figma, f"?{name}={pk}"))
    alice_client.post(url(figma, f"?{name}={pk}"), FORM)

    assert page.status_code == 200
    assert "Secret" not in page.content.decode()
    kept = Insight.objects.get()
    assert (kept.conversation, kept.person) == (None, None)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "1e3", "\x00", "٣"])
def test_an_id_that_is_none_is_ignored(number, alice_client, figma):
    for name in ("conversation", "asked", "person"):
        assert alice_client.get(url(figma), {name: number}).status_code == 200


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"text": ""}, "This field is required"),
        ({"text": "x" * 4001}, "at most 4000 characters"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"aim": "pigeons"}, "Select a valid choice"),
        ({"certainty": "very"}, "Select a valid choice"),
        ({"said_on": "2026-11-24"}, "That day is still to come"),
        ({"said_on": "someday"}, "Enter a valid date"),
        ({"person": "999999"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_refused_and_what_was_typed_stays(form, sentence, alice_client, figma):
    answer = alice_client.post(url(figma), FORM | form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert FORM["text"] in answer.content.decode() or "text" in form
    assert not Insight.objects.exists()


def test_rows_of_another_owner_are_no_choice(alice_client, bob, figma):
    theirs = {
        "person": PersonFactory(owner=bob),
        "opening": OpeningFactory(owner=bob),
        "target_role": RoleFactory(owner=bob),
    }

    for name, row in theirs.items():
        assert alice_client.post(url(figma), FORM | {name: row.pk}).status_code == 422
    assert not Insight.objects.exists()


def test_an_opening_of_another_company_is_no_choice(alice_client, alice, figma):
    assert (
        alice_client.post(url(figma), FORM | {"opening": OpeningFactory(owner=alice).pk}).status_code == 422
    )


def test_sent_twice_it_is_kept_once(alice_client, figma):
    form = FORM | {"submission": "7e1cbb0b-2b1d-4f0e-9b0e-0a7b6f3f2a11"}

    alice_client.post(url(figma), form)
    alice_client.post(url(figma), form)

    assert Insight.objects.count() == 1


def test_it_is_edited_and_an_older_version_is_a_conflict(alice_client, alice, figma):
    insight = InsightFactory(owner=alice, company=figma)
    seen = insight.version

    alice_client.post(f"/insights/{insight.pk}/", FORM | {"text": "From the desk", "version": seen})
    answer = alice_client.post(f"/insights/{insight.pk}/", FORM | {"text": "From the phone", "version": seen})

    assert answer.status_code == 409
    assert "From the desk" in answer.content.decode()
    assert "From the phone" in answer.content.decode()


def test_who_said_it_stays_a_choice_when_they_have_left(alice_client, alice, figma):
    gone = PersonFactory(owner=alice, name="Mei Left")
    insight = InsightFactory(owner=alice, company=figma, person=gone)

    form = FORM | {"person": gone.pk, "version": insight.version}
    assert alice_client.post(f"/insights/{insight.pk}/", form).status_code == 302

    insight.refresh_from_db()
    assert insight.person == gone


def test_a_deleted_one_comes_back(alice_client, alice, figma):
    insight = InsightFactory(owner=alice, company=figma, text="Openings are told on Slack first.")

    alice_client.post(f"/insights/{insight.pk}/deletion/")
    assert not Insight.objects.exists()
    page = alice_client.get("/changes/").content.decode()
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])

    assert Insight.objects.get().text == "Openings are told on Slack first."


def test_another_owner_finds_nothing(bob_client, alice, figma):
    insight: OwnedModel = InsightFactory(owner=alice, company=figma)

    assert bob_client.get(url(figma)).status_code == 404
    assert bob_client.post(url(figma), FORM).status_code == 404
    assert bob_client.get(f"/insights/{insight.pk}/").status_code == 404
    assert bob_client.post(f"/insights/{insight.pk}/deletion/").status_code == 404
    assert Insight.objects.count() == 1

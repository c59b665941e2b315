"""Questions of one conversation: taken from the bank or written on the fly, and taken off again."""

import datetime as dt

import pytest

from outreach.models import Conversation, ConversationQuestion
from outreach.models.conversation import Aim
from tests.factories import PersonFactory, QuestionFactory

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def talk(alice):
    return Conversation.ask(PersonFactory(owner=alice), on=dt.date(2026, 11, 16))


def texts(talk):
    return list(talk.questions.values_list("text", flat=True))


def add(client, talk, **form):
    return client.post(f"/conversations/{talk.pk}/questions/", form, follow=True)


def test_the_bank_is_offered_by_aim_without_what_is_asked_already(alice_client, talk):
    page = alice_client.get(talk.get_absolute_url()).content.decode()

    offered = page.split("question bank (")[1].split("</form>")[0]
    assert "19 more" in page
    assert offered.index("The role") < offered.index("Organisation and team") < offered.index("Openings")
    assert [text for text in texts(talk) if text in offered] == []


def test_several_are_taken_from_the_bank_at_once(alice_client, alice, talk):
    first, second = QuestionFactory(owner=alice, aim="team"), QuestionFactory(owner=alice, aim="openings")

    answer = add(alice_client, talk, question=[first.pk, second.pk])

    assert texts(talk)[4:] == [first.text, second.text]
    assert "2 more questions to ask." in answer.content.decode()
    assert talk.questions.last().aim == "openings"


def test_one_is_written_on_the_fly_and_does_not_go_to_the_bank(alice_client, talk):
    add(alice_client, talk, text="What is dbt for?", aim="role")

    asked = talk.questions.last()
    assert (asked.text, asked.aim, asked.question) == ("What is dbt for?", Aim.ROLE, None)


def test_htmx_gets_the_list_alone(alice_client, talk):
    headers = {"HX-Request": "true", "HX-Target": "questions"}

    answer = alice_client.post(
        f"/conversations/{talk.pk}/questions/", {"text": "Why?"}, headers=headers, follow=True
    )

    page = answer.content.decode()
    assert 'id="questions"' in page
    assert "<html" not in page
    assert "One more question to ask." in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a question, or write one."),
        ({"text": "   "}, "Choose a question, or write one."),
        ({"text": "x" * 501}, "at most 500 characters"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"text": "Why?", "aim": "pigeons"}, "Select a valid choice"),
        ({"question": "999999"}, "Select a valid choice"),
        ({"question": "x"}, "not a valid value"),
    ],
)
def test_bad_input_is_refused_on_the_page_and_what_was_typed_stays(form, sentence, alice_client, talk):
    answer = add(alice_client, talk, **form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page.replace("“", "").replace("”", "")
    assert len(texts(talk)) == 4
    assert form.get("text", "").strip()[:400].replace("\x00", "") in page.replace("\x00", "")


def test_the_same_question_twice_is_refused_and_nothing_of_the_rest_is_taken(alice_client, alice, talk):
    other = QuestionFactory(owner=alice)

    again = add(alice_client, talk, question=[other.pk, talk.questions.first().question.pk])
    on_the_fly = add(alice_client, talk, text=talk.questions.first().text)

    assert again.status_code == on_the_fly.status_code == 422
    assert "on the list already" in again.content.decode()
    assert len(texts(talk)) == 4


def test_another_owners_question_is_no_choice(alice_client, bob, talk):
    assert add(alice_client, talk, question=QuestionFactory(owner=bob).pk).status_code == 422
    assert len(texts(talk)) == 4


def test_one_is_taken_off_and_comes_back_with_its_answer(alice_client, talk):
    asked = talk.questions.first()
    asked.answer = "Two pods."
    asked.save()

    page = alice_client.post(f"/asked/{asked.pk}/deletion/", follow=True).content.decode()
    assert len(texts(talk)) == 3
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])

    assert talk.questions.first().answer == "Two pods."


def test_another_owner_adds_and_takes_nothing(bob_client, talk):
    asked = talk.questions.first()

    assert bob_client.post(f"/conversations/{talk.pk}/questions/", {"text": "Why?"}).status_code == 404
    assert bob_client.post(f"/asked/{asked.pk}/deletion/").status_code == 404
    assert ConversationQuestion.objects.count() == 4


def test_questions_are_only_added_by_post(alice_client, talk):
    assert alice_client.get(f"/conversations/{talk.pk}/questions/").status_code == 405

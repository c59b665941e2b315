"""The question bank: by aim, added to, edited, emptied; conversations keep the words they had."""

import datetime as dt

import pytest

from outreach.models import Conversation, Question
from tests.factories import PersonFactory, QuestionFactory

LIST = "/questions/"


def test_a_new_account_finds_questions_of_all_four_aims(alice_client):
    page = alice_client.get(LIST).content.decode()

    for aim in ("role", "team", "openings", "referral"):
        assert f'id="aim-{aim}"' in page


def test_an_empty_bank_is_told_the_first_step(alice_client, alice):
    Question.objects.owned_by(alice).delete()

    assert "Add your first question" in alice_client.get(LIST).content.decode()


def test_how_often_one_was_taken_is_said(alice_client, alice):
    Question.objects.owned_by(alice).delete()
    question = QuestionFactory(owner=alice)
    for _number in range(2):
        Conversation.ask(PersonFactory(owner=alice), on=dt.date(2026, 11, 2))

    assert "in 2 conversations" in alice_client.get(LIST).content.decode()
    assert question.asked.count() == 2


def test_one_is_added_with_its_spaces_put_in_order(alice_client, alice):
    answer = alice_client.post("/questions/add/", {"text": "  What is\r\n dbt  for? ", "aim": "role"})

    assert answer.url == LIST
    assert Question.objects.owned_by(alice).filter(text="What is dbt for?", aim="role").count() == 1


@pytest.mark.parametrize("kind", ["team", "pigeons", "", "\x00"])
def test_the_aim_is_filled_in_where_it_is_one(kind, alice_client):
    page = alice_client.get("/questions/add/", {"kind": kind}).content.decode()

    assert f'value="{kind if kind == "team" else "role"}" selected' in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"text": "Why?", "aim": "pigeons"}, "Select a valid choice"),
        ({"text": "", "aim": "role"}, "This field is required"),
        ({"text": "x" * 501, "aim": "role"}, "at most 500 characters"),
        ({"text": "a\x00b", "aim": "role"}, "Null characters"),
        ({"text": "What does a normal week look like in your role?", "aim": "team"}, "in your bank already"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(form, sentence, alice_client, alice):
    before = Question.objects.owned_by(alice).count()

    answer = alice_client.post("/questions/add/", form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Question.objects.owned_by(alice).count() == before


def test_another_owner_may_have_the_same_question(bob_client, bob, alice):
    text = QuestionFactory(owner=alice).text

    bob_client.post("/questions/add/", {"text": text, "aim": "role"})

    assert Question.objects.owned_by(bob).filter(text=text).exists()


def test_an_edit_leaves_the_words_of_conversations_alone(alice_client, alice):
    talk = Conversation.ask(PersonFactory(owner=alice), on=dt.date(2026, 11, 2))
    asked = talk.questions.first()

    form = {"text": "Something new?", "aim": "team", "version": asked.question.version}
    alice_client.post(f"/questions/{asked.question_id}/", form)

    before = asked.text
    asked.refresh_from_db()
    assert (asked.question.text, asked.text) == ("Something new?", before)


def test_an_edit_of_an_older_version_is_a_conflict(alice_client, alice):
    question = QuestionFactory(owner=alice)
    seen = question.version
    question.text = "From the phone?"
    question.save()

    answer = alice_client.post(
        f"/questions/{question.pk}/", {"text": "Desk?", "aim": "role", "version": seen}
    )

    assert answer.status_code == 409
    assert "From the phone?" in answer.content.decode()


def test_a_deleted_question_stays_in_its_conversations_and_comes_back_to_them(alice_client, alice):
    talk = Conversation.ask(PersonFactory(owner=alice), on=dt.date(2026, 11, 2))
    asked = talk.questions.first()
    pk, text = asked.question_id, asked.text

    page = alice_client.post(f"/questions/{pk}/deletion/", follow=True).content.decode()
    asked.refresh_from_db()
    assert (asked.question, asked.text) == (None, text)
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])

    asked.refresh_from_db()
    assert asked.question_id == pk


def test_the_number_of_queries_does_not_grow(alice_client, alice, django_assert_num_queries):
    for count in (10, 20):
        QuestionFactory.create_batch(count, owner=alice)
        with django_assert_num_queries(3):
            alice_client.get(LIST)


def test_another_owners_question_is_not_found(bob_client, alice):
    question = QuestionFactory(owner=alice)

    assert bob_client.get(f"/questions/{question.pk}/").status_code == 404
    assert bob_client.post(f"/questions/{question.pk}/deletion/").status_code == 404
    assert question.text not in bob_client.get(LIST).content.decode()

"""The page of one conversation: when, what next, questions, notes, what is known, and the way back."""

import datetime as dt

import pytest

from netjob.models import Activity
from outreach.models import Conversation, Question
from tests.factories import (
    CompanyFactory,
    InsightFactory,
    PersonFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.usefixtures("frozen")

STARTS = dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC)
TIME = {
    "wall_day": dt.date(2026, 11, 24),
    "wall_time": dt.time(10),
    "zone": "America/New_York",
    "starts_at": STARTS,
}
ON = dt.date(2026, 11, 20)


@pytest.fixture
def person(alice):
    company = CompanyFactory(owner=alice, name="Figma")
    return PersonFactory(owner=alice, company=company, name="Jonas Okafor", time_zone="America/New_York")


@pytest.fixture
def talk(person):
    return Conversation.ask(person, on=ON, mode="video")


def page_of(client, talk):
    answer = client.get(f"/conversations/{talk.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_both_clocks_place_and_length_stand_at_the_top(alice_client, talk):
    talk.schedule(on=ON, **TIME, minutes=30, place="https://meet.example.org/j?x=1")

    page = page_of(alice_client, talk)

    assert "Tuesday 24 November, 16:00 to 16:30</time> (10:00 for Jonas)" in page
    assert 'href="https://meet.example.org/j?x=1" target="_blank" rel="noopener noreferrer"' in page


@pytest.mark.parametrize(
    "place", ["javascript:alert(1)", "data:text/html,x", "Café <b>Blau</b>", "https://evil@good.example/"]
)
def test_a_place_that_is_no_safe_link_is_only_text(place, alice_client, talk):
    talk.schedule(on=ON, **TIME, place=place)

    page = page_of(alice_client, talk)

    assert f'href="{place}"' not in page
    assert "<b>Blau" not in page


def test_a_phone_number_can_be_called(alice_client, talk):
    talk.schedule(on=ON, **TIME, place="+1 (212) 555-0100")

    assert 'href="tel:+12125550100"' in page_of(alice_client, talk)


def test_what_comes_next_changes_as_it_goes_on(alice_client, talk, frozen, today):
    assert "Find a time with Jonas" in page_of(alice_client, talk)
    talk.schedule(on=ON, **TIME)
    assert "Confirm the time with Jonas" in page_of(alice_client, talk)
    talk.confirm(on=today)
    assert "Prepare for Jonas" in page_of(alice_client, talk)
    talk.prepare(on=today)
    assert "You are ready for Jonas" in page_of(alice_client, talk)
    frozen.move_to(STARTS + dt.timedelta(minutes=5))
    assert "You are talking with Jonas" in page_of(alice_client, talk)
    frozen.move_to(STARTS + dt.timedelta(minutes=20))
    assert "How did it go?" in page_of(alice_client, talk)
    talk.hold(on=STARTS.date())
    assert "Write it up while it is fresh" in page_of(alice_client, talk)
    talk.notes = "Two pods."
    talk.save()
    page = page_of(alice_client, talk)
    assert "Thank Jonas" in page
    assert f"/people/{talk.person.pk}/messages/add/?kind=thanks&amp;conversation={talk.pk}" in page
    talk.thank(on=STARTS.date())
    assert "You talked with Jonas, and thanked them" in page_of(alice_client, talk)


def test_one_that_fell_through_says_so_kindly(alice_client, talk, today):
    talk.schedule(on=ON, **TIME)
    talk.miss(on=TIME["wall_day"])

    page = page_of(alice_client, talk)

    assert "Offer Jonas another time" in page
    assert "They came after all" in page


def test_what_is_known_about_the_company_stands_beside(alice_client, alice, talk):
    mei = PersonFactory(owner=alice, name="Mei Tan", company=talk.person.company)
    InsightFactory(owner=alice, company=talk.person.company, person=mei, text="SQL screen first.")

    page = page_of(alice_client, talk)

    assert "What you know about Figma" in page
    assert "SQL screen first." in page
    assert "Mei Tan" in page


def test_a_person_without_a_company_has_a_page_too(alice_client, alice):
    talk = Conversation.already_held(PersonFactory(owner=alice, company=None), on=ON, mode="phone")

    assert "Keep as insight" not in page_of(alice_client, talk)


def test_an_empty_bank_and_no_questions_leave_a_line_to_write_one(alice_client, alice, talk):
    talk.questions.all().delete()
    Question.objects.owned_by(alice).delete()

    page = page_of(alice_client, talk)

    assert "No question is on the list." in page
    assert "A question of your own" in page
    assert "question bank (" not in page


def test_hostile_text_is_shown_as_text(alice_client, alice):
    evil = '"><script>alert(1)</script>\u202e👩‍💻'
    person = PersonFactory(owner=alice, name=evil, company=CompanyFactory(owner=alice, name=evil))
    talk = Conversation.already_held(person, on=ON, mode="video", notes=f"</textarea>{evil}")
    talk.ask_also(f"</textarea>{evil}", aim="role")
    InsightFactory(owner=alice, company=person.company, person=person, text=evil)

    assert "<script>alert" not in page_of(alice_client, talk)


def test_the_number_of_queries_does_not_grow(alice_client, alice, talk, django_assert_num_queries):
    talk.schedule(on=ON, **TIME)

    def fill(count):
        for number in range(count):
            talk.ask_also(f"Question {number} of {count}", aim="role")
            QuestionFactory(owner=alice)
            InsightFactory(owner=alice, company=talk.person.company, person=talk.person)

    fill(10)
    with django_assert_num_queries(7):
        page_of(alice_client, talk)
    fill(20)
    with django_assert_num_queries(7):
        page_of(alice_client, talk)


def test_another_owners_conversation_is_not_found(bob_client, talk):
    for part in ("", "edit/", "deletion/", "notes/"):
        assert bob_client.get(f"/conversations/{talk.pk}/{part}").status_code == 404


def test_only_get(alice_client, talk):
    assert alice_client.post(f"/conversations/{talk.pk}/").status_code == 405


EDIT = {"mode": "phone", "minutes": "45", "place": "+49 30 1234567"}


def test_how_and_where_are_edited(alice_client, talk):
    answer = alice_client.post(f"/conversations/{talk.pk}/edit/", EDIT | {"version": talk.version})

    talk.refresh_from_db()
    assert answer.url == talk.get_absolute_url()
    assert (talk.mode, talk.minutes, talk.place) == ("phone", 45, "+49 30 1234567")


def test_an_edit_on_an_older_version_is_a_conflict_with_both(alice_client, talk):
    seen = talk.version
    talk.place = "Room 4"
    talk.save()

    answer = alice_client.post(f"/conversations/{talk.pk}/edit/", EDIT | {"version": seen})

    assert answer.status_code == 409
    assert "Room 4" in answer.content.decode()
    assert "+49 30 1234567" in answer.content.decode()


def test_an_agreed_time_is_taken_back_before_it_goes_on_in_writing(alice_client, talk):
    talk.schedule(on=ON, **TIME)

    answer = alice_client.post(
        f"/conversations/{talk.pk}/edit/", EDIT | {"mode": "writing", "version": talk.version}
    )

    assert answer.status_code == 422
    assert "Take the scheduling back first" in answer.content.decode()
    talk.undo_move(on=ON)
    alice_client.post(f"/conversations/{talk.pk}/edit/", EDIT | {"mode": "writing", "version": talk.version})
    talk.refresh_from_db()
    assert talk.in_writing


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"place": "javascript:alert(1)"}, "Only addresses that begin with https://"),
        ({"place": "x\x00"}, "Null characters"),
        ({"minutes": "-5"}, "greater than or equal to"),
        ({"mode": "pigeon"}, "Select a valid choice"),
    ],
)
def test_a_bad_edit_is_refused_with_a_sentence(form, sentence, alice_client, talk):
    answer = alice_client.post(f"/conversations/{talk.pk}/edit/", EDIT | form | {"version": talk.version})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_deleted_one_comes_back_with_its_answers(alice_client, talk):
    asked = talk.questions.first()
    asked.answer = "Two pods."
    asked.save()

    page = alice_client.post(f"/conversations/{talk.pk}/deletion/", follow=True).content.decode()
    assert not Conversation.objects.exists()
    talk.person.refresh_from_db()
    assert talk.person.stage == 0
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])

    assert Conversation.objects.get().questions.get(answer="Two pods.")
    talk.person.refresh_from_db()
    assert talk.person.get_stage_display() == "Finding a time"


def test_the_history_keeps_what_happened(alice_client, talk):
    talk.schedule(on=ON, **TIME)

    lines = [(line.title, line.text) for line in Activity.objects.filter(person_uid=talk.person.uid)]

    assert lines[:2] == [
        ("Scheduled", "Tuesday 24 November, 16:00 (10:00 for them)"),
        ("Asked for a time", ""),
    ]

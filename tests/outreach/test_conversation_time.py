"""A time by one clock, shown by both: zones, clock changes, the day that differs, moving it."""

import datetime as dt

import pytest

from outreach.models import Conversation
from tests.factories import ConversationFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")

TIME = {
    "wall_day": "2026-11-24",
    "wall_time": "10:00",
    "zone": "Europe/Berlin",
    "minutes": "20",
    "mode": "video",
}


@pytest.fixture
def talk(alice):
    person = PersonFactory(owner=alice, name="Priya Raman", time_zone="America/New_York")
    return ConversationFactory(owner=alice, person=person)


def url(talk):
    return f"/conversations/{talk.pk}/scheduling/"


def send(client, talk, **form):
    answer = client.post(url(talk), TIME | form, follow=True)
    talk.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    ("form", "moment", "said"),
    [
        ({}, "2026-11-24T09:00", "Tuesday 24 November, 10:00 (04:00 for them)"),
        ({"zone": "America/New_York"}, "2026-11-24T15:00", "Tuesday 24 November, 16:00 (10:00 for them)"),
        # their day is another one
        ({"wall_time": "02:00"}, "2026-11-24T01:00", "Tuesday 24 November, 02:00 (Mon 20:00 for them)"),
        ({"wall_time": "21:00", "zone": "America/New_York"}, "2026-11-25T02:00",
         "Wednesday 25 November, 03:00 (Tue 21:00 for them)"),
        ({"zone": "Asia/Kathmandu"}, "2026-11-24T04:15", "Tuesday 24 November, 05:15 (Mon 23:15 for them)"),
        # between the two clock changes of spring they are five hours apart, not six
        ({"wall_day": "2027-03-20"}, "2027-03-20T09:00", "Saturday 20 March, 10:00 (05:00 for them)"),
    ],
)  # fmt: skip
def test_the_moment_follows_from_wall_time_and_zone(form, moment, said, alice_client, talk):
    answer = send(alice_client, talk, **form)

    assert talk.starts_at == dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    assert f"You talk with Priya Raman on {said}." in answer.content.decode()


def test_their_zone_stands_beside_mine_first_and_a_guess_says_so(alice_client, alice, talk):
    guessed = ConversationFactory(owner=alice, person=PersonFactory(owner=alice, place="Tokyo"))
    nowhere = ConversationFactory(owner=alice, person=PersonFactory(owner=alice, place=""))

    assert (
        '<option value="America/New_York">Theirs: New York</option>'
        in alice_client.get(url(talk)).content.decode()
    )
    assert "Theirs, as it seems: Tokyo" in alice_client.get(url(guessed)).content.decode()
    assert "Theirs" not in alice_client.get(url(nowhere)).content.decode()


def test_both_in_one_zone_are_told_so(alice_client, alice):
    talk = ConversationFactory(owner=alice, person=PersonFactory(owner=alice, time_zone="Europe/Berlin"))

    assert "Yours and theirs: Berlin" in alice_client.get(url(talk)).content.decode()
    answer = send(alice_client, talk)
    assert "10:00 (" not in answer.content.decode().split("messages")[1].split("</p>")[0]
    assert "the same for both of you" in answer.content.decode()


def test_a_time_that_comes_twice_is_asked_about_and_either_can_be_meant(alice_client, talk):
    twice = {"wall_day": "2027-10-31", "wall_time": "02:30"}

    asked = send(alice_client, talk, **twice)

    page = asked.content.decode()
    assert asked.status_code == 422
    assert "On 31 October the clocks go back in Berlin, and 02:30 comes twice. Which one is it?" in page
    assert "02:30 CEST (20:30 New York)" in page
    assert "02:30 CET (21:30 New York)" in page
    assert talk.state == "asked"
    for which in ("2027-10-31T00:30:00+00:00", "2027-10-31T01:30:00+00:00"):
        send(alice_client, talk, **twice, which=which)
        assert talk.starts_at == dt.datetime.fromisoformat(which)
        assert (talk.wall_time, talk.zone) == (dt.time(2, 30), "Europe/Berlin")


def test_a_time_that_does_not_exist_offers_the_next_that_does(alice_client, talk):
    never = {"wall_day": "2027-03-14", "wall_time": "02:30", "zone": "America/New_York"}

    asked = send(alice_client, talk, **never)

    page = asked.content.decode()
    assert asked.status_code == 422
    assert "On 14 March the clocks go forward in New York, so there is no 02:30. Choose a later one." in page
    assert "03:00 EDT (08:00 Berlin)" in page
    assert "03:30 EDT (08:30 Berlin)" in page
    send(alice_client, talk, **never, which="2027-03-14T07:00:00+00:00")
    assert talk.starts_at == dt.datetime(2027, 3, 14, 7, 0, tzinfo=dt.UTC)
    assert (talk.wall_day, talk.wall_time) == (dt.date(2027, 3, 14), dt.time(3))


def test_an_answer_to_another_question_is_asked_again(alice_client, talk):
    asked = send(
        alice_client, talk, wall_day="2027-10-31", wall_time="02:30", which="2027-03-14T07:00:00+00:00"
    )

    assert asked.status_code == 422
    assert talk.state == "asked"


def test_an_answer_left_over_from_before_says_nothing_about_an_exact_time(alice_client, talk):
    send(alice_client, talk, which="2027-03-14T07:00:00+00:00")

    assert talk.starts_at == dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def test_a_minute_ago_is_past_by_whatever_clock(alice_client, talk):
    assert send(alice_client, talk, wall_day="2026-11-23", wall_time="09:59").status_code == 422
    assert (
        send(
            alice_client, talk, wall_day="2026-11-23", wall_time="03:59", zone="America/New_York"
        ).status_code
        == 422
    )
    assert send(alice_client, talk, wall_day="2026-11-23", wall_time="10:00").status_code == 200
    assert talk.state == "scheduled"


def test_it_is_moved_and_both_clocks_are_said_again(alice_client, talk):
    send(alice_client, talk)

    page = alice_client.get(url(talk)).content.decode()
    answer = send(alice_client, talk, wall_time="15:30", place="https://meet.example.org/p")

    assert "Move the conversation with Priya Raman" in page
    assert 'value="10:00"' in page
    assert (
        "Moved: you talk with Priya Raman on Tuesday 24 November, 15:30 (09:30 for them)."
        in answer.content.decode()
    )
    assert talk.place == "https://meet.example.org/p"
    assert Conversation.objects.count() == 1


def test_a_held_one_gets_no_other_time(alice_client, alice, today):
    talk = Conversation.already_held(PersonFactory(owner=alice), on=today, mode="video")

    answer = send(alice_client, talk)

    assert answer.status_code == 422
    assert "It is already held" in answer.content.decode()


def test_in_writing_there_is_no_time_until_it_is_live(alice_client, alice):
    talk = ConversationFactory(owner=alice, mode="writing")

    send(alice_client, talk, mode="phone")

    assert (talk.state, talk.mode) == ("scheduled", "phone")


def test_my_zone_counts_as_it_is_now(alice_client, alice, talk):
    send(alice_client, talk)
    alice.time_zone = "Asia/Tokyo"
    alice.save()

    page = alice_client.get(talk.get_absolute_url()).content.decode()

    assert "Tuesday 24 November, 18:00 to 18:20" in page
    assert "04:00 for Priya" in page


def test_another_owners_conversation_is_not_found(bob_client, talk):
    assert bob_client.get(url(talk)).status_code == 404
    assert bob_client.post(url(talk), TIME).status_code == 404
    talk.refresh_from_db()
    assert talk.state == "asked"


def test_only_get_and_post(alice_client, talk):
    assert alice_client.delete(url(talk)).status_code == 405


def test_a_clock_that_nobody_knows_is_asked_for(alice_client, alice):
    talk = ConversationFactory(owner=alice, person=PersonFactory(owner=alice, name="Mei Tan", place=""))

    page = send(alice_client, talk).content.decode()

    assert "10:00 to 10:20" in page
    assert f'<a href="/people/{talk.person.pk}/edit/">what is it for Mei?</a>' in page

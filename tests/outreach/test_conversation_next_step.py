"""The one thing to do next with a conversation, by its state, the clock, and what is done."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.factories import ConversationFactory

BERLIN = ZoneInfo("Europe/Berlin")
STARTS = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 20)
TIME = {"wall_day": STARTS.date(), "wall_time": dt.time(10), "zone": "Europe/Berlin", "starts_at": STARTS}


def step(talk, now=STARTS, *, written=False):
    return talk.next_step(now=now, zone=BERLIN, is_written_up=written)


def scheduled(owner, **facts):
    talk = ConversationFactory(owner=owner, asked_on=ON)
    talk.schedule(on=ON, **TIME)
    for name, value in facts.items():
        setattr(talk, name, value)
    return talk


@pytest.mark.parametrize("state", ["asked", "proposed"])
def test_without_a_time_it_needs_one(state, alice):
    assert step(ConversationFactory(owner=alice, state=state, proposed_on=ON)) == "time"


def test_in_writing_the_questions_go_out_then_the_answers_come(alice):
    talk = ConversationFactory(owner=alice, mode="writing")

    assert step(talk) == "questions"
    talk.questions_sent_on = ON
    assert step(talk) == "answers"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (dt.timedelta(days=3), "prepare"),
        # 23 November, 00:30 in Berlin: the day before has begun there, not yet in UTC
        (dt.timedelta(days=1, hours=9, minutes=30), "confirm"),
        (dt.timedelta(hours=1), "confirm"),
        (dt.timedelta(0), "talk"),
        (dt.timedelta(minutes=-19), "talk"),
        (dt.timedelta(minutes=-20), "outcome"),
        (dt.timedelta(days=-9), "outcome"),
    ],
)
def test_a_scheduled_one_is_prepared_confirmed_held_and_asked_about(before, expected, alice):
    assert step(scheduled(alice), STARTS - before) == expected


def test_what_is_confirmed_and_prepared_waits_for_the_talk(alice):
    now = STARTS - dt.timedelta(hours=3)

    assert step(scheduled(alice, confirmed_on=ON), now) == "prepare"
    assert step(scheduled(alice, prepared_on=ON), now) == "confirm"
    assert step(scheduled(alice, confirmed_on=ON, prepared_on=ON), now) == "talk"


def test_a_held_one_is_written_up_then_thanked_for(alice):
    talk = ConversationFactory(owner=alice, state="held", held_on=ON)

    assert step(talk) == "write_up"
    assert step(talk, written=True) == "thank"
    talk.thanked_on = ON
    assert step(talk, written=True) == "done"


@pytest.mark.parametrize("state", ["cancelled", "no_show"])
def test_one_that_fell_through_finds_another_time(state, alice):
    assert (
        step(ConversationFactory(owner=alice, state=state, cancelled_on=ON, no_show_on=ON)) == "another_time"
    )


def test_the_likely_day_is_the_agreed_one_in_my_zone_and_never_to_come(alice):
    late = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
    talk = scheduled(alice, starts_at=late)

    assert talk.likely_day(dt.date(2026, 11, 27), BERLIN) == dt.date(2026, 11, 25)
    assert talk.likely_day(dt.date(2026, 11, 23), BERLIN) == dt.date(2026, 11, 23)


def test_clashes_are_those_that_overlap(alice, bob):
    talk = scheduled(alice, minutes=30)
    talk.save()
    for owner, minutes_later, length in [
        (alice, -20, 20),
        (alice, 30, 20),
        (bob, 0, 20),
        (alice, -19, 20),
        (alice, 29, 5),
    ]:
        other = ConversationFactory(owner=owner, asked_on=ON, minutes=length)
        other.schedule(on=ON, **TIME | {"starts_at": STARTS + dt.timedelta(minutes=minutes_later)})

    assert [(other.starts_at - STARTS).seconds // 60 for other in talk.clashes()] == [24 * 60 - 19, 29]

"""Which moves lead from which state of a conversation: each that the table allows, and none besides."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from contacts.models import Person
from netjob.models import Activity
from netjob.ownership import Refused
from outreach.models import Conversation
from tests.factories import ConversationFactory, PersonFactory

DAY = dt.date(2026, 11, 2)
LATER = DAY + dt.timedelta(days=3)
TIME = {
    "wall_day": dt.date(2026, 11, 4),
    "wall_time": dt.time(10, 0),
    "zone": "Europe/Berlin",
    "starts_at": dt.datetime(2026, 11, 4, 9, 0, tzinfo=dt.UTC),
}
VERBS = {
    "proposal": lambda talk, on: talk.propose(on=on),
    "scheduling": lambda talk, on: talk.schedule(on=on, **TIME),
    "holding": lambda talk, on: talk.hold(on=on),
    "cancellation": lambda talk, on: talk.cancel(on=on),
    "no-show": lambda talk, on: talk.miss(on=on),
}
WAYS = {
    "asked": [],
    "proposed": ["proposal"],
    "scheduled": ["proposal", "scheduling"],
    "held": ["proposal", "scheduling", "holding"],
    "cancelled": ["proposal", "scheduling", "cancellation"],
    "no_show": ["proposal", "scheduling", "no-show"],
}
ALLOWED = {
    ("asked", "proposal"): "proposed",
    ("asked", "scheduling"): "scheduled",
    ("asked", "holding"): "held",
    ("asked", "cancellation"): "cancelled",
    ("proposed", "scheduling"): "scheduled",
    ("proposed", "holding"): "held",
    ("proposed", "cancellation"): "cancelled",
    ("scheduled", "scheduling"): "scheduled",
    ("scheduled", "holding"): "held",
    ("scheduled", "cancellation"): "cancelled",
    ("scheduled", "no-show"): "no_show",
    ("cancelled", "scheduling"): "scheduled",
    ("no_show", "scheduling"): "scheduled",
}
EVERY = [(state, verb) for state in WAYS for verb in VERBS]


def in_state(owner, state):
    talk = ConversationFactory(owner=owner, asked_on=DAY)
    for step, noun in enumerate(WAYS[state], start=1):
        VERBS[noun](talk, DAY + dt.timedelta(days=step))
    return Conversation.objects.get(pk=talk.pk)


def columns(talk):
    return Conversation.objects.filter(pk=talk.pk).values().get()


def test_the_table_above_is_the_one_in_the_code():
    written = {
        (source, move.noun): move.to
        for move in Conversation.MOVES
        for source in move.sources
        if move.noun not in ("asking", "joining")  # the one begins it, the other is made by merging alone
    }

    assert {key: state for key, state in ALLOWED.items() if key != ("scheduled", "scheduling")} == written


@pytest.mark.parametrize(("state", "verb"), [pair for pair in EVERY if pair in ALLOWED])
def test_an_allowed_move_is_dated_told_and_settled(state, verb, alice):
    talk = in_state(alice, state)
    lines = Activity.objects.count()

    VERBS[verb](talk, LATER)

    kept = Conversation.objects.get(pk=talk.pk)
    assert kept.state == ALLOWED[state, verb]
    assert Activity.objects.count() == lines + 1
    assert Activity.objects.first().happened_on == LATER
    stage = {"held": Person.Stage.TALKED, "cancelled": Person.Stage.ASKED, "no_show": Person.Stage.ASKED}
    assert kept.person.stage == stage.get(kept.state, Person.Stage.SCHEDULING)


@pytest.mark.parametrize(("state", "verb"), [pair for pair in EVERY if pair not in ALLOWED])
def test_any_other_move_is_refused_with_a_sentence_and_changes_nothing(state, verb, alice):
    talk = in_state(alice, state)
    before, lines = columns(talk), Activity.objects.count()

    with pytest.raises(Refused) as refusal:
        VERBS[verb](talk, LATER)

    assert str(refusal.value).endswith(".")
    assert columns(talk) == before
    assert Activity.objects.count() == lines


@pytest.mark.parametrize(
    ("state", "verb"),
    [pair for pair in ALLOWED if pair[0] in ("asked", "proposed") or pair[1] != "scheduling"],
)
def test_an_allowed_move_can_be_taken_back(state, verb, alice):
    talk = in_state(alice, state)
    before = columns(talk)
    VERBS[verb](talk, LATER)

    talk.undo_move(on=LATER)

    unchanged = {"version", "updated_at"}
    assert {k: v for k, v in columns(talk).items() if k not in unchanged} == {
        k: v for k, v in before.items() if k not in unchanged
    }


@pytest.mark.parametrize(("state", "stamp"), [("cancelled", "cancelled_on"), ("no_show", "no_show_on")])
def test_a_second_time_taken_back_leads_to_where_it_had_fallen_through(state, stamp, alice):
    talk = in_state(alice, state)
    fell_through_on = getattr(talk, stamp)
    talk.schedule(on=LATER, **TIME)

    talk.undo_move(on=LATER)

    talk.refresh_from_db()
    assert (talk.state, getattr(talk, stamp)) == (state, fell_through_on)
    assert (talk.starts_at, talk.zone, talk.scheduled_on) == (None, "", None)
    assert talk.ended_on == fell_through_on


@pytest.mark.parametrize("first", ["cancelled", "no_show"])
@pytest.mark.parametrize(("noun", "then"), [("cancellation", "cancelled"), ("no-show", "no_show")])
def test_one_that_falls_through_twice_goes_back_step_by_step(noun, then, first, alice):
    talk = in_state(alice, first)
    talk.schedule(on=LATER, **TIME)
    VERBS[noun](talk, LATER)
    talk.schedule(on=LATER, **TIME)

    talk.undo_move(on=LATER)
    assert (talk.state, talk.ended_on) == (then, LATER)

    VERBS["scheduling"](talk, LATER)
    assert talk.state == "scheduled"


@pytest.mark.parametrize("state", ["cancelled", "no_show"])
def test_given_another_time_it_has_not_ended_and_nobody_is_prepared_for_it(state, alice):
    talk = in_state(alice, "scheduled")
    talk.prepare(on=LATER)
    talk.cancel(on=LATER) if state == "cancelled" else talk.miss(on=LATER)

    talk.schedule(on=LATER, **TIME)

    talk.refresh_from_db()
    assert (talk.prepared_on, talk.confirmed_on, talk.ended_on) == (None, None, None)
    assert not Conversation.objects.past().exists()


def test_moving_to_another_time_keeps_the_state_and_forgets_the_confirmation(alice):
    talk = in_state(alice, "scheduled")
    talk.confirm(on=LATER)

    talk.schedule(
        on=LATER, **TIME | {"wall_time": dt.time(15), "starts_at": TIME["starts_at"].replace(hour=14)}
    )

    assert talk.state == "scheduled"
    assert talk.confirmed_on is None
    line = Activity.objects.first()
    assert (line.title, line.text) == ("Moved to another time", "Wednesday 4 November, 15:00")


def test_a_move_before_the_last_one_is_refused(alice):
    talk = in_state(alice, "scheduled")

    with pytest.raises(Refused, match="4 November 2026"):
        talk.cancel(on=DAY)


@pytest.mark.parametrize("verb", ["hold", "miss"])
def test_what_is_still_to_come_cannot_have_taken_place(alice, verb):
    talk = in_state(alice, "scheduled")

    with pytest.raises(Refused, match="The talk is on 4 November"):
        getattr(talk, verb)(on=TIME["wall_day"] - dt.timedelta(days=1))


def test_what_was_entered_as_held_has_no_step_before(alice):
    talk = Conversation.already_held(PersonFactory(owner=alice), on=DAY, mode="phone", notes="By chance")

    assert talk.last_move() is None
    with pytest.raises(Refused, match="no step before"):
        talk.undo_move(on=DAY)


def test_a_held_one_that_was_thanked_for_is_not_taken_back(alice):
    talk = in_state(alice, "held")
    talk.thank(on=LATER + dt.timedelta(days=1))

    with pytest.raises(Refused, match="Take the thanks back first"):
        talk.undo_move(on=LATER)

    talk.unstamp("thanked_on")
    talk.undo_move(on=LATER)
    assert talk.state == "scheduled"


STAMPING = {
    "confirm": ("confirmed_on", {"scheduled"}),
    "prepare": ("prepared_on", {"asked", "proposed", "scheduled"}),
    "thank": ("thanked_on", {"held"}),
    "send_questions": ("questions_sent_on", set()),
}


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("verb", STAMPING)
def test_a_stamp_fits_its_states_only_and_can_be_taken_back(verb, state, alice):
    talk = in_state(alice, state)
    stamp, states = STAMPING[verb]
    before = columns(talk)

    if state not in states:
        with pytest.raises(Refused):
            getattr(talk, verb)(on=LATER)
        assert columns(talk) == before
        return

    getattr(talk, verb)(on=LATER)
    assert columns(talk)[stamp] == LATER
    talk.unstamp(stamp)
    assert columns(talk)[stamp] is None


def test_thanks_do_not_come_before_the_talk(alice):
    with pytest.raises(Refused, match="before"):
        in_state(alice, "held").thank(on=DAY)


def test_only_stamps_are_taken_back_by_name(alice):
    with pytest.raises(ValueError, match="held_on"):
        in_state(alice, "held").unstamp("held_on")


@pytest.mark.parametrize("verb", ["proposal", "scheduling", "no-show"])
def test_in_writing_nothing_needs_a_time(verb, alice):
    talk = ConversationFactory(owner=alice, mode="writing", asked_on=DAY)

    with pytest.raises(Refused):
        VERBS[verb](talk, LATER)

    assert columns(talk)["state"] == "asked"


def test_when_it_ended_follows_from_what_happened(alice):
    days = {"held": 3, "cancelled": 3, "no_show": 3, "scheduled": None}

    for state, step in days.items():
        ended_on = DAY + dt.timedelta(days=step) if step else None
        assert in_state(alice, state).ended_on == ended_on


# One open conversation a person


@pytest.mark.parametrize("state", ["held", "cancelled", "no_show"])
def test_taking_back_does_not_open_a_second_conversation(state, alice):
    talk = in_state(alice, state)
    Conversation.ask(talk.person, on=LATER)
    before, lines = columns(talk), Activity.objects.count()

    with pytest.raises(Refused, match="is already asked for"):
        talk.undo_move(on=LATER)

    assert columns(talk) == before
    assert Activity.objects.count() == lines


@pytest.mark.parametrize("state", ["cancelled", "no_show"])
def test_another_time_does_not_open_a_second_conversation(state, alice):
    talk = in_state(alice, state)
    Conversation.ask(talk.person, on=LATER)
    before = columns(talk)

    with pytest.raises(Refused, match="is already asked for"):
        talk.schedule(on=LATER, **TIME)

    assert columns(talk) == before


@pytest.mark.parametrize("state", ["proposed", "scheduled"])
def test_the_one_that_is_open_is_not_in_its_own_way(state, alice):
    talk = in_state(alice, state)

    talk.undo_move(on=LATER)

    assert talk.state in Conversation.OPEN


def test_the_database_holds_one_open_conversation_a_person(alice):
    talk = in_state(alice, "scheduled")

    with pytest.raises(IntegrityError), transaction.atomic():
        ConversationFactory(owner=alice, person=talk.person)

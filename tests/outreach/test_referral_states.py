"""Which moves lead from which state of a referral: each that the table allows, and none besides."""

import datetime as dt

import pytest

from contacts.models import Person
from netjob.models import Activity
from netjob.ownership import Refused
from outreach.models import Referral
from tests.factories import PersonFactory

ON = dt.date(2026, 11, 2)
LATER = dt.date(2026, 11, 5)
VERBS = {"asking": "ask", "giving": "give", "refusal": "decline"}
ALLOWED = {
    ("offered", "asking"): "asked",
    ("offered", "giving"): "given",
    ("offered", "refusal"): "declined",
    ("asked", "giving"): "given",
    ("asked", "refusal"): "declined",
}
STATES = ("offered", "asked", "given", "declined")
EVERY = [(state, move) for state in STATES for move in VERBS]


def in_state(owner, state):
    referral = Referral.begin(PersonFactory(owner=owner), "offered", on=ON)
    if state != "offered":
        {"asked": referral.ask, "given": referral.give, "declined": referral.decline}[state](on=ON)
    return referral


def columns(referral):
    unchanged = {"version", "updated_at"}
    row = Referral.objects.filter(pk=referral.pk).values().get()
    return {name: value for name, value in row.items() if name not in unchanged}


def test_the_table_above_is_the_one_in_the_code():
    written = {(source, move.noun): move.to for move in Referral.MOVES for source in move.sources}

    assert written == ALLOWED


@pytest.mark.parametrize(("state", "move"), [pair for pair in EVERY if pair in ALLOWED])
def test_an_allowed_move_works_and_can_be_taken_back(state, move, alice):
    referral = in_state(alice, state)
    before, lines = columns(referral), Activity.objects.count()

    getattr(referral, VERBS[move])(on=LATER)
    assert columns(referral)["state"] == ALLOWED[state, move]
    assert Activity.objects.count() == lines + 1

    referral.undo_move(on=LATER)
    assert columns(referral) == before


@pytest.mark.parametrize(("state", "move"), [pair for pair in EVERY if pair not in ALLOWED])
def test_any_other_move_is_refused_with_a_sentence_and_changes_nothing(state, move, alice):
    referral = in_state(alice, state)
    before, lines = columns(referral), Activity.objects.count()

    with pytest.raises(Refused) as refusal:
        getattr(referral, VERBS[move])(on=LATER)

    assert str(refusal.value).endswith(".")
    assert columns(referral) == before
    assert Activity.objects.count() == lines


@pytest.mark.parametrize("state", ["offered", "asked", "given"])
def test_one_is_entered_where_it_stands_and_has_no_step_before(state, alice):
    referral = Referral.begin(PersonFactory(owner=alice), state, on=ON)

    assert referral.last_move() is None
    with pytest.raises(Refused, match="no step before"):
        referral.undo_move(on=LATER)


def test_who_gave_one_stands_at_the_last_stage_until_it_is_taken_back(alice):
    referral = in_state(alice, "given")
    referral.person.refresh_from_db()
    assert referral.person.stage == Person.Stage.REFERRED

    referral.undo_move(on=LATER)

    referral.person.refresh_from_db()
    assert referral.person.stage == Person.Stage.FOUND


@pytest.mark.parametrize("state", STATES)
def test_thanks_fit_one_that_was_given_only(state, alice):
    referral = in_state(alice, state)

    if state != "given":
        with pytest.raises(Refused, match="once they have given it"):
            referral.thank(on=LATER)
        return
    with pytest.raises(Refused, match="before"):
        referral.thank(on=ON - dt.timedelta(days=1))
    referral.thank(on=LATER)
    with pytest.raises(Refused, match="Take the thanks back first"):
        referral.undo_move(on=LATER)
    referral.unthank(on=LATER)
    assert columns(referral)["thanked_on"] is None

"""Which moves lead from which state of an application: each that the table allows, and none besides."""

import datetime as dt

import pytest

from netjob.models import Activity
from netjob.ownership import Refused
from outreach.models import Application
from tests.factories import OpeningFactory

ON = dt.date(2026, 11, 2)
LATER = dt.date(2026, 11, 5)
VERBS = {
    "applying": "apply",
    "offer": "receive_offer",
    "rejection": "be_turned_down",
    "withdrawal": "withdraw",
}
WAYS = {
    "prepared": [],
    "applied": ["applying"],
    "offered": ["applying", "offer"],
    "turned_down": ["applying", "rejection"],
    "withdrawn": ["applying", "withdrawal"],
}
ALLOWED = {
    ("prepared", "applying"): "applied",
    ("prepared", "withdrawal"): "withdrawn",
    ("applied", "offer"): "offered",
    ("applied", "rejection"): "turned_down",
    ("applied", "withdrawal"): "withdrawn",
    ("offered", "withdrawal"): "withdrawn",
}
EVERY = [(state, move) for state in WAYS for move in VERBS]


def in_state(owner, state):
    application = Application.prepare(OpeningFactory(owner=owner), on=ON)
    for move in WAYS[state]:
        getattr(application, VERBS[move])(on=ON)
    return application


def columns(application):
    unchanged = {"version", "updated_at"}
    row = Application.objects.filter(pk=application.pk).values().get()
    return {name: value for name, value in row.items() if name not in unchanged}


def test_the_table_above_is_the_one_in_the_code():
    written = {(source, move.noun): move.to for move in Application.MOVES for source in move.sources}

    assert written == ALLOWED


@pytest.mark.parametrize(("state", "move"), [pair for pair in EVERY if pair in ALLOWED])
def test_an_allowed_move_works_and_can_be_taken_back(state, move, alice):
    application = in_state(alice, state)
    before, lines = columns(application), Activity.objects.count()

    getattr(application, VERBS[move])(on=LATER)
    assert columns(application)["state"] == ALLOWED[state, move]
    line = Activity.objects.first()
    assert (line.text, line.happened_on) == (application.opening.title, LATER)
    assert Activity.objects.count() == lines + 1

    application.undo_move(on=LATER)
    assert columns(application) == before


@pytest.mark.parametrize(("state", "move"), [pair for pair in EVERY if pair not in ALLOWED])
def test_any_other_move_is_refused_with_a_sentence_and_changes_nothing(state, move, alice):
    application = in_state(alice, state)
    before, lines = columns(application), Activity.objects.count()

    with pytest.raises(Refused) as refusal:
        getattr(application, VERBS[move])(on=LATER)

    assert str(refusal.value).endswith(".")
    assert columns(application) == before
    assert Activity.objects.count() == lines


def test_one_that_is_prepared_has_no_step_before(alice):
    with pytest.raises(Refused, match="no step before"):
        in_state(alice, "prepared").undo_move(on=LATER)


def test_a_move_before_the_last_one_is_refused(alice):
    with pytest.raises(Refused, match="2 November 2026"):
        in_state(alice, "applied").receive_offer(on=ON - dt.timedelta(days=1))


def test_an_opening_has_one_application_however_often_it_is_wanted(alice):
    opening = OpeningFactory(owner=alice)

    first, second = Application.prepare(opening, on=ON), Application.prepare(opening, on=LATER)

    assert first == second
    assert Activity.objects.count() == 1

"""The buttons of a conversation: each on its day, each with its way back, each pressed once."""

import datetime as dt

import pytest

from netjob.models import Activity
from outreach.models import Conversation
from tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")

ON = dt.date(2026, 11, 16)
PAST = {
    "wall_day": dt.date(2026, 11, 20),
    "wall_time": dt.time(23, 30),
    "zone": "America/New_York",
    "starts_at": dt.datetime(2026, 11, 21, 4, 30, tzinfo=dt.UTC),
}
KEY = {"submission": "7e1cbb0b-2b1d-4f0e-9b0e-0a7b6f3f2a11"}


@pytest.fixture
def asked(alice):
    return Conversation.ask(PersonFactory(owner=alice, name="Jonas Okafor"), on=ON)


@pytest.fixture
def scheduled(asked):
    asked.schedule(on=ON, **PAST)
    return asked


@pytest.fixture
def held(scheduled):
    scheduled.hold(on=dt.date(2026, 11, 21))
    return scheduled


def press(client, talk, noun, **form):
    answer = client.post(f"/conversations/{talk.pk}/{noun}/", form, follow=True)
    talk.refresh_from_db()
    return answer


def test_times_are_proposed_on_a_day_and_not_after_all(alice_client, asked):
    answer = press(alice_client, asked, "proposal", on="2026-11-18")

    assert (asked.state, asked.proposed_on) == ("proposed", dt.date(2026, 11, 18))
    assert "you proposed times" in answer.content.decode()
    answer = press(alice_client, asked, "reversal")
    assert (asked.state, asked.proposed_on) == ("asked", None)
    assert "Nothing proposed after all." in answer.content.decode()


def test_we_talked_on_the_agreed_day_of_my_zone_unless_said_otherwise(alice_client, scheduled):
    press(alice_client, scheduled, "holding")
    assert scheduled.held_on == dt.date(2026, 11, 21)

    press(alice_client, scheduled, "reversal")
    press(alice_client, scheduled, "holding", on="2026-11-22")
    assert scheduled.held_on == dt.date(2026, 11, 22)


def test_they_did_not_come(alice_client, scheduled):
    answer = press(alice_client, scheduled, "no-show")

    assert (scheduled.state, scheduled.no_show_on) == ("no_show", dt.date(2026, 11, 21))
    assert "It happens; offer another time." in answer.content.decode()
    press(alice_client, scheduled, "reversal")
    assert scheduled.state == "scheduled"
    assert scheduled.starts_at == PAST["starts_at"]


def test_it_is_cancelled_and_not_after_all(alice_client, scheduled, today):
    press(alice_client, scheduled, "cancellation")
    assert (scheduled.state, scheduled.cancelled_on) == ("cancelled", today)

    press(alice_client, scheduled, "reversal")
    assert (scheduled.state, scheduled.cancelled_on) == ("scheduled", None)


def test_scheduling_taken_back_forgets_the_time(alice_client, scheduled):
    press(alice_client, scheduled, "reversal")

    assert (scheduled.state, scheduled.wall_day, scheduled.starts_at, scheduled.zone) == (
        "asked",
        None,
        None,
        "",
    )


@pytest.mark.parametrize(
    ("noun", "stamp"), [("confirmation", "confirmed_on"), ("preparation", "prepared_on")]
)
def test_confirmed_and_prepared_are_stamped_and_unstamped(noun, stamp, alice_client, scheduled, today):
    press(alice_client, scheduled, noun)
    assert getattr(scheduled, stamp) == today

    press(alice_client, scheduled, f"stamps/{stamp}/reversal")
    assert getattr(scheduled, stamp) is None


def test_thanked_in_another_way_and_not_after_all(alice_client, held):
    press(alice_client, held, "thanks", on="2026-11-22")
    assert held.thanked_on == dt.date(2026, 11, 22)

    press(alice_client, held, "stamps/thanked_on/reversal")
    assert held.thanked_on is None
    titles = list(Activity.objects.values_list("title", flat=True)[:2])
    assert titles == ["Not thanked after all", "Thanked"]


@pytest.mark.parametrize("stamp", ["held_on", "owner", "state", "nothing"])
def test_only_stamps_are_taken_back(stamp, alice_client, held):
    before = Conversation.objects.filter(pk=held.pk).values().get()

    assert press(alice_client, held, f"stamps/{stamp}/reversal").status_code == 404
    assert Conversation.objects.filter(pk=held.pk).values().get() == before


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2026-11-24", "That day is still to come"),
        ("2026-11-01", "The talk is on 20 November"),
        ("someday", "Enter a valid date"),
        ("\x00", "Enter a valid date"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(on, sentence, alice_client, scheduled):
    answer = press(alice_client, scheduled, "holding", on=on)

    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert scheduled.state == "scheduled"


def test_a_move_that_does_not_fit_any_more_is_refused_and_writes_nothing(alice_client, held):
    lines = Activity.objects.count()

    answer = press(alice_client, held, "cancellation")

    assert answer.status_code == 409
    assert "It is already held" in answer.content.decode()
    assert Activity.objects.count() == lines


def test_a_button_pressed_twice_acts_once(alice_client, scheduled):
    lines = Activity.objects.count()

    press(alice_client, scheduled, "holding", **KEY)
    answer = press(alice_client, scheduled, "holding", **KEY)

    assert answer.status_code == 200
    assert Activity.objects.count() == lines + 1


NOUNS = (
    "proposal", "questions-sent", "holding", "cancellation", "no-show", "reversal", "confirmation",
    "preparation", "thanks", "stamps/thanked_on/reversal",
)  # fmt: skip


@pytest.mark.parametrize("noun", NOUNS)
def test_another_owner_moves_nothing_and_reading_moves_nothing(noun, alice_client, bob_client, scheduled):
    before = Conversation.objects.values().get()

    assert bob_client.post(f"/conversations/{scheduled.pk}/{noun}/").status_code == 404
    assert alice_client.get(f"/conversations/{scheduled.pk}/{noun}/").status_code == 405
    assert Conversation.objects.values().get() == before

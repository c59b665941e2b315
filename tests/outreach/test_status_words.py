"""What people write in a column "Status", in ten languages."""

import pytest

from netjob.imports.tables import heading_key
from outreach.models import Request
from outreach.status_words import _WORDS, Standing, read_standing, unknown_words


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("Sent", "sent"), ("no response", "sent"), ("PENDING", "sent"), ("Accepted", "accepted"),
        ("replied", "answered"), ("To do", "draft"), ("Meeting scheduled", "scheduled"), ("talked", "held"),
        ("call booked", "scheduled"), ("Interview", "scheduled"),
        ("Declined", "declined"),
        ("withdrawn", "withdrawn"), ("Gesendet", "sent"), ("keine Antwort", "sent"), ("abgelehnt", "declined"),
        ("sans réponse", "sent"), ("Rendez-vous pris", "scheduled"), ("sin respuesta", "sent"),
        ("Aceptado", "accepted"), ("geen antwoord", "sent"), ("aguardando resposta", "sent"),
        ("ha risposto", "answered"), ("wysłano", "sent"),
        ("inget svar", "sent"), ("返信待ち", "sent"), ("面談済み", "held"), ("承認済み", "accepted"),
    ],
)  # fmt: skip
def test_words(words, standing):
    assert read_standing(words) == standing


@pytest.mark.parametrize("words", ["", "maybe", "x" * 10_000, "5"])
def test_words_that_say_nothing(words):
    assert read_standing(words) is None


def test_words_mapped_by_hand_come_first():
    assert read_standing("Sent", {"Sent": "draft"}) is Standing.DRAFT
    assert read_standing("on ice", {"on ice": "declined"}) is Standing.DECLINED
    assert unknown_words(["Sent", "on ice", "", "hm", "on ice"]) == ["on ice", "hm"]


def test_no_word_says_two_things():
    said = [(heading_key(word), standing) for standing, words in _WORDS.items() for word in words.split("|")]
    assert len({key for key, _standing in said}) == len(set(said))


def test_every_state_of_a_request_can_be_said():
    only_by_merging = {Request.State.JOINED}
    assert set(Request.State.values) - only_by_merging < set(Standing)

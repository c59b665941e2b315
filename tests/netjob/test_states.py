"""What every table of states promises: dates stay while a row goes on, and go when it comes back."""

import datetime as dt

import pytest

from companies.models import Company
from netjob.ownership import MovedOn, Refused
from netjob.states import StatefulModel
from outreach.models import Application, Conversation, Referral, Request
from tests.factories import CompanyFactory, PersonFactory, RequestFactory

ON = dt.date(2026, 11, 2)


def day(number):
    return ON + dt.timedelta(days=number)


def test_going_on_keeps_the_earlier_dates(alice):
    company = CompanyFactory(owner=alice, listed_on=ON)

    company.pause(on=day(1))
    company.drop(on=day(2))

    assert (company.listed_on, company.paused_on, company.dropped_on) == (ON, day(1), day(2))


def test_coming_back_clears_the_dates_that_no_longer_hold(alice):
    company = CompanyFactory(owner=alice, listed_on=ON)
    company.pause(on=day(1))
    company.drop(on=day(2))

    company.put_on_list(on=day(3))

    assert (company.listed_on, company.paused_on, company.dropped_on) == (day(3), None, None)


def test_each_step_back_leads_to_the_one_before(alice):
    company = CompanyFactory(owner=alice, listed_on=ON)
    company.pause(on=day(1))
    company.drop(on=day(1))

    company.undo_move(on=day(2))
    assert company.state == "paused"
    company.undo_move(on=day(2))
    assert (company.state, company.listed_on, company.paused_on) == ("target", ON, None)


def test_a_row_that_was_entered_further_on_has_no_step_before(alice):
    referral = Referral.begin(PersonFactory(owner=alice), "given", on=ON)

    assert referral.last_move() is None
    with pytest.raises(Refused, match="no step before"):
        referral.undo_move(on=ON)


# What does not fit is said as it is

OUT_OF_TURN = [
    (Request, "draft", "withdrawal", "It is not sent yet."),
    (Request, "draft", "refusal", "It is not sent yet."),
    (Request, "answered", "withdrawal", "It is already answered, so this no longer fits."),
    (Request, "withdrawn", "withdrawal", "It is already withdrawn, so this no longer fits."),
    (Company, "suggested", "pause", "It is not on your list yet."),
    (Company, "target", "listing", "It is on your list already, so this no longer fits."),
    (Company, "dropped", "pause", "It is already dropped, so this no longer fits."),
    (Conversation, "asked", "no-show", "It has no time yet."),
    (Conversation, "proposed", "proposal", "Times are proposed already, so this no longer fits."),
    (Conversation, "cancelled", "no-show", "It is already cancelled, so this no longer fits."),
    (Conversation, "no_show", "holding", "They did not come, so this no longer fits."),
    (Referral, "given", "asking", "It is already given, so this no longer fits."),
    (Application, "prepared", "offer", "You have not applied yet."),
    (Application, "turned_down", "offer", "They said no already, so this no longer fits."),
    (Application, "applied", "applying", "You applied already, so this no longer fits."),
]


@pytest.mark.parametrize(("model", "state", "noun", "sentence"), OUT_OF_TURN)
def test_a_move_out_of_turn_is_refused_with_what_is_so(model, state, noun, sentence):
    with pytest.raises(Refused) as refusal:
        model(state=state).move(noun, on=ON)

    assert str(refusal.value) == sentence
    assert isinstance(refusal.value, MovedOn) == ("no longer fits" in sentence)


def test_no_table_says_that_something_is_already_what_it_was_from_the_beginning():
    for model in StatefulModel.__subclasses__():
        first = model._meta.get_field("state").default
        for move in model.MOVES:
            if first not in move.sources and move.sources and first != move.to:
                with pytest.raises(Refused) as refusal:
                    model(state=first).move(move.noun, on=ON)
                sentence = str(refusal.value)
                assert "already" not in sentence or model is Company, (model, move.noun, sentence)


@pytest.mark.parametrize(("state", "reloads"), [("draft", False), ("withdrawn", True)])
def test_reloading_is_proposed_only_where_the_row_went_on_since_the_page(state, reloads, alice, alice_client):
    stamps = {"sent_on": ON, "sent_at": "2026-11-02 09:00Z", "withdrawn_on": ON} if reloads else {}
    request = RequestFactory(owner=alice, state=state, **stamps)

    answer = alice_client.post(f"/requests/{request.pk}/withdrawal/")

    assert answer.status_code == 409
    assert ("Reload the page" in answer.content.decode()) == reloads

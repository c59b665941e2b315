"""What every table of states promises: dates stay while a row goes on, and go when it comes back."""

import datetime as dt

import pytest

from netjob.ownership import Refused
from outreach.models import Referral
from tests.factories import CompanyFactory, PersonFactory

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

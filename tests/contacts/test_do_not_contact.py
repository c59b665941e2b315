"""Somebody asked not to be written to: marked with a day, kept out of every proposal, and taken back."""

import datetime as dt

import pytest

from contacts.models import Person
from netjob.models import Activity
from netjob.ownership import Refused
from outreach.models import Request
from tests.factories import CompanyFactory, PersonFactory


@pytest.fixture
def priya(alice):
    return PersonFactory(owner=alice, company=CompanyFactory(owner=alice), name="Priya Raman")


@pytest.fixture
def banned(priya):
    priya.refuse_contact(on=dt.date(2026, 11, 3))
    return priya


def test_marked_as_of_today_unless_said_otherwise(alice_client, priya, frozen, today):
    answer = alice_client.post(f"/people/{priya.pk}/contact-ban/")

    assert answer.status_code == 302
    priya.refresh_from_db()
    assert priya.do_not_contact_on == today
    assert not Person.objects.may_be_contacted().exists()


def test_marked_with_its_day_and_in_the_history(alice_client, priya, frozen):
    alice_client.post(f"/people/{priya.pk}/contact-ban/", {"on": "2026-11-03"})

    page = alice_client.get(f"/people/{priya.pk}/").content.decode()
    assert "Do not contact" in page
    assert "3 November" in page
    assert "May be contacted again" in page
    line = Activity.objects.get(person_uid=priya.uid)
    assert (line.verb, line.happened_on, line.company_uid) == (
        "do_not_contact", dt.date(2026, 11, 3), priya.company.uid,
    )  # fmt: skip


def test_no_request_can_be_sent(alice, banned):
    request = Request.draft(alice, banned, channel="invitation")

    with pytest.raises(Refused, match="do not contact"):
        request.send(at=dt.datetime(2026, 11, 4, 9, tzinfo=dt.UTC))


def test_taken_back_with_its_day(alice_client, banned, frozen):
    answer = alice_client.post(f"/people/{banned.pk}/contact-ban/reversal/", {"on": "2026-11-20"})

    assert answer.status_code == 302
    banned.refresh_from_db()
    assert banned.do_not_contact_on is None
    assert Activity.objects.filter(
        person_uid=banned.uid, verb="contact_again", happened_on="2026-11-20"
    ).exists()


@pytest.mark.parametrize(("path", "day"), [("contact-ban", "2026-11-24"), ("contact-ban", "never")])
def test_a_day_to_come_or_none_at_all_is_refused_on_the_page(alice_client, priya, frozen, path, day):
    answer = alice_client.post(f"/people/{priya.pk}/{path}/", {"on": day})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "That day is still to come." in page or "Enter a valid date." in page
    assert f'value="{day}"' in page
    priya.refresh_from_db()
    assert priya.do_not_contact_on is None


def test_the_reversal_is_refused_for_a_day_to_come(alice_client, banned, frozen):
    assert (
        alice_client.post(f"/people/{banned.pk}/contact-ban/reversal/", {"on": "2999-01-01"}).status_code
        == 422
    )


def test_what_does_not_fit_is_refused_with_a_sentence(alice_client, priya, banned, frozen):
    again = alice_client.post(f"/people/{banned.pk}/contact-ban/")
    assert again.status_code == 409
    assert "Priya Raman is marked “do not contact” already." in again.content.decode()

    before = alice_client.post(f"/people/{banned.pk}/contact-ban/reversal/", {"on": "2026-11-02"})
    assert before.status_code == 409
    assert "That was before you marked them, on 3 November 2026." in before.content.decode()

    banned.allow_contact(on=dt.date(2026, 11, 3))
    twice = alice_client.post(f"/people/{banned.pk}/contact-ban/reversal/")
    assert twice.status_code == 409
    assert "may be contacted already" in twice.content.decode()


def test_another_owners_person_is_not_found(bob_client, priya):
    assert bob_client.post(f"/people/{priya.pk}/contact-ban/").status_code == 404
    assert bob_client.post(f"/people/{priya.pk}/contact-ban/reversal/").status_code == 404
    priya.refresh_from_db()
    assert priya.do_not_contact_on is None


def test_only_post(alice_client, priya):
    assert alice_client.get(f"/people/{priya.pk}/contact-ban/").status_code == 405
    assert alice_client.get(f"/people/{priya.pk}/contact-ban/reversal/").status_code == 405

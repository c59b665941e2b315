"""What a person's page shows of requests and messages."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory as HttpRequestFactory

from contacts.models import Person
from outreach.models import Message, Request
from tests.factories import MessageFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")
AT = dt.datetime(2026, 11, 16, 8, tzinfo=dt.UTC)


@pytest.fixture
def priya(alice):
    return PersonFactory(owner=alice, name="Priya Raman")


@pytest.fixture
def shown(alice, today):
    def show(person):
        request = HttpRequestFactory().get("/")
        request.user, request.today = alice, today
        person = Person.objects.select_related("company").get(pk=person.pk)
        return render_to_string("outreach/_requests_of_person.html", {"person": person}, request)

    return show


def sent_request(priya):
    row = Request.draft(priya.owner, priya, channel="invitation")
    row.write("Hello Priya")
    row.send(at=AT)
    return row


def test_nobody_wrote_yet(shown, priya):
    page = shown(priya)

    assert "Nothing was written yet" in page
    assert f"/people/{priya.pk}/requests/add/" in page


def test_a_draft_waits_to_be_finished(shown, priya):
    row = Request.draft(priya.owner, priya, channel="invitation")

    page = shown(priya)

    assert "Finish and send" in page
    assert f"/requests/{row.pk}/" in page
    assert "/requests/add/" not in page


def test_a_sent_request_offers_its_moves_and_leads_back_here(shown, priya):
    row = sent_request(priya)

    page = shown(priya)

    assert "sent 5 business days ago" in page
    for noun in ("acceptance", "refusal", "withdrawal", "answer", "reversal"):
        assert f"/requests/{row.pk}/{noun}/?back=/people/{priya.pk}/" in page
    assert "Hello Priya" in page


def test_once_it_is_over_another_request_is_offered(shown, priya):
    sent_request(priya).decline(on=dt.date(2026, 11, 18))

    assert f"/people/{priya.pk}/requests/add/" in shown(priya)


def test_who_is_connected_needs_no_request(shown, priya):
    priya.connect(on=dt.date(2026, 11, 3))

    page = shown(priya)

    assert "/requests/add/" not in page
    assert f"/people/{priya.pk}/messages/add/" in page


def test_the_thread_runs_both_ways_with_a_draft_at_its_end(shown, priya):
    row = sent_request(priya)
    row.answer(on=dt.date(2026, 11, 18), text="Their words")
    MessageFactory(owner=priya.owner, person=priya, text="My draft", kind="reply")

    page = shown(priya)

    assert page.index("Hello Priya") < page.index("Their words") < page.index("My draft")
    assert re.search(r">You</strong> · Note of a request", page)
    assert re.search(r">Priya Raman</strong> · Reply", page)
    assert '<span class="chip amber">draft</span>' in page


def test_a_very_long_thread_shows_its_latest_part(shown, priya):
    for number in range(60):
        at = AT + dt.timedelta(minutes=number)
        MessageFactory(
            owner=priya.owner, person=priya, text=f"Line {number:02}.", sent_at=at, sent_on=at.date()
        )

    page = shown(priya)

    assert "The latest fifty messages" in page
    assert "Line 09." not in page
    assert "Line 10." in page
    assert "Line 59." in page


def test_drafts_are_never_cut_from_a_long_thread(shown, priya):
    MessageFactory(owner=priya.owner, person=priya, text="My draft")
    for number in range(60):
        at = AT + dt.timedelta(minutes=number)
        MessageFactory(owner=priya.owner, person=priya, sent_at=at, sent_on=at.date())

    assert "My draft" in shown(priya)


def test_it_takes_two_queries_however_much_was_written(shown, priya, django_assert_num_queries):
    sent_request(priya)
    with django_assert_num_queries(3):  # one of them finds the person
        shown(priya)
    for number in range(30):
        at = AT + dt.timedelta(days=number)
        MessageFactory(owner=priya.owner, person=priya, sent_at=at, sent_on=at.date())
    with django_assert_num_queries(3):
        shown(priya)


def test_it_stands_on_the_persons_page(alice_client, priya):
    sent_request(priya)

    page = alice_client.get(f"/people/{priya.pk}/").content.decode()

    assert "Requests and messages" in page
    assert "Hello Priya" in page
    assert Message.objects.count() == 1

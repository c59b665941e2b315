"""Interviews: what the whole search is for. Added, edited, deleted on their application's page."""

import datetime as dt

import pytest

from netjob.models import Activity
from outreach.models import Application, Interview
from tests.factories import InterviewFactory, OpeningFactory

pytestmark = pytest.mark.usefixtures("frozen")

FORM = {"day": "2026-11-30", "kind": "technical", "result": "open", "notes": "With the team, on site."}


@pytest.fixture
def application(alice):
    return Application.prepare(OpeningFactory(owner=alice, title="Data Analyst II"), on=dt.date(2026, 11, 2))


def url(application):
    return f"/applications/{application.pk}/interviews/add/"


def test_one_that_is_to_come_is_added_and_told(alice_client, application):
    answer = alice_client.post(url(application), FORM, follow=True)

    interview = Interview.objects.get()
    assert (interview.application, interview.day, interview.kind) == (
        application,
        dt.date(2026, 11, 30),
        "technical",
    )
    assert "this is what it is all for" in answer.content.decode()
    assert "Technical or case" in answer.content.decode()
    line = Activity.objects.first()
    assert (line.title, line.text) == ("Invited to an interview", "Data Analyst II")
    assert line.happened_on == dt.date(2026, 11, 23)


def test_without_one_the_page_says_none_yet(alice_client, application):
    assert "None yet." in alice_client.get(application.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"day": ""}, "This field is required"),
        ({"day": "someday"}, "Enter a valid date"),
        ({"kind": "pigeons"}, "Select a valid choice"),
        ({"result": "maybe"}, "Select a valid choice"),
        ({"notes": "x" * 20_001}, "at most 20000"),
        ({"notes": "a\x00b"}, "Null characters"),
    ],
)
def test_bad_input_is_refused_and_what_was_typed_stays(form, sentence, alice_client, application):
    answer = alice_client.post(url(application), FORM | form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "notes" in form or FORM["notes"] in answer.content.decode()
    assert not Interview.objects.exists()


def test_sent_twice_it_is_added_once(alice_client, application):
    form = FORM | {"submission": "7e1cbb0b-2b1d-4f0e-9b0e-0a7b6f3f2a11"}

    alice_client.post(url(application), form)
    alice_client.post(url(application), form)

    assert Interview.objects.count() == 1


def test_its_result_is_entered_and_an_older_version_is_a_conflict(alice_client, alice, application):
    interview = InterviewFactory(owner=alice, application=application)
    form = FORM | {"result": "on", "version": interview.version}

    assert alice_client.post(f"/interviews/{interview.pk}/", form).url == application.get_absolute_url()
    conflict = alice_client.post(f"/interviews/{interview.pk}/", form | {"notes": "From the phone"})

    interview.refresh_from_db()
    assert interview.result == "on"
    assert conflict.status_code == 409
    assert "From the phone" in conflict.content.decode()


def test_a_deleted_one_comes_back(alice_client, alice, application):
    interview = InterviewFactory(owner=alice, application=application)

    page = alice_client.post(f"/interviews/{interview.pk}/deletion/", follow=True).content.decode()
    assert not Interview.objects.exists()
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])

    assert Interview.objects.get() == interview


def test_another_owner_finds_nothing(bob_client, alice, application):
    interview = InterviewFactory(owner=alice, application=application)

    assert bob_client.get(url(application)).status_code == 404
    assert bob_client.post(url(application), FORM).status_code == 404
    assert bob_client.get(f"/interviews/{interview.pk}/").status_code == 404
    assert bob_client.post(f"/interviews/{interview.pk}/deletion/").status_code == 404
    assert Interview.objects.count() == 1


def test_only_get_and_post(alice_client, application):
    assert alice_client.put(url(application)).status_code == 405

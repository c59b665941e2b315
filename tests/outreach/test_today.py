"""Today: where the search stands, and the next steps with one action each."""

import datetime as dt

import pytest

from outreach import funnel
from outreach.models import Conversation, Deferral, Request
from tests.factories import CompanyFactory, InterviewFactory, PersonFactory, ReferralFactory, RoleFactory

pytestmark = pytest.mark.usefixtures("frozen")


def text_of(client, query=""):
    return client.get(f"/{query}").content.decode()


@pytest.fixture
def accepted(alice, today):
    """Somebody who accepted today."""
    person = PersonFactory(owner=alice, name="Sam Lee")
    request = Request.draft(alice, person, channel="email")
    request.write("Hi")
    request = Request.objects.get(pk=request.pk)
    request.send(at=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))
    request.answer(on=today)
    return person


def test_an_empty_account_is_led_from_its_first_role_on(alice_client):
    page = text_of(alice_client)

    assert "Three steps, and your search is under way" in page
    assert 'class="button filled" href="/roles/add/"' in page


def test_then_to_its_first_companies_and_people(alice_client, alice):
    RoleFactory(owner=alice)
    assert 'class="button filled" href="/companies/add/"' in text_of(alice_client)

    CompanyFactory(owner=alice)
    assert 'class="button filled" href="/companies/"' in text_of(alice_client)

    PersonFactory(owner=alice)
    assert "Three steps" not in text_of(alice_client)


def test_it_greets_by_name_and_hour_of_the_user(alice_client):
    page = text_of(alice_client)

    assert "Good morning, <bdi>Alice Archer</bdi>" in page
    assert "Monday 23 November" in page


def test_the_path_counts_to_interviews_with_rates(alice_client, alice, accepted, today):
    PersonFactory(owner=alice, company=accepted.company)
    Conversation.already_held(accepted, on=today, mode="phone")
    ReferralFactory(owner=alice, person=accepted)
    InterviewFactory(owner=alice, day=today)

    page = text_of(alice_client)

    figures = [part.split("</dt><dd>") for part in page.split("<dt>")[1:8]]
    counts = {label: rest.split("<")[0].strip() for label, rest in figures}
    assert counts == {
        "companies": "2",
        "people found": "2",
        "person asked": "1",
        "connected": "1",
        "talked to": "1",
        "referrals": "0",
        "interview": "1",
    }
    assert "%" not in page.split("<dl")[1].split("</dl>")[0], "of so few no rate says anything"


@pytest.mark.parametrize(("found", "rate"), [(19, ""), (20, "25%")])
def test_a_rate_is_of_twenty_at_least(found, rate, alice, today):
    CompanyFactory(owner=alice, people_count=found, asked_count=5, listed_on=today)

    rates = {figure.label: figure.rate for figure in funnel.standing(alice, today).path}

    assert rates["people asked"] == rate


@pytest.mark.parametrize(("companies", "each"), [(4, "0.2 each"), (30, "")])
def test_people_for_each_company_are_told_where_there_are_any_to_speak_of(companies, each, alice, today):
    CompanyFactory(owner=alice, people_count=1, listed_on=today)
    CompanyFactory.create_batch(companies, owner=alice, listed_on=today)

    assert funnel.standing(alice, today).path[1].rate == each


def test_a_step_says_what_whom_and_why_and_has_one_action(alice_client, accepted):
    page = text_of(alice_client)

    assert "Ask Sam Lee for a time" in page
    assert "They answered today" in page
    assert f"/people/{accepted.pk}/messages/add/?kind=ask_for_time" in page


def test_snoozed_until_tomorrow_it_is_gone_until_then(alice_client, accepted, frozen):
    step = {"step": "ask_for_time", "subject": accepted.uid, "occurrence": "since 2026-11-23", "days": "1"}

    answer = alice_client.post("/today/deferrals/", step, follow=True)

    assert "Put off until tomorrow" in answer.content.decode()
    assert "Ask Sam Lee for a time</a>" not in text_of(alice_client)
    frozen.shift(dt.timedelta(days=1))
    assert "Ask Sam Lee for a time</a>" in text_of(alice_client)


def test_skipped_it_does_not_come_back(alice_client, accepted, frozen):
    alice_client.post(
        "/today/deferrals/",
        {"step": "ask_for_time", "subject": accepted.uid, "occurrence": "since 2026-11-23"},
    )
    frozen.shift(dt.timedelta(days=60))

    assert "Ask Sam Lee for a time</a>" not in text_of(alice_client)


def test_what_was_skipped_is_listed_and_can_be_brought_back(alice_client, accepted):
    step = {"step": "ask_for_time", "subject": accepted.uid, "occurrence": "since 2026-11-23"}
    alice_client.post("/today/deferrals/", step)
    assert "1 put off or skipped" in text_of(alice_client)

    alice_client.post("/today/deferrals/reversal/", step)

    assert "Ask Sam Lee for a time</a>" in text_of(alice_client)
    assert not Deferral.objects.exists()


def test_nobody_brings_back_what_another_put_off(alice_client, bob_client, accepted):
    step = {"step": "ask_for_time", "subject": accepted.uid, "occurrence": "since 2026-11-23"}
    alice_client.post("/today/deferrals/", step)

    bob_client.post("/today/deferrals/reversal/", step)

    assert Deferral.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"step": "nonsense"}, {"subject": "nonsense"}, {"occurrence": "since 1999-01-01"}, {"days": "9999"}],
)
def test_a_step_that_does_not_stand_is_refused_in_words(alice_client, accepted, wrong):
    step = {
        "step": "ask_for_time",
        "subject": accepted.uid,
        "occurrence": "since 2026-11-23",
        "days": "1",
    } | wrong

    answer = alice_client.post("/today/deferrals/", step)

    assert answer.status_code == 409
    assert not Deferral.objects.exists()


def test_htmx_gets_the_steps_alone_with_the_message(alice_client, accepted):
    answer = alice_client.post(
        "/today/deferrals/",
        {"step": "ask_for_time", "subject": accepted.uid, "occurrence": "since 2026-11-23", "days": "1"},
        headers={"HX-Request": "true", "HX-Target": "steps"},
        follow=True,
    )

    text = answer.content.decode()
    assert "<html" not in text
    assert 'id="steps"' in text
    assert "Put off until tomorrow" in text


def test_more_of_a_kind_is_one_click_away(alice_client, alice, today):
    for n in range(5):
        PersonFactory(owner=alice, name=f"Person {n}", connected_on=today)

    assert "2 more people to ask for a time" in text_of(alice_client)
    assert text_of(alice_client, "?kind=ask_for_time").count("Ask for a time<") == 5


def test_what_is_coming_up_stands_beside_in_my_time(alice_client, alice):
    talk = Conversation.ask(PersonFactory(owner=alice, name="Jonas Okafor"), on=dt.date(2026, 11, 20))
    talk.schedule(
        on=dt.date(2026, 11, 20),
        wall_day=dt.date(2026, 11, 26),
        wall_time=dt.time(7),
        zone="America/Los_Angeles",
        starts_at=dt.datetime(2026, 11, 26, 15, tzinfo=dt.UTC),
    )

    page = text_of(alice_client).split("Coming up")[1]

    assert "Jonas Okafor" in page
    assert "16:00" in page


def test_nothing_of_another(bob_client, accepted):
    assert "Sam Lee" not in text_of(bob_client)


def test_wrong_methods(alice_client):
    assert alice_client.post("/").status_code == 405
    assert alice_client.get("/today/deferrals/").status_code == 405

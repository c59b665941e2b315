"""The one next step of a company's page goes by what matters most."""

import datetime as dt

import pytest

from companies.models import Company
from outreach.models import Application, Conversation, Interview
from tests.factories import CompanyFactory, OpeningFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")
ON = dt.date(2026, 11, 16)


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


def step_of(client, company):
    page = " ".join(client.get(company.get_absolute_url()).content.decode().split())
    return page.split('class="next-step"')[1].split("</section>")[0]


def application(company, title, **facts):
    return Application.prepare(
        OpeningFactory(owner=company.owner, company=company, title=title, **facts), on=ON
    )


def talk_is_coming(company):
    person = PersonFactory(owner=company.owner, company=company, name="Mei Tan")
    Conversation.ask(person, on=ON)


def offer(company):
    row = application(company, "Offered job")
    row.apply(on=ON)
    row.receive_offer(on=ON)


def interview(company, day=dt.date(2026, 11, 26)):
    row = application(company, "Interview job")
    row.apply(on=ON)
    Interview.objects.create(owner=company.owner, application=row, day=day)


def prepared(company):
    application(company, "No date job")
    application(company, "Urgent job", deadline=dt.date(2026, 11, 27))


def over(company):
    for move in ("withdraw", "be_turned_down"):
        row = application(company, f"{move} job")
        row.apply(on=ON)
        getattr(row, move)(on=ON)


IN_ORDER = [
    (offer, ["You have an offer", "Offered job"]),
    (interview, ["Get ready for the interview", "Interview job"]),
    (talk_is_coming, ["You are finding a time with Mei Tan"]),
    (prepared, ["Send your application", "Urgent job", "apply by"]),
]


@pytest.mark.parametrize("place", range(len(IN_ORDER)))
def test_what_matters_more_comes_first(alice_client, figma, place):
    for happens, _words in IN_ORDER[place:]:
        happens(figma)

    step = step_of(alice_client, figma)

    assert [words for words in IN_ORDER[place][1] if words not in step] == []
    assert step.count("button filled") == 1


def test_what_is_over_is_no_step(alice_client, figma):
    over(figma)

    assert "Say what you want to work as" in step_of(alice_client, figma)


def test_after_a_referral_one_applies_and_then_says_so(alice_client, figma):
    Company.objects.filter(pk=figma.pk).update(stage=5, people_count=1, referred_count=1)
    assert "Apply with their word" in step_of(alice_client, figma)

    interview(figma, day=ON)

    assert "You applied" in step_of(alice_client, figma), "the interview is over, the application is not"
    assert "Thank whoever spoke for you" in step_of(alice_client, figma)


@pytest.mark.parametrize(("state", "words"), [("paused", "Paused since"), ("dropped", "You dropped it")])
def test_what_is_off_asks_for_nothing_else(alice_client, figma, state, words):
    offer(figma)
    Company.objects.filter(pk=figma.pk).update(state=state, **{f"{state}_on": ON})

    assert words in step_of(alice_client, figma)


def test_it_is_never_anothers(alice_client, figma, bob):
    offer(CompanyFactory(owner=bob, name="Figma"))

    assert "offer" not in step_of(alice_client, figma)

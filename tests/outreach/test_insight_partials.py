"""What pages of companies and people show of conversations and what came of them."""

import datetime as dt

import pytest
from django.template import Context, Template

from companies.models import Company
from outreach.models import Application, Conversation, Referral
from tests.factories import (
    CompanyFactory,
    ConversationFactory,
    InsightFactory,
    InterviewFactory,
    OpeningFactory,
    PersonFactory,
    ReferralFactory,
)

ON = dt.date(2026, 11, 20)


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


@pytest.fixture
def jonas(alice, figma):
    return PersonFactory(owner=alice, company=figma, name="Jonas Okafor")


@pytest.fixture
def shown(rf, alice, today):
    def render(name, **context):
        request = rf.get("/")
        request.user, request.today = alice, today
        template = Template(f'{{% include "outreach/_{name}.html" %}}')
        return template.render(Context(context | {"request": request}))

    return render


def test_empty_ones_say_where_it_comes_from(shown, figma, jonas):
    assert "What you learn in conversations will stand here" in shown("insights_of_company", company=figma)
    assert "None known" in shown("openings_of_company", company=figma)
    assert "None yet" in shown("talks_of_company", company=figma)
    assert "None yet" in shown("talks_of_person", person=jonas)
    assert "None yet" in shown("referrals_of_person", person=jonas)
    assert shown("insights_of_person", person=jonas).strip() == ""


def test_insights_stand_by_aim_with_who_said_it_and_how_sure(shown, alice, figma, jonas):
    InsightFactory(owner=alice, company=figma, person=jonas, aim="team", text="Two pods.", certainty="heard")
    InsightFactory(owner=alice, company=figma, aim="role", text="SQL screen first.")

    page = shown("insights_of_company", company=figma)

    assert (
        page.index("The role")
        < page.index("SQL screen")
        < page.index("Organisation")
        < page.index("Two pods.")
    )
    assert "Jonas Okafor" in page
    assert "They heard it" in page


def test_what_a_person_told_names_the_company(shown, alice, figma, jonas):
    InsightFactory(owner=alice, company=figma, person=jonas, text="Two pods.")

    page = shown("insights_of_person", person=jonas)

    assert "Two pods." in page
    assert figma.get_absolute_url() in page


def test_an_opening_offers_to_apply_or_leads_to_the_application(shown, alice, figma):
    posted = OpeningFactory(owner=alice, company=figma, title="Analyst", deadline=dt.date(2026, 12, 1))
    applied = OpeningFactory(owner=alice, company=figma, title="Engineer", state="unposted")
    closed = OpeningFactory(owner=alice, company=figma, title="Manager", state="filled")
    application = Application.prepare(applied, on=ON)
    InterviewFactory(owner=alice, application=application)

    page = shown("openings_of_company", company=figma)

    assert f'action="/openings/{posted.pk}/application/"' in page
    assert "apply by" in page
    assert "1 December" in page
    assert application.get_absolute_url() in page
    assert "Being prepared" in page
    assert "one interview" in page
    assert f'action="/openings/{closed.pk}/application/"' not in page


def test_talks_lead_to_their_pages(shown, jonas):
    talk = Conversation.already_held(jonas, on=ON, mode="phone")

    for page in (shown("talks_of_person", person=jonas), shown("talks_of_company", company=jonas.company)):
        assert talk.get_absolute_url() in page
        assert "Held" in page
        assert "not thanked yet" in page


@pytest.mark.parametrize(
    ("state", "offered", "not_offered"),
    [
        ("offered", ["asking", "giving", "refusal"], ["thanks", "reversal"]),
        ("asked", ["giving", "refusal"], ["asking", "thanks", "reversal"]),
        ("given", ["thanks"], ["asking", "giving", "refusal", "reversal"]),
    ],
)
def test_a_referral_offers_what_may_happen_next(state, offered, not_offered, shown, jonas):
    referral = Referral.begin(jonas, state, on=ON, notes="To the hiring manager")

    page = shown("referrals_of_person", person=jonas)

    assert "To the hiring manager" in page
    for noun in offered:
        assert f"/referrals/{referral.pk}/{noun}/" in page
    for noun in not_offered:
        assert f"/referrals/{referral.pk}/{noun}/" not in page


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("talks_of_company", 1),
        ("talks_of_person", 1),
        ("insights_of_company", 1),
        ("insights_of_person", 1),
        ("openings_of_company", 1),
        ("referrals_of_person", 1),
    ],
)
def test_each_asks_the_database_once(name, most, shown, alice, figma, jonas, django_assert_num_queries):
    def fill(count):
        for _number in range(count):
            InsightFactory(owner=alice, company=figma, person=jonas)
            ReferralFactory(owner=alice, person=jonas, opening=OpeningFactory(owner=alice, company=figma))
            ConversationFactory(owner=alice, person=jonas, state="held", held_on=ON)
            application = Application.prepare(OpeningFactory(owner=alice, company=figma), on=ON)
            InterviewFactory.create_batch(2, owner=alice, application=application)

    for count in (10, 20):
        fill(count)
        company = Company.objects.get(pk=figma.pk)
        with django_assert_num_queries(most):
            shown(name, company=company, person=jonas)


def test_hostile_text_is_shown_as_text(shown, alice, figma, jonas):
    evil = '<script>alert("x")</script>\u202e'
    InsightFactory(owner=alice, company=figma, person=jonas, text=evil)
    OpeningFactory(owner=alice, company=figma, title=evil, place=evil)
    Referral.begin(jonas, "offered", on=ON, notes=evil)

    for name in ("insights_of_company", "insights_of_person", "openings_of_company", "referrals_of_person"):
        page = shown(name, company=figma, person=jonas)
        assert "<script>" not in page
        assert "&lt;script&gt;" in page

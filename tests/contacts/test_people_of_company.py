"""The people of a company, the best next one first, and the box to paste more: a part of its page."""

import datetime as dt
import uuid

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from contacts.models import Person
from contacts.templatetags.contacts import people_at, with_people
from netjob.models import Activity
from tests.factories import CompanyFactory, PersonFactory


@pytest.fixture
def notion(alice):
    return CompanyFactory(owner=alice, name="Notion")


def shown(company, user):
    request = RequestFactory().get("/")
    request.user, request.today, request.now = (
        user,
        dt.date(2026, 11, 23),
        dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    )
    company.refresh_from_db()
    return render_to_string("contacts/_people_of_company.html", {"company": company}, request)


def test_nobody_yet_says_the_first_step_and_opens_the_box(alice, notion):
    text = shown(notion, alice)

    assert "Nobody found at Notion yet" in text
    assert f'action="/companies/{notion.pk}/people/add/"' in text
    assert '<details class="fold" open>' in text


def test_the_best_next_one_comes_first(alice, notion, today):
    banned, talked, asked, _found, connected = (
        PersonFactory(owner=alice, company=notion, name=name) for name in ("E", "D", "C", "B", "A")
    )
    for person, stage in ((talked, 4), (asked, 1), (connected, 2)):
        Person.objects.filter(pk=person.pk).update(stage=stage)
    banned.refuse_contact(on=today)

    assert [person.name for person in people_at(notion)] == ["A", "B", "C", "D", "E"]


def test_each_has_the_step_that_fits(alice, notion, today):
    found = PersonFactory(owner=alice, company=notion, name="Mei Tan")
    connected = PersonFactory(owner=alice, company=notion, name="Priya Raman")
    connected.set_profile("linkedin.com/in/priya-raman")
    connected.connect(on=today)
    Person.settle([connected])

    text = shown(notion, alice)

    assert f'href="/people/{found.pk}/requests/add/"' in text
    assert f'href="/people/{connected.pk}/messages/add/?kind=ask_for_time"' in text
    assert 'href="https://www.linkedin.com/in/priya-raman/" target="_blank" rel="noopener"' in text
    assert "filled" not in text


def test_the_lines_of_a_history_know_whom_they_are_about(
    alice, bob, notion, today, django_assert_num_queries
):
    priya = Person.add(alice, "Priya Raman", company=notion, on=today)
    Activity.note(alice, "About the company", on=today, company=notion)
    Activity.objects.create(
        owner=alice, verb="found", title="Found", happened_on=today, person_uid=uuid.uuid4()
    )
    Person.objects.create(owner=bob, name="Bo", uid=priya.uid)

    with django_assert_num_queries(2):
        lines = with_people(Activity.objects.owned_by(alice).order_by("pk"))
        assert [line.person and line.person.name for line in lines] == ["Priya Raman", None, None]


def test_more_than_fifty_lead_to_the_list(alice, notion):
    PersonFactory.create_batch(51, owner=alice, company=notion)

    assert f'href="/people/?company={notion.pk}">All 51 people at Notion' in shown(notion, alice)


def test_one_query_for_any_number(alice, notion, django_assert_num_queries):
    for _ in range(2):
        PersonFactory.create_batch(10, owner=alice, company=notion)
        with django_assert_num_queries(1):
            for person in people_at(notion):
                assert person.linkedin_url == ""

"""Events and communities: who may be there, whom I met, and what a paste makes of it."""

import datetime as dt

import pytest

from contacts.models import Attendance, Event, Person
from tests import factories as make

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def meetup(alice):
    return make.EventFactory(owner=alice, name="Data meetup", day=dt.date(2026, 11, 20), place="Dublin")


def test_one_is_added_found_and_edited(alice_client):
    form = {
        "kind": "event",
        "name": "Data meetup",
        "day": "2026-12-01",
        "place": "Dublin",
        "link": "meet.example",
    }

    answer = alice_client.post("/events/add/", form)

    event = Event.objects.get()
    assert answer.url == event.get_absolute_url()
    assert (event.link, event.sorts_on) == ("https://meet.example", dt.date(2026, 12, 1))
    for query, count in [
        ("q=DUBLIN", 1),
        ("q=cork", 0),
        ("kind=community", 0),
        ("when=coming", 1),
        ("when=past", 0),
    ]:
        assert ("Data meetup</a>" in alice_client.get(f"/events/?{query}").content.decode()) == bool(count)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.example"])
def test_a_link_that_is_none_is_refused(alice_client, link):
    answer = alice_client.post("/events/add/", {"kind": "event", "name": "A", "link": link})

    assert answer.status_code == 422


def test_no_events_yet_shows_the_first_step(alice_client):
    assert "No events yet" in alice_client.get("/events/").content.decode()


def test_people_met_are_added_in_one_paste_with_their_companies_and_linked(alice, alice_client, meetup):
    figma = make.CompanyFactory(owner=alice, name="Figma")
    known = Person.add(alice, "Jonas Okafor", on=make.ON, profile="linkedin.com/in/jonas-okafor")
    lines = "Priya Raman, Analytics Lead, Figma\nAda Moss, CTO, Newcorp\nlinkedin.com/in/jonas-okafor"

    form = {"text": lines, "kind": "peer", "on": "2026-11-20"}
    asked = alice_client.post(f"/events/{meetup.pk}/people/", form).content.decode()
    assert "Suggest Newcorp as a company" in asked
    alice_client.post(f"/events/{meetup.pk}/people/", form | {"asked": "2-company", "company_2": "suggest"})

    met = {row.person.name: row for row in Attendance.objects.select_related("person__company")}
    assert set(met) == {"Priya Raman", "Ada Moss", "Jonas Okafor"}
    assert all(row.met_on == dt.date(2026, 11, 20) for row in met.values())
    priya, ada = met["Priya Raman"].person, met["Ada Moss"].person
    assert (priya.company, priya.role, priya.found_how) == (figma, "Analytics Lead", "event")
    assert (ada.company.name, ada.company.state) == ("Newcorp", "suggested")
    assert met["Jonas Okafor"].person == known


def test_whoever_may_be_there_is_proposed_noted_met_and_taken_back(alice, alice_client, meetup):
    target = make.CompanyFactory(owner=alice, place="Dublin")
    priya = make.PersonFactory(owner=alice, company=target, name="Priya Raman")
    make.PersonFactory(owner=alice, company=make.CompanyFactory(owner=alice, place="Cork"), name="Far Away")
    url = meetup.get_absolute_url()

    page = alice_client.get(url).content.decode()
    assert "Priya Raman" in page
    assert "Far Away" not in page
    alice_client.post(f"{url}people/{priya.pk}/")
    row = Attendance.objects.get()
    assert row.met_on is None
    alice_client.post(f"/attendances/{row.pk}/meeting/", {"on": "2026-11-20", "notes": "Dashboards"})
    row.refresh_from_db()
    assert (row.met_on, row.notes) == (dt.date(2026, 11, 20), "Dashboards")
    assert alice_client.post(f"/attendances/{row.pk}/meeting/", {}).status_code == 422, "met already"
    alice_client.post(f"/attendances/{row.pk}/meeting/reversal/")
    row.refresh_from_db()
    assert row.met_on is None


def test_the_list_costs_the_same_for_ten_and_for_twenty(alice, alice_client, django_assert_num_queries):
    for _ in range(2):
        for event in make.EventFactory.create_batch(10, owner=alice):
            make.AttendanceFactory(owner=alice, event=event, met_on=make.ON)
        with django_assert_num_queries(4):
            alice_client.get("/events/")


def test_the_people_met_there_are_a_filter_of_the_list_of_people(alice, alice_client, meetup):
    make.AttendanceFactory(
        owner=alice, event=meetup, person=make.PersonFactory(owner=alice, name="Priya Raman")
    )
    make.PersonFactory(owner=alice, name="Somebody Else")

    page = alice_client.get(f"/people/?event={meetup.pk}").content.decode()

    assert "Priya Raman" in page
    assert "Somebody Else" not in page

"""The page of a person: who they are, how far it got, what happened, and notes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Person
from netjob.models import Activity, Change
from tests.factories import CompanyFactory, PersonFactory


@pytest.fixture
def priya(alice):
    company = CompanyFactory(owner=alice, name="Notion")
    person = PersonFactory(
        owner=alice, company=company, name="Priya Raman", role="Analytics Lead", place="New York", degree=2,
        prefers="video", in_common="Both moved from teaching", notes="Speaks at meetups.",
    )  # fmt: skip
    person.set_profile("uk.linkedin.com/in/Priya-Raman/?trk=x")
    person.set_email("priya@notion.example")
    return person


def show(client, person):
    answer = client.get(f"/people/{person.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_they_are_and_where_they_work(alice_client, priya):
    page = show(alice_client, priya)

    assert "<bdi>Analytics Lead</bdi> at <bdi>Notion</bdi> · <bdi>New York</bdi> · 2nd degree" in " ".join(
        page.split()
    )
    assert f'href="/companies/{priya.company_id}/"' in page
    assert 'href="https://www.linkedin.com/in/priya-raman/" target="_blank" rel="noopener"' in page
    for fact in (
        "priya@notion.example",
        "Video",
        "Both moved from teaching",
        "Speaks at meetups.",
        "People search",
    ):
        assert fact in page


def test_the_page_holds_without_company_profile_or_any_fact(alice_client, alice):
    person = PersonFactory(owner=alice, company=None, name="Ada", role="")

    page = show(alice_client, person)

    assert "Open LinkedIn profile" not in page
    assert "Their time" not in page
    assert 'href="/people/"' in page


def test_the_stage_stands_on_the_path(alice_client, priya, today):
    priya.connect(on=today)
    priya.settle([priya])

    page = show(alice_client, priya)

    assert (
        '<li class="done">Asked</li><li aria-current="step">Connected</li><li>Finding a time</li>'
        in page.replace("\n", "")
    )
    assert "1st degree" in page


def test_their_time_is_shown_and_a_guess_is_called_one(alice_client, priya, frozen):
    assert "Their time" not in show(alice_client, priya)

    priya.choose_time_zone("")
    priya.save()
    page = show(alice_client, priya)
    assert "04:00 now" in page
    assert "America/New York, guessed from the place" in page

    priya.choose_time_zone("Pacific/Auckland")
    priya.save()
    page = show(alice_client, priya)
    assert "22:00 now" in page
    assert "guessed" not in page


def test_another_day_there_is_said(alice_client, priya, frozen):
    priya.choose_time_zone("Pacific/Auckland")
    priya.save()
    frozen.move_to(dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC))

    assert "Tue 04:00 now" in show(alice_client, priya)


def test_history_is_newest_first_and_thirty_at_a_time(alice_client, alice, priya):
    for n in range(31):
        Activity.note(alice, f"Note {n:02}", on=dt.date(2026, 1, 1) + dt.timedelta(days=n), person=priya)
    Activity.note(alice, "About somebody else", on=dt.date(2026, 5, 1), person=PersonFactory(owner=alice))

    answer = alice_client.get(f"/people/{priya.pk}/")
    more = alice_client.get(
        answer.context["history"].older_url, headers={"HX-Request": "true", "HX-Target": "events"}
    )

    page = answer.content.decode()
    assert page.index("Note 30") < page.index("Note 01")
    assert "Note 00" not in page
    assert "About somebody else" not in page
    assert "Note 00" in more.content.decode()
    assert "Note 01" not in more.content.decode()
    assert "<html" not in more.content.decode()


def test_a_note_is_kept_with_the_person_and_the_company(alice_client, alice, priya, frozen, today):
    answer = alice_client.post(
        f"/people/{priya.pk}/notes/", {"text": "Met at dbt.", "happened_on": "2026-11-20"}
    )

    assert answer.status_code == 302
    assert answer.url == f"/people/{priya.pk}/"
    note = Activity.objects.owned_by(alice).get(verb="noted")
    assert (note.text, note.happened_on) == ("Met at dbt.", dt.date(2026, 11, 20))
    assert (note.person_uid, note.company_uid) == (priya.uid, priya.company.uid)
    assert "Met at dbt." in show(alice_client, priya)


def test_htmx_gets_the_history_back(alice_client, priya):
    answer = alice_client.post(
        f"/people/{priya.pk}/notes/", {"text": "Met at dbt.", "happened_on": "2026-11-20"}, follow=True,
        headers={"HX-Request": "true", "HX-Target": "history"},
    )  # fmt: skip

    page = answer.content.decode()
    assert page.lstrip().startswith('<section class="card" id="history"')
    assert "Met at dbt." in page
    assert "It is kept in the history of Priya Raman." in page


@pytest.mark.parametrize(
    ("text", "day", "sentence"),
    [
        ("", "2026-11-20", "This field is required."),
        ("x" * 20_001, "2026-11-20", "at most 20000 characters"),
        ("a\x00b", "2026-11-20", "Null characters are not allowed."),
        ("Kept text", "tomorrow", "Enter a valid date."),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_and_stays(alice_client, priya, text, day, sentence):
    answer = alice_client.post(f"/people/{priya.pk}/notes/", {"text": text, "happened_on": day})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert text[:9].replace("\x00", "") in page.replace("\x00", "")
    assert not Activity.objects.filter(verb="noted").exists()


def test_hostile_words_stay_words(alice_client, alice):
    person = PersonFactory(
        owner=alice, name="<img src=x onerror=alert(1)>", role="‮evil", notes="javascript:alert(1)"
    )

    page = show(alice_client, person)

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_the_same_queries_with_much_history(alice_client, alice, priya):
    counts = []
    for _ in range(2):
        for n in range(10):
            Activity.note(alice, f"Note {n}", on=dt.date(2026, 11, 1), person=priya)
        with CaptureQueriesContext(connection) as seen:
            show(alice_client, priya)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_deleted_person_takes_all_along_and_comes_back(alice_client, priya):
    company = priya.company
    assert "Delete" in alice_client.get(f"/people/{priya.pk}/deletion/").content.decode()

    answer = alice_client.post(f"/people/{priya.pk}/deletion/")

    assert answer.url == f"/companies/{company.pk}/"
    assert not Person.objects.exists()
    company.refresh_from_db()
    assert company.people_count == 0

    alice_client.post(f"/changes/{Change.objects.first().act}/undo/")

    back = Person.objects.get()
    assert (back.linkedin_url, back.email) == (
        "https://www.linkedin.com/in/priya-raman/",
        "priya@notion.example",
    )
    company.refresh_from_db()
    assert company.people_count == 1


def test_another_owners_person_is_not_found(bob_client, priya):
    assert bob_client.get(f"/people/{priya.pk}/").status_code == 404
    assert bob_client.get(f"/people/{priya.pk}/deletion/").status_code == 404
    assert bob_client.post(f"/people/{priya.pk}/deletion/").status_code == 404
    assert (
        bob_client.post(f"/people/{priya.pk}/notes/", {"text": "x", "happened_on": "2026-11-20"}).status_code
        == 404
    )
    assert not Activity.objects.filter(verb="noted").exists()


def test_only_the_right_methods(alice_client, priya):
    assert alice_client.post(f"/people/{priya.pk}/").status_code == 405
    assert alice_client.get(f"/people/{priya.pk}/notes/").status_code == 405

"""What the page of an import shows before anything is saved: what will be other, and by what rows can be judged."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Person
from netjob.imports import applying, choosing, staging
from outreach.models import Request
from tests.exports import NOW, bring, connections, export, invitations, messages
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db

SEPTEMBER = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
ANA = ("Ana Silva", "Acme", "Analyst", "08 Feb 2026")
BEN = ("Ben Okoro", "Bolt", "Engineer", "09 Feb 2026")
GUS = ("Gus Gone", "Acme", "", "01 Jan 2020")
EVA = ("Eva Roth", "Zeta", "Editor", "02 Sep 2026")
INVITED = invitations(("to", "Eva Roth", "8/20/26, 2:37 PM", "Hi Eva"))


def staged(owner, content, name="Connections.csv"):
    return staging.begin(owner, name, content, today=owner.today(NOW))


@pytest.fixture
def next_export(alice):
    """Three months after the first: Ana moved, Eva accepted, Dee is new, Ben stays, Gus is gone."""
    bring(alice, export(Connections=connections(ANA, BEN, GUS), Invitations=INVITED), "a.zip", now=SEPTEMBER)
    content = connections(
        ("Ana Silva", "Bolt", "Lead", ANA[3]), BEN, EVA, ("Dee Fox", "Delta", "", "01 Oct 2026")
    )
    return staged(alice, content)


def test_who_accepted_moved_and_gains_is_told_row_by_row(next_export):
    said = {row.title: (row.meaning, row.match) for row in next_export.rows.all()}

    assert said == {
        "Ana Silva": ("updated", "Ana Silva, at Acme until now, works at Bolt."),
        "Ben Okoro": ("known", "Ben Okoro is known already."),
        "Eva Roth": (
            "updated",
            "Eva Roth accepted your request. Adds: role, connected on, company.",
        ),
        "Dee Fox": ("new", ""),
    }


def test_the_page_says_what_follows_besides_and_each_of_it_happens(alice, alice_client, next_export):
    page = alice_client.get(f"/imports/{next_export.pk}/").text

    assert "Updated 2" in page
    assert "1 row will be added, 3 go to what you have, 2 of them with something new." in page
    assert "2 companies where they work become suggestions." in page
    assert "1 request of yours was accepted." in page
    assert "is not in it any more, and stays here: Gus Gone." in page

    counts = applying.apply(next_export, now=NOW, today=NOW.date()).counts
    assert (counts["companies"], counts["updates"], counts["more"]["accepted"], counts["more"]["gone"]) == (
        2,
        2,
        1,
        1,
    )


def test_what_is_left_out_does_not_follow(alice, alice_client, next_export):
    left = next_export.rows.filter(title__in=["Eva Roth", "Dee Fox"])
    choosing.choose(next_export, {row.pk: "leave" for row in left})
    page = alice_client.get(f"/imports/{next_export.pk}/").text

    assert "of yours was accepted" not in page
    assert "becomes a suggestion" not in page

    batch = applying.apply(next_export, now=NOW, today=NOW.date())
    assert Request.objects.get().state == "sent"
    assert "decided anew" not in batch.message


def test_an_invitation_to_somebody_known_is_an_update_once(alice):
    bring(alice, connections(ANA))
    sent = invitations(
        ("to", "Ana Silva", "8/20/26, 2:37 PM", ""), ("from", "Ana Silva", "1/2/20, 2:37 PM", "")
    )
    batch = staged(alice, sent, "Invitations.csv")
    assert [(row.meaning, row.match) for row in batch.rows.all()] == [
        ("updated", "Adds your request."), ("updated", "Adds that they invited you.")
    ]  # fmt: skip

    applying.apply(batch, now=NOW, today=NOW.date())
    again = staged(alice, sent, "Invitations.csv")
    assert {row.meaning for row in again.rows.all()} == {"known"}


def test_a_move_can_be_left_where_it_is(alice, next_export):
    row = next_export.rows.get(title="Ana Silva")
    ana = Person.objects.get(name="Ana Silva")
    choosing.choose(next_export, {row.pk: f"person-{ana.pk}"})
    applying.apply(next_export, now=NOW, today=NOW.date())

    ana.refresh_from_db()
    assert (ana.company.name, ana.role) == ("Acme", "Analyst")


def test_each_row_can_be_judged_by_what_it_says(alice, alice_client):
    CompanyFactory(owner=alice, name="Acme")
    batch = staged(
        alice,
        export(
            Connections=connections(ANA),
            Invitations=invitations(
                ("to", "Eva Roth", "8/20/26, 2:37 PM", "Hi Eva"), ("from", "Cy Young", "1/2/26, 2:37 PM", "")
            ),
            messages=messages(
                ("to", "Ana Silva", "2026-03-01 10:00:00", "Dear Ana,\nhow are you?"),
                ("from", "Ana Silva", "2026-03-02 10:00:00", "Fine"),
            ),
        ),
        "a.zip",
    )
    page = alice_client.get(f"/imports/{batch.pk}/?show=all").text

    assert "Analyst at Acme · connected 8 February 2026" in page
    assert "you invited them 20 August 2026 · “Hi Eva”" in page
    assert "they invited you 2 January 2026" in page
    assert "you wrote 1 March 2026 · “Dear Ana, how are you?”" in page
    assert "they wrote 2 March 2026 · “Fine”" in page
    assert "Ada Seeker" not in page
    assert "LinkedIn export: 3 files" in page


def test_the_page_costs_the_same_however_much_follows(alice, alice_client):
    counts = []
    for number in (2, 40):
        names = [f"Eva Number{number}x{n}" for n in range(number)]
        sent = invitations(*(("to", name, "8/20/26, 2:37 PM", "") for name in names))
        gone = connections(*((f"{name} Gone", "Acme", "", "01 Jan 2020") for name in names))
        bring(alice, export(Connections=gone, Invitations=sent), "a.zip", now=SEPTEMBER)
        batch = staged(alice, connections(*((name, f"Firm {name}", "", "02 Sep 2026") for name in names)))
        assert batch.foreseen["accepted"]["rows"]
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(f"/imports/{batch.pk}/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10


# Once it is applied, and once it is taken back


def test_it_leads_on_to_the_companies_that_it_suggests(alice, alice_client):
    batch = bring(alice, connections(ANA, BEN))
    page = alice_client.get(f"/imports/{batch.pk}/").text

    assert 'href="/companies/ways/people/">See the 2 suggested companies</a>' in page
    assert "Go on with People" in page


def test_what_was_taken_back_is_not_shown_as_in_force(alice, alice_client):
    batch = bring(alice, connections(ANA))
    alice_client.post(f"/imports/{batch.pk}/undo/")
    page = alice_client.get(f"/imports/{batch.pk}/").text

    assert "What it had done, until it was taken back" in page
    assert "Had been added 1" in page
    assert "What came of it" not in page
    assert "suggested compan" not in page


# A connection whose day cannot be read


@pytest.mark.parametrize("day", ["29 Feb 2023", "03/04/2026", ""])
def test_whoever_stands_in_the_file_is_a_connection_even_without_a_day(alice, alice_client, day):
    bring(alice, export(Invitations=INVITED), "a.zip", now=SEPTEMBER)
    batch = bring(alice, connections(("Eva Roth", "Zeta", "Editor", day), ("Dee Fox", "", "", day)))

    eva, dee = Person.objects.get(name="Eva Roth"), Person.objects.get(name="Dee Fox")
    for person in (eva, dee):
        assert (person.connected_on, person.is_connected, person.stage) == (
            None,
            True,
            Person.Stage.CONNECTED,
        )
    assert (Request.objects.get().state, Request.objects.get().accepted_on) == ("accepted", NOW.date())
    assert batch.counts["more"]["accepted"] == 1
    assert sum(bool(row.warnings) for row in batch.rows.all()) == (2 if day else 0)
    page = alice_client.get(dee.get_absolute_url()).text
    assert "nobody knows since when" in page
    assert "Write a request" not in page
    assert bring(alice, connections(("Dee Fox", "", "", day))).counts["updates"] == 0

    bring(alice, connections(("Dee Fox", "", "", "01 Oct 2026")))
    dee.refresh_from_db()
    assert dee.connected_on == dt.date(2026, 10, 1)


def test_whoever_is_connected_without_a_day_can_be_edited(alice, alice_client):
    bring(alice, connections(("Dee Fox", "", "", "")))
    dee = Person.objects.get()
    form = {"name": "Dee Fox", "kind": "peer", "found_how": "known", "degree": "1", "version": dee.version}
    answer = alice_client.post(f"/people/{dee.pk}/edit/", form | {"notes": "A friend"})

    assert answer.status_code == 302, answer.text
    dee.refresh_from_db()
    assert (dee.notes, dee.is_connected) == ("A friend", True)

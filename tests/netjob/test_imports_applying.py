"""Applying: once, all or nothing, as things stand by then; and the whole of it undone, but for what was worked on."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.importing import CompanyReader
from companies.models import Company, CompanyLinkedIn, CompanyName
from netjob import undo
from netjob.imports import applying, choosing, staging
from netjob.models import Activity, Change, ImportBatch, ImportRow
from netjob.ownership import Refused
from tests.factories import CompanyFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def at_nine(frozen):
    return frozen


def ready(owner, *lines, today):
    text = "Company,Website,Place,LinkedIn\n" + "\n".join(lines) + "\n"
    return staging.stage_all(staging.receive(owner, "companies.csv", text.encode(), today=today), today=today)


def apply(batch, today):
    return applying.apply(batch, now=NOW, today=today)


def balance(batch):
    """created, merged, skipped, rejected of the rows themselves; and of what the batch says."""
    outcomes = list(batch.rows.values_list("outcome", flat=True))
    counted = [outcomes.count(each) for each in ImportRow.Outcome.values]
    assert [batch.counts[each] for each in ImportRow.Outcome.values] == counted
    assert sum(counted) == batch.counts["rows"] == len(outcomes)
    return counted


def test_nothing_is_lost(alice, today):
    CompanyFactory(owner=alice, name="Figma")
    batch = ready(
        alice,
        "Figma,figma.com,,", "FIGMA,,Berlin,", "Linear,,,", "Linear Inc,,,", ",,Bonn,", "Short,row", f"{'x' * 256},,,",
        "Bad,no link,,", today=today,
    )  # fmt: skip

    batch = apply(batch, today)

    assert balance(batch) == [3, 2, 1, 2]
    assert "Row 7: " in batch.message
    assert "Row 6: There is no name" in batch.message
    assert "Row 9, Website: " in batch.message
    assert "3 added, 2 known already, 2 of them gained something, 1 left out, 2 unreadable." in batch.message
    figma = Company.objects.get(name="Figma")
    assert (figma.website, figma.place) == ("https://figma.com", "Berlin")


def test_what_is_known_keeps_what_it_has(alice, today):
    figma = CompanyFactory(owner=alice, name="Figma", website="https://figma.design", place="")

    apply(ready(alice, "Figma,figma.com,Berlin,", today=today), today)

    figma.refresh_from_db()
    assert (figma.website, figma.place) == ("https://figma.design", "Berlin")


def test_pressed_twice_it_acts_once(alice, alice_client, today):
    batch = ready(alice, "Figma,,,", today=today)
    apply(batch, today)
    act = ImportBatch.objects.get().act

    apply(batch, today)  # another window, which has not seen it
    answer = alice_client.post(f"/imports/{batch.pk}/application/", follow=True)

    assert "imported already" in answer.text
    assert ImportBatch.objects.get().act == act
    assert Company.objects.count() == 1
    assert Activity.objects.filter(verb="imported").count() == 1


def test_importing_again_creates_nothing(alice, today):
    lines = ["Figma,figma.com,Berlin,linkedin.com/company/figma", "Linear,,,"]
    apply(ready(alice, *lines, today=today), today)

    batch = apply(ready(alice, *lines, today=today), today)

    assert balance(batch) == [0, 2, 0, 0]
    assert batch.counts["updates"] == 0
    assert (Company.objects.count(), CompanyLinkedIn.objects.count()) == (2, 1)


def test_what_changed_since_the_preview_is_decided_anew_and_said(alice, today):
    batch = ready(alice, "Figma,,,", "Linear,,,", today=today)
    CompanyFactory(owner=alice, name="Figma")

    batch = apply(batch, today)

    assert balance(batch) == [1, 1, 0, 0]
    assert "1 row was decided anew" in batch.message


def test_not_read_to_its_end_it_cannot_be_applied(alice, today):
    batch = staging.receive(alice, "companies.csv", b"Company\nFigma\n", today=today)

    with pytest.raises(Refused, match="being read"):
        apply(batch, today)
    assert not Company.objects.exists()


def test_all_or_nothing(alice, today, monkeypatch):
    batch = ready(alice, "Figma,,,", "Linear,,,", today=today)

    def fail(*args, **kwargs):
        raise RuntimeError("the power went")

    monkeypatch.setattr(applying, "_write_back", fail)
    with pytest.raises(RuntimeError):
        apply(batch, today)

    batch.refresh_from_db()
    assert batch.state == "ready"
    assert not any(model.objects.exists() for model in (Company, CompanyName, Activity, Change))


def test_a_reader_that_forgets_a_row_is_caught(alice, today, monkeypatch):
    batch = ready(alice, "Figma,,,", today=today)
    monkeypatch.setattr(CompanyReader, "apply", lambda *args: None)

    with pytest.raises(AssertionError, match="nothing came of"):
        apply(batch, today)


# Undo


def test_the_whole_of_it_is_undone(alice, today):
    known = CompanyFactory(owner=alice, name="Figma")
    batch = apply(
        ready(alice, "Figma,figma.com,,linkedin.com/company/figma", "Linear,,,", today=today), today
    )

    done = undo.undo(alice, batch.act, now=NOW)

    batch.refresh_from_db()
    assert (batch.state, batch.undone_at, done.left) == ("undone", NOW, [])
    assert [company.pk for company in Company.objects.all()] == [known.pk]
    assert Company.objects.get().website == ""
    assert CompanyName.objects.count() == 1
    assert not CompanyLinkedIn.objects.exists()
    assert not Activity.objects.exists()


def test_undoing_it_where_all_acts_stand_says_so_on_its_page_too(alice, alice_client, today):
    batch = apply(ready(alice, "Figma,,,", today=today), today)

    alice_client.post(f"/changes/{batch.act}/undo/")

    batch.refresh_from_db()
    assert batch.state == "undone"
    assert "Undo the whole import" not in alice_client.get(f"/imports/{batch.pk}/").text


@pytest.mark.parametrize("work", ["edited", "person", "note", "alias"])
def test_what_was_worked_on_stays_whole_and_is_named(alice, today, work):
    batch = apply(ready(alice, "Figma,,,linkedin.com/company/figma", "Linear,,,", today=today), today)
    figma = Company.objects.get(name="Figma")
    if work == "edited":
        figma.rate(motivation=3)
    elif work == "person":
        PersonFactory(owner=alice, company=figma)
    elif work == "note":
        Activity.note(alice, "Saw them at a fair", on=today, company=figma)
    else:
        figma.remember_alias("Figma Design")

    done = undo.undo(alice, batch.act, now=NOW)

    assert done.left == ["Figma"]
    assert [company.name for company in Company.objects.all()] == ["Figma"]
    assert "Figma" in [row.name for row in figma.names.all()]
    assert figma.linkedin.count() == 1
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert "Left because you went on with it: Figma." in batch.message


def test_counting_anew_is_no_work(alice, today):
    batch = apply(ready(alice, "Figma,,,", today=today), today)
    Company.objects.owned_by(alice).recount()

    assert undo.undo(alice, batch.act, now=NOW).left == []


def test_a_thousand_rows_are_undone_by_a_constant_number_of_statements(alice, today):
    counts = []
    for number, rows in enumerate((20, 400)):
        batch = apply(ready(alice, *(f"Brand {number} {n} x{n},,," for n in range(rows)), today=today), today)
        with CaptureQueriesContext(connection) as queries:
            undo.undo(alice, batch.act, now=NOW)
        counts.append(len(queries))
        assert not Company.objects.exists()

    assert counts[1] <= counts[0] + 5


# Choosing


def test_a_decision_is_changed_in_place(alice, alice_client, today):
    CompanyFactory(owner=alice, name="Acme GmbH")
    batch = ready(alice, "ACME AG,,,", "Linear,,,", today=today)
    similar, new = batch.rows.order_by("position")
    assert (similar.meaning, similar.choice) == ("similar", "new")

    htmx = {"HX-Request": "true", "HX-Target": "fate"}
    url = f"/imports/{batch.pk}/choices/"
    answer = alice_client.post(url, {f"choice-{similar.pk}": similar.choices[0][0]}, headers=htmx)
    assert "1 row will be added, 1 goes to what you have." in answer.text
    alice_client.post(url, {f"choice-{new.pk}": "leave", f"choice-{similar.pk}": similar.choices[0][0]})
    batch = apply(batch, today)

    assert balance(batch) == [0, 1, 1, 0]
    assert {name.name for name in CompanyName.objects.all()} == {"Acme GmbH", "ACME AG"}


def test_what_a_row_does_not_offer_is_refused(alice, bob, alice_client, today):
    theirs = ready(bob, "Figma,,,", today=today).rows.get()
    mine = ready(alice, "Figma,,,", today=today)
    row = mine.rows.get()
    url = f"/imports/{mine.pk}/choices/"

    assert alice_client.post(url, {f"choice-{row.pk}": "company-7"}).status_code == 409
    alice_client.post(url, {f"choice-{theirs.pk}": "leave", "choice-x": "leave"})
    assert [each.choice for each in ImportRow.objects.all()] == ["new", "new"]


def test_all_of_a_kind_are_decided_at_once(alice, today):
    CompanyFactory(owner=alice, name="Acme GmbH")
    batch = ready(alice, "ACME AG,,,", "Acme Group,,,", "Linear,,,", today=today)

    batch = choosing.choose_all(batch, "similar", choosing.LIKELIEST)
    assert (batch.counts["will_create"], batch.counts["will_merge"]) == (1, 2)
    batch = choosing.choose_all(batch, "new", "leave")
    batch = apply(batch, today)

    assert balance(batch) == [0, 2, 1, 0]


def test_nothing_can_be_decided_once_it_is_applied(alice, today):
    batch = apply(ready(alice, "Figma,,,", today=today), today)

    with pytest.raises(Refused, match="imported"):
        choosing.choose_all(batch, "new", "leave")

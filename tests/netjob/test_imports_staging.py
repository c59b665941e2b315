"""Staging: rows are committed in portions, nothing is lost or written twice, and whoever is killed can go on."""

import pytest
from django.utils import timezone

from companies.importing import CompanyReader
from companies.models import Company
from netjob.imports import applying, choosing, staging
from netjob.imports.remarks import NotReadable
from netjob.models import ImportBatch, ImportMapping, ImportPortion, ImportRow, ImportUpload
from netjob.ownership import Refused
from netjob.views import imports as views
from tests.conftest import MONDAY
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db


def many(count):
    return "Company,Place\n" + "".join(f"Brand {n} x{n},Berlin\n" for n in range(count))


def received(owner, text, name="companies.csv", **how):
    return staging.receive(owner, name, text.encode(), today=MONDAY, **how)


@pytest.fixture
def small_portions(monkeypatch):
    monkeypatch.setattr(staging, "AT_ONCE", 10)
    monkeypatch.setattr(staging, "WITHIN_A_REQUEST", 20)


def test_rows_are_committed_in_portions(alice, today, small_portions):
    batch = received(alice, many(25))

    staged = [(each.staged, each.state) for each in staging.stage(batch, today=today)]

    assert staged == [(10, "staging"), (20, "staging"), (25, "ready")]
    assert batch.rows.count() == 25


@pytest.mark.parametrize("portions", [0, 1, 2])
def test_a_process_that_was_killed_between_portions_is_continued(alice, today, small_portions, portions):
    batch = received(alice, many(25))
    steps = staging.stage(batch, today=today)
    for _ in range(portions):
        next(steps)
    steps.close()  # killed

    batch = staging.stage_all(ImportBatch.objects.get(), today=today)

    whole = staging.stage_all(received(alice, many(25)), today=today)
    assert said_by(batch) == said_by(whole)
    assert batch.counts == whole.counts == {"new": 25, "will_create": 25, "warnings": 0}


def said_by(batch):
    return list(batch.rows.values_list("position", "number", "title", "data", "meaning", "choice"))


def test_a_file_is_read_and_compared_once(alice, today, small_portions, monkeypatch):
    batch = received(alice, many(25))
    for act in ("read", "decide"):
        monkeypatch.setattr(CompanyReader, act, lambda *_args, **_how: pytest.fail("once more"))

    assert [each.staged for each in staging.stage(batch, today=today)] == [10, 20, 25]
    assert not ImportPortion.objects.exists()


def test_what_was_laid_out_and_is_gone_is_read_again(alice, today, small_portions):
    batch = received(alice, many(25))
    steps = staging.stage(batch, today=today)
    next(steps)
    ImportPortion.objects.all().delete()  # as erasing somebody does

    assert [each.staged for each in steps] == [20, 25]
    assert said_by(batch) == said_by(staging.stage_all(received(alice, many(25)), today=today))


def test_what_is_added_between_portions_is_found_when_it_is_applied(alice, today, small_portions, frozen):
    batch = received(alice, many(25))
    steps = staging.stage(batch, today=today)
    next(steps)
    known = CompanyFactory(owner=alice, name="Brand 20 x20")
    *_rest, batch = steps

    batch = applying.apply(batch, now=timezone.now(), today=today)
    assert (batch.counts["created"], batch.counts["merged"]) == (24, 1)
    assert Company.objects.filter(name="Brand 20 x20").get() == known


def test_two_that_stage_at_a_time_write_each_row_once(alice, today, small_portions):
    batch = received(alice, many(25))
    one, other = staging.stage(batch, today=today), staging.stage(batch, today=today)

    for _ in range(5):
        next(one, None)
        next(other, None)

    batch.refresh_from_db()
    assert (batch.state, batch.staged, batch.rows.count()) == ("ready", 25, 25)


def test_a_large_upload_is_read_in_slices_that_the_page_asks_for(
    alice, alice_client, small_portions, monkeypatch
):
    monkeypatch.setattr(views, "SLICE", -1)
    batch = received(alice, many(25))
    address = f"/imports/{batch.pk}/staging/"
    assert "0 of 25 rows read" in alice_client.get(f"/imports/{batch.pk}/").text

    htmx = {"HX-Request": "true", "HX-Target": "progress"}
    answer = alice_client.post(address, headers=htmx)
    assert "10 of 25 rows read" in answer.text
    assert "<html" not in answer.text
    alice_client.post(address)
    answer = alice_client.post(address, headers=htmx)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/imports/{batch.pk}/")
    assert alice_client.post(address).status_code == 302  # pressed once more: nothing happens
    assert ImportRow.objects.count() == 25


def test_each_portion_of_a_request_is_committed_by_itself(alice, alice_client, small_portions, monkeypatch):
    """What an error interrupts is not rolled back: the submission's transaction is not around it."""
    batch = received(alice, many(25))
    write, calls = staging._write, []

    def failing(*args):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("the power went")
        write(*args)

    monkeypatch.setattr(staging, "_write", failing)
    with pytest.raises(RuntimeError):
        alice_client.post(f"/imports/{batch.pk}/staging/")

    assert ImportRow.objects.count() == ImportBatch.objects.get().staged == 10


@pytest.mark.parametrize(
    ("name", "content", "because"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"x" * 20_000_001, "larger than 20 MB"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "picture"),
        ("a.csv", b"Foo,Bar\n1,2\n", "Foo, Bar"),
        ("a.csv", b"URL,Company\nlinkedin.com/in/ada,Figma\n", "First Name"),
    ],
)
def test_a_refused_file_changes_nothing_and_says_why(alice, today, name, content, because):
    with pytest.raises(NotReadable, match=because):
        staging.receive(alice, name, content, today=today)

    assert not ImportBatch.objects.exists()
    assert not ImportUpload.objects.exists()


UNKNOWN = "Marke,Wo,Was\nFigma,Berlin,Design\nLinear,Lisbon,Software\n"


def test_columns_can_be_mapped_and_are_remembered(alice, today):
    batch = staging.stage_all(received(alice, UNKNOWN, wanted="companies"), today=today)
    assert batch.files[0]["headings"] == ["Marke", "Wo", "Was"]

    batch, lost = staging.map_columns(batch, "companies.csv", ["industry", "", "name"], today=today)
    assert (batch.state, lost) == ("ready", 0)
    assert [row.data for row in batch.rows.all()] == [
        {"name": "Design", "industry": "Figma"},
        {"name": "Software", "industry": "Linear"},
    ]

    again = UNKNOWN.replace("Marke", " MARKE").replace("Figma", "Sketch")
    batch = staging.stage_all(received(alice, again, wanted="companies"), today=today)
    assert [row.data["industry"] for row in batch.rows.all()] == ["Sketch", "Linear"]
    assert ImportMapping.objects.owned_by(alice).count() == 1


def test_columns_that_are_mapped_while_it_is_staged_count_for_every_row(alice, today, small_portions):
    text = "Marke,Wo,Was\n" + "".join(f"Brand {n} x{n},Berlin,Design {n}\n" for n in range(25))
    batch = received(alice, text, wanted="companies")
    steps = staging.stage(batch, today=today)
    next(steps)

    staging.map_columns(batch, "companies.csv", ["industry", "", "name"], today=today)
    *_rest, batch = steps  # the other tab goes on

    assert (batch.state, batch.staged, batch.portions.count()) == ("ready", 25, 0)
    assert [row.title for row in batch.rows.all()] == [f"Design {n}" for n in range(25)]


def test_what_was_read_by_columns_that_changed_meanwhile_is_not_laid_out(alice, today, monkeypatch):
    batch = received(alice, UNKNOWN, wanted="companies")
    batch.portions.all().delete()
    read = staging._read_again

    def slow(standing):
        rows = read(standing)
        monkeypatch.setattr(staging, "_read_again", read)
        staging.map_columns(batch, "companies.csv", ["industry", "", "name"], today=today)
        return rows

    monkeypatch.setattr(staging, "_read_again", slow)
    staging.stage_all(batch, today=today)

    assert [row.title for row in batch.rows.all()] == ["Design", "Software"]


def test_what_was_decided_stays_decided_where_the_row_allows_it(alice, today):
    CompanyFactory(owner=alice, name="Acme GmbH")
    text = "Company,Place,Industry\nACME AG,Berlin,Design\nLinear,Lisbon,Software\nFigma,Bonn,\n"
    batch = staging.stage_all(received(alice, text, wanted="companies"), today=today)
    acme, linear, figma = batch.rows.all()
    mine = {acme.pk: acme.choices[0][0], linear.pk: "leave", figma.pk: "leave"}
    choosing.choose(batch, mine)

    batch, lost = staging.map_columns(batch, "companies.csv", ["name", "place", ""], today=today)
    assert [(row.choice, row.is_chosen) for row in batch.rows.all()] == [(mine[pk], True) for pk in mine]
    assert lost == 0

    batch, lost = staging.map_columns(batch, "companies.csv", ["", "place", "name"], today=today)
    assert [(row.title, row.choice) for row in batch.rows.all()] == [
        ("Design", "new"), ("Software", "leave"), ("Figma", "leave")
    ]  # fmt: skip
    assert lost == 1, "Acme's: a Design is none of them; what cannot be read is left out anyway"


def test_what_another_mapped_is_not_remembered_for_me(alice, bob, today):
    batch = staging.stage_all(received(bob, UNKNOWN, wanted="companies"), today=today)
    staging.map_columns(batch, "companies.csv", ["industry", "", "name"], today=today)

    mine = staging.stage_all(received(alice, UNKNOWN, wanted="companies"), today=today)

    assert [row.title for row in mine.rows.all()] == ["Figma", "Linear"]


def test_what_is_applied_is_not_read_again(alice, today, frozen):
    batch = staging.stage_all(received(alice, many(3)), today=today)
    applying.apply(batch, now=timezone.now(), today=today)
    batch.refresh_from_db()

    with pytest.raises(Refused, match="already past that: imported"):
        staging.map_columns(batch, "companies.csv", ["", "name"], today=today)
    assert Company.objects.count() == 3
    assert not ImportUpload.objects.exists()

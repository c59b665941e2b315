"""Openings at a company: added as of a day, edited, deleted; links safe."""

import datetime as dt

import pytest

from companies.models import Opening
from netjob.models import Activity
from tests.factories import CompanyFactory, OpeningFactory

pytestmark = pytest.mark.usefixtures("frozen")
MONDAY = dt.date(2026, 11, 23)
FIELDS = {"title": "Data Analyst II", "state": "unposted", "state_on": "2026-11-20"}


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


def test_an_opening_is_added_as_of_a_day_with_a_line_of_history(alice_client, figma):
    answer = alice_client.post(
        f"/companies/{figma.pk}/openings/add/",
        FIELDS
        | {
            "link": "figma.com/jobs/7",
            "place": "Berlin",
            "salary": "€60,000",
            "deadline": "2026-12-24",
            "notes": "Mei said so.",
        },
    )

    assert answer["Location"] == figma.get_absolute_url()
    opening = figma.openings.get()
    assert (opening.title, opening.state, opening.state_on) == (
        "Data Analyst II",
        "unposted",
        dt.date(2026, 11, 20),
    )
    assert (opening.link, opening.salary, opening.deadline, opening.owner) == (
        "https://figma.com/jobs/7", "€60,000", dt.date(2026, 12, 24), figma.owner,
    )  # fmt: skip
    line = Activity.objects.get()
    assert (line.title, line.text, line.company_uid) == (
        "Opening: open, not posted",
        "Data Analyst II",
        figma.uid,
    )


def test_today_is_the_day_unless_said_otherwise(alice_client, figma):
    form = alice_client.get(f"/companies/{figma.pk}/openings/add/").context["form"]

    assert form["state_on"].value() == MONDAY


def test_an_opening_is_edited_with_its_own_day_kept(alice_client, alice, figma):
    opening = OpeningFactory(owner=alice, company=figma, state_on="2026-11-05")
    form = alice_client.get(f"/openings/{opening.pk}/").context["form"]
    assert form["state_on"].value() == dt.date(2026, 11, 5)

    answer = alice_client.post(
        f"/openings/{opening.pk}/", FIELDS | {"state": "filled", "version": opening.version}
    )

    assert answer["Location"] == figma.get_absolute_url()
    opening.refresh_from_db()
    assert (opening.state, opening.is_open) == ("filled", False)


def test_an_opening_saved_elsewhere_meanwhile_is_a_conflict(alice_client, alice, figma):
    opening = OpeningFactory(owner=alice, company=figma)
    seen = opening.version
    opening.title = "Theirs"
    opening.save()

    answer = alice_client.post(f"/openings/{opening.pk}/", FIELDS | {"title": "Mine", "version": seen})

    assert answer.status_code == 409
    assert "Theirs" in text_of(answer)
    assert "Mine" in text_of(answer)


@pytest.mark.parametrize(
    ("field", "typed", "because"),
    [
        ("title", "", "required"),
        ("title", "x" * 10_000, "255"),
        ("title", "a\x00b", "Null characters"),
        ("state", "magic", "not one of the available choices"),
        ("state_on", "2026-11-24", "still to come"),
        ("state_on", "", "required"),
        ("state_on", "2026-02-30", "valid date"),
        ("link", "javascript:alert(1)", "begin with https"),
        ("link", "https://acme.com\\@evil.example/", "backslashes"),
        ("deadline", "soon", "valid date"),
        ("place", "x" * 101, "100"),
        ("salary", "x" * 101, "100"),
        ("notes", "x" * 20_001, "20000"),
    ],
)
def test_bad_input_is_named_at_its_field_and_kept(alice_client, figma, field, typed, because):
    answer = alice_client.post(f"/companies/{figma.pk}/openings/add/", FIELDS | {field: typed})

    form = answer.context["form"]
    assert answer.status_code == 422
    assert because in form.errors[field][0]
    assert form[field].value() == typed
    assert not Opening.objects.exists()


def test_a_deleted_opening_comes_back_by_undo(alice_client, alice, figma):
    opening = OpeningFactory(owner=alice, company=figma)

    page = text_of(alice_client.post(f"/openings/{opening.pk}/deletion/", follow=True))
    assert not Opening.objects.exists()
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])

    assert figma.openings.get().title == opening.title


def test_another_owners_openings_are_not_found(bob_client, alice, figma):
    opening = OpeningFactory(owner=alice, company=figma)

    for address in (
        f"/companies/{figma.pk}/openings/add/",
        f"/openings/{opening.pk}/",
        f"/openings/{opening.pk}/deletion/",
    ):
        assert bob_client.get(address).status_code == 404
        assert bob_client.post(address, FIELDS).status_code == 404
        assert bob_client.put(address).status_code == 405
    assert Opening.objects.get().title == opening.title


def test_another_state_has_its_line_of_history_and_the_same_one_none(alice_client, figma, alice):
    opening = OpeningFactory(owner=alice, company=figma, state="posted")
    facts = {"title": opening.title, "state_on": "2026-11-23"}

    for state in ("posted", "filled"):
        opening.refresh_from_db()
        facts |= {"state": state, "version": opening.version}
        assert alice_client.post(f"/openings/{opening.pk}/", facts).status_code == 302

    lines = Activity.objects.owned_by(alice).filter(company_uid=figma.uid, verb="opening")
    assert [line.title for line in lines] == ["Opening: filled"]

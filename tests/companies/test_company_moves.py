"""On the list, paused, dropped, and back: each by its verb, with a day, refused where it does not fit."""

import datetime as dt

import pytest

from companies.models import Company
from netjob.models import Activity
from netjob.ownership import Refused
from tests.factories import CompanyFactory

pytestmark = pytest.mark.usefixtures("frozen")
MONDAY = dt.date(2026, 11, 23)


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


def test_a_target_is_paused_and_resumed(alice_client, figma):
    page = text_of(alice_client.post(f"/companies/{figma.pk}/pause/", follow=True))
    figma.refresh_from_db()
    assert (figma.state, figma.paused_on) == ("paused", MONDAY)
    assert "Figma is paused" in page

    alice_client.post(f"/companies/{figma.pk}/reversal/")
    figma.refresh_from_db()
    assert (figma.state, figma.paused_on) == ("target", None)
    assert list(Activity.objects.values_list("title", flat=True)) == ["Resume", "Paused"]


def test_it_is_dropped_on_a_day_with_a_reason_and_taken_back(alice_client, figma):
    answer = alice_client.post(
        f"/companies/{figma.pk}/dropping/", {"on": "2026-11-20", "because": "No remote work"}
    )
    figma.refresh_from_db()
    assert answer["Location"] == figma.get_absolute_url()
    assert (figma.state, figma.dropped_on, figma.dropped_because) == (
        "dropped",
        dt.date(2026, 11, 20),
        "No remote work",
    )
    line = Activity.objects.get()
    assert (line.title, line.text, line.happened_on) == ("Dropped", "No remote work", dt.date(2026, 11, 20))

    alice_client.post(f"/companies/{figma.pk}/reversal/")
    figma.refresh_from_db()
    assert (figma.state, figma.dropped_on, figma.dropped_because) == ("target", None, "")


def test_a_paused_company_that_was_dropped_comes_back_paused(alice_client, figma):
    figma.pause(on=MONDAY)
    figma.drop(on=MONDAY)

    alice_client.post(f"/companies/{figma.pk}/reversal/")

    figma.refresh_from_db()
    assert figma.state == "paused"


@pytest.mark.parametrize("drop_first", [False, True])
def test_a_suggestion_comes_onto_the_list_even_after_it_was_dropped(alice_client, alice, drop_first):
    company = CompanyFactory(owner=alice, state="suggested", listed_on=None)
    if drop_first:
        company.drop(on=MONDAY)

    page = text_of(alice_client.post(f"/companies/{company.pk}/listing/", follow=True))

    company.refresh_from_db()
    assert (company.state, company.listed_on, company.dropped_on) == ("target", MONDAY, None)
    assert "is on your list." in page


def test_a_dropped_suggestion_can_be_a_suggestion_again(alice_client, alice):
    company = CompanyFactory(owner=alice, state="suggested", listed_on=None)
    company.drop(on=MONDAY)

    alice_client.post(f"/companies/{company.pk}/reversal/")

    company.refresh_from_db()
    assert (company.state, company.dropped_on) == ("suggested", None)


def test_a_dropped_company_put_on_the_list_forgets_why_it_was_dropped(figma):
    figma.drop(on=MONDAY, because="Too far")

    figma.put_on_list(on=MONDAY)

    figma.refresh_from_db()
    assert (figma.state, figma.dropped_on, figma.dropped_because) == ("target", None, "")


def test_a_refused_move_keeps_the_reason_it_was_dropped_for(figma):
    figma.drop(on=MONDAY, because="Too far")

    with pytest.raises(Refused):
        figma.pause(on=MONDAY)

    assert figma.dropped_because == "Too far"


@pytest.mark.parametrize(
    ("state", "move", "because"),
    [
        ("paused", "pause", "It is already paused"),
        ("dropped", "dropping", "It is already dropped"),
        ("dropped", "pause", "It is already dropped"),
        ("target", "listing", "It is on your list already"),
        ("target", "reversal", "There is no step before this one"),
    ],
)
def test_a_move_that_does_not_fit_is_refused_in_words(alice_client, alice, state, move, because):
    company = CompanyFactory(owner=alice, state=state, paused_on="2026-11-03", dropped_on="2026-11-04")

    answer = alice_client.post(f"/companies/{company.pk}/{move}/")

    assert answer.status_code == 422
    assert because in text_of(answer)
    company.refresh_from_db()
    assert company.state == state


@pytest.mark.parametrize(
    ("on", "because"),
    [
        ("2026-11-24", "still to come"),
        ("2026-11-01", "The step before this one was on 2 November 2026"),
        ("2026-02-30", "valid date"),
        ("x\x00", "valid date"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_kept(alice_client, figma, on, because):
    answer = alice_client.post(f"/companies/{figma.pk}/dropping/", {"on": on, "because": "No remote work"})

    assert answer.status_code == 422
    assert because in text_of(answer)
    assert "No remote work" in text_of(answer)
    figma.refresh_from_db()
    assert figma.state == "target"


def test_too_long_a_reason_is_refused(alice_client, figma):
    answer = alice_client.post(f"/companies/{figma.pk}/dropping/", {"because": "x" * 256})

    assert answer.status_code == 422
    figma.refresh_from_db()
    assert figma.state == "target"


@pytest.mark.parametrize("move", ["listing", "pause", "dropping", "reversal"])
def test_each_move_has_a_page_for_its_day(alice_client, figma, move):
    page = text_of(alice_client.get(f"/companies/{figma.pk}/{move}/"))

    assert 'name="on" value="2026-11-23" max="2026-11-23"' in page
    assert page.count("button filled") == 1
    figma.refresh_from_db()
    assert figma.version == 1


@pytest.mark.parametrize("move", ["listing", "pause", "dropping", "reversal"])
def test_another_owners_company_is_not_moved(bob_client, figma, move):
    assert bob_client.get(f"/companies/{figma.pk}/{move}/").status_code == 404
    assert bob_client.post(f"/companies/{figma.pk}/{move}/").status_code == 404
    assert bob_client.put(f"/companies/{figma.pk}/{move}/").status_code == 405
    assert Company.objects.get().state == "target"

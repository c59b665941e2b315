"""The list of all openings: the next date first, narrowed, changed many at once, taken along as a file."""

import datetime as dt

import pytest
from django.db import connection

from benchmarks.queries import recorded
from companies.models import Opening
from netjob.models import Activity
from tests.factories import CompanyFactory, OpeningFactory

pytestmark = pytest.mark.usefixtures("frozen")


def titles_on(answer):
    return [opening.title for opening in answer.context["rows"]]


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def four(alice):
    figma = CompanyFactory(owner=alice, name="Figma", place="Berlin")
    stripe = CompanyFactory(owner=alice, name="Stripe")
    for title, company, facts in (
        ("Soon", figma, {"deadline": "2026-11-27", "salary": "€60,000", "place": "Köln"}),
        ("Late", stripe, {"deadline": "2026-11-20", "state": "unposted"}),
        ("Whenever", stripe, {"state": "rumoured", "state_on": dt.date(2026, 10, 1)}),
        ("Over", figma, {"state": "filled", "deadline": "2026-11-01"}),
    ):
        OpeningFactory(owner=alice, company=company, title=title, **facts)
    return figma


def test_it_shows_what_is_open_with_the_next_date_first(alice_client, four):
    answer = alice_client.get("/openings/")

    assert titles_on(answer) == ["Late", "Soon", "Whenever"]
    four.drop(on=dt.date(2026, 11, 23))
    assert titles_on(alice_client.get("/openings/")) == ["Late", "Whenever"]
    page = text_of(answer)
    assert "€60,000" in page
    assert '<span class="meta late">deadline was <time datetime="2026-11-20"' in page
    assert '<span class="meta">apply by <time datetime="2026-11-27"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=all", ["Late", "Soon", "Whenever", "Over"]),
        ("state=filled", ["Over"]),
        ("q=figma", ["Soon"]),
        ("q=stripe+WHEN", ["Whenever"]),
        ("q=60,000", ["Soon"]),
        ("place=koln", ["Soon"]),
        ("place=berlin", []),
        ("sort=confirmed", ["Whenever", "Soon", "Late"]),
        ("sort=newest", ["Whenever", "Late", "Soon"]),
        ("sort=-next", ["Whenever", "Soon", "Late"]),
        ("state=%00&q=%00", ["Late", "Soon", "Whenever"]),
    ],
)
def test_it_is_narrowed_and_sorted(alice_client, four, query, found):
    assert titles_on(alice_client.get(f"/openings/?{query}")) == found


def test_the_openings_of_one_company(alice_client, four):
    answer = alice_client.get(f"/openings/?company={four.pk}&state=all")

    assert titles_on(answer) == ["Soon", "Over"]
    assert "What you know of at <bdi>Figma</bdi>." in text_of(answer)


def test_empty_in_two_voices(alice_client, alice):
    page = text_of(alice_client.get("/openings/"))
    assert "No opening yet" in page
    assert "apply by Friday" in page, "a sketch of the full page"

    OpeningFactory(owner=alice, state="closed")
    page = text_of(alice_client.get("/openings/"))
    assert "All that you know of are filled or closed, or at" in page
    assert 'href="/openings/?state=all"' in page


def test_many_are_closed_at_once_and_one_undo_takes_it_back(alice_client, alice, four):
    rows = [opening.pk for opening in Opening.objects.exclude(title="Over")]
    sent = {"act": "state", "row": rows, "sent": "1", "state": "closed", "on": "2026-11-22"}

    page = text_of(alice_client.post("/openings/changes/", sent, follow=True))

    assert set(Opening.objects.filter(pk__in=rows).values_list("state", "state_on")) == {
        ("closed", dt.date(2026, 11, 22))
    }
    assert Activity.objects.filter(title="Opening: closed", happened_on="2026-11-22").count() == 3
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])
    assert sorted(Opening.objects.filter(pk__in=rows).values_list("state", flat=True)) == [
        "posted", "rumoured", "unposted",
    ]  # fmt: skip
    assert not Activity.objects.exists()


def test_a_day_to_come_is_refused(alice_client, four):
    row = Opening.objects.first().pk
    sent = {"act": "state", "row": row, "sent": "1", "state": "closed", "on": "2027-01-01"}

    assert alice_client.post("/openings/changes/", sent).status_code == 422
    assert not Opening.objects.filter(state="closed").exists()


def test_an_export_holds_what_is_shown(alice_client, four):
    answer = alice_client.get("/openings/export/?format=csv&q=figma&state=all")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert lines[0] == ('"Title","Company","State","As of","Deadline","Place","Salary","Link","Notes"')
    assert [line.split(",")[0] for line in lines[1:]] == ['"Soon"', '"Over"']


def test_the_next_date_is_that_of_something_to_apply_for(alice):
    opening = OpeningFactory(owner=alice, deadline="2026-12-01")
    opening.refresh_from_db()
    assert opening.due_on == dt.date(2026, 12, 1)

    opening.state = "filled"
    opening.save()
    opening.refresh_from_db()
    assert opening.due_on == dt.date(9999, 12, 31)


def test_search_finds_an_opening_by_title_place_salary_and_notes(alice_client, alice):
    company = CompanyFactory(owner=alice, name="Figma")
    OpeningFactory(owner=alice, company=company, title="Weaver", place="Köln", salary="60k", notes="Mei said")

    for words in ("weaver", "koln", "60k", "mei weav"):
        page = text_of(alice_client.get("/search/", {"q": words}))
        assert f"/companies/{company.pk}/#openings" in page, words


def test_it_never_shows_anothers(bob_client, alice, four):
    page = bob_client.get(f"/openings/?company={four.pk}&state=all")

    assert titles_on(page) == []
    assert "Figma" not in page.content.decode()


def test_more_openings_cost_no_more_queries(alice_client, alice, four):
    with recorded() as few:
        alice_client.get("/openings/")
    for _ in range(30):
        OpeningFactory(owner=alice)
    with recorded() as many:
        alice_client.get("/openings/")

    assert len(few) == len(many) <= 7


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_it_is_read_in_the_order_of_an_index(alice_client, four):
    with recorded() as queries:
        alice_client.get("/openings/")

    [listed] = [query for query in queries if 'ORDER BY "companies_opening"."due_on"' in query.sql]
    assert "opening_by_next_date" in " ".join(listed.plan())
    assert "TEMP B-TREE" not in " ".join(listed.plan())


def test_reading_only(alice_client):
    assert alice_client.post("/openings/").status_code == 405
    assert alice_client.get("/openings/changes/").status_code == 405

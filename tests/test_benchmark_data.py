"""The benchmark's rows: the same each time, as valid as a user's, and read at the same number of queries."""

from itertools import islice

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client

from benchmarks import DAY, data
from benchmarks.pages import addresses
from benchmarks.queries import recorded
from companies.models import Company
from contacts.models import Person
from netjob.models import User
from netjob.ownership import OwnedModel, owned_links
from netjob.states import StatefulModel
from outreach.models import Request
from tests.conftest import signed_in

SMALL, TWICE = 0.05, 0.1
PAGES = (
    "companies", "companies, page 3", "people", "conversations", "Today", "outreach", "coverage",
    "all silent", "high rank, no effort", "openings", "employers of people I know", "a company", "a person",
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """Two accounts side by side, one with twice the rows; made once for all tests here."""
    with django_db_blocker.unblock():
        small = User.objects.create_user(email="small@example.org", time_zone="Europe/Berlin")
        twice = User.objects.create_user(email="twice@example.org", time_zone="Europe/Berlin")
        digests = data.fill(small, scale=SMALL, on=DAY), data.fill(twice, scale=TWICE, on=DAY)
        yield small, twice, digests
        small.delete()
        twice.delete()


def test_the_same_seed_gives_the_same_rows(filled, alice):
    _small, _twice, digests = filled

    assert data.fill(alice, scale=SMALL, on=DAY) == digests[0]
    assert digests[0] != digests[1]


def test_one_person_in_ten_is_in_play_and_the_others_are_imported_connections(filled, db):
    _small, twice, _ = filled
    people = Person.objects.owned_by(twice)

    assert people.count() == 500
    assert people.filter(in_play=True).count() == 50
    imported = people.filter(in_play=False)
    assert not imported.filter(picked_up=True).exists()
    assert not imported.filter(connected_on=None).exists()
    assert imported.filter(company__state="suggested").count() > imported.count() / 2
    assert set(Request.State) - {Request.State.JOINED} == set(  # that one is made by merging only
        Request.objects.owned_by(twice).values_list("state", flat=True)
    )


def test_the_figures_are_those_that_their_writers_would_write(filled, db):
    assert Person.objects.all().advance() == 0
    assert Company.objects.all().recount() == 0


@pytest.mark.parametrize("model", data.DIGESTED, ids=lambda model: model.__name__)
def test_no_row_leads_to_another_owners(model, filled, db):
    for field in owned_links(model):
        linked = model.objects.exclude(**{field.name: None})
        assert not linked.exclude(**{f"{field.name}__owner": F("owner")}).exists(), field


@pytest.mark.parametrize("model", data.DIGESTED, ids=lambda model: model.__name__)
def test_a_form_would_accept_the_rows(model: type[OwnedModel], filled, db):
    rows = list(model.objects.all()[:20])

    assert rows
    for row in rows:
        row.full_clean()


@pytest.mark.parametrize(
    "model", [m for m in data.DIGESTED if issubclass(m, StatefulModel)], ids=lambda m: m.__name__
)
def test_nothing_happened_after_the_day_or_before_its_time(model, filled, db):
    for row in model.objects.all():
        stamps = [day for day in row._stamps() if day]
        assert max(stamps, default=DAY) <= DAY
        led_here = next((move for move in model.MOVES if move.to == row.state), None)
        if led_here and getattr(row, led_here.stamp):
            assert getattr(row, led_here.stamp) == max(stamps), row.state


@pytest.fixture(params=PAGES)
def seen(request, filled, frozen, db):
    """A page as the smaller account sees it, and as the larger: client and address of each."""
    small, twice, _ = filled
    clients = signed_in(small), signed_in(twice)
    return [
        (client, addresses(owner, client)[request.param])
        for owner, client in zip((small, twice), clients, strict=True)
    ]


def queries_of(client: Client, url: str):
    with recorded() as queries:
        assert client.get(url).status_code == 200
    return queries


def test_twice_the_rows_take_the_same_queries(seen):
    small, twice = (queries_of(client, url) for client, url in seen)

    assert len(small) == len(twice), [query.sql for query in twice]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_no_query_reads_a_big_table_from_end_to_end(seen):
    client, url = seen[1]

    assert [(scan, query.sql) for query in queries_of(client, url) for scan in query.scans()] == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
@pytest.mark.parametrize(
    ("page", "index"),
    [
        ("coverage", "person_next (owner_id=? AND stage=? AND company_id=?)"),
        ("Today", "message_person (owner_id=? AND person_id=?)"),
    ],
)
def test_only_those_in_question_are_looked_at(page, index, filled, frozen, db):
    """Whoever is next, and whoever waits for an answer: not everybody, and not all that ever came."""
    client = signed_in(filled[1])

    plans = [
        line for query in queries_of(client, addresses(filled[1], client)[page]) for line in query.plan()
    ]

    assert [line for line in plans if index in line]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_a_query_that_does_is_seen(filled, db):
    with recorded() as queries:
        list(Person.objects.filter(notes="no index knows"))
        list(Company.objects.filter(pk__in=Person.objects.filter(notes="no index knows").values("company")))
        list(islice(Person.objects.owned_by(filled[0]), 1))

    assert [bool(query.scans()) for query in queries] == [True, True, False]
    assert queries[0].steps > 500

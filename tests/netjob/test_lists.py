"""What all lists have in common: filter and order in the address, whatever stands there, at a constant cost."""

import datetime as dt
import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from companies.lists import CompanyListing
from contacts.lists import PersonListing
from netjob.lists import LISTINGS
from netjob.paging import page_of
from outreach.lists import ConversationListing, RequestListing
from tests.factories import CompanyFactory, ConversationFactory, PersonFactory, RequestFactory

TODAY = dt.date(2026, 11, 23)
ALL = [CompanyListing, PersonListing, RequestListing, ConversationListing]
pytestmark = pytest.mark.usefixtures("frozen")


def asked(listing, owner, query=""):
    return listing(QueryDict(query), owner=owner, today=TODAY)


def fill(owner, count=6):
    for n in range(count):
        person = PersonFactory(
            owner=owner,
            name=f"Person {n % 3}",
            company=CompanyFactory(owner=owner, name=f"Company {n}", motivation=n % 2),
        )
        ConversationFactory(
            owner=owner, person=person, state="held", held_on=TODAY - dt.timedelta(days=n % 2)
        )
        RequestFactory(
            owner=owner, person=person, state="sent", sent_on=TODAY, sent_at=f"2026-11-23 0{n % 3}:00Z"
        )


def test_every_list_is_known_by_its_page():
    assert {listing.page for listing in ALL} <= set(LISTINGS)


@pytest.mark.parametrize("listing", ALL)
def test_every_order_both_ways_goes_through_every_row_once(listing, alice):
    fill(alice)
    for start in ("", "state=held", "show=waiting"):
        for sort in asked(listing, alice, start).offered_sorts:
            for name in (sort.name, f"-{sort.name}"):
                chosen = asked(listing, alice, f"{start}&sort={name}")
                seen, after = [], ""
                while True:
                    page = page_of(chosen.rows(), chosen.sorted.order, after=after, size=2)
                    seen += [row.pk for row in page]
                    if not (after := page.next):
                        break
                expected = list(chosen.rows().order_by(*chosen.sorted.order).values_list("pk", flat=True))
                assert seen == expected, (listing, name)


@pytest.mark.parametrize("listing", ALL)
def test_an_order_is_one_of_the_list_or_the_first(listing, alice):
    first = listing.sorts[0]

    for wanted in ("owner__password", "?", "pk", "-", "--name", "notes", "x" * 10_000, "\x00"):
        data = QueryDict(mutable=True)
        data["sort"] = wanted
        assert listing(data, owner=alice, today=TODAY).sorted == first


@pytest.mark.parametrize("listing", ALL)
@pytest.mark.parametrize(
    "value", ["%00", "%ED%A0%80", "9" * 400, "a" * 10_000, "%F0%9F%98%80", "-1", "'", "%25_", "[]", "%FF"]
)
def test_whatever_stands_in_the_address_there_is_a_page(listing, value, alice_client, alice):
    fill(alice, 1)
    names = [*listing.base_fields, "after", "month", "format"]

    for path in (reverse(listing.page), reverse(f"{listing.name}_export")):
        assert alice_client.get(path + "?" + "&".join(f"{name}={value}" for name in names)).status_code == 200


@pytest.mark.parametrize("listing", ALL)
def test_its_own_address_shows_the_same(listing, alice):
    for sort in listing.sorts:
        query = (
            f"q=a+b%26c&state=held&show=waiting&mode=video&kind=peer&stage=1&sort=-{sort.name}&after=x&odd=1"
        )
        one = asked(listing, alice, query)
        again = asked(listing, alice, one.query())

        assert (again.chosen, again.sorted, again.query()) == (one.chosen, one.sorted, one.query())
        assert "after" not in one.query()
        assert "odd" not in one.query()


@pytest.mark.parametrize("listing", ALL)
def test_htmx_is_told_the_address_without_empty_fields(listing, alice_client, alice):
    fill(alice, 1)
    empty = "&".join(f"{name}=" for name in listing.base_fields)

    answer = alice_client.get(
        f"{reverse(listing.page)}?{empty}&sort=oldest", headers={"HX-Request": "true", "HX-Target": "results"}
    )

    assert answer["HX-Replace-Url"] in (reverse(listing.page), reverse(listing.page) + "?sort=oldest")
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("listing", [CompanyListing, PersonListing, RequestListing])
def test_a_list_is_four_queries_with_a_view_kept_and_a_filter(
    listing, alice_client, alice, django_assert_num_queries
):
    fill(alice, 3)

    with django_assert_num_queries(4):
        alice_client.get(reverse(listing.page) + "?kind=peer&show=waiting&state=all")


@pytest.mark.parametrize("listing", [CompanyListing, PersonListing])
def test_no_order_over_the_table_sorts_by_hand(listing, alice):
    """Each order has an index that begins with the owner."""
    fill(alice, 3)
    for sort in listing.sorts:
        for one in (sort, sort.reversed()):
            rows = listing.model.objects.owned_by(alice).order_by(*one.order)[:50]
            plan = rows.explain()
            assert "TEMP B-TREE" not in plan, (one.name, plan)


def test_a_heading_sorts_and_turns_round(alice_client, alice):
    CompanyFactory(owner=alice, name="A")

    def heading(query):
        page = alice_client.get(f"/companies/{query}").content.decode()
        return re.search(r"<th scope=\"col\"([^>]*)><a href=\"([^\"]*)\">Company</a>", page).groups()

    assert heading("?q=a") == ("", "/companies/?q=a&amp;sort=name")
    assert heading("?sort=name") == (' aria-sort="ascending"', "/companies/?sort=-name")
    assert heading("?sort=-name") == (' aria-sort="descending"', "/companies/?sort=name")


def test_the_filters_that_are_folded_away_stand_open_when_used(alice_client, alice):
    CompanyFactory(owner=alice, place="Dublin")

    assert '<details class="fold" open>' not in alice_client.get("/companies/").content.decode()
    assert '<details class="fold" open>' in alice_client.get("/companies/?place=dublin").content.decode()

"""Pages by key: every row once, in order, whatever comes in between; a spoilt key gives the first page."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from companies.models import Company
from netjob.paging import page_of
from tests.factories import CompanyFactory, UserFactory

ORDER = ("-lamp", "folded_name", "pk")


@pytest.fixture
def companies(alice):
    rows = [
        CompanyFactory(owner=alice, name=f"Company {n:02}", motivation=n % 4, posting=1 + n % 3)
        for n in range(23)
    ]
    CompanyFactory(owner=UserFactory())
    return rows


def walk(rows, size):
    after, pages = "", []
    while True:
        page = page_of(rows, ORDER, after=after, size=size)
        pages.append(page)
        if not page.next:
            return pages
        after = page.next


@pytest.mark.parametrize("size", [1, 5, 22, 23, 24])
def test_every_row_comes_once_and_in_order(companies, alice, size):
    rows = Company.objects.owned_by(alice)

    pages = walk(rows, size)

    found = [row.pk for page in pages for row in page]
    assert found == list(rows.order_by(*ORDER).values_list("pk", flat=True))
    assert [page.first_number for page in pages] == [1 + size * n for n in range(len(pages))]


def test_a_row_that_came_in_between_does_not_shift_the_next_page(companies, alice):
    rows = Company.objects.owned_by(alice)
    first = page_of(rows, ORDER, size=5)
    CompanyFactory(owner=alice, name="Now first", motivation=3, posting=3)

    second = page_of(rows, ORDER, after=first.next, size=5)

    assert not {row.pk for row in first} & {row.pk for row in second}


def test_a_page_is_one_query_without_count_or_offset(companies, alice, django_assert_num_queries):
    token = page_of(Company.objects.owned_by(alice), ORDER, size=5).next

    with django_assert_num_queries(1) as queries:
        page_of(Company.objects.owned_by(alice), ORDER, after=token, size=5)

    assert "OFFSET" not in queries[0]["sql"]
    assert "COUNT" not in queries[0]["sql"]


@pytest.mark.parametrize(
    "spoilt",
    [
        '[1, Infinity, "a", 1]',
        '[1, -Infinity, "a", 1]',
        '[1, NaN, "a", 1]',
        '[1, 1e400, "a", 1]',
        '[1, 100, "a", 1e30]',
        '[1, 100, "a", ' + "9" * 30 + "]",
        '[1, 100, "a\\u0000", 1]',
        '[1, 100, "a\\ud800", 1]',
        "[1, 100, null, 1]",
        '[1, 100, ["a"], 1]',
        '[true, 100, "a", 1]',
        "[" * 20_000,
    ],
)
def test_a_key_that_no_database_can_be_asked_for_gives_a_page(spoilt, companies, alice):
    token = base64.urlsafe_b64encode(spoilt.encode()).decode()

    assert page_of(Company.objects.owned_by(alice), ORDER, after=token, size=5).first_number >= 1


class SpoiltKeys(TestCase):
    def rows(self):
        return Company.objects.all()

    @given(st.text(max_size=80))
    def test_any_text_gives_the_first_page(self, text):
        assert page_of(self.rows(), ORDER, after=text).first_number >= 1

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=6
        )
    )
    def test_any_json_gives_a_page(self, value):
        token = base64.urlsafe_b64encode(json.dumps(value).encode()).decode()

        assert page_of(self.rows(), ORDER, after=token) is not None

    @given(st.integers(), st.integers(), st.text(max_size=20), st.integers())
    def test_any_values_of_the_right_number_give_a_page(self, number, lamp, name, pk):
        token = base64.urlsafe_b64encode(json.dumps([number, lamp, name, pk]).encode()).decode()

        assert page_of(self.rows(), ORDER, after=token) is not None

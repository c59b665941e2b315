"""What one name may mean is chosen by the database, and hardly anything is overlooked by that."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from companies import adding
from companies.likely import near
from companies.models import Company, CompanyName
from companies.names import exact_key, propose
from companies.pasting import read_lines
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db
PAIRS = list(csv.DictReader((Path(__file__).parent / "company_pairs.csv").open(encoding="utf-8")))


def keep(owner, names):
    companies = [Company(owner=owner, name=name, listed_on=dt.date(2026, 11, 2)) for name in names]
    Company.objects.bulk_create(companies)
    CompanyName.objects.bulk_create(
        CompanyName(owner=owner, company=company, name=company.name) for company in companies
    )


def test_what_a_whole_comparison_proposes_is_among_them(alice):
    known = list({exact_key(pair["other"]): pair["other"] for pair in PAIRS}.values())
    keep(alice, known)
    pairs = PAIRS[::2]
    wanted = propose([pair["one"] for pair in pairs], known, limit=1)

    missed = [
        (name, best[0].known) for name, best in wanted.items() if best[0].known not in near(alice, name)
    ]

    assert len(wanted) > 100
    assert len(missed) <= len(wanted) / 50, missed


def test_most_names_are_not_among_them(alice):
    keep(alice, {pair["other"].upper(): None for pair in PAIRS})

    sizes = sorted(len(near(alice, pair["one"])) for pair in PAIRS[::5])

    assert sizes[len(sizes) // 2] < 10


def test_nobody_elses_are_among_them(alice, bob):
    CompanyFactory(owner=bob, name="Figma")

    assert near(alice, "Figma") == {}


@pytest.mark.parametrize("name", ["", "-", "&", "a", "王", "😀", "%", "the", "x" * 300])
def test_any_name_can_be_asked_about(alice, name):
    assert near(alice, name) == {}


def test_a_company_is_recognised_with_all_its_names(alice):
    """Or the search column, which is made of them, would lose some."""
    figma = CompanyFactory(owner=alice, name="Figma")
    figma.remember_alias("Dylan's Drawing Board")

    sorting = adding.sort(alice, read_lines("Figma Inc."))
    (candidate,) = sorting.similar[0].candidates
    adding.add(alice, sorting, {sorting.similar[0].line.key: candidate.value}, on=dt.date(2026, 11, 23))

    figma.refresh_from_db()
    assert sorted(figma.aliases()) == ["Dylan's Drawing Board", "Figma Inc."]
    assert "drawing" in figma.search_text

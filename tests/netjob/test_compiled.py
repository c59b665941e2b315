"""Queries that are made once: each time the rows of these numbers, and of no others."""

from typing import Any

from companies.models import Company
from netjob.compiled import rows_of
from netjob.models import User
from tests.factories import CompanyFactory

asked: list[Any] = []


def names(numbers: Any, state: str) -> Any:
    asked.append(state)
    owner, *pks = numbers
    rows = Company.objects.filter(owner=owner, pk__in=pks, state=state)
    return rows.order_by("pk").values_list("pk", "name")


def test_a_query_is_made_once_and_asked_with_the_numbers_of_each_time(alice: User, bob: User) -> None:
    asked.clear()
    hers, his = (CompanyFactory(owner=owner, name="Acme") for owner in (alice, bob))
    another = CompanyFactory(owner=alice, name="Bolt")

    assert rows_of(names, [alice.pk, another.pk, hers.pk], "target") == [
        (hers.pk, "Acme"),
        (another.pk, "Bolt"),
    ]
    assert rows_of(names, [bob.pk, hers.pk, his.pk], "target") == [(his.pk, "Acme")]
    assert asked == ["target"]
    assert rows_of(names, [bob.pk, his.pk, his.pk], "paused") == []
    assert asked == ["target", "paused"]


def test_one_of_none_is_none(alice: User) -> None:
    assert rows_of(names, [alice.pk], "target") == []

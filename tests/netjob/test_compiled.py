"""Queries that are made once: each time the rows of these numbers, and of no others."""

import datetime as dt
from typing import Any

from django.db.models import F

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


def found_from(numbers: Any) -> Any:
    rows = Company.objects.filter(pk__in=numbers).select_related("found_from").annotate(half=F("pk") / 2)
    return rows.only("name", "listed_on", "found_from__name").order_by("pk")


def test_rows_of_a_model_come_whole(alice: User, django_assert_num_queries: Any) -> None:
    first = CompanyFactory(owner=alice, name="Acme", listed_on=dt.date(2026, 11, 2))
    CompanyFactory(owner=alice, name="Bolt", found_from=first)

    for _time in range(2):
        with django_assert_num_queries(1):
            acme, bolt = rows_of(found_from, [first.pk, first.pk + 1])
            assert (acme.name, acme.listed_on, acme.half) == ("Acme", dt.date(2026, 11, 2), first.pk // 2)
            assert (bolt.found_from.name, bolt.found_from == first) == ("Acme", True)
    assert acme.get_deferred_fields() >= {"notes", "place"}


def test_a_number_larger_than_any_finds_nothing(alice: User) -> None:
    assert rows_of(found_from, [alice.pk, 10**30]) == []


def of_that_identity(numbers: Any) -> Any:
    owner, *uids = numbers
    return Company.objects.filter(owner=owner, uid__in=uids).order_by("pk").values_list("uid", flat=True)


def test_rows_are_found_by_their_identity_too(alice: User) -> None:
    first, second, _third = (CompanyFactory(owner=alice).uid for _n in range(3))

    assert rows_of(of_that_identity, [alice.pk, second, first]) == [first, second]
    assert rows_of(of_that_identity, [alice.pk, second, second]) == [second]

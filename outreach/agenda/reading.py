"""How the steps' rows are read: the owner's, or those with one person; few columns; by statements made once.

The numbers of `netjob.compiled` are the owner's key and, where the agenda is about one person, theirs.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet

from contacts.models import Person
from netjob.addresses import address

OF_PERSON = (
    "uid",
    "name",
    "role",
    "stage",
    "do_not_contact_on",
    "connected_on",
    "degree",
    "last_contact_on",
    "company",
)
OF_COMPANY = ("uid", "name", "state", "lamp")
"""What a step says of somebody, and of where they work: rows are read for it by the hundred."""
BEST_FIRST = (F("company__lamp").desc(nulls_last=True), "-review_score", "pk")


def mine(model: Any, numbers: Sequence[int]) -> Any:
    """The owner's rows, of the one person where there is one."""
    owner, *person = numbers
    rows = model.objects.owned_by(owner)
    return rows.filter(person=person[0]) if person else rows


def lean(rows: Any, *columns: str, person: str = "person__") -> Any:
    """Rows with these columns, and the few of their person and of the company that a step needs."""
    of_person = (f"{person}{name}" for name in OF_PERSON)
    of_company = (f"{person}company__{name}" for name in OF_COMPANY)
    return rows.select_related(f"{person}company").only(*columns, *of_person, *of_company)


def first(most: int, rows: QuerySet) -> Any:
    """The first of them, and nothing else yet: what is reckoned of a row is reckoned of no other."""
    return rows.model._default_manager.filter(pk__in=rows.values("pk")[:most])


def begun_at(route: str, person: Person, query: str) -> str:
    """The address of a text to somebody that is begun as `query` says."""
    return f"{address(route, person.pk)}?{query}"

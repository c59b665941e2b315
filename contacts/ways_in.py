"""Who may open a door, and how they look whom they know behind it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from companies import linkedin_links
from companies.models import Company, CompanyLinkedIn
from contacts.models import Introduction, Person, Position, Tie, connected
from netjob.models import User

MOST = 30


@dataclass(frozen=True)
class Ask:
    """What helps to ask for an introduction: the link that shows the introducer whom they know there."""

    link: str
    is_exact: bool
    """Whether the link finds the company by its number, and only the introducer's own connections."""

    @classmethod
    def by(cls, row: Introduction) -> "Ask | None":
        """Nothing where one person is meant: who knows them needs no list."""
        company = row.company
        if company is None or row.person_id:
            return None
        pages = CompanyLinkedIn.objects.filter(company=company, kind=CompanyLinkedIn.Kind.NUMERIC)
        if numbers := list(pages.order_by("pk").values_list("value", flat=True)):
            return cls(linkedin_links.people_search("", numbers, network=["F"]), True)
        return cls(linkedin_links.people_search_by_name("", company.name), False)


def likely_introducers(owner: User, company: Company | None) -> list[Person]:
    """Whom to think of first: those who are or were at the company, then those who are tied to me; best known first."""
    people = Person.objects.owned_by(owner).may_be_contacted().select_related("company")
    known: Any = connected() | Q(stage__gte=Person.Stage.TALKED)
    known |= Exists(Tie.objects.filter(person=OuterRef("pk")))
    there: Any = Q()
    if company:
        was_there = Exists(Position.objects.filter(person=OuterRef("pk"), company=company))
        there = Q(company=company) | was_there
    near = (
        list(people.filter(known, there).order_by("-stage", "-review_score", "pk")[:MOST]) if company else []
    )
    others = people.filter(stage__gte=Person.Stage.TALKED).exclude(pk__in=[row.pk for row in near])
    return [*near, *others.order_by("-stage", "-review_score", "pk")[: MOST - len(near)]]

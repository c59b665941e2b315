"""A fictional, believable search for an account that has none, dated relative to the day on which it is loaded."""

import datetime as dt

from django.db import transaction

from companies.models import Company, SearchVisit
from contacts.models import Event, Person
from netjob.models import Activity, Change, ImportBatch, User
from netjob.ownership import Refused
from outreach.demo.companies import COMPANIES
from outreach.demo.story import Story
from outreach.models import Deferral


@transaction.atomic
def load(owner: User, *, now: dt.datetime, again: bool = False) -> None:
    """Fill an empty account; `again` also takes the place of a demo that was loaded before.

    Raises Refused for an account that holds anything of its owner's own.
    """
    if is_in_use(owner):
        if not again:
            raise Refused(
                f"{owner.email} has companies or people already, and the demo goes into an empty account only. "
                "If they are those of an earlier demo, --again replaces them."
            )
        if own := the_owners_own(owner):
            raise Refused(
                f"{owner.email} holds more than the demo: {own}. Nothing was changed; "
                "choose another account, or delete it first."
            )
        forget(owner)
    Story(owner, now).tell()


def is_in_use(owner: User) -> bool:
    return Company.objects.owned_by(owner).exists() or Person.objects.owned_by(owner).exists()


def the_owners_own(owner: User) -> str:
    """The name of a company or person that no demo brought; "" where there is none."""
    companies = Company.objects.owned_by(owner).exclude(name__in=[row.name for row in COMPANIES])
    people = Person.objects.owned_by(owner).exclude(keys__value__endswith="-fictional")
    return str(companies.first() or people.first() or "")


def forget(owner: User) -> None:
    """Take an earlier demo away, with all that hangs on its companies and people."""
    for kind in (Company, Person, Event, Deferral, Activity, ImportBatch, SearchVisit):
        kind.objects.owned_by(owner).delete()
    Change.objects.filter(owner=owner).delete()

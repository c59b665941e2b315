"""Somebody wrote first: their words, and the job that they wrote about, are kept where they belong."""

import datetime as dt

from companies.models import Company, Opening
from companies.names import exact_key
from contacts.models import Person
from outreach import sending
from outreach.models import Insight
from outreach.models.conversation import Aim


def keep(
    person: Person,
    *,
    on: dt.date,
    now: dt.datetime,
    said: str,
    channel: str,
    opening: str = "",
    opening_at: str = "",
) -> None:
    """Raises Refused as `sending.receive` does."""
    sending.receive(person, on=on, now=now, text=said, channel=channel)
    company = Company.suggest(person.owner_id, [opening_at]).get(exact_key(opening_at)) or person.company
    if opening and company:
        job = company.openings.filter(title=opening).first() or Opening.add(
            company, opening, on=on, state=Opening.State.UNPOSTED, state_on=on
        )
        Insight.objects.create(
            owner=person.owner,
            company=company,
            person=person,
            opening=job,
            aim=Aim.OPENINGS,
            text=opening,
            said_on=on,
        )

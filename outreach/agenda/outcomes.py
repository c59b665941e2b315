"""What is due with applications, interviews and referrals."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Min, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts.models import Person
from netjob.compiled import rows_of
from outreach.agenda.reading import lean, mine
from outreach.agenda.steps import MANY, Step
from outreach.models import Application, Referral

if TYPE_CHECKING:
    from outreach.agenda.agenda import Agenda


def steps(agenda: "Agenda") -> Iterator[Step]:
    if agenda.person is None:
        yield from _of_applications(agenda)
    if not agenda.is_elsewhere(Person.Stage.REFERRED):
        yield from _of_referrals(agenda)


def _of_applications(agenda: "Agenda") -> Iterator[Step]:
    for row in rows_of(_applications, agenda.numbers, agenda.today):
        company, day = row.opening.company, row.next_interview_on
        if day:
            yield Step(
                "interview", _("Get ready for the interview at %(company)s") % {"company": company.name},
                f"{row.opening.title} · {date_format(day, 'l j F')}", day - dt.timedelta(days=2),
                _("Get ready"), row.get_absolute_url(), row.uid, f"on {day}", company=company,
            )  # fmt: skip
        else:
            yield Step(
                "apply", _("Apply at %(company)s") % {"company": company.name}, row.opening.title,
                row.created_at.astimezone(agenda.user.zone).date(), _("Open application"),
                row.get_absolute_url(), row.uid, company=company,
            )  # fmt: skip


def _applications(numbers: Sequence[int], today: dt.date) -> Any:
    (owner,) = numbers
    coming = Min("interviews__day", filter=Q(interviews__day__gte=today))
    return (
        Application.objects.owned_by(owner)
        .filter(state__in=["prepared", "applied"])
        .annotate(next_interview_on=coming)
        .filter(Q(state="prepared") | Q(next_interview_on__isnull=False))
        .select_related("opening__company")[:MANY]
    )


def _of_referrals(agenda: "Agenda") -> Iterator[Step]:
    for row in rows_of(_given, agenda.numbers):
        yield agenda.step(
            "thank_referral", row.person, _("Thank %(name)s for the referral") % {"name": row.person.name},
            _("They gave it %(day)s") % {"day": agenda.said_day(row.given_on or agenda.today)},
            row.given_on or agenda.today, _("Say thanks"), row.person.get_absolute_url(), subject=row,
        )  # fmt: skip


def _given(numbers: Sequence[int]) -> Any:
    rows = mine(Referral, numbers).filter(state="given", thanked_on=None)
    return lean(rows, "uid", "given_on")[:MANY]

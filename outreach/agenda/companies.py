"""Targets where nobody was found yet."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from companies.models import Company
from netjob.compiled import rows_of
from outreach.agenda.reading import OF_COMPANY
from outreach.agenda.steps import MANY, Step

if TYPE_CHECKING:
    from outreach.agenda.agenda import Agenda


def steps(agenda: "Agenda") -> Iterator[Step]:
    for company in rows_of(_without_people, agenda.numbers) if agenda.person is None else ():
        yield Step(
            "find_people", _("Find people at %(company)s") % {"company": company.name},
            _("Nobody found there yet"), agenda.today, _("Find people"), company.get_absolute_url(), company.uid,
            company=company,
        )  # fmt: skip


def _without_people(numbers: Sequence[int]) -> Any:
    """The highest first."""
    (owner,) = numbers
    rows = Company.objects.owned_by(owner).targets().filter(people_count=0).in_lamp_order()
    return rows.only(*OF_COMPANY)[:MANY]

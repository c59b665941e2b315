"""What the search shows of a company."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from companies.models import Company, Opening
from netjob.models import User
from netjob.search import Hit, Source, register

ON_THE_LIST = (Company.State.TARGET, Company.State.PAUSED)


def companies(owner: User, pks: Sequence[int], today: dt.date) -> Iterator[Hit]:
    columns = ["name", "state", "industry", "place", "notes", "stage", "lamp", *Company.FIGURES]
    for company in Company.objects.these(owner, pks).only(*columns):
        state = "" if company.state == Company.State.TARGET else str(company.get_state_display())
        reached = company.progress or str(company.get_stage_display())
        yield Hit(
            company.pk,
            company.name,
            company.get_absolute_url(),
            where=" · ".join(filter(None, [state, company.industry, company.place, reached])),
            text=company.notes,
            weight=(company.state in ON_THE_LIST, company.lamp),
        )


def openings(owner: User, pks: Sequence[int], today: dt.date) -> Iterator[Hit]:
    for opening in Opening.objects.these(owner, pks).select_related("company"):
        state = str(opening.get_state_display())
        yield Hit(
            opening.pk,
            opening.title,
            f"{opening.get_absolute_url()}#openings",
            where=" · ".join(filter(None, [opening.company.name, state, opening.place])),
            text=" · ".join(filter(None, [opening.salary, opening.notes])),
            day=opening.state_on,
            weight=(opening.is_open,),
        )


def register_sources() -> None:
    register(
        Source(1, "companies", _("Companies"), "companies.Company", companies),
        Source(10, "openings", _("Openings"), "companies.Opening", openings),
    )

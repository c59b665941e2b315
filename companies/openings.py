"""The list of all openings: what narrows it, in which orders it stands, what is done to many at once."""

import datetime as dt

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from companies.models import Company, Opening, OpeningQuerySet
from companies.names import folded
from netjob.bulk import Act, dated, deletion
from netjob.exports import Column
from netjob.forms import OnForm
from netjob.lists import Listing, Sort, WordsField, choice, one_of
from netjob.models import Activity


class StateForm(OnForm):
    state = forms.ChoiceField(label=_("State"), choices=Opening.State.choices, initial=Opening.State.CLOSED)
    field_order = ["state", "on"]


def _turned(opening: Opening, *, on: dt.date, state: str) -> list[Activity]:
    return [opening.turned(state, on=on)]


class OpeningListing(Listing):
    page, name = "companies:opening_list", "companies:opening"
    title = _("Openings")
    model = Opening
    at_hand = ("q", "company", "state", "place")

    q = WordsField(_("Title or company"))
    company = one_of(_("Company"), Company.objects.all())
    state = choice(_("Which openings"), _("Open to you"), [*Opening.State.choices, ("all", _("All of them"))])
    place = WordsField(_("Place"))

    sorts = (
        Sort("next", _("Next date first"), ("due_on", "pk")),
        Sort("confirmed", _("Longest not confirmed"), ("state_on", "pk")),
        Sort("newest", _("Newest first"), ("-pk",)),
    )
    acts = (
        Act("state", _("Set the state"), apply=_turned, form=dated(StateForm),
            done=ngettext_lazy("Set the state of %(count)d opening", "Set the state of %(count)d openings", "count")),
        deletion(ngettext_lazy("Deleted %(count)d opening", "Deleted %(count)d openings", "count")),
    )  # fmt: skip
    columns = (
        Column(_("Title"), lambda row: row.title),
        Column(_("Company"), lambda row: row.company.name),
        Column(_("State"), lambda row: str(row.get_state_display())),
        Column(_("As of"), lambda row: row.state_on),
        Column(_("Deadline"), lambda row: row.deadline),
        Column(_("Place"), lambda row: row.place),
        Column(_("Salary"), lambda row: row.salary),
        Column(_("Link"), lambda row: row.link),
        Column(_("Notes"), lambda row: row.notes),
    )

    def narrow(self, rows: OpeningQuerySet) -> OpeningQuerySet:
        chosen = self.chosen
        state = chosen.get("state", "")
        if not state:
            rows = rows.open().exclude(company__state=Company.State.DROPPED)
        elif state != "all":
            rows = rows.filter(state=state)
        if "company" in chosen:
            rows = rows.filter(company=chosen["company"])
        for word in folded(chosen.get("place", "")).split():
            rows = rows.filter(folded_place__contains=word)
        return rows.matching(chosen.get("q", ""))

    def of_a_page(self, rows: OpeningQuerySet) -> QuerySet[Opening]:
        return self.of_an_act(rows).defer("notes", "company__notes", "company__search_text")

    def of_a_file(self, rows: OpeningQuerySet) -> QuerySet[Opening]:
        return self.of_an_act(rows).defer("company__notes", "company__search_text")

    @classmethod
    def of_an_act(cls, rows: OpeningQuerySet) -> QuerySet[Opening]:
        return rows.select_related("company")

"""The list of companies: its filters and orders, what is done to many at once, what an export holds."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from companies import gaps
from companies.forms.companies import DropForm
from companies.models import Company, CompanyQuerySet
from companies.names import folded
from netjob.bulk import Act, dated, deletion, plain
from netjob.exports import Column
from netjob.lists import Listing, Sort, WordsField, choice
from netjob.models import Activity

ON_THE_LIST = ""
STATES = [
    ("paused", _("Paused")),
    ("suggested", _("Suggested")),
    ("dropped", _("Dropped")),
    ("all", _("All of them")),
]


def _form_of(name: str) -> Callable[..., forms.Form]:
    field: Any = Company._meta.get_field(name)
    return plain(**{name: field.formfield()})


def _with(company: Company, *, on: dt.date, **facts: Any) -> list[Activity]:
    for name, value in facts.items():
        setattr(company, name, value)
    return []


def _moved(noun: str) -> Any:
    def move(company: Company, *, on: dt.date, because: str = "") -> list[Activity]:
        return [company.moved(noun, on=on, text=because)]

    return move


STEP_BACK = Act(
    "step-back", _("Take the last step back"), apply=lambda company, *, on: [company.moved_back(on=on)],
    done=ngettext_lazy("Took %(count)d company a step back", "Took %(count)d companies a step back", "count"),
)  # fmt: skip


class CompanyListing(Listing):
    page, name = "companies:company_list", "companies:company"
    title = _("Companies")
    model = Company
    opens_alike = True
    at_hand: ClassVar[tuple[str, ...]] = ("q", "state", "stage")

    q = WordsField(_("Name, industry or place"))
    state = choice(_("Which companies"), _("On your list"), STATES)
    stage = choice(_("How far you got"), _("Any stage"), Company.Stage.choices)
    gap = choice(
        _("What is missing"), _("With and without gaps"), [(key, gap[0]) for key, gap in gaps.GAPS.items()]
    )
    found_how = choice(_("How found"), _("However found"), Company.FoundHow.choices)
    industry = WordsField(_("Industry"))
    place = WordsField(_("Place"))
    remote = choice(_("Remote work"), _("Remote or not"), [("yes", _("Remote")), ("no", _("Not remote"))])

    sorts = (
        Sort("rank", _("By rank"), Company.LAMP_ORDER),
        Sort("name", _("By name"), ("folded_name", "pk")),
        Sort("stage", _("Furthest first"), ("-stage", "folded_name", "pk")),
        Sort("people", _("Most people first"), ("-people_count", "folded_name", "pk")),
        Sort("industry", _("By industry"), ("folded_industry", "folded_name", "pk")),
        Sort("place", _("By place"), ("folded_place", "folded_name", "pk")),
        Sort("newest", _("Newest first"), ("-pk",)),
    )
    acts: ClassVar[tuple[Act, ...]] = (
        Act("listing", _("Put on the list"), apply=_moved("listing"), form=dated(),
            done=ngettext_lazy("Put %(count)d company on the list", "Put %(count)d companies on the list", "count")),
        Act("pause", _("Pause"), apply=_moved("pause"), form=dated(),
            done=ngettext_lazy("Paused %(count)d company", "Paused %(count)d companies", "count")),
        Act("dropping", _("Drop"), apply=_moved("dropping"), form=dated(DropForm),
            done=ngettext_lazy("Dropped %(count)d company", "Dropped %(count)d companies", "count")),
        Act("motivation", _("Set the motivation"), apply=_with, form=_form_of("motivation"),
            done=ngettext_lazy("Set the motivation of %(count)d company",
                               "Set the motivation of %(count)d companies", "count")),
        Act("posting", _("Set the posting"), apply=_with, form=_form_of("posting"),
            done=ngettext_lazy("Set the posting of %(count)d company",
                               "Set the posting of %(count)d companies", "count")),
        Act("industry", _("Set the industry"), apply=_with, form=_form_of("industry"),
            done=ngettext_lazy("Set the industry of %(count)d company",
                               "Set the industry of %(count)d companies", "count")),
        Act("place", _("Set the place"), apply=_with, form=_form_of("place"),
            done=ngettext_lazy("Set the place of %(count)d company",
                               "Set the place of %(count)d companies", "count")),
        Act("remote", _("Set remote work"), apply=_with, form=_form_of("remote"),
            done=ngettext_lazy("Set remote work of %(count)d company",
                               "Set remote work of %(count)d companies", "count")),
        deletion(ngettext_lazy("Deleted %(count)d company", "Deleted %(count)d companies", "count")),
    )  # fmt: skip
    columns: ClassVar[tuple[Column, ...]] = (
        Column(_("Name"), lambda row: row.name),
        Column(_("State"), lambda row: str(row.get_state_display())),
        Column(_("Stage"), lambda row: str(row.get_stage_display())),
        Column(_("Motivation"), lambda row: str(row.get_motivation_display())),
        Column(_("Posting"), lambda row: str(row.get_posting_display())),
        Column(_("Industry"), lambda row: row.industry),
        Column(_("Place"), lambda row: row.place),
        Column(_("Remote"), lambda row: row.remote),
        Column(_("Website"), lambda row: row.website),
        Column(_("How found"), lambda row: str(row.get_found_how_display())),
        Column(
            _("Other names"),
            lambda row: "; ".join(name.name for name in row.names.all() if name.name != row.name),
        ),
        Column(_("People"), lambda row: row.people_count),
        Column(_("Asked"), lambda row: row.asked_count),
        Column(_("Connected"), lambda row: row.connected_count),
        Column(_("Talked"), lambda row: row.talked_count),
        Column(_("Referrals"), lambda row: row.referred_count),
        Column(_("On the list since"), lambda row: row.listed_on),
        Column(_("Why it was dropped"), lambda row: row.dropped_because),
        Column(_("Notes"), lambda row: row.notes),
    )

    def narrow(self, rows: CompanyQuerySet) -> CompanyQuerySet:
        chosen = self.chosen
        state = chosen.get("state", ON_THE_LIST)
        if state == ON_THE_LIST:
            rows = rows.on_the_list()
        elif state != "all":
            rows = rows.filter(state=state)
        if "stage" in chosen:
            rows = rows.filter(stage=int(chosen["stage"]))
        if "gap" in chosen:
            rows = gaps.narrowed(rows, chosen["gap"], owner=self.owner, today=self.today)
        if "found_how" in chosen:
            rows = rows.filter(found_how=chosen["found_how"])
        for name in ("industry", "place"):
            for word in folded(chosen.get(name, "")).split():
                rows = rows.filter(**{f"folded_{name}__contains": word})
        if "remote" in chosen:
            rows = rows.filter(remote=chosen["remote"] == "yes")
        return rows.matching(chosen.get("q", ""))

    SHOWN: ClassVar[tuple[str, ...]] = (
        "name", "state", "industry", "place", "remote", "motivation", "posting",
        "people_count", "asked_count", "connected_count", "talked_count", "referred_count",
    )  # fmt: skip

    def of_a_page(self, rows: CompanyQuerySet) -> CompanyQuerySet:
        return self.shown_only(rows, *self.SHOWN).with_count_on_the_list(self.owner)

    def of_a_file(self, rows: CompanyQuerySet) -> CompanyQuerySet:
        return rows.prefetch_related("names")

    @classmethod
    def of_an_act(cls, rows: CompanyQuerySet) -> CompanyQuerySet:
        return rows.prefetch_related("names")

    @property
    def has_ranks(self) -> bool:
        """Whether the place in the list is the rank of a company."""
        return not self.is_narrow and not self.is_sorted

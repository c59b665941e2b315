"""The list of people: its filters and orders, what is done to many at once, what an export holds."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from contacts.forms import EmployerForm
from contacts.models import (
    Attendance,
    Event,
    Introduction,
    IntroductionQuerySet,
    Person,
    PersonQuerySet,
    Tie,
    connected,
)
from netjob.bulk import Act, dated, deletion, plain, themselves
from netjob.exports import Column
from netjob.lists import Listing, Sort, WordsField, choice, one_of
from netjob.models import Activity

REVIEWED = [("yes", _("Reviewed")), ("no", _("Not reviewed yet"))]
WHEN = [("coming", _("Still to come")), ("past", _("Past"))]
MAY_BE_CONTACTED = [("no", _("Do not contact")), ("yes", _("May be contacted"))]
IN_PLAY = [("yes", _("In play")), ("no", _("Not in play"))]


def _kind(person: Person, *, on: dt.date, kind: str) -> list[Activity]:
    person.kind = kind
    return []


def _picked_up(person: Person, *, on: dt.date) -> list[Activity]:
    person.picked_up = True
    return []


def _banned(person: Person, *, on: dt.date) -> list[Activity]:
    return [person.banned(on=on)]


def _allowed(person: Person, *, on: dt.date) -> list[Activity]:
    return [person.allowed(on=on)]


class PersonListing(Listing):
    page, name = "contacts:person_list", "contacts:person"
    title = _("People")
    model = Person
    at_hand = ("q", "company", "stage", "kind")

    q = WordsField(_("Name, role or company"))
    company = one_of(_("Company"), Company.objects.all())
    stage = choice(_("Stage"), _("Any stage"), Person.Stage.choices)
    kind = choice(_("Who they are"), _("Anybody"), Person.Kind.choices)
    found_how = choice(_("How found"), _("However found"), Person.FoundHow.choices)
    in_play = choice(_("In play"), _("In play or not"), IN_PLAY)
    degree = choice(_("Degree"), _("Any degree"), Person.DEGREES.items())
    tie = choice(_("What ties you"), _("Tied or not"), Tie.Kind.choices)
    review = choice(_("Profile"), _("Reviewed or not"), REVIEWED)
    event = one_of(_("Event"), Event.objects.all())
    contact = choice(_("Contact"), _("To be contacted or not"), MAY_BE_CONTACTED)

    sorts = (
        Sort("name", _("By name"), ("search_text", "pk")),
        Sort("stage", _("Furthest first"), ("-stage", "search_text", "pk")),
        Sort("first", _("Whom to write to first"), ("-review_score", "search_text", "pk")),
        Sort("recent", _("Recently changed"), ("-updated_at", "-pk")),
    )
    acts = (
        Act("picking-up", _("Pick up"), apply=_picked_up,
            done=ngettext_lazy("Picked up %(count)d person", "Picked up %(count)d people", "count")),
        Act("kind", _("Change their kind"), apply=_kind, form=plain(kind=Person._meta.get_field("kind").formfield()),
            done=ngettext_lazy("Noted who %(count)d person is", "Noted who %(count)d people are", "count")),
        Act("company", _("Move to a company"), apply=Person.moved_to, form=EmployerForm,
            done=ngettext_lazy("Moved %(count)d person", "Moved %(count)d people", "count")),
        Act("contact-ban", _("Mark: do not contact"), apply=_banned, form=dated(),
            done=ngettext_lazy("Marked %(count)d person “do not contact”",
                               "Marked %(count)d people “do not contact”", "count")),
        Act("contact-again", _("May be contacted again"), apply=_allowed, form=dated(),
            done=ngettext_lazy("%(count)d person may be contacted again",
                               "%(count)d people may be contacted again", "count")),
        deletion(ngettext_lazy("Deleted %(count)d person", "Deleted %(count)d people", "count")),
    )  # fmt: skip
    columns = (
        Column(_("Name"), lambda row: row.name),
        Column(_("Role"), lambda row: row.role),
        Column(_("Company"), lambda row: row.company.name if row.company else ""),
        Column(_("Who they are"), lambda row: str(row.get_kind_display())),
        Column(_("Stage"), lambda row: str(row.get_stage_display())),
        Column(_("Place"), lambda row: row.place),
        Column(_("LinkedIn profile"), lambda row: row.linkedin_url),
        Column(_("E-mail"), lambda row: " ".join(row.emails)),
        Column(_("How found"), lambda row: str(row.get_found_how_display())),
        Column(_("In common"), lambda row: row.in_common),
        Column(_("Degree"), lambda row: row.closeness),
        Column(_("Connected on"), lambda row: row.connected_on),
        Column(_("Last contact on"), lambda row: row.last_contact_on),
        Column(_("Do not contact since"), lambda row: row.do_not_contact_on),
        Column(_("Notes"), lambda row: row.notes),
    )

    def narrow(self, rows: PersonQuerySet) -> PersonQuerySet:
        chosen = self.chosen
        wanted: dict[str, Any] = {
            name: chosen[name] for name in ("kind", "found_how", "company") if name in chosen
        }
        if "stage" in chosen:
            wanted["stage"] = int(chosen["stage"])
        if "in_play" in chosen:
            wanted["in_play"] = chosen["in_play"] == "yes"
        if "degree" in chosen:
            is_first = chosen["degree"] == "1"
            rows = rows.filter(
                connected() if is_first else Q(connected_on=None, degree=int(chosen["degree"]))
            )
        if "tie" in chosen:
            rows = rows.filter(Exists(Tie.objects.filter(person=OuterRef("pk"), kind=chosen["tie"])))
        if "event" in chosen:
            rows = rows.filter(
                Exists(Attendance.objects.filter(person=OuterRef("pk"), event=chosen["event"]))
            )
        if "contact" in chosen:
            wanted["do_not_contact_on__isnull"] = chosen["contact"] == "yes"
        if "review" in chosen:
            wanted["review__isnull"] = chosen["review"] == "no"
        return rows.filter(**wanted).matching(chosen.get("q", ""))

    @property
    def other_files(self) -> list[tuple[str, str]]:
        return [(gettext("As contacts (vCard)"), f"{reverse('contacts:people_cards_export')}?{self.query()}")]

    def of_a_page(self, rows: PersonQuerySet) -> PersonQuerySet:
        return rows.select_related("company").defer("notes", "company__notes")

    def of_a_file(self, rows: PersonQuerySet) -> PersonQuerySet:
        return rows.select_related("company").defer("company__notes").prefetch_related("keys")

    @classmethod
    def of_an_act(cls, rows: PersonQuerySet) -> PersonQuerySet:
        return rows.select_related("company")


class EventListing(Listing):
    page, name = "contacts:event_list", "contacts:event"
    title = _("Events and communities")
    model = Event
    at_hand = ("q", "kind", "when")

    q = WordsField(_("Name or place"))
    kind = choice(_("Kind"), _("Events and communities"), Event.Kind.choices)
    when = choice(_("When"), _("Any time"), WHEN)

    sorts = (
        Sort("day", _("Latest first"), ("-sorts_on", "-pk")),
        Sort("name", _("By name"), ("search_text", "pk")),
    )
    acts = (
        deletion(ngettext_lazy("Deleted %(count)d event", "Deleted %(count)d events", "count")),
    )  # fmt: skip
    columns = (
        Column(_("Name"), lambda row: row.name),
        Column(_("Kind"), lambda row: str(row.get_kind_display())),
        Column(_("Day"), lambda row: row.day),
        Column(_("Place"), lambda row: row.place),
        Column(_("Link"), lambda row: row.link),
        Column(_("Notes"), lambda row: row.notes),
    )

    def narrow(self, rows: Any) -> Any:
        chosen = self.chosen
        if "kind" in chosen:
            rows = rows.filter(kind=chosen["kind"])
        if "when" in chosen:
            rows = (
                rows.filter(day__gte=self.today)
                if chosen["when"] == "coming"
                else rows.filter(day__lt=self.today)
            )
        return rows.matching(chosen.get("q", ""))

    def of_a_page(self, rows: Any) -> Any:
        return rows.with_counts().defer("notes")


def _with_the_histories(rows: Sequence[Introduction]) -> Iterable[QuerySet]:
    """They, and the lines that come into the histories of whom they are between."""
    people = {row.introducer.uid for row in rows} | {row.person.uid for row in rows if row.person}
    companies = {row.company.uid for row in rows if row.company}
    history = Activity.objects.filter(owner=rows[0].owner_id)
    return [*themselves(rows), history.filter(Q(person_uid__in=people) | Q(company_uid__in=companies))]


def _step(name: str, label: Any, verb: Callable[[Introduction, dt.date], None], done: Any) -> Act:
    return Act(name, label, done, form=dated(), reach=_with_the_histories,
               verb=lambda row, *, on, now: verb(row, on))  # fmt: skip


class IntroductionListing(Listing):
    page, name = "contacts:introduction_list", "contacts:introduction"
    title = _("Introductions")
    model = Introduction
    at_hand = ("q", "person", "company", "show")

    q = WordsField(_("Who, to whom or which company"))
    person = one_of(_("Person"), Person.objects.all())
    company = one_of(_("Company"), Company.objects.all())
    show = choice(
        _("Which introductions"),
        _("All introductions"),
        [("open", _("Under way")), ("untold", _("They have not heard yet")), *Introduction.State.choices],
    )

    sorts = (
        Sort("newest", _("Newest first"), ("-pk",)),
        Sort("oldest", _("Oldest first"), ("pk",)),
    )
    acts = (
        _step("asking", _("I asked"), lambda row, on: row.ask(on=on),
              ngettext_lazy("You asked for %(count)d introduction", "You asked for %(count)d introductions", "count")),
        _step("agreement", _("They will"), lambda row, on: row.agree(on=on),
              ngettext_lazy("%(count)d introduction is agreed", "%(count)d introductions are agreed", "count")),
        _step("making", _("They introduced us"), lambda row, on: row.make(on=on),
              ngettext_lazy("%(count)d introduction is made", "%(count)d introductions are made", "count")),
        _step("refusal", _("They would rather not"), lambda row, on: row.decline(on=on),
              ngettext_lazy("%(count)d introduction is declined", "%(count)d introductions are declined", "count")),
        _step("report", _("I told them"), lambda row, on: row.tell(on=on),
              ngettext_lazy("You told what came of %(count)d introduction",
                            "You told what came of %(count)d introductions", "count")),
        deletion(ngettext_lazy("Deleted %(count)d introduction", "Deleted %(count)d introductions", "count")),
    )  # fmt: skip
    columns = (
        Column(_("Introduces"), lambda row: row.introducer.name),
        Column(_("To"), lambda row: row.person.name if row.person else ""),
        Column(_("Company"), lambda row: row.where.name if row.where else ""),
        Column(_("State"), lambda row: str(row.get_state_display())),
        Column(_("Wished for on"), lambda row: row.wished_on),
        Column(_("Asked on"), lambda row: row.asked_on),
        Column(_("Agreed on"), lambda row: row.agreed_on),
        Column(_("Introduced on"), lambda row: row.made_on),
        Column(_("Declined on"), lambda row: row.declined_on),
        Column(_("Told on"), lambda row: row.told_on),
        Column(_("Notes"), lambda row: row.notes),
    )

    def narrow(self, rows: IntroductionQuerySet) -> IntroductionQuerySet:
        chosen = self.chosen
        match chosen.get("show"):
            case "open":
                rows = rows.open()
            case "untold":
                rows = rows.untold()
            case str(state):
                rows = rows.filter(state=state)
        if "person" in chosen:
            rows = rows.filter(Q(introducer=chosen["person"]) | Q(person=chosen["person"]))
        if "company" in chosen:
            rows = rows.leading_to(chosen["company"])
        return rows.matching(chosen.get("q", ""))

    def of_a_page(self, rows: IntroductionQuerySet) -> QuerySet[Introduction]:
        return self.of_an_act(rows).defer(
            "introducer__notes", "person__notes", "person__company__notes", "company__notes"
        )

    @classmethod
    def of_an_act(cls, rows: IntroductionQuerySet) -> QuerySet[Introduction]:
        return rows.select_related("introducer", "person__company", "company")

    of_a_file = of_a_page

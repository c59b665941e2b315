import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any
from urllib.parse import unquote

from django import template
from django.db.models import QuerySet
from django.template.context import Context
from django.utils.safestring import SafeString

from companies.models import Company
from contacts.forms import PeopleForm
from contacts.models import Introduction, Person, Position, ProfileReview
from contacts.profiles import ProfileLink, suggested_in
from contacts.surroundings import Surroundings
from netjob import zones
from netjob.addresses import address
from netjob.compiled import rows_of
from netjob.markup import open_markup
from netjob.models import Activity
from netjob.templatetags.netjob import day, initials

register = template.Library()

MOST = 50
"""People that a company's page shows; the list of people has them all."""
TONES = {
    Person.Stage.CONNECTED: "accent",
    Person.Stage.SCHEDULING: "blue",
    Person.Stage.TALKED: "accent",
    Person.Stage.REFERRED: "accent",
}


@register.simple_tag
def people_at(company: Company) -> list[Person]:
    """The people found at a company, the best next one first, with why and their profile: one query."""
    return rows_of(_people, [company.pk])


def _people(numbers: Sequence[int]) -> QuerySet[Person]:
    (company,) = numbers
    people = Person.objects.filter(company=company).best_next_first().with_reasons().with_profile()
    shown = ("name", "role", "kind", "stage", "do_not_contact_on", "last_contact_on", "in_common")
    return people.only(*shown, *(f"review__{name}" for name in ProfileReview.DERIVED_FROM))[:MOST]


@register.simple_tag(takes_context=True)
def rows_at(context: Context, people: Iterable[Person]) -> SafeString:
    """The rows of `people_at` (`contacts/_person_at_company_row.html`)."""
    return SafeString("".join(_row_at(context, person) for person in people))


def _row_at(context: Context, person: Person) -> str:
    stage, keep_off = Person.Stage(person.stage), person.do_not_contact_on is not None
    is_settled = stage not in (Person.Stage.FOUND, Person.Stage.CONNECTED)
    reasons = person.why_first() if stage < Person.Stage.SCHEDULING else []
    profile = person.linkedin_url
    markup = open_markup(
        "contacts/_person_at_company_row.html",
        keep_off=keep_off,
        has_role=bool(person.role),
        has_contact=person.last_contact_on is not None,
        has_reasons=bool(reasons),
        has_profile=bool(profile),
        button="page" if keep_off or is_settled else "ask" if stage == Person.Stage.CONNECTED else "write",
    )
    return markup.format(
        initials=escape(initials(person.name)),
        url=person.get_absolute_url(),
        name=escape(person.name),
        tone=stage_tone(person),
        stage=escape(str(stage.label)),
        role=escape(person.role),
        last_contact=day(context, person.last_contact_on),
        kind=escape(person.get_kind_display()),
        reasons=escape(", ".join(reasons)),
        profile=escape(profile),
        ask=address("outreach:message_add", person.pk),
        write=address("outreach:request_add", person.pk),
    )


@register.simple_tag
def ways_to(company: Company) -> list[Introduction]:
    """The introductions to anybody at a company: one query."""
    return rows_of(_ways, [company.owner_id, company.pk])


def _ways(numbers: Sequence[int]) -> QuerySet[Introduction]:
    owner, company = numbers
    rows = Introduction.objects.filter(owner=owner, company=company).select_related("introducer")
    return rows.only("state", "notes", "introducer__name")


@register.simple_tag(takes_context=True)
def around_person(context: Context, person: Person) -> Surroundings:
    """Ties, earlier jobs, introductions and events: one query."""
    return Surroundings.of(context["request"].user, person)


@register.simple_tag
def who_worked_at(company: Company) -> list[Position]:
    """People who used to be at a company and are elsewhere now."""
    rows = Position.objects.filter(owner=company.owner_id, company=company).exclude(person__company=company)
    return list(rows.select_related("person__company").order_by("-last_seen_on", "-pk")[:MOST])


@register.simple_tag
def with_people(events: Iterable[Activity]) -> list[Activity]:
    """The lines of a company's history, each with the `person` it is about (or None): one query."""
    lines: list[Any] = list(events)
    uids = {line.person_uid for line in lines if line.person_uid}
    people = rows_of(_named, [lines[0].owner_id, *uids]) if uids else []
    named = {person.uid: person for person in people}
    for line in lines:
        line.person = named.get(line.person_uid)
    return lines


def _named(numbers: Sequence[Any]) -> QuerySet[Person]:
    owner, *uids = numbers
    return Person.objects.filter(owner=owner, uid__in=uids).only("uid", "name", "owner")


@register.simple_tag
def people_form() -> PeopleForm:
    return PeopleForm(auto_id="people_%s")


@register.filter
def stage_tone(person: Person) -> str:
    """The tone of a person's stage chip."""
    return TONES.get(Person.Stage(person.stage), "")


@register.filter
def likely_profile(line: str) -> ProfileLink | None:
    """Where an old link in a pasted line most likely leads now."""
    return suggested_in(line)


@register.filter
def shown_address(url: str) -> str:
    """A profile's address as people read it: no scheme, its own letters."""
    return unquote(url).removeprefix("https://www.")


@register.filter
def standing(person: Person, today: dt.date) -> str:
    """ "asked on 3 November"; the person comes from a query `with_since()`."""
    return person.standing(today)


@register.filter
def zone_name(zone: str) -> str:
    """ "America/New_York" as people write it."""
    return zone.replace("_", " ")


@register.simple_tag(takes_context=True)
def their_clock(context: Context, person: Person) -> str:
    """What the clock shows where they are, "13:05" or "Wed 00:30"; nothing where that is not known."""
    request = context["request"]
    if not zones.exists(person.time_zone):
        return ""
    return zones.clock_text(request.now, request.user.time_zone, person.time_zone).theirs

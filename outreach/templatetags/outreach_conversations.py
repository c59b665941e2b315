"""What pages of companies and people show of conversations and what came of them; one query a tag."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from django import template
from django.db.models import Count, Min, Q, QuerySet
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from companies.models import Company, Opening
from contacts.models import Person
from netjob import zones
from netjob.addresses import address
from netjob.compiled import rows_of
from netjob.links import is_web_link
from netjob.markup import open_markup
from netjob.templatetags.netjob import day
from outreach import placeholders
from outreach.models import Application, Conversation, Insight, Referral
from outreach.models.conversation import Aim

register = template.Library()
MANY = 200
"""Rows that a tag fetches at most; a page of that many is long enough."""


def _once(company: Company, query: Callable[..., Any], *facts: Any) -> list[Any]:
    """What several parts of a company's page show is read once, and kept on the company in hand."""
    kept: dict[Any, list[Any]] = company.__dict__.setdefault("read_once", {})
    if query not in kept:
        kept[query] = rows_of(query, [company.owner_id, company.pk], *facts)
    return kept[query]


@register.simple_tag
def talks_of_company(company: Company) -> list[Conversation]:
    return _once(company, _talks)


def _talks(numbers: Sequence[int]) -> QuerySet[Conversation]:
    owner, company = numbers
    talks = Conversation.objects.filter(person__company=company).owned_as_well_by(owner)
    shown = ("state", "mode", "asked_on", "ended_on", "starts_at", "thanked_on", "person__name")
    return talks.select_related("person").only(*shown).order_by("-pk")[:MANY]


@register.simple_tag
def open_talk_at(company: Company) -> Conversation | None:
    """The talk that is asked for or scheduled there, the soonest first."""
    talks = [talk for talk in talks_of_company(company) if talk.state in Conversation.OPEN]
    return min(talks, key=lambda talk: (talk.starts_at is None, talk.starts_at or 0, talk.pk), default=None)


@register.simple_tag
def talks_of_person(person: Person) -> QuerySet[Conversation]:
    return Conversation.objects.filter(owner=person.owner_id, person=person).order_by("-pk")[:MANY]


@register.simple_tag
def insights_of_company(company: Company) -> list[Insight]:
    return _once(company, _insights)


def _insights(numbers: Sequence[int]) -> QuerySet[Insight]:
    owner, company = numbers
    rows = Insight.objects.filter(owner=owner, company=company)
    shown = ("aim", "text", "certainty", "said_on", "person__name", "opening__title", "target_role__title")
    return rows.select_related("person", "opening", "target_role").only(*shown)[:MANY]


@register.simple_tag
def insights_of_person(person: Person) -> QuerySet[Insight]:
    rows = Insight.objects.filter(owner=person.owner_id, person=person)
    return rows.select_related("company", "opening", "target_role")[:MANY]


@register.simple_tag(takes_context=True)
def openings_of_company(context: Context, company: Company) -> list[Opening]:
    """Each with its application, how many interviews came of it, and the next of them."""
    return _once(company, _openings, context["request"].today)


def _openings(numbers: Sequence[int], today: dt.date) -> QuerySet[Opening]:
    owner, company = numbers
    coming = Q(application__interviews__day__gte=today)
    opening = ("title", "state", "state_on", "place", "salary", "deadline")
    application = ("application__state", "application__applied_on", "application__offered_on")
    rows = Opening.objects.filter(owner=owner, company=company).select_related("application")
    rows = rows.only(*opening, *application).annotate(
        interview_count=Count("application__interviews"),
        next_interview_on=Min("application__interviews__day", filter=coming),
    )
    return rows.order_by("-state_on", "-pk")[:MANY]


class AtHand(NamedTuple):
    """The application there that matters most: "offer", "interview", "prepared" or "applied"."""

    kind: str
    application: Application
    opening: Opening
    on: dt.date | None


@register.simple_tag(takes_context=True)
def application_at(context: Context, company: Company) -> AtHand | None:
    """An offer before an interview that is coming, that before one to be sent, that before one that is out."""
    found = [_at_hand(opening) for opening in openings_of_company(context, company) if _application(opening)]
    order = ["offer", "interview", "prepared", "applied"]
    return min(
        (each for each in found if each.kind in order),
        key=lambda each: (order.index(each.kind), each.on is None, each.on or 0),
        default=None,
    )


def _application(opening: Opening) -> Application | None:
    return getattr(opening, "application", None)


def _at_hand(opening: Any) -> AtHand:
    application, state = opening.application, Application.State
    coming = opening.next_interview_on if application.state in (state.PREPARED, state.APPLIED) else None
    kind, on = {
        state.OFFERED: ("offer", application.offered_on),
        state.PREPARED: ("prepared", opening.deadline),
        state.APPLIED: ("applied", application.applied_on),
    }.get(application.state, ("over", None))
    return (
        AtHand("interview", application, opening, coming)
        if coming
        else AtHand(kind, application, opening, on)
    )


@register.simple_tag
def referrals_of_person(person: Person) -> QuerySet[Referral]:
    return Referral.objects.filter(owner=person.owner_id, person=person).select_related("opening")[:MANY]


@register.simple_tag(takes_context=True)
def insight_item(context: Context, insight: Insight, source: Person | Company | None) -> SafeString:
    """One insight (`outreach/_insight_row.html`), and the person or the company that it is from."""
    opening, role = insight.opening, insight.target_role
    is_sure = insight.certainty == Insight.Certainty.SURE
    markup = open_markup(
        "outreach/_insight_row.html",
        has_source=bool(source),
        is_sure=is_sure,
        has_opening=opening is not None,
        has_role=role is not None,
    )
    return SafeString(
        markup.format(
            text=escape(insight.text),
            link=source.get_absolute_url() if source else "",
            source=escape(source.name) if source else "",
            said_on=day(context, insight.said_on),
            certainty="" if is_sure else escape(insight.get_certainty_display()),
            opening=escape(opening.title) if opening else "",
            role=escape(role.title) if role else "",
            edit=address("outreach:insight_edit", insight.pk),
            short=escape(Truncator(insight.text).chars(40)),
        )
    )


@register.filter
def by_aim(rows: Iterable[Any]) -> list[tuple[Aim, list[Any]]]:
    """Rows with an `aim`, in the order of the guide's aims; aims without rows are left out."""
    groups: dict[str, list[Any]] = {aim: [] for aim in Aim}
    for row in rows:
        groups[row.aim].append(row)
    return [(Aim(aim), group) for aim, group in groups.items() if group]


@register.filter
def aim_tone(aim: str) -> str:
    """The tone of an aim's chip."""
    return {"role": "accent", "team": "blue", "openings": "amber"}.get(aim, "")


@register.filter
def greeting_name(person: Person) -> str:
    """What to call them in a sentence."""
    return placeholders.first_name(person.name) or person.name


@register.filter
def opens(place: str) -> str:
    """The address that a place of meeting opens: a link, or a number to call; nothing for other words."""
    if is_web_link(place):
        return place
    if re.fullmatch(r"\+?[\d ()/.-]{5,30}", place) and sum(c.isdigit() for c in place) > 4:
        return "tel:" + re.sub(r"[^\d+]", "", place)
    return ""


@register.filter
def without_scheme(address: str) -> str:
    return re.sub(r"^https?://", "", address)


@dataclass(frozen=True)
class Clocks:
    """When a conversation is, by both clocks."""

    day: str
    mine: str
    until: str
    theirs: str
    """Empty where their clock shows the same, or is not known."""
    is_known: bool
    is_guessed: bool


@register.simple_tag(takes_context=True)
def clocks(context: Context, conversation: Conversation) -> Clocks | None:
    """Both clocks of a conversation with a time; None for one without."""
    if not conversation.starts_at or not conversation.ends_at or conversation.in_writing:
        return None
    mine, theirs = context["request"].user.time_zone, conversation.their_zone
    text = zones.clock_text(conversation.starts_at, mine, theirs)
    person = conversation.person
    return Clocks(
        day=text.day,
        mine=text.mine,
        until=f"{zones.in_zone(conversation.ends_at, mine):%H:%M}",
        theirs="" if text.same else text.theirs,
        is_known=theirs != mine or person.time_zone == mine,
        is_guessed=person.time_zone_guessed,
    )


@register.simple_tag(takes_context=True)
def step_before(context: Context, conversation: Conversation) -> str:
    """The next step of one that is still to come, the same word as on its own page."""
    request = context["request"]
    return conversation.next_step(now=request.now, zone=request.user.zone, is_written_up=False)


@dataclass(frozen=True)
class Stage:
    label: str
    is_done: bool
    is_current: bool = False


@register.simple_tag
def path_of(conversation: Conversation) -> list[Stage]:
    """The stations of a conversation; which are behind it, and where it stands; without what it skipped."""
    talk, state = conversation, Conversation.State
    held, thanked = talk.state == state.HELD, bool(talk.thanked_on)
    asked = Stage(
        _("Asked for"), bool(talk.asked_on), talk.state == state.ASKED and not talk.questions_sent_on
    )
    proposed = Stage(_("Times proposed"), bool(talk.proposed_on), talk.state == state.PROPOSED)
    scheduled = Stage(_("Scheduled"), bool(talk.scheduled_on), talk.state == state.SCHEDULED)
    last = [Stage(_("Held"), held, held and not thanked), Stage(_("Thanked"), thanked)]
    if talk.in_writing:
        is_out = bool(talk.questions_sent_on)
        scheduled = Stage(_("Questions sent"), is_out, is_out and talk.state in talk.OPEN)
        last[0] = Stage(_("Answered"), held, held and not thanked)
    if talk.state in (state.CANCELLED, state.NO_SHOW, state.JOINED):
        last = [Stage(talk.get_state_display(), False, True)]
    if talk.state in (state.ASKED, state.PROPOSED):
        middle = [scheduled] if talk.in_writing else [proposed, scheduled]
        return [asked, *middle, *last]
    return [*(stage for stage in (asked, proposed, scheduled) if stage.is_done or stage.is_current), *last]

"""What is due with requests: drafts to send, the next person at a company, the one follow-up."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from companies.models import Company
from contacts.models import Person, connected
from netjob.addresses import address
from netjob.compiled import rows_of
from outreach import cadence
from outreach.agenda.reading import begun_at, first, lean, mine
from outreach.agenda.steps import MANY, Step
from outreach.models import Message, Request

if TYPE_CHECKING:
    from outreach.agenda.agenda import Agenda

REACH = dt.timedelta(days=150)
"""How far back an unanswered request can still raise a step: the longest cadence with long holidays."""


def steps(agenda: "Agenda") -> Iterator[Step]:
    for request in rows_of(_in_question, agenda.numbers, agenda.today - REACH, 4 * MANY):
        if request.state == "draft":
            yield agenda.step(
                "draft", request.person, _("Send the request to %(name)s") % {"name": request.person.name},
                _("The draft is waiting"), request.created_at.astimezone(agenda.user.zone).date(),
                _("Finish and send"), request.get_absolute_url(), subject=request,
            )  # fmt: skip
        else:
            yield from _of_unanswered(agenda, request)


def _in_question(numbers: Sequence[int], since: dt.date, most: int) -> Any:
    """Drafts, and unanswered ones recent enough that the cadence may still have a word on them."""
    after = Q(sent_at__gt=OuterRef("sent_at")) | Q(sent_at=OuterRef("sent_at"), pk__gt=OuterRef("pk"))
    later = Request.objects.filter(after | Q(state="draft"), person__company=OuterRef("person__company"))
    followed_up = Message.objects.filter(
        person=OuterRef("person"), kind="follow_up", direction="out", sent_at__gt=OuterRef("sent_at")
    )
    next_best = (
        Person.objects.filter(company=OuterRef("person__company"), stage=Person.Stage.FOUND, in_play=True)
        .may_be_contacted()
        .order_by("-review_score", "pk")
    )
    newest_first = (F("sent_at").desc(nulls_first=True), "-pk")
    waiting = (
        mine(Request, numbers)
        .filter(Q(state="draft") | Q(state="sent", sent_on__gte=since))
        .filter(person__do_not_contact_on=None, person__in_play=True)
        # Whoever is connected by now has accepted, whether anybody wrote it down or not.
        .exclude(connected("person__"), state="sent", channel=Request.Channel.INVITATION)
        .order_by(*newest_first)
    )
    rows = first(most, waiting).annotate(
        has_later=Exists(later),
        is_followed_up=Exists(followed_up),
        next_best=next_best.values("pk")[:1],
    )
    rows = rows.order_by(*newest_first)
    return lean(rows, "uid", "state", "channel", "sent_on", "sent_at", "created_at")


def _of_unanswered(agenda: "Agenda", request: Request) -> Iterator[Step]:
    assert request.sent_at
    assert request.sent_on
    days = (cadence.invitation_due_days if request.is_invitation else cadence.due_days)(
        request.sent_at, agenda.calendar, agenda.cadence
    )
    person, company = request.person, request.person.company
    on = agenda.said_day(request.sent_on)
    is_target = company is not None and company.state == Company.State.TARGET
    if company and is_target and days.second_person_on and not request.has_later:  # type: ignore[attr-defined]
        next_best = request.next_best  # type: ignore[attr-defined]
        url = (
            address("outreach:request_add", next_best)
            if next_best
            else address("contacts:people_add", company.pk)
        )
        yield replace(
            agenda.step(
                "second_person", person, _("Write to the next person at %(company)s") % {"company": company.name},
                _("You asked %(name)s %(day)s; no reply yet, which is normal") % {"name": person.name, "day": on},
                days.second_person_on, _("Write a request") if next_best else _("Find somebody"), url,
                subject=request,
            ),
            person=None, leads_to=next_best,
        )  # fmt: skip
    if days.follow_up_on and not request.is_followed_up:  # type: ignore[attr-defined]
        yield agenda.step(
            "follow_up", person, _("Follow up with %(name)s") % {"name": person.name},
            _("You asked %(day)s; no reply yet") % {"day": on},
            days.follow_up_on, _("Follow up"),
            begun_at("outreach:message_add", person, f"kind=follow_up&request={request.pk}"), subject=request,
        )  # fmt: skip

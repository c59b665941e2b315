"""What is due with people whom I met, was led to, or who wrote first."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, Min, OuterRef, Q
from django.utils.translation import gettext as _

from contacts.models import Attendance, Introduction, Person
from netjob.compiled import rows_of
from outreach.agenda.reading import begun_at, lean, mine
from outreach.agenda.steps import MANY, Step
from outreach.models import Conversation, Message, Request

if TYPE_CHECKING:
    from outreach.agenda.agenda import Agenda

LATELY = dt.timedelta(days=30)
"""How long ago somebody was met, so that writing to them still goes without saying."""
WITHIN = dt.timedelta(days=2)
STAGES = (Person.Stage.FOUND, Person.Stage.ASKED)
"""Whoever is further has steps of their own."""


def steps(agenda: "Agenda") -> Iterator[Step]:
    yield from _after_events(agenda)
    yield from _debts(agenda)
    if agenda.person is None or agenda.person.stage in STAGES:
        yield from _answers(agenda)


def _after_events(agenda: "Agenda") -> Iterator[Step]:
    """Met lately, and nothing was written or talked since: within two days, while they remember."""
    for row in rows_of(_met, agenda.numbers, agenda.today - LATELY):
        person, until = row.person, row.met_on + WITHIN
        yield agenda.step(
            "after_event", person, _("Write to %(name)s, whom you met") % {"name": person.name},
            _("%(event)s, %(day)s; write within two days")
            % {"event": row.event.name, "day": agenda.said_day(row.met_on)},
            min(row.met_on, until), _("Write to them"), _writing_to(person, f"event={row.event_id}"), subject=row,
            leads_to=person.pk,
        )  # fmt: skip


def _met(numbers: Sequence[int], lately: dt.date) -> Any:
    since = OuterRef("met_on")
    written = Message.objects.filter(person=OuterRef("person"), direction="out", sent_on__gte=since)
    asked = Request.objects.filter(person=OuterRef("person"), sent_on__gte=since)
    begun = Request.objects.filter(person=OuterRef("person"), state="draft")
    talks = Conversation.objects.filter(person=OuterRef("person")).filter(
        Q(state__in=Conversation.OPEN) | Q(held_on__gte=since)
    )
    rows = mine(Attendance, numbers).filter(person__do_not_contact_on=None, met_on__gte=lately)
    rows = rows.exclude(Exists(written) | Exists(asked) | Exists(begun) | Exists(talks))
    rows = rows.select_related("event").order_by("met_on", "pk")
    return lean(rows, "uid", "met_on", "event__name")[:MANY]


def _debts(agenda: "Agenda") -> Iterator[Step]:
    """I talked with whom they led me to, and they have not heard of it."""
    for row in rows_of(_untold, agenda.numbers):
        on = row.talked_on or row.talked_there_on
        yield agenda.step(
            "report_back", row.introducer,
            _("Tell %(introducer)s how it went with %(to)s") % {"introducer": row.introducer.name, "to": row.to},
            _("They introduced you; you talked %(day)s") % {"day": agenda.said_day(on)},
            agenda.calendar.add_business_days(on, 1), _("Write to them"),
            begun_at("outreach:message_add", row.introducer, f"kind=report_back&introduction={row.pk}"),
            subject=row,
        )  # fmt: skip


def _untold(numbers: Sequence[int]) -> Any:
    owner, *introducer = numbers
    talked = Conversation.objects.filter(state="held", held_on__gte=OuterRef("made_on"))
    at_company = talked.filter(person__company=OuterRef("company")).order_by().values("person__company")
    with_person = talked.filter(person=OuterRef("person")).order_by().values("person")
    rows = Introduction.objects.owned_by(owner).untold()
    rows = rows.filter(introducer=introducer[0]) if introducer else rows
    rows = rows.annotate(
        talked_on=with_person.annotate(first=Min("held_on")).values("first")[:1],
        talked_there_on=at_company.annotate(first=Min("held_on")).values("first")[:1],
    ).filter(Q(talked_on__isnull=False) | Q(person=None, talked_there_on__isnull=False))
    return rows.select_related("introducer__company", "person", "company").order_by("pk")[:MANY]


def _answers(agenda: "Agenda") -> Iterator[Step]:
    """They wrote first, and nobody answered; whoever was asked or is connected has steps of their own."""
    for row in rows_of(_unanswered, agenda.numbers):
        yield agenda.step(
            "answer", row.person, _("Answer %(name)s") % {"name": row.person.name},
            _("They wrote %(day)s") % {"day": agenda.said_day(row.sent_on)}, row.sent_on, _("Answer"),
            begun_at("outreach:message_add", row.person, "kind=reply"), subject=row, leads_to=row.person_id,
        )  # fmt: skip


def _unanswered(numbers: Sequence[int]) -> Any:
    owner, *person = numbers
    later = Message.objects.filter(person=OuterRef("person"), sent_at__gt=OuterRef("sent_at"))
    begun = Message.objects.filter(person=OuterRef("person"), sent_at=None, kind="reply", direction="out")
    asked = Request.objects.filter(person=OuterRef("pk"))
    # From the people, of whom few are in question, to their messages; the other way all that ever came are read.
    found = Person.objects.owned_by(owner).filter(stage__in=STAGES, in_play=True)
    found = found.may_be_contacted().exclude(Exists(asked))
    found = found.filter(pk=person[0]) if person else found
    rows = Message.objects.owned_by(owner).filter(direction="in", person__in=found.values("pk"))
    rows = rows.exclude(reply_kind__in=["negative", "out_of_office"]).exclude(Exists(later) | Exists(begun))
    return lean(rows, "uid", "sent_on").order_by(F("sent_at"), "pk")[:MANY]


def _writing_to(person: Person, query: str) -> str:
    """A message to whoever is connected, a request to anybody else."""
    if person.is_connected:
        return begun_at("outreach:message_add", person, f"kind=first_message&{query}")
    return begun_at("outreach:request_add", person, query)

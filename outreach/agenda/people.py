"""What is due with people whom nobody asked yet, and with those who are connected and were not asked for a time."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companies.models import Company
from contacts.models import Person
from netjob.addresses import address
from netjob.compiled import rows_of
from outreach import cadence
from outreach.agenda.reading import BEST_FIRST, begun_at, first, lean
from outreach.agenda.steps import MANY, Step
from outreach.models import Conversation, Message, Request

if TYPE_CHECKING:
    from outreach.agenda.agenda import Agenda


def steps(agenda: "Agenda") -> Iterator[Step]:
    if not agenda.is_elsewhere(Person.Stage.CONNECTED):
        yield from _of_connections(agenda)
    if not agenda.is_elsewhere(Person.Stage.FOUND):
        yield from _of_people_found(agenda)


def _of_connections(agenda: "Agenda") -> Iterator[Step]:
    """Connected, and never yet asked for a time; or written to, and silent since."""
    for person in rows_of(_connections, agenda.numbers):
        if person.last_reply == Message.ReplyKind.NEGATIVE:
            continue
        if person.last_from == "out" and person.in_play:
            yield from _of_silence(agenda, person)
            continue
        on = person.connected_on or person.last_contact_on
        if person.is_connected:
            why = _("Connected %(day)s") if person.connected_on else _("You are connected")
        else:
            why = _("They answered %(day)s")
        on = on or person.created_at.astimezone(agenda.user.zone).date()
        yield agenda.step(
            "ask_for_time", person, _("Ask %(name)s for a time") % {"name": person.name},
            why % {"day": agenda.said_day(on)}, on, _("Ask for a time"),
            begun_at("outreach:message_add", person, "kind=ask_for_time"), subject=person, occurrence=f"since {on}",
        )  # fmt: skip


def _connections(numbers: Sequence[int]) -> Any:
    talks = Conversation.objects.filter(person=OuterRef("pk"))
    requests = Request.objects.filter(person=OuterRef("pk")).exclude(state="joined")
    last_request = requests.order_by("-pk").values("state")[:1]
    messages = Message.objects.filter(person=OuterRef("pk")).exclude(kind="note").exclude(sent_at=None)
    last = messages.exclude(reply_kind="out_of_office").order_by("-sent_at", "-pk")
    silent = (
        _standing_at(Person.Stage.CONNECTED, numbers)
        .exclude(Exists(talks))
        .annotate(last_request=last_request)
        .filter(Q(last_request__isnull=True) | ~Q(last_request__in=["declined", "draft"]))
    )
    rows = (
        first(MANY, silent)
        .order_by(*BEST_FIRST)
        .annotate(
            last_from=last.values("direction")[:1],
            last_kind=last.values("kind")[:1],
            last_reply=last.values("reply_kind")[:1],
            last_at=last.values("sent_at")[:1],
        )
    )
    return lean(rows, "created_at", "in_play", person="")


def _of_silence(agenda: "Agenda", person: Any) -> Iterator[Step]:
    """The first message after an acceptance starts a 3B7 of its own; after its follow-up it rests."""
    due = cadence.due_days(person.last_at, agenda.calendar, agenda.cadence)
    if due.follow_up_on and person.last_kind != "follow_up":
        on = person.last_at.astimezone(agenda.user.zone).date()
        yield agenda.step(
            "follow_up", person, _("Follow up with %(name)s") % {"name": person.name},
            _("You wrote %(day)s; no reply yet") % {"day": agenda.said_day(on)}, due.follow_up_on, _("Follow up"),
            begun_at("outreach:message_add", person, "kind=follow_up"), subject=person, occurrence=f"after {on}",
        )  # fmt: skip


def _of_people_found(agenda: "Agenda") -> Iterator[Step]:
    for person in rows_of(_not_asked, agenda.numbers):
        yield agenda.step(
            "write", person, _("Write to %(name)s") % {"name": person.name}, person.role or _("Not asked yet"),
            agenda.today, _("Write a request"), address("outreach:request_add", person.pk), subject=person,
        )  # fmt: skip


def _not_asked(numbers: Sequence[int]) -> Any:
    requests = Request.objects.filter(person=OuterRef("pk"))
    talks = Conversation.objects.filter(person=OuterRef("pk"))
    people = _standing_at(Person.Stage.FOUND, numbers).exclude(Exists(requests)).exclude(Exists(talks))
    return lean(people, person="")[:MANY]


def _standing_at(stage: int, numbers: Sequence[int]) -> QuerySet[Person]:
    owner, *person = numbers
    people = Person.objects.owned_by(owner).may_be_contacted().filter(stage=stage)
    # Of the thousands whom an import brings nobody is in play: Today is spared them, their own page is not.
    people = people.filter(pk=person[0]) if person else people.filter(in_play=True)
    at_rest = Company.objects.owned_by(owner).filter(state__in=[Company.State.PAUSED, Company.State.DROPPED])
    return people.exclude(company__in=at_rest.values("pk")).order_by(*BEST_FIRST)

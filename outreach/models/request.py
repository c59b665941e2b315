import datetime as dt
from bisect import bisect_left
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Event, Introduction, Person
from netjob import undo
from netjob.addresses import address
from netjob.models import Activity, User
from netjob.ownership import OwnedQuerySet, Refused, settle
from netjob.states import Move, StatefulModel, stamped
from netjob.zones import zone_named
from outreach import cadence
from outreach.composing import Channel, Letter, noon_of
from outreach.models.message import Message
from outreach.models.message_template import MessageTemplate

ReplyKind = Message.ReplyKind
LOCK = dt.timedelta(weeks=3)
"""After a withdrawal LinkedIn takes no new invitation to that person for up to this long."""


class Used(NamedTuple):
    """What LinkedIn's reported budgets have seen: informs, and never refuses."""

    notes_this_month: int
    invitations_this_week: int


class RequestQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        """Requests that may still lead somewhere."""
        return self.filter(state__in=[Request.State.DRAFT, *Request.WAITING, Request.State.ANSWERED])

    def unfinished(self) -> Self:
        """Those beside which no other request to the same person can be begun."""
        return self.filter(state__in=Request.UNFINISHED)

    def awaiting_answer(self) -> Self:
        return self.filter(state__in=Request.WAITING)

    def not_picked_up(self) -> Self:
        """Those that an import brought, and with which nobody went on yet."""
        return self.filter(is_imported=True, state__in=Request.WAITING)

    def resting(self, on: dt.date, calendar: cadence.Calendar, waits: cadence.Cadence) -> Self:
        """Sent, and past the last step that the cadence has for them: followed up, or pending too long."""
        return self.filter(state=Request.State.SENT).filter(_at_rest(on, calendar, waits))

    def pending(self, on: dt.date, calendar: cadence.Calendar, waits: cadence.Cadence) -> Self:
        """Sent, unanswered, and not at rest yet."""
        return self.filter(state=Request.State.SENT).exclude(_at_rest(on, calendar, waits))

    def with_talk(self) -> Self:
        """The latest conversation with the person that did not fall through, as `talk_pk`."""
        # `conversations` is the name by which they hang on a person.
        model: Any = Person._meta.get_field("conversations").related_model
        talks = model.objects.filter(person=OuterRef("person")).exclude(
            state__in=["cancelled", "no_show", "joined"]
        )
        latest = talks.order_by("-pk").values("pk")[:1]
        return self.annotate(talk_pk=Subquery(latest))

    def used(self, today: dt.date) -> Used:
        """Notes since the first of the month and invitations since Monday, in one query."""
        month, monday = today.replace(day=1), today - dt.timedelta(days=today.weekday())
        sent = self.filter(channel=Channel.INVITATION, sent_on__range=(min(month, monday), today))
        with_note = Exists(Message.objects.filter(request=OuterRef("pk"), kind=Message.Kind.NOTE))
        return Used(
            **sent.annotate(with_note=with_note).aggregate(
                notes_this_month=Count("pk", filter=Q(sent_on__gte=month, with_note=True)),
                invitations_this_week=Count("pk", filter=Q(sent_on__gte=monday)),
            )
        )


def _at_rest(on: dt.date, calendar: cadence.Calendar, waits: cadence.Cadence) -> Any:
    follow_ups = Message.objects.filter(kind=Message.Kind.FOLLOW_UP, direction=Message.Direction.OUT)
    followed_up = Exists(follow_ups.filter(person=OuterRef("person"), sent_at__gt=OuterRef("sent_at")))
    before = _invitations_rest_before(on, calendar, waits)
    return Q(channel=Channel.INVITATION, sent_at__lt=before) | Q(followed_up) if before else Q(followed_up)


@lru_cache(maxsize=256)
def _invitations_rest_before(
    on: dt.date, calendar: cadence.Calendar, waits: cadence.Cadence
) -> dt.datetime | None:
    """The moment before which an invitation must have been sent to be at rest on that day."""
    if not waits.on:
        return None
    zone = zone_named(calendar.time_zone)

    def half_day(n: int) -> dt.datetime:
        """Beginnings of half days, backwards from the coming midnight: noon decides the day of counting."""
        days, halves = divmod(n, 2)
        day = on + dt.timedelta(days=1 - days - halves)
        return dt.datetime.combine(day, dt.time(12 * halves), tzinfo=zone)

    def rests(n: int) -> bool:
        rests_on = cadence.invitation_due_days(half_day(n), calendar, waits).rests_on
        return rests_on is not None and rests_on <= on

    return half_day(bisect_left(range(1, 2 * 1000), True, key=rests))


class Request(StatefulModel):
    """One try to reach a person: written, sent, and what they did with it.

    That it *rests* (asked, followed up, no answer) is derived from the cadence; nobody closes it by hand.
    """

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("Draft")
        SENT = "sent", gettext_lazy("Sent")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        ANSWERED = "answered", gettext_lazy("Answered")
        DECLINED = "declined", gettext_lazy("Declined")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
        JOINED = "joined", gettext_lazy("Joined with another")

    Channel = Channel
    WAITING = ("sent", "accepted")
    UNFINISHED = ("draft", *WAITING)
    """Where a person has one request at most."""
    CLOSED = ("declined", "withdrawn", "joined")
    MOVES = (
        Move("sending", "sent", frozenset({"draft"}), "sent_on", gettext_lazy("Mark as sent"),
             gettext_lazy("Request sent"), gettext_lazy("Not sent after all"),
             gettext_lazy("It is not sent yet.")),
        Move("acceptance", "accepted", frozenset({"sent"}), "accepted_on", gettext_lazy("They accepted"),
             gettext_lazy("Request accepted"), gettext_lazy("Not accepted after all")),
        Move("answer", "answered", frozenset({"sent", "accepted"}), "answered_on",
             gettext_lazy("They answered"), gettext_lazy("Answered"), gettext_lazy("No answer after all")),
        Move("refusal", "declined", frozenset({"sent", "accepted", "answered"}), "declined_on",
             gettext_lazy("They declined"), gettext_lazy("Declined"), gettext_lazy("Not declined after all")),
        Move("withdrawal", "withdrawn", frozenset({"sent"}), "withdrawn_on", gettext_lazy("I withdrew it"),
             gettext_lazy("Request withdrawn"), gettext_lazy("Not withdrawn after all")),
        # Only what merges two entries of a person makes this move, and only its undo takes it back.
        Move("joining", "joined", frozenset({"sent", "accepted"}), "joined_on", "",
             gettext_lazy("Joined with another request to them"), ""),
    )  # fmt: skip

    person = models.ForeignKey(Person, models.CASCADE, related_name="requests")
    channel = models.CharField(
        gettext_lazy("sent by"), max_length=10, choices=Channel, default=Channel.INVITATION
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    sent_on = models.DateField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    """The moment, for the noon rule of the cadence; noon of `sent_on` where only a day is known."""
    accepted_on = models.DateField(null=True, editable=False)
    answered_on = models.DateField(null=True, editable=False)
    declined_on = models.DateField(null=True, editable=False)
    withdrawn_on = models.DateField(null=True, editable=False)
    joined_on = models.DateField(null=True, editable=False)
    introduction = models.ForeignKey(
        Introduction, models.SET_NULL, null=True, blank=True, related_name="requests", editable=False
    )
    """Who led to it."""
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="requests", editable=False
    )
    """Where we met."""
    is_imported = models.BooleanField(default=False, editable=False)
    """Brought by an import: it counts among the pending, and alone brings nobody into play."""
    made_connection = models.BooleanField(default=False, editable=False)
    """Whether its acceptance connected us: taken back with it. Who was connected before stays so."""

    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta(StatefulModel.Meta):
        verbose_name = gettext_lazy("request")
        verbose_name_plural = gettext_lazy("requests")
        constraints = [
            *StatefulModel.Meta.constraints,
            stamped(
                "request_state", sent="sent_on", accepted="accepted_on", answered="answered_on",
                declined="declined_on", withdrawn="withdrawn_on",
                joined="joined_on",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_on__isnull=True, sent_at__isnull=True)
                | models.Q(sent_on__isnull=False, sent_at__isnull=False),
                name="request_sent_moment",
            ),
            models.UniqueConstraint(
                "person",
                condition=models.Q(state__in=("draft", "sent", "accepted")),
                name="request_one_unfinished",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                "owner", "state", models.F("sent_on").desc(), models.F("id").desc(), name="request_board"
            ),
            models.Index("owner", "sent_on", name="request_sent_on"),
            models.Index("owner", models.F("id").desc(), name="request_newest"),
        ]

    def __str__(self) -> str:
        return _("Request to %(name)s") % {"name": self.person.name}

    def get_absolute_url(self) -> str:
        return address("outreach:request_detail", self.pk)

    @classmethod
    def settle(cls, rows: Any) -> None:
        Person.objects.filter(pk__in={row.person_id for row in rows}).advance()

    @classmethod
    def absorb(cls, act: Any, rows: Any, link: str, kept: Any) -> None:
        """A person has one open request at most: of two, the one that came further goes on.

        Beside it a draft gives way, and what was written stays as a draft message; one that was sent is joined
        with it, and stays with all that was said.
        """
        if link != "person":
            super().absorb(act, rows, link, kept)
            return
        standing = cls.objects.filter(person=kept).unfinished().first()
        coming = next((row for row in rows if row.state in cls.UNFINISHED), None)
        if standing and coming:
            drafts = [row for row in (coming, standing) if row.state == cls.State.DRAFT]
            if drafts:
                cls._give_way(act, drafts[0], kept)
                rows = [row for row in rows if row != drafts[0]]
            else:
                joined, going_on = sorted((coming, standing), key=cls._came_how_far)
                cls._join(act, joined, going_on, kept)
        super().absorb(act, rows, link, kept)

    @classmethod
    def _give_way(cls, act: Any, draft: "Request", person: Person) -> None:
        notes = list(draft.messages.all())
        act.watch(notes)
        for note in notes:
            note.kind, note.request, note.person = Message.Kind.FIRST_MESSAGE, None, person
            if note.channel == Channel.INVITATION:
                note.channel = Channel.MESSAGE
        act.save(notes)
        if draft.person_id == person.pk:
            act.delete([draft])

    @staticmethod
    def _came_how_far(row: "Request") -> tuple[bool, Any, int]:
        return row.state == "accepted", row.sent_at, row.pk

    @classmethod
    def _join(cls, act: Any, joined: "Request", going_on: "Request", person: Person) -> None:
        act.watch([joined])
        on = max(day for row in (joined, going_on) for day in row._stamps() if day)
        joined.move("joining", on=on)
        act.save([joined])
        day = date_format(going_on.sent_on, "j F Y") if going_on.sent_on else ""
        reason = _("Another request to them, sent on %(day)s, goes on") % {"day": day}
        act.add([person.line("joining", str(joined.move_of("joining").done), reason, on=on)])

    @property
    def is_invitation(self) -> bool:
        return self.channel == self.Channel.INVITATION

    @property
    def note(self) -> "Message | None":
        """What was written with it; an invitation may go without."""
        return next((row for row in self.messages.all() if row.kind == Message.Kind.NOTE), None)

    def refusal(self, move: Move) -> str:
        if move.noun == "acceptance" and not self.is_invitation:
            return _("Only an invitation is accepted. If they wrote back, say that they answered.")
        if move.noun == "withdrawal" and not self.is_invitation:
            return _("Only an invitation can be withdrawn.")
        return ""

    def open_moves(self) -> list[Move]:
        return [move for move in super().open_moves() if move.button]

    @property
    def letter(self) -> Letter:
        """What is written, and to whom. Reads `messages`."""
        note = self.note
        return Letter(self.person, self.channel, note.text if note else "", note.subject if note else "")

    @property
    def invitable_from(self) -> dt.date | None:
        """The day from which LinkedIn surely takes a new invitation, after a withdrawn one."""
        return self.withdrawn_on + LOCK if self.withdrawn_on and self.is_invitation else None

    def is_locked(self, today: dt.date) -> bool:
        """Whether a withdrawal may still keep LinkedIn from taking a new invitation."""
        return self.invitable_from is not None and self.invitable_from > today

    def in_its_way(self, today: dt.date) -> dict[str, "Request | None"]:
        """Others to the same person: one that is under way (`standing`), and one withdrawn of late (`locked`)."""
        others = list(Request.objects.filter(person=self.person_id).exclude(pk=self.pk).order_by("-pk")[:20])
        return {
            "standing": next((row for row in others if row.state in ("draft", *self.WAITING)), None),
            "locked": next((row for row in others if row.is_locked(today)), None),
        }

    @classmethod
    def draft(cls, owner: User, person: Person, *, channel: str, **led_by: Any) -> "Request":
        """Begin a request; `introduction` or `event` led to it. Raises Refused while another one is open."""
        request = cls(owner=owner, person=person, channel=channel, **led_by)
        request._refuse_beside_another()
        request.save()
        settle(request)
        return request

    def write(self, text: str, *, template: MessageTemplate | None = None, subject: str = "") -> None:
        """Keep the text of a draft; an empty one is an invitation without a note."""
        if self.state != self.State.DRAFT:
            raise Refused(_("It was sent, so its text stays as it is. Take the sending back first."))
        note = self.note
        if not text and note:
            note.delete()
        elif text:
            note = note or Message(owner=self.owner, person=self.person, request=self, kind=Message.Kind.NOTE)
            note.text, note.subject, note.template, note.channel = text, subject, template, self.channel
            note.save()

    def why_not_sent(self, text: str, *, subject: str = "") -> list[str]:
        """What must be mended before this text can go out: sentences; none where it may."""
        return Letter(self.person, self.channel, text, subject).why_not_sent()

    def send(self, *, at: dt.datetime) -> None:
        """It went out at this moment. Raises Refused with what must be mended first."""
        note = self.note
        if reasons := self.letter.why_not_sent():
            raise Refused(" ".join(reasons))
        on = at.astimezone(self.owner.zone).date()
        line = self.moved("sending", on=on)
        self.sent_at = at
        if note:
            note.mark_sent(at=at)
        self._record(line)

    def accept(self, *, on: dt.date) -> None:
        line = self.moved("acceptance", on=on)
        if not self.person.is_connected:
            self.person.connect(on=on)
            self.made_connection = True
        self._record(line)

    def answer(
        self, *, on: dt.date, at: dt.datetime | None = None, text: str = "", reply_kind: str = ""
    ) -> None:
        """They wrote back: "rather not" declines the request, anything else answers it.

        An invitation that is answered was accepted, too. `at` is the moment on that day, where it is known.
        """
        declines = reply_kind == ReplyKind.NEGATIVE
        if self.is_invitation and self.state == self.State.SENT and not declines:
            self.accept(on=on)
        line = self.moved("refusal" if declines else "answer", on=on, text=text)
        at = at or noon_of(on, self.owner)
        Message.receive(
            self.person, at=at, text=text, reply_kind=reply_kind, channel=self.channel, request=self
        )
        self._record(line)

    def pick_up(self) -> None:
        """Go on with one that an import brought, without saving: from now on it raises its steps."""
        if not self.is_imported:
            raise Refused(_("You went on with that request already."))
        self.is_imported = False

    def decline(self, *, on: dt.date) -> None:
        self._record(self.moved("refusal", on=on))

    def withdraw(self, *, on: dt.date) -> None:
        self._record(self.moved("withdrawal", on=on))

    def undo_move(self, *, on: dt.date) -> Move:
        """Take the last step back: not sent, not accepted, not answered after all.

        Raises Refused where that would open it again beside another one that is open.
        """
        accepted_on, answered_on, declined_on = self.accepted_on, self.answered_on, self.declined_on
        move = self.take_back()
        if self.state in self.UNFINISHED:
            self._refuse_beside_another()
        if move.noun == "sending":
            self.sent_at = None
            if note := self.note:
                note.mark_unsent()
        if move.noun == "acceptance" and self.made_connection:
            self.made_connection = False
            # Another day was entered or imported since: that is no longer this acceptance's word.
            if self.person.connected_on == accepted_on:
                self.person.disconnect()
        if move.noun == "answer" and answered_on:
            self._take_back_replies(
                answered_on, among=self._replies().exclude(reply_kind=ReplyKind.OUT_OF_OFFICE)
            )
        if move.noun == "refusal" and declined_on:
            self._take_back_replies(declined_on, among=self._replies().filter(reply_kind=ReplyKind.NEGATIVE))
        self._record(self.line(move.noun, str(move.back), on=on))
        return move

    def _refuse_beside_another(self) -> None:
        # Two tabs at once: the second waits here for the first.
        Person.objects.select_for_update().get(pk=self.person_id)
        standing = self.person.requests.unfinished().exclude(pk=self.pk).first()
        if standing:
            raise Refused(
                _("There is a request to %(name)s already; it is %(state)s.")
                % {"name": self.person.name, "state": str(standing.get_state_display()).lower()}
            )

    def _replies(self) -> Any:
        return self.messages.filter(kind=Message.Kind.REPLY, direction=Message.Direction.IN)

    def _take_back_replies(self, since: dt.date, *, among: Any) -> None:
        """What brought the move about goes; "Recently changed" keeps it, for it was typed or pasted by hand."""
        if replies := list(among.filter(sent_on__gte=since)):
            sentence = _("Took back the answer of %(name)s") % {"name": self.person.name}
            undo.delete(replies, sentence=sentence)

    def line(self, verb: str, title: str, text: str = "", *, on: dt.date) -> Activity:
        return self.person.line(verb, title, text, on=on)

    def _record(self, line: Activity) -> None:
        self.save()
        line.save()
        settle(self)

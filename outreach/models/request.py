import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Person
from netjob.models import Activity, User
from netjob.ownership import OwnedModel, OwnedQuerySet, Refused, text_limits
from netjob.states import Move, StatefulModel, stamped
from outreach import placeholders
from outreach.models.message import Message
from outreach.models.message_template import MessageTemplate

MESSAGE_LIMIT = 8000
"""Characters in a message to a connection on LinkedIn (reported, 2026)."""


class RequestQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        """Requests that may still lead somewhere."""
        return self.filter(state__in=[Request.State.DRAFT, *Request.WAITING, Request.State.ANSWERED])

    def awaiting_answer(self) -> Self:
        return self.filter(state__in=Request.WAITING)


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

    class Channel(models.TextChoices):
        INVITATION = "invitation", gettext_lazy("LinkedIn invitation")
        MESSAGE = "message", gettext_lazy("LinkedIn message")
        EMAIL = "email", gettext_lazy("E-mail")
        IN_PERSON = "in_person", gettext_lazy("In person")
        OTHER = "other", gettext_lazy("Another way")

    WAITING = ("sent", "accepted")
    MOVES = (
        Move("sending", "sent", frozenset({"draft"}), "sent_on", gettext_lazy("Mark as sent"),
             gettext_lazy("Request sent"), gettext_lazy("Not sent after all")),
        Move("acceptance", "accepted", frozenset({"sent"}), "accepted_on", gettext_lazy("They accepted"),
             gettext_lazy("Request accepted"), gettext_lazy("Not accepted after all")),
        Move("answer", "answered", frozenset({"sent", "accepted"}), "answered_on", gettext_lazy("They answered"),
             gettext_lazy("Answered"), gettext_lazy("No answer after all")),
        Move("refusal", "declined", frozenset({"sent", "accepted", "answered"}), "declined_on",
             gettext_lazy("They declined"), gettext_lazy("Declined"), gettext_lazy("Not declined after all")),
        Move("withdrawal", "withdrawn", frozenset({"sent"}), "withdrawn_on", gettext_lazy("I withdrew it"),
             gettext_lazy("Request withdrawn"), gettext_lazy("Not withdrawn after all")),
    )  # fmt: skip

    person = models.ForeignKey(Person, models.CASCADE, related_name="requests")
    channel = models.CharField(
        gettext_lazy("sent by"), max_length=10, choices=Channel, default=Channel.INVITATION
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    sent_on = models.DateField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    """The moment, which the noon rule of the cadence needs; derived from `sent_on` where only a day is known."""
    accepted_on = models.DateField(null=True, editable=False)
    answered_on = models.DateField(null=True, editable=False)
    declined_on = models.DateField(null=True, editable=False)
    withdrawn_on = models.DateField(null=True, editable=False)

    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta(StatefulModel.Meta):
        verbose_name = gettext_lazy("request")
        verbose_name_plural = gettext_lazy("requests")
        constraints = [
            *StatefulModel.Meta.constraints,
            stamped(
                "request_state", sent="sent_on", accepted="accepted_on", answered="answered_on",
                declined="declined_on", withdrawn="withdrawn_on",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_on__isnull=True, sent_at__isnull=True)
                | models.Q(sent_on__isnull=False, sent_at__isnull=False),
                name="request_sent_moment",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index("owner", "state", models.F("sent_on").desc(), "id", name="request_board"),
            models.Index("owner", "sent_on", name="request_sent_on"),
        ]

    def __str__(self) -> str:
        return _("Request to %(name)s") % {"name": self.person.name}

    def get_absolute_url(self) -> str:
        return reverse("outreach:request_detail", args=[self.pk])

    @classmethod
    def settle(cls, rows: Any) -> None:
        Person.objects.filter(pk__in={row.person_id for row in rows}).advance()

    @property
    def is_invitation(self) -> bool:
        return self.channel == self.Channel.INVITATION

    @property
    def text_limit(self) -> int:
        """Characters that fit, as LinkedIn counts them (UTF-16 code units)."""
        return self.owner.note_limit if self.is_invitation else MESSAGE_LIMIT

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

    @classmethod
    def draft(cls, owner: User, person: Person, *, channel: str) -> "Request":
        """Begin a request. Raises Refused while another one to the same person is open."""
        standing = person.requests.filter(state__in=[cls.State.DRAFT, *cls.WAITING]).first()
        if standing:
            raise Refused(
                _("There is a request to %(name)s already; it is %(state)s.")
                % {"name": person.name, "state": str(standing.get_state_display()).lower()}
            )
        request = cls(owner=owner, person=person, channel=channel)
        request.save()
        cls.settle([request])
        return request

    def write(self, text: str, *, template: MessageTemplate | None = None, subject: str = "") -> None:
        """Keep the text of a draft; an empty one is an invitation without a note."""
        note = self.note
        if not text and note:
            note.delete()
        elif text:
            note = note or Message(
                owner=self.owner, person=self.person, request=self, kind=Message.Kind.NOTE, channel=self.channel
            )
            note.text, note.subject, note.template, note.channel = text, subject, template, self.channel
            note.save()

    def why_not_sent(self, text: str) -> list[str]:
        """What must be mended before this text can go out: sentences; none where it may."""
        reasons = []
        if self.person.do_not_contact_on:
            reasons.append(_("%(name)s is marked “do not contact”.") % {"name": self.person.name})
        if left := placeholders.leftovers(text):
            reasons.append(
                _("Fill or remove %(placeholders)s: it would be sent as it stands.")
                % {"placeholders": ", ".join(left)}
            )
        over = placeholders.linkedin_length(text) - self.text_limit
        if over > 0:
            reasons.append(
                _("%(count)d of %(limit)d characters: %(over)d too many for %(what)s.")
                % {
                    "count": over + self.text_limit,
                    "limit": self.text_limit,
                    "over": over,
                    "what": _("a free account")
                    if self.is_invitation and self.text_limit == 200
                    else _("an invitation")
                    if self.is_invitation
                    else _("a message"),
                }
            )
        if not text and not self.is_invitation:
            reasons.append(_("Write the message first."))
        return reasons

    def send(self, *, at: dt.datetime) -> None:
        """It went out at this moment. Raises Refused with what must be mended first."""
        note = self.note
        if reasons := self.why_not_sent(note.text if note else ""):
            raise Refused(" ".join(reasons))
        on = at.astimezone(self.owner.zone).date()
        move = self.move("sending", on=on)
        self.sent_at = at
        if note:
            note.mark_sent(at=at)
        self._record(move, on)

    def accept(self, *, on: dt.date) -> None:
        move = self.move("acceptance", on=on)
        if not self.person.connected_on:
            self.person.connect(on=on)
        self._record(move, on)

    def answer(self, *, on: dt.date, text: str = "", reply_kind: str = "") -> None:
        """They wrote back, whatever they wrote; an invitation that is answered was accepted, too."""
        if self.is_invitation and self.state == self.State.SENT:
            self.accept(on=on)
        move = self.move("answer", on=on)
        Message.receive(self.person, on=on, text=text, reply_kind=reply_kind, channel=self.channel, request=self)
        self._record(move, on, text)

    def decline(self, *, on: dt.date) -> None:
        self._record(self.move("refusal", on=on), on)

    def withdraw(self, *, on: dt.date) -> None:
        self._record(self.move("withdrawal", on=on), on)

    def undo_move(self, *, on: dt.date) -> None:
        """Take the last step back: not sent, not accepted, not answered after all."""
        accepted_on = self.accepted_on
        move = self.take_back()
        if move.noun == "sending":
            self.sent_at = None
            if note := self.note:
                note.mark_unsent()
        if move.noun == "acceptance" and self.person.connected_on == accepted_on:
            self.person.disconnect()
        if move.noun == "answer":
            self.messages.filter(kind=Message.Kind.REPLY, direction=Message.Direction.IN).delete()
        self._record(move, on, undone=True)

    def _record(self, move: Move, on: dt.date, text: str = "", *, undone: bool = False) -> None:
        self.save()
        Activity.log(
            self.owner,
            move.noun,
            str(move.back if undone else move.done),
            text,
            on=on,
            company=self.person.company,
            person=self.person,
        )
        self.settle([self])

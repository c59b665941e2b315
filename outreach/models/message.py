import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Person
from netjob.addresses import address
from netjob.folding import LONGEST_HAYSTACK, haystack
from netjob.models import Activity
from netjob.ownership import HaystackField, MovedOn, OwnedModel, OwnedQuerySet, Refused, settle, text_limits
from outreach.composing import LONGEST_TEXT, Channel, Letter
from outreach.models.message_template import MessageTemplate

if TYPE_CHECKING:
    from outreach.models.conversation import Conversation
    from outreach.models.request import Request


class MessageQuerySet(OwnedQuerySet):
    def sent(self) -> Self:
        return self.filter(sent_on__isnull=False)

    def in_order(self) -> Self:
        """As they were said; drafts, which have no moment yet, at the end."""
        return self.order_by(F("sent_at").asc(nulls_last=True), "pk")

    def apart_from_notes(self) -> Self:
        """Without the notes of requests, which are sent, taken back and deleted with their request."""
        return self.exclude(kind=Message.Kind.NOTE)


class Message(OwnedModel):
    """Something that was (or is to be) said: to a person, or by them.

    What was sent stays as it was: it can be taken back or deleted, not rewritten.
    """

    class Kind(models.TextChoices):
        NOTE = "note", gettext_lazy("Note of a request")
        FIRST_MESSAGE = "first_message", gettext_lazy("First message")
        ASK_FOR_TIME = "ask_for_time", gettext_lazy("Asking for a time")
        FOLLOW_UP = "follow_up", gettext_lazy("Follow-up")
        INTRODUCTION_REQUEST = "introduction_request", gettext_lazy("Asking for an introduction")
        THANKS = "thanks", gettext_lazy("Thanks")
        REPORT_BACK = "report_back", gettext_lazy("Report back")
        REPLY = "reply", gettext_lazy("Reply")

    class Direction(models.TextChoices):
        OUT = "out", gettext_lazy("From me")
        IN = "in", gettext_lazy("To me")

    class ReplyKind(models.TextChoices):
        POSITIVE = "positive", gettext_lazy("Glad to talk")
        LATER = "later", gettext_lazy("Later")
        REFERRAL_ONLY = "referral_only", gettext_lazy("Names somebody else")
        OUT_OF_OFFICE = "out_of_office", gettext_lazy("Out of office")
        NEGATIVE = "negative", gettext_lazy("Rather not")

    DONE = {
        Kind.NOTE: gettext_lazy("Note sent"),
        Kind.FIRST_MESSAGE: gettext_lazy("First message sent"),
        Kind.ASK_FOR_TIME: gettext_lazy("Asked for a time"),
        Kind.FOLLOW_UP: gettext_lazy("Followed up"),
        Kind.INTRODUCTION_REQUEST: gettext_lazy("Asked for an introduction"),
        Kind.THANKS: gettext_lazy("Thanked"),
        Kind.REPORT_BACK: gettext_lazy("Reported back"),
        Kind.REPLY: gettext_lazy("Replied"),
    }
    """What the history says of each when it is sent."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    request = models.ForeignKey(
        "outreach.Request", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    conversation = models.ForeignKey(
        "outreach.Conversation", models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=25, choices=Kind)
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.OUT)
    channel = models.CharField(gettext_lazy("sent by"), max_length=10, default="message")
    template = models.ForeignKey(
        MessageTemplate, models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    subject = models.CharField(gettext_lazy("subject"), max_length=200, blank=True)
    text = models.TextField(gettext_lazy("text"), max_length=LONGEST_TEXT, blank=True)
    reply_kind = models.CharField(
        gettext_lazy("what they said"), max_length=15, choices=ReplyKind, blank=True
    )
    sent_on = models.DateField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    """Empty on a draft."""
    external_key = models.CharField(max_length=64, blank=True, default="", editable=False)
    """What tells it in an export that is imported again; empty for what was typed here."""
    haystack = HaystackField()

    DERIVED = ("haystack",)
    DERIVED_FROM = ("subject", "text")

    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("message")
        verbose_name_plural = gettext_lazy("messages")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("message_text", subject=200, text=LONGEST_TEXT, external_key=64),
            text_limits("message_haystack", haystack=LONGEST_HAYSTACK),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_at__isnull=True)
                | Q(sent_on__isnull=False, sent_at__isnull=False),
                name="message_sent_moment",
            ),
            models.UniqueConstraint(
                "owner", "external_key", condition=~Q(external_key=""), name="message_external_key"
            ),
            models.UniqueConstraint("request", condition=Q(kind="note"), name="message_one_note_a_request"),
        ]
        indexes = [
            models.Index("owner", "person", "sent_at", name="message_person"),
            models.Index("owner", "request", name="message_draft", condition=Q(sent_at__isnull=True)),
            models.Index("template", "sent_on", name="message_template_use"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return address("outreach:message_edit", self.pk)

    def get_channel_display(self) -> str:
        return str(Channel(self.channel).label) if self.channel in Channel.values else self.channel

    def derive(self) -> None:
        self.haystack = haystack("", self.subject, self.text)

    @classmethod
    def settle(cls, rows: Any) -> None:
        Person.objects.filter(pk__in={row.person_id for row in rows}).advance()

    @property
    def is_from_me(self) -> bool:
        return self.direction == self.Direction.OUT

    @property
    def is_draft(self) -> bool:
        return self.sent_on is None

    @property
    def letter(self) -> Letter:
        return Letter(self.person, self.channel, self.text, self.subject)

    def why_not_sent(self) -> list[str]:
        """What must be mended before it can go out: sentences; none where it may."""
        return self.letter.why_not_sent()

    def save(self, **kwargs: Any) -> None:
        """Save; a subject is kept with an e-mail only."""
        if self.channel != Channel.EMAIL:
            self.subject = ""
        super().save(**kwargs)

    @classmethod
    def receive(
        cls,
        person: Person,
        *,
        at: dt.datetime,
        text: str,
        reply_kind: str = "",
        channel: str = "message",
        request: "Request | None" = None,
        conversation: "Conversation | None" = None,
    ) -> "Message":
        """Keep what they wrote at this moment, or after what was said on that day already.

        Often only the day is known, and its noon stands for it; what they answer to came before.
        """
        on = at.astimezone(person.owner.zone).date()
        said = [person.messages.filter(sent_on=on).aggregate(last=Max("sent_at"))["last"]]
        if request and request.sent_on == on:
            said.append(request.sent_at)
        return cls.objects.create(
            owner=person.owner,
            person=person,
            request=request,
            conversation=conversation,
            kind=cls.Kind.REPLY,
            direction=cls.Direction.IN,
            channel=channel,
            text=text,
            reply_kind=reply_kind,
            sent_on=on,
            sent_at=max([at, *filter(None, said)]),
        )

    def send(self, *, at: dt.datetime) -> None:
        """It went out at this moment. Raises Refused with what must be mended first.

        Pages send by `outreach.sending`, which also writes the history and tells the conversation.
        """
        if self.kind == self.Kind.NOTE:
            raise Refused(_("A note goes out with its request: mark the request as sent."))
        if not self.is_draft:
            raise MovedOn(_("It is sent already."))
        if reasons := self.why_not_sent():
            raise Refused(" ".join(reasons))
        self.mark_sent(at=at)
        settle(self)

    def unsend(self) -> None:
        """Not sent after all: a draft again. Raises Refused for what they wrote."""
        if self.kind == self.Kind.NOTE:
            raise Refused(_("A note belongs to its request: take the request back."))
        if not self.is_from_me:
            raise Refused(_("They wrote this. Delete it if they did not."))
        if self.is_draft:
            raise Refused(_("It is a draft already."))
        self.mark_unsent()
        settle(self)

    def refuse_if_sent(self) -> None:
        if not self.is_draft:
            raise Refused(_("It was sent, so its text stays as it is. Take the sending back first."))

    def mark_sent(self, *, at: dt.datetime) -> None:
        self.sent_at, self.sent_on = at, at.astimezone(self.owner.zone).date()
        self.save()

    def mark_unsent(self) -> None:
        self.sent_at = self.sent_on = None
        self.save()

    def log(self, title: str, *, on: dt.date, text: str = "") -> None:
        """One line of the person's history about this message."""
        Activity.log(
            self.owner, self.kind, title, text, on=on, company=self.person.company, person=self.person
        )

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Person
from netjob.ownership import OwnedModel, text_limits
from outreach.models.message_template import MessageTemplate

if TYPE_CHECKING:
    from outreach.models.request import Request


class Message(OwnedModel):
    """Something that was (or is to be) said: to a person, or by them."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Note of a request")
        FIRST_MESSAGE = "first_message", _("First message")
        ASK_FOR_TIME = "ask_for_time", _("Asking for a time")
        FOLLOW_UP = "follow_up", _("Follow-up")
        INTRODUCTION_REQUEST = "introduction_request", _("Asking for an introduction")
        THANKS = "thanks", _("Thanks")
        REPORT_BACK = "report_back", _("Report back")
        REPLY = "reply", _("Reply")

    class Direction(models.TextChoices):
        OUT = "out", _("From me")
        IN = "in", _("To me")

    class ReplyKind(models.TextChoices):
        POSITIVE = "positive", _("Glad to talk")
        LATER = "later", _("Later")
        REFERRAL_ONLY = "referral_only", _("Names somebody else")
        OUT_OF_OFFICE = "out_of_office", _("Out of office")
        NEGATIVE = "negative", _("Rather not")

    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    request = models.ForeignKey(
        "outreach.Request", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    conversation = models.ForeignKey(
        "outreach.Conversation", models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    kind = models.CharField(_("kind"), max_length=25, choices=Kind)
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.OUT)
    channel = models.CharField(_("sent by"), max_length=10, default="message")
    template = models.ForeignKey(
        MessageTemplate, models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    reply_kind = models.CharField(_("what they said"), max_length=15, choices=ReplyKind, blank=True)
    sent_on = models.DateField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    """Empty on a draft."""

    class Meta(OwnedModel.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("message_text", subject=200, text=20_000),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_at__isnull=True)
                | Q(sent_on__isnull=False, sent_at__isnull=False),
                name="message_sent_moment",
            ),
            models.UniqueConstraint(
                "request", condition=Q(kind="note"), name="message_one_note_a_request"
            ),
        ]
        indexes = [
            models.Index("owner", "person", "sent_at", name="message_person"),
            models.Index("template", "kind", name="message_template_use"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @classmethod
    def settle(cls, rows: Any) -> None:
        Person.objects.filter(pk__in={row.person_id for row in rows}).advance()

    @property
    def is_from_me(self) -> bool:
        return self.direction == self.Direction.OUT

    @classmethod
    def receive(
        cls,
        person: Person,
        *,
        on: dt.date,
        text: str,
        reply_kind: str = "",
        channel: str = "message",
        request: "Request | None" = None,
    ) -> "Message":
        """Keep what they wrote; only the day is known, so it counts as noon of it."""
        noon = dt.datetime.combine(on, dt.time(12), tzinfo=person.owner.zone)
        return cls.objects.create(
            owner=person.owner,
            person=person,
            request=request,
            kind=cls.Kind.REPLY,
            direction=cls.Direction.IN,
            channel=channel,
            text=text,
            reply_kind=reply_kind,
            sent_on=on,
            sent_at=noon,
        )

    def mark_sent(self, *, at: dt.datetime) -> None:
        self.sent_at, self.sent_on = at, at.astimezone(self.owner.zone).date()
        self.save()

    def mark_unsent(self) -> None:
        self.sent_at = self.sent_on = None
        self.save()

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Introduction, Person
from netjob.ownership import OwnedModel, OwnedQuerySet, Refused, text_limits
from outreach import placeholders
from outreach.composing import EXAMPLE, Letter, for_an_introducer
from outreach.shipped import GUIDE_REQUEST


class MessageTemplateQuerySet(OwnedQuerySet):
    def in_use(self) -> Self:
        return self.filter(archived_on__isnull=True)

    def with_uses(self) -> Self:
        """How often each was sent, as `uses`."""
        return self.annotate(uses=Count("messages", filter=Q(messages__sent_on__isnull=False)))


class MessageTemplate(OwnedModel):
    """A text with placeholders (`outreach.placeholders`) that starts a request or a message."""

    class Kind(models.TextChoices):
        CONNECTION_REQUEST = "connection_request", gettext_lazy("Connection request")
        FIRST_MESSAGE = "first_message", gettext_lazy("First message")
        ASK_FOR_TIME = "ask_for_time", gettext_lazy("Asking for a time")
        FOLLOW_UP = "follow_up", gettext_lazy("Follow-up")
        INTRODUCTION_REQUEST = "introduction_request", gettext_lazy("Asking for an introduction")
        THANKS = "thanks", gettext_lazy("Thanks")
        REPORT_BACK = "report_back", gettext_lazy("Report back")
        REPLY = "reply", gettext_lazy("Reply")

    kind = models.CharField(gettext_lazy("kind"), max_length=25, choices=Kind)
    name = models.CharField(gettext_lazy("name"), max_length=100)
    subject = models.CharField(
        gettext_lazy("subject"), max_length=200, blank=True, help_text=gettext_lazy("Only e-mail has one.")
    )
    body = models.TextField(gettext_lazy("text"), max_length=8000)
    archived_on = models.DateField(null=True, editable=False)

    objects: ClassVar[Any] = MessageTemplateQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("template")
        verbose_name_plural = gettext_lazy("templates")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("messagetemplate_text", name=100, subject=200, body=8000),
            models.UniqueConstraint("owner", "kind", "name", name="messagetemplate_name"),
        ]
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("outreach:template_edit", args=[self.pk])

    @property
    def is_the_guides(self) -> bool:
        """Whether it says, word for word, what the guide says."""
        return self.body == GUIDE_REQUEST.body

    @property
    def is_request(self) -> bool:
        return self.kind == self.Kind.CONNECTION_REQUEST

    @property
    def names_somebody(self) -> bool:
        """Whether it is about one person: in a request to an introducer, whom I want to meet."""
        return "<name>" in placeholders.leftovers(self.body)

    @property
    def example(self) -> str:
        """The text as it may read, filled for nobody in particular."""
        return _filled(self.body, EXAMPLE)

    @property
    def usual_length(self) -> int:
        return placeholders.linkedin_length(self.example)

    def letter_to(
        self,
        person: Person,
        channel: str,
        values: dict[str, str],
        introduction: Introduction | None = None,
    ) -> Letter:
        """Its subject and text, filled with what is known of the person (`composing.values_for`).

        `introduction` is the one that a request to an introducer is about.
        """
        if self.kind == self.Kind.INTRODUCTION_REQUEST:
            values = for_an_introducer(values, introduction)
        return Letter(person, channel, _filled(self.body, values), _filled(self.subject, values)[:200])

    def archive(self, *, on: dt.date) -> None:
        """Take it out of the composer; what was sent with it keeps it."""
        if self.archived_on:
            raise Refused(_("It is archived already."))
        self.archived_on = on
        self.save()

    def bring_back(self) -> None:
        if not self.archived_on:
            raise Refused(_("It is in use already."))
        self.archived_on = None
        self.save()


def best_of(
    templates: Iterable[MessageTemplate],
    person: Person,
    channel: str,
    values: dict[str, str],
    introduction: Introduction | None = None,
    led_by: Collection[str] = (),
    name: str = "",
) -> MessageTemplate | None:
    """The first that could go to this person as it stands; where none could, the one that lacks least.

    Whoever is asked for one person gets a text that names somebody, even where more of it is to be filled; whoever
    is asked for anybody one that does not. Of those that are alike in that, one that speaks of what led to the
    person (`led_by`, placeholders) comes first, and among them the one of that name.
    """

    def lacks(template: MessageTemplate) -> tuple[bool, bool, int, bool, bool]:
        letter = template.letter_to(person, channel, values, introduction)
        is_other = False
        if template.kind == template.Kind.INTRODUCTION_REQUEST:
            if introduction is None:
                return bool(letter.over), False, 0, False, False  # whom it is about is still to be said
            is_other = template.names_somebody != bool(introduction.person_id)
        left = len(letter.unfilled) + len(letter.unknown)
        is_silent = not any(f"<{name}>" in template.body for name in led_by)
        return bool(letter.over), is_other, left, is_silent, template.name != name

    return min(templates, key=lacks, default=None)


def _filled(text: str, values: dict[str, str]) -> str:
    try:
        return placeholders.fill(text, values).text
    except placeholders.TextTooLongError:
        return text

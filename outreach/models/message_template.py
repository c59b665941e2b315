import datetime as dt
from typing import ClassVar, Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from netjob.ownership import OwnedModel, OwnedQuerySet, text_limits


class MessageTemplateQuerySet(OwnedQuerySet):
    def in_use(self) -> Self:
        return self.filter(archived_on__isnull=True)


class MessageTemplate(OwnedModel):
    """A text with placeholders (`outreach.placeholders`) that starts a request or a message."""

    class Kind(models.TextChoices):
        CONNECTION_REQUEST = "connection_request", _("Connection request")
        FIRST_MESSAGE = "first_message", _("First message")
        ASK_FOR_TIME = "ask_for_time", _("Asking for a time")
        FOLLOW_UP = "follow_up", _("Follow-up")
        INTRODUCTION_REQUEST = "introduction_request", _("Asking for an introduction")
        THANKS = "thanks", _("Thanks")
        REPORT_BACK = "report_back", _("Report back")
        REPLY = "reply", _("Reply")

    kind = models.CharField(_("kind"), max_length=25, choices=Kind)
    name = models.CharField(_("name"), max_length=100)
    subject = models.CharField(_("subject"), max_length=200, blank=True, help_text=_("Only e-mail has one."))
    body = models.TextField(_("text"), max_length=8000)
    archived_on = models.DateField(null=True, editable=False)

    objects: ClassVar[Any] = MessageTemplateQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = _("template")
        verbose_name_plural = _("templates")
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

    def archive(self, *, on: dt.date) -> None:
        """Take it out of the composer; what was sent with it keeps it."""
        self.archived_on = on
        self.save()

    def bring_back(self) -> None:
        self.archived_on = None
        self.save()

from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.models import Company, Opening, TargetRole
from contacts.models import Person
from netjob.folding import LONGEST_HAYSTACK, haystack
from netjob.ownership import HaystackField, OwnedModel, text_limits
from outreach.models.conversation import Aim, Conversation


class Insight(OwnedModel):
    """Something learned about a company, with who said it, when, and how sure it is."""

    class Certainty(models.TextChoices):
        SURE = "sure", _("They know it")
        HEARD = "heard", _("They heard it")
        GUESS = "guess", _("A guess")

    company = models.ForeignKey(Company, models.CASCADE, related_name="insights")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="insights", verbose_name=_("said by")
    )
    conversation = models.ForeignKey(
        Conversation, models.SET_NULL, null=True, blank=True, related_name="insights"
    )
    aim = models.CharField(_("about"), max_length=10, choices=Aim, default=Aim.ROLE)
    target_role = models.ForeignKey(
        TargetRole,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="insights",
        verbose_name=_("for the role"),
    )
    opening = models.ForeignKey(
        Opening, models.SET_NULL, null=True, blank=True, related_name="insights", verbose_name=_("opening")
    )
    text = models.TextField(_("what you learned"), max_length=4000)
    certainty = models.CharField(_("how sure"), max_length=10, choices=Certainty, default=Certainty.SURE)
    said_on = models.DateField(_("said on"))
    haystack = HaystackField()

    DERIVED = ("haystack",)
    DERIVED_FROM = ("text",)

    class Meta(OwnedModel.Meta):
        verbose_name = _("insight")
        verbose_name_plural = _("insights")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("insight_text", text=4000),
            text_limits("insight_haystack", haystack=LONGEST_HAYSTACK),
        ]
        ordering = ["-said_on", "-pk"]

    def __str__(self) -> str:
        return self.text

    def derive(self) -> None:
        self.haystack = haystack("", self.text)

    def get_absolute_url(self) -> str:
        return self.company.get_absolute_url()

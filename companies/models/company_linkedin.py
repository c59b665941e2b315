"""By what a company is recognised on LinkedIn."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies import linkedin_links
from netjob.ownership import OwnedModel, text_limits


class CompanyLinkedIn(OwnedModel):
    """One identity of a company on LinkedIn: its page's slug, a numeric id (there may be several), …"""

    class Kind(models.TextChoices):
        SLUG = "slug", gettext_lazy("page")
        NUMERIC = "numeric", gettext_lazy("number")
        SCHOOL = "school", gettext_lazy("school page")
        SHOWCASE = "showcase", gettext_lazy("showcase page")

    company = models.ForeignKey("companies.Company", models.CASCADE, related_name="linkedin")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=linkedin_links.LONGEST_SLUG)
    goes_unsaid = True

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("LinkedIn page")
        verbose_name_plural = gettext_lazy("LinkedIn pages")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("companylinkedin_text", value=linkedin_links.LONGEST_SLUG),
            models.UniqueConstraint("owner", "kind", "value", name="companylinkedin_value"),
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def url(self) -> str:
        return linkedin_links.CompanyLink(self.kind, self.value).url

    @property
    def learned(self) -> str:
        """What is said when it was read out of a link."""
        return _("Learned LinkedIn’s %(kind)s of %(name)s: %(value)s.") % {
            "kind": self.get_kind_display(), "name": self.company.name, "value": self.value,
        }  # fmt: skip

"""By which names a company is recognised."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.names import exact_key, loose_key
from netjob.ownership import OwnedModel, text_limits

NAME = 255
KEY = 4 * NAME


def check_name(name: str) -> None:
    """Refuse a name by which a company could not be recognised again."""
    if not exact_key(name):
        raise ValidationError(_("A name needs at least one letter or sign that can be seen."))


class CompanyName(OwnedModel):
    """A name by which a company is recognised: its own, and its aliases."""

    DERIVED = ("exact_key", "loose_key")
    goes_unsaid = True
    """Not worth a word on the page that asks before deleting."""

    company = models.ForeignKey("companies.Company", models.CASCADE, related_name="names")
    name = models.CharField(max_length=NAME)
    exact_key = models.CharField(max_length=KEY, editable=False)
    loose_key = models.CharField(max_length=KEY, editable=False)

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("name of a company")
        verbose_name_plural = gettext_lazy("names of companies")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("companyname_text", name=NAME, exact_key=KEY, loose_key=KEY),
            models.UniqueConstraint("owner", "exact_key", name="companyname_exact_key"),
        ]
        indexes = [models.Index("owner", "loose_key", name="companyname_loose_key")]

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        self.exact_key, self.loose_key = exact_key(self.name), loose_key(self.name)

    @classmethod
    def settle(cls, rows: Iterable["CompanyName"]) -> None:
        """A company is searched by all its names: those that names left, and those that they came to."""
        companies: Any = cls._meta.get_field("company").related_model
        companies.objects.filter(pk__in={row.company_id for row in rows}).derive_anew()

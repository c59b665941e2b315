from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME, Company
from companies.names import exact_key
from netjob.models import User


class FoundFromMixin:
    """`found_from` is typed as the name of a company that is there: a choice among thousands helps nobody."""

    owner: User

    def clean_found_from(self) -> Company | None:
        name = self.cleaned_data["found_from"]  # type: ignore[attr-defined]
        if not name:
            return None
        found = Company.objects.owned_by(self.owner).known_as([name])
        if not found:
            raise ValidationError(
                _("None of your companies has that name. Add it first, or leave this empty.")
            )
        return found[exact_key(name)]


def found_from_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Through which company"),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs={"list": "companies", "autocomplete": "off"}),
    )

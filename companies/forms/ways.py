from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from companies.models import NAME, Company
from netjob.models import User


class WantedForm(forms.Form):
    """What a way begins with, from the address. What cannot be read is as if it were not said."""

    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class CompetitorsForm(WantedForm):
    company = forms.CharField(
        label=gettext_lazy("A company of yours"),
        required=False,
        max_length=NAME,
        widget=forms.TextInput(attrs={"list": "companies", "autocomplete": "off"}),
    )
    industry = forms.CharField(
        label=gettext_lazy("or an industry"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def starting_company(self, owner: User) -> Company | None:
        """The company of that name among the owner's."""
        name = self.wanted()["company"]
        known = Company.objects.owned_by(owner).known_as([name]) if name else {}
        return next(iter(known.values()), None)


class NearForm(WantedForm):
    place = forms.CharField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

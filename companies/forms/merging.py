from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME, Company
from netjob.merge_forms import OneOfTwoForm
from netjob.models import User


class OtherCompanyForm(forms.Form):
    """Which company is the same one: by its id, from a link, or by its name, as it is typed."""

    other = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Its other name on your list"),
        max_length=NAME,
        widget=forms.TextInput(attrs={"list": "companies", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, owner: User, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = "other" not in self.data
        self.others = Company.objects.owned_by(owner).exclude(pk=company.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number, name = cleaned.get("other"), cleaned.get("name")
        if number:
            cleaned["company"] = self.others.filter(pk=number).first()
        elif name:
            cleaned["company"] = next(iter(self.others.known_as([name]).values()), None)
        if not self.errors and not cleaned.get("company"):
            field = "name" if name or not number else None
            self.add_error(field, ValidationError(_("None of your other companies has that name.")))
        return cleaned


class MergeForm(OneOfTwoForm):
    names = Company.MERGED

    def known(self, row: Company, name: str) -> str:
        """ "Another way" says nothing."""
        value = str(getattr(row, name))
        return "" if name == "found_how" and value == Company.FoundHow.OTHER else value

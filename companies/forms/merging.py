from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME, Company
from netjob.forms import shown
from netjob.models import User
from netjob.ownership import NOTES

MINE, THEIRS, BOTH = "mine", "theirs", "both"
SHOWN = 300
"""Characters of a note that a choice shows."""


class OtherCompanyForm(forms.Form):
    """Which company is the same one: by its id, from a link, or by its name, as it is typed."""

    other = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Its other name on your list"),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs={"list": "companies", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, owner: User, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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


class MergeForm(forms.Form):
    """Where the two differ, whose word stays. What only one of them knows is kept without a question."""

    use_required_attribute = False

    def __init__(self, *args: Any, company: Company, other: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.company, self.other = company, other
        for name in Company.MERGED:
            mine, theirs = self._known(company, name), self._known(other, name)
            if mine and theirs and mine != theirs:
                choices = [(MINE, shown(company, name)[:SHOWN]), (THEIRS, shown(other, name)[:SHOWN])]
                if name == "notes" and len(mine) + len(theirs) + 2 <= NOTES:
                    choices.insert(0, (BOTH, _("Both, one below the other")))
                self.fields[name] = forms.ChoiceField(
                    label=str(Company._meta.get_field(name).verbose_name).capitalize(),  # type: ignore[union-attr]
                    choices=choices,
                    initial=choices[0][0],
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
                )

    def chosen(self) -> dict[str, Any]:
        """The values that stay, by field."""
        values = {}
        for name in Company.MERGED:
            mine, theirs = self._known(self.company, name), self._known(self.other, name)
            word = self.cleaned_data.get(name, MINE if mine else THEIRS)
            if mine or theirs:
                values[name] = f"{mine}\n\n{theirs}" if word == BOTH else theirs if word == THEIRS else mine
        return values

    @staticmethod
    def _known(company: Company, name: str) -> str:
        """What the company says there; "another way" says nothing."""
        value = str(getattr(company, name))
        return "" if name == "found_how" and value == Company.FoundHow.OTHER else value

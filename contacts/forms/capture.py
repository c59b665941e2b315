from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from companies.models import NAME, Company
from contacts.forms.people import NOBODY_ELSE, PeopleForm
from netjob.forms import check_can_be_read
from netjob.models import User
from netjob.ownership import NOTES


class CaptureForm(PeopleForm):
    """People pasted outside of a company's page: each line may say where they work."""

    says_company = True
    company = forms.CharField(
        label=gettext_lazy("Company"),
        help_text=gettext_lazy(
            "Of those whose line says none. What is not on your list becomes a suggestion."
        ),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )
    notes = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Kept with whoever is new."),
        max_length=NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, **NOBODY_ELSE}),
    )
    field_order = ["text", "company", "notes", "kind", "found_how"]

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(check_can_be_read)
        self.fields["text"].help_text = gettext_lazy(
            "Profile links, “Name, role, company”, an e-mail signature or a vCard; as many as you like."
        )

    def known_company(self) -> Company | None:
        name = self.cleaned_data["company"]
        known = Company.objects.owned_by(self.owner).known_as([name]) if name else {}
        return next(iter(known.values()), None)

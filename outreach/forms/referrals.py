from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import Opening
from contacts.models import Person
from netjob.forms import OnForm
from outreach.models import Referral

ENTERED = [(value, label) for value, label in Referral.State.choices if value != Referral.State.DECLINED]


class ReferralForm(OnForm):
    """A referral where it stands now."""

    state = forms.ChoiceField(
        label=gettext_lazy("Where it stands"), choices=ENTERED, widget=forms.RadioSelect, initial="offered"
    )
    opening = forms.ModelChoiceField(
        label=gettext_lazy("For the opening"),
        queryset=Opening.objects.none(),
        required=False,
        empty_label=gettext_lazy("None in particular"),
    )
    notes = forms.CharField(
        label=gettext_lazy("How"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Such as “she sends my CV to the hiring manager”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["state", "on", "opening", "notes"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label, self.fields["on"].required = _("Since"), True
        self.fields["opening"].queryset = Opening.objects.owned_by(person.owner).filter(  # type: ignore[attr-defined]
            company=person.company_id
        )

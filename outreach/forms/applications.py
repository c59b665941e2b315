from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from netjob.forms import OwnedForm
from outreach.models import Application, Interview


class ApplicationForm(OwnedForm):
    """Through whom, and what was sent."""

    class Meta:
        model = Application
        fields = ["referral", "sent"]
        widgets = {"sent": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        referral = self.fields["referral"]
        referral.empty_label = _("No referral")  # type: ignore[attr-defined]
        there = Q(person__company=self.instance.opening.company_id) | Q(pk=self.instance.referral_id)
        referral.queryset = referral.queryset.filter(there).select_related("person")  # type: ignore[attr-defined]
        self.fields["sent"].help_text = _(
            "Which CV, which letter, through which form: you will want to know."
        )


class InterviewForm(OwnedForm):
    class Meta:
        model = Interview
        fields = ["day", "kind", "result", "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from outreach.agenda import KINDS, Agenda


class DeferralForm(forms.Form):
    """Which step is put off (it must be one that stands), and for how long; `skip` is for good."""

    step = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    subject = forms.UUIDField()
    occurrence = forms.CharField(required=False, max_length=40)
    days = forms.IntegerField(required=False, min_value=1, max_value=90)

    def __init__(self, *args: Any, agenda: Agenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agenda = agenda

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wanted = (cleaned.get("step"), cleaned.get("subject"), cleaned.get("occurrence"))
        if wanted not in {(step.kind, step.subject_uid, step.occurrence) for step in self.agenda.steps}:
            raise ValidationError("No such step.")
        return cleaned

    def until(self) -> dt.date | None:
        days = self.cleaned_data["days"]
        return self.agenda.today + dt.timedelta(days=days) if days else None

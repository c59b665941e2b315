import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from netjob.models import User
from outreach.agenda import KINDS, Agenda
from outreach.models import Deferral


class StepForm(forms.Form):
    """Which step: its kind, its subject, and which time."""

    step = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    subject = forms.UUIDField()
    occurrence = forms.CharField(required=False, max_length=40)

    def deferrals(self, owner: User) -> QuerySet[Deferral]:
        return Deferral.objects.owned_by(owner).filter(
            step=self.cleaned_data["step"],
            subject_uid=self.cleaned_data["subject"],
            occurrence=self.cleaned_data["occurrence"],
        )


class DeferralForm(StepForm):
    """How long a step that stands is put off; without days for good."""

    days = forms.IntegerField(required=False, min_value=1, max_value=90)

    def __init__(self, *args: Any, agenda: Agenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agenda = agenda

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wanted = (cleaned.get("step"), cleaned.get("subject"), cleaned.get("occurrence"))
        if wanted not in {(step.kind, step.subject_uid, step.occurrence) for step in self.agenda.steps}:
            raise ValidationError(_("No such step."))
        return cleaned

    def until(self) -> dt.date | None:
        days = self.cleaned_data["days"]
        return self.agenda.today + dt.timedelta(days=days) if days else None

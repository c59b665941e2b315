import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import Opening
from netjob.forms import OwnedForm
from netjob.links import WebLinkField


class OpeningForm(OwnedForm):
    link = WebLinkField(label=gettext_lazy("Link"), required=False)

    class Meta:
        model = Opening
        fields = ["title", "state", "state_on", "link", "place", "deadline", "notes"]
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("state_on", today)
        if self.instance.pk is None:
            self.initial["state_on"] = today

    def clean_state_on(self) -> dt.date:
        if self.cleaned_data["state_on"] > self.today:
            raise ValidationError(_("That day is still to come. Choose today or an earlier day."))
        return self.cleaned_data["state_on"]

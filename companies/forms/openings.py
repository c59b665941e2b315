import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from companies.models import Opening
from netjob.forms import OwnedForm, PastDateField
from netjob.links import WebLinkField


class OpeningForm(OwnedForm):
    link = WebLinkField(label=gettext_lazy("Link"), required=False)

    class Meta:
        model = Opening
        fields = ["title", "state", "state_on", "link", "place", "salary", "deadline", "notes"]
        field_classes = {"state_on": PastDateField}
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
            "salary": forms.TextInput(attrs={"autocomplete": "off"}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state_on"].until(today)  # type: ignore[attr-defined]
        self.initial.setdefault("state_on", today)
        if self.instance.pk is None:
            self.initial["state_on"] = today

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from contacts.forms.people import NOBODY_ELSE, PeopleForm
from contacts.models import Event
from netjob.forms import DateInput, OnForm, OwnedForm
from netjob.links import WebLinkField


class EventForm(OwnedForm):
    """An event or a community: where and when."""

    class Meta:
        model = Event
        fields = ["kind", "name", "day", "place", "link", "notes"]
        field_classes = {"link": WebLinkField}
        widgets = {
            "kind": forms.RadioSelect,
            "name": forms.TextInput(attrs=NOBODY_ELSE),
            "place": forms.TextInput(attrs=NOBODY_ELSE),
            "notes": forms.Textarea(attrs={"rows": 4}),
            "day": DateInput,
        }
        help_texts = {"day": gettext_lazy("A community online needs none.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Event.Kind.choices  # type: ignore[attr-defined]


class MetForm(PeopleForm, OnForm):
    """Whom I met there, as they are pasted, and when."""

    field_order = ["text", "kind", "on"]

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["found_how"]
        self.fields["on"].label = gettext_lazy("Met on")
        self.fields["on"].initial = event.likely_day(self.today)
        self.fields["text"].help_text = gettext_lazy(
            "Profile links, or “Name, role, company”; whoever is known is linked."
        )
        self.fields["text"].widget.attrs["placeholder"] = (
            "Priya Raman, Analytics Lead, Brambleworks\nlinkedin.com/in/jonas-okafor"
        )


class MeetingForm(OnForm):
    """We met after all, on that day."""

    notes = forms.CharField(
        label=gettext_lazy("What you talked about"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )

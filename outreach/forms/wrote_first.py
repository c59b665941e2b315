from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME
from contacts.forms.capture import CaptureForm
from contacts.forms.people import NOBODY_ELSE
from contacts.models import Person
from netjob.forms import OnForm
from outreach.composing import Channel
from outreach.forms.composer import TextField
from outreach.forms.messages import CHANNELS


class WroteFirstForm(CaptureForm, OnForm):
    """Somebody wrote to me before I wrote to them: who they are, what they said."""

    said = TextField(
        label=gettext_lazy("Their words"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, **NOBODY_ELSE}),
    )
    channel = forms.ChoiceField(label=gettext_lazy("How it came"), choices=CHANNELS, initial=Channel.MESSAGE)
    opening = forms.CharField(
        label=gettext_lazy("The job they wrote about"),
        help_text=gettext_lazy("Kept as an opening, with their word for it."),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )
    opening_at = forms.CharField(
        label=gettext_lazy("At which company"),
        help_text=gettext_lazy("Empty: at their own."),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )
    field_order = ["text", "company", "kind", "channel", "on", "said", "opening", "opening_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["found_how"]
        self.fields["kind"].initial = Person.Kind.RECRUITER
        self.fields["text"].label = _("Who they are")
        self.fields["text"].help_text = _(
            "“Name, role, company”, their profile or the signature of their e-mail."
        )
        self.fields["text"].widget.attrs |= {
            "rows": 2,
            "placeholder": "Dana Voss, Technical Recruiter, Talentworks",
        }
        self.fields["on"].label = _("They wrote on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(str(cleaned.get("text", "")).splitlines()) > 1:
            self.add_error("text", _("One person at a time: write them on one line."))
        return cleaned

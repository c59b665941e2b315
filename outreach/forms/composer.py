"""The form in which a request or a message is written: the same fields, the same rules."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Person
from netjob.forms import DateInput, OwnedForm, check_not_to_come
from outreach.composing import LONGEST_TEXT, Channel, Letter, moment_of, why_not_written_to
from outreach.models import MessageTemplate


class TextField(forms.CharField):
    """Longer text, with the line ends that everything else counts with."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class ComposerForm(OwnedForm):
    """A text to a person. Saved as a draft it may be unfinished; with `sending` it must be fit to go out."""

    channel = forms.ChoiceField(label=gettext_lazy("How you send it"), choices=Channel.choices)
    template = forms.CharField(required=False, widget=forms.HiddenInput)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200, required=False)
    text = TextField(label=gettext_lazy("Your text"), max_length=LONGEST_TEXT, required=False)
    on = forms.DateField(label=gettext_lazy("Sent on"), widget=DateInput, required=False)

    WRITTEN = ("channel", "subject", "text", "template", "on")

    def __init__(
        self,
        *args: Any,
        person: Person,
        today: dt.date,
        sending: bool = False,
        shown: QueryDict | None = None,
        **kwargs: Any,
    ) -> None:
        """`shown` is what was sent to be seen again, for another channel or to be counted: nothing more is done."""
        super().__init__(*args, **kwargs)
        # With its version, too: what somebody saved meanwhile must still be noticed when this is saved.
        names = (*self.WRITTEN, "version") if shown else ()
        self.initial.update({name: shown[name] for name in names if shown and name in shown})
        self.person, self.today, self.sending = person, today, sending
        self.fields["text"].label = _("Your text to %(name)s") % {"name": person.name}
        self.fields["text"].widget.attrs |= {
            "autocomplete": "off",
            "aria-describedby": "text-says",
            "data-count": "",
            "data-count-into": "#count",
            "data-limit": self.letter.limit.characters,
        }
        self.fields["subject"].widget.attrs["autocomplete"] = "off"
        self.fields["on"].initial = today
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        # The text may be over LinkedIn's limit while it is being written, and is counted as LinkedIn does.
        del self.fields["text"].widget.attrs["maxlength"]

    @property
    def letter(self) -> Letter:
        """The text as the page shows it, whether it is valid or not."""
        channel, text, subject = (str(self[name].value() or "") for name in ("channel", "text", "subject"))
        return Letter(self.person, channel, text.replace("\r\n", "\n")[: 2 * LONGEST_TEXT], subject)

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())

    def clean_on(self) -> dt.date:
        """A draft has no day yet."""
        on: dt.date = self.cleaned_data["on"] or self.today
        if not self.sending:
            return self.today
        check_not_to_come(on, self.today)
        return on

    def clean_template(self) -> MessageTemplate | None:
        """The template that the text began with; one that is gone by now is no reason to refuse."""
        pk = self.cleaned_data["template"]
        if not pk.isdecimal() or len(pk) > 18:
            return None
        return MessageTemplate.objects.owned_by(self.owner).filter(pk=pk).first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.sending and not self.errors:
            if refusal := why_not_written_to(self.person):
                self.add_error(None, refusal)
            letter = Letter(self.person, cleaned["channel"], cleaned["text"], cleaned["subject"])
            for fault in letter.faults():
                self.add_error("text", fault)
        return cleaned

    def sent_at(self, now: dt.datetime) -> dt.datetime:
        return moment_of(self.cleaned_data["on"], self.owner, now=now)

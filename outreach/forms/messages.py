from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.composing import Channel
from outreach.forms.composer import ComposerForm
from outreach.forms.requests import AnswerForm
from outreach.models import Message

CHANNELS = [choice for choice in Channel.choices if choice[0] != Channel.INVITATION]


class MessageForm(ComposerForm):
    """A message to somebody; what kind it is, and what it belongs to, is settled before."""

    class Meta:
        model = Message
        fields = ["channel", "template", "subject", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = CHANNELS  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.sending and not self.errors and not cleaned["text"]:
            raise ValidationError({"text": _("There is nothing to keep yet. Write a word, or cancel.")})
        return cleaned

    def save(self, commit: bool = True) -> Message:
        if self.instance.pk:
            self.stored.refuse_if_sent()
        return super().save(commit)


class ReplyForm(AnswerForm):
    """Something they wrote, outside of a request's own page."""

    channel = forms.ChoiceField(label=gettext_lazy("How it came"), choices=CHANNELS, initial=Channel.MESSAGE)
    field_order = ["channel", "reply_kind", "text", "on"]

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from netjob.forms import Difference, OnForm
from outreach.composing import Channel
from outreach.forms.composer import ComposerForm, TextField
from outreach.models import Message, Request


class RequestForm(ComposerForm):
    """A request and its note, as one."""

    class Meta:
        model = Request
        fields = ["channel"]

    def save(self, commit: bool = True) -> Request:
        """Keep the draft. Raises Refused while another request to the person is open."""
        cleaned, request = self.cleaned_data, self.instance
        if request.pk is None:
            led_by = {"introduction": request.introduction, "event": request.event}
            request = Request.draft(self.owner, self.person, channel=cleaned["channel"], **led_by)
        else:
            super().save(commit)
        request.write(cleaned["text"], template=cleaned["template"], subject=cleaned["subject"])
        return request

    def differences(self) -> list[Difference]:
        """What is written stands in the note, beside the request's own columns."""
        standing = Request.objects.get(pk=self.instance.pk)
        theirs = {
            "channel": str(standing.get_channel_display()),
            "subject": standing.letter.subject,
            "text": standing.letter.text,
        }
        mine = {name: str(self.cleaned_data[name]) for name in theirs}
        mine["channel"] = str(Channel(mine["channel"]).label)
        return [
            Difference(str(self.fields[name].label), mine[name], theirs[name])
            for name in theirs
            if mine[name] != theirs[name]
        ]


class AnswerForm(OnForm):
    """What they wrote back, and what it comes down to."""

    reply_kind = forms.ChoiceField(
        label=gettext_lazy("What they said"),
        choices=[("", gettext_lazy("Not said")), *Message.ReplyKind.choices],
        required=False,
        help_text=gettext_lazy("“Rather not” declines your request; “Out of office” leaves it waiting."),
    )
    text = TextField(
        label=gettext_lazy("Their words"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    field_order = ["reply_kind", "text", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = gettext_lazy("They wrote on")

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob.forms import OwnedForm
from outreach import placeholders
from outreach.forms.composer import TextField
from outreach.models import MessageTemplate


class TemplateForm(OwnedForm):
    body = TextField(
        label=gettext_lazy("Text"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 9}),
    )

    class Meta:
        model = MessageTemplate
        fields = ["kind", "name", "subject", "body"]

    def clean_subject(self) -> str:
        return _checked(" ".join(self.cleaned_data["subject"].split()))

    def clean_body(self) -> str:
        return _checked(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        namesakes = MessageTemplate.objects.owned_by(self.owner).exclude(pk=self.instance.pk)
        if namesakes.filter(kind=cleaned.get("kind"), name=cleaned.get("name")).exists():
            self.add_error("name", _("You have a template of this kind and name already."))
        return cleaned


def _checked(text: str) -> str:
    """The text as it is; an error that names what would be sent as it stands."""
    if unknown := placeholders.fill(text, {}).unknown:
        raise ValidationError(
            _("%(unknown)s is no placeholder, or half of one. Use those of the list.")
            % {"unknown": ", ".join(unknown)}
        )
    return text

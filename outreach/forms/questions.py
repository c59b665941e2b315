from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob.forms import OwnedForm, RowsField
from outreach.models import Conversation, ConversationQuestion, Question
from outreach.models.conversation import Aim


class QuestionForm(OwnedForm):
    """A question of the bank."""

    class Meta:
        model = Question
        fields = ["text", "aim"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        if Question.objects.owned_by(self.owner).filter(text=text).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("That question is in your bank already."))
        return text


class AskAlsoForm(forms.Form):
    """Questions for one conversation: some of the bank, or one on the fly."""

    question = RowsField(
        label=gettext_lazy("From your question bank"), queryset=Question.objects.none(), required=False
    )
    text = forms.CharField(
        label=gettext_lazy("A question of your own"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    aim = forms.ChoiceField(
        label=gettext_lazy("About"), choices=Aim.choices, initial=Aim.OTHER, required=False
    )

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = Question.objects.owned_by(conversation.owner)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("question") and not cleaned.get("text"):
            raise ValidationError(_("Choose a question, or write one."))
        return cleaned

    def wanted(self) -> list[Question]:
        """The chosen ones, and the one on the fly, which is in no bank."""
        text, aim = self.cleaned_data["text"], self.cleaned_data["aim"] or Aim.OTHER
        return [*self.cleaned_data["question"], *([Question(text=text, aim=aim)] if text else [])]


class AnswerForm(OwnedForm):
    class Meta:
        model = ConversationQuestion
        fields = ["answer"]

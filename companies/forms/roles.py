from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from companies.models import TargetRole
from netjob.forms import OwnedForm


class RoleForm(OwnedForm):
    variants = forms.CharField(
        label=gettext_lazy("Other titles for the same work"),
        help_text=gettext_lazy("One a line, such as “Analytics Engineer”. Each gets a search of its own."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        required=False,
    )

    class Meta:
        model = TargetRole
        fields = ["title", "place", "remote"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["variants"] = "\n".join(self.instance.titles()[1:])

    def clean_variants(self) -> list[str]:
        titles = [line.strip() for line in self.cleaned_data["variants"].splitlines() if line.strip()]
        if too_long := next((title for title in titles if len(title) > 100), None):
            raise ValidationError(_("“%(title)s…” is longer than 100 characters.") % {"title": too_long[:40]})
        if len(titles) > 20:
            raise ValidationError(
                ngettext(
                    "Twenty other titles at most; this is %(count)d.",
                    "Twenty other titles at most; these are %(count)d.",
                    len(titles),
                )
                % {"count": len(titles)}
            )
        return titles

    def save(self, commit: bool = True) -> TargetRole:
        role = super().save(commit)
        role.set_variants(self.cleaned_data["variants"])
        return role

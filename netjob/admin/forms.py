"""Forms of the admin: ours, with what a page of ours would say where the row was changed or a verb refuses."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from netjob import undo
from netjob.forms import OwnedForm, VersionField
from netjob.htmx import OwnedRequest


class SeenVersionField(VersionField):
    """The version that the page showed; a newer one is a conflict, not a change that somebody made."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class AdminForm(OwnedForm):
    """A row of one's own. `request` is the one that the form's class was made for."""

    request: ClassVar[OwnedRequest]
    takes_today = False
    """Whether the form it is mixed into asks which day it is."""
    version = SeenVersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.takes_today:
            kwargs["today"] = self.request.today
        super().__init__(*args, owner=self.request.user, **kwargs)

    def _post_clean(self) -> None:
        super()._post_clean()
        if "version" in self.errors:  # the field is hidden, and so its error would be
            self.add_error(None, self.errors["version"].as_data())
        if refusal := getattr(self.request, "refusal", ""):
            self.add_error(None, refusal)
        if self.instance.pk and not self.errors and self.cleaned_data["version"] != self.stored.version:
            self.add_error(None, self._conflict())
            self.take_newest_version()

    def _conflict(self) -> list[str]:
        sentences = [
            _(
                "This was changed in another window meanwhile. What you typed is kept: look at it once more, "
                "then save again."
            )
        ]
        for difference in self.differences():
            theirs = difference.theirs[:200] or _("empty")
            sentences.append(
                _("%(label)s is now: %(theirs)s") % {"label": difference.label, "theirs": theirs}
            )
        return sentences


class ListForm(AdminForm):
    """One row of a list that is edited in place: only what was changed is checked and written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True
        for name, field in self.fields.items():
            if name != "version":  # the heading of the column is no label
                field.widget.attrs["aria-label"] = _("%(field)s of %(row)s") % {
                    "field": field.label,
                    "row": self.instance,
                }

    def save(self, commit: bool = True) -> Any:
        before, row = undo.image(self.stored), self.instance
        row.version = self.cleaned_data["version"]
        row.save(update_fields=self.changed_data)
        undo.keep(
            before,
            row,
            act=self.request.act,  # type: ignore[attr-defined]
            sentence=_("Edited a list: %(kind)s") % {"kind": row._meta.verbose_name_plural},
        )
        return row


class ConfirmImport(forms.Form):
    """The second step of an import: the file that was looked at, and by whom."""

    import_file_name = forms.CharField(widget=forms.HiddenInput)
    original_file_name = forms.CharField(widget=forms.HiddenInput, max_length=300)
    format = forms.ChoiceField(widget=forms.HiddenInput, choices=[("0", "csv"), ("1", "xlsx")])

    def __init__(self, *args: Any, owner: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner

    def clean_import_file_name(self) -> str:
        from netjob.admin.uploads import opened

        name = opened(self.cleaned_data["import_file_name"], self.owner)
        if not name:
            raise ValidationError(_("That file is no longer here. Choose it once more."))
        return name

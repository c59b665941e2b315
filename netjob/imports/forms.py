"""Forms of the pages of imports: what is brought, and what is said about all its rows."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob.imports import readers
from netjob.imports.archives import MEGABYTE, MOST_UPLOADED
from netjob.imports.remarks import NotReadable
from netjob.imports.staging import words_of

LONGEST_PASTE = 2_000_000
PASTED = gettext_lazy("Pasted lines")


class UploadForm(forms.Form):
    """A file, or lines pasted instead of one."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        max_length=255,
        help_text=gettext_lazy(
            "CSV, Excel (.xlsx), vCards (.vcf), or the ZIP of a LinkedIn export. 20 MB at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.vcf,.zip"}),
        error_messages={
            "empty": gettext_lazy("That file is empty."),
            "missing": gettext_lazy("Choose a file, or paste lines."),
        },
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste from a spreadsheet"),
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What is in it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mappable = [(reader.kind, reader.label) for reader in readers.in_order() if reader.fields]
        self.fields["kind"].choices = [("", _("Whatever it looks like")), *mappable]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_UPLOADED:
            raise ValidationError(
                _("%(file)s is larger than %(most)d MB, the most that is read at once.")
                % {"file": file.name, "most": MOST_UPLOADED // MEGABYTE}
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text", "").strip() and not self.errors:
            raise ValidationError(_("Choose a file, or paste lines."))
        return cleaned

    def brought(self) -> dict[str, Any]:
        """What `staging.begin` takes: the name, the bytes, and how they came."""
        file, wanted = self.cleaned_data.get("file"), self.cleaned_data.get("kind", "")
        if file:
            return {"name": file.name, "content": file.read(), "wanted": wanted}
        return pasted(self.cleaned_data["text"], wanted)

    def refuse(self, refusal: NotReadable) -> None:
        self.add_error(None, [*refusal.sentences])


def pasted(text: str, kind: str) -> dict[str, Any]:
    """What `staging.begin` takes for lines that were pasted."""
    content = text.encode("utf-8", "replace")
    return {"name": str(PASTED), "content": content, "wanted": kind, "is_pasted": True}


def facts_forms(batch: Any, data: Any = None) -> dict[str, forms.Form]:
    """For each kind of row in a batch of which something is said at once, its form, by the kind."""
    found = {}
    for reader in readers.asking(batch.kinds):
        form = reader.form_about(words_of(batch, reader), data, owner=batch.owner)
        if form is not None:
            if data is None:
                form.initial = {**form.initial, **batch.facts.get(reader.kind, {})}
            found[reader.kind] = form
    return found


def said(form: forms.Form) -> dict[str, str]:
    """What was typed in a form, as it can be kept and cleaned again; without NUL, which PostgreSQL cannot keep.

    A tick is taken whatever stands for it.
    """
    return {name: str(form.data.get(name, "")).replace("\0", "") for name in form.fields}

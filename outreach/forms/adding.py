from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME
from contacts.models import Person
from netjob.forms import OnForm, replaced
from netjob.ownership import NOTES
from outreach.add_box import LONGEST, NEW, Box, Choice, Kind, Said
from outreach.forms.conversations import MODES

NOBODY_ELSE = {"autocomplete": "off"}


class AddBoxForm(OnForm):
    """Whatever is to be added: the box, what it is, and the few things that each kind needs besides."""

    text = forms.CharField(
        label=gettext_lazy("What would you like to add?"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={**NOBODY_ELSE, "autofocus": True, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "A company, a profile link, or “Name, role, company”; or whom a note is about."
        ),
        error_messages={"required": gettext_lazy("Write a name, or paste a link.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("It is a"), choices=Kind.choices, widget=forms.RadioSelect)
    who = forms.ChoiceField(label=gettext_lazy("About whom"), required=False, widget=forms.RadioSelect)
    same = forms.ChoiceField(label=gettext_lazy("Which one is it"), required=False, widget=forms.RadioSelect)
    company_too = forms.BooleanField(required=False)
    company = forms.CharField(
        label=gettext_lazy("Company"),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
        help_text=gettext_lazy("Unless you wrote it above."),
    )
    person_kind = forms.ChoiceField(
        label=gettext_lazy("They are"), choices=Person.Kind.choices, initial=Person.Kind.PEER, required=False
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        max_length=NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mode = forms.ChoiceField(label=gettext_lazy("How you talked"), choices=MODES, required=False)

    field_order = [
        "text",
        "kind",
        "who",
        "same",
        "company_too",
        "company",
        "person_kind",
        "notes",
        "on",
        "mode",
    ]

    def __init__(self, *args: Any, box: Box, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "add_%s")
        super().__init__(*args, today=box.today, **kwargs)
        self.box = box
        self.known: Said | None = None
        """What is there already, where that is why it was refused."""
        self.initial.setdefault("kind", box.kind)
        self._offer("who", box.who, box.only)
        choices = box.company_choices() or box.person_choices()
        self._offer("same", choices, box.likeliest_company if box.kind == Kind.COMPANY else "")
        self.fields["company_too"].initial = True
        self.initial.pop("company_too", None)
        if box.kind == Kind.PERSON and box.new_company:
            self.fields["company_too"].label = _("Put %(name)s on your list, too") % {"name": box.new_company}
        else:
            del self.fields["company_too"]
        if box.note and not self.initial.get("notes"):
            self.initial["notes"] = box.note

    @classmethod
    def to_look_at(cls, sent: QueryDict, *, box: Box) -> "AddBoxForm":
        """What was typed, read anew as another kind than the page showed: refused until it was seen."""
        form = cls(replaced(replaced(sent, "kind", box.kind), "company_too", "on"), box=box)
        kind = str(Kind(box.kind).label).lower()
        form.add_error("text", _("Read as: %(kind)s. Look at it once more, then press Add.") % {"kind": kind})
        return form

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "text" not in cleaned or "kind" not in cleaned:
            return cleaned
        if problem := self.box.problem:
            self.add_error("text", problem)
        elif known := self.box.known:
            self._refuse(known)
        elif self.box.kind in (Kind.NOTE, Kind.CONVERSATION):
            self._clean_about(cleaned)
        elif "same" in self.fields and not self.errors.get("same") and not cleaned.get("same"):
            self.add_error("same", _("Say which one it is, so that nothing is there twice."))
        cleaned["same"] = cleaned.get("same") or NEW
        cleaned["person_kind"] = cleaned.get("person_kind") or Person.Kind.PEER
        cleaned["mode"] = cleaned.get("mode") or MODES[0][0]
        return cleaned

    def _clean_about(self, cleaned: dict[str, Any]) -> None:
        cleaned["about"] = self.box.about(cleaned.get("who") or self.box.only)
        cleaned["notes"] = cleaned.get("notes") or self.box.note
        if self.errors.get("who"):
            return
        if cleaned["about"] is None:
            said = next(iter(self.box.said), Said(_("Choose whom it is about.")))
            self.add_error("who" if self.box.who else "text", said.text)
        elif self.box.kind == Kind.NOTE and not cleaned["notes"] and not self.errors.get("notes"):
            self.add_error("notes", _("Write the note."))
        elif self.box.kind == Kind.CONVERSATION and (
            known := self.box.talked_already(cleaned["about"], cleaned.get("on"))
        ):
            self._refuse(known)

    def _refuse(self, known: Said) -> None:
        self.known = known
        self.add_error("text", known.text)

    def _offer(self, name: str, choices: list[Choice], initial: str) -> None:
        if not choices:
            if name == "same":
                del self.fields[name]
                return
            self.fields[name].choices = []  # type: ignore[attr-defined]
            return
        self.fields[name].choices = [  # type: ignore[attr-defined]
            (choice.value, f"{choice.label} · {choice.about}" if choice.about else choice.label)
            for choice in choices
        ]
        self.fields[name].initial = initial
        if self.initial.get(name) not in {choice.value for choice in choices}:
            self.initial.pop(name, None)

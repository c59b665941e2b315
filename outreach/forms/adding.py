from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME
from contacts.models import Person
from netjob.forms import OnForm, replaced
from netjob.ownership import NOTES
from outreach.add_box.about import AboutEntry
from outreach.add_box.box import Box
from outreach.add_box.entries import LONGEST, NEW, Choice, Kind, Said
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
    again = forms.BooleanField(
        label=gettext_lazy("Add them anyway: they want it, or you know better"), required=False
    )
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
        "again",
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
        self._offer("who", box.who, box.about.only if box.about else "")
        self._offer("same", box.same, box.entry.likeliest)
        self._offer_the_company()
        if not box.is_erased:
            del self.fields["again"]
        for name, was_read in (("notes", box.note_read), ("company", box.company_read)):
            self.initial.setdefault(name, was_read)

    def _offer_the_company(self) -> None:
        if not self.box.new_company:
            del self.fields["company_too"]
            return
        label = _("Put %(name)s on your list, too") % {"name": self.box.new_company}
        self.fields["company_too"].label = label
        self.initial["company_too"] = self.box.company_too

    @property
    def shown(self) -> str:
        """The rows that the choices of `same` stand for, for the page to send along."""
        return " ".join(sorted(choice.value for choice in self.box.same if choice.value != NEW))

    def _has_seen_all(self, shown: str | None) -> bool:
        """Whether "another one" was said with all of these in sight."""
        return shown is None or {*self.shown.split()} <= {*shown.split()}

    @classmethod
    def to_look_at(cls, sent: QueryDict, *, box: Box) -> "AddBoxForm":
        """What was typed, read anew as another kind than the page showed: refused until it was seen."""
        seen = replaced(sent, "kind", box.kind)
        form = cls(seen if "asked_company_too" in sent else replaced(seen, "company_too", "on"), box=box)
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
        elif about := self.box.about:
            self._clean_about(about, cleaned)
        elif "same" in self.fields and not self.errors.get("same") and not self._says_which(cleaned):
            self.add_error("same", _("Say which one it is, so that nothing is there twice."))
        if "again" in self.fields and not cleaned.get("again"):
            self.add_error("again", _("You erased them for good. Tick this if you mean to keep them again."))
        cleaned["same"] = cleaned.get("same") or NEW
        cleaned["person_kind"] = cleaned.get("person_kind") or Person.Kind.PEER
        cleaned["mode"] = cleaned.get("mode") or MODES[0][0]
        return cleaned

    def _says_which(self, cleaned: dict[str, Any]) -> bool:
        same = cleaned.get("same")
        return bool(same) and (same != NEW or self._has_seen_all(self.data.get("shown")))

    def _clean_about(self, entry: AboutEntry, cleaned: dict[str, Any]) -> None:
        cleaned["about"] = entry.about(cleaned.get("who") or entry.only)
        if not cleaned.get("notes") or cleaned["notes"] == self.data.get("notes_read"):
            cleaned["notes"] = entry.note
        if self.errors.get("who"):
            return
        if cleaned["about"] is None:
            said = next(iter(entry.said), Said(_("Choose whom it is about.")))
            self.add_error("who" if entry.who else "text", said.text)
        elif self.box.kind == Kind.NOTE and not cleaned["notes"] and not self.errors.get("notes"):
            self.add_error("notes", _("Write the note."))
        elif known := entry.written_already(cleaned["about"], cleaned.get("on")):
            self._refuse(known)

    def _refuse(self, known: Said) -> None:
        self.known = known
        self.add_error("text", known.text)

    def _offer(self, name: str, choices: list[Choice], initial: str) -> None:
        if not choices and name == "same":
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.choices = [
            (choice.value, f"{choice.label} · {choice.about}" if choice.about else choice.label)
            for choice in choices
        ]
        field.initial = initial
        chosen = self.initial.get(name)
        if chosen not in {choice.value for choice in choices} or (
            chosen == NEW and not self._has_seen_all(self.initial.get("shown"))
        ):
            self.initial.pop(name, None)

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from companies.models import NAME, Company
from contacts import capturing
from contacts.adding import Paste, Pasted
from contacts.models import Person
from contacts.profiles import LONGEST_LINE, PersonLine, read_people_lines
from netjob import zones
from netjob.forms import DateInput, OnForm, OwnedForm, PastDateField, ZoneField, attempt
from netjob.models import User

MOST_LINES = 200
"""Lines of one paste: what a review can hold, and somebody can look through."""
NOBODY_ELSE = {"autocomplete": "off"}


class PeopleForm(forms.Form):
    """People as they are pasted: one a line, with what holds for all of them."""

    says_company = False
    """Whether a line may end in the company, or all are at one."""

    text = forms.CharField(
        label=gettext_lazy("People, one a line"),
        help_text=gettext_lazy("Profile links in any form, or “Name, role”, or both."),
        widget=forms.Textarea(
            attrs={
                "rows": 5,
                "placeholder": "linkedin.com/in/priya-raman\nJonas Okafor, Data Analyst",
                "spellcheck": "false",
                **NOBODY_ELSE,
            }
        ),
        max_length=100_000,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("They are"), choices=Person.Kind.choices, initial=Person.Kind.PEER
    )
    found_how = forms.ChoiceField(
        label=gettext_lazy("Found by"), choices=Person.FoundHow.choices, initial=Person.FoundHow.SEARCH
    )

    def clean_text(self) -> str:
        text = capturing.as_lines(self.cleaned_data["text"], with_company=self.says_company)
        lines: list[str] = text.splitlines()
        filled = sum(1 for line in lines if line.strip())
        if filled > MOST_LINES:
            raise ValidationError(
                ngettext(
                    "This is %(count)d line; paste at most %(most)d at once.",
                    "These are %(count)d lines; paste at most %(most)d at once.",
                    filled,
                )
                % {"count": filled, "most": MOST_LINES}
            )
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST_LINE:
                raise ValidationError(
                    ngettext(
                        "Line %(number)d has %(count)d character; at most %(most)d are read.",
                        "Line %(number)d has %(count)d characters; at most %(most)d are read.",
                        len(line),
                    )
                    % {"number": number, "count": len(line), "most": LONGEST_LINE}
                )
        return "\n".join(lines)


@dataclass
class Question:
    """A line that somebody has to look at, with the fields that settle it."""

    entry: Pasted
    kind: str
    asked: list[str]
    """What it asks, as the hidden fields that remember it: "7-likely"."""
    line: forms.BoundField | None = None
    name: forms.BoundField | None = None
    role: forms.BoundField | None = None
    decision: forms.BoundField | None = None
    company: forms.BoundField | None = None


class ReviewForm(forms.Form):
    """What a paste leaves open: names to complete, people to tell apart, lines to mend.

    It holds nothing: the text travels with it and is read and sorted anew each time, so that what the page
    asks fits what is stored by then. A field left empty leaves its line out.
    """

    def __init__(
        self,
        sent: QueryDict,
        *,
        company: Company | None,
        text: str,
        today: dt.date,
        owner: User | None = None,
        **whose: Any,
    ) -> None:
        """`owner` and what else `whose` holds as in `Paste`, for lines that belong to no company's page."""
        data, self.today = sent.copy(), today
        self.text = _mended(text, data)
        lines = read_people_lines(self.text)
        self.paste = Paste(company, lines, completed=_completed(lines, data), owner=owner, **whose)
        super().__init__(data)
        self.already = set(data.getlist("asked"))
        self.asked_first: set[str] = set()
        """Fields that no page has shown yet."""
        for entry in self.paste.unsettled:
            for question in entry.questions:
                for name, field in self._fields_of(entry, question).items():
                    self.fields[name] = field
                    if f"{entry.line}-{question}" not in self.already:
                        self.asked_first.add(name)
                        data.setdefault(name, field.initial or "")

    def groups(self) -> Iterator[tuple[str, list[Question]]]:
        """The questions that are alike together, under a heading."""
        headings = {
            "likely": _("Is it the same person?"),
            "elsewhere": _("Known at another company"),
            "name": _("Complete the names"),
            "erased": _("Erased for good"),
            "company": _("Companies that are not on your list"),
            "unreadable": _("Could not be read"),
        }
        for kind, heading in headings.items():
            if alike := [
                self._question(entry) for entry in self.paste.unsettled if entry.questions[-1] == kind
            ]:
                yield heading, alike

    def _question(self, entry: Pasted) -> Question:
        bound = {
            what: self[name]
            for what in ("line", "name", "role", "company")
            if (name := f"{what}_{entry.line}") in self.fields
        }
        for what in ("likely", "elsewhere", "erased"):
            if f"{what}_{entry.line}" in self.fields:
                bound["decision"] = self[f"{what}_{entry.line}"]
        asked = [f"{entry.line}-{question}" for question in entry.questions]
        return Question(entry, entry.questions[-1], asked, **bound)

    def is_settled(self) -> bool:
        """Whether every question was asked and answered; then the paste knows the answers."""
        if not self.is_valid() or self.asked_first:
            return False
        for entry in self.paste.unsettled:
            answers = (
                self.cleaned_data.get(f"{what}_{entry.line}") for what in ("likely", "elsewhere", "erased")
            )
            if self.cleaned_data.get(f"company_{entry.line}") == "role":
                entry.drop_company()
            self._decide(entry, next(filter(None, answers), ""))
        return True

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.asked_first:
            self.errors.pop(name, None)

    def clean(self) -> dict[str, Any]:
        for entry in self.paste.unsettled:
            if entry.problem and not entry.is_erased:
                self.add_error(f"line_{entry.line}", entry.problem)
        return super().clean() or {}

    def _decide(self, entry: Pasted, decision: str) -> None:
        if (not entry.known and not entry.name) or decision == "skip":
            entry.left_out = True
        elif entry.is_erased:
            entry.overrule_erasure()
        elif entry.is_elsewhere:
            entry.moves = decision == "move"
        elif decision.isdigit():
            entry.known = next(person for person in entry.likely if person.pk == int(decision))

    def _fields_of(self, entry: Pasted, question: str) -> dict[str, forms.Field]:
        n = entry.line
        match question:
            case "unreadable":
                mended = forms.CharField(
                    label=_("Line %(number)d") % {"number": n}, max_length=LONGEST_LINE, required=False,
                    initial=entry.raw, widget=forms.TextInput(attrs=NOBODY_ELSE),
                )  # fmt: skip
                return {f"line_{n}": mended}
            case "name":
                name = forms.CharField(
                    label=_("Name"), max_length=NAME, required=False, initial=entry.name,
                    widget=forms.TextInput(attrs=NOBODY_ELSE),
                )  # fmt: skip
                role = forms.CharField(
                    label=_("Role"), max_length=NAME, required=False, initial=entry.role,
                    widget=forms.TextInput(attrs=NOBODY_ELSE),
                )  # fmt: skip
                return {f"name_{n}": name, f"role_{n}": role}
            case "erased":
                return {f"erased_{n}": self._decision(_("What becomes of them"), self._erased(), "skip")}
            case "company":
                where = self._decision(_("What it is"), self._what_it_is(entry), "suggest")
                return {f"company_{n}": where}
            case "elsewhere":
                return {f"elsewhere_{n}": self._decision(_("Where they work"), self._places(entry))}
            case _:
                surely = entry.is_surely
                who = self._decision(_("Who this is"), self._people(entry), str(surely.pk) if surely else "")
                return {f"likely_{n}": who}

    def _decision(
        self, label: str, choices: Iterator[tuple[str, str]], initial: str = ""
    ) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=label, choices=list(choices), initial=initial, widget=forms.RadioSelect,
            error_messages={"required": _("Choose one.")},
        )  # fmt: skip

    def _places(self, entry: Pasted) -> Iterator[tuple[str, str]]:
        here, there = entry.company, entry.known.company if entry.known else ""
        yield "move", _("At %(company)s now: move them here") % {"company": here}
        yield "stay", _("Still at %(company)s: leave them there") % {"company": there}

    def _what_it_is(self, entry: Pasted) -> Iterator[tuple[str, str]]:
        yield "suggest", _("Suggest %(company)s as a company: they work there") % {"company": entry.suggests}
        yield "role", _("No company: “%(words)s” belongs to the role") % {"words": entry.suggests}

    def _erased(self) -> Iterator[tuple[str, str]]:
        yield "skip", _("Leave this line out")
        yield "add", _("Keep them again: they want it, or you know better")

    def _people(self, entry: Pasted) -> Iterator[tuple[str, str]]:
        for person in entry.likely:
            facts = ", ".join(filter(None, [person.role, person.standing(self.today)]))
            same = _("It is %(name)s (%(facts)s)") % {"name": person.name, "facts": facts}
            add = _("%(same)s: add the link to them") if entry.url else _("%(same)s: add the address to them")
            yield str(person.pk), add % {"same": same} if entry.keys else same
        if entry.twin:
            yield "skip", _("The same person as in line %(line)d") % {"line": entry.twin.line}
        yield "new", _("Somebody else: add them")
        if not entry.twin:
            yield "skip", _("Leave this line out")


def _mended(text: str, data: QueryDict) -> str:
    """The pasted text with the lines that were written anew on the review page."""
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        lines[number - 1] = " ".join(data.get(f"line_{number}", line).splitlines())
    return "\n".join(lines)


def _completed(lines: list[PersonLine], data: QueryDict) -> dict[int, tuple[str, str]]:
    """Name and role of the lines that were completed on the review page."""
    completed = {}
    for line in lines:
        name, role = (data.get(f"{what}_{line.line}") for what in ("name", "role"))
        if name is not None:
            completed[line.line] = (" ".join(str(name).split()), " ".join(str(role or "").split()))
    return completed


class PersonForm(OwnedForm):
    """Who somebody is, with their profile and e-mail."""

    profile = forms.CharField(
        label=gettext_lazy("LinkedIn profile"),
        help_text=gettext_lazy("Their address in any form; several with a space between."),
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", **NOBODY_ELSE}),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", **NOBODY_ELSE}),
    )
    time_zone = ZoneField(
        label=gettext_lazy("Time zone"),
        required=False,
    )
    degree = forms.TypedChoiceField(
        label=gettext_lazy("Degree"),
        choices=[("", gettext_lazy("I do not know")), *Person.DEGREES.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = Person
        fields = [
            "name", "role", "company", "kind", "profile", "email", "place", "time_zone", "prefers", "degree",
            "connected_on", "invited_me_on", "found_how", "in_common", "notes",
        ]  # fmt: skip
        field_classes = {"connected_on": PastDateField, "invited_me_on": PastDateField}
        widgets = {
            "name": forms.TextInput(attrs=NOBODY_ELSE),
            "role": forms.TextInput(attrs=NOBODY_ELSE),
            "place": forms.TextInput(attrs=NOBODY_ELSE),
            "notes": forms.Textarea(attrs={"rows": 5}),
            "connected_on": DateInput,
            "invited_me_on": DateInput,
        }
        help_texts = {
            "connected_on": gettext_lazy("Empty as long as you are not connected."),
            "in_common": gettext_lazy("Fills <in common> in your messages."),
        }

    def __init__(self, *args: Any, owner: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, owner=owner, **kwargs)
        self.today = today
        person: Person = self.instance
        companies: QuerySet[Company] = self.fields["company"].queryset  # type: ignore[attr-defined]
        self.fields["company"].queryset = companies.order_by("folded_name", "pk")  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = _zones_for(person)  # type: ignore[attr-defined]
        if person.time_zone_guessed:
            self.fields["time_zone"].help_text = _("Now %(zone)s, guessed from the place.") % {
                "zone": person.time_zone
            }
        for name in ("connected_on", "invited_me_on"):
            self.fields[name].until(today)  # type: ignore[attr-defined]
        if person.pk:
            self.initial["profile"] = " ".join(person.linkedin_urls)
            self.initial["email"] = " ".join(person.emails)
        self.initial["time_zone"] = "" if person.time_zone_guessed else person.time_zone
        self.initial["degree"] = 1 if person.is_connected else person.degree

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        attempt(self, lambda: self.instance.profile_keys(cleaned.get("profile", "")), field="profile")
        attempt(self, lambda: self.instance.email_keys(cleaned.get("email", "")), field="email")
        if (
            cleaned.get("degree") == 1
            and not cleaned.get("connected_on")
            and not (self.initial["degree"] == 1 and not self.initial.get("connected_on"))  # nobody knows
            and "connected_on" not in self.errors
        ):
            self.add_error("connected_on", _("1st degree is connected: since when? A rough day will do."))
        return cleaned

    def save(self, commit: bool = True) -> Person:
        self.instance.choose_time_zone(self.cleaned_data["time_zone"])
        person: Person = super().save(commit)
        person.set_profile(self.cleaned_data["profile"])
        pasted = [self.cleaned_data[name] for name in ("profile", "notes") if name in self.changed_data]
        person.asides = person.learn_in_passing(*pasted, held=[self.stored.notes])
        person.set_email(self.cleaned_data["email"])
        person.moved_from(self.stored.company, on=self.today, role=self.stored.role)
        return person


def _zones_for(person: Person) -> list[Any]:
    """The zones to choose from, and the person's own where it has an unusual name."""
    is_listed = person.time_zone in {"", *zones.listed()}
    unlisted = [] if is_listed else [(person.time_zone, person.time_zone)]
    return [("", _("Guess it from the place")), *unlisted, *zones.choices()]


class EmployerForm(OnForm):
    """Where people work now: typed as the name of a company that is there, or nowhere that is known."""

    company = forms.CharField(
        label=gettext_lazy("Company"),
        help_text=gettext_lazy("One of yours, by its name. Empty: none of them."),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )
    field_order = ["company", "on"]

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner

    def clean_company(self) -> Company | None:
        name = self.cleaned_data["company"]
        if not name:
            return None
        found = Company.objects.owned_by(self.owner).known_as([name])
        if not found:
            raise ValidationError(_("None of your companies has that name. Add it first."))
        return next(iter(found.values()))

"""Who can introduce me to whom: typed as names, chosen where several are called so."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME, Company
from contacts.models import Introduction, Person
from netjob.folding import folded
from netjob.forms import OnForm
from netjob.models import User

MOST = 5
NOBODY_ELSE = {"autocomplete": "off"}


def called(people: Any, name: str) -> list[Person]:
    """Those of `people` whose name is this one, whatever its case and accents."""
    key = folded(name)
    rows = people.filter(search_text__startswith=key).order_by("search_text", "pk")[:50] if key else ()
    return [person for person in rows if folded(person.name) == key]


class NamedForm(OnForm):
    """A form with the name of a person; `which` of several who are called so is asked where it must be."""

    person_field = "by"
    which = forms.ChoiceField(
        label=gettext_lazy("Which one"), choices=[], required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        typed = str(self.data.get(self.person_field, ""))[:NAME].replace("\0", "") if self.is_bound else ""
        people = Person.objects.owned_by(owner).select_related("company")
        self.called = called(people, typed)[:MOST]
        if len(self.called) > 1:
            self.fields["which"].choices = [(str(row.pk), _named(row)) for row in self.called]  # type: ignore[attr-defined]
            self.fields["which"].required = True
        else:
            del self.fields["which"]

    def person(self) -> Person | None:
        """Whoever is meant, as far as that is clear."""
        if len(self.called) < 2:
            return next(iter(self.called), None)
        return next((row for row in self.called if str(row.pk) == self.cleaned_data.get("which")), None)


def _named(person: Person) -> str:
    return " · ".join(filter(None, [person.name, person.role, str(person.company or "")]))


class WayInForm(NamedForm):
    """Who can introduce me to the person or the company of the page."""

    by = forms.CharField(
        label=gettext_lazy("Who can introduce you"),
        help_text=gettext_lazy("The name of somebody on your list."),
        max_length=NAME,
        widget=forms.TextInput(attrs={"list": "introducers", **NOBODY_ELSE}),
    )
    notes = forms.CharField(
        label=gettext_lazy("How they know each other"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )
    field_order = ["by", "which", "notes", "on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "by" in cleaned and not self.called:
            self.add_error("by", _("Nobody on your list has that name. Add them first."))
        return cleaned


class IntroducesForm(NamedForm):
    """To whom the person of the page can introduce me: somebody on my list, or anybody at a company."""

    person_field = "to"
    to = forms.CharField(
        label=gettext_lazy("To whom, or to which company"),
        help_text=gettext_lazy("The name of somebody on your list, or of a company."),
        max_length=NAME,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )
    notes = forms.CharField(
        label=gettext_lazy("How they know each other"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )
    field_order = ["to", "which", "notes", "on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "to" in cleaned and not self.called and not self.company():
            self.add_error("to", _("Neither a person nor a company of yours has that name. Add it first."))
        return cleaned

    def company(self) -> Company | None:
        named = Company.objects.owned_by(self.owner).known_as([self.cleaned_data["to"]])
        return next(iter(named.values()), None)

    def led_to(self) -> dict[str, Person | Company]:
        person, company = self.person(), self.company()
        return {"person": person} if person else {"company": company} if company else {}


class MadeForm(NamedForm):
    """We were introduced on that day; to whom, where only the company was known."""

    person_field = "to"
    to = forms.CharField(
        label=gettext_lazy("To whom"),
        help_text=gettext_lazy(
            "The name of somebody on your list; leave it empty where it was nobody in particular."
        ),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )
    field_order = ["to", "which", "on"]

    def __init__(self, *args: Any, introduction: Introduction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if introduction.person_id:
            del self.fields["to"]
            self.called = []
            self.fields.pop("which", None)

    def clean_to(self) -> str:
        to: str = self.cleaned_data["to"]
        if to and not self.called:
            raise ValidationError(_("Nobody on your list has that name. Add them first."))
        return to

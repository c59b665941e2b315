import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from companies.models import Company
from contacts.models import Person
from netjob.forms import OwnedForm
from outreach.models import Insight


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person: Person) -> str:
        return f"{person.name}, {person.role}" if person.role else person.name


class InsightForm(OwnedForm):
    """Something learned about one company; who said it is one of the people there, or whom I talked with."""

    person = PersonChoice(queryset=Person.objects.all(), required=False)

    class Meta:
        model = Insight
        fields = ["text", "aim", "person", "certainty", "said_on", "target_role", "opening"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, company: Company, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.company = company
        self.today = today
        said_by = self.initial.get("person") or self.instance.person_id
        person, opening = self.fields["person"], self.fields["opening"]
        person.label = _("Said by")
        person.empty_label = _("Somebody else, or read somewhere")  # type: ignore[attr-defined]
        self.fields["target_role"].empty_label = _("None in particular")  # type: ignore[attr-defined]
        opening.empty_label = _("None in particular")  # type: ignore[attr-defined]
        people = person.queryset  # type: ignore[attr-defined]
        there = Q(company=company, in_play=True) | Q(pk=getattr(said_by, "pk", said_by))
        talked = Q(stage__gte=Person.Stage.TALKED)
        person.queryset = people.filter(there | talked).order_by("name", "pk")  # type: ignore[attr-defined]
        opening.queryset = opening.queryset.filter(company=company)  # type: ignore[attr-defined]
        self.fields["said_on"].widget.attrs["max"] = today.isoformat()

    def save(self, commit: bool = True) -> Insight:
        insight: Insight = super().save(commit)
        held = [self.stored.text] if "version" in self.fields else []
        insight.asides = insight.company.learn_in_passing(insight.text, held=held)
        return insight

    def clean_said_on(self) -> dt.date:
        said_on: dt.date = self.cleaned_data["said_on"]
        if said_on > self.today:
            raise ValidationError(_("That day is still to come. Choose today or an earlier day."))
        return said_on

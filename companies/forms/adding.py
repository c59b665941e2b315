from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies import adding, columns, names, pasting
from companies.columns import KIND
from companies.forms.found_from import FoundFromMixin, found_from_field
from companies.models import Company
from netjob.imports.forms import pasted, said
from netjob.models import User

WHERE = {
    "": gettext_lazy("It is %(name)s, further up in your list (%(reason)s)"),
    Company.State.SUGGESTED: gettext_lazy("It is %(name)s, which was suggested (%(reason)s)"),
    Company.State.TARGET: gettext_lazy("It is %(name)s (%(reason)s)"),
    Company.State.PAUSED: gettext_lazy("It is %(name)s (%(reason)s)"),
    Company.State.DROPPED: gettext_lazy("It is %(name)s, which you dropped (%(reason)s)"),
}
REASONS = {
    names.SAME: gettext_lazy("the same name"),
    names.LEGAL_FORM: gettext_lazy("only the legal form differs"),
    names.SPELLING: gettext_lazy("only the spelling differs"),
    names.TYPO: gettext_lazy("perhaps a slip of the pen"),
    names.OTHER_SCRIPT: gettext_lazy("the same in another script"),
    names.INITIALS: gettext_lazy("these may be its initials"),
}


class FoundForm(FoundFromMixin, forms.Form):
    """How companies were found, said once for all of them."""

    found_how = forms.ChoiceField(
        label=gettext_lazy("How you found them"), choices=Company.FoundHow, initial=Company.FoundHow.OTHER
    )
    found_from = found_from_field()
    remote = forms.BooleanField(label=gettext_lazy("They offer remote work"), required=False)

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner


class AddForm(FoundForm):
    lines = forms.CharField(
        label=gettext_lazy("Companies, one a line"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "autocomplete": "off",
                "spellcheck": "false",
                "placeholder": "Figma\nLinear, linear.app\nlinkedin.com/company/stripe\n\n\n\n\n",
            }
        ),
        error_messages={"required": gettext_lazy("Write at least one name.")},
    )
    field_order = ["lines", "found_how", "found_from", "remote"]

    def clean_lines(self) -> list[pasting.Line]:
        """The lines as they are read, with those that were written anew on the page of questions."""
        mended = {name[len("line-") :]: text for name, text in self.data.items() if name.startswith("line-")}
        self.text = pasting.mend(self.cleaned_data["lines"], mended)
        lines = pasting.read_lines(self.text)
        if not lines:
            raise ValidationError(_("Write at least one name."))
        return lines

    def wants_a_page(self) -> bool:
        """Whether it is better looked through as an import: it has columns, or fills more than a screen."""
        return len(self.cleaned_data["lines"]) > pasting.A_SCREENFUL or columns.is_a_table(self.text)

    @property
    def said_of_all(self) -> dict[str, Any]:
        """What was said once for all lines."""
        return {name: self.cleaned_data[name] for name in FoundForm.base_fields}

    def brought(self) -> dict[str, Any]:
        """What `staging.begin` takes, for an import of these lines."""
        facts = said(FoundForm(self.data, owner=self.owner))
        return pasted(self.text, KIND) | {"facts": {KIND: facts}}


def why_off_the_list(company: adding.Standing) -> str:
    if company.state == Company.State.SUGGESTED or company.dropped_on is None:
        return _("It was suggested, because somebody you know works there.")
    on = date_format(company.dropped_on, "j F Y")
    if company.dropped_because:
        return _("You dropped it on %(day)s: %(why)s") % {"day": on, "why": company.dropped_because}
    return _("You dropped it on %(day)s.") % {"day": on}


class QuestionsForm(forms.Form):
    """What has to be decided before pasted companies are added: one field a question, named by its line."""

    use_required_attribute = False

    def __init__(self, sent: QueryDict, *, sorting: adding.Sorting) -> None:
        super().__init__(sent if "answered" in sent else None)
        self.sorting = sorting
        for similar in sorting.similar:
            self._ask(similar.line, self._what_it_may_be(similar), similar.likeliest)
        for known in sorting.off_the_list:
            was_suggested = known.company.state == Company.State.SUGGESTED
            self._ask(
                known.line,
                [(adding.LIST, _("Put it on the list")), (adding.LEAVE, _("Leave it as it is"))],
                adding.LIST if was_suggested else adding.LEAVE,
                why_off_the_list(known.company),
            )
        if self.is_bound:
            self.data = self.data.copy()  # type: ignore[attr-defined]
        for line in sorting.unreadable:
            self.fields[line.value] = forms.CharField(
                label=_("Line %(number)d") % {"number": line.number},
                initial=line.text,
                help_text="" if self.is_bound else line.problem,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            if self.is_bound:
                self.data.setdefault(line.value, line.text)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        for line in self.sorting.unreadable:
            self.add_error(line.value, line.problem)
        return self.cleaned_data

    def is_settled(self) -> bool:
        """Whether nothing was open, or all of it is answered."""
        return not self.sorting.has_questions or self.is_valid()

    @property
    def answers(self) -> dict[str, str]:
        return self.cleaned_data if self.sorting.has_questions else {}

    def similar(self) -> list[forms.BoundField]:
        return [self[similar.line.key] for similar in self.sorting.similar]

    def off_the_list(self) -> list[forms.BoundField]:
        return [self[known.line.key] for known in self.sorting.off_the_list]

    def unreadable(self) -> list[forms.BoundField]:
        return [self[line.value] for line in self.sorting.unreadable]

    def _ask(
        self, line: pasting.Line, answers: list[tuple[str, str]], initial: str, help_text: str = ""
    ) -> None:
        self.fields[line.key] = forms.ChoiceField(
            label=line.name,
            help_text=help_text,
            choices=answers,
            initial=initial,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
        )

    def _what_it_may_be(self, similar: adding.Similar) -> list[tuple[str, str]]:
        answers = [
            (
                candidate.value,
                WHERE[candidate.state] % {"name": candidate.name, "reason": REASONS[candidate.reason]},
            )
            for candidate in similar.candidates
        ]
        return [*answers, (adding.NEW, _("Another company")), (adding.LEAVE, _("Leave it out"))]

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from companies import words
from companies.forms.found_from import FoundFromMixin, found_from_field
from companies.linkedin_links import LONGEST_LINK, read_company_link
from companies.models import NAME, Company
from companies.names import exact_key
from netjob.forms import OnForm, OwnedForm, attempt
from netjob.links import WebLinkField

MOST_ALIASES = 50


class CompanyForm(FoundFromMixin, OwnedForm):
    website = WebLinkField(label=gettext_lazy("Website"), required=False)
    found_from = found_from_field()
    aliases = forms.CharField(
        label=gettext_lazy("Other names"),
        help_text=gettext_lazy("One a line. By these, too, it is recognised when you paste a list."),
        max_length=MOST_ALIASES * (NAME + 2),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    page = ""
    """The page on LinkedIn that was given as the website."""

    class Meta:
        model = Company
        fields = [
            "name", "website", "industry", "place", "remote", "motivation", "posting",
            "found_how", "found_from", "notes",
        ]  # fmt: skip
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "industry": forms.TextInput(attrs={"autocomplete": "off"}),
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
            "notes": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = "\n".join(self.instance.aliases())
        self.initial["found_from"] = self.instance.found_from.name if self.instance.found_from else ""

    def clean_website(self) -> str:
        website: str = self.cleaned_data["website"]
        if not read_company_link(website):
            return website
        attempt(self, lambda: self.instance.pages_named_in(website), field="website")
        self.page, before = website, self.initial.get("website", "")
        return "" if read_company_link(before) else before

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        self._refuse_taken([name])
        return name

    def clean_found_from(self) -> Company | None:
        company = super().clean_found_from()
        if company == self.instance:
            raise ValidationError(_("A company does not lead to itself."))
        return company

    def clean_aliases(self) -> list[str]:
        aliases = [name for line in self.cleaned_data["aliases"].splitlines() if (name := tidy(line))]
        if too_long := next((name for name in aliases if len(name) > NAME), None):
            raise ValidationError(_("“%(name)s…” is longer than 255 characters.") % {"name": too_long[:40]})
        if len(aliases) > MOST_ALIASES:
            raise ValidationError(
                ngettext(
                    "Fifty other names at most; this is %(count)d.",
                    "Fifty other names at most; these are %(count)d.",
                    len(aliases),
                )
                % {"count": len(aliases)}
            )
        self._refuse_taken(aliases)
        return [name for name in aliases if exact_key(name)]

    def save(self, commit: bool = True) -> Company:
        self.instance.rename(self.cleaned_data["name"])
        self.instance.set_aliases(self.cleaned_data["aliases"])
        company: Company = super().save(commit)
        company.asides = self.learn(company)
        return company

    def learn(self, company: Company) -> list[str]:
        """What its links say of its pages on LinkedIn; returns what is to be said of it."""
        said = [words.no_website(company.learn_linkedin(self.page))] if self.page else []
        pasted = [self.cleaned_data[name] for name in ("website", "notes") if name in self.changed_data]
        stored = [self.stored.website, self.stored.notes] if "version" in self.fields else []
        return said + company.learn_in_passing(*pasted, held=stored)

    def _refuse_taken(self, wanted: list[str]) -> None:
        others = Company.objects.owned_by(self.owner).exclude(pk=self.instance.pk).known_as(wanted)
        if taken := next((name for name in wanted if exact_key(name) in others), None):
            other = others[exact_key(taken)]
            raise ValidationError(
                _("By the name of “%(name)s” you have another company: %(other)s, %(state)s.")
                % {"name": taken, "other": other.name, "state": other.get_state_display().lower()}
            )


def tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


class RatingForm(forms.ModelForm):
    """Motivation, posting, or both: what was not sent stays as it is."""

    class Meta:
        model = Company
        fields = ["motivation", "posting"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: field for name, field in self.fields.items() if name in self.data}

    def clean(self) -> dict[str, Any]:
        if not self.fields:
            raise ValidationError(_("Choose how much you want it, or how good the posting is."))
        return super().clean() or self.cleaned_data


class LinkedInForm(forms.Form):
    link = forms.CharField(
        label=gettext_lazy("A LinkedIn link of this company"),
        max_length=LONGEST_LINK,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class DropForm(OnForm):
    because = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("For yourself, when you come across it again."),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["because", "on"]

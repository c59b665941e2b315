"""Forms clean, they do not act: the ground that every form of ours stands on, and the ground floor's own."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob import accounts, public_holidays, zones
from netjob.folding import exact_key
from netjob.models import Activity, User
from netjob.ownership import OwnedModel, Refused, StaleVersion
from netjob.whereabouts import Whereabouts

HEAPED = re.compile("[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]{9}")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


@dataclass(frozen=True)
class Difference:
    """One field of a form that was saved elsewhere meanwhile: both texts, side by side."""

    label: str
    mine: str
    theirs: str


class VersionField(forms.IntegerField):
    """The version that the page showed; without it a form would overwrite what it never saw."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": gettext_lazy("Reload the page and save again."),
        "invalid": gettext_lazy("Reload the page and save again."),
    }


def check_year(day: dt.date) -> None:
    """Refuse a slip of the pen in the year: what is reckoned from such a day has no end."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("Look at the year again."))


def check_can_be_read(text: str) -> None:
    """Refuse what shows as nothing at all, and marks heaped on one letter until they cover the lines around."""
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in exact_key(text)):
        raise ValidationError(_("There is nothing in it that can be seen."))
    if HEAPED.search(unicodedata.normalize("NFD", text)):
        raise ValidationError(_("There are more marks on one letter than can be read."))


class ZoneField(forms.ChoiceField):
    """A time zone of the list, or any other by its name in the database: old ones, `Etc/GMT+5`."""

    def to_python(self, value: Any) -> str:
        name: str = super().to_python(value)
        return zones.listed_name(name) if zones.exists(name) else name

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or zones.exists(value)


class PastDateField(forms.DateField):
    """A day that is not still to come. Its form says which day it is: `until(today)`."""

    today: dt.date
    default_validators = [check_year]

    def until(self, today: dt.date) -> None:
        self.today = today
        self.widget.attrs["max"] = today.isoformat()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value:
            check_not_to_come(value, self.today)


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows. A number larger than any row's is no choice; Django would ask the database and fail."""

    def _check_values(self, value: Any) -> Any:
        if too_large := next((pk for pk in value if len(str(pk)) > 18), None):
            message = self.error_messages["invalid_pk_value"]
            raise ValidationError(message, code="invalid_pk_value", params={"pk": too_large})
        return super()._check_values(value)  # type: ignore[misc]


def check_not_to_come(day: dt.date, today: dt.date) -> None:
    if day > today:
        raise ValidationError(_("That day is still to come. Choose today or an earlier day."))


class VersionedForm(forms.ModelForm):
    """A form that notices a lost update: `save()` raises StaleVersion where its row was saved since."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField) and not isinstance(field, PastDateField):
                field.validators.append(check_year)
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.HiddenInput):
                field.validators.append(check_can_be_read)

    def take_newest_version(self) -> None:
        """After a conflict: what was typed stays, and saving again overwrites what the page now shows."""
        newest = type(self.instance).objects.get(pk=self.instance.pk)
        self.data = replaced(self.data, self.add_prefix("version"), str(newest.version))

    def differences(self) -> list[Difference]:
        """The fields whose stored text is not what was typed."""
        stored = type(self.instance).objects.get(pk=self.instance.pk)
        return [
            Difference(str(self.fields[name].label or name), shown(self.instance, name), shown(stored, name))
            for name in self.fields
            if name != "version"
            and hasattr(stored, name)
            and shown(self.instance, name) != shown(stored, name)
        ]


class OwnedForm(VersionedForm):
    """A form on an owned row: choices are one's own, constraints are checked, a lost update is noticed.

    A new row belongs to `owner`. A standing row carries its version in a hidden field; if somebody saved it
    since, `save()` raises StaleVersion, and `differences()` holds both texts while what was typed stays.
    """

    stored: Any

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        if self.instance.pk is None:
            self.instance.owner = owner
            del self.fields["version"]
        else:
            self.initial["version"] = self.instance.version
        for field in self.fields.values():
            queryset = getattr(field, "queryset", None)
            if queryset is not None and issubclass(queryset.model, OwnedModel):
                field.queryset = queryset.filter(owner=owner)  # type: ignore[attr-defined]
            if isinstance(field, forms.DateField):
                field.widget = DateInput(attrs=field.widget.attrs)

    def _get_validation_exclusions(self) -> set[str]:
        # Without the owner, Django would not check constraints such as "unique per owner", and a
        # repeated name would be a server error.
        return super()._get_validation_exclusions() - {"owner", *self.instance.DERIVED}  # type: ignore[misc]

    def _post_clean(self) -> None:
        # The row as it stands, before what was typed is written on the instance.
        if self.instance.pk is not None:
            self.stored = type(self.instance).objects.get(pk=self.instance.pk)
        super()._post_clean()  # type: ignore[misc]

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is not None:
            self.instance.version = self.cleaned_data["version"]
        return super().save(commit)


def replaced(data: Any, name: str, value: str) -> Any:
    """What was sent, with another value in one field."""
    changed = data.copy()
    changed[name] = value
    return changed


def shown(row: Model, name: str) -> str:
    """A field's value in words."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if callable(display) else getattr(row, name)
    return "" if value is None else str(value)


def attempt(form: forms.BaseForm, act: Callable[[], Any], *, field: str | None = None) -> Any:
    """Do what a valid form asks for; a refusal becomes an error of the form (of `field`), and None returns.

    `form.refusal` is then what was raised, for a page that has no place for the form.
    """
    try:
        return act()
    except Refused as refusal:
        form.refusal = refusal  # type: ignore[attr-defined]
        form.add_error(field, str(refusal))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


class OnForm(forms.Form):
    """The day on which something happened: today unless said otherwise, never in the future."""

    on = PastDateField(label=gettext_lazy("On"), widget=DateInput, required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today
        self.fields["on"].until(today)  # type: ignore[attr-defined]

    def clean_on(self) -> dt.date:
        return self.cleaned_data["on"] or self.today


class KindField(forms.ChoiceField):
    """What a line of my own is: a note, unless something else is said."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or Activity.Mine.NOTED)


class NoteForm(OwnedForm):
    """A note of my own, or something that happened outside netjob, on the day it is about."""

    kind = KindField(label=gettext_lazy("What it is"), choices=Activity.Mine.choices)
    field_order = ["kind", "text", "happened_on"]

    class Meta:
        model = Activity
        fields = ["text", "happened_on"]
        field_classes = {"happened_on": PastDateField}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].label = _("What happened, or what to remember")
        self.fields["happened_on"].initial = today
        if self.instance.pk:
            self.initial["kind"] = self.instance.verb
        self.fields["happened_on"].until(today)  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Activity:
        self.instance.become(self.cleaned_data["kind"])
        line: Activity = super().save(commit)
        return line

    def keep(self, owner: User, **about: Any) -> Activity:
        """Write it into the history of a `company`, a `person`, or both."""
        facts = self.cleaned_data
        return Activity.note(owner, facts["text"], on=facts["happened_on"], kind=facts["kind"], **about)


class SignupForm(allauth_forms.SignupForm):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-time-zone": ""})
    )
    token = forms.CharField(
        label=gettext_lazy("One-time token"),
        help_text=gettext_lazy(
            "The first visit to a public address needs the token that netjob wrote to its log."
        ),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["name", "email", "password1", "token"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["email"].label = _("E-mail")
        if not accounts.needs_token():
            del self.fields["token"]

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        return zones.listed_name(zone) if zones.exists(zone) else ""

    def clean_token(self) -> str:
        token = self.cleaned_data["token"]
        if not accounts.is_right_token(token):
            raise ValidationError(
                _("That is not the token in the log. Copy it again, or open the link in the log.")
            )
        return token


WEEKDAYS = [
    ("1", gettext_lazy("Monday")),
    ("2", gettext_lazy("Tuesday")),
    ("3", gettext_lazy("Wednesday")),
    ("4", gettext_lazy("Thursday")),
    ("5", gettext_lazy("Friday")),
    ("6", gettext_lazy("Saturday")),
    ("7", gettext_lazy("Sunday")),
]


class WeekdaysField(forms.MultipleChoiceField):
    """Seven boxes, stored as the digits of the chosen days (ISO, Monday is 1)."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        super().__init__(choices=WEEKDAYS, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return list(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        return "".join(sorted(super().clean(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or "") != list(data or [])


class SettingsForm(VersionedForm):
    working_weekdays = WeekdaysField(label=gettext_lazy("Working days"))
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        required=False,
        help_text=gettext_lazy("Its public holidays are no working days."),
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        required=False,
        help_text=gettext_lazy("Some holidays are kept in parts of the country only."),
    )

    class Meta:
        model = User
        fields = [
            "name", "current_role", "linkedin_account", "notes_a_month", "invitations_a_week",
            "target_companies", "requests_a_week", "conversations_a_week",
            "time_zone", "country", "region", "working_weekdays", "morning_hour",
            "cadence_on", "cadence_first", "cadence_second", "away_from", "away_until", "appearance", "single_keys",
        ]  # fmt: skip
        widgets = {"away_from": DateInput, "away_until": DateInput}

    def __init__(self, *args: Any, here: str, country: str | None = None, **kwargs: Any) -> None:
        """`here` is the page's address; `country` another one than was saved, to see its regions."""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        if country is not None:
            self.initial["country"] = country
        country = self.data.get("country", "") if self.is_bound else self.initial["country"]
        nothing, regions = ("", _("None")), public_holidays.regions(country or "")
        self.has_regions = bool(regions)
        self._offer("time_zone", zones.choices())
        self._offer("country", [nothing, *public_holidays.countries()])
        self._offer("region", [nothing, *regions])
        self.fields["country"].widget.attrs |= {
            "hx-get": here, "hx-target": "#regions", "hx-swap": "outerHTML", "hx-sync": "this:replace",
        }  # fmt: skip
        moved = self.is_bound and country != self.instance.country
        if moved and self.data.get("region") not in dict(regions):
            # The region on the page is still one of the country before.
            self.data = replaced(self.data, "region", "")

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("cadence_first"), cleaned.get("cadence_second")
        if first and second and second <= first:
            self.add_error(
                "cadence_second", _("The follow-up comes after the next person: choose a larger number.")
            )
        start, end = cleaned.get("away_from"), cleaned.get("away_until")
        if bool(start) != bool(end):
            self.add_error(
                "away_until" if start else "away_from", _("Give both days of the time away, or neither.")
            )
        elif start and end and end < start:
            self.add_error("away_until", _("The time away ends before it begins."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Save what the form shows and nothing else: a password changed meanwhile stays."""
        seen = self.cleaned_data["version"]
        if not User.objects.filter(pk=self.instance.pk, version=seen).update(version=seen + 1):
            raise StaleVersion(self.instance)
        self.instance.version = seen + 1
        self.instance.save(update_fields=self._meta.fields)
        return self.instance


LINKEDIN_ACCOUNTS = [
    (User.LinkedInAccount.FREE, gettext_lazy("Free: a note with an invitation has 200 characters at most")),
    (User.LinkedInAccount.PREMIUM, gettext_lazy("Premium: 300 characters")),
]


class WelcomeForm(SettingsForm):
    """The few settings that a newcomer confirms: what was guessed stands there until something was saved."""

    class Meta(SettingsForm.Meta):
        fields = ["name", "linkedin_account", "time_zone", "country", "region", "working_weekdays"]

    def __init__(self, *args: Any, guess: Whereabouts, instance: User, **kwargs: Any) -> None:
        self.is_guessed = bool(guess.country) and not instance.country
        if self.is_guessed:
            kwargs["initial"] = {
                "country": guess.country,
                "time_zone": guess.time_zone,
                "working_weekdays": guess.working_weekdays,
            }
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["linkedin_account"].widget = forms.RadioSelect(choices=LINKEDIN_ACCOUNTS)

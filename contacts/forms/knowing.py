"""What I know of a person: the review of their profile, what ties us; and two entries of one person."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME
from contacts.forms.introductions import called
from contacts.models import Person, ProfileReview, Tie
from netjob.forms import OwnedForm
from netjob.merge_forms import MINE, THEIRS, OneOfTwoForm
from netjob.models import User

NOBODY_ELSE = {"autocomplete": "off"}


class ReviewOfProfileForm(OwnedForm):
    """A few ticks and words while the profile is open."""

    in_common = forms.CharField(
        label=gettext_lazy("What you have in common"),
        help_text=gettext_lazy("Fills <in common> in your messages."),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )

    class Meta:
        model = ProfileReview
        fields = [
            "is_active", "has_photo", "has_summary", "has_details", "closeness", "tone", "learn", "in_common",
        ]  # fmt: skip
        widgets = {"learn": forms.TextInput(attrs=NOBODY_ELSE)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "review_%s")
        super().__init__(*args, **kwargs)
        self.fields["tone"].choices = [("", _("I cannot tell")), *ProfileReview.Tone.choices]  # type: ignore[attr-defined]
        self.initial["in_common"] = self.instance.person.in_common

    @property
    def ticks(self) -> list[forms.BoundField]:
        return [self[name] for name in ProfileReview.POINTS]

    def save(self, commit: bool = True) -> ProfileReview:
        if self.instance.pk:
            self.instance.version = self.cleaned_data["version"]
        review: ProfileReview = self.instance
        review.keep(in_common=self.cleaned_data["in_common"])
        return review


class TieForm(OwnedForm):
    class Meta:
        model = Tie
        fields = ["kind", "text"]
        widgets = {"text": forms.TextInput(attrs=NOBODY_ELSE)}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "tie_%s")
        super().__init__(*args, **kwargs)
        self.instance.person = person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if Tie.objects.filter(person=self.instance.person, **cleaned).exists():
            self.add_error("text", _("You noted that already."))
        return cleaned

    def save(self, commit: bool = True) -> Tie:
        tie: Tie = super().save(commit)
        Tie.settle([tie])
        return tie


class OtherPersonForm(forms.Form):
    """Which entry is the same person: by its id, from a link, or by its name, as it is typed."""

    other = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    entry = forms.CharField(
        label=gettext_lazy("The name of the other entry"),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs=NOBODY_ELSE),
    )

    def __init__(self, *args: Any, owner: User, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.owned_by(owner).exclude(pk=person.pk)
        self.others = others.with_since().select_related("company").prefetch_related("keys")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if number := cleaned.get("other"):
            cleaned["person"] = self.others.filter(pk=number).first()
        elif cleaned.get("entry"):
            cleaned["person"] = next(iter(called(self.others, cleaned["entry"])), None)
        if not self.errors and not cleaned.get("person"):
            self.add_error("entry", _("Nobody else on your list has that name."))
        return cleaned


class MergePeopleForm(OneOfTwoForm):
    names = Person.MERGED

    def known(self, row: Person, name: str) -> Any:
        """Somebody else, and another way, say nothing."""
        value = getattr(row, name)
        says_nothing = (name, value) in (("kind", Person.Kind.OTHER), ("found_how", Person.FoundHow.OTHER))
        return "" if says_nothing else value

    def better(self, name: str, mine: Any, theirs: Any) -> str:
        """The word of the entry that knows more of LinkedIn: a connection before a profile, a profile before none.

        Of two that are alike in that, the one that was changed on a later day; on the same day the longer text, and
        of what is no text the later word.
        """
        ranks = [self._rank(row, value) for row, value in ((self.kept, mine), (self.gone, theirs))]
        return THEIRS if ranks[1] > ranks[0] else MINE

    @staticmethod
    def _rank(row: Any, value: Any) -> tuple[bool, bool, dt.date, int, dt.datetime]:
        changed = timezone.localtime(row.updated_at)
        length = len(value) if isinstance(value, str) else 0
        return row.is_connected, bool(row.linkedin_url), changed.date(), length, changed


class ErasureForm(forms.Form):
    is_meant = forms.BooleanField(
        label=gettext_lazy("Yes, erase them for good. I know that this cannot be undone."),
        error_messages={"required": gettext_lazy("Tick this first: there is no way back.")},
    )

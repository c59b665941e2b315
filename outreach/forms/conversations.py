import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Person
from netjob import zones
from netjob.forms import DateInput, OnForm, OwnedForm, TimeInput, ZoneField
from netjob.links import check_web_link
from netjob.models import User
from netjob.ownership import NOTES
from outreach.models import Conversation
from outreach.models.conversation import LONGEST

MODES = Conversation.Mode.choices
LIVE_MODES = [(value, label) for value, label in MODES if value != Conversation.Mode.WRITING]
FARTHEST = dt.timedelta(days=731)
PLACE_HELP = gettext_lazy("A link to the call, a phone number or an address.")


class PlaceField(forms.CharField):
    """Free text; what begins as a link has to be one that may be opened."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Place, number or link"))
        kwargs.setdefault("help_text", PLACE_HELP)
        super().__init__(
            max_length=500, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs
        )

    def clean(self, value: Any) -> str:
        place = super().clean(value).strip()
        if re.match(r"(https?|javascript|data|vbscript|file|blob):", place, re.IGNORECASE):
            check_web_link(place)
        return place


class AskedForTimeForm(OnForm):
    """I asked them for a time."""

    mode = forms.ChoiceField(label=gettext_lazy("How you would talk"), choices=MODES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label, self.fields["on"].required = _("Asked on"), True


class AlreadyTalkedForm(OnForm):
    """It took place before anybody wrote it down."""

    mode = forms.ChoiceField(label=gettext_lazy("How you talked"), choices=MODES)
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        max_length=NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What you remember; you can write up the answers afterwards."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label, self.fields["on"].required = _("Talked on"), True


class TimeForm(forms.Form):
    """A day and a time by one clock, the clock, and what that means.

    A time that comes twice or never (the clocks change) is answered with the real times to choose from,
    in `which`; `when` holds what was settled: wall day and time, zone, and the moment.
    """

    wall_day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput)
    wall_time = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput)
    zone = ZoneField(label=gettext_lazy("By whose clock"))
    which = forms.CharField(label=gettext_lazy("Which time"), required=False, widget=forms.HiddenInput)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=5, max_value=LONGEST, initial=20)
    mode = forms.ChoiceField(label=gettext_lazy("How you talk"), choices=LIVE_MODES)
    place = PlaceField()

    def __init__(self, *args: Any, owner: User, person: Person, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner, self.now = owner, now
        self.when: dict[str, Any] = {}
        self.their_zone = self._their_zone(person)
        self.fields["zone"].choices = [  # type: ignore[attr-defined]
            (_("The two of you"), self._our_zones(person)),
            *zones.choices(),
        ]
        self.fields["zone"].initial = owner.time_zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, time, zone = (cleaned.get(name) for name in ("wall_day", "wall_time", "zone"))
        if day and time is not None and zone:
            try:
                self._settle(
                    zones.moment(day, time.replace(second=0, microsecond=0), zone), cleaned.get("which", "")
                )
            except zones.OutOfReachError as error:
                self.add_error("wall_day", str(error))
        return cleaned

    def facts(self, on: dt.date) -> dict[str, Any]:
        """What `Conversation.schedule` takes."""
        rest = {name: self.cleaned_data[name] for name in ("minutes", "mode", "place")}
        return {"on": on, **self.when, **rest}

    def _settle(self, moment: zones.Moment, which: str) -> None:
        day, time, at = moment.day, moment.time, moment.at
        if at is None:
            chosen = {choice.at.isoformat(): choice for choice in moment.choices}.get(which)
            if chosen is None:
                self._ask_which(moment)
                return
            day, time, at = chosen.wall.date(), chosen.wall.time().replace(fold=0), chosen.at
        if at < self.now:
            self.add_error("wall_day", _("That time has passed. If you talked already, say so instead."))
        if at > self.now + FARTHEST:
            self.add_error("wall_day", _("That is more than two years away. Look at the year again."))
        self.when = {"wall_day": day, "wall_time": time, "zone": moment.zone, "starts_at": at}

    def _ask_which(self, moment: zones.Moment) -> None:
        """Turn the hidden field into the question which of the real times is meant."""
        sentence = (
            _("On %(day)s the clocks go back in %(place)s, and %(time)s comes twice. Which one is it?")
            if moment.state == "ambiguous"
            else _(
                "On %(day)s the clocks go forward in %(place)s, so there is no %(time)s. Choose a later one."
            )
        )
        choices = [(choice.at.isoformat(), self._in_words(choice, moment)) for choice in moment.choices]
        # The field itself stays: form["which"] was made from it before anything was checked.
        self.fields["which"].widget = forms.RadioSelect(choices=choices)
        self.fields["which"].required = True
        day, time = date_format(moment.day, "j F"), f"{moment.time:%H:%M}"
        self.add_error("which", sentence % {"day": day, "place": town(moment.zone), "time": time})

    def _in_words(self, choice: zones.Choice, moment: zones.Moment) -> str:
        mine = self.owner.time_zone
        other = mine if moment.zone != mine else self.their_zone or mine
        wall = f"{choice.wall:%H:%M} {choice.wall.tzname()}"
        if other == moment.zone:
            return wall
        return f"{wall} ({zones.in_zone(choice.at, other):%H:%M} {town(other)})"

    def _their_zone(self, person: Person) -> str:
        if person.time_zone and zones.exists(person.time_zone):
            return person.time_zone
        guess = zones.guess_zone(person.place)
        return guess.zone if guess else ""

    def _our_zones(self, person: Person) -> list[tuple[str, str]]:
        mine, theirs = self.owner.time_zone, self.their_zone
        standing = self.initial.get("zone")
        agreed = (
            [(standing, town(standing))]
            if standing and standing not in {mine, theirs, *zones.listed()}
            else []
        )
        if theirs == mine:
            return [(mine, _("Yours and theirs: %(town)s") % {"town": town(mine)}), *agreed]
        ours = [(mine, _("Yours: %(town)s") % {"town": town(mine)}), *agreed]
        if theirs:
            known = person.time_zone == theirs and not person.time_zone_guessed
            label = _("Theirs: %(town)s") if known else _("Theirs, as it seems: %(town)s")
            ours.append((theirs, label % {"town": town(theirs)}))
        return ours


class ConversationForm(OwnedForm):
    """How and where; a time is changed by scheduling anew."""

    place = PlaceField()

    class Meta:
        model = Conversation
        fields = ["mode", "minutes", "place"]

    def clean_mode(self) -> str:
        mode: str = self.cleaned_data["mode"]
        if mode == Conversation.Mode.WRITING and not self.instance.can_be_in_writing:
            raise ValidationError(
                _("A time is agreed on. Take the scheduling back first, then talk in writing.")
            )
        return mode


class ConversationNotesForm(OwnedForm):
    class Meta:
        model = Conversation
        fields = ["notes"]
        widgets = {
            "notes": forms.Textarea(
                attrs={"rows": 4, "placeholder": gettext_lazy("Anything that fits no question")}
            )
        }

    def finish(self) -> Conversation:
        """Save; a link in it is read only now: while it is typed, it has another number at every digit."""
        talk: Conversation = self.save()
        company = talk.person.company
        # It was kept while it was typed, so that notes hold every link by now: also one that is not learned yet.
        held = [self.stored.notes] if company and company.gave_up_a_number() else []
        talk.asides = talk.person.learn_in_passing(talk.notes, held=held)
        return talk


def town(zone: str) -> str:
    """The last part of a zone's name, as people say it."""
    return zone.rpartition("/")[2].replace("_", " ")

"""Other ways to people: events where the field meets, and communities online."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME
from contacts.models.person import Person
from netjob.folding import LONGEST_HAYSTACK, folded, haystack
from netjob.links import LONGEST, check_web_link, is_web_link
from netjob.models import Activity
from netjob.ownership import NOTES, HaystackField, OwnedModel, OwnedQuerySet, Refused, text_limits

LAST_DAY = dt.date(9999, 12, 31)


class EventQuerySet(OwnedQuerySet):
    def matching(self, text: str) -> Self:
        rows = self
        for word in folded(text).split()[:12]:
            rows = rows.filter(search_text__contains=word)
        return rows

    def with_counts(self) -> Self:
        """Who was met there and who may be, as `met_count` and `expected_count`."""
        return self.annotate(
            met_count=Count("attendances", filter=Q(attendances__met_on__isnull=False)),
            expected_count=Count("attendances", filter=Q(attendances__met_on__isnull=True)),
        )


class Event(OwnedModel):
    """A professional event, or a community online: where people of the field are met."""

    class Kind(models.TextChoices):
        EVENT = "event", gettext_lazy("Event")
        COMMUNITY = "community", gettext_lazy("Online community")

    name = models.CharField(gettext_lazy("name"), max_length=NAME)
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Kind, default=Kind.EVENT)
    day = models.DateField(gettext_lazy("day"), null=True, blank=True)
    place = models.CharField(gettext_lazy("place"), max_length=100, blank=True)
    link = models.CharField(gettext_lazy("link"), max_length=LONGEST, blank=True, validators=[check_web_link])
    notes = models.TextField(gettext_lazy("notes"), max_length=NOTES, blank=True)
    search_text = models.TextField(max_length=4 * NAME, editable=False)
    sorts_on = models.DateField(editable=False)
    """Its day; what has none, which a community seldom has, comes before all others."""

    haystack = HaystackField()

    DERIVED = ("search_text", "sorts_on", "haystack")
    DERIVED_FROM = ("name", "place", "day", "notes")

    objects: ClassVar[Any] = EventQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("event")
        verbose_name_plural = gettext_lazy("events")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("event_text", name=NAME, place=100, link=LONGEST, notes=NOTES, search_text=4 * NAME),
            text_limits("event_haystack", haystack=LONGEST_HAYSTACK),
        ]
        indexes = [
            models.Index("owner", F("sorts_on").desc(), F("id").desc(), name="event_by_day"),
            models.Index("owner", "search_text", "id", name="event_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("contacts:event_detail", args=[self.pk])

    def derive(self) -> None:
        self.search_text = folded(f"{self.name} {self.place}")[: 4 * NAME]
        self.sorts_on = self.day or LAST_DAY
        self.haystack = haystack(self.name, self.place, self.notes)

    @property
    def web_link(self) -> str:
        """The link if it can be opened safely, whichever way it came here."""
        return self.link if is_web_link(self.link) else ""

    def is_to_come(self, today: dt.date) -> bool:
        return self.day is not None and self.day >= today

    def likely_day(self, today: dt.date) -> dt.date:
        """The day on which people were met there: its own, and today where it has none or is still to come."""
        return self.day if self.day and self.day <= today else today

    @property
    def found_how(self) -> str:
        is_event = self.kind == self.Kind.EVENT
        return Person.FoundHow.EVENT if is_event else Person.FoundHow.COMMUNITY

    def likely_there(self) -> Any:
        """Whom to look out for: people at my targets, in the same place first, not spoken with yet."""
        near = folded(self.place)
        people = Person.objects.filter(owner=self.owner_id, in_play=True).may_be_contacted()
        people = people.filter(stage__lt=Person.Stage.TALKED, company__state="target")
        if near:
            people = people.filter(Q(company__folded_place=near) | Q(place__iexact=self.place.strip()))
        noted = Attendance.objects.filter(event=self, person=OuterRef("pk"))
        return people.exclude(Exists(noted)).order_by("-company__lamp", "-review_score", "pk")

    def expect(self, people: Iterable[Person]) -> int:
        """These may be there. Returns how many were not noted yet."""
        return len(self._noted(people))

    def meet(self, people: Iterable[Person], *, on: dt.date) -> int:
        """These were met there, on that day. Returns how many."""
        rows = self._noted(people, everyone=True)
        for row in rows:
            row.meet(on=on)
        return len(rows)

    def _noted(self, people: Iterable[Person], *, everyone: bool = False) -> list["Attendance"]:
        wanted = {person.pk: person for person in people}
        standing = list(self.attendances.filter(person__in=wanted))
        for row in standing:
            wanted_person = wanted.pop(row.person_id)
            row.person, row.event = wanted_person, self
        new = [Attendance(owner_id=self.owner_id, event=self, person=person) for person in wanted.values()]
        Attendance.objects.bulk_create(new)
        unmet = [row for row in standing if not row.met_on] if everyone else []
        return [*new, *unmet]


class Attendance(OwnedModel):
    """A person at an event: who may be there, and on which day we met."""

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="attendances", verbose_name=gettext_lazy("event")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="attendances", verbose_name=gettext_lazy("person")
    )
    met_on = models.DateField(gettext_lazy("met on"), null=True, blank=True)
    notes = models.CharField(gettext_lazy("what you talked about"), max_length=500, blank=True)
    goes_unsaid = True

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("person at an event")
        verbose_name_plural = gettext_lazy("people at events")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("attendance_text", notes=500),
            models.UniqueConstraint("event", "person", name="attendance_once"),
        ]
        indexes = [models.Index("owner", "met_on", name="attendance_met")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return _("%(name)s at %(event)s") % {"name": self.person.name, "event": self.event.name}

    def get_absolute_url(self) -> str:
        return self.event.get_absolute_url()

    def meet(self, *, on: dt.date, notes: str = "") -> None:
        """We met there. Raises Refused where that stands already."""
        if self.met_on:
            raise Refused(_("You noted that you met %(name)s there.") % {"name": self.person.name})
        self.met_on, self.notes = on, notes or self.notes
        self.save()
        self._line(_("Met at %(event)s"), on, self.notes).save()

    def unmeet(self, *, on: dt.date) -> None:
        self.met_on = None
        self.save()
        self._line(_("Not met at %(event)s after all"), on).save()

    def _line(self, title: str, on: dt.date, text: str = "") -> Activity:
        verb = "met_there" if self.met_on else "not_met_there"
        return self.person.line(verb, title % {"event": self.event.name}, text, on=on)

    @classmethod
    def absorb(cls, act: Any, rows: Sequence["Attendance"], link: str, kept: Any) -> None:
        if link != "person":
            super().absorb(act, rows, link, kept)
            return
        standing = {row.event_id: row for row in cls.objects.filter(person=kept)}
        super().absorb(act, [row for row in rows if row.event_id not in standing], link, kept)
        twice = [(standing[row.event_id], row) for row in rows if row.event_id in standing]
        act.watch([here for here, _row in twice])
        for here, row in twice:
            here.met_on = here.met_on or row.met_on
            here.notes = here.notes or row.notes
        act.save([here for here, _row in twice])

"""What I know of a person besides their name: what ties us, where they worked, what their profile says."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME, Company
from companies.names import exact_key
from contacts.models.person import Person
from netjob.imports.models import ImportBatch
from netjob.ownership import OwnedModel, text_limits


class Tie(OwnedModel):
    """What a person and I share: a former employer, a school, a club."""

    class Kind(models.TextChoices):
        COLLEAGUE = "colleague", gettext_lazy("Former colleague")
        ALUMNI = "alumni", gettext_lazy("Same school")
        COMMUNITY = "community", gettext_lazy("Same community")
        FRIEND = "friend", gettext_lazy("Friend or family")
        OTHER = "other", gettext_lazy("Something else")

    person = models.ForeignKey(Person, models.CASCADE, related_name="ties")
    kind = models.CharField(
        gettext_lazy("what ties you"), max_length=10, choices=Kind, default=Kind.COLLEAGUE
    )
    text = models.CharField(gettext_lazy("where, or what"), max_length=NAME, blank=True)
    goes_unsaid = True

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("tie")
        verbose_name_plural = gettext_lazy("ties")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("tie_text", text=NAME),
            models.UniqueConstraint(
                "person",
                "kind",
                "text",
                name="tie_once",
                violation_error_message=gettext_lazy("You noted that already."),
            ),
        ]
        indexes = [models.Index("owner", "kind", "person", name="tie_kind")]
        ordering = ["pk"]

    def __str__(self) -> str:
        kind = str(self.get_kind_display())
        return f"{kind}: {self.text}" if self.text else kind

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()

    TOLD_BY: ClassVar[Mapping[str, tuple[str, str]]] = {
        Kind.COLLEAGUE: ("linkedin_positions", "employer"),
        Kind.ALUMNI: ("linkedin_education", "school"),
    }
    """Which file about me tells where I was, and as what its rows call that."""

    @classmethod
    def own_places(cls, about: Mapping[str, Iterable[Mapping[str, str]]]) -> dict[str, dict[str, str]]:
        """Where I was, by kind of tie: the names by their exact keys. `about`: what the files about me say."""
        return {
            kind: {exact_key(row[said]): row[said] for row in about[reader]}
            for kind, (reader, said) in cls.TOLD_BY.items()
            if about.get(reader)
        }

    @classmethod
    def that_show(
        cls, owner_id: int, kind: str, names: Mapping[str, str], *, people: Collection[int] | None = None
    ) -> list["Tie"]:
        """The ties, not saved yet, to everybody (or to these) who is, or was, where I was, and is not tied yet."""
        rows: Any = Person.objects.filter(owner=owner_id)
        rows = rows if people is None else rows.filter(pk__in=people)
        found: dict[tuple[int, str], None] = {}
        for path in ("company__names__exact_key", "positions__company__names__exact_key"):
            some = rows.filter(**{f"{path}__in": names}).order_by("pk")
            found |= {(pk, names[key]): None for pk, key in some.values_list("pk", path)}
        if not found:
            return []
        standing = set(cls.objects.filter(owner=owner_id, kind=kind).values_list("person", "text"))
        return [
            cls(owner_id=owner_id, person_id=person, kind=kind, text=place)
            for person, place in found
            if (person, place) not in standing
        ]

    @classmethod
    def note(cls, owner_id: int, people: Iterable[Person]) -> None:
        """Tie new people to me, as far as an import told where I was."""
        pks = [person.pk for person in people if person.company_id]
        places = cls.own_places(ImportBatch.objects.filter(owner=owner_id).about_owner()) if pks else {}
        ties = [
            tie for kind, names in places.items() for tie in cls.that_show(owner_id, kind, names, people=pks)
        ]
        if ties:
            cls.objects.bulk_create(ties)
            cls.settle(ties)

    @classmethod
    def settle(cls, rows: Iterable["Tie"]) -> None:
        Person.objects.filter(pk__in={row.person_id for row in rows}).advance()

    @classmethod
    def absorb(cls, act: Any, rows: Sequence["Tie"], link: str, kept: Any) -> None:
        had = set(cls.objects.filter(person=kept).values_list("kind", "text"))
        super().absorb(act, [row for row in rows if (row.kind, row.text) not in had], link, kept)


class Position(OwnedModel):
    """Where somebody worked, as far as I saw it: the trace of a job change."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="positions")
    company = models.ForeignKey(
        Company,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=gettext_lazy("company"),
    )
    employer = models.CharField(gettext_lazy("employer"), max_length=NAME)
    """Its name as it was then; it stays where the company is deleted."""
    title = models.CharField(gettext_lazy("title"), max_length=NAME, blank=True)
    first_seen_on = models.DateField(gettext_lazy("first seen on"), null=True, blank=True)
    last_seen_on = models.DateField(gettext_lazy("last seen on"), null=True, blank=True)
    goes_unsaid = True

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("position")
        verbose_name_plural = gettext_lazy("positions")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("position_text", employer=NAME, title=NAME),
            models.CheckConstraint(
                condition=models.Q(first_seen_on__isnull=True)
                | models.Q(last_seen_on__isnull=True)
                | models.Q(first_seen_on__lte=models.F("last_seen_on")),
                name="position_order",
                violation_error_message=gettext_lazy(
                    "They were seen there last before they were seen first."
                ),
            ),
        ]
        indexes = [models.Index("owner", "person", "last_seen_on", name="position_person")]
        ordering = ["-last_seen_on", "-pk"]

    def __str__(self) -> str:
        if not self.title:
            return self.employer
        return _("%(title)s at %(employer)s") % {"title": self.title, "employer": self.employer}

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()

    @classmethod
    def left(cls, person: Person, company: Company, *, title: str, on: dt.date) -> "Position":
        """The trace of a job that they no longer have; not saved yet."""
        return cls(
            owner_id=person.owner_id, person=person, company=company, employer=company.name, title=title,
            last_seen_on=on,
        )  # fmt: skip


class ProfileReview(OwnedModel):
    """What a look at somebody's profile told: it ranks whom to write to first, and says why."""

    class Closeness(models.IntegerChoices):
        FAR = 0, gettext_lazy("Far from the role you want")
        NEAR = 1, gettext_lazy("Works with the role you want")
        CLOSE = 2, gettext_lazy("Close to it")
        SAME = 3, gettext_lazy("Has it")

    class Tone(models.TextChoices):
        WARM = "warm", gettext_lazy("Warm")
        PLAIN = "plain", gettext_lazy("Matter-of-fact")
        FORMAL = "formal", gettext_lazy("Formal")

    POINTS = {"is_active": 3, "has_photo": 1, "has_summary": 1, "has_details": 1}
    """A profile that is kept up is likelier to answer (the guide); one that was active lately most of all."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="review")
    has_photo = models.BooleanField(gettext_lazy("a photo"), default=False)
    has_summary = models.BooleanField(gettext_lazy("a summary"), default=False)
    has_details = models.BooleanField(gettext_lazy("details of what they did"), default=False)
    is_active = models.BooleanField(gettext_lazy("active lately"), default=False)
    closeness = models.PositiveSmallIntegerField(
        gettext_lazy("how close to the role you want"), choices=Closeness, default=Closeness.FAR
    )
    tone = models.CharField(gettext_lazy("tone"), max_length=10, choices=Tone, blank=True)
    learn = models.CharField(gettext_lazy("what you could learn"), max_length=500, blank=True)
    score = models.PositiveSmallIntegerField(default=0, editable=False)
    goes_unsaid = True

    DERIVED = ("score",)
    DERIVED_FROM = ("has_photo", "has_summary", "has_details", "is_active", "closeness", "tone", "learn")

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("profile review")
        verbose_name_plural = gettext_lazy("profile reviews")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("profilereview_text", learn=500),
            models.CheckConstraint(condition=models.Q(closeness__lte=3), name="profilereview_closeness"),
        ]

    def __str__(self) -> str:
        return _("Review of %(name)s") % {"name": self.person.name}

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()

    def derive(self) -> None:
        ticked = sum(points for name, points in self.POINTS.items() if getattr(self, name))
        warm = self.tone == self.Tone.WARM
        self.score = ticked + 2 * (self.closeness or 0) + 2 * bool(self.learn) + warm

    @classmethod
    def settle(cls, rows: Iterable["ProfileReview"]) -> None:
        Person.objects.filter(pk__in={row.person_id for row in rows}).advance()

    def keep(self, *, in_common: str) -> None:
        """Save it, and what we have in common, which is a fact of the person."""
        if self.person.in_common != in_common:
            self.person.in_common = in_common
            self.person.save()
        self.save()
        self.settle([self])

    @classmethod
    def absorb(cls, act: Any, rows: Sequence["ProfileReview"], link: str, kept: Any) -> None:
        standing = cls.objects.filter(person=kept).first()
        if standing is None:
            super().absorb(act, rows, link, kept)
            return
        act.watch([standing])
        for row in rows:
            for name in cls.DERIVED_FROM:
                setattr(standing, name, getattr(standing, name) or getattr(row, name))
        act.save([standing])

    def reasons(self) -> list[str]:
        """Why they come first, in a few words each."""
        said = []
        if self.is_active:
            said.append(_("active lately"))
        if self.closeness == self.Closeness.SAME:
            said.append(_("has the role you want"))
        elif self.closeness == self.Closeness.CLOSE:
            said.append(_("close to the role you want"))
        if self.learn:
            said.append(_("somebody to learn from"))
        if self.has_photo and self.has_summary and self.has_details:
            said.append(_("a full profile"))
        if self.tone == self.Tone.WARM:
            said.append(_("a warm tone"))
        return said

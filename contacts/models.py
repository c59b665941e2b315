"""Whom I could talk to."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from companies.models import NAME, Company
from companies.names import folded
from contacts import profiles
from netjob.models import Activity, User
from netjob.ownership import NOTES, OwnedModel, OwnedQuerySet, Refused, text_limits


class PersonQuerySet(OwnedQuerySet):
    def matching(self, text: str) -> Self:
        rows = self
        for word in folded(text).split():
            rows = rows.filter(Q(search_text__contains=word) | Q(company__search_text__contains=word))
        return rows

    def may_be_contacted(self) -> Self:
        return self.filter(do_not_contact_on__isnull=True)

    def known_by(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], "Person"]:
        """The people who carry these keys (kind, value)."""
        wanted = set(keys)
        rows = PersonKey.objects.filter(
            person__in=self, value__in={value for _kind, value in wanted}
        ).select_related("person__company")
        return {(row.kind, row.value): row.person for row in rows if (row.kind, row.value) in wanted}

    def advance(self) -> int:
        """Write stage, in play and last contact from what was asked, answered and talked: their only writer.

        Then the figures of their companies follow. Returns the number of people changed.
        """
        wrong = ~Q(stage=F("true_stage")) | ~Q(in_play=F("true_in_play"))
        wrong |= Q(true_last_contact_on__isnull=False) & (
            Q(last_contact_on__isnull=True) | ~Q(last_contact_on=F("true_last_contact_on"))
        )
        wrong |= Q(true_last_contact_on__isnull=True, last_contact_on__isnull=False)
        rows = list(
            self.with_progress().filter(wrong).values("pk", "true_stage", "true_in_play", "true_last_contact_on")
        )
        for row in rows:
            Person.objects.filter(pk=row["pk"]).update(
                stage=row["true_stage"],
                in_play=row["true_in_play"],
                last_contact_on=row["true_last_contact_on"],
            )
        companies = self.order_by().exclude(company=None).values("company")
        Company.objects.filter(pk__in=companies).recount()
        return len(rows)

    def with_progress(self) -> Self:
        """Each stored figure as it should be, as `true_<figure>`.

        `requests`, `messages`, `conversations`, `referrals` are the names by which outreach hangs its rows
        on a person.
        """

        def theirs(name: str) -> Any:
            model = Person._meta.get_field(name).related_model
            return model.objects.filter(person=OuterRef("pk")).order_by()

        requests, talks = theirs("requests"), theirs("conversations")
        asked = requests.exclude(state="draft")
        latest = [
            models.Subquery(theirs("messages").exclude(sent_on=None).order_by("-sent_on").values("sent_on")[:1]),
            models.Subquery(talks.exclude(held_on=None).order_by("-held_on").values("held_on")[:1]),
            models.Subquery(asked.order_by("-sent_on").values("sent_on")[:1]),
        ]
        return self.annotate(
            true_stage=Case(
                When(Exists(theirs("referrals").filter(state="given")), then=Value(Person.Stage.REFERRED)),
                When(Exists(talks.filter(state="held")), then=Value(Person.Stage.TALKED)),
                When(
                    Exists(talks.filter(state__in=["asked", "proposed", "scheduled"])),
                    then=Value(Person.Stage.SCHEDULING),
                ),
                When(connected_on__isnull=False, then=Value(Person.Stage.CONNECTED)),
                When(Exists(requests.filter(state="answered")), then=Value(Person.Stage.CONNECTED)),
                When(Exists(asked), then=Value(Person.Stage.ASKED)),
                default=Value(Person.Stage.FOUND),
                output_field=models.PositiveSmallIntegerField(),
            ),
            true_in_play=Case(
                When(Q(picked_up=True) | Exists(requests) | Exists(talks), then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            ),
            true_last_contact_on=latest_of(*latest),
        )


def latest_of(*days: Any) -> Any:
    """The latest of several dates that may be missing (SQLite's MAX of a NULL is NULL)."""
    long_ago = Value(dt.date(1, 1, 1), output_field=models.DateField())
    found = Greatest(*(models.functions.Coalesce(day, long_ago) for day in days), output_field=models.DateField())
    return models.functions.NullIf(found, long_ago, output_field=models.DateField())


class Person(OwnedModel):
    """Somebody at a company: who they are, how I found them, how far we got."""

    class Kind(models.TextChoices):
        PEER = "peer", _("Peer in the role")
        MANAGER = "manager", _("Manager")
        RECRUITER = "recruiter", _("Recruiter")
        ALUM = "alum", _("From my school")
        OTHER = "other", _("Somebody else")

    class Stage(models.IntegerChoices):
        FOUND = 0, _("Found")
        ASKED = 1, _("Asked")
        CONNECTED = 2, _("Connected")
        SCHEDULING = 3, _("Finding a time")
        TALKED = 4, _("Talked")
        REFERRED = 5, _("Referral")

    class FoundHow(models.TextChoices):
        SEARCH = "search", _("People search")
        INTRODUCTION = "introduction", _("Introduction")
        EVENT = "event", _("Event")
        COMMUNITY = "community", _("Community")
        KNOWN = "known", _("I knew them")
        OTHER = "other", _("Another way")

    class Prefers(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIDEO = "video", _("Video")
        PHONE = "phone", _("Phone")
        WRITING = "writing", _("In writing")

    DERIVED = ("search_text",)

    name = models.CharField(_("name"), max_length=NAME)
    search_text = models.TextField(max_length=6 * NAME, editable=False)
    company = models.ForeignKey(
        Company, models.CASCADE, null=True, blank=True, related_name="people", verbose_name=_("company")
    )
    role = models.CharField(_("role"), max_length=NAME, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PEER)
    place = models.CharField(_("place"), max_length=100, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    time_zone_guessed = models.BooleanField(default=False, editable=False)
    prefers = models.CharField(_("prefers to talk"), max_length=10, choices=Prefers, blank=True)
    found_how = models.CharField(_("how found"), max_length=20, choices=FoundHow, default=FoundHow.SEARCH)
    in_common = models.CharField(_("what we have in common"), max_length=NAME, blank=True)
    degree = models.PositiveSmallIntegerField(
        _("degree"), null=True, blank=True, choices=[(1, _("1st")), (2, _("2nd")), (3, _("3rd or more"))]
    )
    connected_on = models.DateField(_("connected on"), null=True, blank=True)
    invited_me_on = models.DateField(_("invited me on"), null=True, blank=True)
    do_not_contact_on = models.DateField(_("do not contact since"), null=True, blank=True, editable=False)
    notes = models.TextField(_("notes"), max_length=NOTES, blank=True)

    picked_up = models.BooleanField(default=True, editable=False)
    """Found or picked by me, as against the thousands that an import brings."""
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.FOUND, editable=False)
    in_play = models.BooleanField(default=True, editable=False)
    last_contact_on = models.DateField(null=True, editable=False)

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits(
                "person_text", name=NAME, search_text=6 * NAME, role=NAME, place=100, time_zone=64,
                in_common=NAME, notes=NOTES,
            ),
        ]  # fmt: skip
        indexes = [
            models.Index("owner", "search_text", "id", name="person_search_text"),
            models.Index("owner", "stage", "company", name="person_to_ask", condition=Q(in_play=True)),
            models.Index("owner", F("updated_at").desc(), F("id").desc(), name="person_recent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("contacts:person_detail", args=[self.pk])

    def derive(self) -> None:
        self.search_text = folded(f"{self.name} {self.role}")[: 6 * NAME]

    @classmethod
    def settle(cls, rows: Iterable["Person"]) -> None:
        rows = list(rows)
        Company.objects.filter(pk__in={row.company_id for row in rows if row.company_id}).recount()
        cls.objects.filter(pk__in=[row.pk for row in rows]).advance()

    @classmethod
    def add(
        cls, owner: User, name: str, *, on: dt.date, profile: str = "", email: str = "", **facts: Any
    ) -> "Person":
        """Add somebody found. Raises Refused where their profile or e-mail belongs to somebody known."""
        person = cls(owner=owner, name=name, **facts)
        person.save()
        person.set_profile(profile)
        person.set_email(email)
        cls.settle([person])
        Activity.log(
            owner, "found", _("Found"), str(person.get_found_how_display()), on=on, company=person.company, person=person
        )
        return person

    @property
    def linkedin_url(self) -> str:
        """The profile's canonical address, or nothing. Reads `keys`, which a page prefetches."""
        for key in self.keys.all():
            if key.kind in (PersonKey.Kind.LINKEDIN, PersonKey.Kind.OPAQUE):
                return profiles.ProfileLink(key.kind, key.value).url
        return ""

    @property
    def email(self) -> str:
        return next((key.value for key in self.keys.all() if key.kind == PersonKey.Kind.EMAIL), "")

    def set_profile(self, text: str) -> None:
        """Make the profile that `text` links to theirs; nothing takes it away. Raises Refused."""
        link = profiles.read_profile_link(text) if text else None
        if text and link is None:
            raise Refused(_("That is no link to a person’s profile on LinkedIn, such as linkedin.com/in/ada-lovelace."))
        self._set_key([PersonKey.Kind.LINKEDIN, PersonKey.Kind.OPAQUE], link.kind if link else "", link.key if link else "")

    def set_email(self, text: str) -> None:
        email = profiles.canonical_email(text) if text else ""
        if text and not email:
            raise Refused(_("That is no e-mail address, such as ada@example.org."))
        self._set_key([PersonKey.Kind.EMAIL], PersonKey.Kind.EMAIL, email or "")

    def connect(self, *, on: dt.date) -> None:
        self.connected_on, self.degree = on, 1
        self.save()

    def disconnect(self) -> None:
        self.connected_on, self.degree = None, 2
        self.save()

    def refuse_contact(self, *, on: dt.date) -> None:
        """Never propose them again, whatever an import or a search brings."""
        self.do_not_contact_on = on
        self.save()
        Activity.log(self.owner, "do_not_contact", str(_("Marked: do not contact")), on=on, company=self.company, person=self)

    def allow_contact(self, *, on: dt.date) -> None:
        self.do_not_contact_on = None
        self.save()
        Activity.log(self.owner, "contact_again", str(_("May be contacted again")), on=on, company=self.company, person=self)

    def _set_key(self, kinds: list[str], kind: str, value: str) -> None:
        if value:
            taken = PersonKey.objects.owned_by(self.owner).filter(kind=kind, value=value).select_related("person").first()
            if taken and taken.person_id != self.pk:
                raise Refused(_("%(name)s has that address already.") % {"name": taken.person.name})
        self.keys.filter(kind__in=kinds).exclude(kind=kind, value=value).delete()
        if value and not self.keys.filter(kind=kind, value=value).exists():
            PersonKey.objects.create(owner=self.owner, person=self, kind=kind, value=value)


class PersonKey(OwnedModel):
    """What identifies a person in any file or link: a profile's slug, an opaque profile id, an e-mail."""

    class Kind(models.TextChoices):
        LINKEDIN = "linkedin", _("LinkedIn profile")
        OPAQUE = "opaque", _("LinkedIn profile id")
        EMAIL = "email", _("E-mail")

    person = models.ForeignKey(Person, models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=320)
    goes_unsaid = True

    class Meta(OwnedModel.Meta):
        verbose_name = _("address of a person")
        verbose_name_plural = _("addresses of people")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("personkey_text", value=320),
            models.UniqueConstraint("owner", "kind", "value", name="personkey_value"),
        ]

    def __str__(self) -> str:
        return self.value

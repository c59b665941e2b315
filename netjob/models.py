"""The ground floor: who uses netjob, what was done, and what can be undone."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from netjob.folding import LONGEST_HAYSTACK, haystack
from netjob.imports.models import ImportBatch, ImportMapping, ImportPortion, ImportRow, ImportUpload
from netjob.ownership import NOTES, HaystackField, OwnedModel, text_limits

__all__ = [
    "NOTES", "Activity", "Change", "ImportBatch", "ImportMapping", "ImportPortion", "ImportRow", "ImportUpload",
    "SavedFilter", "Submission", "User", "UserManager",
]  # fmt: skip

FURNISHERS: list[Callable[["User"], None]] = []
"""What a new account finds on its shelves (templates, questions): apps register it in `ready()`."""


class UserManager(BaseUserManager["User"]):
    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        user.furnish()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A job seeker: how they log in, when they work, what LinkedIn allows them, what they aim at."""

    class LinkedInAccount(models.TextChoices):
        FREE = "free", _("Free")
        PREMIUM = "premium", _("Premium")

    class Appearance(models.TextChoices):
        SYSTEM = "system", _("As my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("your name"), max_length=100, blank=True)
    current_role = models.CharField(
        _("what you do"), max_length=100, blank=True, help_text=_("Fills <my role> in your messages.")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=10, blank=True)
    working_weekdays = models.CharField(
        _("working days"),
        max_length=7,
        default="12345",
        validators=[RegexValidator(r"^[1-7]{1,7}$", _("Choose at least one day."))],
    )
    morning_hour = models.PositiveSmallIntegerField(
        _("morning hour"), default=8, validators=[MaxValueValidator(23)]
    )
    linkedin_account = models.CharField(
        _("LinkedIn account"), max_length=10, choices=LinkedInAccount, default=LinkedInAccount.FREE
    )
    notes_a_month = models.PositiveSmallIntegerField(
        _("personal notes a month"),
        default=5,
        validators=[MaxValueValidator(1000)],
        help_text=_("LinkedIn’s help page says 5 on a free account; others report 3 or about 10."),
    )
    invitations_a_week = models.PositiveSmallIntegerField(
        _("invitations a week"),
        default=100,
        validators=[MaxValueValidator(1000)],
        help_text=_("LinkedIn publishes no number; about 100 is the common report."),
    )
    target_companies = models.PositiveSmallIntegerField(
        _("companies on my list"), default=50, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )
    requests_a_week = models.PositiveSmallIntegerField(
        _("requests sent a week"), default=15, validators=[MaxValueValidator(1000)]
    )
    conversations_a_week = models.PositiveSmallIntegerField(
        _("conversations held a week"), default=3, validators=[MaxValueValidator(1000)]
    )
    cadence_on = models.BooleanField(_("remind me to follow up"), default=True)
    cadence_first = models.PositiveSmallIntegerField(
        _("business days until the next person"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    cadence_second = models.PositiveSmallIntegerField(
        _("business days until the follow-up"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    appearance = models.CharField(
        _("appearance"), max_length=10, choices=Appearance, default=Appearance.SYSTEM
    )
    single_keys = models.BooleanField(
        _("shortcuts of one key"),
        default=True,
        help_text=_(
            "“/” searches, “n” adds, “?” shows them all. Switch them off if you speak to your computer."
        ),
    )
    welcomed_at = models.DateTimeField(null=True, editable=False)
    """When the welcome was finished or left: from then on the first page is Today."""

    is_founder = models.BooleanField(default=False, editable=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_founder"], condition=Q(is_founder=True), name="netjob_user_one_founder"
            ),
            models.CheckConstraint(
                condition=Q(cadence_second__gt=F("cadence_first")), name="netjob_user_cadence_order"
            ),
            models.CheckConstraint(
                condition=Q(away_until__isnull=True) | Q(away_from__lte=F("away_until")),
                name="netjob_user_away_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def note_limit(self) -> int:
        """Characters in the note of a connection request, as LinkedIn counts them (its help page, 2026)."""
        return 300 if self.linkedin_account == self.LinkedInAccount.PREMIUM else 200

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self, now: dt.datetime) -> dt.date:
        return now.astimezone(self.zone).date()

    def end_welcome(self, *, at: dt.datetime) -> None:
        """The welcome is over, finished or left: from now on the first page is Today."""
        if self.welcomed_at is None:
            self.welcomed_at = at
            self.save(update_fields=["welcomed_at"])

    def furnish(self) -> None:
        for furnish in FURNISHERS:
            furnish(self)


class Activity(OwnedModel):
    """One line of the history of a company or a person: what happened, and on which day."""

    class Mine(models.TextChoices):
        """What I write down myself, and may edit: a note, or something that happened outside netjob."""

        NOTED = "noted", _("A note")
        CALLED = "my_call", _("A call")
        MET = "my_meeting", _("A meeting")
        WROTE = "my_email", _("An e-mail")
        MET_AT_EVENT = "my_event", _("Met at an event")
        OTHER = "my_other", _("Something else")

    TITLES = {
        Mine.NOTED: _("Noted"),
        Mine.CALLED: _("Called"),
        Mine.MET: _("Met"),
        Mine.WROTE: _("E-mail"),
        Mine.MET_AT_EVENT: _("Met at an event"),
        Mine.OTHER: _("Happened"),
    }

    verb = models.CharField(max_length=30, editable=False)
    title = models.CharField(max_length=300, editable=False)
    happened_on = models.DateField(_("when"))
    text = models.TextField(_("note"), max_length=NOTES, blank=True)
    company_uid = models.UUIDField(null=True, blank=True, editable=False)
    person_uid = models.UUIDField(null=True, blank=True, editable=False)
    haystack = HaystackField()

    DERIVED = ("haystack",)
    DERIVED_FROM = ("verb", "text")

    class Meta(OwnedModel.Meta):
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("netjob_activity_text", verb=30, title=300, text=NOTES),
            text_limits("netjob_activity_haystack", haystack=LONGEST_HAYSTACK),
        ]
        indexes = [
            models.Index(
                "owner", "company_uid", F("happened_on").desc(), F("id").desc(), name="activity_company"
            ),
            models.Index(
                "owner", "person_uid", F("happened_on").desc(), F("id").desc(), name="activity_person"
            ),
        ]
        ordering = ["-happened_on", "-id"]
        verbose_name = _("line of history")
        verbose_name_plural = _("lines of history")

    def __str__(self) -> str:
        return self.text or self.title

    def derive(self) -> None:
        # What the verbs write is found by the company or the person.
        self.haystack = haystack("", self.text) if self.is_mine() else ""

    @classmethod
    def note(
        cls,
        owner: User,
        text: str,
        *,
        on: dt.date,
        company: OwnedModel | None = None,
        person: OwnedModel | None = None,
        kind: str = Mine.NOTED,
    ) -> "Activity":
        """Keep a line of my own in the history: only these can be edited."""
        title = str(cls.TITLES[cls.Mine(kind)])
        return cls.log(owner, kind, title, text, on=on, company=company, person=person)

    def is_mine(self) -> bool:
        return self.verb in self.Mine.values

    def become(self, kind: str) -> None:
        """Another kind of line of my own, without saving."""
        self.verb, self.title = kind, str(self.TITLES[self.Mine(kind)])

    @classmethod
    def log(
        cls,
        owner: User,
        verb: str,
        title: str,
        text: str = "",
        *,
        on: dt.date,
        company: OwnedModel | None = None,
        person: OwnedModel | None = None,
    ) -> "Activity":
        """Write one line of history."""
        return cls.objects.create(
            owner=owner,
            verb=verb,
            title=str(title)[:300],
            text=text,
            happened_on=on,
            company_uid=company.uid if company else None,
            person_uid=person.uid if person else None,
        )


class SavedFilter(OwnedModel):
    """A view of a list that somebody wants to see again: which list, under which name, its query string."""

    page = models.CharField(max_length=50, editable=False)
    """The route of the list: "companies:company_list"."""
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000, editable=False)
    """What stands behind the "?" of its address, without the place in the list."""

    class Meta(OwnedModel.Meta):
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("netjob_savedfilter_text", page=50, name=60, query=1000),
            models.UniqueConstraint("owner", "page", "name", name="netjob_savedfilter_once"),
        ]
        ordering = ["page", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """What one act did to one row, with its image before and after: undo, and the bin, for 30 days."""

    KEPT = dt.timedelta(days=30)

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    act = models.UUIDField(default=uuid.uuid4)
    sentence = models.CharField(max_length=300)
    model = models.CharField(max_length=100)
    row_pk = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    row_pks = models.JSONField(null=True)
    """The keys of many rows that the act added: of those no images are kept, their first version tells enough."""
    rows = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("owner", "act", name="change_act"),
            models.Index("owner", F("at").desc(), name="change_at"),
        ]

    def __str__(self) -> str:
        return self.sentence


class Submission(models.Model):
    """A form that was sent: its key, and the answer it got, so that sending it again changes nothing."""

    KEPT = dt.timedelta(hours=24)

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("owner", "key", name="netjob_submission_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"

import datetime as dt
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netjob.models import User
from netjob.ownership import OwnedModel, OwnedQuerySet, text_limits


class DeferralQuerySet(OwnedQuerySet):
    def hiding(self, today: dt.date) -> Self:
        """Those that keep a step off the page today."""
        return self.filter(Q(until__gt=today) | Q(until__isnull=True))


class Deferral(OwnedModel):
    """A step of Today that was put off until a day, or skipped for good: the only row that Today owns."""

    step = models.CharField(max_length=30)
    subject_uid = models.UUIDField()
    occurrence = models.CharField(max_length=40)
    until = models.DateField(null=True, blank=True)
    """Empty: skipped."""
    reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = DeferralQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = _("step put off")
        verbose_name_plural = _("steps put off")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("deferral_text", step=30, occurrence=40, reason=200),
            models.UniqueConstraint("owner", "step", "subject_uid", "occurrence", name="deferral_once"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.occurrence}"

    @classmethod
    def put_off(
        cls, owner: User, step: str, subject_uid: UUID, occurrence: str, *, until: dt.date | None
    ) -> "Deferral":
        """Keep a step off Today until a day; without one, for good."""
        deferral, _created = cls.objects.update_or_create(
            owner=owner, step=step, subject_uid=subject_uid, occurrence=occurrence, defaults={"until": until}
        )
        return deferral

"""Two entries that look like one person and are not."""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models.person import Person
from netjob import undo
from netjob.ownership import OwnedModel


class Distinction(OwnedModel):
    """I looked at both: they are two people, and nobody asks again."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="told_apart")
    """The elder entry of the two."""
    other = models.ForeignKey(Person, models.CASCADE, related_name="told_apart_from")
    goes_unsaid = True

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("two people told apart")
        verbose_name_plural = gettext_lazy("people told apart")
        constraints = [
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint("one", "other", name="distinction_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="distinction_order"),
        ]

    def __str__(self) -> str:
        return _("%(one)s is not %(other)s") % {"one": self.one.name, "other": self.other.name}

    @classmethod
    def make(cls, one: Person, other: Person) -> uuid.UUID | None:
        """They are two people. Returns the act, for `undo`; None where that was said before."""
        elder, younger = sorted([one, other], key=lambda person: person.pk)
        row = cls(owner_id=elder.owner_id, one=elder, other=younger)
        with (
            suppress(IntegrityError),
            undo.recording(elder.owner, _("Told apart: %(both)s") % {"both": row}) as act,
        ):
            act.add([row])
            return act.act
        return None

    @classmethod
    def absorb(cls, act: Any, rows: Sequence["Distinction"], link: str, kept: Any) -> None:
        """What was said of the entry that goes is said of the one that stays, once, and never of itself."""
        pairs = set(
            cls.objects.filter(models.Q(one=kept.pk) | models.Q(other=kept.pk)).values_list("one", "other")
        )
        new = []
        for row in rows:
            them = row.other_id if link == "one" else row.one_id
            pair = (min(kept.pk, them), max(kept.pk, them))
            if them != kept.pk and pair not in pairs:
                pairs.add(pair)
                new.append(cls(owner_id=row.owner_id, one_id=pair[0], other_id=pair[1]))
        act.add(new)

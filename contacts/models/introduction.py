"""Who can lead me to whom: the only place where it stands."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import Company
from contacts.models.person import MOST_WORDS, Person, who_matches
from netjob.folding import folded
from netjob.models import Activity, User
from netjob.ownership import OwnedQuerySet, Refused, text_limits
from netjob.states import Move, StatefulModel, stamped


class IntroductionQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        return self.filter(state__in=["wished", "asked", "agreed"])

    def untold(self) -> Self:
        """Made, and the introducer has not heard what came of it."""
        return self.filter(state="made", told_on=None)

    def leading_to(self, company: Company) -> Self:
        """To anybody at the company, or to somebody who is there."""
        return self.filter(Q(company=company) | Q(person__company=company))

    def matching(self, text: str) -> Self:
        """Every word stands somewhere with who introduces, to whom, or to which company."""
        rows = self
        for word in folded(text).split()[:MOST_WORDS]:
            stands = Q(company__search_text__contains=word)
            rows = rows.filter(
                stands | who_matches(word, person="introducer__") | who_matches(word, person="person__")
            )
        return rows


class Introduction(StatefulModel):
    """Somebody can introduce me: to a person, or to anybody at a company."""

    class State(models.TextChoices):
        WISHED = "wished", gettext_lazy("Wished for")
        ASKED = "asked", gettext_lazy("Asked for")
        AGREED = "agreed", gettext_lazy("Agreed")
        MADE = "made", gettext_lazy("Made")
        DECLINED = "declined", gettext_lazy("Declined")

    MOVES = (
        Move("wish", "wished", frozenset(), "wished_on", "", gettext_lazy("An introduction is wished for"), ""),
        Move("asking", "asked", frozenset({"wished"}), "asked_on", gettext_lazy("I asked"),
             gettext_lazy("Asked for an introduction"), gettext_lazy("Not asked after all")),
        Move("agreement", "agreed", frozenset({"wished", "asked"}), "agreed_on", gettext_lazy("They will"),
             gettext_lazy("Will introduce"), gettext_lazy("Not agreed after all")),
        Move("making", "made", frozenset({"wished", "asked", "agreed"}), "made_on",
             gettext_lazy("They introduced us"), gettext_lazy("Introduced"),
             gettext_lazy("Not introduced after all")),
        Move("refusal", "declined", frozenset({"wished", "asked", "agreed"}), "declined_on",
             gettext_lazy("They would rather not"), gettext_lazy("Would rather not introduce"),
             gettext_lazy("Not declined after all")),
    )  # fmt: skip

    introducer = models.ForeignKey(
        Person, models.CASCADE, related_name="introductions_by", verbose_name=gettext_lazy("who introduces")
    )
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="introductions",
        verbose_name=gettext_lazy("to"),
    )
    company = models.ForeignKey(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="introductions",
        verbose_name=gettext_lazy("to anybody at"),
    )
    state = models.CharField(max_length=10, choices=State, default=State.WISHED, editable=False)
    wished_on = models.DateField(null=True, editable=False)
    asked_on = models.DateField(null=True, editable=False)
    agreed_on = models.DateField(null=True, editable=False)
    made_on = models.DateField(null=True, editable=False)
    declined_on = models.DateField(null=True, editable=False)
    told_on = models.DateField(null=True, editable=False)
    """When the introducer heard what came of it."""
    notes = models.CharField(gettext_lazy("how"), max_length=500, blank=True)

    objects: ClassVar[Any] = IntroductionQuerySet.as_manager()

    class Meta(StatefulModel.Meta):
        verbose_name = gettext_lazy("introduction")
        verbose_name_plural = gettext_lazy("introductions")
        constraints = [
            *StatefulModel.Meta.constraints,
            text_limits("introduction_text", notes=500),
            stamped(
                "introduction_state", wished="wished_on", asked="asked_on", agreed="agreed_on", made="made_on",
                declined="declined_on",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(company__isnull=False),
                name="introduction_to",
                violation_error_message=gettext_lazy("Say to whom, or to which company."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("introducer")),
                name="introduction_other",
                violation_error_message=gettext_lazy("Nobody introduces you to themselves."),
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(made_on__isnull=False), name="introduction_told"
            ),
        ]  # fmt: skip
        indexes = [models.Index("owner", "state", "told_on", name="introduction_state_told")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return _("%(introducer)s introduces you to %(to)s") % {
            "introducer": self.introducer.name,
            "to": self.to,
        }

    def get_absolute_url(self) -> str:
        return reverse("contacts:introduction_detail", args=[self.pk])

    @property
    def to(self) -> str:
        """The person, or somebody at the company."""
        if self.person:
            return self.person.name
        return _("somebody at %(company)s") % {"company": self.company.name if self.company else ""}

    @property
    def where(self) -> Company | None:
        """The company that it leads to."""
        return self.company or (self.person.company if self.person else None)

    @property
    def since(self) -> dt.date | None:
        """The day on which it came to stand as it does."""
        day: dt.date | None = getattr(self, f"{self.state}_on")
        return day

    @classmethod
    def wish(
        cls,
        owner: User,
        introducer: Person,
        *,
        on: dt.date,
        person: Person | None = None,
        company: Company | None = None,
        notes: str = "",
    ) -> "Introduction":
        """I see a way. Raises Refused where the same way is open already."""
        row = cls(
            owner=owner, introducer=introducer, person=person, company=company, notes=notes, wished_on=on
        )
        row.clean()
        same = cls.objects.owned_by(owner).open().filter(introducer=introducer)
        same = same.filter(person=person) if person else same.filter(person=None, company=company)
        if same.exists():
            raise Refused(_("That introduction is on your list already."))
        row._record(cls.move_of("wish"), on)
        return row

    def clean(self) -> None:
        super().clean()
        if self.person_id and self.person_id == self.introducer_id:
            raise ValidationError({"person": _("Nobody introduces you to themselves.")})
        if not self.person_id and not self.company_id:
            raise ValidationError({"person": _("Say to whom, or to which company.")})

    def ask(self, *, on: dt.date) -> None:
        self._record(self.move("asking", on=on), on)

    def agree(self, *, on: dt.date) -> None:
        self._record(self.move("agreement", on=on), on)

    def make(self, *, on: dt.date, person: Person | None = None) -> None:
        """We were introduced; to whom, where until now only the company was known."""
        move = self.move("making", on=on)
        if person and not self.person:
            if person.pk == self.introducer_id:
                raise Refused(_("Nobody introduces you to themselves."))
            self.person = person
        self._record(move, on)

    def decline(self, *, on: dt.date) -> None:
        self._record(self.move("refusal", on=on), on)

    def undo_move(self, *, on: dt.date) -> Move:
        if self.told_on:
            raise Refused(_("You told them what came of it already. Take that back first."))
        move = self.take_back()
        self._record(move, on, undone=True)
        return move

    def tell(self, *, on: dt.date) -> None:
        """The introducer heard what came of it."""
        if self.state != self.State.MADE:
            raise Refused(_("Tell them what came of it once they have introduced you."))
        self.refuse_before_last_stamp(on)
        self.told_on = on
        self.save()
        self._lines("introduction_told", _("Told what came of the introduction to %(to)s"), on)

    def untell(self, *, on: dt.date) -> None:
        self.told_on = None
        self.save()
        self._lines("introduction_untold", _("Not told of the introduction to %(to)s after all"), on)

    @classmethod
    def absorb(cls, act: Any, rows: Sequence["Introduction"], link: str, kept: Any) -> None:
        # Whoever was to introduce me to themselves is one person now: it goes with the other entry.
        other = {"introducer": "person_id", "person": "introducer_id"}.get(link)
        staying = [row for row in rows if other is None or getattr(row, other) != kept.pk]
        super().absorb(act, staying, link, kept)

    def _record(self, move: Move, on: dt.date, *, undone: bool = False) -> None:
        self.save()
        said = str(move.back if undone else move.done)
        self._lines(f"introduction_{move.noun}", f"{said.replace('%', '%%')}: %(who)s", on)

    def _lines(self, verb: str, title: str, on: dt.date) -> None:
        """A line with both: the introducer's names whom they lead to, the other's the way in."""
        names = {"to": self.to, "who": self.to}
        lines = [self.introducer.line(verb, title % names, on=on)]
        by = {"to": self.to, "who": _("by %(name)s") % {"name": self.introducer.name}}
        if self.person:
            lines.append(self.person.line(verb, title % by, on=on))
        elif self.company:
            lines.append(self.company.line(verb, title % by, on=on))
        Activity.objects.bulk_create(lines)

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import Opening
from contacts.models import Person
from netjob.models import Activity
from netjob.ownership import NOTES, OwnedModel, Refused, settle, text_limits
from netjob.states import Move, StatefulModel, stamped


class Referral(StatefulModel):
    """Somebody's word for me, to their company or for an opening."""

    class State(models.TextChoices):
        OFFERED = "offered", gettext_lazy("Offered")
        ASKED = "asked", gettext_lazy("Asked for")
        GIVEN = "given", gettext_lazy("Given")
        DECLINED = "declined", gettext_lazy("Declined")

    MOVES = (
        Move("offer", "offered", frozenset(), "offered_on", "", gettext_lazy("Offered a referral"), ""),
        Move("asking", "asked", frozenset({"offered"}), "asked_on", gettext_lazy("I asked for it"),
             gettext_lazy("Asked for a referral"), gettext_lazy("Not asked after all")),
        Move("giving", "given", frozenset({"offered", "asked"}), "given_on", gettext_lazy("They gave it"),
             gettext_lazy("Gave a referral"), gettext_lazy("Not given after all")),
        Move("refusal", "declined", frozenset({"offered", "asked"}), "declined_on",
             gettext_lazy("They declined"), gettext_lazy("Declined to refer"),
             gettext_lazy("Not declined after all")),
    )  # fmt: skip

    person = models.ForeignKey(Person, models.CASCADE, related_name="referrals")
    opening = models.ForeignKey(
        Opening,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name=gettext_lazy("for the opening"),
    )
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED, editable=False)
    offered_on = models.DateField(null=True, editable=False)
    asked_on = models.DateField(null=True, editable=False)
    given_on = models.DateField(null=True, editable=False)
    declined_on = models.DateField(null=True, editable=False)
    thanked_on = models.DateField(null=True, editable=False)
    notes = models.CharField(gettext_lazy("how"), max_length=500, blank=True)

    class Meta(StatefulModel.Meta):
        verbose_name = gettext_lazy("referral")
        verbose_name_plural = gettext_lazy("referrals")
        constraints = [
            *StatefulModel.Meta.constraints,
            text_limits("referral_text", notes=500),
            stamped(
                "referral_state",
                offered="offered_on",
                asked="asked_on",
                given="given_on",
                declined="declined_on",
            ),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return _("Referral by %(name)s") % {"name": self.person.name}

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()

    @classmethod
    def settle(cls, rows: Iterable["Referral"]) -> None:
        Person.objects.filter(pk__in={row.person_id for row in rows}).advance()

    @classmethod
    def begin(
        cls, person: Person, state: str, *, on: dt.date, opening: Opening | None = None, notes: str = ""
    ) -> "Referral":
        """Enter a referral where it stands: offered, asked for, or given."""
        move = next(move for move in cls.MOVES if move.to == state)
        referral = cls(owner=person.owner, person=person, opening=opening, notes=notes, state=state)
        setattr(referral, move.stamp, on)
        referral._record(move, on)
        return referral

    def ask(self, *, on: dt.date) -> None:
        self._record(self.move("asking", on=on), on)

    def give(self, *, on: dt.date) -> None:
        self._record(self.move("giving", on=on), on)

    def decline(self, *, on: dt.date) -> None:
        self._record(self.move("refusal", on=on), on)

    def undo_move(self, *, on: dt.date) -> Move:
        if self.thanked_on:
            raise Refused(_("You thanked them for it already. Take the thanks back first."))
        move = self.take_back()
        self._record(move, on, undone=True)
        return move

    def thank(self, *, on: dt.date) -> None:
        if self.state != self.State.GIVEN:
            raise Refused(_("Thank them once they have given it."))
        self.refuse_before_last_stamp(on)
        self.thanked_on = on
        self.save()
        self._log("thanks", _("Thanked for the referral"), on)

    def unthank(self, *, on: dt.date) -> None:
        self.thanked_on = None
        self.save()
        self._log("unthanked", _("Not thanked for the referral after all"), on)

    def _record(self, move: Move, on: dt.date, *, undone: bool = False) -> None:
        self.save()
        self._log(f"referral_{move.noun}", str(move.back if undone else move.done), on)
        settle(self)

    def _log(self, verb: str, title: str, on: dt.date) -> None:
        text = self.opening.title if self.opening else ""
        Activity.log(self.owner, verb, title, text, on=on, company=self.person.company, person=self.person)


class Application(StatefulModel):
    """My application to an opening."""

    class State(models.TextChoices):
        PREPARED = "prepared", gettext_lazy("Being prepared")
        APPLIED = "applied", gettext_lazy("Applied")
        OFFERED = "offered", gettext_lazy("Offer received")
        TURNED_DOWN = "turned_down", gettext_lazy("They said no")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")

    MOVES = (
        Move("applying", "applied", frozenset({"prepared"}), "applied_on", gettext_lazy("I applied"),
             gettext_lazy("Applied"), gettext_lazy("Not applied after all"),
             gettext_lazy("You have not applied yet.")),
        Move("offer", "offered", frozenset({"applied"}), "offered_on", gettext_lazy("They made an offer"),
             gettext_lazy("Offer received"), gettext_lazy("No offer after all")),
        Move("rejection", "turned_down", frozenset({"applied"}), "turned_down_on",
             gettext_lazy("They said no"), gettext_lazy("They said no"),
             gettext_lazy("No answer yet after all")),
        Move("withdrawal", "withdrawn", frozenset({"prepared", "applied", "offered"}), "withdrawn_on",
             gettext_lazy("I withdrew"), gettext_lazy("Application withdrawn"),
             gettext_lazy("Not withdrawn after all")),
    )  # fmt: skip

    opening = models.OneToOneField(Opening, models.CASCADE, related_name="application")
    referral = models.ForeignKey(
        Referral,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=gettext_lazy("through"),
    )
    state = models.CharField(max_length=12, choices=State, default=State.PREPARED, editable=False)
    applied_on = models.DateField(null=True, editable=False)
    offered_on = models.DateField(null=True, editable=False)
    turned_down_on = models.DateField(null=True, editable=False)
    withdrawn_on = models.DateField(null=True, editable=False)
    sent = models.TextField(gettext_lazy("what you sent"), max_length=NOTES, blank=True)

    class Meta(StatefulModel.Meta):
        verbose_name = gettext_lazy("application")
        verbose_name_plural = gettext_lazy("applications")
        constraints = [
            *StatefulModel.Meta.constraints,
            text_limits("application_text", sent=NOTES),
            stamped(
                "application_state", applied="applied_on", offered="offered_on", turned_down="turned_down_on",
                withdrawn="withdrawn_on",
            ),
        ]  # fmt: skip

    def standing(self) -> str:
        match self.state:
            case self.State.APPLIED:
                return _("You applied already")
            case self.State.OFFERED:
                return _("They made an offer already")
            case self.State.TURNED_DOWN:
                return _("They said no already")
            case self.State.WITHDRAWN:
                return _("You withdrew already")
        return super().standing()

    def __str__(self) -> str:
        return _("Application: %(title)s") % {"title": self.opening.title}

    def get_absolute_url(self) -> str:
        return reverse("outreach:application_detail", args=[self.pk])

    @classmethod
    def prepare(cls, opening: Opening, *, on: dt.date) -> "Application":
        """I will apply. An opening has one application: the one that stands, if there is one."""
        application, is_new = cls.objects.get_or_create(opening=opening, defaults={"owner": opening.owner})
        if is_new:
            application._log("application", _("Application begun"), on)
        return application

    def add_interview(self, *, on: dt.date, **facts: Any) -> "Interview":
        """They want to see me: on the day `day` of the facts, which may be still to come."""
        interview = Interview.objects.create(owner=self.owner, application=self, **facts)
        self._log("interview", _("Invited to an interview"), on)
        return interview

    def apply(self, *, on: dt.date) -> None:
        self._record(self.move("applying", on=on), on)

    def receive_offer(self, *, on: dt.date) -> None:
        self._record(self.move("offer", on=on), on)

    def be_turned_down(self, *, on: dt.date) -> None:
        self._record(self.move("rejection", on=on), on)

    def withdraw(self, *, on: dt.date) -> None:
        self._record(self.move("withdrawal", on=on), on)

    def undo_move(self, *, on: dt.date) -> Move:
        move = self.take_back()
        self._record(move, on, undone=True)
        return move

    def _record(self, move: Move, on: dt.date, *, undone: bool = False) -> None:
        self.save()
        self._log(f"application_{move.noun}", str(move.back if undone else move.done), on)

    def _log(self, verb: str, title: str, on: dt.date) -> None:
        Activity.log(self.owner, verb, title, self.opening.title, on=on, company=self.opening.company)


class Interview(OwnedModel):
    """An interview for an application: the outcome that the whole search is for."""

    class Kind(models.TextChoices):
        SCREENING = "screening", gettext_lazy("Screening call")
        HIRING_MANAGER = "hiring_manager", gettext_lazy("Hiring manager")
        TECHNICAL = "technical", gettext_lazy("Technical or case")
        PANEL = "panel", gettext_lazy("Panel")
        FINAL = "final", gettext_lazy("Final round")
        OTHER = "other", gettext_lazy("Other")

    class Result(models.TextChoices):
        OPEN = "open", gettext_lazy("Not known yet")
        ON = "on", gettext_lazy("It goes on")
        OUT = "out", gettext_lazy("It ended there")

    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    day = models.DateField(gettext_lazy("day"))
    kind = models.CharField(gettext_lazy("kind"), max_length=15, choices=Kind, default=Kind.SCREENING)
    result = models.CharField(gettext_lazy("result"), max_length=5, choices=Result, default=Result.OPEN)
    notes = models.TextField(gettext_lazy("notes"), max_length=NOTES, blank=True)

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("interview")
        verbose_name_plural = gettext_lazy("interviews")
        constraints = [*OwnedModel.Meta.constraints, text_limits("interview_text", notes=NOTES)]
        indexes = [models.Index("owner", "day", name="interview_day")]
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return self.application.get_absolute_url()

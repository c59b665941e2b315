import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import NAME
from contacts.models import Person
from netjob.models import Activity, User
from netjob.ownership import NOTES, OwnedModel, OwnedQuerySet, Refused, text_limits
from netjob.states import Move, StatefulModel, stamped
from outreach.models.request import Request


class Aim(models.TextChoices):
    """What a conversation is for (the guide's aims), and what an insight is about."""

    ROLE = "role", gettext_lazy("The role")
    TEAM = "team", gettext_lazy("Organisation and team")
    OPENINGS = "openings", gettext_lazy("Openings")
    REFERRAL = "referral", gettext_lazy("Referral and others to meet")
    OTHER = "other", gettext_lazy("Something else")


class ConversationQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        return self.filter(state__in=Conversation.OPEN)

    def coming_up(self, now: dt.datetime) -> Self:
        return self.filter(state=Conversation.State.SCHEDULED, starts_at__gte=now).order_by("starts_at", "pk")


class Conversation(StatefulModel):
    """A talk with a person: asked for, given a time, held, and what became of it."""

    class State(models.TextChoices):
        ASKED = "asked", gettext_lazy("Asked for")
        PROPOSED = "proposed", gettext_lazy("Times proposed")
        SCHEDULED = "scheduled", gettext_lazy("Scheduled")
        HELD = "held", gettext_lazy("Held")
        CANCELLED = "cancelled", gettext_lazy("Cancelled")
        NO_SHOW = "no_show", gettext_lazy("They did not come")

    class Mode(models.TextChoices):
        VIDEO = "video", gettext_lazy("Video")
        PHONE = "phone", gettext_lazy("Phone")
        IN_PERSON = "in_person", gettext_lazy("In person")
        WRITING = "writing", gettext_lazy("In writing")

    OPEN = ("asked", "proposed", "scheduled")
    MOVES = (
        Move("asking", "asked", frozenset({"asked"}), "asked_on", "", gettext_lazy("Asked for a time"), ""),
        Move("proposal", "proposed", frozenset({"asked"}), "proposed_on", gettext_lazy("Times are proposed"),
             gettext_lazy("Times proposed"), gettext_lazy("Nothing proposed after all")),
        Move("scheduling", "scheduled", frozenset({"asked", "proposed", "cancelled", "no_show"}), "scheduled_on",
             gettext_lazy("Schedule"), gettext_lazy("Scheduled"), gettext_lazy("Not scheduled after all")),
        Move("holding", "held", frozenset({"asked", "proposed", "scheduled"}), "held_on",
             gettext_lazy("We talked"), gettext_lazy("Talked"), gettext_lazy("Not held after all")),
        Move("cancellation", "cancelled", frozenset({"asked", "proposed", "scheduled"}), "cancelled_on",
             gettext_lazy("It is cancelled"), gettext_lazy("Conversation cancelled"),
             gettext_lazy("Not cancelled after all")),
        Move("no-show", "no_show", frozenset({"scheduled"}), "no_show_on", gettext_lazy("They did not come"),
             gettext_lazy("They did not come"), gettext_lazy("They came after all")),
    )  # fmt: skip

    person = models.ForeignKey(Person, models.CASCADE, related_name="conversations")
    request = models.ForeignKey(
        Request, models.SET_NULL, null=True, blank=True, related_name="conversations"
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    mode = models.CharField(gettext_lazy("how"), max_length=10, choices=Mode, default=Mode.VIDEO)
    asked_on = models.DateField(null=True, editable=False)
    proposed_on = models.DateField(null=True, editable=False)
    scheduled_on = models.DateField(null=True, editable=False)
    held_on = models.DateField(null=True, editable=False)
    cancelled_on = models.DateField(null=True, editable=False)
    no_show_on = models.DateField(null=True, editable=False)

    wall_day = models.DateField(gettext_lazy("day"), null=True, blank=True)
    wall_time = models.TimeField(gettext_lazy("time"), null=True, blank=True)
    zone = models.CharField(gettext_lazy("time zone"), max_length=64, blank=True)
    """Day, time and the zone that was agreed on are the fact; the moment follows from them."""
    starts_at = models.DateTimeField(null=True, editable=False)
    minutes = models.PositiveSmallIntegerField(gettext_lazy("minutes"), default=20)
    place = models.CharField(
        gettext_lazy("place, number or link"), max_length=500, blank=True
    )
    questions_sent_on = models.DateField(gettext_lazy("questions sent on"), null=True, blank=True)
    notes = models.TextField(gettext_lazy("notes"), max_length=NOTES, blank=True)

    confirmed_on = models.DateField(null=True, editable=False)
    prepared_on = models.DateField(null=True, editable=False)
    thanked_on = models.DateField(null=True, editable=False)

    objects: ClassVar[Any] = ConversationQuerySet.as_manager()

    class Meta(StatefulModel.Meta):
        verbose_name = gettext_lazy("conversation")
        verbose_name_plural = gettext_lazy("conversations")
        constraints = [
            *StatefulModel.Meta.constraints,
            text_limits("conversation_text", zone=64, place=500, notes=NOTES),
            stamped(
                "conversation_state", asked="asked_on", proposed="proposed_on", scheduled="scheduled_on",
                held="held_on", cancelled="cancelled_on", no_show="no_show_on",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(wall_day__isnull=False, wall_time__isnull=False) & ~Q(zone=""),
                name="conversation_moment",
            ),
            models.CheckConstraint(
                condition=Q(thanked_on__isnull=True) | Q(held_on__isnull=False), name="conversation_thanked"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index("owner", "state", "starts_at", name="conversation_agenda"),
            models.Index("owner", "held_on", name="conversation_held_on"),
        ]

    def __str__(self) -> str:
        return _("Conversation with %(name)s") % {"name": self.person.name}

    def get_absolute_url(self) -> str:
        return reverse("outreach:conversation_detail", args=[self.pk])

    @classmethod
    def settle(cls, rows: Iterable["Conversation"]) -> None:
        Person.objects.filter(pk__in={row.person_id for row in rows}).advance()

    @property
    def ends_at(self) -> dt.datetime | None:
        return self.starts_at + dt.timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def in_writing(self) -> bool:
        return self.mode == self.Mode.WRITING

    def refusal(self, move: Move) -> str:
        if move.noun == "asking":
            return _("A time is asked for once; ask again with a follow-up.")
        return ""

    @classmethod
    def ask(cls, person: Person, *, on: dt.date, mode: str = "", request: Request | None = None) -> "Conversation":
        """I asked them for a time. Raises Refused while another conversation with them is open."""
        conversation = cls._new(person, mode=mode, request=request, asked_on=on)
        conversation._record(cls.move_of("asking"), on)
        return conversation

    @classmethod
    def begin(cls, person: Person, *, on: dt.date, mode: str = "") -> "Conversation":
        """An empty one, asked for on that day, for a time that they named or that we found at once."""
        return cls._new(person, mode=mode, request=None, asked_on=on)

    @classmethod
    def _new(cls, person: Person, *, mode: str, request: Request | None, asked_on: dt.date) -> "Conversation":
        standing = person.conversations.filter(state__in=cls.OPEN).first()
        if standing:
            raise Refused(
                _("A conversation with %(name)s is already %(state)s.")
                % {"name": person.name, "state": str(standing.get_state_display()).lower()}
            )
        preferred = person.prefers if person.prefers in cls.Mode.values else cls.Mode.VIDEO
        conversation = cls(
            owner=person.owner, person=person, request=request, mode=mode or preferred, asked_on=asked_on
        )
        conversation.save()
        conversation.choose_questions()
        return conversation

    def choose_questions(self) -> None:
        """Take one question of each aim from the bank, so that nobody goes unprepared."""
        bank = Question.objects.owned_by(self.owner).filter(archived_on__isnull=True)
        chosen: dict[str, Question] = {}
        for question in bank:
            chosen.setdefault(question.aim, question)
        for question in chosen.values():
            self.ask_also(question.text, aim=question.aim, question=question)

    def ask_also(self, text: str, *, aim: str, question: "Question | None" = None) -> "ConversationQuestion":
        """One more question for this conversation, from the bank or on the fly."""
        if question and self.questions.filter(question=question).exists():
            raise Refused(_("That question is on the list already."))
        last = self.questions.aggregate(last=models.Max("position"))["last"] or 0
        return ConversationQuestion.objects.create(
            owner=self.owner, conversation=self, question=question, aim=aim, text=text, position=last + 1
        )

    def propose(self, *, on: dt.date) -> None:
        self._record(self.move("proposal", on=on), on)

    def schedule(
        self, *, on: dt.date, wall_day: dt.date, wall_time: dt.time, zone: str, starts_at: dt.datetime
    ) -> None:
        """Agree on a time, or on another one. `starts_at` is the moment of that wall time in that zone."""
        moved = self.state == self.State.SCHEDULED
        move = self.move_of("scheduling") if moved else self.move("scheduling", on=on)
        self.wall_day, self.wall_time, self.zone, self.starts_at = wall_day, wall_time, zone, starts_at
        self.confirmed_on = None
        self._record(move, on, sentence=_("Moved to another time") if moved else "")

    def hold(self, *, on: dt.date) -> None:
        self._record(self.move("holding", on=on), on)

    @classmethod
    def already_held(cls, person: Person, *, on: dt.date, mode: str, notes: str = "") -> "Conversation":
        """One that took place before anybody wrote it down, in one step."""
        conversation = cls(
            owner=person.owner, person=person, state=cls.State.HELD, held_on=on, mode=mode, notes=notes
        )
        conversation.save()
        conversation.choose_questions()
        conversation._record(cls.move_of("holding"), on)
        return conversation

    def cancel(self, *, on: dt.date) -> None:
        self._record(self.move("cancellation", on=on), on)

    def miss(self, *, on: dt.date) -> None:
        self._record(self.move("no-show", on=on), on)

    def undo_move(self, *, on: dt.date) -> None:
        move = self.last_move()
        if move and move.noun == "holding" and self.thanked_on:
            raise Refused(_("You thanked them for it already. Take the thanks back first."))
        move = self.take_back()
        if move.noun == "scheduling":
            self.wall_day = self.wall_time = self.starts_at = None
            self.zone = ""
        self._record(move, on, sentence=str(move.back))

    def confirm(self, *, on: dt.date) -> None:
        """The time was confirmed with them, zones checked."""
        self._stamp("confirmed_on", on, self.State.SCHEDULED)

    def prepare(self, *, on: dt.date) -> None:
        self._stamp("prepared_on", on, *self.OPEN)

    def thank(self, *, on: dt.date) -> None:
        """Thanks are sent: due within 24 hours of the talk."""
        self._stamp("thanked_on", on, self.State.HELD)
        Activity.log(
            self.owner, "thanks", _("Thanked"), on=on, company=self.person.company, person=self.person
        )

    def unstamp(self, name: str) -> None:
        """Take back a confirmation, a preparation, the thanks."""
        setattr(self, name, None)
        self.save()

    def moment_in(self, zone: ZoneInfo) -> dt.datetime | None:
        return self.starts_at.astimezone(zone) if self.starts_at else None

    def _stamp(self, name: str, on: dt.date, *states: str) -> None:
        if self.state not in states:
            raise Refused(
                _("It is %(state)s, so this does not fit now.") % {"state": str(self.get_state_display()).lower()}
            )
        setattr(self, name, on)
        self.save()

    def _record(self, move: Move, on: dt.date, *, sentence: str = "") -> None:
        self.save()
        Activity.log(
            self.owner,
            move.noun,
            sentence or str(move.done),
            on=on,
            company=self.person.company,
            person=self.person,
        )
        self.settle([self])


class Question(OwnedModel):
    """A question of the bank."""

    aim = models.CharField(gettext_lazy("aim"), max_length=10, choices=Aim, default=Aim.ROLE)
    text = models.CharField(gettext_lazy("question"), max_length=500)
    archived_on = models.DateField(null=True, editable=False)

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("question")
        verbose_name_plural = gettext_lazy("questions")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("question_text", text=500),
            models.UniqueConstraint("owner", "text", name="question_once"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("outreach:question_list")


class ConversationQuestion(OwnedModel):
    """A question in one conversation, and what they said."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="questions")
    question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="asked", db_index=False
    )
    aim = models.CharField(gettext_lazy("aim"), max_length=10, choices=Aim, default=Aim.OTHER)
    text = models.CharField(gettext_lazy("question"), max_length=500)
    answer = models.TextField(gettext_lazy("answer"), max_length=NOTES, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("question asked")
        verbose_name_plural = gettext_lazy("questions asked")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("conversationquestion_text", text=500, answer=NOTES),
        ]
        indexes = [models.Index("question", name="conversationquestion_bank")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return self.conversation.get_absolute_url()



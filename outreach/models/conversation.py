import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Person
from netjob import zones
from netjob.addresses import address
from netjob.folding import LONGEST_HAYSTACK, haystack
from netjob.models import Activity
from netjob.ownership import NOTES, HaystackField, OwnedModel, OwnedQuerySet, Refused, settle, text_limits
from netjob.states import Move, StatefulModel, stamped
from outreach.models.request import Request

LONGEST = 480
"""Minutes of the longest conversation: a working day."""
LATE = dt.timedelta(days=3)
"""A talk that a list brought later than that raises neither thanks nor a write-up: nobody waits for them."""


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

    def without_outcome(self, now: dt.datetime) -> Self:
        """Their time has come, and nobody said yet what became of them."""
        return self.filter(state=Conversation.State.SCHEDULED, starts_at__lt=now).order_by("starts_at", "pk")

    def waiting(self) -> Self:
        """Without a time: asked for, proposed, or in writing."""
        return self.filter(state__in=Conversation.OPEN, starts_at=None).order_by("asked_on", "pk")

    def to_thank_for(self) -> Self:
        held = self.filter(state=Conversation.State.HELD, thanked_on=None).exclude(brought_late())
        return held.order_by("held_on", "pk")

    def with_write_up(self) -> Self:
        """Whether anything of it is written down, as `is_written_up`."""
        answered = ConversationQuestion.objects.filter(conversation=OuterRef("pk")).exclude(answer="")
        # `insights` is the name by which they hang on a conversation.
        insights = Conversation._meta.get_field("insights").related_model._default_manager
        learned = insights.filter(conversation=OuterRef("pk"))
        return self.annotate(is_written_up=Exists(answered) | Exists(learned) | ~Q(notes=""))

    def past(self) -> Self:
        """Held and thanked for (or so long ago that nobody will), or fallen through."""
        to_thank_for = Q(state=Conversation.State.HELD, thanked_on=None) & ~brought_late()
        return self.exclude(ended_on=None).exclude(to_thank_for)


def brought_late() -> Q:
    """Held some time before an import brought it."""
    imported = Request.objects.filter(pk=OuterRef("request"), is_imported=True)
    return Q(Exists(imported), held_on__lt=TruncDate(F("created_at") - LATE))


class Conversation(StatefulModel):
    """A talk with a person: asked for, given a time, held, and what became of it."""

    class State(models.TextChoices):
        ASKED = "asked", gettext_lazy("Asked for")
        PROPOSED = "proposed", gettext_lazy("Times proposed")
        SCHEDULED = "scheduled", gettext_lazy("Scheduled")
        HELD = "held", gettext_lazy("Held")
        CANCELLED = "cancelled", gettext_lazy("Cancelled")
        NO_SHOW = "no_show", gettext_lazy("They did not come")
        JOINED = "joined", gettext_lazy("Joined with another")

    class Mode(models.TextChoices):
        VIDEO = "video", gettext_lazy("Video")
        PHONE = "phone", gettext_lazy("Phone")
        IN_PERSON = "in_person", gettext_lazy("In person")
        WRITING = "writing", gettext_lazy("In writing")

    OPEN = ("asked", "proposed", "scheduled")
    """Where a person has one conversation at most."""
    STAMPS = ("confirmed_on", "prepared_on", "questions_sent_on", "thanked_on")
    """What is stamped beside the state, and can be taken back by itself."""
    MOVES = (
        Move("asking", "asked", frozenset({"asked"}), "asked_on", "", gettext_lazy("Asked for a time"), ""),
        Move("proposal", "proposed", frozenset({"asked"}), "proposed_on", gettext_lazy("Times are proposed"),
             gettext_lazy("Times proposed"), gettext_lazy("Nothing proposed after all")),
        Move("scheduling", "scheduled", frozenset({"asked", "proposed", "cancelled", "no_show"}),
             "scheduled_on", gettext_lazy("Schedule"), gettext_lazy("Scheduled"),
             gettext_lazy("Not scheduled after all"), gettext_lazy("It has no time yet.")),
        Move("holding", "held", frozenset({"asked", "proposed", "scheduled"}), "held_on",
             gettext_lazy("We talked"), gettext_lazy("Talked"), gettext_lazy("Not held after all"),
             gettext_lazy("You have not talked yet.")),
        Move("cancellation", "cancelled", frozenset({"asked", "proposed", "scheduled"}), "cancelled_on",
             gettext_lazy("It is cancelled"), gettext_lazy("Conversation cancelled"),
             gettext_lazy("Not cancelled after all")),
        Move("no-show", "no_show", frozenset({"scheduled"}), "no_show_on", gettext_lazy("They did not come"),
             gettext_lazy("They did not come"), gettext_lazy("They came after all")),
        # Only what merges two entries of a person makes this move, and only its undo takes it back.
        Move("joining", "joined", frozenset({"asked", "proposed", "scheduled"}), "joined_on", "",
             gettext_lazy("Joined with another conversation with them"), ""),
    )  # fmt: skip

    person = models.ForeignKey(Person, models.CASCADE, related_name="conversations")
    request = models.ForeignKey(Request, models.SET_NULL, null=True, blank=True, related_name="conversations")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    mode = models.CharField(gettext_lazy("how"), max_length=10, choices=Mode, default=Mode.VIDEO)
    asked_on = models.DateField(null=True, editable=False)
    proposed_on = models.DateField(null=True, editable=False)
    scheduled_on = models.DateField(null=True, editable=False)
    held_on = models.DateField(null=True, editable=False)
    cancelled_on = models.DateField(null=True, editable=False)
    no_show_on = models.DateField(null=True, editable=False)
    joined_on = models.DateField(null=True, editable=False)

    wall_day = models.DateField(gettext_lazy("day"), null=True, blank=True)
    wall_time = models.TimeField(gettext_lazy("time"), null=True, blank=True)
    zone = models.CharField(gettext_lazy("time zone"), max_length=64, blank=True)
    """Day, time and the zone that was agreed on are the fact; the moment follows from them."""
    starts_at = models.DateTimeField(null=True, editable=False)
    minutes = models.PositiveSmallIntegerField(
        gettext_lazy("minutes"), default=20, validators=[MinValueValidator(5), MaxValueValidator(LONGEST)]
    )
    place = models.CharField(gettext_lazy("place, number or link"), max_length=500, blank=True)
    questions_sent_on = models.DateField(gettext_lazy("questions sent on"), null=True, blank=True)
    notes = models.TextField(gettext_lazy("notes"), max_length=NOTES, blank=True)

    confirmed_on = models.DateField(null=True, editable=False)
    prepared_on = models.DateField(null=True, editable=False)
    thanked_on = models.DateField(null=True, editable=False)
    ended_on = models.GeneratedField(
        expression=Case(
            When(state="held", then=F("held_on")),
            When(state="no_show", then=F("no_show_on")),
            When(state="cancelled", then=F("cancelled_on")),
            When(state="joined", then=F("joined_on")),
        ),
        output_field=models.DateField(),
        db_persist=True,
        null=True,
    )
    """What the list of past conversations is sorted by; empty while it is open."""
    haystack = HaystackField()

    DERIVED = ("haystack",)
    DERIVED_FROM = ("notes",)

    objects: ClassVar[Any] = ConversationQuerySet.as_manager()

    class Meta(StatefulModel.Meta):
        verbose_name = gettext_lazy("conversation")
        verbose_name_plural = gettext_lazy("conversations")
        constraints = [
            *StatefulModel.Meta.constraints,
            text_limits("conversation_text", zone=64, place=500, notes=NOTES),
            text_limits("conversation_haystack", haystack=LONGEST_HAYSTACK),
            stamped(
                "conversation_state", asked="asked_on", proposed="proposed_on", scheduled="scheduled_on",
                held="held_on", cancelled="cancelled_on", no_show="no_show_on", joined="joined_on",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(wall_day__isnull=False, wall_time__isnull=False) & ~Q(zone=""),
                name="conversation_moment",
            ),
            models.CheckConstraint(
                condition=Q(thanked_on__isnull=True) | Q(held_on__isnull=False), name="conversation_thanked"
            ),
            models.UniqueConstraint(
                "person",
                condition=Q(state__in=("asked", "proposed", "scheduled")),
                name="conversation_one_open",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index("owner", "state", "starts_at", name="conversation_agenda"),
            models.Index("owner", F("id").desc(), name="conversation_newest"),
            models.Index("owner", "held_on", name="conversation_held_on"),
            models.Index("owner", F("ended_on").desc(), F("id").desc(), name="conversation_past"),
        ]

    def __str__(self) -> str:
        return _("Conversation with %(name)s") % {"name": self.person.name}

    def get_absolute_url(self) -> str:
        return address("outreach:conversation_detail", self.pk)

    def derive(self) -> None:
        self.haystack = haystack("", self.notes)

    @classmethod
    def settle(cls, rows: Iterable["Conversation"]) -> None:
        Person.objects.filter(pk__in={row.person_id for row in rows}).advance()

    @classmethod
    def absorb(cls, act: Any, rows: Any, link: str, kept: Any) -> None:
        """A person has one open conversation at most: of two, the one that came further goes on.

        The other is joined with it, and stays with its time, notes and answers.
        """
        coming = next((row for row in rows if row.state in cls.OPEN), None)
        standing = cls.objects.filter(person=kept).open().first() if link == "person" and coming else None
        if standing and coming:
            joined, going_on = sorted((coming, standing), key=cls._came_how_far)
            joined._join(act, going_on, kept)
        super().absorb(act, rows, link, kept)

    @classmethod
    def _came_how_far(cls, row: "Conversation") -> tuple[int, bool, Any, int]:
        latest = max(day for day in row._stamps() if day)
        return cls.OPEN.index(row.state), bool(row.questions_sent_on), latest, row.pk

    def _join(self, act: Any, going_on: "Conversation", person: Person) -> None:
        act.watch([self])
        on = max(day for row in (self, going_on) for day in row._stamps() if day)
        said = {"was": self._came_to(), "state": going_on._came_to()}
        line = person.line("joining", str(self.move("joining", on=on).done), on=on)
        line.text = _("%(was)s; the other one goes on: %(state)s") % said
        act.save([self])
        act.add([line])

    def _came_to(self) -> str:
        """How far an open one is, with the day: its time, where it has one."""
        stamp = next(getattr(self, move.stamp) for move in self.MOVES if move.to == self.state)
        day = date_format(stamp, "j F Y")
        if self.state == self.State.SCHEDULED and self.wall_day and self.wall_time:
            day = f"{date_format(self.wall_day, 'j F Y')}, {self.wall_time:%H:%M} ({self.zone})"
        return f"{self.get_state_display()}, {day}"

    @property
    def ends_at(self) -> dt.datetime | None:
        return self.starts_at + dt.timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def in_writing(self) -> bool:
        return self.mode == self.Mode.WRITING

    @property
    def their_zone(self) -> str:
        """Where their clock is, as far as it is known: their own zone, else the one that was agreed on."""
        known = self.person.time_zone
        return known if known and zones.exists(known) else self.zone

    @property
    def can_be_in_writing(self) -> bool:
        """A time that was agreed on has to be taken back first."""
        return not self.scheduled_on

    def refusal(self, move: Move) -> str:
        if move.noun == "asking":
            return _("A time is asked for once; ask again with a follow-up.")
        if self.in_writing and move.noun in ("proposal", "scheduling", "no-show"):
            return _("You talk in writing, which needs no time: send your questions instead.")
        return ""

    def standing(self) -> str:
        match self.state:
            case self.State.PROPOSED:
                return _("Times are proposed already")
            case self.State.NO_SHOW:
                return _("They did not come")
            case self.State.JOINED:
                return _("It was joined with another conversation with them")
        return super().standing()

    def next_step(self, *, now: dt.datetime, zone: ZoneInfo, is_written_up: bool) -> str:
        """The one thing to do next, as a word.

        `time`, `questions`, `answers`, `confirm`, `prepare`, `talk`, `outcome`, `write_up`, `thank`,
        `another_time`, `joined`, or `done`. `zone` is the job seeker's, whose days count.
        """
        if self.state == self.State.HELD:
            return "write_up" if not is_written_up else "done" if self.thanked_on else "thank"
        if self.state not in self.OPEN:
            return "joined" if self.state == self.State.JOINED else "another_time"
        if self.in_writing:
            return "answers" if self.questions_sent_on else "questions"
        if self.state != self.State.SCHEDULED or not self.starts_at or not self.ends_at:
            return "time"
        if self.ends_at <= now:
            return "outcome"
        days_left = (self.starts_at.astimezone(zone).date() - now.astimezone(zone).date()).days
        if not self.confirmed_on and days_left <= 1 and now < self.starts_at:
            return "confirm"
        return "talk" if self.prepared_on or self.starts_at <= now else "prepare"

    def likely_day(self, today: dt.date, zone: ZoneInfo) -> dt.date:
        """The day on which it took place, if it did: the agreed one in my `zone`, and today at the latest."""
        return min(self.starts_at.astimezone(zone).date(), today) if self.starts_at else today

    def clashes(self) -> list["Conversation"]:
        """Other scheduled conversations at the same time."""
        if not self.starts_at or not self.ends_at:
            return []
        near = (
            type(self)
            .objects.owned_by(self.owner)
            .filter(state=self.State.SCHEDULED, starts_at__lt=self.ends_at)
            .filter(starts_at__gt=self.starts_at - dt.timedelta(minutes=LONGEST))
            .exclude(pk=self.pk)
            .select_related("person")
            .order_by("starts_at")
        )
        return [talk for talk in near if talk.ends_at and talk.ends_at > self.starts_at]

    @classmethod
    def ask(
        cls, person: Person, *, on: dt.date, mode: str = "", request: Request | None = None
    ) -> "Conversation":
        """I asked them for a time. Raises Refused while another conversation with them is open."""
        conversation = cls._new(person, mode=mode, request=request, asked_on=on)
        conversation._record(cls.move_of("asking"), on)
        return conversation

    @classmethod
    def begin(cls, person: Person, *, on: dt.date, mode: str = "") -> "Conversation":
        """An empty one, asked for on that day, for a time that they named or that we found at once."""
        return cls._new(person, mode=mode, request=None, asked_on=on)

    @classmethod
    def agree(
        cls, person: Person, *, on: dt.date, mode: str, minutes: int, place: str, **when: Any
    ) -> "Conversation":
        """Asked for and scheduled in one step. `when` as in `schedule`."""
        conversation = cls.begin(person, on=on, mode=mode)
        conversation.schedule(on=on, minutes=minutes, place=place, **when)
        return conversation

    @classmethod
    def _new(cls, person: Person, *, mode: str, request: Request | None, asked_on: dt.date) -> "Conversation":
        if person.do_not_contact_on:
            raise Refused(_("%(name)s is marked “do not contact”.") % {"name": person.name})
        conversation = cls(
            owner=person.owner,
            person=person,
            request=request,
            mode=mode or cls.preferred_mode(person),
            asked_on=asked_on,
        )
        conversation._refuse_beside_another()
        conversation.save()
        conversation.choose_questions()
        return conversation

    def _refuse_beside_another(self) -> None:
        # Two tabs at once: the second waits here for the first.
        Person.objects.select_for_update().get(pk=self.person_id)
        standing = self.person.conversations.open().exclude(pk=self.pk).first()
        if standing:
            raise Refused(
                _("A conversation with %(name)s is already %(state)s.")
                % {"name": self.person.name, "state": str(standing.get_state_display()).lower()}
            )

    @classmethod
    def preferred_mode(cls, person: Person) -> str:
        return person.prefers if person.prefers in cls.Mode.values else cls.Mode.VIDEO

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
        if self.questions.filter(Q(text=text) | Q(question=question, question__isnull=False)).exists():
            raise Refused(_("That question is on the list already."))
        last = self.questions.aggregate(last=models.Max("position"))["last"] or 0
        return ConversationQuestion.objects.create(
            owner=self.owner, conversation=self, question=question, aim=aim, text=text, position=last + 1
        )

    def ask_all(self, chosen: Iterable["Question"]) -> int:
        """Ask these, too: of the bank, or (not saved) on the fly. Returns how many."""
        wanted = list(chosen)
        for question in wanted:
            self.ask_also(question.text, aim=question.aim, question=question if question.pk else None)
        return len(wanted)

    def propose(self, *, on: dt.date) -> None:
        self._record(self.move("proposal", on=on), on)

    def schedule(
        self,
        *,
        on: dt.date,
        wall_day: dt.date,
        wall_time: dt.time,
        zone: str,
        starts_at: dt.datetime,
        mode: str = "",
        minutes: int = 0,
        place: str | None = None,
    ) -> None:
        """Agree on a time, or on another one. `starts_at` is the moment of that wall time in that zone.

        Raises Refused where one that fell through would open again beside another open one.
        """
        if self.state not in self.OPEN:
            self._refuse_beside_another()
            self.prepared_on = None
        self.mode, self.minutes = mode or self.mode, minutes or self.minutes
        self.place = self.place if place is None else place
        moved = self.state == self.State.SCHEDULED
        move = self.move_of("scheduling") if moved else self.move("scheduling", on=on)
        self.wall_day, self.wall_time, self.zone, self.starts_at = wall_day, wall_time, zone, starts_at
        self.confirmed_on = None
        mine = self.owner.time_zone
        clocks = zones.clock_text(starts_at, mine, self.their_zone or mine)
        self._record(move, on, sentence=_("Moved to another time") if moved else "", text=str(clocks))

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

    def move(self, noun: str, *, on: dt.date) -> Move:
        if noun in ("holding", "no-show"):
            self._refuse_before_its_day(on)
        return super().move(noun, on=on)

    def _refuse_before_its_day(self, on: dt.date) -> None:
        """A scheduled talk has not taken place before its day, by my clock or by theirs."""
        if self.state == self.State.SCHEDULED and self.starts_at and self.wall_day:
            day = min(self.starts_at.astimezone(self.owner.zone).date(), self.wall_day)
            if on < day:
                raise Refused(
                    _("The talk is on %(day)s. If you talked before that, move it to that time first.")
                    % {"day": date_format(day, "j F")}
                )

    def undo_move(self, *, on: dt.date) -> Move:
        """Back to the state before; a time is forgotten with its scheduling. Returns the move undone.

        Raises Refused where that would open it again beside another open one.
        """
        move = self.last_move()
        if move and move.noun == "holding" and self.thanked_on:
            raise Refused(_("You thanked them for it already. Take the thanks back first."))
        move = self.take_back()
        if self.state in self.OPEN:
            self._refuse_beside_another()
        if move.noun == "scheduling":
            self.wall_day = self.wall_time = self.starts_at = self.confirmed_on = None
            self.zone = ""
        self._record(move, on, sentence=str(move.back))
        return move

    def confirm(self, *, on: dt.date) -> None:
        """The time was confirmed with them, zones checked."""
        self._stamp("confirmed_on", on, self.State.SCHEDULED)

    def prepare(self, *, on: dt.date) -> None:
        self._stamp("prepared_on", on, *self.OPEN)

    def send_questions(self, *, on: dt.date) -> None:
        """In writing, the questions go out instead of a time being agreed on."""
        if not self.in_writing:
            raise Refused(_("Questions are sent when you talk in writing. Give this one a time instead."))
        self._stamp("questions_sent_on", on, *self.OPEN)
        self._log("questions_sent", _("Questions sent"), on)

    def thank(self, *, on: dt.date) -> None:
        """Thanks are sent: due within 24 hours of the talk."""
        self._stamp("thanked_on", on, self.State.HELD)
        self._log("thanks", _("Thanked"), on)

    def unstamp(self, name: str, *, on: dt.date | None = None) -> None:
        """Take back one of `STAMPS`."""
        if name not in self.STAMPS:
            raise ValueError(f"{name} is not a stamp of a conversation.")
        setattr(self, name, None)
        self.save()
        undone = {
            "thanked_on": _("Not thanked after all"),
            "questions_sent_on": _("Questions not sent after all"),
        }
        if on and name in undone:
            self._log(f"un{name.removesuffix('_on')}", undone[name], on)

    def _stamp(self, name: str, on: dt.date, *states: str) -> None:
        if self.state not in states:
            raise self.out_of_turn(states)
        self.refuse_before_last_stamp(on)
        setattr(self, name, on)
        self.save()

    def _record(self, move: Move, on: dt.date, *, sentence: str = "", text: str = "") -> None:
        self.save()
        self._log(move.noun, sentence or str(move.done), on, text)
        settle(self)

    def line(self, verb: str, title: str, text: str = "", *, on: dt.date) -> Activity:
        return self.person.line(verb, title, text, on=on)

    def _log(self, verb: str, title: str, on: dt.date, text: str = "") -> None:
        self.line(verb, title, text, on=on).save()


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
    haystack = HaystackField()

    DERIVED = ("haystack",)
    DERIVED_FROM = ("answer",)

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("question asked")
        verbose_name_plural = gettext_lazy("questions asked")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("conversationquestion_text", text=500, answer=NOTES),
            text_limits("conversationquestion_haystack", haystack=LONGEST_HAYSTACK),
        ]
        indexes = [models.Index("question", name="conversationquestion_bank")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.conversation.get_absolute_url()}#asked-{self.pk}"

    def derive(self) -> None:
        self.haystack = haystack("", self.answer)

"""What is due: every next step of the search, derived from what happened, never stored.

Only rows in play are read: open requests within the reach of the cadence, conversations that wait for
something, the best few of the people and companies that come next. The same steps feed Today and the
person's page, which has one for somebody not in play, too; a `Deferral` (put off, skipped) is the only row
that a step can have.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from companies.models import Company
from contacts.models import Person, connected
from netjob.addresses import address
from netjob.models import User
from outreach import acquaintances, cadence
from outreach.models import (
    Application,
    Conversation,
    ConversationQuestion,
    Deferral,
    Insight,
    Message,
    Referral,
    Request,
)
from outreach.models.conversation import brought_late

CAP = 3
"""Rows of one kind that Today shows at first sight."""
REACH = dt.timedelta(days=150)
"""How far back an unanswered request can still raise a step: the longest cadence with long holidays."""
MANY = 50
"""No kind of step is reckoned further than this: beyond it the page says "50+", and costs no more."""


@dataclass(frozen=True)
class Step:
    kind: str
    title: str
    why: str
    due_on: dt.date
    button: str
    url: str
    subject_uid: UUID
    occurrence: str = ""
    """Which time this is, for a subject that can need the same step again; part of a deferral's key."""
    person: Person | None = None
    company: Company | None = None
    at: dt.datetime | None = None
    """The moment of the talk that it is about."""
    alike: int = 1
    """How many people or companies this one row stands for."""
    leads_to: int | None = None
    """The key of the person to whom doing it leads, so that nobody need be asked to write to them besides."""

    @property
    def lamp(self) -> int:
        return self.company.lamp if self.company else -1

    @property
    def name(self) -> str:
        """Whom or what the row is about, for its avatar."""
        subject = self.person or self.company
        return subject.name if subject else ""


@dataclass(frozen=True)
class Rest:
    """The steps of one kind that Today does not show at first sight."""

    kind: str
    count: int
    is_cut: bool = False
    """Whether there may be more than were reckoned."""

    @property
    def shown(self) -> str:
        return f"{self.count}+" if self.is_cut else str(self.count)

    @property
    def label(self) -> str:
        return KINDS[self.kind] % {"count": self.count, "shown": self.shown}


KINDS = {
    "outcome": ngettext_lazy(
        "%(shown)s more talk to say something about", "%(shown)s more talks to say something about", "count"
    ),
    "confirm": ngettext_lazy("%(shown)s more talk to confirm", "%(shown)s more talks to confirm", "count"),
    "prepare": ngettext_lazy("%(shown)s more talk to prepare", "%(shown)s more talks to prepare", "count"),
    "thank": ngettext_lazy("%(shown)s more person to thank", "%(shown)s more people to thank", "count"),
    "write_up": ngettext_lazy("%(shown)s more talk to write up", "%(shown)s more talks to write up", "count"),
    "interview": ngettext_lazy(
        "%(shown)s more interview to get ready for", "%(shown)s more interviews to get ready for", "count"
    ),
    "thank_referral": ngettext_lazy(
        "%(shown)s more referral to say thanks for", "%(shown)s more referrals to say thanks for", "count"
    ),
    "settle_time": ngettext_lazy("%(shown)s more time to settle", "%(shown)s more times to settle", "count"),
    "another_time": ngettext_lazy(
        "%(shown)s more talk that fell through", "%(shown)s more talks that fell through", "count"
    ),
    "send_questions": ngettext_lazy(
        "%(shown)s more list of questions to send", "%(shown)s more lists of questions to send", "count"
    ),
    "ask_for_time": ngettext_lazy(
        "%(shown)s more person to ask for a time", "%(shown)s more people to ask for a time", "count"
    ),
    "draft": ngettext_lazy("%(shown)s more draft to finish", "%(shown)s more drafts to finish", "count"),
    "follow_up": ngettext_lazy(
        "%(shown)s more person to follow up with", "%(shown)s more people to follow up with", "count"
    ),
    "second_person": ngettext_lazy(
        "%(shown)s more company where the next person is due",
        "%(shown)s more companies where the next person is due",
        "count",
    ),
    "answer": ngettext_lazy("%(shown)s more person to answer", "%(shown)s more people to answer", "count"),
    "after_event": ngettext_lazy(
        "%(shown)s more person met lately", "%(shown)s more people met lately", "count"
    ),
    "report_back": ngettext_lazy(
        "%(shown)s more introducer to tell what came of it",
        "%(shown)s more introducers to tell what came of it",
        "count",
    ),
    "apply": ngettext_lazy(
        "%(shown)s more application to send", "%(shown)s more applications to send", "count"
    ),
    "write": ngettext_lazy(
        "%(shown)s more person not asked yet", "%(shown)s more people not asked yet", "count"
    ),
    "find_people": ngettext_lazy(
        "%(shown)s more company without people", "%(shown)s more companies without people", "count"
    ),
}
"""What is said of the rest of each kind; their order among steps that are due on the same day and rank alike."""
ORDER = list(KINDS)
ANY_DAY = ("write", "find_people")
"""Steps that move the search forward on any day; they come after those that have one."""
WRITES = frozenset(
    {"confirm", "thank", "thank_referral", "settle_time", "another_time", "send_questions", "ask_for_time", "draft",
     "follow_up", "answer", "after_event", "report_back"}
)  # fmt: skip
"""Steps in which one writes to the person: none of them stands with somebody who must not be contacted."""
BEGUN_BY = {
    "thanks": ("thank",),
    "follow_up": ("follow_up", "settle_time"),
    "ask_for_time": ("ask_for_time",),
    "first_message": ("ask_for_time", "after_event"),
    "reply": ("answer",),
    "report_back": ("report_back",),
}
"""The steps that a message of a kind begins: while it is a draft, the step leads to it."""


OF_PERSON = (
    "uid",
    "name",
    "role",
    "stage",
    "do_not_contact_on",
    "connected_on",
    "degree",
    "last_contact_on",
    "company",
)
OF_COMPANY = ("uid", "name", "state", "lamp")
BEST_FIRST = (F("company__lamp").desc(nulls_last=True), "-review_score", "pk")
"""What a step says of somebody, and of where they work: rows are read for it by the hundred."""


def _lean(rows: Any, *columns: str, person: str = "person__") -> Any:
    """Rows with these columns, and the few of their person and of the company that a step needs."""
    of_person = (f"{person}{name}" for name in OF_PERSON)
    of_company = (f"{person}company__{name}" for name in OF_COMPANY)
    return rows.select_related(f"{person}company").only(*columns, *of_person, *of_company)


def _first(most: int, rows: QuerySet) -> Any:
    """The first of them, and nothing else yet: what is reckoned of a row is reckoned of no other."""
    return rows.model._default_manager.filter(pk__in=rows.values("pk")[:most])


def calendar_of(user: User) -> cadence.Calendar:
    """The days that count for a user."""
    away = ((user.away_from, user.away_until),) if user.away_from and user.away_until else ()
    return cadence.Calendar(user.time_zone, user.country, user.region, user.working_weekdays, away)


def cadence_of(user: User) -> cadence.Cadence:
    return cadence.Cadence(user.cadence_first, user.cadence_second, user.cadence_on)


class Agenda:
    """The steps of one user at one moment; of one person only, where one is given."""

    def __init__(self, user: User, now: dt.datetime, *, person: Person | None = None) -> None:
        self.user, self.now, self.person = user, now, person
        self.today = user.today(now)
        self.calendar, self.cadence = calendar_of(user), cadence_of(user)

    def due(self) -> list[Step]:
        """The steps of today and before, the most urgent first."""
        return [step for step in self.steps if step.due_on <= self.today]

    def by_kind(self, kind: str = "") -> tuple[list[Step], list[Rest]]:
        """The rows that Today shows (all of `kind`, else at most three of each), and what it leaves out."""
        due = [step for step in self.due() if kind in ("", step.kind)]
        if kind:
            return due, []
        shown, seen = [], Counter[str]()
        for step in due:
            seen[step.kind] += 1
            if seen[step.kind] <= CAP:
                shown.append(step)
        return shown, [
            Rest(kind, count - CAP, is_cut=count >= MANY) for kind, count in seen.items() if count > CAP
        ]

    @cached_property
    def steps(self) -> list[Step]:
        """Every step that is due or will be, without those put off or skipped."""
        hidden = {step for step, _until in self.put_off}
        standing = [step for step in self._found if step not in hidden]
        led_to = {step.leads_to for step in standing if step.leads_to and step.due_on <= self.today}
        standing = [
            step
            for step in standing
            if not (step.kind == "write" and step.person and step.person.pk in led_to)
        ]
        return sorted(
            self._one_row_a_kind(standing),
            key=lambda step: (
                step.kind in ANY_DAY,
                step.due_on,
                -step.lamp,
                ORDER.index(step.kind),
                step.name,
            ),
        )

    @cached_property
    def put_off(self) -> list[tuple[Step, dt.date | None]]:
        """The steps that would stand, but were put off until a day or (without one) skipped."""
        found = self._found
        rows = Deferral.objects.owned_by(self.user).hiding(self.today)
        rows = rows.filter(subject_uid__in={step.subject_uid for step in found}) if found else rows.none()
        until = {(row.step, row.subject_uid, row.occurrence): row.until for row in rows}
        keys = [(step, (step.kind, step.subject_uid, step.occurrence)) for step in found]
        return [(step, until[key]) for step, key in keys if key in until]

    @cached_property
    def _found(self) -> list[Step]:
        """Every step there is, one for each person and company, before anything is hidden or gathered."""
        found = [
            *self._of_conversations(),
            *self._of_applications(),
            *self._of_referrals(),
            *self._of_requests(),
            *self._of_connections(),
            *self._of_people_found(),
            *acquaintances.steps(self),
        ]
        if self.person is None:
            found += [*self._of_companies()]
        return [
            step
            for step in self._with_drafts(found)
            if not (step.kind in WRITES and step.person and step.person.do_not_contact_on)
        ]

    @cached_property
    def coming_up(self) -> list[Conversation]:
        return sorted(
            (
                talk
                for talk in self._conversations
                if talk.state == "scheduled" and talk.starts_at and talk.starts_at > self.now
            ),
            key=lambda talk: (talk.starts_at, talk.pk),
        )

    # Conversations

    @cached_property
    def _conversations(self) -> list[Conversation]:
        """Open ones, held ones that nobody thanked for or wrote up, and those that fell through lately."""
        talks = self._mine(Conversation.objects)
        written = Exists(ConversationQuestion.objects.filter(conversation=OuterRef("pk")).exclude(answer=""))
        learned = Exists(Insight.objects.filter(conversation=OuterRef("pk")))
        lately = self.today - dt.timedelta(days=30)
        followed_up = Message.objects.filter(conversation=OuterRef("pk"), kind="follow_up").exclude(
            sent_at=None
        )
        replies = Message.objects.filter(
            person=OuterRef("person"), direction="in", sent_on__gte=OuterRef("asked_on")
        ).exclude(reply_kind="out_of_office")
        newer = Conversation.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
        talks = (
            talks.annotate(
                is_written_up=written | learned | ~Q(notes=""),
                is_followed_up=Exists(followed_up),
                has_newer=Exists(newer),
                reply_on=replies.order_by("-sent_on").values("sent_on")[:1],
            )
            .filter(
                Q(state__in=Conversation.OPEN)
                | Q(state="held")
                & (Q(thanked_on=None) | Q(held_on__gte=lately, is_written_up=False))
                & ~brought_late()
                | Q(state="cancelled", cancelled_on__gte=lately)
                | Q(state="no_show", no_show_on__gte=lately)
            )
            .order_by("-pk")[: 2 * MANY]
        )
        return list(
            _lean(
                talks, "uid", "state", "mode", "minutes", "starts_at", "asked_on", "proposed_on", "confirmed_on",
                "prepared_on", "questions_sent_on", "held_on", "thanked_on", "cancelled_on", "no_show_on",
            )
        )  # fmt: skip

    def _of_conversations(self) -> Iterator[Step]:
        for talk in self._conversations:
            match talk.state:
                case "asked" | "proposed" if talk.in_writing:
                    yield from self._of_one_in_writing(talk)
                case "asked" | "proposed":
                    yield from self._waiting_for_a_time(talk)
                case "scheduled":
                    yield self._before_or_after(talk)
                case "held":
                    yield from self._afterwards(talk)
                case "cancelled" | "no_show" if not talk.has_newer:  # type: ignore[attr-defined]
                    yield self._another_time(talk)

    def _waiting_for_a_time(self, talk: Any) -> Iterator[Step]:
        name, page = talk.person.name, talk.get_absolute_url()
        if talk.state == "proposed":
            yield self.step(
                "settle_time", talk.person, _("Settle a time with %(name)s") % {"name": name},
                _("Times were proposed %(day)s") % {"day": self.said_day(talk.proposed_on)},
                self.calendar.add_business_days(talk.proposed_on, 1), _("Settle the time"), page,
                subject=talk, occurrence=f"proposed {talk.proposed_on}",
            )  # fmt: skip
        elif talk.reply_on:
            yield self.step(
                "settle_time", talk.person, _("Settle a time with %(name)s") % {"name": name},
                _("They answered %(day)s") % {"day": self.said_day(talk.reply_on)}, talk.reply_on, _("Settle the time"),
                page, subject=talk, occurrence=f"reply {talk.reply_on}",
            )  # fmt: skip
        elif self.cadence.on and not talk.is_followed_up:
            # One follow-up, then it rests.
            yield self.step(
                "settle_time", talk.person, _("Ask %(name)s about a time again") % {"name": name},
                _("You asked %(day)s; there is no time yet") % {"day": self.said_day(talk.asked_on)},
                self.calendar.add_business_days(talk.asked_on, self.user.cadence_second), _("Follow up"),
                _at("outreach:message_add", talk.person, f"kind=follow_up&conversation={talk.pk}"),
                subject=talk, occurrence=f"asked {talk.asked_on}",
            )  # fmt: skip

    def _of_one_in_writing(self, talk: Conversation) -> Iterator[Step]:
        name, page = talk.person.name, talk.get_absolute_url()
        if not talk.questions_sent_on:
            yield self.step(
                "send_questions", talk.person, _("Send %(name)s your questions") % {"name": name},
                _("You talk in writing"), talk.asked_on or self.today, _("Open the questions"), page,
                subject=talk,
            )  # fmt: skip
        else:
            yield self.step(
                "settle_time", talk.person, _("Look for %(name)s’s answers") % {"name": name},
                _("You sent the questions %(day)s") % {"day": self.said_day(talk.questions_sent_on)},
                self.calendar.add_business_days(talk.questions_sent_on, self.user.cadence_second),
                _("Enter the answers"), page, subject=talk, occurrence=f"sent {talk.questions_sent_on}",
            )  # fmt: skip

    def _before_or_after(self, talk: Conversation) -> Step:
        """One step for a scheduled talk: how it went, else confirm it the day before, else prepare it."""
        name, page, starts_at = talk.person.name, talk.get_absolute_url(), talk.starts_at or self.now
        day = starts_at.astimezone(self.user.zone).date()
        when = f"{talk.get_mode_display()}, {talk.minutes} min"
        if starts_at + dt.timedelta(minutes=talk.minutes) <= self.now:
            return self.step(
                "outcome", talk.person, _("Say how it went with %(name)s") % {"name": name},
                _("The talk was %(day)s") % {"day": self.said_day(day)}, day, _("How did it go?"), page,
                subject=talk, occurrence=f"at {starts_at:%Y-%m-%d %H:%M}",
            )  # fmt: skip
        day_before = day - dt.timedelta(days=1)
        if not talk.confirmed_on and self.today >= day_before:
            return self.step(
                "confirm", talk.person, _("Confirm the talk with %(name)s") % {"name": name}, when,
                day_before, _("Confirm"), page, subject=talk, occurrence=f"at {starts_at:%Y-%m-%d %H:%M}", at=starts_at,
            )  # fmt: skip
        if not talk.prepared_on:
            return self.step(
                "prepare", talk.person, _("Prepare for %(name)s") % {"name": name}, when,
                day_before, _("Prepare"), page, subject=talk, occurrence=f"at {starts_at:%Y-%m-%d %H:%M}", at=starts_at,
            )  # fmt: skip
        return self.step(
            "outcome", talk.person, _("Talk with %(name)s") % {"name": name}, when, day, _("Open the questions"), page,
            subject=talk, occurrence=f"before {starts_at:%Y-%m-%d %H:%M}", at=starts_at,
        )  # fmt: skip

    def _afterwards(self, talk: Conversation) -> Iterator[Step]:
        name, held_on = talk.person.name, talk.held_on or self.today
        talked = _("You talked %(day)s") % {"day": self.said_day(held_on)}
        if not talk.thanked_on:
            yield self.step(
                "thank", talk.person, _("Thank %(name)s") % {"name": name}, talked, held_on, _("Write thanks"),
                _at("outreach:message_add", talk.person, f"kind=thanks&conversation={talk.pk}"), subject=talk,
            )  # fmt: skip
        if not talk.is_written_up:  # type: ignore[attr-defined]
            yield self.step(
                "write_up", talk.person, _("Write up the talk with %(name)s") % {"name": name},
                _("%(talked)s; nothing is written down yet") % {"talked": talked},
                held_on, _("Write it up"), talk.get_absolute_url(), subject=talk,
            )  # fmt: skip

    def _another_time(self, talk: Conversation) -> Step:
        missed = talk.state == "no_show"
        on = (talk.no_show_on if missed else talk.cancelled_on) or self.today
        return self.step(
            "another_time", talk.person, _("Offer %(name)s another time") % {"name": talk.person.name},
            (_("They did not come %(day)s; it happens") if missed else _("It was cancelled %(day)s"))
            % {"day": self.said_day(on)},
            self.calendar.add_business_days(on, 1), _("Find another time"), talk.get_absolute_url(), subject=talk,
        )  # fmt: skip

    # Applications, referrals

    def _of_applications(self) -> Iterator[Step]:
        if self.person:
            return
        coming = Min("interviews__day", filter=Q(interviews__day__gte=self.today))
        rows = (
            Application.objects.owned_by(self.user)
            .filter(state__in=["prepared", "applied"])
            .annotate(next_interview_on=coming)
            .filter(Q(state="prepared") | Q(next_interview_on__isnull=False))
            .select_related("opening__company")[:MANY]
        )
        for row in rows:
            company, day = row.opening.company, row.next_interview_on
            if day:
                yield Step(
                    "interview", _("Get ready for the interview at %(company)s") % {"company": company.name},
                    f"{row.opening.title} · {date_format(day, 'l j F')}", day - dt.timedelta(days=2),
                    _("Get ready"), row.get_absolute_url(), row.uid, f"on {day}", company=company,
                )  # fmt: skip
            else:
                yield Step(
                    "apply", _("Apply at %(company)s") % {"company": company.name}, row.opening.title,
                    row.created_at.astimezone(self.user.zone).date(), _("Open application"),
                    row.get_absolute_url(), row.uid, company=company,
                )  # fmt: skip

    def _of_referrals(self) -> Iterator[Step]:
        if self._is_elsewhere(Person.Stage.REFERRED):
            return
        rows = self._mine(Referral.objects).filter(state="given", thanked_on=None)
        for row in _lean(rows, "uid", "given_on")[:MANY]:
            yield self.step(
                "thank_referral", row.person, _("Thank %(name)s for the referral") % {"name": row.person.name},
                _("They gave it %(day)s") % {"day": self.said_day(row.given_on or self.today)},
                row.given_on or self.today, _("Say thanks"), row.person.get_absolute_url(), subject=row,
            )  # fmt: skip

    # Requests and messages

    @cached_property
    def _requests(self) -> list[Request]:
        """Drafts, and unanswered ones recent enough that the cadence may still have a word on them."""
        after = Q(sent_at__gt=OuterRef("sent_at")) | Q(sent_at=OuterRef("sent_at"), pk__gt=OuterRef("pk"))
        later = Request.objects.filter(after | Q(state="draft"), person__company=OuterRef("person__company"))
        followed_up = Message.objects.filter(
            person=OuterRef("person"), kind="follow_up", direction="out", sent_at__gt=OuterRef("sent_at")
        )
        next_best = (
            Person.objects.filter(company=OuterRef("person__company"), stage=Person.Stage.FOUND, in_play=True)
            .may_be_contacted()
            .order_by("-review_score", "pk")
        )
        requests = (
            _first(
                4 * MANY,
                self._mine(Request.objects)
                .filter(Q(state="draft") | Q(state="sent", sent_on__gte=self.today - REACH))
                .filter(person__do_not_contact_on=None, person__in_play=True)
                # Whoever is connected by now has accepted, whether anybody wrote it down or not.
                .exclude(
                    connected("person__"),
                    state="sent",
                    channel=Request.Channel.INVITATION,
                )
                .order_by(F("sent_at").desc(nulls_first=True), "-pk"),
            )
            .annotate(
                has_later=Exists(later),
                is_followed_up=Exists(followed_up),
                next_best=next_best.values("pk")[:1],
            )
            .order_by(F("sent_at").desc(nulls_first=True), "-pk")
        )
        return list(_lean(requests, "uid", "state", "channel", "sent_on", "sent_at", "created_at"))

    def _of_requests(self) -> Iterator[Step]:
        for request in self._requests:
            if request.state == "draft":
                yield self.step(
                    "draft", request.person, _("Send the request to %(name)s") % {"name": request.person.name},
                    _("The draft is waiting"), request.created_at.astimezone(self.user.zone).date(),
                    _("Finish and send"), request.get_absolute_url(), subject=request,
                )  # fmt: skip
            else:
                yield from self._of_unanswered(request)

    def _of_unanswered(self, request: Request) -> Iterator[Step]:
        assert request.sent_at
        assert request.sent_on
        days = (cadence.invitation_due_days if request.is_invitation else cadence.due_days)(
            request.sent_at, self.calendar, self.cadence
        )
        person, company = request.person, request.person.company
        on = self.said_day(request.sent_on)
        is_target = company is not None and company.state == Company.State.TARGET
        if company and is_target and days.second_person_on and not request.has_later:  # type: ignore[attr-defined]
            next_best = request.next_best  # type: ignore[attr-defined]
            url = (
                address("outreach:request_add", next_best)
                if next_best
                else address("contacts:people_add", company.pk)
            )
            yield replace(
                self.step(
                    "second_person", person, _("Write to the next person at %(company)s") % {"company": company.name},
                    _("You asked %(name)s %(day)s; no reply yet, which is normal") % {"name": person.name, "day": on},
                    days.second_person_on, _("Write a request") if next_best else _("Find somebody"), url,
                    subject=request,
                ),
                person=None, leads_to=next_best,
            )  # fmt: skip
        if days.follow_up_on and not request.is_followed_up:  # type: ignore[attr-defined]
            yield self.step(
                "follow_up", person, _("Follow up with %(name)s") % {"name": person.name},
                _("You asked %(day)s; no reply yet") % {"day": on},
                days.follow_up_on, _("Follow up"),
                _at("outreach:message_add", person, f"kind=follow_up&request={request.pk}"), subject=request,
            )  # fmt: skip

    @cached_property
    def _drafts(self) -> list[Message]:
        """Messages begun and not sent; the note of a request goes with its request."""
        drafts = self._mine(Message.objects).filter(sent_at=None, direction="out").exclude(kind="note")
        return list(_lean(drafts, "uid", "kind", "created_at").order_by("pk")[:MANY])

    def _with_drafts(self, steps: list[Step]) -> list[Step]:
        """A message begun is one step: the one that it begins leads to it, or it stands for itself."""
        for draft in self._drafts:
            begun = BEGUN_BY.get(draft.kind, ())
            place = next(
                (
                    place
                    for place, step in enumerate(steps)
                    if step.kind in begun and step.person and step.person.pk == draft.person_id
                ),
                None,
            )
            url, button = draft.get_absolute_url(), _("Finish and send")
            if place is not None:
                steps[place] = replace(steps[place], url=url, button=button)
                continue
            steps.append(
                self.step(
                    "draft", draft.person, _("Send your message to %(name)s") % {"name": draft.person.name},
                    _("%(kind)s: the draft is waiting") % {"kind": draft.get_kind_display()},
                    draft.created_at.astimezone(self.user.zone).date(), button, url, subject=draft,
                )
            )  # fmt: skip
        return steps

    # People

    def _of_connections(self) -> Iterator[Step]:
        """Connected, and never yet asked for a time; or written to, and silent since."""
        if self._is_elsewhere(Person.Stage.CONNECTED):
            return
        talks = Conversation.objects.filter(person=OuterRef("pk"))
        requests = Request.objects.filter(person=OuterRef("pk")).exclude(state="joined")
        last_request = requests.order_by("-pk").values("state")[:1]
        messages = Message.objects.filter(person=OuterRef("pk")).exclude(kind="note").exclude(sent_at=None)
        last = messages.exclude(reply_kind="out_of_office").order_by("-sent_at", "-pk")
        silent = (
            self._people(Person.Stage.CONNECTED)
            .exclude(Exists(talks))
            .annotate(last_request=last_request)
            .filter(Q(last_request__isnull=True) | ~Q(last_request__in=["declined", "draft"]))
        )
        rows = (
            _first(MANY, silent)
            .order_by(*BEST_FIRST)
            .annotate(
                last_from=last.values("direction")[:1],
                last_kind=last.values("kind")[:1],
                last_reply=last.values("reply_kind")[:1],
                last_at=last.values("sent_at")[:1],
            )
        )
        for person in _lean(rows, "created_at", "in_play", person=""):
            if person.last_reply == Message.ReplyKind.NEGATIVE:
                continue
            if person.last_from == "out" and person.in_play:
                yield from self._of_silence(person)
                continue
            on = person.connected_on or person.last_contact_on
            if person.is_connected:
                why = _("Connected %(day)s") if person.connected_on else _("You are connected")
            else:
                why = _("They answered %(day)s")
            on = on or person.created_at.astimezone(self.user.zone).date()
            yield self.step(
                "ask_for_time", person, _("Ask %(name)s for a time") % {"name": person.name},
                why % {"day": self.said_day(on)}, on, _("Ask for a time"),
                _at("outreach:message_add", person, "kind=ask_for_time"), subject=person, occurrence=f"since {on}",
            )  # fmt: skip

    def _of_silence(self, person: Any) -> Iterator[Step]:
        """The first message after an acceptance starts a 3B7 of its own; after its follow-up it rests."""
        due = cadence.due_days(person.last_at, self.calendar, self.cadence)
        if due.follow_up_on and person.last_kind != "follow_up":
            on = person.last_at.astimezone(self.user.zone).date()
            yield self.step(
                "follow_up", person, _("Follow up with %(name)s") % {"name": person.name},
                _("You wrote %(day)s; no reply yet") % {"day": self.said_day(on)}, due.follow_up_on, _("Follow up"),
                _at("outreach:message_add", person, "kind=follow_up"), subject=person, occurrence=f"after {on}",
            )  # fmt: skip

    def _of_people_found(self) -> Iterator[Step]:
        if self._is_elsewhere(Person.Stage.FOUND):
            return
        requests = Request.objects.filter(person=OuterRef("pk"))
        talks = Conversation.objects.filter(person=OuterRef("pk"))
        people = self._people(Person.Stage.FOUND).exclude(Exists(requests)).exclude(Exists(talks))
        for person in _lean(people, person="")[:MANY]:
            yield self.step(
                "write", person, _("Write to %(name)s") % {"name": person.name}, person.role or _("Not asked yet"),
                self.today, _("Write a request"), address("outreach:request_add", person.pk), subject=person,
            )  # fmt: skip

    def _one_row_a_kind(self, steps: list[Step]) -> Iterator[Step]:
        """Everybody not asked yet is one row, and so are the companies without people: led by the best."""
        yield from (step for step in steps if step.kind not in ANY_DAY)
        people = [step for step in steps if step.kind == "write"]
        if people:
            best = max(people, key=lambda step: step.lamp)
            others = len(people) - 1
            why = ngettext(
                "%(role)s · %(count)d more not asked yet", "%(role)s · %(count)d more not asked yet", others
            ) % {"role": best.why, "count": others}
            yield replace(best, why=why if others else best.why, alike=len(people))
        companies = [step for step in steps if step.kind == "find_people"]
        if companies:
            best, count = companies[0], len(companies)
            title = _("%(count)s companies without people") % {
                "count": f"{count}+" if count == MANY else count
            }
            why = _("%(company)s ranks highest among them") % {"company": best.name}
            yield replace(best, title=title, why=why, alike=count) if count > 1 else best

    def _is_elsewhere(self, stage: int) -> bool:
        """Whether the one person that the agenda is about stands elsewhere, so that nobody need be looked for."""
        return self.person is not None and self.person.stage != stage

    def _people(self, stage: int) -> QuerySet[Person]:
        people = Person.objects.owned_by(self.user).may_be_contacted().filter(stage=stage)
        # Of the thousands whom an import brings nobody is in play: Today is spared them, their own page is not.
        people = people.filter(pk=self.person.pk) if self.person else people.filter(in_play=True)
        at_rest = Company.objects.owned_by(self.user).filter(
            state__in=[Company.State.PAUSED, Company.State.DROPPED]
        )
        return people.exclude(company__in=at_rest.values("pk")).order_by(*BEST_FIRST)

    # Companies

    def _of_companies(self) -> Iterator[Step]:
        """Targets where nobody was found yet, the highest first."""
        rows = Company.objects.owned_by(self.user).targets().filter(people_count=0).in_lamp_order()
        for company in rows[:MANY]:
            yield Step(
                "find_people", _("Find people at %(company)s") % {"company": company.name},
                _("Nobody found there yet"), self.today, _("Find people"), company.get_absolute_url(), company.uid,
                company=company,
            )  # fmt: skip

    # Common

    def _mine(self, rows: Any) -> Any:
        """The owner's rows, of the one person where the agenda is about one."""
        rows = rows.owned_by(self.user)
        return rows.filter(person=self.person) if self.person else rows

    def step(
        self,
        kind: str,
        person: Person,
        title: str,
        why: str,
        due_on: dt.date,
        button: str,
        url: str,
        *,
        subject: Any,
        occurrence: str = "",
        at: dt.datetime | None = None,
        leads_to: int | None = None,
    ) -> Step:
        return Step(
            kind,
            title,
            why,
            due_on,
            button,
            url,
            subject.uid,
            occurrence,
            person=person,
            company=person.company,
            at=at,
            leads_to=leads_to,
        )

    def said_day(self, on: dt.date) -> str:
        """A past day as people say it: "today", "yesterday", "on Friday", "on 3 November", "on 3 May 2019"."""
        ago = (self.today - on).days
        if ago in (0, 1):
            return _("yesterday") if ago else _("today")
        day = "l" if 1 < ago < 7 else "j F" if on.year == self.today.year else "j F Y"
        return _("on %(day)s") % {"day": date_format(on, day)}


def _at(route: str, person: Person, query: str) -> str:
    return f"{address(route, person.pk)}?{query}"

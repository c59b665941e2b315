import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Person
from netjob.models import User
from outreach import cadence
from outreach.agenda import acquaintances, companies, conversations, drafts, outcomes, people, requests
from outreach.agenda.steps import ANY_DAY, CAP, MANY, ORDER, WRITES, Rest, Step
from outreach.models import Conversation, Deferral

SOURCES = (conversations, outcomes, requests, people, acquaintances, companies)
"""Each gives its steps: `steps(agenda)`."""


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
        self.numbers = [user.pk] if person is None else [user.pk, person.pk]

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
            _one_row_a_kind(standing),
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
        found = [step for source in SOURCES for step in source.steps(self)]
        return [
            step
            for step in drafts.with_drafts(self, found)
            if not (step.kind in WRITES and step.person and step.person.do_not_contact_on)
        ]

    @cached_property
    def conversations(self) -> list[Conversation]:
        return conversations.in_question(self)

    @cached_property
    def coming_up(self) -> list[Conversation]:
        return sorted(
            (
                talk
                for talk in self.conversations
                if talk.state == "scheduled" and talk.starts_at and talk.starts_at > self.now
            ),
            key=lambda talk: (talk.starts_at, talk.pk),
        )

    # For the sources

    def is_elsewhere(self, stage: int) -> bool:
        """Whether the one person that the agenda is about stands elsewhere, so that nobody need be looked for."""
        return self.person is not None and self.person.stage != stage

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


def _one_row_a_kind(steps: list[Step]) -> Iterator[Step]:
    """Everybody not asked yet is one row, and so are the companies without people: led by the best."""
    yield from (step for step in steps if step.kind not in ANY_DAY)
    to_ask = [step for step in steps if step.kind == "write"]
    if to_ask:
        best = max(to_ask, key=lambda step: step.lamp)
        others = len(to_ask) - 1
        why = ngettext(
            "%(role)s · %(count)d more not asked yet", "%(role)s · %(count)d more not asked yet", others
        ) % {"role": best.why, "count": others}
        yield replace(best, why=why if others else best.why, alike=len(to_ask))
    to_search = [step for step in steps if step.kind == "find_people"]
    if to_search:
        best, count = to_search[0], len(to_search)
        title = _("%(count)s companies without people") % {"count": f"{count}+" if count == MANY else count}
        why = _("%(company)s ranks highest among them") % {"company": best.name}
        yield replace(best, title=title, why=why, alike=count) if count > 1 else best

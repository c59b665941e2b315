"""A newcomer's own list of people, as far as it tells what was sent to them and what came of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from contacts.importing.own_list import KIND as PEOPLE
from contacts.importing.rows import person_of
from contacts.importing.writing import new_people
from contacts.models import Person
from netjob.imports.models import REASON
from netjob.imports.readers import Opened, Reader, Row, Work
from netjob.models import User
from outreach.composing import Channel, noon_of
from outreach.importing.answering import connect, new_requests, received
from outreach.models import Conversation, Request
from outreach.status_words import Standing, read_standing, unknown_words

IGNORED = "ignored"
ANSWERS = (Standing.ANSWERED, Standing.SCHEDULED, Standing.HELD)
OF_INVITATIONS = (Standing.ACCEPTED, Standing.WITHDRAWN)
ORDER = list(Standing)
LONG_PAST = dt.timedelta(days=30)
"""Whoever was last heard of, or written to, before that is not in play until somebody goes on with them."""
AS_SENT = gettext_lazy("Sent, no answer yet, where a day stands beside it")
LABELS = {
    Standing.DRAFT: gettext_lazy("Nothing was sent yet"),
    Standing.SENT: gettext_lazy("Sent, no answer yet"),
    Standing.ACCEPTED: gettext_lazy("They accepted the invitation"),
    Standing.ANSWERED: gettext_lazy("They answered"),
    Standing.SCHEDULED: gettext_lazy("A talk is agreed on"),
    Standing.HELD: gettext_lazy("You talked"),
    Standing.DECLINED: gettext_lazy("They declined"),
    Standing.WITHDRAWN: gettext_lazy("You withdrew it"),
}


class StatusForm(forms.Form):
    """What the words of the list's status mean, as far as nobody can tell."""

    def __init__(self, words: Sequence[str], data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        choices = [
            ("", AS_SENT),
            (IGNORED, _("Nothing: leave it out")),
            *((each.value, LABELS[each]) for each in Standing),
        ]
        for word in words:
            self.fields[field_of(word)] = forms.ChoiceField(
                label=_("What “%(word)s” means") % {"word": word[:60]}, choices=choices, required=False
            )


def field_of(word: str) -> str:
    return f"status_{blake2s(word.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


class OwnListRequests(Reader):
    """It has no file of its own: the list of people is read by contacts, and gives its status to this."""

    kind = "own_list_requests"
    label = gettext_lazy("Requests of your own list")
    order = 320
    follows = PEOPLE
    makes = ngettext_lazy("%(count)d request", "%(count)d requests", "count")

    def recognises(self, opened: Opened) -> int:
        return 0

    def form_about(
        self, words: Sequence[str], data: Mapping[str, Any] | None, *, owner: User
    ) -> forms.Form | None:
        unknown = unknown_words(words)
        return StatusForm(unknown, data) if unknown else None

    def follow(self, work: Work) -> None:
        rows = [row for row in work.rows.get(PEOPLE, ()) if row.made]
        told = [
            (row, standing) for row in rows if (standing := _standing(row, work.facts.get(self.kind, {})))
        ]
        if told:
            _Requests(work, told).write()


def _standing(row: Row, mapped: Mapping[str, Any]) -> Standing | None:
    """How far it went; None where nothing was sent, or nobody can tell."""
    word = row.data.get("status", "")
    said = mapped.get(field_of(word)) if word else ""
    if said == IGNORED:
        return None
    standing = Standing(said) if said else read_standing(word)
    if standing is None and "sent_on" in row.data:
        return Standing.SENT
    return None if standing == Standing.DRAFT else standing


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells, and of which day."""

    row: Row
    standing: Standing
    on: dt.date


def _day_of(row: Row) -> dt.date | None:
    return person_of("", 0, row.data).sent_on


class _Requests:
    """What rows tell of requests: to each person one, which goes on as later rows have it."""

    def __init__(self, work: Work, told: Sequence[tuple[Row, Standing]]) -> None:
        self.work, self.told = work, told
        pks = {row.made for row, _standing in told if row.made}
        self.people = Person.objects.select_related("company").in_bulk(pks)
        # Who has a request, or was talked to, is known better here than by any list.
        self.standing: dict[int, list[Request]] = {}
        for request in Request.objects.owned_by(work.owner).filter(person__in=pks):
            self.standing.setdefault(request.person_id, []).append(request)
        talks = Conversation.objects.owned_by(work.owner).filter(person__in=pks)
        self.talking = set(talks.values_list("person", flat=True))

    def write(self) -> None:
        dated: dict[int, list[Told]] = {}
        to_come: dict[int, Row] = {}
        undated = 0
        for row, standing in self.told:
            person, day = self.people[row.made or 0], _day_of(row)
            if day and day <= self.work.today:
                dated.setdefault(person.pk, []).append(Told(row, standing, day))
            elif standing == Standing.SCHEDULED and person.pk not in self.standing:
                to_come.setdefault(person.pk, row)
            elif person.pk not in self.talking:
                undated += 1
                _add(row, _no_day(row, day))
        for pk in to_come.keys() & dated.keys():
            on = max(told.on for told in dated[pk])
            dated[pk].append(Told(to_come.pop(pk), Standing.SCHEDULED, on))
        tries = [
            _Try(self.work, self.people[pk], told)
            for pk, told in dated.items()
            if not self._is_told(pk, told)
        ]
        self._leave_to_be_picked_up(tries)
        made = [each.request for each in tries]
        self.work.kept.add_many(made)
        new_requests(self.work).update(request.pk for request in made)
        self._talk(tries, to_come)
        newly = [each.request for each in tries if each.request.accepted_on and not each.person.connected_on]
        connect(
            self.work, [(request.person, request.accepted_on) for request in newly if request.accepted_on]
        )
        self._say(len(made), undated)

    def _is_told(self, pk: int, told: Sequence[Told]) -> bool:
        """Whether there is a request here already; where it says something else than a row, that is told."""
        standing = self.standing.get(pk, [])
        for each in told if standing else ():
            if not any(_says(request, each) for request in standing):
                name = self.people[pk].name
                _add(
                    each.row,
                    _("There is a request to %(name)s already: its date and status stay.") % {"name": name},
                )
        return bool(standing)

    def _leave_to_be_picked_up(self, tries: Sequence["_Try"]) -> None:
        """Whoever was only written to long ago is not in play until somebody goes on with them."""
        new = new_people(self.work)
        past = [each.person.pk for each in tries if each.is_long_past and each.person.pk in new]
        Person.objects.filter(pk__in=past).update(picked_up=False)

    def _talk(self, tries: Sequence["_Try"], to_come: Mapping[int, Row]) -> None:
        """That they wrote back, that a talk is agreed on, and that we talked."""
        owner, by_person = self.work.owner, {each.person.pk: each for each in tries}
        answers = [
            received(each.request, on=on, at=noon_of(on, owner))
            for each in tries
            if (on := each.request.answered_on)
        ]
        talks = [
            Conversation(
                owner=owner, person=each.person, request=each.request, state=Conversation.State.HELD,
                held_on=each.held_on,
            )
            for each in tries
            if each.held_on and each.person.pk not in self.talking
        ]  # fmt: skip
        agreed = {each.person.pk: each.last.row for each in tries if each.last.standing == Standing.SCHEDULED}
        held = {talk.person_id for talk in talks}
        coming = [
            self._talk_to_come(self.people[pk], row, by_person.get(pk))
            for pk, row in {**agreed, **to_come}.items()
            if pk not in self.talking and pk not in held
        ]
        self.work.kept.add_many(answers)
        self.work.kept.add_many([*talks, *coming])
        if coming:
            self.work.said.append(
                ngettext(
                    "%(count)d talk is agreed on: enter its time on its page.",
                    "%(count)d talks are agreed on: enter their times on their pages.",
                    len(coming),
                )
                % {"count": len(coming)}
            )

    def _talk_to_come(self, person: Person, row: Row, tried: "_Try | None") -> Conversation:
        """A talk is scheduled at a time, which no list tells: until somebody enters it, times are proposed."""
        day, today = _day_of(row), self.work.today
        on = tried.last.on if tried else today
        return Conversation(
            owner=self.work.owner, person=person, request=tried.request if tried else None,
            state=Conversation.State.PROPOSED, asked_on=on if tried else None, proposed_on=on,
            # A day to come is none on which something was sent.
            wall_day=day if day and day > today else None,
            notes=_("Your list says: %(words)s") % {"words": row.data.get("status", "")},
        )  # fmt: skip

    def _say(self, made: int, undated: int) -> None:
        if made:
            self.work.tally.more["requests"] = made
            self.work.said.append(
                ngettext("%(count)d request from your list.", "%(count)d requests from your list.", made)
                % {"count": made}
            )
        if undated:
            self.work.said.append(
                ngettext(
                    "%(count)d row has a status and no day to go with it: no request was made of it.",
                    "%(count)d rows have a status and no day to go with it: no request was made of them.",
                    undated,
                )
                % {"count": undated}
            )


class _Try:
    """One person's request as their rows tell of it, the earliest first; not saved yet."""

    def __init__(self, work: Work, person: Person, told: Sequence[Told]) -> None:
        self.person = person
        first, *later = sorted(told, key=lambda each: each.on)
        self.last = first
        self.held_on: dt.date | None = None
        is_invitation = any("profile" in each.row.data or each.standing in OF_INVITATIONS for each in told)
        by_mail = any("emails" in each.row.data for each in told)
        self.request = Request(
            owner=work.owner, person=person, state=Request.State.SENT,
            channel=Channel.INVITATION if is_invitation else Channel.EMAIL if by_mail else Channel.MESSAGE,
            sent_on=first.on, sent_at=noon_of(first.on, work.owner),
        )  # fmt: skip
        self._go_on(first)
        for each in later:
            self._take(each, beside=first.row)
        self.is_long_past = self.last.on < work.today - LONG_PAST
        self.request.is_imported = self.is_long_past or self.request.state not in Request.WAITING

    def _take(self, told: Told, *, beside: Row) -> None:
        facts = {"number": beside.number, "file": beside.file, "day": date_format(told.on, "j F Y")}
        if self._go_on(told):
            _add(told.row, _("It goes on with the request of row %(number)s.") % facts)
        else:
            words = told.row.data.get("status", "")
            sentence = _("Row %(number)s tells of the same person: “%(words)s” of %(day)s is left out.")
            _add(told.row, sentence % {**facts, "words": words or LABELS[told.standing]})

    def _go_on(self, told: Told) -> bool:
        """Go where a row says that it went, if it leads there from where it stands."""
        request, state = self.request, _state_of(told.standing)
        move = next(
            (each for each in Request.MOVES if each.to == state and request.state in each.sources), None
        )
        is_further = ORDER.index(told.standing) > ORDER.index(self.last.standing)
        if not (move or told is self.last or (state == request.state and is_further)):
            return False
        if move:
            if state == Request.State.ANSWERED and request.is_invitation and not request.accepted_on:
                request.accepted_on = told.on
            request.state = state
            setattr(request, move.stamp, told.on)
        if told.standing == Standing.HELD:
            self.held_on = told.on
        self.last = told
        return True


def _state_of(standing: Standing) -> str:
    return Request.State.ANSWERED if standing in ANSWERS else Request.State(standing.value)


def _says(request: Request, told: Told) -> bool:
    """Whether a request here says what a row does, or more."""
    stamps = {move.to: getattr(request, move.stamp) for move in Request.MOVES}
    return bool(stamps[_state_of(told.standing)]) and told.on in stamps.values()


def _no_day(row: Row, day: dt.date | None) -> str:
    said = {"words": row.data.get("status", "") or LABELS[Standing.SENT]}
    if day:
        return _("“%(words)s” on a day that is still to come: no request was made.") % said
    return _("“%(words)s” without a day that can be read: no request was made.") % said


def _add(row: Row, sentence: str) -> None:
    row.detail = " ".join(filter(None, [row.detail, sentence]))[:REASON]

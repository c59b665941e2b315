"""A newcomer's own list of people, as far as it tells what was sent to them and what came of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from hashlib import blake2s
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from contacts.importing.own_list import KIND as PEOPLE
from contacts.importing.rows import person_of
from contacts.models import Person
from netjob.imports.readers import Opened, Reader, Row, Work
from netjob.models import User
from outreach.composing import Channel, noon_of
from outreach.importing.answering import connect, new_requests, received
from outreach.models import Conversation, Message, Request
from outreach.status_words import Standing, read_standing, unknown_words

IGNORED = "ignored"
ANSWERS = (Standing.ANSWERED, Standing.SCHEDULED, Standing.HELD)
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
        choices = [(IGNORED, _("Nothing: leave it out")), *((each.value, LABELS[each]) for each in Standing)]
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


def _day_of(row: Row) -> dt.date | None:
    return person_of("", 0, row.data).sent_on


class _Requests:
    def __init__(self, work: Work, told: Sequence[tuple[Row, Standing]]) -> None:
        self.work, self.told = work, told
        pks = {row.made for row, _standing in told if row.made}
        self.people = Person.objects.select_related("company").in_bulk(pks)
        # Who has a request, or was talked to, is known better here than by any list.
        asked = Request.objects.owned_by(work.owner).filter(person__in=pks).values_list("person", flat=True)
        self.asked = set(asked)
        talks = Conversation.objects.owned_by(work.owner).filter(state__in=Conversation.OPEN, person__in=pks)
        self.talking = set(talks.values_list("person", flat=True))

    def write(self) -> None:
        requests: dict[int, tuple[Request, Standing, Row]] = {}
        for row, standing in self.told:
            person = self.people[row.made or 0]
            if person.pk not in self.asked and person.pk not in requests:
                requests[person.pk] = (self._request(row, person, standing), standing, row)
        made = [request for request, *_rest in requests.values()]
        self.work.kept.add_many(made)
        new_requests(self.work).update(request.pk for request in made)
        self._answers(list(requests.values()))
        connect(
            self.work,
            [
                (request.person, request.accepted_on)
                for request in made
                if request.accepted_on and not request.person.connected_on
            ],
        )
        if made:
            self.work.tally.more["requests"] = len(made)
            self.work.said.append(
                ngettext("%(count)d request from your list.", "%(count)d requests from your list.", len(made))
                % {"count": len(made)}
            )

    def _request(self, row: Row, person: Person, standing: Standing) -> Request:
        on = min(_day_of(row) or self.work.today, self.work.today)
        is_invitation = standing in (Standing.ACCEPTED, Standing.WITHDRAWN) or "profile" in row.data
        channel = (
            Channel.INVITATION
            if is_invitation
            else Channel.EMAIL
            if "emails" in row.data
            else Channel.MESSAGE
        )
        state = Request.State.ANSWERED if standing in ANSWERS else Request.State(standing.value)
        stamp = {"sent": "", "withdrawn": "withdrawn_on"}.get(state, f"{state}_on")
        stamps = {stamp: on} if stamp else {}
        if is_invitation and state == Request.State.ANSWERED:
            stamps["accepted_on"] = on
        return Request(
            owner=self.work.owner, person=person, channel=channel, state=state,
            sent_on=on, sent_at=noon_of(on, self.work.owner), **stamps,
        )  # fmt: skip

    def _answers(self, requests: Sequence[tuple[Request, Standing, Row]]) -> None:
        """That they wrote back, that a talk is agreed on, and that we talked."""
        answers: list[Message] = []
        talks: list[Conversation] = []
        for request, standing, row in requests:
            on = request.sent_on or self.work.today
            if standing in ANSWERS:
                answers.append(received(request, on=on, at=noon_of(on, self.work.owner)))
            if standing == Standing.HELD:
                talks.append(
                    Conversation(
                        owner=self.work.owner, person=request.person, request=request,
                        state=Conversation.State.HELD, held_on=on,
                    )
                )  # fmt: skip
            elif standing == Standing.SCHEDULED and request.person_id not in self.talking:
                talks.append(self._talk_to_come(request, row))
        self.work.kept.add_many(answers)
        self.work.kept.add_many(talks)
        if coming := sum(talk.state == Conversation.State.PROPOSED for talk in talks):
            self.work.said.append(
                ngettext(
                    "%(count)d talk is agreed on: enter its time on its page.",
                    "%(count)d talks are agreed on: enter their times on their pages.",
                    coming,
                )
                % {"count": coming}
            )

    def _talk_to_come(self, request: Request, row: Row) -> Conversation:
        """A talk is scheduled at a time, which no list tells: until somebody enters it, times are proposed."""
        day = _day_of(row)
        return Conversation(
            owner=self.work.owner, person=request.person, request=request,
            state=Conversation.State.PROPOSED, asked_on=request.sent_on, proposed_on=request.sent_on,
            # A day to come is none on which something was sent.
            wall_day=day if day and day > self.work.today else None,
            notes=_("Your list says: %(words)s") % {"words": row.data.get("status", "")},
        )  # fmt: skip

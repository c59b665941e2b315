"""Invitations.csv: those that I sent become requests, those that I got the day on which they invited me."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from contacts.importing.connections import NAMED, FileOfExport
from contacts.importing.people import PeopleReader, brought_by, day_of, some_words
from contacts.importing.recognising import person_value
from contacts.importing.writing import new_people
from contacts.models import Person
from contacts.person_rows import PersonRow
from contacts.profiles import ProfileLink
from netjob.imports.models import ImportBatch
from netjob.imports.readers import LEAVE, Meaning, Row, Work
from netjob.models import User
from netjob.words import some_of
from outreach.importing.answering import accept, new_requests, pending
from outreach.linkedin_export import invitations
from outreach.models import Message, Request

KIND = "linkedin_invitations"
IF_CONNECTED = ("person__connected_on", "person__degree")
NEAR = dt.timedelta(days=1)
"""LinkedIn tells no zone: the same invitation may be a day apart."""


class InvitationReader(PeopleReader, FileOfExport):
    kind = KIND
    label = gettext_lazy("LinkedIn: Invitations.csv")
    explains = gettext_lazy("the columns From, To, Sent At, Direction")
    order = 300
    leads_to = "outreach:request_list"
    module: ClassVar[Any] = invitations
    vocabulary = invitations.VOCABULARY
    makes = ngettext_lazy("%(count)d invitation", "%(count)d invitations", "count")
    found_how = Person.FoundHow.OTHER

    def row_of(self, _table: Any, invitation: Any) -> Row:
        who = PersonRow(invitation.file, invitation.number, invitation.name, profile=invitation.profile)
        row = super().row_of(_table, who)
        row.data |= {"direction": invitation.direction, "message": invitation.message}
        if invitation.own_profile:
            row.data["own"] = list(invitation.own_profile)
        if invitation.sent_at:
            row.data["sent_at"] = invitation.sent_at.isoformat()
        return row

    def tells_more(self, data: Mapping[str, Any], *, owner: User) -> list[str]:
        told = (
            _("you invited them %(day)s")
            if data["direction"] == "outgoing"
            else _("they invited you %(day)s")
        )
        day = day_of(data["sent_at"]) if "sent_at" in data else ""
        return [(told % {"day": day}).strip(), some_words(data.get("message", ""))]

    def decide(self, rows: Sequence[Row], work: Work) -> None:
        """As of any file of people; and whether the invitation itself is new here."""
        super().decide(rows, work)
        sent: Any = Request.objects.owned_by(work.owner).exclude(sent_on=None)
        days: dict[str, list[dt.date]] = {}
        for pk, on in sent.values_list("person", "sent_on"):
            days.setdefault(person_value(pk), []).append(on)
        people = Person.objects.owned_by(work.owner).exclude(invited_me_on=None).values_list("pk", flat=True)
        invited = set(map(person_value, people))
        for row in rows:
            at = _moment(row, work)
            if at is None or row.meaning not in (Meaning.KNOWN, Meaning.UPDATED):
                continue
            whom = row.choices[0][0]
            if row.data["direction"] == "incoming":
                if whom not in invited:
                    invited.add(whom)
                    _adds(row, _("Adds that they invited you."))
            elif not any(abs(on - at.date()) <= NEAR for on in days.setdefault(whom, [])):
                days[whom].append(at.date())
                _adds(row, _("Adds your request."))

    def foresee(self, work: Work) -> None:
        """Which requests `follow` will accept: whose person a row of this import connects, or is connected already."""
        brought, rows = brought_by(work), list[int]()
        anyway = 0
        for request in pending(work.owner).select_related("person").only("person__name", *IF_CONNECTED):
            gains = brought.get(request.person_id, {})
            row = gains.get("connected_on") or gains.get("degree")
            if row and row.choice != LEAVE:
                names = {"name": request.person.name, "match": row.match}
                row.is_updated(_("%(name)s accepted your request. %(match)s") % names)
                rows.append(row.position)
            anyway += request.person.is_connected
        if rows or anyway:
            work.foreseen["accepted"] = {"rows": rows, "anyway": anyway}

    def foretold(self, batch: ImportBatch) -> list[str]:
        if not (accepted := batch.foreseen.get("accepted")):
            return []
        rows = batch.rows.filter(position__in=accepted["rows"]).exclude(choice=LEAVE)
        count = accepted["anyway"] + rows.count()
        told = ngettext("%d request of yours was accepted.", "%d requests of yours were accepted.", count)
        return [told % count] if count else []

    def apply(self, rows: Sequence[Row], work: Work) -> None:
        super().apply(rows, work)
        people = Person.objects.select_related("company").in_bulk({row.made for row in rows if row.made})
        told = [(row, people[row.made]) for row in rows if row.made]
        _invited_me(work, [pair for pair in told if pair[0].data["direction"] == "incoming"])
        _Sending(work, people).send([pair for pair in told if pair[0].data["direction"] == "outgoing"])

    def follow(self, work: Work) -> None:
        """Whatever was imported: who is a connection by now has accepted."""
        accepted = accept(work)
        if accepted:
            names = [request.person.name for request in accepted]
            work.tally.more["accepted"] = len(accepted)
            work.said.append(
                ngettext(
                    "%(count)d accepted your request: %(names)s.",
                    "%(count)d accepted your request: %(names)s.",
                    len(names),
                )
                % {"count": len(names), "names": some_of(names, most=NAMED)}
            )


def _adds(row: Row, sentence: str) -> None:
    row.is_updated(f"{row.match} {sentence}" if row.meaning == Meaning.UPDATED else sentence)


def own_profile(work: Work) -> ProfileLink | None:
    """Whose export it is, as far as its invitations tell."""
    told = Counter(tuple(row.data["own"]) for row in work.rows.get(KIND, ()) if row.data.get("own"))
    return next((ProfileLink(*own) for own, _count in told.most_common(1)), None)


def _moment(row: Row, work: Work) -> dt.datetime | None:
    """The file tells no zone: it is taken for the owner's."""
    told = row.data.get("sent_at")
    return dt.datetime.fromisoformat(told).replace(tzinfo=work.owner.zone) if told else None


def _invited_me(work: Work, told: Sequence[tuple[Row, Person]]) -> None:
    first: dict[Person, dt.date] = {}
    for row, person in told:
        at = _moment(row, work)
        if at and not person.invited_me_on:
            first[person] = min(at.date(), first.get(person, at.date()))
    standing = [person for person in first if person.pk not in new_people(work)]
    work.kept.watch(standing)
    for person, on in first.items():
        person.invited_me_on = on
    work.kept.save(standing)
    new = [person for person in first if person.pk in new_people(work)]
    Person.objects.bulk_update(new, ["invited_me_on"], batch_size=100)


class _Sending:
    """Invitations that I sent, as requests: each person has one at most that is open."""

    def __init__(self, work: Work, people: dict[int, Person]) -> None:
        self.work = work
        self.requests: dict[int, list[Request]] = {}
        rows = Request.objects.owned_by(work.owner).filter(person__in=people).prefetch_related("messages")
        for request in rows:
            self.requests.setdefault(request.person_id, []).append(request)
        self.new: list[Request] = []
        self.notes: list[Message] = []
        self.went_out: list[tuple[Request, Person, dt.datetime]] = []

    def send(self, told: Sequence[tuple[Row, Person]]) -> None:
        for row, person in told:
            at = _moment(row, self.work)
            if at is None:
                row.detail = _("No day of sending that can be read, so no request was made.")
            else:
                self._one(row, person, at)
        self.work.kept.add_many(self.new)
        new_requests(self.work).update(request.pk for request in self.new)
        for note in self.notes:
            note.request_id = note.request.pk if note.request else None
        self.work.kept.add_many(self.notes)
        self._send_drafts()

    def _one(self, row: Row, person: Person, at: dt.datetime) -> None:
        on = at.date()
        theirs = self.requests.setdefault(person.pk, [])
        if any(request.sent_on and abs(request.sent_on - on) <= NEAR for request in theirs):
            return
        open_one = next((each for each in theirs if each.state in Request.UNFINISHED), None)
        if open_one is None:
            self._make(row, person, at)
        elif open_one.state == Request.State.DRAFT and open_one.is_invitation:
            self.went_out.append((open_one, person, at))
            open_one.sent_on = on  # a second row about it finds it
        else:
            row.detail = _("There is an open request to %(name)s already.") % {"name": person.name}

    def _make(self, row: Row, person: Person, at: dt.datetime) -> None:
        on = at.date()
        since = person.connected_on or (self.work.today if person.is_connected else None)
        request = Request(
            owner=self.work.owner,
            person=person,
            channel=Request.Channel.INVITATION,
            state=Request.State.ACCEPTED if since else Request.State.SENT,
            sent_on=on,
            sent_at=at,
            accepted_on=max(since, on) if since else None,
            is_imported=True,
        )
        self.new.append(request)
        self.requests[person.pk].append(request)
        if text := row.data.get("message", ""):
            note = Message(
                owner=self.work.owner, person=person, request=request, kind=Message.Kind.NOTE,
                channel=Request.Channel.INVITATION, text=text, sent_on=on, sent_at=at,
            )  # fmt: skip
            self.notes.append(note)

    def _send_drafts(self) -> None:
        """A draft here that went out on LinkedIn."""
        lines = []
        for request, _person, _at in self.went_out:
            request.sent_on = None
        self.work.kept.watch([request for request, *_rest in self.went_out])
        notes = [note for request, *_rest in self.went_out if (note := request.note)]
        self.work.kept.watch(notes)
        for request, person, at in self.went_out:
            request.person = person
            lines.append(request.moved("sending", on=at.date()))
            request.sent_at = at
            if note := request.note:
                note.sent_on, note.sent_at = at.date(), at
        self.work.kept.save([request for request, *_rest in self.went_out])
        self.work.kept.save(notes)
        self.work.kept.add_many(lines)

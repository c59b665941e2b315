"""messages.csv: what was written on LinkedIn, both ways. A reply answers the request that waits for one."""

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from companies.models import NAME
from companies.names import exact_key
from contacts.importing.changes import Earlier
from contacts.importing.connections import FileOfExport
from contacts.importing.owners_files import PROFILE
from contacts.importing.people import say_nothing_of, some_words
from contacts.importing.recognising import Directory, person_pk
from contacts.importing.writing import Writing
from contacts.models import Person
from contacts.person_rows import PersonRow
from contacts.profiles import ProfileLink
from netjob.imports.readers import NEW, Meaning, Row, Work
from netjob.models import User
from outreach.composing import Channel
from outreach.importing.answering import answer
from outreach.importing.invitations import own_profile
from outreach.linkedin_export import messages
from outreach.linkedin_export.messages import LinkedInMessage
from outreach.models import Message

KIND = "linkedin_messages"
PEOPLE = "whom_messages_are_about"
MOST_AT_ONCE = 10
"""Recipients of a message that counts as one to each of them; what goes to more is a circular."""
ERASED = "erased"
"""The kind of a link in the place of a recipient's who was erased: so the message to the others keeps its key."""
BEYOND = 10_000_000
"""Positions that no row of a file has: from there on they name the further people of one row."""


class Side(NamedTuple):
    """One with whom a message was exchanged."""

    who: PersonRow
    key: str
    """Of the message to them, or by them."""
    whom: str = ""
    """The value of the person, or of the row that makes them."""
    making: Row | None = None
    """That row, where it is this one."""


class MessageReader(FileOfExport):
    kind = KIND
    label = gettext_lazy("LinkedIn: messages.csv")
    explains = gettext_lazy("the columns CONVERSATION ID, FROM, TO, DATE, CONTENT")
    order = 310
    module: ClassVar[Any] = messages
    vocabulary = messages.VOCABULARY
    makes = ngettext_lazy("%(count)d message", "%(count)d messages", "count")

    def row_of(self, _table: Any, message: LinkedInMessage) -> Row:
        data = {
            "conversation": message.conversation,
            "sender": message.sender,
            "sender_profile": list(message.sender_profile) if message.sender_profile else None,
            "to": message.to,
            "recipients": [list(link) for link in message.recipients],
            "sent_at": message.sent_at.isoformat(),
            "subject": message.subject,
            "text": message.text,
        }
        return Row(message.file, message.number, message.sender, data)

    def decide(self, rows: Sequence[Row], work: Work) -> None:
        directory = Directory.of(work)
        told = [(row, _message(row)) for row in rows]
        mine = _mine(work, [message for _row, message in told])
        known = set(
            Message.objects.owned_by(work.owner)
            .exclude(external_key="")
            .values_list("external_key", flat=True)
        )
        seen: dict[str, Row] = {}
        links = {link for _row, message in told for link in message.people}
        erased = {link for link in links if directory.is_erased([(link.kind, link.key)])}
        whom: dict[int, list[Side]] = work.shared.setdefault(PEOPLE, {})
        for row, message in told:
            is_mine = row.data["is_mine"] = mine is not None and message.sender_profile == mine
            others, reason = _others(message, mine)
            there = [side for side in others if not _is_erased(side.who.profile, erased)]
            if message.sender_profile in erased or (others and not there):
                say_nothing_of(row)
                continue
            to = _keep_without(row, message, erased)
            title = to if is_mine else message.sender
            row.title = (title or _("Nobody named"))[:NAME]
            if first := seen.get(message.key):
                row.is_known(first.value, _("The same as row %(number)s.") % {"number": first.number})
                continue
            seen[message.key] = row
            new = [side for side in there if side.key not in known]
            if not others:
                row.leave_out(reason)
            elif not new:
                row.is_known("kept", _("It is kept already."))
            else:
                row.is_new()
                whom[row.position] = list(_entered(row, new, directory))
                if not whom[row.position] and len(new) < len(there):
                    row.is_known("kept", _("It is kept already."))
                elif not whom[row.position]:
                    row.leave_out(_("Sent to several people at once whose names cannot be told apart."))

    def tells(self, data: Mapping[str, Any], *, owner: User) -> str:
        day = date_format(dt.datetime.fromisoformat(data["sent_at"]).astimezone(owner.zone), "j F Y")
        told = _("you wrote %(day)s") if data.get("is_mine") else _("they wrote %(day)s")
        return " · ".join(filter(None, [told % {"day": day}, some_words(data["text"])]))

    def apply(self, rows: Sequence[Row], work: Work) -> None:
        _Writing(work, rows).write()


def _message(row: Row) -> LinkedInMessage:
    data = row.data
    return LinkedInMessage(
        file=row.file,
        number=row.number or 0,
        conversation=data["conversation"],
        sender=data["sender"],
        sender_profile=ProfileLink(*data["sender_profile"]) if data["sender_profile"] else None,
        to=data["to"],
        recipients=tuple(ProfileLink(*link) for link in data["recipients"]),
        sent_at=dt.datetime.fromisoformat(data["sent_at"]),
        subject=data["subject"],
        text=data["text"],
    )


def _is_erased(link: ProfileLink | None, erased: Collection[ProfileLink]) -> bool:
    return link is not None and (link in erased or link.kind == ERASED)


def _keep_without(row: Row, message: LinkedInMessage, erased: Collection[ProfileLink]) -> str:
    """Of recipients who were erased the row keeps no more than that there was one. Returns the others' names."""
    if not any(_is_erased(link, erased) for link in message.recipients):
        return message.to
    links, names = list[ProfileLink](), list[str]()
    for place, link in enumerate(message.recipients):
        is_erased = _is_erased(link, erased)
        links.append(ProfileLink(ERASED, f"{row.position}.{place}") if is_erased else link)
        names.append("" if is_erased else message.names.get(link, ""))
    row.data |= {"to": ",".join(names), "recipients": [list(link) for link in links]}
    return ", ".join(filter(None, names))


def _mine(work: Work, told: Sequence[LinkedInMessage]) -> ProfileLink | None:
    """Which side is the owner's: by the invitations beside, by their name, or by who is in every conversation."""
    names = [row["name"] for row in work.about.get(PROFILE, ())] + [work.owner.name]
    return own_profile(work) or messages.own_profile(told, [name for name in names if name])


def _others(message: LinkedInMessage, mine: ProfileLink | None) -> tuple[list[Side], str]:
    """Whom I wrote to, or who wrote to me; or why nobody can be told."""

    def about(name: str, profile: ProfileLink | None) -> PersonRow:
        return PersonRow(message.file, message.number, name, profile=profile)

    if mine is None:
        return [], _("It does not say which side is yours. Import the whole export, with its Profile.csv.")
    if message.sender_profile != mine:
        return [Side(about(message.sender, message.sender_profile), message.key)], ""
    others = list(dict.fromkeys(link for link in message.recipients if link != mine))
    if len(others) > MOST_AT_ONCE:
        return [], _("Sent to %(count)d people at once: too many to be a word with each of them.") % {
            "count": len(others)
        }
    if len(others) > 1:
        names = {link: name for link, name in message.names.items() if exact_key(name) and len(name) <= NAME}
        return [Side(about(names.get(link, ""), link), message.key_with(link)) for link in others], ""
    if not others or not exact_key(message.to) or len(message.to) > NAME:
        return [], _("It does not say to whom it went.")
    return [Side(about(message.to, others[0]), message.key)], ""


def _entered(row: Row, sides: Sequence[Side], directory: Directory) -> Iterator[Side]:
    """Each with whose it is; without those whom nobody knows, and whose name the row does not tell."""
    for place, side in enumerate(sides):
        found = directory.find(side.who).same
        if found:
            directory.enter(side.who, found.value, is_new=False)
            yield side._replace(whom=found.value)
        elif side.who.name:
            making = Row(
                row.file, row.number, side.who.name, choice=NEW, position=row.position + place * BEYOND
            )
            directory.enter(side.who, making.value, is_new=True)
            yield side._replace(whom=making.value, making=making)


class _Writing:
    def __init__(self, work: Work, rows: Sequence[Row]) -> None:
        self.work, self.rows = work, rows
        whom: dict[int, list[Side]] = work.shared.get(PEOPLE, {})
        self.told = [
            (row, _message(row), whom[row.position])
            for row in rows
            if row.choice == NEW and row.position in whom
        ]
        self.mine = _mine(work, [_message(row) for row in work.rows[KIND] if row.is_readable])

    def write(self) -> None:
        made = self._make_people()
        of_person: dict[int, list[tuple[Row, LinkedInMessage, str]]] = defaultdict(list)
        for row, message, sides in self.told:
            for side in sides:
                first = self.work.row(side.whom)
                pk = person_pk(side.whom) or made.get(side.whom) or (first.made if first else None)
                if pk:
                    of_person[pk].append((row, message, side.key))
        new = self._messages(of_person)
        replies: dict[int, list[tuple[dt.datetime, dt.date]]] = defaultdict(list)
        for said in new:
            if said.direction == Message.Direction.IN and said.sent_at and said.sent_on:
                replies[said.person_id].append((said.sent_at, said.sent_on))
        answered = answer(self.work, replies)
        for said in new:
            request, is_reply = answered.get(said.person_id), said.direction == Message.Direction.IN
            if is_reply and request and said.sent_at and request.sent_at and said.sent_at >= request.sent_at:
                said.request = request
        self.work.kept.add_many(new)
        for row in self.rows:
            if row.meaning == Meaning.KNOWN:
                row.was_merged()
            elif not row.outcome:
                row.was_skipped(_("Whom it is about was left out."))

    def _make_people(self) -> dict[str, int]:
        """Those who are known by nothing but their messages, by the value of the row that tells of them first."""
        new = [
            (side.making, side.who) for _row, _message, sides in self.told for side in sides if side.making
        ]
        Writing(self.work, Directory.of(self.work), Earlier()).write(
            new, found_how=Person.FoundHow.OTHER, is_picked_up=False, company_facts={}
        )
        return {row.value: row.made for row, _who in new if row.made}

    def _messages(self, of_person: dict[int, list[tuple[Row, LinkedInMessage, str]]]) -> list[Message]:
        kept: dict[int, list[Message]] = defaultdict(list)
        rows = Message.objects.owned_by(self.work.owner).sent().filter(person__in=list(of_person))
        for message in rows.only("person", "kind", "direction", "sent_at", "sent_on", "text", "external_key"):
            kept[message.person_id].append(message)
        new: list[Message] = []
        for pk, told in of_person.items():
            typed = [message for message in kept[pk] if not message.external_key]
            said = sorted((message for message in kept[pk] if message.sent_at), key=_when)
            for row, written, key in sorted(told, key=lambda each: each[1].sent_at):
                one = self._message(pk, written, key)
                if any(_is_same(one, other) for other in typed):
                    if not row.outcome:
                        row.was_merged(detail=_("It is kept already."))
                    continue
                one.kind = _kind(one, said)
                insort(said, one, key=_when)
                new.append(one)
                row.was_created()
                row.detail = ""
        return new

    def _message(self, person: int, message: LinkedInMessage, key: str) -> Message:
        is_mine = message.sender_profile == self.mine
        return Message(
            owner=self.work.owner,
            person_id=person,
            direction=Message.Direction.OUT if is_mine else Message.Direction.IN,
            channel=Channel.MESSAGE,
            text=message.text,
            sent_at=message.sent_at,
            sent_on=message.sent_at.astimezone(self.work.owner.zone).date(),
            external_key=key,
        )


def _is_same(one: Message, other: Message) -> bool:
    """Whether a message is what was typed here, or the note of an invitation, which LinkedIn repeats."""
    if one.direction != other.direction or one.text.split() != other.text.split():
        return False
    if other.kind == Message.Kind.NOTE:
        return True
    return one.sent_on == other.sent_on


def _when(message: Message) -> tuple[Any, int]:
    return message.sent_at, message.pk or 0


def _kind(message: Message, said: Sequence[Message]) -> str:
    """Mine is the first one, a reply to theirs, or a follow-up to my own; theirs are replies.

    What was `said` is in its order.
    """
    if message.direction == Message.Direction.IN:
        return Message.Kind.REPLY
    before = bisect_left(said, message.sent_at, key=attrgetter("sent_at"))
    if not before:
        return Message.Kind.FIRST_MESSAGE
    last = said[before - 1]
    if last.kind == Message.Kind.NOTE:
        return Message.Kind.FIRST_MESSAGE
    return Message.Kind.FOLLOW_UP if last.is_from_me else Message.Kind.REPLY

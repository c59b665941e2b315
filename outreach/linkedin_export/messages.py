"""messages.csv: what was written on LinkedIn, both ways, with moments in UTC.

Advertisements have no sender's profile and drafts were never sent: both are skipped, and counted.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Final

from django.utils.translation import gettext as _

from contacts.person_rows import PersonReader
from contacts.profiles import ProfileLink, read_profile_link
from netjob.folding import exact_key
from netjob.imports.remarks import Parsed
from netjob.imports.rows import Rejected, Skipped, begin, read_rows
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Field, Table, Vocabulary, find_header

VOCABULARY: Final = Vocabulary(
    (
        Field("conversation", "CONVERSATION ID"),
        Field("title", "CONVERSATION TITLE"),
        Field("from", "FROM"),
        Field("sender_url", "SENDER PROFILE URL"),
        Field("to", "TO"),
        Field("recipient_urls", "RECIPIENT PROFILE URLS"),
        Field("date", "DATE"),
        Field("subject", "SUBJECT"),
        Field("content", "CONTENT"),
        Field("folder", "FOLDER"),
        Field("is_draft", "IS MESSAGE DRAFT"),
        Field("attachments", "ATTACHMENTS"),
        Field("is_conversation_draft", "IS CONVERSATION DRAFT"),
    ),
    needed=(frozenset({"conversation", "from", "date", "content"}),),
)

_BETWEEN: Final = re.compile(r"[,;\s]+")
_YES: Final = frozenset({"yes", "true", "1"})


@dataclass(frozen=True, slots=True)
class LinkedInMessage:
    """`recipients` are the profiles that the row names, `to` the names beside them as LinkedIn joins them."""

    file: str
    number: int
    conversation: str
    sender: str
    sender_profile: ProfileLink | None
    to: str
    recipients: tuple[ProfileLink, ...]
    sent_at: dt.datetime
    subject: str
    text: str

    @property
    def key(self) -> str:
        """The same for the same message in every export."""
        return _digest(self._told)

    def key_with(self, recipient: ProfileLink) -> str:
        """The same for what one of several recipients was told."""
        return _digest([*self._told, recipient.key])

    @property
    def _told(self) -> list[str]:
        who = self.sender_profile.key if self.sender_profile else exact_key(self.sender)
        return [self.conversation, self.sent_at.isoformat(), who, self.text]

    @property
    def names(self) -> dict[ProfileLink, str]:
        """What each recipient is called, where the names beside the profiles can be told apart."""
        names = [name.strip() for name in self.to.split(",")] if len(self.recipients) > 1 else [self.to]
        return dict(zip(self.recipients, names, strict=True)) if len(names) == len(self.recipients) else {}

    @property
    def people(self) -> frozenset[ProfileLink]:
        return frozenset(filter(None, (self.sender_profile, *self.recipients)))


def _digest(told: Iterable[str]) -> str:
    return blake2s("\0".join(told).encode("utf-8", "replace"), digest_size=16).hexdigest()


def recognises(sheet: Sheet) -> bool:
    return find_header(sheet, VOCABULARY) is not None


def parse(table: Table) -> Parsed[LinkedInMessage]:
    parsed: Parsed[LinkedInMessage] = begin(table)
    return read_rows(PersonReader(table, parsed, days=["date"]), parsed, _message)


def own_profile(rows: Iterable[LinkedInMessage], names: Collection[str] = ()) -> ProfileLink | None:
    """Whose export it is: who wrote under one of these names, or who alone is in the most conversations."""
    known = {exact_key(name) for name in names}
    within: dict[str, set[ProfileLink]] = {}
    called: Counter[ProfileLink] = Counter()
    for row in rows:
        within.setdefault(row.conversation, set()).update(row.people)
        if row.sender_profile and exact_key(row.sender) in known:
            called[row.sender_profile] += 1
    if called:
        return called.most_common(1)[0][0]
    places = Counter(person for people in within.values() for person in people).most_common(2)
    if not places or (len(places) > 1 and places[0][1] == places[1][1]):
        return None
    return places[0][0]


def _message(cells: PersonReader) -> LinkedInMessage:
    if cells["is_draft"].lower() in _YES:
        raise Skipped(_("A draft, never sent."))
    if "sender_url" in cells.row.columns and not cells["sender_url"]:
        raise Skipped(_("An advertisement, or a member who is gone: no profile of a sender."))
    sender = cells.person_name("from")
    if not cells["conversation"] or len(cells["conversation"]) > 255:
        raise Rejected("conversation", _("No conversation that it belongs to."))
    told = len(cells.parsed.warnings)
    sent_at = cells.moment("date")
    if sent_at is None:
        why = cells.parsed.warnings[told:]
        raise Rejected("date", why[0].message if why else _("No date."))
    profile, _link = cells.page("sender_url")
    return LinkedInMessage(
        file=cells.table.file,
        number=cells.row.number,
        conversation=cells["conversation"],
        sender=sender,
        sender_profile=profile,
        to=cells["to"],
        recipients=tuple(
            link for part in _BETWEEN.split(cells["recipient_urls"]) if (link := read_profile_link(part))
        ),
        sent_at=sent_at.replace(tzinfo=dt.UTC),
        subject=cells.line("subject"),
        text=cells.note("content"),
    )

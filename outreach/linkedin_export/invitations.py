"""Invitations.csv: whom I asked to connect and who asked me. Profiles since late 2023, times without a zone."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _

from contacts.person_rows import PersonReader
from contacts.profiles import ProfileLink
from netjob.imports.remarks import Parsed
from netjob.imports.rows import Rejected, Skipped, begin, read_rows
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Field, Table, Vocabulary, find_header

VOCABULARY: Final = Vocabulary(
    (
        Field("from", "From"),
        Field("to", "To"),
        Field("sent_at", "Sent At"),
        Field("message", "Message"),
        Field("direction", "Direction"),
        Field("inviter_url", "inviterProfileUrl"),
        Field("invitee_url", "inviteeProfileUrl"),
    ),
    needed=(frozenset({"from", "to", "sent_at", "direction"}),),
)

type Direction = Literal["outgoing", "incoming"]


@dataclass(frozen=True, slots=True)
class Invitation:
    """`name` and `profile` are the other side's, `own_profile` is that of the owner of the export.

    `sent_at` is as LinkedIn writes it, in a zone that it does not tell. `message` is the note, "" without one.
    """

    file: str
    number: int
    direction: Direction
    name: str
    profile: ProfileLink | None
    own_profile: ProfileLink | None
    sent_at: dt.datetime | None
    message: str


def recognises(sheet: Sheet) -> bool:
    return find_header(sheet, VOCABULARY) is not None


def parse(table: Table) -> Parsed[Invitation]:
    parsed: Parsed[Invitation] = begin(table)
    reader = PersonReader(table, parsed, days=["sent_at"])
    reader.orders["sent_at"] = reader.orders["sent_at"] or "month"  # LinkedIn writes the American order
    return read_rows(reader, parsed, _invitation)


def own_profile(rows: Iterable[Invitation]) -> ProfileLink | None:
    """Whose export it is."""
    return next((who for who, _n in Counter(row.own_profile for row in rows).most_common() if who), None)


def _invitation(cells: PersonReader) -> Invitation:
    direction = cells["direction"].lower()
    if direction not in ("outgoing", "incoming"):
        raise Rejected("direction", _("Neither OUTGOING nor INCOMING."))
    is_mine = direction == "outgoing"
    inviter, _link = cells.page("inviter_url")
    invitee, _link = cells.page("invitee_url")
    if inviter and inviter == invitee:
        raise Skipped(_("That is you, on both sides."))
    return Invitation(
        file=cells.table.file,
        number=cells.row.number,
        direction="outgoing" if is_mine else "incoming",
        name=cells.person_name("to" if is_mine else "from"),
        profile=invitee if is_mine else inviter,
        own_profile=inviter if is_mine else invitee,
        sent_at=cells.moment("sent_at"),
        message=cells.note("message"),
    )

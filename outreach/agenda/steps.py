"""One thing to do next, and what is said of its kinds."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import ngettext_lazy

from companies.models import Company
from contacts.models import Person

CAP = 3
"""Rows of one kind that Today shows at first sight."""
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

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import pgettext

from companies.linkedin_links import read_company_link
from companies.names import loose_key
from netjob import undo
from netjob.folding import folded
from netjob.models import User
from netjob.search import find
from outreach.add_box.about import AboutEntry, ConversationEntry, NoteEntry
from outreach.add_box.company import CompanyEntry
from outreach.add_box.entries import LONGEST, Added, Choice, Entry, Kind, Said
from outreach.add_box.person import PersonEntry


@dataclass
class Box:
    """What somebody typed, read for the kind that it is or is said to be."""

    owner: User
    today: dt.date
    text: str
    chosen: str = ""
    """The kind that they chose by hand."""
    company_typed: str = ""
    company_too: bool = True
    """A company that is not on the list yet may be put on it with the person."""

    def __post_init__(self) -> None:
        bare = self.text.encode(errors="ignore").decode().replace("\x00", " ")
        self.text = " ".join(bare.split())[:LONGEST]
        self.begun, self.rest = _begun(self.text)

    @cached_property
    def guess(self) -> str:
        """What it most likely is."""
        if self.begun:
            return self.begun
        if read_company_link(self.text):
            return Kind.COMPANY
        line = self._as_person.line
        if line and (line.profile or line.email):
            return Kind.PERSON
        company = self._as_company
        if not self.text or company.named or loose_key(self.text) == loose_key(self.text.split(",")[0]):
            return Kind.NOTE if not company.named and self._is_called_so() else Kind.COMPANY
        return Kind.PERSON if line and line.role and not company.has_website else Kind.COMPANY

    def _is_called_so(self) -> bool:
        """Whether somebody known has exactly that name."""
        groups = find(self.owner, self.text, today=self.today, kinds=["people"], limit=5).groups
        return any(folded(hit.title) == folded(self.text) for group in groups for hit in group.hits)

    @property
    def kind(self) -> str:
        return self.chosen if self.chosen in Kind.values else self.guess

    @cached_property
    def entry(self) -> Entry:
        """What was typed, as the kind that it is."""
        if self.kind == Kind.COMPANY:
            return self._as_company
        if self.kind == Kind.PERSON:
            return self._as_person
        about = NoteEntry if self.kind == Kind.NOTE else ConversationEntry
        text = self.rest if self.begun else self.text
        return about(self.owner, self.today, text, has_beginning=bool(self.begun))

    @cached_property
    def _as_company(self) -> CompanyEntry:
        return CompanyEntry(self.owner, self.today, self.text)

    @cached_property
    def _as_person(self) -> PersonEntry:
        return PersonEntry(self.owner, self.today, self.text, self.company_typed, self.company_too)

    @property
    def about(self) -> AboutEntry | None:
        """The entry, where it is about somebody known."""
        return self.entry if isinstance(self.entry, AboutEntry) else None

    @property
    def said(self) -> list[Said]:
        return self.entry.said if self.text else []

    @property
    def known(self) -> Said | None:
        return self.entry.known if self.text else None

    @property
    def problem(self) -> str:
        return self.entry.problem

    @property
    def same(self) -> list[Choice]:
        return self.entry.same if self.text else []

    @property
    def who(self) -> list[Choice]:
        return self.about.who if self.about else []

    # What stands in the fields below until somebody writes there themselves

    @property
    def company_read(self) -> str:
        return self._as_person.role_and_company[1] if self.kind == Kind.PERSON else ""

    @property
    def new_company(self) -> str:
        return self._as_person.new_company if self.kind == Kind.PERSON else ""

    @property
    def is_erased(self) -> bool:
        """Whether it is somebody who was erased for good."""
        return self.kind == Kind.PERSON and bool(self._as_person.erasures)

    @property
    def note_read(self) -> str:
        return self.about.note if self.about else ""

    def add(self, facts: dict[str, Any]) -> Added:
        """Write it. `facts` are those of the form: same, again, person_kind, about, notes, on, mode. Raises Refused."""
        with undo.recording(self.owner, "") as kept:
            written = self.entry.write(kept, facts)
        return Added(written.sentence, written.url, kept.act if undo.is_kept(self.owner, kept.act) else None)


def _begun(text: str) -> tuple[str, str]:
    """The kind that the first words name, and what follows them: "Talked to Priya" is a conversation."""
    beginnings: dict[str, Callable[[], str]] = {
        Kind.NOTE: lambda: pgettext("what a note begins with, | between", "note about|note on|note"),
        Kind.CONVERSATION: lambda: pgettext(
            "what an entry about a conversation begins with, | between",
            "talked to|talked with|spoke to|spoke with|call with|coffee with|met with|met",
        ),
    }
    for kind, words_of_kind in beginnings.items():
        for beginning in words_of_kind().split("|"):
            match = re.match(rf"{re.escape(beginning)}\b[\s:]+(?=\S)", text, re.IGNORECASE)
            if match:
                return kind, text[match.end() :]
    return "", ""

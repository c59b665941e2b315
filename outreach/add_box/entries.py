"""What each kind of entry has to say, and to do."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy

from companies.models import Company
from netjob.models import Activity, User
from netjob.ownership import OwnedModel
from netjob.undo import Recording

LONGEST: Final = 500
"""Characters of the box: a name, a role, a company and a link, with room to spare."""
NEW: Final = "new"


class Kind(models.TextChoices):
    COMPANY = "company", gettext_lazy("Company")
    PERSON = "person", gettext_lazy("Person")
    NOTE = "note", gettext_lazy("Note")
    CONVERSATION = "conversation", gettext_lazy("Conversation")


@dataclass(frozen=True)
class Said:
    """A sentence about what was typed, and perhaps where what it speaks of is."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    about: str = ""


@dataclass(frozen=True)
class Written:
    """What came of it: the sentence, and where to go on."""

    sentence: str
    url: str


@dataclass(frozen=True)
class Added:
    sentence: str
    url: str
    act: UUID | None
    """For undo; none where nothing was written."""


@dataclass
class Entry:
    """What was typed, read as one kind of thing."""

    owner: User
    today: dt.date
    text: str

    @property
    def said(self) -> list[Said]:
        """What is known of it, in sentences."""
        return []

    @property
    def known(self) -> Said | None:
        """The row that it is, which is there already."""
        return None

    @property
    def problem(self) -> str:
        """Why it cannot be read, in a sentence."""
        return ""

    @property
    def same(self) -> list[Choice]:
        """Which one of those that are there it may be."""
        return []

    @property
    def likeliest(self) -> str:
        """The choice of `same` that is made beforehand."""
        return ""

    def learn(self, company: Company | None, text: str, kept: Recording) -> list[str]:
        """What a link to LinkedIn in the text says of the company; returns what is to be said of it."""
        if company is None:
            return []
        before = {*company.linkedin.all()}
        said = company.learn_in_passing(text)
        kept.has_come({*company.linkedin.all()} - before)
        return said

    def write(self, kept: Recording, facts: dict[str, Any]) -> Written:
        """`facts` are those of the form. Raises Refused."""
        raise NotImplementedError


def lines_about(owner: User, *rows: OwnedModel) -> set[OwnedModel]:
    """The lines of the history of companies and people."""
    lines, uids = Activity.objects.owned_by(owner), [row.uid for row in rows]
    return {*lines.filter(company_uid__in=uids), *lines.filter(person_uid__in=uids)}

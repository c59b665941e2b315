import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from companies.models import Company
from contacts.models import Person
from netjob.folding import folded
from netjob.models import Activity
from netjob.search import find
from netjob.undo import Recording
from outreach.add_box.entries import Choice, Entry, Said, Written, lines_about
from outreach.models import Conversation

_NOUNS = {"people": "person", "companies": "company"}


@dataclass
class AboutEntry(Entry):
    """Something about somebody who is known: "Note on Priya: likes SQL"."""

    has_beginning: bool = False
    """The text is what follows the words that say which kind it is."""
    kinds: ClassVar[tuple[str, ...]] = ("people",)

    @property
    def subject(self) -> str:
        """Whom or what it is about."""
        return self.text.partition(":")[0].strip() if self.has_beginning else self.text

    @property
    def note(self) -> str:
        """What was typed after the name."""
        return self.text.partition(":")[2].strip() if self.has_beginning else ""

    @cached_property
    def who(self) -> list[Choice]:
        """Those known who may be meant."""
        if not self.subject:
            return []
        return [
            Choice(f"{_NOUNS[group.kind]}-{hit.pk}", hit.title, hit.where)
            for group in find(self.owner, self.subject, today=self.today, kinds=self.kinds, limit=5).groups
            for hit in group.hits
        ]

    @property
    def only(self) -> str:
        """The one that must be meant: it is alone, or the only one called exactly so."""
        exact = [choice for choice in self.who if folded(choice.label) == folded(self.subject)]
        alone = exact if len(exact) == 1 else self.who
        return alone[0].value if len(alone) == 1 else ""

    @property
    def said(self) -> list[Said]:
        if not self.subject or self.who:
            return []
        nobody = _("Nobody you know has “%(text)s” in the name. Add them as a person first.")
        return [Said(nobody % {"text": self.subject})]

    def about(self, value: str) -> Person | Company | None:
        """The row that a choice of `who` names, if it is one of the owner's own."""
        noun, _dash, number = value.partition("-")
        if not re.fullmatch(r"[0-9]{1,18}", number, re.ASCII):
            return None
        if noun == "person":
            people = Person.objects.owned_by(self.owner).select_related("company", "owner")
            found: Person | None = people.filter(pk=int(number)).first()
            return found
        if noun == "company" and "companies" in self.kinds:
            company: Company | None = Company.objects.owned_by(self.owner).filter(pk=int(number)).first()
            return company
        return None

    def written_already(self, about: Person | Company, on: dt.date | None) -> Said | None:
        """What is there of that day already, where a second one cannot be meant."""
        return None


class NoteEntry(AboutEntry):
    kinds: ClassVar[tuple[str, ...]] = ("people", "companies")

    def write(self, kept: Recording, facts: dict[str, Any]) -> Written:
        about = facts["about"]
        person, company = (about, about.company) if isinstance(about, Person) else (None, about)
        line = Activity.note(self.owner, facts["notes"], on=facts["on"], company=company, person=person)
        kept.sentence = _("Kept a note about %(name)s") % {"name": about.name}
        kept.has_come([line])
        said = _("Your note about %(name)s is kept.") % {"name": about.name}
        learned = self.learn(company, facts["notes"], kept)
        return Written(" ".join([said, *learned]), about.get_absolute_url())


class ConversationEntry(AboutEntry):
    def written_already(self, about: Person | Company, on: dt.date | None) -> Said | None:
        if on is None or not isinstance(about, Person):
            return None
        talk = about.conversations.filter(state=Conversation.State.HELD, held_on=on).first()
        if talk is None:
            return None
        facts = {"name": about.name, "day": date_format(on, "j F Y")}
        said = _("Your conversation with %(name)s on %(day)s is written down already.")
        return Said(said % facts, talk.get_absolute_url())

    def write(self, kept: Recording, facts: dict[str, Any]) -> Written:
        person = facts["about"]
        before = lines_about(self.owner, person)
        talk = Conversation.already_held(person, on=facts["on"], mode=facts["mode"], notes=facts["notes"])
        kept.sentence = _("Wrote down a conversation with %(name)s") % {"name": person.name}
        kept.has_come([talk, *(lines_about(self.owner, person) - before)])
        said = _("Your conversation with %(name)s is written down.") % {"name": person.name}
        learned = self.learn(person.company, facts["notes"], kept)
        return Written(" ".join([said, *learned]), talk.get_absolute_url())

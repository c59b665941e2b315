"""One box for whatever is to be added: what was typed is read, and what is known of it is said at once.

Nothing is written here before `add()`; the verbs that write are those of the nouns.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from companies import adding, pasting, words
from companies.forms.adding import REASONS, WHERE, why_off_the_list
from companies.linkedin_links import read_company_link
from companies.models import NAME, Company
from companies.names import exact_key, loose_key
from contacts import matching
from contacts.adding import Paste, Pasted
from contacts.models import Person
from contacts.profiles import PersonLine, read_people_lines
from netjob.folding import folded
from netjob.models import Activity, User
from netjob.ownership import Refused
from netjob.search import find
from outreach.models import Conversation

LONGEST = 500
"""Characters of the box: a name, a role, a company and a link, with room to spare."""
NEW = "new"


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


@dataclass
class Added:
    """What came of it: the sentence, and where to go on."""

    sentence: str
    url: str


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
        line = self.line
        if line and (line.profile or line.email):
            return Kind.PERSON
        if not self.text or self.named_company or loose_key(self.text) == loose_key(self.text.split(",")[0]):
            exact = [hit for hit in self._hits(["people"]) if folded(hit.title) == folded(self.text)]
            return Kind.NOTE if exact and not self.named_company else Kind.COMPANY
        has_role = line and line.role and not self.company_line_has_website
        return Kind.PERSON if has_role else Kind.COMPANY

    @property
    def kind(self) -> str:
        return self.chosen if self.chosen in Kind.values else self.guess

    @property
    def said(self) -> list[Said]:
        """What is known of it, in sentences."""
        if not self.text:
            return []
        return {
            Kind.COMPANY: self._said_of_company,
            Kind.PERSON: self._said_of_person,
            Kind.NOTE: self._said_of_who,
            Kind.CONVERSATION: self._said_of_who,
        }[Kind(self.kind)]()

    @property
    def problem(self) -> str:
        """Why it cannot be read, in a sentence."""
        if self.kind == Kind.COMPANY and self.sorting.unreadable:
            return self.sorting.unreadable[0].problem
        if self.kind == Kind.COMPANY and self.text and not pasting.read_lines(self.text):
            return _("A name needs at least one letter or sign that can be seen.")
        return self._problem_of_person() if self.kind == Kind.PERSON else ""

    @property
    def known(self) -> Said | None:
        """The row that it is, which is there already."""
        if not self.text:
            return None
        if self.kind == Kind.COMPANY and self.sorting.known:
            company = self.sorting.known[0].company
            return Said(_("%(name)s is on your list already.") % {"name": company.name}, _page_of(company.pk))
        if self.kind == Kind.PERSON and self.person_known:
            return self._standing_of(self.person_known)
        return None

    # A company

    @cached_property
    def sorting(self) -> adding.Sorting:
        return adding.sort(self.owner, pasting.read_lines(self.text)[:1])

    @cached_property
    def named_company(self) -> Company | None:
        """The company that is called exactly so."""
        return next(iter(Company.objects.owned_by(self.owner).known_as([self.text]).values()), None)

    @property
    def company_line_has_website(self) -> bool:
        return any(line.website or line.pages for line in pasting.read_lines(self.text)[:1])

    @property
    def likeliest_company(self) -> str:
        return self.sorting.similar[0].likeliest if self.sorting.similar else ""

    def company_choices(self) -> list[Choice]:
        """What a similar name may be."""
        if self.kind != Kind.COMPANY or not self.text or not self.sorting.similar:
            return []
        known = [
            Choice(
                candidate.value,
                WHERE[candidate.state] % {"name": candidate.name, "reason": REASONS[candidate.reason]},
            )
            for candidate in self.sorting.similar[0].candidates
        ]
        return [*known, Choice(adding.NEW, _("Another company: add it"))]

    def _said_of_company(self) -> list[Said]:
        sorting = self.sorting
        if self.known:
            return [self.known]
        if sorting.off_the_list:
            company = sorting.off_the_list[0].company
            put = _("Adding %(name)s puts it on your list.") % {"name": company.name}
            return [Said(why_off_the_list(company), _page_of(company.pk)), Said(put)]
        if sorting.unreadable:
            return [Said(sorting.unreadable[0].problem)]
        if sorting.similar:
            return [Said(_("Something like it is on your list. Which one is it?"))]
        return [Said(_("%(name)s is new.") % {"name": line.name}) for line in sorting.new]

    def _add_company(self, same: str) -> Added:
        sorting = self.sorting
        answers = {known.line.key: adding.LIST for known in sorting.off_the_list}
        answers |= {similar.line.key: same for similar in sorting.similar}
        added = adding.add(self.owner, sorting, answers, on=self.today)
        names = [line.name for line in sorting.lines] + [k.company.name for k in sorting.off_the_list]
        company = Company.objects.owned_by(self.owner).known_as(names)
        return Added(words.came_of(added), next(iter(company.values())).get_absolute_url())

    # A person

    @cached_property
    def line(self) -> PersonLine | None:
        return next(iter(read_people_lines(self.text)), None)

    @cached_property
    def role_and_company(self) -> tuple[str, str]:
        """The role, and what stands last and may be a company: "Data Analyst, Figma"."""
        role = self.line.role if self.line else ""
        before, comma, last = role.rpartition(", ")
        if not comma:
            return (role, "") if not self._company_called(role) else ("", role)
        if loose_key(last) and loose_key(f"{before}, {last}") == loose_key(before):
            return role, ""  # "Analyst, Inc."
        return before, last

    @cached_property
    def company(self) -> Company | None:
        """Where they work, as far as it is known."""
        name = self.company_typed or self.role_and_company[1]
        return self._company_called(name) if name else None

    @property
    def new_company(self) -> str:
        """The company that would be put on the list with them."""
        name = self.company_typed or self.role_and_company[1]
        return "" if self.company or not exact_key(name) else name[:NAME]

    @property
    def role(self) -> str:
        return self.role_and_company[0]

    @cached_property
    def _paste(self) -> Paste | None:
        line = self.line
        if line is None or self.company is None:
            return None
        return Paste(self.company, [line._replace(role=self.role, name_guessed=False)])

    @property
    def _entry(self) -> Pasted | None:
        return self._paste.entries[0] if self._paste else None

    @cached_property
    def person_known(self) -> Person | None:
        """Whoever has that profile or that e-mail address already."""
        if self._entry:
            return self._entry.known
        keys = []
        if self.line and self.line.profile:
            keys.append((self.line.profile.kind, self.line.profile.key))
        if self.line and self.line.email:
            keys.append(("email", self.line.email))
        return next(iter(Person.objects.owned_by(self.owner).known_by(keys).values()), None) if keys else None

    @cached_property
    def similar_people(self) -> list[Person]:
        """Those of about that name, the people at that company first."""
        if not self.line or not self.line.name or self.person_known:
            return []
        found = {person.pk for person in self._entry.likely} if self._entry else set()
        longest = max(folded(self.line.name).split(), key=len, default="")
        hits = find(self.owner, longest, today=self.today, kinds=["people"], limit=40).groups
        names = {hit.pk: hit.title for group in hits for hit in group.hits}
        found |= {pk for pk, name in names.items() if matching.may_be_same(self.line.name, name)}
        rows = Person.objects.owned_by(self.owner).filter(pk__in=found).with_since().select_related("company")
        return sorted(rows, key=lambda person: person.company_id != (self.company and self.company.pk))[:3]

    def person_choices(self) -> list[Choice]:
        if self.kind != Kind.PERSON or not self.text or not self.similar_people or self.problem:
            return []
        known = [
            Choice(str(person.pk), _("It is %(name)s") % {"name": person.name}, self._about(person))
            for person in self.similar_people
        ]
        return [*known, Choice(NEW, _("Somebody else: add them"))]

    def _said_of_person(self) -> list[Said]:
        if self.known:
            return [self.known]
        if problem := self._problem_of_person():
            return [Said(problem)]
        name = self.line.name if self.line else ""
        facts = {"name": name, "role": self.role, "company": self.company or self.new_company}
        if self.similar_people:
            said = [Said(_("Somebody of about that name is there already. Is it the same person?"))]
        elif self.role and facts["company"]:
            said = [Said(_("%(name)s, %(role)s at %(company)s, is new.") % facts)]
        elif facts["company"]:
            said = [Said(_("%(name)s at %(company)s is new.") % facts)]
        elif self.role:
            said = [Said(_("%(name)s, %(role)s, is new.") % facts)]
        else:
            said = [Said(_("%(name)s is new.") % facts)]
        if self.new_company:
            said.append(Said(_("%(name)s is not on your list yet.") % {"name": self.new_company}))
        return said

    def _problem_of_person(self) -> str:
        if not self.line:
            return _("Write a name, or paste a profile link.") if self.text else ""
        if self._entry and self._entry.problem:
            return self._entry.problem
        return self.line.problem or ""

    def _add_person(self, same: str, kind: str) -> Added:
        line = self.line
        if line is None:
            raise Refused(self.problem)
        if same != NEW and self.similar_people:
            return self._link(next(person for person in self.similar_people if str(person.pk) == same))
        facts = {"kind": kind, "found_how": Person.FoundHow.OTHER}
        if self.new_company and self.company_too:
            Company.add(self.owner, self.new_company, on=self.today)
            for name in ("company", "_paste", "person_known", "similar_people"):
                self.__dict__.pop(name, None)
        if self._paste and self._entry:
            self._entry.known = None
            outcome = self._paste.save(on=self.today, **facts)
            return Added(outcome.sentence(self.today), outcome.added[0].get_absolute_url())
        person = Person.add(
            self.owner, line.name, on=self.today, role=self.role,
            profile=line.profile.url if line.profile else "", email=line.email or "", **facts,
        )  # fmt: skip
        return Added(_("%(name)s is added.") % {"name": person.name}, person.get_absolute_url())

    def _link(self, person: Person) -> Added:
        """It is somebody known: they get the link that was typed."""
        line = self.line
        said = self._standing_of(person)
        if line and line.profile:
            person.set_profile(" ".join([*person.linkedin_urls, line.profile.url]))
        if line and line.email:
            person.set_email(" ".join([*person.emails, line.email]))
        return Added(said.text, said.url)

    def _standing_of(self, person: Person) -> Said:
        standing = (
            Person.objects.owned_by(self.owner).with_since().select_related("company").get(pk=person.pk)
        )
        facts = {"name": standing.name, "standing": standing.standing(self.today), "where": standing.company}
        said = _("%(name)s is known already: %(standing)s.")
        if standing.company and standing.company != self.company:
            said = _("%(name)s is known already, at %(where)s: %(standing)s.")
        return Said(said % facts, standing.get_absolute_url())

    def _about(self, person: Person) -> str:
        company = str(person.company) if person.company else ""
        return " · ".join(filter(None, [person.role, company, person.standing(self.today)]))

    def _company_called(self, name: str) -> Company | None:
        return next(iter(Company.objects.owned_by(self.owner).known_as([name]).values()), None)

    # A note, a conversation

    @property
    def subject(self) -> str:
        """Whom or what it is about."""
        return self.rest.partition(":")[0].strip() if self.begun else self.text

    @property
    def note(self) -> str:
        """What was typed after the name: "Note on Priya: likes SQL"."""
        return self.rest.partition(":")[2].strip() if self.begun else ""

    @cached_property
    def who(self) -> list[Choice]:
        """Known people (and, for a note, companies) who may be meant."""
        if self.kind not in (Kind.NOTE, Kind.CONVERSATION) or not self.subject:
            return []
        kinds = ["people", "companies"] if self.kind == Kind.NOTE else ["people"]
        noun = {"people": "person", "companies": "company"}
        return [
            Choice(f"{noun[group.kind]}-{hit.pk}", hit.title, hit.where)
            for group in find(self.owner, self.subject, today=self.today, kinds=kinds, limit=5).groups
            for hit in group.hits
        ]

    @property
    def only(self) -> str:
        """The one that must be meant: it is alone, or the only one called exactly so."""
        exact = [choice for choice in self.who if folded(choice.label) == folded(self.subject)]
        alone = exact if len(exact) == 1 else self.who
        return alone[0].value if len(alone) == 1 else ""

    def _hits(self, kinds: list[str]) -> list[Any]:
        groups = find(self.owner, self.text, today=self.today, kinds=kinds, limit=5).groups
        return [hit for group in groups for hit in group.hits]

    def _said_of_who(self) -> list[Said]:
        if not self.subject:
            return []
        if not self.who:
            return [
                Said(
                    _("Nobody you know has “%(text)s” in the name. Add them as a person first.")
                    % {"text": self.subject}
                )
            ]
        return []

    def about(self, value: str) -> Person | Company | None:
        """The row that a choice of `who` names, if it is one of the owner's own."""
        noun, _dash, number = value.partition("-")
        if not re.fullmatch(r"[0-9]{1,18}", number, re.ASCII):
            return None
        if noun == "person":
            people = Person.objects.owned_by(self.owner).select_related("company", "owner")
            found: Person | None = people.filter(pk=int(number)).first()
            return found
        if noun == "company" and self.kind == Kind.NOTE:
            company: Company | None = Company.objects.owned_by(self.owner).filter(pk=int(number)).first()
            return company
        return None

    def talked_already(self, person: Person | Company, on: dt.date | None) -> Said | None:
        """The conversation of that day, if it is written down already."""
        if on is None or not isinstance(person, Person):
            return None
        talk = person.conversations.filter(state=Conversation.State.HELD, held_on=on).first()
        if talk is None:
            return None
        facts = {"name": person.name, "day": date_format(on, "j F Y")}
        said = _("Your conversation with %(name)s on %(day)s is written down already.")
        return Said(said % facts, talk.get_absolute_url())

    # What the button does

    def add(self, facts: dict[str, Any]) -> Added:
        """Write it. `facts` are those of the form: same, person_kind, about, notes, on, mode. Raises Refused."""
        if self.kind == Kind.COMPANY:
            return self._add_company(facts["same"])
        if self.kind == Kind.PERSON:
            return self._add_person(facts["same"], facts["person_kind"])
        about, on, notes = facts["about"], facts["on"], facts["notes"]
        if self.kind == Kind.NOTE:
            of = (
                {"person": about, "company": about.company}
                if isinstance(about, Person)
                else {"company": about}
            )
            Activity.note(self.owner, notes, on=on, **of)
            said = _("Your note about %(name)s is kept.") % {"name": about.name}
            return Added(said, about.get_absolute_url())
        talk = Conversation.already_held(about, on=on, mode=facts["mode"], notes=notes)
        said = _("Your conversation with %(name)s is written down.") % {"name": about.name}
        return Added(said, talk.get_absolute_url())


def _page_of(company_pk: int) -> str:
    return Company(pk=company_pk).get_absolute_url()


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

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from companies.models import NAME, Company
from companies.names import exact_key, loose_key
from contacts import matching
from contacts.adding import Paste, Pasted
from contacts.models import Erasure, Key, Person, PersonKey
from contacts.profiles import PersonLine, read_people_lines
from netjob.folding import folded
from netjob.ownership import Refused
from netjob.search import find
from netjob.undo import Recording
from outreach.add_box.company import company_called
from outreach.add_box.entries import NEW, Choice, Entry, Said, Written, lines_about


@dataclass
class PersonEntry(Entry):
    company_typed: str = ""
    company_too: bool = True
    """A company that is not on the list yet may be put on it with the person."""

    @cached_property
    def line(self) -> PersonLine | None:
        return next(iter(read_people_lines(self.text)), None)

    @cached_property
    def role_and_company(self) -> tuple[str, str]:
        """The role, and what stands last and may be a company: "Data Analyst, Figma"."""
        role = self.line.role if self.line else ""
        before, comma, last = role.rpartition(", ")
        if not comma:
            return (role, "") if not company_called(self.owner, role) else ("", role)
        if loose_key(last) and loose_key(f"{before}, {last}") == loose_key(before):
            return role, ""  # "Analyst, Inc."
        return before, last

    @property
    def role(self) -> str:
        return self.role_and_company[0]

    @property
    def company_named(self) -> str:
        return self.company_typed or self.role_and_company[1]

    @cached_property
    def company(self) -> Company | None:
        """Where they work, as far as it is known."""
        return company_called(self.owner, self.company_named) if self.company_named else None

    @property
    def new_company(self) -> str:
        """The company that would be put on the list with them."""
        name = self.company_named
        return "" if self.company or not exact_key(name) else name[:NAME]

    @cached_property
    def known_person(self) -> Person | None:
        """Whoever has that profile or that e-mail address already."""
        pasted = self._pasted
        if pasted:
            return pasted.known
        keys = self._keys
        return next(iter(Person.objects.owned_by(self.owner).known_by(keys).values()), None) if keys else None

    @property
    def _keys(self) -> list[Key]:
        keys: list[Key] = []
        if self.line and self.line.profile:
            keys.append((self.line.profile.kind, self.line.profile.key))
        if self.line and self.line.email:
            keys.append((PersonKey.Kind.EMAIL, self.line.email))
        return keys

    @cached_property
    def erasures(self) -> list[Erasure]:
        """What stayed of whoever had that address and was erased: only by hand they come back."""
        if not self._keys or self.known_person:
            return []
        return list(Erasure.of(self.owner.pk, self._keys).order_by("-pk"))

    @property
    def erased_on(self) -> dt.date | None:
        return self.erasures[0].created_at.astimezone(self.owner.zone).date() if self.erasures else None

    @cached_property
    def similar(self) -> list[Person]:
        """Those of about that name, the people at that company first."""
        if not self.line or not self.line.name or self.known_person:
            return []
        found = {person.pk for person in self._pasted.likely} if self._pasted else set()
        longest = max(folded(self.line.name).split(), key=len, default="")
        hits = find(self.owner, longest, today=self.today, kinds=["people"], limit=40).groups
        names = {hit.pk: hit.title for group in hits for hit in group.hits}
        found |= {pk for pk, name in names.items() if matching.may_be_same(self.line.name, name)}
        rows = Person.objects.these(self.owner, found).with_since().select_related("company")
        return sorted(rows, key=lambda person: person.company_id != (self.company and self.company.pk))[:3]

    @property
    def problem(self) -> str:
        if not self.line:
            return _("Write a name, or paste a profile link.") if self.text else ""
        if self._pasted and self._pasted.problem and not self.erasures:
            return self._pasted.problem
        return self.line.problem or ""

    @property
    def known(self) -> Said | None:
        return self._standing_of(self.known_person) if self.known_person else None

    @property
    def same(self) -> list[Choice]:
        if not self.similar or self.problem:
            return []
        known = [
            Choice(str(person.pk), _("It is %(name)s") % {"name": person.name}, self._about(person))
            for person in self.similar
        ]
        return [*known, Choice(NEW, _("Somebody else: add them"))]

    @property
    def said(self) -> list[Said]:
        if self.known:
            return [self.known]
        if self.problem:
            return [Said(self.problem)]
        if self.similar:
            said = _("Somebody of about that name is there already. Is it the same person?")
        else:
            said = self._sentence_of_new()
        sentences = [said]
        if self.erased_on:
            day = date_format(self.erased_on, "j F Y")
            sentences.insert(0, _("You erased whoever has that address on %(day)s.") % {"day": day})
        if self.new_company:
            sentences.append(_("%(name)s is not on your list yet.") % {"name": self.new_company})
        return [Said(sentence) for sentence in sentences]

    def _sentence_of_new(self) -> str:
        company = self.company or self.new_company
        facts = {"name": self.line.name if self.line else "", "role": self.role, "company": company}
        if self.role and company:
            return _("%(name)s, %(role)s at %(company)s, is new.") % facts
        if company:
            return _("%(name)s at %(company)s is new.") % facts
        return (_("%(name)s, %(role)s, is new.") if self.role else _("%(name)s is new.")) % facts

    def write(self, kept: Recording, facts: dict[str, Any]) -> Written:
        if self.line is None:
            raise Refused(self.problem)
        if self.erasures and facts.get("again"):
            kept.sentence = _("Added %(name)s") % {"name": self.line.name}
            kept.delete(self.erasures)
        if facts["same"] != NEW and self.similar:
            return self._link(
                next(person for person in self.similar if str(person.pk) == facts["same"]), kept
            )
        company = self.company
        new: list[Company | Person] = []
        if self.new_company and self.company_too:
            company = Company.add(self.owner, self.new_company, on=self.today)
            new.append(company)
        person = self._add(self.line, company, facts["person_kind"])
        new.append(person)
        kept.sentence = _("Added %(name)s") % {"name": person.name}
        kept.has_come([*new, *lines_about(self.owner, *new)])
        said = _("%(name)s is added.") % {"name": person.name}
        return Written(" ".join([said, *self.learn(company, self.text, kept)]), person.get_absolute_url())

    def _add(self, line: PersonLine, company: Company | None, kind: str) -> Person:
        return Person.add(
            self.owner, line.name, on=self.today, role=self.role, company=company, kind=kind,
            found_how=Person.FoundHow.OTHER,
            profile=line.profile.url if line.profile else "", email=line.email or "",
        )  # fmt: skip

    def _link(self, person: Person, kept: Recording) -> Written:
        """It is somebody known: they get the link that was typed."""
        line = self.line
        said, before = self._standing_of(person), {*PersonKey.objects.filter(person=person)}
        if line and line.profile:
            person.set_profile(" ".join([*person.linkedin_urls, line.profile.url]))
        if line and line.email:
            person.set_email(" ".join([*person.emails, line.email]))
        kept.sentence = _("Gave %(name)s the link") % {"name": person.name}
        kept.has_come({*PersonKey.objects.filter(person=person)} - before)
        return Written(said.text, said.url)

    @cached_property
    def _pasted(self) -> Pasted | None:
        """The line as the page of their company would read it."""
        if self.line is None or self.company is None:
            return None
        paste = Paste(self.company, [self.line._replace(role=self.role, name_guessed=False)])
        return paste.entries[0]

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

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from companies import adding, pasting, words
from companies.forms.adding import REASONS, WHERE, why_off_the_list
from companies.models import Company
from netjob import undo
from netjob.ownership import OwnedModel
from netjob.undo import Recording
from outreach.add_box.entries import Choice, Entry, Said, Written, lines_about


class CompanyEntry(Entry):
    @cached_property
    def lines(self) -> list[pasting.Line]:
        return pasting.read_lines(self.text)[:1]

    @cached_property
    def sorting(self) -> adding.Sorting:
        return adding.sort(self.owner, self.lines)

    @cached_property
    def named(self) -> Company | None:
        """The company that is called exactly so."""
        return company_called(self.owner, self.text)

    @property
    def has_website(self) -> bool:
        return any(line.website or line.pages for line in self.lines)

    @property
    def problem(self) -> str:
        if self.sorting.unreadable:
            return self.sorting.unreadable[0].problem
        if self.text and not self.lines:
            return _("A name needs at least one letter or sign that can be seen.")
        return ""

    @property
    def known(self) -> Said | None:
        if not self.sorting.known or self.sorting.known[0].line.pages:
            return None  # a page on LinkedIn that is not known of it yet is worth adding
        return self._on_the_list

    @property
    def same(self) -> list[Choice]:
        if not self.sorting.similar:
            return []
        known = [
            Choice(
                candidate.value,
                WHERE[candidate.state] % {"name": candidate.name, "reason": REASONS[candidate.reason]},
            )
            for candidate in self.sorting.similar[0].candidates
        ]
        return [*known, Choice(adding.NEW, _("Another company: add it"))]

    @property
    def likeliest(self) -> str:
        return self.sorting.similar[0].likeliest if self.sorting.similar else ""

    @property
    def said(self) -> list[Said]:
        sorting = self.sorting
        if self.known:
            return [self.known]
        if sorting.known:
            return [self._on_the_list, Said(_("What the link says of its page on LinkedIn is new."))]
        if sorting.off_the_list:
            company = sorting.off_the_list[0].company
            put = _("Adding %(name)s puts it on your list.") % {"name": company.name}
            return [Said(why_off_the_list(company), _page_of(company.pk)), Said(put)]
        if self.problem:
            return [Said(self.problem)]
        if sorting.similar:
            return [Said(_("Something like it is on your list. Which one is it?"))]
        return [Said(_("%(name)s is new.") % {"name": line.name}) for line in sorting.new]

    @property
    def _on_the_list(self) -> Said:
        company = self.sorting.known[0].company
        return Said(_("%(name)s is on your list already.") % {"name": company.name}, _page_of(company.pk))

    def write(self, kept: Recording, facts: dict[str, Any]) -> Written:
        sorting = self.sorting
        answers = {known.line.key: adding.LIST for known in sorting.off_the_list}
        answers |= {similar.line.key: facts["same"] for similar in sorting.similar}
        before = {company: undo.image(company) for company in self._standing(facts["same"])}
        traces = _traces(before)
        added = adding.add(self.owner, sorting, answers, on=self.today)
        company = added.new[0] if added.new else Company.objects.get(pk=next(iter(before)).pk)
        kept.sentence = _("Added %(name)s") % {"name": company.name}
        if added.new:
            kept.has_come([company, *lines_about(self.owner, company)])
        else:
            undo.keep(before[company], company, act=kept.act, sentence=kept.sentence)
            kept.has_come(_traces([company]) - traces)
        return Written(words.came_of(added), company.get_absolute_url())

    def _standing(self, same: str) -> list[Company]:
        """The company that is there already and gets another name or page, or comes onto the list."""
        known = (*self.sorting.known, *self.sorting.off_the_list)
        values = {same, *(each.company.value for each in known)}
        pks = {company.pk for company in self.sorting.names.values() if company.value in values}
        return list(Company.objects.these(self.owner, pks))


def company_called(owner: Any, name: str) -> Company | None:
    return next(iter(Company.objects.owned_by(owner).known_as([name]).values()), None)


def _page_of(pk: int) -> str:
    return Company(pk=pk).get_absolute_url()


def _traces(companies: Iterable[Company]) -> set[OwnedModel]:
    """What may have been added to companies that are there already."""
    return {
        row
        for company in companies
        for rows in (company.names.all(), company.linkedin.all(), lines_about(company.owner, company))
        for row in rows
    }

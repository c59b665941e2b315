"""Pasted companies become new ones, known ones and questions (`sort`), and then rows (`add`).

Both work in sets: five hundred lines cost as many queries as one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from companies.likely import near
from companies.models import Company, CompanyLinkedIn, CompanyName
from companies.names import Proposer, exact_key
from companies.pasting import Line, Page
from netjob.models import Activity, User

NEW: Final = "new"
LEAVE: Final = "leave"
LIST: Final = "list"
FEW: Final = 3
"""Lines up to which it is quicker to look for what each may mean than to hold it against all."""
SURE: Final = 0.85
"""From this likeness on, "It is …" is the answer that is chosen beforehand."""


class Standing(NamedTuple):
    """A company that is there already, as far as recognising it needs."""

    pk: int
    name: str
    state: str
    dropped_on: dt.date | None
    dropped_because: str

    @property
    def value(self) -> str:
        return f"company-{self.pk}"


class Known(NamedTuple):
    line: Line
    company: Standing


class Candidate(NamedTuple):
    """What a line may be: a company that is there (`company-7`), or what an earlier line is (`line-1f0c`)."""

    value: str
    name: str
    state: str
    score: float
    reason: str


class Similar(NamedTuple):
    line: Line
    candidates: list[Candidate]

    @property
    def likeliest(self) -> str:
        best = self.candidates[0]
        return best.value if best.score >= SURE else NEW


@dataclass
class Sorting:
    """Pasted lines by what is to become of them."""

    new: list[Line] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    off_the_list: list[Known] = field(default_factory=list)
    """Known, but suggested or dropped: they may be put on the list."""
    repeats: list[Line] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)
    unreadable: list[Line] = field(default_factory=list)
    names: dict[str, Standing] = field(default_factory=dict)
    """All names and aliases of the companies that a line may mean."""

    @property
    def has_questions(self) -> bool:
        return bool(self.similar or self.off_the_list or self.unreadable)

    @property
    def lines(self) -> list[Line]:
        """The lines that may become companies, in the order in which they were pasted."""
        return sorted([*self.new, *(similar.line for similar in self.similar)], key=lambda line: line.number)


def sort(owner: User, lines: Iterable[Line]) -> Sorting:
    """Tell new companies from known ones by exact names and LinkedIn pages, and find what is only similar."""
    lines = list(lines)
    by_key, by_name = _standing(owner, lines)
    sorting = Sorting(names=by_name)
    by_page = _pages_of(owner, {page for line in lines for page in line.pages}, by_key.values())
    fresh: dict[str, Line] = {}
    seen: set[Page | Standing] = set()
    for line in lines:
        key = exact_key(line.name)
        named, paged = by_key.get(key), {by_page[page] for page in line.pages if page in by_page}
        company = named or next(iter(paged), None)
        if line.problem:
            sorting.unreadable.append(line)
        elif others := [other.name for other in paged if other != company]:
            problem = _("That LinkedIn page is the one of %(name)s.") % {"name": others[0]}
            sorting.unreadable.append(replace(line, problem=problem))
        elif company in seen or key in fresh or seen.intersection(line.pages):
            sorting.repeats.append(line)
        elif company:
            is_listed = company.state in (Company.State.TARGET, Company.State.PAUSED)
            unknown = tuple(page for page in line.pages if page not in by_page)
            (sorting.known if is_listed else sorting.off_the_list).append(
                Known(replace(line, pages=unknown), company)
            )
            seen |= {company, *unknown}
        else:
            fresh[key] = line
            seen.update(line.pages)
    sorting.unreadable = list({line.key: line for line in sorting.unreadable}.values())
    _compare(sorting, fresh)
    return sorting


def _standing(owner: User, lines: list[Line]) -> tuple[dict[str, Standing], dict[str, Standing]]:
    """Companies that the lines may mean, by the exact keys of all their names, and by the names."""
    by_key, by_name = {}, {}
    companies = Company.objects.owned_by(owner).filter(names__exact_key__gt="").order_by()
    if len(lines) <= FEW:
        likely = {pk for line in lines if line.name for pk in near(owner, line.name).values()}
        values = {page.value for line in lines for page in line.pages}
        pages = CompanyLinkedIn.objects.owned_by(owner).filter(value__in=values) if values else ()
        companies = companies.filter(pk__in=likely | {page.company_id for page in pages})
    rows = companies.values_list(
        "names__exact_key", "names__name", "pk", "name", "state", "dropped_on", "dropped_because"
    )
    for key, name, pk, company, state, dropped_on, dropped_because in rows:
        by_key[key] = by_name[name] = Standing(pk, company, state, dropped_on, dropped_because)
    return by_key, by_name


def _pages_of(owner: User, pages: Collection[Page], companies: Iterable[Standing]) -> dict[Page, Standing]:
    if not pages:
        return {}
    by_pk = {company.pk: company for company in companies}
    rows = CompanyLinkedIn.objects.owned_by(owner).filter(value__in={page.value for page in pages})
    return {Page(kind, value): by_pk[pk] for kind, value, pk in rows.values_list("kind", "value", "company")}


def _compare(sorting: Sorting, fresh: Mapping[str, Line]) -> None:
    """Hold each new line against the companies that are there and against the lines before it."""
    proposer = Proposer([*sorting.names, *(line.name for line in fresh.values())])
    for line in fresh.values():
        candidates: dict[str, Candidate] = {}
        for known, score, reason in proposer.propose(line.name, limit=12):
            earlier = fresh.get(exact_key(known))
            if company := sorting.names.get(known):
                candidate = Candidate(company.value, company.name, company.state, score, reason)
            elif earlier and earlier.number < line.number:
                candidate = Candidate(earlier.value, earlier.name, "", score, reason)
            else:
                continue
            candidates.setdefault(candidate.value, candidate)
        if candidates:
            sorting.similar.append(Similar(line, list(candidates.values())[:3]))
        else:
            sorting.new.append(line)


@dataclass
class Added:
    """What came of it, by names: for the sentence that says so."""

    new: list[Company] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    """Put on the list; they were suggested or dropped."""
    known: list[str] = field(default_factory=list)
    aliases: list[tuple[str, str]] = field(default_factory=list)
    """(another name, of which company)."""
    repeats: int = 0

    @property
    def only(self) -> Company | None:
        """The company, where a single one was added: who adds one wants to go on with it."""
        rest = self.listed or self.known or self.aliases
        return self.new[0] if len(self.new) == 1 and not rest else None


@transaction.atomic
def add(
    owner: User,
    sorting: Sorting,
    choices: Mapping[str, str] | None = None,
    *,
    on: dt.date,
    found_how: str = Company.FoundHow.OTHER,
    found_from: Company | None = None,
) -> Added:
    """Write what was sorted, all or nothing.

    `choices` answers by `Line.key`: NEW, LEAVE or a candidate's value for a similar one; LIST or LEAVE for
    one that is off the list. Without an answer it is left out.
    """
    becomes = _becomes(sorting, choices or {})
    aliases: dict[str, list[str]] = defaultdict(list)
    for similar in sorting.similar:
        if (value := becomes[similar.line.key]) not in (LEAVE, similar.line.value):
            aliases[value].append(similar.line.name)
    relisted = {known.company.value for known in sorting.off_the_list if becomes[known.line.key] != LEAVE}

    fresh: dict[str, Company] = {}
    for line in sorting.lines:
        if becomes[line.key] == line.value:
            company = Company(owner=owner, name=line.name, website=line.website, listed_on=on)
            company.found_how, company.found_from = found_how, found_from
            company.make_searchable(aliases[line.value])
            fresh[line.value] = company
    Company.objects.bulk_create(fresh.values())
    standing = _change_standing(owner, sorting, aliases, relisted, on=on)
    companies = fresh | standing

    names = [(company, company.name) for company in fresh.values()]
    also = [(companies[value], name) for value, others in aliases.items() for name in others]
    _remember_names(owner, names + also)
    _remember_pages(owner, sorting, becomes, companies)
    _log(owner, [*fresh.values(), *(standing[value] for value in relisted)], on=on)
    return Added(
        new=list(fresh.values()),
        listed=[standing[value].name for value in relisted],
        known=[known.company.name for known in sorting.known],
        aliases=[(name, company.name) for company, name in also],
        repeats=len(sorting.repeats),
    )


def _becomes(sorting: Sorting, choices: Mapping[str, str]) -> dict[str, str]:
    """By `Line.key`, whose company a line is: its own, another line's, one that is there, LEAVE."""
    becomes = {line.key: line.value for line in sorting.new}
    becomes |= {known.line.key: known.company.value for known in sorting.known}
    for known in sorting.off_the_list:
        becomes[known.line.key] = known.company.value if choices.get(known.line.key) == LIST else LEAVE
    for line, candidates in sorting.similar:
        choice = choices.get(line.key, LEAVE)
        if choice == NEW:
            becomes[line.key] = line.value
        elif choice in {candidate.value for candidate in candidates}:
            # An earlier line's company is whatever became of that line.
            becomes[line.key] = (
                becomes[choice.removeprefix("line-")] if choice.startswith("line-") else choice
            )
        else:
            becomes[line.key] = LEAVE
    return becomes


def _change_standing(
    owner: User, sorting: Sorting, aliases: Mapping[str, list[str]], relisted: Collection[str], *, on: dt.date
) -> dict[str, Company]:
    """Companies that get another name or come onto the list."""
    by_pk = {company.pk: company.value for company in sorting.names.values()}
    changing = [pk for pk, value in by_pk.items() if value in aliases or value in relisted]
    if not changing:
        return {}
    known_as: dict[int, list[str]] = defaultdict(list)
    for name, company in sorting.names.items():
        known_as[company.pk].append(name)
    rows = list(Company.objects.owned_by(owner).filter(pk__in=changing).select_for_update())
    for row in rows:
        row.make_searchable([*known_as[row.pk], *aliases.get(by_pk[row.pk], ())])
        row.version += 1
        if by_pk[row.pk] in relisted:
            row.move("listing", on=on)
    stamps = [move.stamp for move in Company.MOVES]
    Company.objects.bulk_update(
        rows, ["search_text", "haystack", "version", "state", *stamps, "dropped_because"]
    )
    return {by_pk[row.pk]: row for row in rows}


def _remember_names(owner: User, names: Iterable[tuple[Company, str]]) -> None:
    rows = [CompanyName(owner=owner, company=company, name=name) for company, name in names]
    for row in rows:
        row.derive()
    CompanyName.objects.bulk_create(rows)


def _remember_pages(
    owner: User, sorting: Sorting, becomes: Mapping[str, str], companies: Mapping[str, Company]
) -> None:
    pages: dict[Page, int] = {}
    known = [known.line for known in (*sorting.known, *sorting.off_the_list)]
    for line in (*sorting.lines, *known):
        value = becomes[line.key]
        if value != LEAVE:
            pk = companies[value].pk if value in companies else int(value.removeprefix("company-"))
            pages |= {page: pk for page in line.pages if page not in pages}
    CompanyLinkedIn.objects.bulk_create(
        CompanyLinkedIn(owner=owner, company_id=pk, kind=page.kind, value=page.value)
        for page, pk in pages.items()
    )


def _log(owner: User, companies: Iterable[Company], *, on: dt.date) -> None:
    Activity.objects.bulk_create(
        Activity(
            owner=owner, verb="added", title=_("Put on the list"), happened_on=on, company_uid=company.uid
        )
        for company in companies
    )

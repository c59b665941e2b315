"""Pasted companies become new ones, known ones and questions (`sort`), and then rows (`add`).

Both work in sets: five hundred lines cost as many queries as one. What was added can be undone as one act.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import batched, compress
from typing import Any, Final, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.likely import near
from companies.models import Company, CompanyLinkedIn, CompanyName
from companies.names import Proposer, exact_key
from companies.pasting import Line, Page
from netjob import undo
from netjob.models import User
from netjob.words import naming

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


class Repeat(NamedTuple):
    line: Line
    of: str
    """The value of what it says again: an earlier line's, or a company's."""


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
    repeats: list[Repeat] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)
    unreadable: list[Line] = field(default_factory=list)
    names: dict[str, Standing] = field(default_factory=dict)
    """All names and aliases of the companies that a line may mean."""

    @property
    def has_questions(self) -> bool:
        return bool(self.similar or self.off_the_list or self.unreadable)

    def without_all_but(self, keys: Collection[str]) -> "Sorting":
        """The same of the lines with these keys alone."""
        return replace(
            self,
            new=[line for line in self.new if line.key in keys],
            known=[known for known in self.known if known.line.key in keys],
            off_the_list=[known for known in self.off_the_list if known.line.key in keys],
            repeats=[repeat for repeat in self.repeats if repeat.line.key in keys],
            similar=[similar for similar in self.similar if similar.line.key in keys],
            unreadable=[],
        )

    def all_saying(self, **facts: Any) -> "Sorting":
        """The same, and each line says this, too."""

        def with_line(each: Any) -> Any:
            return each._replace(line=replace(each.line, **facts))

        return replace(
            self,
            new=[replace(line, **facts) for line in self.new],
            known=list(map(with_line, self.known)),
            off_the_list=list(map(with_line, self.off_the_list)),
            repeats=list(map(with_line, self.repeats)),
            similar=list(map(with_line, self.similar)),
        )

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
    seen: dict[Page | Standing, str] = {}
    for line in lines:
        key = exact_key(line.name)
        named, paged = by_key.get(key), {by_page[page] for page in line.pages if page in by_page}
        company = named or next(iter(paged), None)
        if line.problem:
            sorting.unreadable.append(line)
        elif others := [other.name for other in paged if other != company]:
            problem = _("That LinkedIn page is the one of %(name)s.") % {"name": others[0]}
            sorting.unreadable.append(replace(line, problem=problem))
        elif again := _said_before(company, fresh.get(key), line, seen):
            sorting.repeats.append(Repeat(_with_unknown_pages(line, by_page), again))
        elif company:
            is_listed = company.state in (Company.State.TARGET, Company.State.PAUSED)
            line = _with_unknown_pages(line, by_page)
            (sorting.known if is_listed else sorting.off_the_list).append(Known(line, company))
            seen |= dict.fromkeys((company, *line.pages), company.value)
        else:
            fresh[key] = line
            seen |= dict.fromkeys(line.pages, line.value)
    sorting.unreadable = list({line.key: line for line in sorting.unreadable}.values())
    _compare(sorting, fresh)
    return sorting


def _with_unknown_pages(line: Line, by_page: Collection[Page]) -> Line:
    return replace(line, pages=tuple(page for page in line.pages if page not in by_page))


def _said_before(
    company: Standing | None, namesake: Line | None, line: Line, seen: Mapping[Page | Standing, str]
) -> str:
    """The value of what a line says again; "" where it is the first to say it."""
    if company and company in seen:
        return seen[company]
    if namesake:
        return namesake.value
    return next((seen[page] for page in line.pages if page in seen), "")


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
    found: dict[Page, Standing] = {}
    for some in batched({page.value for page in pages}, AT_ONCE):
        rows = CompanyLinkedIn.objects.owned_by(owner).filter(value__in=some)
        found |= {
            Page(kind, value): by_pk[pk] for kind, value, pk in rows.values_list("kind", "value", "company")
        }
    return found


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
    learned: list[CompanyLinkedIn] = field(default_factory=list)
    """Pages on LinkedIn that a company gained which was there."""
    repeats: int = 0
    act: uuid.UUID | None = None
    """For undo."""
    became: dict[str, int] = field(default_factory=dict)
    """By `Line.key`, the key of the company that a line is, as far as it is one."""
    made: set[str] = field(default_factory=set)
    """The keys of the lines that made a company."""
    gained: dict[str, list[str]] = field(default_factory=dict)
    """By `Line.key`, which empty fields of a company that was there the line filled."""

    @property
    def only(self) -> Company | None:
        """The company, where a single one was added: who adds one wants to go on with it."""
        rest = self.listed or self.known or self.aliases
        return self.new[0] if len(self.new) == 1 and not rest else None


AT_ONCE: Final = 500
FILLED: Final = ("website", "industry", "place", "remote", "notes")
"""What a line may say of a company besides its name and its pages."""
LINES_EACH: Final = 500
"""Companies that each get a line of history of their own; of more, the import keeps one for all."""


def add(
    owner: User,
    sorting: Sorting,
    choices: Mapping[str, str] | None = None,
    *,
    on: dt.date,
    found_how: str = Company.FoundHow.OTHER,
    found_from: Company | None = None,
    remote: bool = False,
    recording: undo.Recording | None = None,
) -> Added:
    """Write what was sorted, all or nothing.

    `choices` answers by `Line.key`: NEW, LEAVE or a candidate's value for a similar one; LIST, LEAVE or its
    company's value for one that is off the list. Without an answer it is left out. A company that was there
    gains what it lacked, and keeps what it had. `remote`: all of them offer remote work. `recording`: a part
    of this act.
    """
    if remote:
        sorting = sorting.all_saying(remote=True)
    becomes = _becomes(sorting, choices or {})
    fresh = {
        line.value: _company(owner, line, on=on, found_how=found_how, found_from=found_from)
        for line in sorting.lines
        if becomes[line.key] == line.value
    }
    relisted = [
        known.company.value for known in sorting.off_the_list if (choices or {}).get(known.line.key) == LIST
    ]
    count = len(fresh)
    sentence = ngettext("Added %(count)d company", "Added %(count)d companies", count) % {"count": count}
    told = naming(sentence, [company.name for company in fresh.values()], count=count)
    act = nullcontext(recording) if recording else undo.recording(owner, told)
    with act as kept:
        return _Writing(owner, sorting, becomes, fresh, relisted, kept).write(on)


def _company(owner: User, line: Line, *, on: dt.date, found_how: str, found_from: Company | None) -> Company:
    facts = {name: getattr(line, name) for name in FILLED}
    return Company(
        owner=owner, name=line.name, listed_on=on, found_how=found_how, found_from=found_from, **facts
    )


@dataclass
class _Writing:
    """One act of adding: whose company each line is, and the companies that are made."""

    owner: User
    sorting: Sorting
    becomes: dict[str, str]
    fresh: dict[str, Company]
    relisted: list[str]
    kept: undo.Recording

    def write(self, on: dt.date) -> Added:
        known = [*self.sorting.known, *self.sorting.off_the_list]
        lines = [
            *self.sorting.lines, *(each.line for each in known), *(again.line for again in self.sorting.repeats)
        ]  # fmt: skip
        said = [(line, value) for line in lines if (value := self.becomes[line.key]) != LEAVE]
        added = Added(repeats=len(self.sorting.repeats), act=self.kept.act, new=list(self.fresh.values()))
        also = [
            (value, similar.line.name)
            for similar in self.sorting.similar
            if (value := self.becomes[similar.line.key]) not in (LEAVE, similar.line.value)
        ]
        self.kept.add_many(added.new)
        standing = self._change_standing(said, {value for value, _name in also}, added, on=on)
        companies = self.fresh | standing
        also_of = [(companies[value], name) for value, name in also]
        self._remember_names(also_of)
        pages = self._remember_pages(said, companies)
        relisted = [standing[value] for value in self.relisted]
        self._log([*added.new, *relisted], on=on)
        added.listed = [company.name for company in relisted]
        added.known = [known.company.name for known in self.sorting.known]
        added.aliases = [(name, company.name) for company, name in also_of]
        were_there = {company.pk for company in standing.values()}
        added.learned = [page for page in pages if page.company.pk in were_there]
        added.made = {line.key for line in self.sorting.lines if self.becomes[line.key] == line.value}
        added.became = {line.key: pk for line, value in said if (pk := self._key_of(value))}
        return added

    def _key_of(self, value: str) -> int | None:
        if value in self.fresh:
            return self.fresh[value].pk
        return int(value.removeprefix("company-")) if value.startswith("company-") else None

    def _change_standing(
        self, said: Iterable[tuple[Line, str]], renamed: Collection[str], added: Added, *, on: dt.date
    ) -> dict[str, Company]:
        """Companies that were there and are said again: with another name, on the list again, less empty."""
        telling = {value for line, value in said if line.pages or any(getattr(line, name) for name in FILLED)}
        pks = [
            int(value.removeprefix("company-"))
            for value in {*telling, *renamed, *self.relisted}
            if value.startswith("company-")
        ]
        rows: dict[str, Company] = {}
        for some in batched(pks, AT_ONCE):
            found = Company.objects.these(self.owner, some).prefetch_related("names")
            rows |= {f"company-{row.pk}": row for row in found.select_for_update()}
        self.kept.watch(rows.values())
        for value in self.relisted:
            rows[value].move("listing", on=on)
        for line, value in said:
            if value in rows and (gained := _fill(rows[value], line)):
                added.gained[line.key] = gained
        seen = {value: row.version for value, row in rows.items()}
        self.kept.save(rows.values())
        # Another name is a row of its own, and yet a page that shows the company as it was must notice.
        named = [rows[value].pk for value in renamed if value in rows and rows[value].version == seen[value]]
        Company.objects.filter(pk__in=named).update(version=F("version") + 1)
        return rows

    def _remember_names(self, also: Iterable[tuple[Company, str]]) -> None:
        """The names of new companies, which know them already, and other names of those that were there."""
        own = [CompanyName(owner=self.owner, company=each, name=each.name) for each in self.fresh.values()]
        self.kept.add_many(own, settle=False)
        self.kept.add_many([CompanyName(owner=self.owner, company=each, name=name) for each, name in also])

    def _remember_pages(
        self, said: Iterable[tuple[Line, str]], companies: Mapping[str, Company]
    ) -> list[CompanyLinkedIn]:
        pages: dict[Page, Company] = {}
        for line, value in said:
            for page in line.pages:
                if value in companies:
                    pages.setdefault(page, companies[value])
        rows = [
            CompanyLinkedIn(owner=self.owner, company=company, kind=page.kind, value=page.value)
            for page, company in pages.items()
        ]
        self.kept.add_many(rows)
        return rows

    def _log(self, companies: Collection[Company], *, on: dt.date) -> None:
        if len(companies) <= LINES_EACH:
            title = _("Put on the list")
            self.kept.add_many([company.line("added", title, on=on) for company in companies])


def _fill(company: Company, line: Line) -> list[str]:
    """Give a company what it lacks and a line says, in memory: which fields."""
    gained = gains(line, {name for name in FILLED if not getattr(company, name)})
    for name in gained:
        setattr(company, name, getattr(line, name))
    return gained


def gains(line: Line, lacks: Collection[str]) -> list[str]:
    """Which fields a line fills of a company that lacks these."""
    return [name for name in FILLED if name in lacks and getattr(line, name)]


def lacking(owner: User, companies: Collection[Standing]) -> dict[str, set[str]]:
    """By its value, what each lacks of that which a line may say; of long notes only whether there are any."""
    empty = {name: Company._meta.get_field(name).get_default() for name in FILLED}  # type: ignore[union-attr]
    columns = [
        ExpressionWrapper(Q(**{name: value}), output_field=BooleanField()) for name, value in empty.items()
    ]
    found: dict[str, set[str]] = {}
    for some in batched({company.pk for company in companies}, AT_ONCE):
        for pk, *lacks in Company.objects.these(owner, some).order_by().values_list("pk", *columns):
            found[f"company-{pk}"] = set(compress(FILLED, lacks))
    return found


def _becomes(sorting: Sorting, choices: Mapping[str, str]) -> dict[str, str]:
    """By `Line.key`, whose company a line is: its own, another line's, one that is there, LEAVE."""
    becomes = {line.key: line.value for line in sorting.new}
    becomes |= {known.line.key: known.company.value for known in sorting.known}
    for known in sorting.off_the_list:
        meant = choices.get(known.line.key) in (LIST, known.company.value)
        becomes[known.line.key] = known.company.value if meant else LEAVE
    for line, candidates in sorting.similar:
        choice = choices.get(line.key, LEAVE)
        if choice == NEW:
            becomes[line.key] = line.value
        elif choice in {candidate.value for candidate in candidates}:
            # An earlier line's company is whatever became of that line.
            becomes[line.key] = (
                becomes.get(choice.removeprefix("line-"), LEAVE) if choice.startswith("line-") else choice
            )
        else:
            becomes[line.key] = LEAVE
    left = {known.company.value for known in sorting.off_the_list if becomes[known.line.key] == LEAVE}
    for line, of in sorting.repeats:
        becomes[line.key] = LEAVE if of in left else becomes.get(of.removeprefix("line-"), of)
    return becomes

"""The rows of one job seeker's long search: a fixed seed, no clock, dates counted back from a day handed in.

At 1x 500 companies, 5,000 people, 10,000 messages. One person in ten is in play (found, asked, talked to,
due); the others are imported connections, most of them at companies that are only suggested, some with a
history of messages. Figures are written by their one writer, `advance()` and `recount()`.
"""

import datetime as dt
import hashlib
import random
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched, cycle, product
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from benchmarks import SEED
from benchmarks.words import (
    COMPANY_FIELDS,
    COMPANY_WORDS,
    FIRST_NAMES,
    INDUSTRIES,
    LAST_NAMES,
    LEGAL_FORMS,
    PLACES,
    ROLES,
    SENTENCES,
    ZONES,
    words,
)
from companies.models import (
    Company,
    CompanyLinkedIn,
    CompanyName,
    Opening,
    SearchVisit,
    TargetRole,
    TitleVariant,
)
from contacts.models import Person, PersonKey
from netjob.models import Activity, User
from netjob.ownership import OwnedModel
from outreach.models import (
    Application,
    Conversation,
    ConversationQuestion,
    Deferral,
    Insight,
    Interview,
    Message,
    MessageTemplate,
    Question,
    Referral,
    Request,
)

COMPANIES, PEOPLE, MESSAGES = 500, 5_000, 10_000
BATCH = 2_000
YEAR = 300
"""Days that the search has gone on."""

COMPANY_STATES = words(
    "target target target suggested suggested suggested suggested suggested suggested paused "
    "target target target suggested suggested suggested suggested suggested suggested dropped"
)
COURSES = words(
    "found draft sent accepted answered asked scheduled held referred sent "
    "sent declined withdrawn held proposed found sent accepted sent cancelled "
    "held sent answered sent no_show found sent held sent accepted "
    "declined sent found held sent withdrawn sent answered sent found "
    "sent held draft sent accepted sent declined held sent found"
)
"""How far it came with fifty people in play; the first ten show most of what there is."""
DAYS_AGO = {
    "draft": (1, 10), "sent": (1, YEAR), "accepted": (10, 120), "answered": (10, 120),
    "declined": (20, YEAR), "withdrawn": (60, YEAR), "asked": (14, 30), "proposed": (14, 30),
    "scheduled": (14, 30), "held": (40, YEAR), "referred": (40, YEAR), "cancelled": (30, 120),
    "no_show": (30, 120),
}  # fmt: skip
"""How long ago the request went out, by what became of it."""
TALKS = ("asked", "proposed", "scheduled", "held", "referred", "cancelled", "no_show")


@transaction.atomic
def fill(owner: User, *, scale: float, on: dt.date) -> str:
    """Give a new account its rows, the last of them from the day `on`; returns their `digest`."""
    with _own_moments():
        _Search(owner, scale, on).write()
    Person.objects.owned_by(owner).advance()
    Company.objects.owned_by(owner).recount()
    Person.objects.owned_by(owner).update(updated_at=F("created_at"))
    return digest(owner)


def digest(owner: User) -> str:
    """A hash of the owner's rows by their names and dates: the same wherever the same rows are made."""
    total = hashlib.sha256()
    for model, columns in DIGESTED.items():
        for row in model.objects.owned_by(owner).order_by("pk").values_list(*columns.split()).iterator():
            total.update(repr([model._meta.label, *map(str, row)]).encode())
    return total.hexdigest()[:16]


DIGESTED: dict[type[OwnedModel], str] = {
    Company: "name state listed_on paused_on dropped_on motivation posting stage people_count lamp",
    CompanyName: "company__name name exact_key",
    CompanyLinkedIn: "company__name kind value",
    TargetRole: "title",
    TitleVariant: "role__title title",
    Opening: "company__name title state state_on salary due_on",
    SearchVisit: "company__name kind words opened_at",
    Person: "name role company__name connected_on picked_up stage in_play last_contact_on",
    PersonKey: "person__name kind value",
    Request: "person__name channel state sent_on accepted_on answered_on declined_on withdrawn_on",
    Conversation: "person__name state mode asked_on proposed_on held_on starts_at thanked_on notes",
    ConversationQuestion: "conversation__person__name text answer position",
    Message: "person__name kind direction channel text sent_on sent_at",
    Insight: "company__name person__name text said_on",
    Referral: "person__name state offered_on given_on thanked_on",
    Application: "opening__title state applied_on",
    Interview: "application__opening__title day kind",
    Deferral: "step until",
    Activity: "verb title text happened_on",
}


@contextmanager
def _own_moments() -> Iterator[None]:
    """Rows keep the moments that they are given, instead of the clock's."""
    columns = [(m._meta.get_field("created_at"), m._meta.get_field("updated_at")) for m in DIGESTED]
    for created, updated in columns:
        created.auto_now_add = updated.auto_now = False
    try:
        yield
    finally:
        for created, updated in columns:
            created.auto_now_add = updated.auto_now = True


class _Search:
    """One search while it is being written down."""

    def __init__(self, owner: User, scale: float, on: dt.date) -> None:
        self.owner, self.scale, self.on = owner, scale, on
        self.random = random.Random(SEED)

    def write(self) -> None:
        roles = [self._row(TargetRole, YEAR, title=title) for title in ("Data Analyst", "Product Analyst")]
        _store(roles)
        _store(self._row(TitleVariant, YEAR, role=roles[0], title=title) for title in ROLES[1:4])
        companies = self._companies()
        # One listed company in seven is still without people.
        staffed = [company for place, company in enumerate(companies) if place % 7]
        listed = [company for company in staffed if company.state in ("target", "paused")]
        suggested = [company for company in staffed if company.state == "suggested"]
        count = round(PEOPLE * self.scale)
        in_play = self._people_in_play(count // 10, listed)
        imported = self._imported(count - len(in_play), listed, suggested)
        _store(self._keys(in_play, imported))
        self._openings(listed)
        _store(self._visits(roles[0], listed))
        written = self._courses(in_play)
        _store(self._old_messages(imported, round(MESSAGES * self.scale) - written))
        _store(self._deferrals(in_play))

    # Companies

    def _companies(self) -> list[Company]:
        forms = len(LEGAL_FORMS)
        names = [
            f"{word} {field}{LEGAL_FORMS[(turn + place) % forms]}"
            for turn in range(forms)
            for place, (word, field) in enumerate(product(COMPANY_WORDS, COMPANY_FIELDS))
        ]
        self.random.shuffle(names)
        count = round(COMPANIES * self.scale)
        companies = [self._company(name, state) for name, state in zip(names[:count], cycle(COMPANY_STATES))]
        listed = [company for company in companies if company.listed_on]
        _store(companies)
        _store(self._row(CompanyName, YEAR, company=company, name=company.name) for company in companies)
        _store(
            self._row(CompanyLinkedIn, YEAR, company=company, kind="numeric", value=str(1000 + place))
            for place, company in enumerate(listed)
        )
        _store(
            self._line("listing", "Put on the list", company.listed_on, company=company) for company in listed
        )
        return companies

    def _company(self, name: str, state: str) -> Company:
        listed_on = None if state == "suggested" else self._ago(250, YEAR)
        return self._row(
            Company, YEAR,
            name=name, state=state, listed_on=listed_on,
            paused_on=self._ago(1, 200) if state == "paused" else None,
            dropped_on=self._ago(1, 200) if state == "dropped" else None,
            motivation=self.random.randint(0, 3) if listed_on else 0,
            posting=self.random.randint(1, 3) if listed_on else 1,
            industry=self.random.choice(INDUSTRIES) if listed_on else "",
            place=self.random.choice(PLACES) if listed_on else "",
            found_how="job_board" if listed_on else "people_i_know",
            notes=self._text() if listed_on else "",
        )  # fmt: skip

    def _visits(self, role: TargetRole, listed: list[Company]) -> Iterator[SearchVisit]:
        """At two listed companies in three a search for each of the first titles was opened."""
        for place, company in enumerate(listed):
            for title in [role.title, *ROLES[1:4]][: 4 if place % 3 else 0]:
                yield self._row(
                    SearchVisit, YEAR, company=company, kind="people", words=title,
                    opened_at=self._moment(self._ago(1, 200)),
                )  # fmt: skip

    def _openings(self, listed: list[Company]) -> None:
        """At one listed company in four; half of them to be applied for, and of those half came further."""
        openings = [
            self._row(
                Opening, 60, company=company, title=self.random.choice(ROLES), state_on=self._ago(5, 60),
                salary=f"€{40 + place % 40},000", deadline=self._ago(-60, 10) if place % 3 else None,
            )
            for place, company in enumerate(listed[::4])
        ]  # fmt: skip
        _store(openings)
        applications = [
            self._row(Application, 9, opening=opening)
            if place % 2
            else self._row(Application, 50, opening=opening, state="applied", applied_on=self._ago(20, 50))
            for place, opening in enumerate(openings[::2])
        ]
        _store(applications)
        _store(
            self._row(Interview, 15, application=application, day=self.on + dt.timedelta(days=5 - place % 15))
            for place, application in enumerate(applications[::2])
        )

    # People

    def _people_in_play(self, count: int, listed: list[Company]) -> list[Person]:
        people = []
        for place in range(count):
            found_on = self._ago(YEAR, YEAR + 60)
            person = self._person(found_on, company=listed[place % len(listed)] if place % 20 else None)
            person.degree, person.time_zone = 2, self.random.choice(ZONES)
            person.notes = self._text() if place % 2 else ""
            people.append(person)
        _store(people)
        _store(
            self._line("found", "Found", person.created_at.date(), person=person, company=person.company)
            for person in people
        )
        return people

    def _imported(self, count: int, listed: list[Company], suggested: list[Company]) -> list[Person]:
        people = []
        for place in range(count):
            # Of fifty: four without a company, six at companies on the list, forty at suggested ones.
            at = place % 50
            company = (
                None
                if at < 4
                else listed[place % len(listed)]
                if at < 10
                else suggested[place % len(suggested)]
            )
            person = self._person(self._ago(200, 202), company=company, picked_up=False, found_how="known")
            person.connected_on, person.degree = self._ago(210, 3000), 1
            people.append(person)
        _store(people)
        return people

    def _person(self, found_on: dt.date, **facts: Any) -> Person:
        name = f"{self.random.choice(FIRST_NAMES)} {self.random.choice(LAST_NAMES)}"
        return self._row(
            Person,
            found_on,
            name=name,
            role=self.random.choice(ROLES),
            place=self.random.choice(PLACES),
            **facts,
        )

    def _keys(self, *groups: list[Person]) -> Iterator[PersonKey]:
        for place, person in enumerate(person for group in groups for person in group):
            slug = f"{person.name.casefold().replace(' ', '-')}-{place}"
            yield self._row(PersonKey, YEAR, person=person, kind="linkedin", value=slug)
            if place % 5 == 0:
                yield self._row(PersonKey, YEAR, person=person, kind="email", value=f"p{place}@example.org")

    # Requests, conversations, messages

    def _courses(self, people: list[Person]) -> int:
        """What was asked of each and what came of it; returns how many messages that took."""
        template = MessageTemplate.objects.owned_by(self.owner).order_by("pk").first()
        courses = list(zip(people, cycle(COURSES)))
        requests = {
            person.uid: self._request(person, course) for person, course in courses if course != "found"
        }
        _store(requests.values())
        talks = {
            person.uid: self._talk(person, course, requests[person.uid])
            for person, course in courses
            if course in TALKS
        }
        _store(talks.values())
        messages = [
            message
            for person, course in courses
            if course != "found"
            for message in self._messages(
                person, course, requests[person.uid], talks.get(person.uid), template
            )
        ]
        _store(messages)
        _store(self._history(requests.values(), talks.values()))
        self._outcomes(courses, list(talks.values()))
        return len(messages)

    def _request(self, person: Person, course: str) -> Request:
        channel = self.random.choices(("invitation", "message", "email"), (6, 3, 1))[0]
        if course in ("accepted", "withdrawn"):
            channel = "invitation"
        sent_on = self._ago(*DAYS_AGO[course])
        request = self._row(Request, sent_on, person=person, channel=channel, state="answered")
        if course == "draft":
            request.state = "draft"
            return request
        request.sent_on, request.sent_at = sent_on, self._moment(sent_on)
        if course in ("sent", "withdrawn"):
            request.state = course
            request.withdrawn_on = self._after(sent_on, 40, 50) if course == "withdrawn" else None
            return request
        answered_on = self._after(sent_on, 4, 7)
        if channel == "invitation":
            request.accepted_on = person.connected_on = self._after(sent_on, 1, 3)
        if course in ("accepted", "declined"):
            request.state = course
            request.declined_on = answered_on if course == "declined" else None
        else:
            request.answered_on = answered_on
        return request

    def _talk(self, person: Person, course: str, request: Request) -> Conversation:
        asked_on = request.answered_on
        talk = self._row(
            Conversation, asked_on, person=person, request=request, mode="video",
            state="held" if course == "referred" else course, asked_on=asked_on,
        )  # fmt: skip
        if course == "asked":
            if self.random.random() < 0.25:
                talk.mode, talk.questions_sent_on = "writing", asked_on
            return talk
        talk.proposed_on = asked_on + dt.timedelta(days=1)
        if course == "proposed":
            return talk
        talk.scheduled_on = asked_on + dt.timedelta(days=2)
        day = self._after(talk.scheduled_on, 3, 12)
        if course == "scheduled":
            day = self.on + dt.timedelta(days=self.random.randint(-1, 14))
        talk.wall_day, talk.wall_time = day, dt.time(self.random.randint(9, 17))
        talk.zone = self.random.choice(ZONES)
        talk.starts_at = dt.datetime.combine(day, talk.wall_time, ZoneInfo(talk.zone)).astimezone(dt.UTC)
        if talk.state == "held":
            talk.held_on, talk.confirmed_on, talk.prepared_on = day, day, day
            talk.notes = self._text() if self.random.random() < 0.8 else ""
            talk.thanked_on = self._after(day, 0, 1) if self.random.random() < 0.95 else None
        elif course != "scheduled":
            setattr(talk, f"{course}_on", day)
        return talk

    def _messages(
        self,
        person: Person,
        course: str,
        request: Request,
        talk: Conversation | None,
        template: MessageTemplate,
    ) -> Iterator[Message]:
        def message(kind: str, on: dt.date | None, **facts: Any) -> Message:
            text, moment = self._text(), self._moment(on) if on else None
            return self._row(
                Message, on or 3, person=person, kind=kind, text=text, sent_on=on, sent_at=moment, **facts
            )

        if course == "draft" or self.random.random() < 0.8:
            yield message(
                "note", request.sent_on, request=request, channel=request.channel, template=template
            )
        if (
            request.state == "sent"
            and request.channel != "invitation"
            and (self.on - request.sent_on).days > 12
        ):
            yield message("follow_up", self._after(request.sent_on, 9, 12))
        if request.answered_on:
            yield message(
                "reply", request.answered_on, request=request, direction="in", reply_kind="positive"
            )
        if talk:
            yield message("ask_for_time", talk.asked_on, conversation=talk)
            yield message("reply", self._after(talk.asked_on, 1, 2), direction="in")
            if talk.thanked_on:
                yield message("thanks", talk.thanked_on, conversation=talk)

    def _deferrals(self, in_play: list[Person]) -> Iterator[Deferral]:
        """One in twelve of those to be asked for a time was put off; some of these are back."""
        for place, person in enumerate(in_play[COURSES.index("accepted") :: len(COURSES)]):
            yield self._row(
                Deferral, 1, step="ask_for_time", subject_uid=person.uid,
                occurrence=f"since {person.connected_on}", until=self.on + dt.timedelta(days=place % 9 - 2),
            )  # fmt: skip

    def _old_messages(self, imported: list[Person], count: int) -> Iterator[Message]:
        """What an import brought of the past with every third connection, until there are `count` of them."""
        while count > 0:
            for person in imported[::3]:
                on = self._ago(210, 1500)
                for turn in range(min(count, self.random.randint(1, 10))):
                    on, direction = self._after(on, 0, 6), ("out", "in")[turn % 2]
                    kind = "reply" if turn else "first_message"
                    yield self._row(
                        Message, on, person=person, kind=kind, direction=direction, text=self._text(),
                        sent_on=on, sent_at=self._moment(on), external_key=f"{count:064x}",
                    )  # fmt: skip
                    count -= 1

    def _history(self, requests: Iterable[Request], talks: Iterable[Conversation]) -> Iterator[Activity]:
        for row in (*requests, *talks):
            for move in row.MOVES:
                if on := getattr(row, move.stamp):
                    yield self._line(
                        move.noun, str(move.done), on, person=row.person, company=row.person.company
                    )

    def _outcomes(self, courses: list[tuple[Person, str]], talks: list[Conversation]) -> None:
        bank = {question.aim: question for question in Question.objects.owned_by(self.owner).order_by("-pk")}
        _store(
            self._row(
                ConversationQuestion, talk.asked_on, conversation=talk, question=question, aim=aim,
                text=question.text, position=place,
                answer=self._text() if talk.held_on and talk.notes else "",
            )
            for talk in talks
            for place, (aim, question) in enumerate(sorted(bank.items()), 1)
        )  # fmt: skip
        _store(
            self._row(
                Insight, talk.held_on, company=talk.person.company, person=talk.person, conversation=talk,
                aim=aim, text=self._text(), said_on=talk.held_on,
            )
            for talk in talks
            if talk.held_on and talk.notes and talk.person.company
            for aim in ("role", "openings")
        )  # fmt: skip
        held_on = {talk.person.uid: talk.held_on for talk in talks}
        _store(
            self._row(
                Referral, held_on[person.uid], person=person, state="given", offered_on=held_on[person.uid],
                given_on=self._after(held_on[person.uid], 3, 9),
                thanked_on=self._after(held_on[person.uid], 10, 20) if place % 4 else None,
            )
            for place, (person, course) in enumerate(courses)
            if course == "referred"
        )  # fmt: skip

    # Common

    def _row(self, model: type[OwnedModel], since: int | dt.date, **facts: Any) -> Any:
        """A row that stands since a day, or for so many days."""
        moment = self._moment(self.on - dt.timedelta(days=since) if isinstance(since, int) else since)
        uid = uuid.UUID(int=self.random.getrandbits(128), version=4)
        row = model(owner=self.owner, uid=uid, created_at=moment, updated_at=moment, **facts)
        row.derive()
        return row

    def _line(
        self, verb: str, title: str, on: dt.date, *, company: Company | None, person: Person | None = None
    ) -> Activity:
        return self._row(
            Activity, on, verb=verb, title=title, happened_on=on,
            company_uid=company and company.uid, person_uid=person and person.uid,
        )  # fmt: skip

    def _ago(self, least: int, most: int) -> dt.date:
        return self.on - dt.timedelta(days=self.random.randint(least, most))

    def _after(self, day: dt.date, least: int, most: int) -> dt.date:
        """Some days later, but not in the future."""
        return min(self.on, day + dt.timedelta(days=self.random.randint(least, most)))

    def _moment(self, on: dt.date) -> dt.datetime:
        """A moment of that day before nine, when the pages are looked at."""
        return dt.datetime.combine(on, dt.time(0), dt.UTC) + dt.timedelta(
            seconds=self.random.randrange(9 * 3600)
        )

    def _text(self) -> str:
        return " ".join(self.random.choices(SENTENCES, k=self.random.randint(1, 6)))


def _store(rows: Iterable[OwnedModel]) -> None:
    for some in batched(rows, BATCH):
        type(some[0]).objects.bulk_create(some)

"""The demo's search, told in the order in which it happened, every step of it through the verbs.

What happens with one company or person is a generator: it yields how many business days ago it goes on, and
then acts. The story lets them go on in turn, day after day, so that histories, figures and states come about
as they do in life. All days are counted back from the day on which the demo is loaded.
"""

import datetime as dt
import heapq
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from itertools import count, cycle
from random import Random
from typing import Any, NamedTuple

from django.db import models

from companies.models import Company, Opening, TargetRole
from contacts.models import Person, counted_at_the_end
from netjob import undo, zones
from netjob.models import Activity, User
from outreach import composing, placeholders, sending
from outreach.agenda import Agenda, calendar_of
from outreach.demo import acquaintances, people, words
from outreach.demo.brought import bring_files
from outreach.demo.companies import COMPANIES, DROPPED_BECAUSE, PLACES, Row
from outreach.models import (
    Application,
    Conversation,
    Deferral,
    Insight,
    Interview,
    Message,
    MessageTemplate,
    Question,
    Referral,
    Request,
)

type Thread[Told] = Generator[int, None, Told]
Kind, Said, Mode = Message.Kind, Message.ReplyKind, Conversation.Mode

REACH = 110
"""Business days from the beginning of the story to its end."""
APART = 3
"""Business days between one person and the next at the same company."""
EARLY = 98
"""Business days since the first company was put on the list, and more."""
ORIGINS = frozenset(row.found_from for row in COMPANIES)
WAYS_TO_TALK = ("", "", "video", "phone", "in_person")
WAYS_TO_FIND = ("search", "introduction", "event", "community")
HOURS = (10, 11, 14, 15, 16, 9, 13, 17, 12, 18, 8, 19)
"""Hours at which people talk, by their clock, the likeliest first."""


class Story:
    def __init__(self, owner: User, now: dt.datetime) -> None:
        self.owner, self.now, self.today = owner, now, owner.today(now)
        # One seed: the same day brings the same search.
        self.random = Random(7)  # noqa: S311
        self.days = business_days_before(self.today, owner)
        self.day = self.today
        self.threads: list[tuple[int, int, Thread[Any]]] = []
        self.turns, self.numbers, self.applications = count(), count(1), count()
        self.jobs, self.impressions = cycle(words.OPENINGS), cycle(words.INTERVIEWED)
        self.names = people.names(Random(7))  # noqa: S311
        self.companies: dict[str, Company] = {}
        self.begun: list[tuple[models.Model, dt.date]] = []
        self.busy: set[dt.datetime] = set()
        self.templates: list[MessageTemplate] = []

    def tell(self) -> None:
        self.prepare_account()
        with counted_at_the_end():
            for row in COMPANIES:
                self.begin(self.of_company(row))
            self.begin(self.of_an_event())
            while self.threads:
                ago, _turn, thread = heapq.heappop(self.threads)
                self.day = self.days[-ago]
                self.begin(thread)
        with counted_at_the_end():
            acquaintances.tell(self)
        self.let_two_contradict_each_other()
        self.throw_something_away()
        self.date_back()
        self.put_something_off()
        bring_files(self.owner, now=self.now)

    def begin(self, thread: Thread[Any]) -> None:
        """Let it go on, and come back to it when it says."""
        if (ago := next(thread, None)) is not None:
            # Negative: a heap gives the smallest first, and the story begins long ago.
            heapq.heappush(self.threads, (-min(max(ago, 1), REACH), next(self.turns), thread))

    def dated[Row_: models.Model](self, row: Row_) -> Row_:
        """Keep the day on which a row was begun: the database would say that all of it was today."""
        self.begun.append((row, self.day))
        return row

    # The account

    def prepare_account(self) -> None:
        if not TargetRole.objects.owned_by(self.owner).exists():
            for title, place, variants in (
                ("Data Analyst", "Dublin", ["Insights Analyst", "BI Analyst", "Reporting Analyst"]),
                ("Analytics Engineer", "", ["Data Modeller", "BI Developer"]),
            ):
                role = TargetRole.objects.create(owner=self.owner, title=title, place=place, remote=True)
                role.set_variants(variants)
        name, body = words.OWN_TEMPLATE
        MessageTemplate.objects.get_or_create(
            owner=self.owner, kind="connection_request", name=name, defaults={"body": body}
        )
        aim, text = words.OWN_QUESTION
        Question.objects.get_or_create(owner=self.owner, text=text, defaults={"aim": aim})
        self.templates = list(MessageTemplate.objects.owned_by(self.owner).in_use())

    # Companies and the people found there

    def of_company(self, row: Row) -> Thread[None]:
        sent_ago = days_of_asking(row)
        first = max(sent_ago, default=row.ago or self.random.randint(3, 20))
        # Those that led to others came first of all.
        yield EARLY + 4 * (not row.found_from) if row.name in ORIGINS else first + self.random.randint(3, 6)
        company = self.dated(self.listed(row))
        yield first + 1
        asked = [self.found(company, row, letter) for letter in row.tale]
        for _ in range(row.others):
            self.found(company, row)
        if self.random.random() < 0.4:
            Activity.note(self.owner, self.one_of(words.COMPANY_NOTES), on=self.day, company=company)
        if row.posting > 1 and row.others:
            title, state = next(self.jobs)
            self.opening(company, state, title)
        for person, letter, ago in zip(asked, row.tale, sent_ago, strict=True):
            self.begin(TALES[letter].told(self, person, ago))
        if row.state in ("paused", "dropped"):
            yield max(first - 30, 9)
            company.refresh_from_db()
            if row.state == "paused":
                company.pause(on=self.day)
            else:
                company.drop(on=self.day, because=DROPPED_BECAUSE[row.posting - 1])

    def listed(self, row: Row) -> Company:
        word = slug(row.name) or "company"
        facts: dict[str, Any] = {
            "industry": row.industry,
            "place": row.place,
            "remote": self.random.random() < 0.4,
            "website": f"https://{word}.example",
            "found_how": row.found_how,
            "found_from": self.companies.get(row.found_from),
            "motivation": row.motivation,
            "posting": row.posting,
            "notes": words.FICTIONAL,
        }
        if row.state == "suggested":
            # As an import leaves it: nobody put it on the list on any day.
            company = Company(owner=self.owner, name=row.name, state=row.state, **facts)
            company.save()
            company.add_name(row.name)
        else:
            company = Company.add(self.owner, row.name, on=self.day, **facts)
            company.learn_linkedin(f"https://www.linkedin.com/company/{word}-{len(self.companies)}-fictional")
        self.companies[row.name] = company
        return company

    def found(self, company: Company | None, row: Row | None = None, letter: str = "") -> Person:
        number, place = next(self.numbers), row.place if row else "Dublin"
        role, kind = self.random.choices(people.ROLES, range(len(people.ROLES), 0, -1))[0]
        name = self.name(number, place)
        word = slug(name) or "person"
        facts: dict[str, Any] = {
            "role": role,
            "kind": kind,
            "place": place,
            "time_zone": PLACES[place],
            "prefers": "writing" if letter in IN_WRITING else self.one_of(WAYS_TO_TALK),
            "found_how": self.random.choices(WAYS_TO_FIND, [9, 1, 1, 1])[0],
            "in_common": self.one_of(people.IN_COMMON) if self.random.random() < 0.35 else "",
            "degree": self.one_of([2, 2, 2, 3]),
            "notes": self.one_of(people.NOTES) if self.random.random() < 0.12 else "",
        }
        person = Person.add(
            self.owner,
            name,
            on=self.day,
            profile=f"https://www.linkedin.com/in/{word}-{number}-fictional",
            email=f"{word}.{number}@people.example" if letter in BY_EMAIL else "",
            company=company,
            **facts,
        )
        if not letter and number % 25 == 0:
            person.refuse_contact(on=self.day)
        return self.dated(person)

    def name(self, number: int, place: str) -> str:
        if number == 40:
            return people.LONG_NAME
        region = people.HOME[place] if self.random.random() < 0.5 else self.one_of(list(self.names))
        if not self.names[region]:
            region = max(self.names, key=lambda name: len(self.names[name]))
        return self.names[region].pop()

    def of_an_event(self) -> Thread[None]:
        """Three people met at an evening, two of them between jobs; with one the talk took place right there."""
        yield 25
        met = [self.found(None), self.found(None), self.found(self.companies["Brambleworks"])]
        for person in met:
            Activity.note(self.owner, words.MET, on=self.day, person=person, company=person.company)
        talk = Conversation.already_held(met[-1], on=self.day, mode=Mode.IN_PERSON, notes=words.TALK_NOTES[0])
        self.dated(talk)
        self.take_down(talk)
        self.say(met[-1], Kind.THANKS, conversation=talk)

    # What is written

    def ask(self, person: Person, ago: int, channel: str = Request.Channel.INVITATION) -> Thread[Request]:
        yield ago
        request = self.dated(Request.draft(self.owner, person, channel=channel))
        text, template, subject = self.written(person, "connection_request", channel)
        # An invitation may go without a note, and now and then did.
        if channel != Request.Channel.INVITATION or self.random.random() < 0.85:
            request.write(text, template=template, subject=subject)
            self.begun.extend((note, self.day) for note in request.messages.all())
        request.send(at=self.in_the_morning())
        return request

    def say(
        self, person: Person, kind: str, *, channel: str = "message", answered: str = "", **about: Any
    ) -> Message:
        person.refresh_from_db()
        text, template, subject = self.written(person, kind, channel, answered)
        message = Message(
            owner=self.owner, person=person, kind=kind, channel=channel, template=template, **about
        )
        message.text, message.subject = text, subject
        sending.find_place(message)
        message.save()
        self.dated(message)
        sending.send(message, at=self.in_the_morning())
        return message

    def hear(self, person: Person, texts: Sequence[str], reply_kind: str) -> None:
        text = self.one_of(texts).replace("<me>", placeholders.first_name(self.owner.name) or "you")
        person.refresh_from_db()
        sending.receive(person, on=self.day, now=self.now, text=text, reply_kind=reply_kind)

    def written(
        self, person: Person, kind: str, channel: str, answered: str = ""
    ) -> tuple[str, MessageTemplate | None, str]:
        """A text from one of the owner's templates that can go out, and which one; else a plain sentence."""
        known = {"found_how": person.found_how, "in_common": person.in_common, "answered": answered}
        at_an_event = person.found_how == Person.FoundHow.EVENT and kind == "connection_request"
        values = composing.values_for(person) | {
            "topic": words.EVENT if at_an_event else self.one_of(words.TOPICS),
            "times": words.TIMES,
            "school": words.SCHOOL,
            "introducer": self.one_of(words.INTRODUCERS),
        }
        fitting = []
        for template in self.templates:
            about, wanted = words.FITS.get(template.name, ("", ""))
            if template.kind == kind and (not about or known[about] == wanted):
                letter = template.letter_to(person, channel, values)
                if not letter.faults():
                    fitting.append((letter, template))
        if not fitting:
            return words.PLAIN, None, words.PLAIN_SUBJECT
        letter, template = self.one_of(fitting)
        return letter.text, template, letter.subject or words.PLAIN_SUBJECT

    def in_the_morning(self) -> dt.datetime:
        """Before noon: what is written later counts from the next business day."""
        time = dt.time(self.random.randint(8, 10), self.random.randrange(0, 60, 3))
        return dt.datetime.combine(self.day, time, tzinfo=self.owner.zone)

    def one_of[T](self, rows: Sequence[T]) -> T:
        return self.random.choice(rows)

    # No talk came of it

    def unanswered(self, person: Person, ago: int) -> Thread[None]:
        yield from self.ask(person, ago)

    def unanswered_email(self, person: Person, ago: int) -> Thread[None]:
        request = yield from self.ask(person, ago, Request.Channel.EMAIL)
        if ago % 3 == 0:
            yield ago - 1
            self.hear(person, [words.OUT_OF_OFFICE], Said.OUT_OF_OFFICE)
        yield ago - 8
        self.say(person, Kind.FOLLOW_UP, channel="email", request=request)

    def email_to_follow_up(self, person: Person, ago: int) -> Thread[None]:
        yield from self.ask(person, ago, Request.Channel.EMAIL)

    def withdrawn(self, person: Person, ago: int) -> Thread[None]:
        request = yield from self.ask(person, ago)
        yield ago - 25
        request.withdraw(on=self.day)

    def declined(self, person: Person, ago: int) -> Thread[None]:
        yield from self.ask(person, ago)
        yield ago - 2
        self.hear(person, words.RATHER_NOT, Said.NEGATIVE)
        if ago % 4 == 0:
            person.refresh_from_db()
            person.refuse_contact(on=self.day)

    def connected_lately(self, person: Person, ago: int) -> Thread[None]:
        request = yield from self.ask(person, ago)
        yield 1
        request.accept(on=self.day)

    def silent(self, person: Person, ago: int) -> Thread[None]:
        """Accepted, then never heard of again: one follow-up, then it rests."""
        request = yield from self.ask(person, ago)
        yield ago - self.random.randint(1, 3)
        request.accept(on=self.day)
        yield ago - 3
        self.say(person, Kind.FIRST_MESSAGE, request=request)
        yield ago - 11
        self.say(person, Kind.FOLLOW_UP, request=request)

    def later(self, person: Person, ago: int) -> Thread[None]:
        request = yield from self.ask(person, ago)
        yield ago - 1
        request.accept(on=self.day)
        yield ago - 2
        self.say(person, Kind.FIRST_MESSAGE, request=request)
        yield ago - 5
        said, texts = (Said.REFERRAL_ONLY, words.NAMES_ANOTHER) if ago % 2 == 0 else (Said.LATER, words.LATER)
        self.hear(person, texts, said)
        yield ago - 6
        self.say(person, Kind.REPLY, answered=said)
        if ago > 16:
            yield ago - 14
            self.say(person, Kind.FOLLOW_UP)

    def draft(self, person: Person, ago: int) -> Thread[None]:
        yield ago
        request = self.dated(Request.draft(self.owner, person, channel=Request.Channel.INVITATION))
        text, template, subject = self.written(person, "connection_request", request.channel)
        request.write(text, template=template, subject=subject)

    # A talk is asked for

    def ask_for_talk(self, person: Person, ago: int, asked: int) -> Thread[Conversation]:
        """From the request to the question for a time, `asked` business days ago."""
        request = yield from self.ask(person, ago)
        yield ago - 1
        request.accept(on=self.day)
        self.say(person, Kind.FIRST_MESSAGE, request=request)
        yield asked + 1
        self.hear(person, words.GLAD, Said.POSITIVE)
        if self.random.random() < 0.3:
            Activity.note(self.owner, self.one_of(words.PERSON_NOTES), on=self.day, person=person)
        yield asked
        message = self.say(person, Kind.ASK_FOR_TIME)
        assert message.conversation
        return self.dated(message.conversation)

    def agree(self, talk: Conversation, day: dt.date) -> None:
        talk.schedule(on=self.day, **self.meeting(talk, day))

    def meeting(self, talk: Conversation, day: dt.date) -> dict[str, Any]:
        """A time on that day of mine for which nobody has to get up at night."""
        place = words.WHERE[talk.mode]
        for zone in (talk.person.time_zone or self.owner.time_zone, self.owner.time_zone):
            for shift, minute, hour in ((s, m, h) for s in (0, 1, -1) for m in (0, 30) for h in HOURS):
                wall_day = day + dt.timedelta(days=shift)
                at = zones.moment(wall_day, dt.time(hour, minute), zone, fold=0).at
                mine = at.astimezone(self.owner.zone) if at else None
                if at and mine and at not in self.busy and mine.date() == day and 8 <= mine.hour <= 19:
                    self.busy.add(at)
                    return {
                        "wall_day": wall_day, "wall_time": dt.time(hour, minute), "zone": zone, "starts_at": at,
                        "place": place, "minutes": self.one_of((20, 20, 30)),
                    }  # fmt: skip
        raise AssertionError("A day has an hour for everybody.")

    def waiting_for_a_time(self, person: Person, ago: int) -> Thread[None]:
        yield from self.ask_for_talk(person, ago, 8)

    def named_times(self, person: Person, ago: int) -> Thread[None]:
        yield from self.ask_for_talk(person, ago, 3)
        yield 1
        self.hear(person, words.SUITS, Said.POSITIVE)

    def times_proposed(self, person: Person, ago: int) -> Thread[None]:
        talk = yield from self.ask_for_talk(person, ago, 6)
        yield 3
        talk.propose(on=self.day)

    def tomorrow_unconfirmed(self, person: Person, ago: int) -> Thread[None]:
        talk = yield from self.ask_for_talk(person, ago, 6)
        yield 4
        self.agree(talk, self.today + dt.timedelta(days=1))

    def tomorrow_unprepared(self, person: Person, ago: int) -> Thread[None]:
        yield from self.tomorrow_unconfirmed(person, ago)
        yield 1
        talk = person.conversations.get()
        talk.confirm(on=self.day)

    def this_week(self, person: Person, ago: int) -> Thread[None]:
        talk = yield from self.ask_for_talk(person, ago, 5)
        yield 2
        soon = self.today + dt.timedelta(days=2 + next(self.turns) % 2)
        calendar = calendar_of(self.owner)
        self.agree(talk, soon if calendar.is_business_day(soon) else calendar.add_business_days(soon, 1))

    def without_outcome(self, person: Person, ago: int) -> Thread[None]:
        talk = yield from self.ask_for_talk(person, ago, 7)
        yield 5
        self.agree(talk, self.days[1])
        yield 2
        talk.prepare(on=self.day)
        talk.confirm(on=self.day)

    def cancelled(self, person: Person, ago: int) -> Thread[None]:
        talk = yield from self.ask_for_talk(person, ago, 8)
        yield 6
        self.agree(talk, self.days[2])
        yield 3
        talk.cancel(on=self.day)

    def missed(self, person: Person, ago: int) -> Thread[None]:
        talk = yield from self.ask_for_talk(person, ago, 8)
        yield 6
        self.agree(talk, self.days[2])
        yield 2
        talk.miss(on=self.day)

    def questions_to_send(self, person: Person, ago: int) -> Thread[None]:
        yield from self.ask_for_talk(person, ago, 3)

    def questions_sent(self, person: Person, ago: int) -> Thread[None]:
        talk = yield from self.ask_for_talk(person, ago, 8)
        yield 4
        talk.send_questions(on=self.day)

    # The talk took place

    def talk(self, person: Person, ago: int, held: int, *, written_up: bool = True) -> Thread[Conversation]:
        """A talk held that many business days ago, written down the same day."""
        talk = yield from self.ask_for_talk(person, ago, held + 5)
        yield held + 4
        self.agree(talk, self.days[held])
        yield held + 1
        talk.prepare(on=self.day)
        talk.confirm(on=self.day)
        yield held
        talk.hold(on=self.day)
        if written_up:
            self.take_down(talk)
        return talk

    def take_down(self, talk: Conversation) -> None:
        """Fill in what they said, and keep the best of it as insights."""
        role, company = TargetRole.objects.owned_by(self.owner).first(), talk.person.company
        assert company
        for question in talk.questions.all():
            if self.random.random() < 0.85:
                question.answer = self.one_of(words.ANSWERS[question.aim])
                question.save()
        known = set(Insight.objects.filter(company=company).values_list("text", flat=True))
        for aim, texts in words.LEARNED.items():
            fresh = [text for text in texts if text not in known]
            if fresh and (aim == "role" or self.random.random() < 0.5):
                Insight.objects.create(
                    owner=self.owner, company=company, person=talk.person, conversation=talk, aim=aim,
                    target_role=role if aim == "role" else None, text=self.one_of(fresh), said_on=self.day,
                    certainty=self.random.choices(Insight.Certainty.values, [6, 2, 1])[0],
                )  # fmt: skip
        if not talk.notes and self.random.random() < 0.5:
            talk.notes = self.one_of(words.TALK_NOTES)
            talk.save()

    def talked(self, person: Person, ago: int) -> Thread[Conversation]:
        talk = yield from self.talk(person, ago, ago - 10)
        yield ago - 11
        self.say(person, Kind.THANKS, conversation=talk)
        if ago > 40:
            self.begin(self.report_back(person, ago - 26))
        return talk

    def report_back(self, person: Person, ago: int) -> Thread[None]:
        yield ago
        self.say(person, Kind.REPORT_BACK)

    def talked_in_writing(self, person: Person, ago: int) -> Thread[None]:
        talk = yield from self.ask_for_talk(person, ago, ago - 5)
        yield ago - 6
        talk.send_questions(on=self.day)
        yield ago - 10
        talk.hold(on=self.day)
        self.take_down(talk)
        yield ago - 11
        self.say(person, Kind.THANKS, conversation=talk)

    def to_thank(self, person: Person, ago: int) -> Thread[None]:
        yield from self.talk(person, ago, 1)

    def to_write_up(self, person: Person, ago: int) -> Thread[None]:
        talk = yield from self.talk(person, ago, 2, written_up=False)
        yield 1
        self.say(person, Kind.THANKS, conversation=talk)

    # A referral, an application

    def opening(self, company: Company, state: str, title: str = "Data Analyst") -> Opening:
        deadline = self.day + dt.timedelta(days=40) if state == Opening.State.POSTED else None
        return self.dated(
            Opening.add(
                company, title, on=self.day, state=state, state_on=self.day, place=company.place,
                deadline=deadline, link=f"{company.website}/jobs/{next(self.turns)}" if deadline else "",
                notes=words.FICTIONAL,
            )
        )  # fmt: skip

    def offered_word(self, person: Person, ago: int) -> Thread[Referral]:
        """A talk, and at its end the offer to refer me."""
        talk = yield from self.talked(person, ago)
        assert talk.person.company
        opening = self.opening(talk.person.company, Opening.State.POSTED)
        referral = Referral.begin(talk.person, "offered", on=self.day, opening=opening, notes=words.HOW)
        return self.dated(referral)

    def word_offered(self, person: Person, ago: int) -> Thread[None]:
        referral = yield from self.offered_word(person, ago)
        yield ago - 13
        if referral.opening:
            self.dated(Application.prepare(referral.opening, on=self.day))

    def word_asked_for(self, person: Person, ago: int) -> Thread[None]:
        referral = yield from self.offered_word(person, ago)
        yield ago - 12
        referral.ask(on=self.day)

    def word_declined(self, person: Person, ago: int) -> Thread[None]:
        referral = yield from self.offered_word(person, ago)
        yield ago - 12
        referral.ask(on=self.day)
        yield ago - 17
        referral.decline(on=self.day)

    def word_given(self, person: Person, ago: int) -> Thread[None]:
        referral = yield from self.offered_word(person, ago)
        yield 3
        referral.ask(on=self.day)
        yield 1
        referral.give(on=self.day)

    def applied(self, person: Person, ago: int) -> Thread[None]:
        referral = yield from self.offered_word(person, ago)
        yield ago - 13
        referral.ask(on=self.day)
        yield ago - 15
        referral.give(on=self.day)
        yield ago - 16
        referral.thank(on=self.day)
        yield ago - 17
        assert referral.opening
        application = self.dated(Application.prepare(referral.opening, on=self.day))
        application.referral, application.sent = referral, words.SENT_WITH
        application.save()
        application.apply(on=self.day)
        # How it went on: the first to be written to are the furthest.
        match next(self.applications):
            case 0:
                for days, kind in ((22, "screening"), (29, "hiring_manager"), (36, "final")):
                    yield from self.interviewed(application, ago - days, kind, Interview.Result.ON)
                yield ago - 40
                application.receive_offer(on=self.day)
            case 1:
                yield from self.interviewed(application, ago - 22, "screening", Interview.Result.ON)
                yield from self.interviewed(application, ago - 28, "technical", Interview.Result.OUT)
                application.be_turned_down(on=self.day)
            case 2:
                yield from self.interviewed(application, ago - 22, "screening", Interview.Result.ON)
                yield ago - 24
                application.withdraw(on=self.day)
            case 3:
                yield from self.interviewed(application, ago - 21, "screening", Interview.Result.ON)
                yield 2
                application.add_interview(
                    on=self.day, day=self.soon(), kind="hiring_manager", notes=words.PREPARE
                )

    def interviewed(self, application: Application, ago: int, kind: str, result: str) -> Thread[None]:
        yield ago + 3
        interview = application.add_interview(on=self.day, day=self.days[ago], kind=kind)
        yield ago
        interview.result, interview.notes = result, next(self.impressions)
        interview.save()

    def soon(self) -> dt.date:
        """A business day so near that it is time to get ready; else, on long holidays, the day after tomorrow."""
        near = [self.today + dt.timedelta(days=days) for days in (2, 1, 0)]
        calendar = calendar_of(self.owner)
        return next((day for day in near if calendar.is_business_day(day)), near[0])

    # When all is told

    def let_two_contradict_each_other(self) -> None:
        company = self.companies[words.CONTRADICTED]
        said_by = list(company.people.filter(stage__gte=Person.Stage.TALKED).order_by("pk"))
        for place, (aim, certainty, text) in enumerate(words.CONTRADICTIONS):
            person = said_by[place % len(said_by)]
            talk = person.conversations.get(state=Conversation.State.HELD)
            assert talk.held_on
            Insight.objects.create(
                owner=self.owner, company=company, person=person, conversation=talk, aim=aim, text=text,
                certainty=certainty, said_on=talk.held_on,
            )  # fmt: skip

    def throw_something_away(self) -> None:
        """Something under "Recently changed": a company entered twice, and a template that was no good."""
        self.day = self.days[1]
        twice = self.listed(Row(f"{COMPANIES[0].name} Group", "", "Dublin", "other", "", 0, 1, "", 0))
        undo.delete([twice], sentence=words.DELETED_COMPANY % twice.name)
        question = Question.objects.create(owner=self.owner, aim="other", text=words.BAD_QUESTION)
        undo.delete([question], sentence=words.DELETED_QUESTION)

    def date_back(self) -> None:
        """Rows were begun when their story says, not at the moment in which it was told."""
        by_model: dict[type[models.Model], dict[tuple[Any, ...], Any]] = defaultdict(dict)
        for row, day in self.begun:
            row.created_at = dt.datetime.combine(day, dt.time(11), tzinfo=self.owner.zone)  # type: ignore[attr-defined]
            by_model[type(row)].setdefault((row.pk,), row)
        for model, rows in by_model.items():
            model._default_manager.bulk_update(rows.values(), ["created_at"], batch_size=200)

    def put_something_off(self) -> None:
        steps = Agenda(self.owner, self.now).steps
        for kind, days in (("second_person", 3), ("follow_up", None)):
            of_that_kind = [step for step in steps if step.kind == kind]
            if len(of_that_kind) < 2:
                continue
            last = of_that_kind[-1]
            until = self.today + dt.timedelta(days=days) if days else None
            Deferral.put_off(self.owner, kind, last.subject_uid, last.occurrence, until=until)


class Tale(NamedTuple):
    ago: int
    """How many business days ago the request went out, at least."""
    told: Callable[[Story, Person, int], Thread[Any]]


TALES = {
    # No talk came of it
    "s": Tale(2, Story.unanswered),
    "p": Tale(5, Story.unanswered),
    "q": Tale(1, Story.unanswered),
    "e": Tale(10, Story.unanswered_email),
    "f": Tale(9, Story.email_to_follow_up),
    "w": Tale(27, Story.withdrawn),
    "n": Tale(4, Story.declined),
    "a": Tale(12, Story.silent),
    "A": Tale(8, Story.later),
    "c": Tale(4, Story.connected_lately),
    "D": Tale(1, Story.draft),
    # On the way to a talk
    "x": Tale(14, Story.waiting_for_a_time),
    "y": Tale(8, Story.named_times),
    "P": Tale(12, Story.times_proposed),
    "k": Tale(12, Story.tomorrow_unconfirmed),
    "l": Tale(13, Story.tomorrow_unprepared),
    "m": Tale(11, Story.this_week),
    "o": Tale(13, Story.without_outcome),
    "C": Tale(14, Story.cancelled),
    "N": Tale(14, Story.missed),
    "W": Tale(9, Story.questions_to_send),
    "V": Tale(14, Story.questions_sent),
    # Talked
    "t": Tale(13, Story.talked),
    "v": Tale(14, Story.talked_in_writing),
    "h": Tale(14, Story.to_thank),
    "H": Tale(15, Story.to_write_up),
    "i": Tale(15, Story.word_offered),
    "j": Tale(15, Story.word_asked_for),
    "J": Tale(20, Story.word_declined),
    "g": Tale(16, Story.word_given),
    "G": Tale(20, Story.applied),
}
"""The letters of a company's tale: one for each person asked there."""
IN_WRITING = frozenset("vVW")
BY_EMAIL = frozenset("ef")


def days_of_asking(row: Row) -> list[int]:
    """How many business days ago each of the tale was asked: counted back from the last one."""
    found: list[int] = []
    for letter in reversed(row.tale):
        # A draft says nothing of the others: it was begun just now, whenever they were asked.
        after = found[-1] + APART if found else 0
        found.append(max(after, TALES[letter].ago, row.ago if letter != "D" else 0))
    return found[::-1]


def business_days_before(today: dt.date, owner: User) -> list[dt.date]:
    """Today, and the business days before it, the last one first: place 3 is three business days ago.

    Without the days on which the owner is or was away: the story needs its time.
    """
    calendar, found, day = replace(calendar_of(owner), away=()), [today], today
    while len(found) <= REACH:
        day -= dt.timedelta(days=1)
        if calendar.is_business_day(day):
            found.append(day)
    return found


def slug(name: str) -> str:
    """The Latin letters of a name as an address has them; "" where there are none."""
    plain = unicodedata.normalize("NFKD", name.translate(str.maketrans("Łłøßẞ", "Lloss"))).encode(
        "ascii", "ignore"
    )
    return "-".join(re.findall(r"[a-z0-9]+", plain.decode().lower()))[:60].strip("-")

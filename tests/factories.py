"""Rows for tests. What a verb would do (history, figures) a factory does not: use the verbs where it matters."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from companies.models import Company, CompanyLinkedIn, Opening, SearchVisit, TargetRole
from contacts.models import (
    Attendance,
    Distinction,
    Erasure,
    Event,
    Introduction,
    Person,
    Position,
    ProfileReview,
    Tie,
)
from netjob.models import ImportMapping, SavedFilter, User
from outreach.models import (
    Application,
    Conversation,
    Insight,
    Interview,
    Message,
    MessageTemplate,
    Question,
    Referral,
    Request,
)

ON = dt.date(2026, 11, 2)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"seeker{n}@example.org")
    password = "correct-horse-7"
    name = "Ada Seeker"
    time_zone = "Europe/Berlin"
    welcomed_at = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> User:
        return User.objects.create_user(*args, **kwargs)


class OwnedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    owner = factory.SubFactory(UserFactory)


class CompanyFactory(OwnedFactory):
    class Meta:
        model = Company
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Company {n}")
    listed_on = ON

    @factory.post_generation
    def known(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.add_name(self.name)


class CompanyLinkedInFactory(OwnedFactory):
    class Meta:
        model = CompanyLinkedIn

    company = factory.SubFactory(CompanyFactory, owner=factory.SelfAttribute("..owner"))
    kind = "slug"
    value = factory.Sequence(lambda n: f"company-{n}")


class RoleFactory(OwnedFactory):
    class Meta:
        model = TargetRole

    title = factory.Sequence(lambda n: f"Data Analyst {n}")


class OpeningFactory(OwnedFactory):
    class Meta:
        model = Opening

    company = factory.SubFactory(CompanyFactory, owner=factory.SelfAttribute("..owner"))
    title = "Data Analyst II"
    state_on = ON


class VisitFactory(OwnedFactory):
    class Meta:
        model = SearchVisit

    company = factory.SubFactory(CompanyFactory, owner=factory.SelfAttribute("..owner"))
    kind = "people"
    words = factory.Sequence(lambda n: f"Data Analyst {n}")
    opened_at = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


class PersonFactory(OwnedFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    company = factory.SubFactory(CompanyFactory, owner=factory.SelfAttribute("..owner"))
    name = factory.Sequence(lambda n: f"Priya Raman {n}")
    role = "Analytics Lead"

    @factory.post_generation
    def settled(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        Person.settle([self])


class TieFactory(OwnedFactory):
    class Meta:
        model = Tie

    person = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))
    kind = "alumni"


class PositionFactory(OwnedFactory):
    class Meta:
        model = Position

    person = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))
    employer = "Initech"
    last_seen_on = ON


class ReviewFactory(OwnedFactory):
    class Meta:
        model = ProfileReview

    person = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))
    is_active = True


class IntroductionFactory(OwnedFactory):
    class Meta:
        model = Introduction

    introducer = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))
    person = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))
    wished_on = ON


class EventFactory(OwnedFactory):
    class Meta:
        model = Event

    name = factory.Sequence(lambda n: f"Data meetup {n}")
    day = ON


class AttendanceFactory(OwnedFactory):
    class Meta:
        model = Attendance

    event = factory.SubFactory(EventFactory, owner=factory.SelfAttribute("..owner"))
    person = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))


class ErasureFactory(OwnedFactory):
    class Meta:
        model = Erasure

    digest = factory.Sequence(lambda n: f"{n:064x}")


class DistinctionFactory(OwnedFactory):
    class Meta:
        model = Distinction

    one = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))
    other = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))


class TemplateFactory(OwnedFactory):
    class Meta:
        model = MessageTemplate

    kind = "connection_request"
    name = factory.Sequence(lambda n: f"Template {n}")
    body = "Hi <first name>, your work at <company> interests me."


class RequestFactory(OwnedFactory):
    class Meta:
        model = Request

    person = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))


class MessageFactory(OwnedFactory):
    class Meta:
        model = Message

    person = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))
    kind = "first_message"
    text = "Thank you for connecting."


class ConversationFactory(OwnedFactory):
    class Meta:
        model = Conversation

    person = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))
    asked_on = ON


class QuestionFactory(OwnedFactory):
    class Meta:
        model = Question

    text = factory.Sequence(lambda n: f"What does the team measure, question {n}?")


class InsightFactory(OwnedFactory):
    class Meta:
        model = Insight

    company = factory.SubFactory(CompanyFactory, owner=factory.SelfAttribute("..owner"))
    text = "SQL screen before the portfolio round."
    said_on = ON


class ReferralFactory(OwnedFactory):
    class Meta:
        model = Referral

    person = factory.SubFactory(PersonFactory, owner=factory.SelfAttribute("..owner"))
    offered_on = ON


class ApplicationFactory(OwnedFactory):
    class Meta:
        model = Application

    opening = factory.SubFactory(OpeningFactory, owner=factory.SelfAttribute("..owner"))


class InterviewFactory(OwnedFactory):
    class Meta:
        model = Interview

    application = factory.SubFactory(ApplicationFactory, owner=factory.SelfAttribute("..owner"))
    day = ON


class SavedFilterFactory(OwnedFactory):
    class Meta:
        model = SavedFilter

    page = "companies:company_list"
    name = factory.Sequence(lambda n: f"View {n}")
    query = "state=paused"


class ImportMappingFactory(OwnedFactory):
    class Meta:
        model = ImportMapping

    reader = "companies"
    fingerprint = factory.Sequence(lambda n: f"{n:064}")
    columns = ["name"]

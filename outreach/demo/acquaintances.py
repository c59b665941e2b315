"""What the demo knows around its people: reviewed profiles, ties, events, introductions, and who wrote first."""

import datetime as dt
from typing import TYPE_CHECKING

from contacts.models import Event, Introduction, Person, Position, ProfileReview, Tie
from outreach import sending
from outreach.models import Conversation

if TYPE_CHECKING:
    from outreach.demo.story import Story

LEARN = (
    "How they moved into analytics",
    "How the team measures what matters",
    "What the first year was like",
    "",
)
SCHOOL, FORMER = "Fictional University of Carrick", "Hazelmoor Support Services"
WROTE = (
    "Hello! I look for data analysts for a team in Dublin that grows. Your way from support into analytics fits. "
    "Would you like to hear more?"
)


def tell(story: "Story") -> None:
    look_at_profiles(story)
    meet(story)
    lead(story)
    be_written_to(story)
    stand_twice(story)


def look_at_profiles(story: "Story") -> None:
    """Every third of those who are found was looked at; some share a school or an employer."""
    found = list(
        Person.objects.owned_by(story.owner).filter(stage__lte=2, company__state="target").order_by("pk")
    )
    reviews, ties = [], []
    for number, person in enumerate(found):
        if number % 3 == 0:
            ticks = {name: story.random.random() < 0.6 for name in ProfileReview.POINTS}
            closeness, learn = story.random.randint(0, 3), story.one_of(LEARN)
            tone = story.one_of(ProfileReview.Tone.values)
            reviews.append(
                ProfileReview(
                    owner=story.owner, person=person, closeness=closeness, learn=learn, tone=tone, **ticks
                )
            )
        if number % 17 == 0:
            ties.append(Tie(owner=story.owner, person=person, kind=Tie.Kind.ALUMNI, text=SCHOOL))
        if number % 29 == 5:
            ties.append(Tie(owner=story.owner, person=person, kind=Tie.Kind.COLLEAGUE, text=FORMER))
            Position.objects.create(
                owner=story.owner, person=person, employer=FORMER, title="Support Analyst",
                last_seen_on=story.today - dt.timedelta(days=700),
            )  # fmt: skip
    ProfileReview.objects.bulk_create(reviews)
    Tie.objects.bulk_create(ties)
    ProfileReview.settle(reviews)
    Tie.settle(ties)


def meet(story: "Story") -> None:
    """One evening yesterday, one still to come, and a community."""
    free = Person.objects.owned_by(story.owner).filter(
        stage=0, do_not_contact_on=None, company__state="target"
    )
    met, expected = list(free.order_by("-pk")[:3]), list(free.order_by("pk")[:3])
    yesterday = story.today - dt.timedelta(days=1)
    evening = Event.objects.create(
        owner=story.owner, name="Dashboards that get read: an evening", day=yesterday, place="Dublin",
        link="https://meetups.example/dashboards", notes="Fictional. Forty people, two talks, good soup.",
    )  # fmt: skip
    evening.meet(met, on=yesterday)
    coming = Event.objects.create(
        owner=story.owner, name="Analytics in the public interest", day=story.today + dt.timedelta(days=9),
        place="Dublin", link="https://meetups.example/public-interest",
    )  # fmt: skip
    coming.expect(expected)
    Event.objects.create(
        owner=story.owner, kind=Event.Kind.COMMUNITY, name="Fictional Data Forum", link="https://forum.example/",
        notes="Answers on Thursdays. Introduce yourself before you ask.",
    )  # fmt: skip


def lead(story: "Story") -> None:
    """One introduction in each state; of one that led to a talk the introducer has not heard yet."""
    talks = Conversation.objects.owned_by(story.owner).filter(state="held", held_on__lt=story.days[3])
    led_to = list(talks.select_related("person").order_by("-held_on", "pk")[:2])
    talked = Person.objects.owned_by(story.owner).filter(stage__gte=4, do_not_contact_on=None)
    known = list(talked.exclude(pk__in=[talk.person_id for talk in led_to]).order_by("pk")[:6])
    found = Person.objects.owned_by(story.owner).filter(
        stage=0, do_not_contact_on=None, company__state="target"
    )
    wanted = list(found.order_by("company__pk", "pk")[:2])
    if len(known) < 6 or len(wanted) < 2 or len(led_to) < 2:
        return  # a search that has hardly begun
    wished, declined = wanted
    day = story.days[6]

    def wish(place: int, **to: object) -> Introduction:
        return Introduction.wish(story.owner, known[place], on=day, **to)  # type: ignore[arg-type]

    wish(0, person=wished, notes="They worked on the same floor for years")
    asked = wish(1, company=story.companies["Brambleworks"])
    asked.ask(on=story.days[4])
    agreed = wish(2, company=story.companies["Moonpenny Bank"], notes="Her sister is in the data team")
    agreed.ask(on=story.days[5])
    agreed.agree(on=story.days[3])
    refused = wish(3, person=declined)
    refused.ask(on=story.days[5])
    refused.decline(on=story.days[4])
    for place, talk in enumerate(led_to, start=4):
        before = (talk.held_on or story.today) - dt.timedelta(days=12)
        made = Introduction.wish(story.owner, known[place], on=before, person=talk.person)
        made.make(on=before + dt.timedelta(days=3))
        if place == 5:
            made.tell(on=talk.held_on or story.today)


def be_written_to(story: "Story") -> None:
    story.day = story.days[2]
    recruiter = Person.add(
        story.owner, "Perdita Quillfeather", on=story.day, role="Technical Recruiter",
        profile="https://www.linkedin.com/in/perdita-quillfeather-fictional", kind=Person.Kind.RECRUITER,
        found_how=Person.FoundHow.OTHER,
    )  # fmt: skip
    story.dated(recruiter)
    sending.receive(recruiter, on=story.days[2], now=story.now, text=WROTE, reply_kind="positive")


def stand_twice(story: "Story") -> None:
    """One person who was added twice, for the page of likely duplicates."""
    story.day = story.days[1]
    found = Person.objects.owned_by(story.owner).filter(stage=0, company__state="target").order_by("pk")
    for person in found[4:5]:
        twin = Person.add(
            story.owner, f"{person.name} (PhD)", on=story.day, role=person.role, company=person.company,
            profile="https://www.linkedin.com/in/ACoAAB404-fictional",
        )  # fmt: skip
        story.dated(twin)

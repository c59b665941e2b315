"""Whom I could talk to."""

from contacts.models.acquaintance import Position, ProfileReview, Tie
from contacts.models.erasure import Erasure
from contacts.models.event import Attendance, Event
from contacts.models.introduction import Introduction, IntroductionQuerySet
from contacts.models.person import (
    Key,
    Person,
    PersonKey,
    PersonQuerySet,
    connected,
    counted_at_the_end,
    latest_of,
    theirs,
    who_matches,
)
from contacts.models.twins import Distinction

__all__ = [
    "Attendance",
    "Distinction",
    "Erasure",
    "Event",
    "Introduction",
    "IntroductionQuerySet",
    "Key",
    "Person",
    "PersonKey",
    "PersonQuerySet",
    "Position",
    "ProfileReview",
    "Tie",
    "connected",
    "counted_at_the_end",
    "latest_of",
    "theirs",
    "who_matches",
]

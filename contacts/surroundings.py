"""What a person's page shows around the person: ties, earlier jobs, ways in and debts, events."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, Value
from django.db.models.functions import Cast, Coalesce

from contacts.models import Attendance, Introduction, Person, Position, Tie
from netjob.models import User

NO_DAY = Cast(Value(None, output_field=DateField()), DateField())
_TIE, _JOB, _LEADS, _WAY, _EVENT, NOTHING = (
    Value(kind, output_field=CharField()) for kind in ("tie", "job", "leads", "way", "event", "")
)


class Line(NamedTuple):
    """One short line; what its parts say depends on its kind."""

    kind: str
    pk: int
    title: str
    text: str
    state: str
    day: dt.date | None

    @property
    def state_label(self) -> str:
        return str(Introduction.State(self.state).label)

    @property
    def tie_label(self) -> str:
        return str(Tie.Kind(self.title).label)


@dataclass(frozen=True)
class Surroundings:
    ties: list[Line]
    jobs: list[Line]
    leads: list[Line]
    """Introductions by them: `day` is when they were told what came of it."""
    ways: list[Line]
    """Introductions to them."""
    events: list[Line]

    @classmethod
    def of(cls, owner: User, person: Person) -> "Surroundings":
        """In one query: each is a few short lines, and apart they would be five."""
        theirs = {"person": person}
        to = Coalesce("person__name", "company__name")

        def rows(
            model: Any, kind: Any, pk: str, title: Any, text: Any, state: Any, day: Any, **which: Any
        ) -> Any:
            found = model.objects.owned_by(owner).filter(**which).order_by()
            said = {
                "row_kind": kind,
                "row_title": title,
                "row_text": text,
                "row_state": state,
                "row_day": day,
            }
            return found.annotate(**said).values_list(
                "row_kind", pk, "row_title", "row_text", "row_state", "row_day"
            )

        everything = rows(Tie, _TIE, "pk", F("kind"), F("text"), NOTHING, NO_DAY, **theirs).union(
            rows(Position, _JOB, "pk", F("employer"), F("title"), NOTHING, F("last_seen_on"), **theirs),
            rows(Introduction, _LEADS, "pk", to, F("notes"), F("state"), F("told_on"), introducer=person),
            rows(
                Introduction,
                _WAY,
                "pk",
                F("introducer__name"),
                F("notes"),
                F("state"),
                F("told_on"),
                **theirs,
            ),
            rows(Attendance, _EVENT, "event", F("event__name"), F("notes"), NOTHING, F("met_on"), **theirs),
            all=True,
        )
        found: dict[str, list[Line]] = defaultdict(list)
        for row in sorted(everything, key=lambda row: row[1]):
            found[row[0]].append(Line(*row))
        return cls(found["tie"], found["job"], found["leads"], found["way"], found["event"])

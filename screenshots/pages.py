"""Where the pages are: one for each route that can be read, with the row that shows most.

The routes are those of the ownership walk, so that a new page is looked at without anybody thinking of it.
"""

import sys
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, Q
from django.test import Client
from django.urls import reverse

from companies.models import Company, CompanyLinkedIn, Opening, TargetRole
from contacts.models import Attendance, Event, Introduction, Person, Tie
from netjob.models import Activity, Change, ImportBatch, SavedFilter, User
from netjob.ownership import OwnedModel
from outreach.models import (
    Application,
    Conversation,
    ConversationQuestion,
    Insight,
    Interview,
    Message,
    MessageTemplate,
    Question,
    Referral,
    Request,
)
from tests.test_ownership import ALL, OF_THE_ACCOUNT, OTHER_PARTS, WITH_ID, WITHOUT_ID

TRIES = 40
"""Rows of a kind that are asked for a page before it counts as one that nobody can see."""

Rows = Callable[[User], Any]


def rows_of(model: type[OwnedModel], *order: str, **counts: Any) -> Rows:
    """An owner's rows, those with most on them first."""

    def rows(owner: User) -> Any:
        return model.objects.owned_by(owner).annotate(**counts).order_by(*order, "pk")

    return rows


people = rows_of(Person, "-stage", "-talks", "-letters", talks=Count("conversations", distinct=True),
                 letters=Count("messages", distinct=True))  # fmt: skip

# What an id in a route names (the words are those of the ownership walk): the rows that may stand for it.
RICHEST: dict[str, Rows] = {
    "company": rows_of(Company, "-stage", "-n", "-people_count", n=Count("openings")),
    "role": rows_of(TargetRole, "-n", n=Count("variants")),
    "opening": rows_of(Opening, "-state_on"),
    "linkedin": rows_of(CompanyLinkedIn),
    "person": people,
    "stranger": lambda owner: (
        Person.objects.owned_by(owner)
        .filter(stage=Person.Stage.FOUND, connected_on=None, do_not_contact_on=None, company__isnull=False)
        .order_by("-company__lamp", "-in_common", "pk")
    ),
    "tie": rows_of(Tie),
    "introduction": rows_of(Introduction, "state"),
    "event": rows_of(Event, "-n", "-day", n=Count("attendances")),
    "attendance": rows_of(Attendance),
    "request": rows_of(Request, "-n", n=Count("messages")),
    "message": rows_of(Message, "-sent_at"),
    "template": rows_of(MessageTemplate, "-n", n=Count("messages")),
    "conversation": rows_of(
        Conversation, "-n", "-held_on", n=Count("questions", filter=~Q(questions__answer=""))
    ),
    "asked": rows_of(ConversationQuestion),
    "question": rows_of(Question),
    "insight": rows_of(Insight, "-said_on"),
    "referral": rows_of(Referral, "-offered_on"),
    "application": rows_of(Application, "-n", n=Count("interviews")),
    "interview": rows_of(Interview, "-day"),
    "note": lambda owner: Activity.objects.owned_by(owner).filter(verb="noted").order_by("-happened_on"),
    "filter": rows_of(SavedFilter),
    "import": rows_of(ImportBatch, "-staged"),
    "act": lambda owner: Change.objects.filter(owner=owner).values_list("act", flat=True),
}

# The same page in another state.
STATES: dict[str, tuple[str, Rows]] = (
    {
        f"outreach:conversation_detail, {state}": (
            "outreach:conversation_detail",
            lambda owner, state=state: (
                Conversation.objects.owned_by(owner).filter(state=state).order_by("-pk")
            ),
        )
        for state in Conversation.State.values
    }
    | {
        f"outreach:request_detail, {state}": (
            "outreach:request_detail",
            lambda owner, state=state: Request.objects.owned_by(owner).filter(state=state).order_by("-pk"),
        )
        for state in Request.State.values
    }
    | {
        f"netjob:import_detail, {state}": (
            "netjob:import_detail",
            lambda owner, state=state: ImportBatch.objects.owned_by(owner).filter(state=state),
        )
        for state in ImportBatch.State.values
    }
)

# What was typed: a page that is empty without it, and what it says then.
TYPED = {
    "netjob:search, found": "/search/?q=data",
    "netjob:search, nothing found": "/search/?q=xyzzy",
    "outreach:add, new": "/add/?text=Jonas%20Okafor,%20Data%20Analyst,%20Acme",
    "outreach:add, known": "/add/?text=Brambleworks",
    "outreach:add, note": "/add/?text=Note%20on%20Beatrix:%20likes%20SQL",
}
DOORS = ("account_login", "account_signup", "account_reset_password", "account_reset_password_done")


def addresses(owner: User, client: Client) -> dict[str, str]:
    """The address of each page by its name; a route that only takes what is sent, or leads on, has none."""
    found = {}
    for name, candidates in (*of_routes(owner), *of_states(owner)):
        address = next((url for url in candidates if is_page(client, url)), None)
        if address:
            found[name] = address
    return found | TYPED | {"error 404": "/nowhere/"}


def is_page(client: Client, url: str) -> bool:
    answer = client.get(url)
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def of_routes(owner: User) -> Iterator[tuple[str, Iterator[str]]]:
    for route in sorted(WITHOUT_ID | OF_THE_ACCOUNT):
        yield route, iter([reverse(route)])
    for route, kind in sorted(WITH_ID.items()):
        if kind in RICHEST:
            yield route, of_rows(route, RICHEST[kind](owner))
        else:
            sys.stderr.write(f"{route}: screenshots/pages.py does not say which {kind} to show\n")


def of_states(owner: User) -> Iterator[tuple[str, Iterator[str]]]:
    for name, (route, rows) in STATES.items():
        yield name, of_rows(route, rows(owner))


def of_rows(route: str, rows: Any) -> Iterator[str]:
    for row in rows[:TRIES]:
        own_id = row if isinstance(row, uuid.UUID) else row.pk
        yield reverse(route, kwargs={part: OTHER_PARTS.get(part, own_id) for part in ALL[route]})

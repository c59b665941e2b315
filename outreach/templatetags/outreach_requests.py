"""Requests and messages on the pages of others: the person's, and the request's own."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from contacts.models import Person
from netjob.forms import OnForm
from netjob.states import Move
from outreach.agenda import calendar_of
from outreach.forms.requests import AnswerForm
from outreach.models import Message, Request
from outreach.standing import Button, since

register = template.Library()

ROUTES = {
    "sending": "request_send",
    "acceptance": "request_accept",
    "answer": "request_answer",
    "refusal": "request_decline",
    "withdrawal": "request_withdraw",
}
THREAD = 50
"""Messages that a person's page shows, the latest."""


@dataclass(frozen=True)
class Moves:
    """What a page offers for a request: the dated moves under one date, the answer, the way back."""

    form: OnForm
    dated: list[Button]
    answer: Button | None
    answer_form: AnswerForm
    answer_is_open: bool
    reverse: Button | None
    history: list[tuple[str, dt.date]]


@dataclass(frozen=True)
class Exchange:
    """What a person and I wrote to each other."""

    requests: list[Request]
    thread: list[Message]
    running: Request | None = None
    since: str = ""
    is_cut: bool = field(default=False)
    """Whether there is more than the thread shows."""


@register.simple_tag(takes_context=True)
def moves_of(context: Context, row: Request) -> Moves:
    """The moves that are open for a sent request; `failed` in the context holds a form that was refused."""
    failed: dict[str, Any] = context.get("failed") or {}
    today = context["request"].today
    answer_form = failed.get("answer") or AnswerForm(today=today, auto_id="id_answer_%s")
    form = next((form for noun, form in failed.items() if noun != "answer"), None)
    open_moves = [move for move in row.open_moves() if row.state != Request.State.DRAFT]
    answers = [_button(row, move) for move in open_moves if move.noun == "answer"]
    last = row.last_move()
    back = reverse("outreach:request_undo_move", args=[row.pk])
    stamps = [(str(move.done), getattr(row, move.stamp)) for move in row.MOVES]
    return Moves(
        form=form or OnForm(today=today, auto_id=f"id_move_{row.pk}_%s"),
        dated=[_button(row, move) for move in open_moves if move.noun != "answer"],
        answer=answers[0] if answers else None,
        answer_form=answer_form,
        answer_is_open="answer" in failed or row.state == Request.State.ACCEPTED or not row.is_invitation,
        reverse=Button(str(last.back), back) if last else None,
        history=[(done, on) for done, on in stamps if on],
    )


@register.simple_tag(takes_context=True)
def exchange_with(context: Context, person: Person) -> Exchange:
    """Requests to a person, and all messages both ways: two queries."""
    request = context["request"]
    requests = list(person.requests.order_by("-pk")[:20])
    latest = list(person.messages.select_related("template").in_order().reverse()[: THREAD + 1])
    thread = latest[:THREAD][::-1]
    for row in requests:
        row.person, row.owner = person, request.user
    running = next((row for row in requests if row.state not in Request.CLOSED), None)
    words = since(running, request.today, calendar_of(request.user)) if running else ""
    return Exchange(requests, thread, running, words, len(latest) > THREAD)


def _button(row: Request, move: Move) -> Button:
    return Button(str(move.button), reverse(f"outreach:{ROUTES[move.noun]}", args=[row.pk]))

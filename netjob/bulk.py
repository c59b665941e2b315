"""One thing done to many rows: all of them or, where a rule refuses some, none; and one undo takes it back.

Lists and the admin declare their acts here alike, so that both know the same words, limit and rules.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob import undo
from netjob.forms import OnForm
from netjob.models import User
from netjob.ownership import OwnedModel, Refused, StaleVersion
from netjob.words import NAMED, naming

MOST = 2000
"""Rows of one act: a few seconds, in which everybody else waits to write."""


def themselves(rows: Sequence[Any]) -> list[QuerySet]:
    return [type(rows[0]).objects.filter(pk__in=[row.pk for row in rows])]


@dataclass(frozen=True)
class Act:
    """What can be done to many rows.

    `apply` changes a row in memory and returns the lines of history, and other new rows, that belong to it, or
    raises Refused. `verb` is for what is more than that: it saves for itself. An act without either deletes.
    """

    name: str
    label: str | Promise
    done: Any
    """What has been done, by `count` and the facts, without a full stop: ngettext_lazy("Paused %(count)d …", …)."""
    apply: Callable[..., Sequence[OwnedModel]] | None = None
    """Takes the row and what the form holds, by its names; `on` is today where the form has no day."""
    form: Callable[..., forms.Form] | None = None
    """Made of what was sent, `owner` and `today`: see `dated` and `plain`."""
    verb: Callable[..., Any] | None = None
    """Takes the row, `on` and `now`."""
    refusal: Callable[[Any], str] = lambda row: ""
    """Why a row is no matter for this act; a sentence, or nothing."""
    reach: Callable[[Sequence[Any]], Iterable[QuerySet]] = themselves
    """The rows that a verb may touch, parents before what hangs on them."""

    @property
    def deletes(self) -> bool:
        return self.apply is None and self.verb is None

    @property
    def asks_first(self) -> bool:
        """Whether there is something to say before it is done."""
        return self.form is not None or self.deletes


def dated(form: type[OnForm] = OnForm) -> Callable[..., forms.Form]:
    """A form that asks for the day."""
    return lambda data, *, owner, today: form(data, today=today)


def plain(**fields: Any) -> Callable[..., forms.Form]:
    """A form of these fields."""
    form = type("FactsForm", (forms.Form,), fields)
    return lambda data, *, owner, today: form(data)


def deletion(done: Any, **more: Any) -> Act:
    return Act("deletion", gettext_lazy("Delete"), done, **more)


def refuse_too_many(count: int) -> None:
    if count > MOST:
        raise Refused(
            _("These are more than %(most)d. Narrow the list with its filters, and take them in parts.")
            % {"most": MOST}
        )


@dataclass
class Outcome:
    refused: list[tuple[OwnedModel, str]] = field(default_factory=list)
    """Rows with the sentence that says why not. Unless they were to be left out, nothing was done."""
    going: int = 0
    """Rows that it was, or can be, done to."""
    act: UUID | None = None
    """For undo; none where nothing was done."""
    sentence: str = ""


def carry_out(
    act: Act,
    rows: Sequence[OwnedModel],
    facts: dict[str, Any],
    *,
    owner: User,
    now: dt.datetime,
    leave_refused: bool = False,
) -> Outcome:
    """Do it to these rows, of one model and whole. `leave_refused`: to the rest, where a rule refuses some."""
    outcome, said = Outcome(), {"on": owner.today(now), **facts}
    with suppress(_NothingDoneError), undo.recording(owner, "") as kept:
        with kept.around(*(act.reach(rows) if act.verb else ())):
            kept.watch(rows)
            going, lines = _did(act, rows, said, owner, now, outcome)
            outcome.going = len(going)
            if not going or (outcome.refused and not leave_refused):
                raise _NothingDoneError
            outcome.sentence = str(act.done % {**facts, "count": len(going)})
            kept.sentence = naming(
                outcome.sentence, [_name_of(row) for row in going[:NAMED]], count=len(going)
            )
        if act.apply:
            kept.save(going)
            kept.add(lines)
        elif act.deletes:
            kept.delete(going)
        outcome.act = kept.act
    return outcome


def _name_of(row: Any) -> str:
    """Whose row it is, where it is somebody's: a request is known by its person."""
    return str(getattr(row, "person", None) or row)


class _NothingDoneError(Exception):
    """Takes back what verbs saved before one of them refused."""


def _did(
    act: Act,
    rows: Iterable[OwnedModel],
    said: dict[str, Any],
    owner: User,
    now: dt.datetime,
    outcome: Outcome,
) -> tuple[list[OwnedModel], list[OwnedModel]]:
    """The rows that it was done to, with the lines of history that are still to be saved."""
    going, lines = list[OwnedModel](), list[OwnedModel]()
    for row in rows:
        row.owner = owner
        try:
            if sentence := act.refusal(row):
                raise Refused(sentence)
            if act.apply:
                lines += act.apply(row, **said)
            elif act.verb:
                with transaction.atomic():
                    act.verb(row, on=said["on"], now=now)
            going.append(row)
        except Refused as refusal:
            outcome.refused.append((row, str(refusal)))
        except StaleVersion:
            outcome.refused.append((row, _("This was changed in another window meanwhile.")))
    return going, lines

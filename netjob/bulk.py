"""One thing done to many rows: all of them or, where a rule refuses some, none; and one undo takes it back."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise

from netjob import undo
from netjob.forms import OnForm
from netjob.models import User
from netjob.ownership import OwnedModel, Refused

MOST = 2000
"""Rows of one act: a few seconds, in which everybody else waits to write."""


@dataclass(frozen=True)
class Act:
    """What can be done to the rows of a list.

    `apply` changes a row in memory and returns the lines of history, and other new rows, that belong to it, or
    raises Refused.
    An act without `apply` deletes.
    """

    name: str
    label: str | Promise
    done: str | Promise
    """What has been done, by `count`, without a full stop: ngettext_lazy("Paused %(count)d …", …, "count")."""
    apply: Callable[..., Sequence[OwnedModel]] | None = None
    """Takes the row and what the form holds, by its names; `on` is today where the form has no day."""
    form: Callable[..., forms.Form] | None = None
    """Made of what was sent, `owner` and `today`: see `dated` and `plain`."""

    @property
    def deletes(self) -> bool:
        return self.apply is None

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
    today: dt.date,
    leave_refused: bool = False,
) -> Outcome:
    """Do it to these rows, of one model and whole. `leave_refused`: to the rest, where a rule refuses some."""
    outcome, lines, going = Outcome(), list[OwnedModel](), list[OwnedModel]()
    with undo.recording(owner, "") as kept:
        kept.watch(rows)
        for row in rows:
            try:
                lines += act.apply(row, **{"on": today, **facts}) if act.apply else []
                going.append(row)
            except Refused as refusal:
                outcome.refused.append((row, str(refusal)))
        outcome.going = len(going)
        if not going or (outcome.refused and not leave_refused):
            return outcome
        kept.sentence = outcome.sentence = str(act.done % {"count": len(going)})
        if act.apply:
            kept.save(going)
            kept.add(lines)
        else:
            kept.delete(going)
        outcome.act = kept.act
    return outcome

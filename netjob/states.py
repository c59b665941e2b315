"""A state is a table: which moves there are, from where to where, and which date each one stamps.

Models list their moves in `MOVES`; only `move()` and `take_back()` change a state. `docs/states.md`
is drawn from the same tables.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from netjob.models import Activity
from netjob.ownership import MovedOn, OwnedModel, Refused


@dataclass(frozen=True)
class Move:
    noun: str
    """What the URL says: requests/7/acceptance/."""
    to: str
    sources: frozenset[str]
    stamp: str
    """The date field that the move fills, and that its reverse clears."""
    button: str | Promise
    done: str | Promise
    """The sentence in the history, without a full stop."""
    back: str | Promise
    """What the button of the reverse says; empty: cannot be taken back."""
    lacking: str | Promise = ""
    """What is so until it is made, a sentence: for a move that others have to wait for."""


class StatefulModel(OwnedModel):
    MOVES: ClassVar[tuple[Move, ...]]
    state: Any

    class Meta(OwnedModel.Meta):
        abstract = True

    @classmethod
    def move_of(cls, noun: str) -> Move:
        return next(move for move in cls.MOVES if move.noun == noun)

    def open_moves(self) -> list[Move]:
        return [move for move in self.MOVES if self.state in move.sources and not self.refusal(move)]

    def refusal(self, move: Move) -> str:
        """Why a move that the table allows is not open for this row; a sentence, or nothing."""
        return ""

    def move(self, noun: str, *, on: dt.date) -> Move:
        """Stamp and change the state, without saving.

        Raises Refused with a sentence where the table does not lead there, or before an earlier stamp.
        """
        move = self.move_of(noun)
        if self.state not in move.sources:
            raise self.out_of_turn(move.sources, move.to)
        if sentence := self.refusal(move):
            raise Refused(sentence)
        self.refuse_before_last_stamp(on)
        # Coming back from a dead end (cancelled, then a new time): only the stamp that the reverse needs
        # to find the way back to it stays.
        for later in self.MOVES[self.MOVES.index(move) + 1 :]:
            if later.to != self.state or not move.back:
                setattr(self, later.stamp, None)
        setattr(self, move.stamp, on)
        self.state = move.to
        return move

    def out_of_turn(self, sources: Collection[str], to: str = "") -> Refused:
        """Why it does not fit that only fits `sources`: a step is lacking, or the row came further already."""
        came_by = next((place for place, step in enumerate(self.MOVES) if step.to == self.state), -1)
        for step in self.MOVES[came_by + 1 :]:
            if step.lacking and step.to in sources and self.state in step.sources and self.state != to:
                return Refused(str(step.lacking))
        return MovedOn(_("%(standing)s, so this no longer fits.") % {"standing": self.standing()})

    def standing(self) -> str:
        """How far it came, in words without a full stop."""
        state = str(self.get_state_display()).lower()  # type: ignore[attr-defined]
        return _("It is already %(state)s") % {"state": state}

    def moved(self, noun: str, *, on: dt.date, text: str = "") -> Activity:
        """Move, and the line of history that says so; neither is saved yet. Raises Refused as `move` does."""
        move = self.move(noun, on=on)
        return self.line(move.noun, str(move.done), text, on=on)

    def line(self, verb: str, title: str, text: str = "", *, on: dt.date) -> Activity:
        """A line of the history to which this row belongs, not saved yet."""
        raise NotImplementedError

    def refuse_before_last_stamp(self, on: dt.date) -> None:
        earlier = [day for day in self._stamps() if day]
        if earlier and on < max(earlier):
            raise Refused(
                _("The step before this one was on %(day)s. Choose that day or a later one.")
                % {"day": date_format(max(earlier), "j F Y")}
            )

    def last_move(self) -> Move | None:
        """The move that led to the present state, if it can be taken back."""
        for move in self.MOVES:
            if move.to == self.state and getattr(self, move.stamp) and move.back and self.state_before(move):
                return move
        return None

    def take_back(self) -> Move:
        """Clear the last stamp and return to the state before it, without saving."""
        move = self.last_move()
        before = self.state_before(move) if move else None
        if move is None or before is None:
            raise Refused(_("There is no step before this one to go back to."))
        setattr(self, move.stamp, None)
        self.state = before
        return move

    def state_before(self, move: Move) -> str | None:
        stamped = [
            (getattr(self, other.stamp), index, other.to)
            for index, other in enumerate(self.MOVES)
            if other.stamp != move.stamp and other.to in move.sources and getattr(self, other.stamp)
        ]
        if stamped:
            return max(stamped)[2]
        first = str(self._meta.get_field("state").default)  # type: ignore[union-attr]
        # A row that was entered further on (a talk already held) never stood in the first state.
        if first not in move.sources or any(other.to == first for other in self.MOVES):
            return None
        return first

    def _stamps(self) -> Iterable[dt.date | None]:
        return (getattr(self, move.stamp) for move in self.MOVES)


def stamped(name: str, /, **stamps: str) -> models.CheckConstraint:
    """A constraint: whoever is in a state has the date of coming there. `stamped(…, sent="sent_on")`."""
    condition = Q()
    for state, stamp in stamps.items():
        condition &= ~Q(state=state) | Q(**{f"{stamp}__isnull": False})
    return models.CheckConstraint(condition=condition, name=name)

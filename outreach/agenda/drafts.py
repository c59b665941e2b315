"""Messages begun and not sent: each is the step that it begins, or one for itself."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from netjob.compiled import rows_of
from outreach.agenda.reading import lean, mine
from outreach.agenda.steps import MANY, Step
from outreach.models import Message

if TYPE_CHECKING:
    from outreach.agenda.agenda import Agenda

BEGUN_BY = {
    "thanks": ("thank",),
    "follow_up": ("follow_up", "settle_time"),
    "ask_for_time": ("ask_for_time",),
    "first_message": ("ask_for_time", "after_event"),
    "reply": ("answer",),
    "report_back": ("report_back",),
}
"""The steps that a message of a kind begins: while it is a draft, the step leads to it."""


def with_drafts(agenda: "Agenda", steps: list[Step]) -> list[Step]:
    """The steps, those begun leading to their drafts; a draft that begins none of them is one more."""
    for draft in rows_of(_drafts, agenda.numbers):
        begun = BEGUN_BY.get(draft.kind, ())
        place = next(
            (
                place
                for place, step in enumerate(steps)
                if step.kind in begun and step.person and step.person.pk == draft.person_id
            ),
            None,
        )
        url, button = draft.get_absolute_url(), _("Finish and send")
        if place is not None:
            steps[place] = replace(steps[place], url=url, button=button)
            continue
        steps.append(
            agenda.step(
                "draft", draft.person, _("Send your message to %(name)s") % {"name": draft.person.name},
                _("%(kind)s: the draft is waiting") % {"kind": draft.get_kind_display()},
                draft.created_at.astimezone(agenda.user.zone).date(), button, url, subject=draft,
            )
        )  # fmt: skip
    return steps


def _drafts(numbers: Sequence[int]) -> Any:
    """The note of a request goes with its request."""
    drafts = mine(Message, numbers).filter(sent_at=None, direction="out").exclude(kind="note")
    return lean(drafts, "uid", "kind", "created_at").order_by("pk")[:MANY]

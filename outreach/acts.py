"""What can be done to many rows at once: with their lists, and in the admin."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from contacts.models import Person
from netjob.bulk import Act, dated, deletion, themselves
from netjob.models import Activity
from netjob.states import StatefulModel
from outreach import sending
from outreach.composing import moment_of
from outreach.models import Application, Conversation, ConversationQuestion, Message, Referral, Request

type Reach = Callable[[Sequence[Any]], Iterable[QuerySet]]


def _moved(noun: str) -> Callable[..., list[Activity]]:
    def move(row: StatefulModel, *, on: dt.date) -> list[Activity]:
        return [row.moved(noun, on=on)]

    return move


def _on_that_day(name: str) -> Callable[..., Any]:
    """A verb that is told the day, and nothing else."""
    return lambda row, *, on, now: getattr(row, name)(on=on)


def _with_their_people(*models: Any) -> Reach:
    """What hangs on the people that rows are about, and what comes new into their history."""

    def reach(rows: Sequence[Any]) -> list[QuerySet]:
        people = Person.objects.filter(pk__in={row.person_id for row in rows})
        of_them = (
            model.objects.filter(conversation__person__in=people)
            if model is ConversationQuestion
            else model.objects.filter(person__in=people)
            for model in models
        )
        history = Activity.objects.filter(owner=rows[0].owner_id, person_uid__in=people.values("uid"))
        return [people, *of_them, history]

    return reach


def _with_their_companies(rows: Sequence[Application]) -> list[QuerySet]:
    companies = {row.opening.company.uid for row in rows}
    history = Activity.objects.filter(owner=rows[0].owner_id, company_uid__in=companies)
    return [*themselves(rows), history]


def _step_back(reach: Reach, done: Any) -> Act:
    return Act("step-back", _("Take the last step back"), done, verb=_on_that_day("undo_move"), reach=reach)


_OF_REQUESTS = _with_their_people(Request, Message)
_OF_TALKS = _with_their_people(Conversation)
_OF_MESSAGES = _with_their_people(Conversation, ConversationQuestion, Message)
_OF_REFERRALS = _with_their_people(Referral)


def _picked_up(request: Request, *, on: dt.date) -> list[Activity]:
    request.pick_up()
    return []


PICKING_UP = Act(
    "picking-up", _("Pick up"), apply=_picked_up,
    done=ngettext_lazy("Picked up %(count)d request", "Picked up %(count)d requests", "count"),
)  # fmt: skip
WITHDRAWAL = Act(
    "withdrawal", _("I withdrew them"), apply=_moved("withdrawal"), form=dated(),
    done=ngettext_lazy("Withdrew %(count)d request", "Withdrew %(count)d requests", "count"),
)  # fmt: skip
REFUSAL = Act(
    "refusal", _("They declined"), apply=_moved("refusal"), form=dated(),
    done=ngettext_lazy("%(count)d request is declined", "%(count)d requests are declined", "count"),
)  # fmt: skip
OF_REQUESTS = (
    Act("sending", _("Mark as sent"), form=dated(), reach=_OF_REQUESTS,
        verb=lambda row, *, on, now: row.send(at=moment_of(on, row.owner, now=now)),
        done=ngettext_lazy("Marked %(count)d request as sent", "Marked %(count)d requests as sent", "count")),
    Act("acceptance", _("They accepted"), form=dated(), verb=_on_that_day("accept"), reach=_OF_REQUESTS,
        done=ngettext_lazy("%(count)d request is accepted", "%(count)d requests are accepted", "count")),
    Act("answer", _("They answered"), form=dated(), reach=_OF_REQUESTS,
        verb=lambda row, *, on, now: row.answer(on=on, at=moment_of(on, row.owner, now=now)),
        done=ngettext_lazy("%(count)d request is answered", "%(count)d requests are answered", "count")),
    REFUSAL,
    WITHDRAWAL,
    _step_back(_OF_REQUESTS, ngettext_lazy("Took %(count)d request a step back",
                                           "Took %(count)d requests a step back", "count")),
)  # fmt: skip
DELETED_REQUESTS = deletion(ngettext_lazy("Deleted %(count)d request", "Deleted %(count)d requests", "count"))

CANCELLATION = Act(
    "cancellation", _("They are cancelled"), apply=_moved("cancellation"), form=dated(),
    done=ngettext_lazy("Cancelled %(count)d conversation", "Cancelled %(count)d conversations", "count"),
)  # fmt: skip
OF_CONVERSATIONS = (
    Act("proposal", _("Times are proposed"), form=dated(), apply=_moved("proposal"),
        done=ngettext_lazy("Times are proposed for %(count)d conversation",
                           "Times are proposed for %(count)d conversations", "count")),
    Act("confirmation", _("The time is confirmed"), form=dated(), verb=_on_that_day("confirm"), reach=_OF_TALKS,
        done=ngettext_lazy("The time of %(count)d conversation is confirmed",
                           "The times of %(count)d conversations are confirmed", "count")),
    Act("preparation", _("I am prepared"), form=dated(), verb=_on_that_day("prepare"), reach=_OF_TALKS,
        done=ngettext_lazy("You are prepared for %(count)d conversation",
                           "You are prepared for %(count)d conversations", "count")),
    Act("questions", _("My questions are sent"), form=dated(), verb=_on_that_day("send_questions"),
        reach=_OF_TALKS,
        done=ngettext_lazy("Your questions for %(count)d conversation are sent",
                           "Your questions for %(count)d conversations are sent", "count")),
    Act("holding", _("We talked"), form=dated(), apply=_moved("holding"),
        done=ngettext_lazy("You had %(count)d conversation", "You had %(count)d conversations", "count")),
    Act("no-show", _("They did not come"), form=dated(), apply=_moved("no-show"),
        done=ngettext_lazy("They did not come to %(count)d conversation",
                           "They did not come to %(count)d conversations", "count")),
    CANCELLATION,
    Act("thanks", _("I thanked them"), form=dated(), verb=_on_that_day("thank"), reach=_OF_TALKS,
        done=ngettext_lazy("You said thanks for %(count)d conversation",
                           "You said thanks for %(count)d conversations", "count")),
    _step_back(_OF_TALKS, ngettext_lazy("Took %(count)d conversation a step back",
                                        "Took %(count)d conversations a step back", "count")),
)  # fmt: skip
DELETED_CONVERSATIONS = deletion(
    ngettext_lazy("Deleted %(count)d conversation", "Deleted %(count)d conversations", "count")
)

OF_MESSAGES = (
    Act("sending", _("Mark as sent"), form=dated(), reach=_OF_MESSAGES,
        verb=lambda row, *, on, now: sending.send(row, at=moment_of(on, row.owner, now=now)),
        done=ngettext_lazy("Marked %(count)d message as sent", "Marked %(count)d messages as sent", "count")),
    Act("unsending", _("Not sent after all"), reach=_OF_MESSAGES,
        verb=lambda row, *, on, now: sending.unsend(row, on=on),
        done=ngettext_lazy("%(count)d message is a draft again", "%(count)d messages are drafts again", "count")),
)  # fmt: skip
OF_TEMPLATES = (
    Act("archiving", _("Archive"), form=dated(), verb=_on_that_day("archive"),
        done=ngettext_lazy("Archived %(count)d template", "Archived %(count)d templates", "count")),
    Act("bringing-back", _("Use again"), verb=lambda row, *, on, now: row.bring_back(),
        done=ngettext_lazy("%(count)d template is in use again", "%(count)d templates are in use again", "count")),
)  # fmt: skip
OF_REFERRALS = (
    Act("asking", _("I asked for it"), form=dated(), verb=_on_that_day("ask"), reach=_OF_REFERRALS,
        done=ngettext_lazy("You asked for %(count)d referral", "You asked for %(count)d referrals", "count")),
    Act("giving", _("They gave it"), form=dated(), verb=_on_that_day("give"), reach=_OF_REFERRALS,
        done=ngettext_lazy("%(count)d referral is given", "%(count)d referrals are given", "count")),
    Act("refusal", _("They declined"), form=dated(), verb=_on_that_day("decline"), reach=_OF_REFERRALS,
        done=ngettext_lazy("%(count)d referral is declined", "%(count)d referrals are declined", "count")),
    Act("thanks", _("I thanked them"), form=dated(), verb=_on_that_day("thank"), reach=_OF_REFERRALS,
        done=ngettext_lazy("You said thanks for %(count)d referral",
                           "You said thanks for %(count)d referrals", "count")),
    _step_back(_OF_REFERRALS, ngettext_lazy("Took %(count)d referral a step back",
                                            "Took %(count)d referrals a step back", "count")),
)  # fmt: skip
OF_APPLICATIONS = (
    Act("applying", _("I applied"), form=dated(), verb=_on_that_day("apply"), reach=_with_their_companies,
        done=ngettext_lazy("You sent %(count)d application", "You sent %(count)d applications", "count")),
    Act("offer", _("They made an offer"), form=dated(), verb=_on_that_day("receive_offer"),
        reach=_with_their_companies,
        done=ngettext_lazy("%(count)d application led to an offer",
                           "%(count)d applications led to an offer", "count")),
    Act("rejection", _("They said no"), form=dated(), verb=_on_that_day("be_turned_down"),
        reach=_with_their_companies,
        done=ngettext_lazy("They said no to %(count)d application",
                           "They said no to %(count)d applications", "count")),
    Act("withdrawal", _("I withdrew"), form=dated(), verb=_on_that_day("withdraw"), reach=_with_their_companies,
        done=ngettext_lazy("Withdrew %(count)d application", "Withdrew %(count)d applications", "count")),
    _step_back(_with_their_companies, ngettext_lazy("Took %(count)d application a step back",
                                                    "Took %(count)d applications a step back", "count")),
)  # fmt: skip

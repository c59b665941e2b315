"""How a request stands, in words: since when, and the one thing to do next."""

import datetime as dt
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netjob.addresses import address
from netjob.words import spoken_day
from outreach.cadence import Calendar
from outreach.models import Request

LONG_AGO = 20
"""From so many business days on, a date says more than their number."""


class Button(NamedTuple):
    label: str
    url: str
    is_move: bool = False
    """Whether it does it (a POST), or leads to where it is done."""


def since(request: Request, today: dt.date, calendar: Calendar) -> str:
    """When it came to the state in which it is: "sent 5 business days ago", "accepted yesterday"."""
    if request.state == Request.State.SENT and request.sent_on:
        return _("sent %(when)s") % {"when": ago(request.sent_on, today, calendar)}
    stamp = next((move.stamp for move in Request.MOVES if move.to == request.state), "")
    if not stamp:
        begun_on = request.created_at.astimezone(request.owner.zone).date()
        return _("begun %(when)s") % {"when": spoken_day(begun_on, today)}
    state = str(request.get_state_display()).lower()
    return _("%(state)s %(when)s") % {"state": state, "when": spoken_day(getattr(request, stamp), today)}


def ago(on: dt.date, today: dt.date, calendar: Calendar) -> str:
    """A past day, counted in the days that count."""
    count = calendar.business_days_between(on, today)
    if (today - on).days < 2 or count == 0:
        return spoken_day(on, today)
    if count >= LONG_AGO:
        return _("on %(day)s") % {"day": date_format(on, "j F" if on.year == today.year else "j F Y")}
    return ngettext("%(count)d business day ago", "%(count)d business days ago", count) % {"count": count}


def next_button(request: Request, *, rests: bool = False) -> Button:
    """The one thing to do; `rests` as the cadence has it. Needs `with_talk()`."""
    match request.state:
        case "draft":
            return Button(_("Finish and send"), request.get_absolute_url())
        case "sent" if request.is_invitation and not rests:
            return Button(_("They accepted"), address("outreach:request_accept", request.pk), is_move=True)
        case "sent" if not rests:
            return Button(_("They answered"), f"{request.get_absolute_url()}#answer")
        case "accepted" | "answered" if request.talk_pk:  # type: ignore[attr-defined]
            talk = address("outreach:conversation_detail", request.talk_pk)  # type: ignore[attr-defined]
            return Button(_("See the conversation"), talk)
        case "accepted" | "answered":
            writing = address("outreach:message_add", request.person_id)
            return Button(_("Ask for a time"), f"{writing}?kind=ask_for_time&request={request.pk}")
    company = request.person.company
    if company is None:
        return Button(_("See other people"), reverse("contacts:person_list"))
    return Button(_("See who else is there"), company.get_absolute_url())


def next_step(request: Request, *, rests: bool = False) -> tuple[str, str]:
    """What that button is about: a title, and why."""
    name = {"name": request.person.name}
    match request.state:
        case "draft":
            return _("Finish the draft"), _("Nothing is sent yet.")
        case "sent" if rests:
            return _("It rests"), _("No answer, after all that can be done. It says nothing about you.")
        case "sent":
            waiting = (
                _("Waiting for %(name)s to accept")
                if request.is_invitation
                else _("Waiting for %(name)s to answer")
            )
            return waiting % name, _(
                "Many requests go unanswered; that is normal. Write to others meanwhile."
            )
        case "accepted" | "answered" if request.talk_pk:  # type: ignore[attr-defined]
            return _("You and %(name)s are in conversation") % name, _("What comes next stands there.")
        case "accepted" | "answered":
            return _("Ask %(name)s for a time") % name, _(
                "Fifteen to twenty minutes, in the way they like best."
            )
        case "declined":
            return _("%(name)s would rather not") % name, _(
                "That happens. Somebody else there may be glad to."
            )
        case "joined":
            return _("Another request to %(name)s goes on") % name, _(
                "You had two entries of them, each with a request. This one stays with what was said."
            )
    return _("You withdrew it"), _until_invitable(request)


def _until_invitable(request: Request) -> str:
    if request.invitable_from is None:
        return ""
    day = date_format(request.invitable_from, "j F Y")
    return _("LinkedIn takes a new invitation to them from %(day)s on, perhaps earlier.") % {"day": day}

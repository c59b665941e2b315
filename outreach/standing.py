"""How a request stands, in words: since when, and the one thing to do next."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netjob.templatetags.netjob import spoken_day
from outreach.cadence import Calendar
from outreach.models import Request

LONG_AGO = 20
"""From so many business days on, a date says more than their number."""


@dataclass(frozen=True)
class NextStep:
    title: str
    why: str
    button: str
    url: str
    is_move: bool = False
    """Whether the button does it (a POST), or leads to where it is done."""


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


def next_step(request: Request, *, rests: bool = False) -> NextStep:
    """The one prominent step; `rests` as the cadence has it."""
    name, here = request.person.name, request.get_absolute_url()
    writing = reverse("outreach:message_add", args=[request.person_id])
    match request.state:
        case "draft":
            return NextStep(_("Finish the draft"), _("Nothing is sent yet."), _("Finish and send"), here)
        case "sent" if rests:
            return NextStep(
                _("It rests"),
                _("No answer, after all that can be done. That is normal, and says nothing about you."),
                *_next_person(request),
            )
        case "sent" if request.is_invitation:
            return NextStep(
                _("Waiting for %(name)s to accept") % {"name": name},
                _("Many requests go unanswered; that is normal. Write to others meanwhile."),
                _("They accepted"), reverse("outreach:request_accept", args=[request.pk]), is_move=True,
            )  # fmt: skip
        case "sent":
            return NextStep(
                _("Waiting for %(name)s to answer") % {"name": name},
                _("Many requests go unanswered; that is normal. Write to others meanwhile."),
                _("They answered"), f"{here}#answer",
            )  # fmt: skip
        case "accepted" | "answered":
            return NextStep(
                _("Ask %(name)s for a time") % {"name": name},
                _("Fifteen to twenty minutes, in the way they like best."),
                _("Ask for a time"),
                f"{writing}?kind=ask_for_time&request={request.pk}",
            )
        case "declined":
            return NextStep(
                _("%(name)s would rather not") % {"name": name},
                _("That happens, and is no verdict on you. Somebody else there may be glad to."),
                *_next_person(request),
            )
        case _:
            return NextStep(_("You withdrew it"), _until_invitable(request), *_next_person(request))


def _until_invitable(request: Request) -> str:
    if request.invitable_from is None:
        return ""
    day = date_format(request.invitable_from, "j F Y")
    return _("LinkedIn takes a new invitation to them from %(day)s on, perhaps earlier.") % {"day": day}


def _next_person(request: Request) -> tuple[str, str]:
    company = request.person.company
    if company is None:
        return _("See other people"), reverse("contacts:person_list")
    return _("See who else is at %(company)s") % {"company": company.name}, company.get_absolute_url()

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from netjob.htmx import OwnedRequest, page
from netjob.ownership import Refused
from netjob.words import spoken_day
from outreach import funnel
from outreach.agenda import KINDS, Agenda
from outreach.forms.deferrals import DeferralForm, StepForm
from outreach.models import Deferral


@require_GET
def today(request: OwnedRequest) -> HttpResponse:
    standing = funnel.standing(request.user, request.today)
    if standing.is_empty and request.user.welcomed_at is None:
        return redirect("companies:welcome")
    agenda = Agenda(request.user, request.now)
    kind = request.GET.get("kind", "")
    steps, more = agenda.by_kind(kind if kind in KINDS else "")
    count = len(agenda.due())
    context = {
        "steps": steps,
        "more": more,
        "kind": kind if kind in KINDS else "",
        "sentence": _sentence(count),
        "standing": standing,
        "put_off": agenda.put_off[:20],
        "coming_up": agenda.coming_up[:5],
        "greeting": _greeting(request.now.astimezone(request.user.zone).hour),
        "tomorrow": request.today + dt.timedelta(days=1),
    }
    return page(request, "outreach/today.html", context, fragments=["steps"])


@require_POST
def defer(request: OwnedRequest) -> HttpResponse:
    form = DeferralForm(request.POST, agenda=Agenda(request.user, request.now))
    if not form.is_valid():
        raise Refused(_("That step is not due any more. Reload the page to see what is."))
    until = form.until()
    Deferral.put_off(request.user, form.cleaned_data["step"], form.cleaned_data["subject"],
                     form.cleaned_data["occurrence"], until=until)  # fmt: skip
    when = spoken_day(until, request.today) if until else ""
    messages.success(
        request,
        _("Put off until %(when)s.") % {"when": when}
        if until
        else _("Skipped. It stands below the steps, should you want it back."),
    )
    return redirect(reverse("outreach:today"))


@require_POST
def bring_back(request: OwnedRequest) -> HttpResponse:
    form = StepForm(request.POST)
    if form.is_valid():
        form.deferrals(request.user).delete()
        messages.success(request, _("It is back among your next steps."))
    return redirect(reverse("outreach:today"))


def _sentence(count: int) -> str:
    if not count:
        return _("Nothing is due. A good moment to find more people, or to rest.")
    return ngettext(
        "One thing moves your search forward today.",
        "%(count)d things move your search forward today.",
        count,
    ) % {"count": count}


def _greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")

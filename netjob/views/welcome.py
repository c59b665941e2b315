"""A newcomer's first minutes. What they look for is asked by `companies.views.roles`; here: who they are, and the
doors to their first companies. Every step can be skipped, and all of it left."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from netjob import whereabouts
from netjob.forms import WelcomeForm
from netjob.htmx import OwnedRequest, page
from netjob.models import User
from netjob.views.editing import edit_page

DOORS = {
    "companies": "companies:company_add",
    "roles": "companies:role_list",
    "imports": "netjob:import_list",
}
"""Where one may go from the welcome; to Today without saying."""


@require_http_methods(["GET", "POST"])
def you(request: OwnedRequest) -> HttpResponse:
    # A fresh copy, as in the settings.
    user = User.objects.get(pk=request.user.pk)
    guess = whereabouts.guess(user.time_zone, request.headers.get("Accept-Language", ""))
    here = reverse("netjob:welcome_you")
    country = request.GET.get("country")
    return edit_page(
        request,
        WelcomeForm(request.POST or None, instance=user, guess=guess, here=here, country=country),
        title=_("How you work"),
        saved=_("Your settings are saved."),
        cancel=reverse("companies:welcome"),
        back=reverse("netjob:welcome_start"),
        template="welcome/you.html",
        step=2,
        fragments=["regions"],
    )


@require_GET
def start(request: OwnedRequest) -> HttpResponse:
    return page(request, "welcome/start.html", {"title": _("Your first companies"), "step": 3})


@require_POST
def end(request: OwnedRequest) -> HttpResponse:
    request.user.end_welcome(at=request.now)
    return redirect(DOORS.get(request.POST.get("to", ""), "outreach:today"))

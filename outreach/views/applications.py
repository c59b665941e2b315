from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companies.models import Opening
from netjob.htmx import OwnedRequest
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from outreach.forms.applications import ApplicationForm, InterviewForm
from outreach.models import Application, Interview
from outreach.views.days import day_of


@require_POST
def application_add(request: OwnedRequest, opening_pk: int) -> HttpResponse:
    openings = Opening.objects.owned_by(request.user).select_related("company", "owner")
    opening = get_object_or_404(openings, pk=opening_pk)
    application = Application.prepare(opening, on=request.today)
    messages.success(request, _("Prepare it here, and say when it is sent."))
    return redirect(application)


@require_http_methods(["GET", "POST"])
def application_detail(request: OwnedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(_applications(request).prefetch_related("interviews"), pk=pk)
    return edit_page(
        request,
        ApplicationForm(request.POST or None, instance=application, owner=request.user),
        title=application.opening.title,
        saved=_("The application is saved."),
        cancel=application,
        template="outreach/application_detail.html",
        application=application,
    )


@require_http_methods(["GET", "POST"])
def application_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(_applications(request), pk=pk)
    back = f"{application.opening.company.get_absolute_url()}#openings"
    return delete_page(request, application, back=back, cancel=application.get_absolute_url())


@require_POST
def application_apply(request: OwnedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(_applications(request), pk=pk)
    application.apply(on=day_of(request))
    return _done(request, application, _("You applied at %(company)s. Tell those who helped you."))


@require_POST
def application_offer(request: OwnedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(_applications(request), pk=pk)
    application.receive_offer(on=day_of(request))
    return _done(request, application, _("An offer by %(company)s. Congratulations!"))


@require_POST
def application_reject(request: OwnedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(_applications(request), pk=pk)
    application.be_turned_down(on=day_of(request))
    return _done(
        request, application, _("Noted. What you know about %(company)s stays, and so do the people.")
    )


@require_POST
def application_withdraw(request: OwnedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(_applications(request), pk=pk)
    application.withdraw(on=day_of(request))
    return _done(request, application, _("You withdrew your application at %(company)s."))


@require_POST
def application_undo_move(request: OwnedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(_applications(request), pk=pk)
    move = application.undo_move(on=request.today)
    return _done(request, application, f"{move.back}.")


@require_http_methods(["GET", "POST"])
def interview_add(request: OwnedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(_applications(request), pk=pk)
    interview = Interview(application=application)
    return edit_page(
        request,
        InterviewForm(request.POST or None, instance=interview, owner=request.user),
        title=_("An interview at %(company)s") % {"company": application.opening.company.name},
        lead=application.opening.title,
        saved=_("An interview at %(company)s: this is what it is all for.")
        % {"company": application.opening.company.name},
        cancel=application,
        button=_("Add the interview"),
        act=lambda form: application.add_interview(
            on=request.today, **{name: form.cleaned_data[name] for name in InterviewForm.Meta.fields}
        ),
    )


@require_http_methods(["GET", "POST"])
def interview_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    interview = get_object_or_404(_interviews(request), pk=pk)
    return edit_page(
        request,
        InterviewForm(request.POST or None, instance=interview, owner=request.user),
        title=_("The interview at %(company)s") % {"company": interview.application.opening.company.name},
        lead=interview.application.opening.title,
        saved=_("The interview is saved."),
        cancel=interview,
        delete=reverse("outreach:interview_delete", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def interview_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    interview = get_object_or_404(_interviews(request), pk=pk)
    return delete_page(request, interview, back=interview.get_absolute_url())


def _applications(request: OwnedRequest) -> QuerySet[Application]:
    rows = Application.objects.owned_by(request.user)
    return rows.select_related("opening__company", "referral__person", "owner")


def _interviews(request: OwnedRequest) -> QuerySet[Interview]:
    return Interview.objects.owned_by(request.user).select_related("application__opening__company")


def _done(request: OwnedRequest, application: Application, sentence: str) -> HttpResponse:
    messages.success(request, sentence % {"company": application.opening.company.name})
    return redirect(application)

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companies import adding, words
from companies.forms.adding import AddForm, QuestionsForm
from companies.forms.companies import CompanyForm, RatingForm
from companies.lists import CompanyListing
from companies.models import Company
from netjob.htmx import OwnedRequest, page
from netjob.imports import staging
from netjob.ownership import Refused
from netjob.paging import Page
from netjob.views.bulk import bulk_of
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from netjob.views.errors import safe_back
from netjob.views.lists import asked_for, export_of, list_page

SUGGESTIONS = 50
"""Names that a text field for a company offers; any other can be typed."""


@require_GET
def company_list(request: OwnedRequest) -> HttpResponse:
    listing = asked_for(request, CompanyListing)
    return list_page(request, "companies/company_list.html", listing, more=partial(_standing, request))


company_bulk = bulk_of(CompanyListing)
company_export = export_of(CompanyListing)


@require_http_methods(["GET", "POST"])
def company_add(request: OwnedRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = AddForm(sent, owner=request.user, initial=_found_from(request))
    if not form.is_valid():
        context = {"form": form, "suggestions": _suggestions(request)}
        return page(request, "companies/company_add.html", context, status=422 if sent is not None else 200)
    if form.wants_a_page():
        return redirect(staging.begin(request.user, today=request.today, **form.brought()))
    questions = QuestionsForm(request.POST, sorting=adding.sort(request.user, form.cleaned_data["lines"]))
    if not questions.is_settled():
        context = {"form": form, "questions": questions, "sorting": questions.sorting}
        status = 422 if questions.is_bound else 200
        return page(request, "companies/company_questions.html", context, status=status)
    added = adding.add(
        request.user, questions.sorting, questions.answers, on=request.today, **form.said_of_all
    )
    messages.success(request, words.came_of(added), extra_tags=f"undo:{added.act}")
    # Whoever came from one of the four ways goes on there.
    return redirect(safe_back(request) if "back" in request.GET else added.only or "companies:company_list")


@require_http_methods(["GET", "POST"])
def company_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user).select_related("found_from"), pk=pk)
    return edit_page(
        request,
        CompanyForm(request.POST or None, instance=company, owner=request.user),
        title=_("Edit %(name)s") % {"name": company.name},
        saved=lambda saved: _("%(name)s is saved.") % {"name": saved.name},
        cancel=company,
        template="companies/company_edit.html",
        suggestions=_suggestions(request),
    )


@require_http_methods(["GET", "POST"])
def company_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    return delete_page(
        request, company, back=reverse("companies:company_list"), cancel=company.get_absolute_url()
    )


@require_POST
def company_rate(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    form = RatingForm(request.POST, instance=company)
    if not form.is_valid():
        raise Refused(next(iter(form.errors.values()))[0])
    company.rate(**form.cleaned_data)
    if request.htmx:
        return HttpResponse(status=204)  # the dots show it already
    messages.success(request, _("Your rating of %(name)s is kept.") % {"name": company.name})
    return redirect(safe_back(request, company.get_absolute_url()))


def _standing(request: OwnedRequest, rows: Page) -> dict[str, Any]:
    """How many there are on the list, and what that means."""
    mine = Company.objects.owned_by(request.user)
    count = rows.rows[0].on_the_list_count if rows.rows else mine.on_the_list().count()
    return {"count": count, "standing": words.standing(count, request.user.target_companies)}


def _found_from(request: OwnedRequest) -> dict[str, Any]:
    """`?from=7`: adding what company 7 led to."""
    number = request.GET.get("from", "")
    companies = Company.objects.owned_by(request.user)
    company = companies.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    return {"found_from": company.name, "found_how": Company.FoundHow.COMPETITOR} if company else {}


def _suggestions(request: OwnedRequest) -> list[str]:
    companies = Company.objects.owned_by(request.user).on_the_list().in_lamp_order()
    return list(companies.values_list("name", flat=True)[:SUGGESTIONS])

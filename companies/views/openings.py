from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from companies.forms.openings import OpeningForm
from companies.models import Company, Opening
from companies.openings import OpeningListing
from netjob.htmx import OwnedRequest
from netjob.paging import Page
from netjob.views.bulk import bulk_of
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from netjob.views.lists import asked_for, export_of, list_page


@require_GET
def opening_list(request: OwnedRequest) -> HttpResponse:
    def more(rows: Page) -> dict[str, Any]:
        mine = Opening.objects.owned_by(request.user)
        return {"is_any": bool(rows.rows) or mine.exists()}

    listing = asked_for(request, OpeningListing)
    return list_page(request, "companies/opening_list.html", listing, more=more)


opening_bulk = bulk_of(OpeningListing)
opening_export = export_of(OpeningListing)


@require_http_methods(["GET", "POST"])
def opening_add(request: OwnedRequest, company_pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=company_pk)
    return edit_page(
        request,
        OpeningForm(
            request.POST or None, instance=Opening(company=company), owner=request.user, today=request.today
        ),
        title=_("Add an opening at %(name)s") % {"name": company.name},
        saved=lambda opening: _("“%(title)s” is kept.") % {"title": opening.title},
        button=_("Add the opening"),
        cancel=company,
        back=company.get_absolute_url(),
        act=lambda form: Opening.add(company, on=request.today, **form.cleaned_data),
    )


@require_http_methods(["GET", "POST"])
def opening_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    opening = get_object_or_404(Opening.objects.owned_by(request.user).select_related("company"), pk=pk)
    return edit_page(
        request,
        OpeningForm(request.POST or None, instance=opening, owner=request.user, today=request.today),
        title=_("Edit “%(title)s”") % {"title": opening.title},
        saved=_("The opening is saved."),
        cancel=opening,
        back=opening.get_absolute_url(),
        act=_kept,
        delete=reverse("companies:opening_delete", args=[opening.pk]),
    )


@transaction.atomic
def _kept(form: OpeningForm) -> Opening:
    opening: Opening = form.save()
    opening.tell_state(before=form.initial["state"])
    return opening


@require_http_methods(["GET", "POST"])
def opening_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    opening = get_object_or_404(Opening.objects.owned_by(request.user).select_related("company"), pk=pk)
    return delete_page(request, opening, back=opening.get_absolute_url())

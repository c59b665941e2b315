"""A search was opened elsewhere: a script says so as the link is followed, or a button the same day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies.models import Company, SearchVisit
from netjob.htmx import OwnedRequest
from netjob.views.errors import safe_back


@require_POST
def company_visit(request: OwnedRequest, company_pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=company_pk)
    SearchVisit.remember(request.user, request.POST.get("search", ""), at=request.now, company=company)
    return _kept(request, f"{company.get_absolute_url()}#searches")


@require_POST
def way_visit(request: OwnedRequest) -> HttpResponse:
    SearchVisit.remember(request.user, request.POST.get("search", ""), at=request.now)
    return _kept(request, safe_back(request, reverse("companies:way_list")))


def _kept(request: OwnedRequest, back: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204)  # the link says it already
    messages.success(request, _("It is kept that you searched there today."))
    return redirect(back)

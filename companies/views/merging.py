"""Two entries that are the same company become one, after a look at both."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companies.forms.merging import MergeForm, OtherCompanyForm
from companies.models import Company
from netjob import undo
from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page

SUGGESTIONS = 50


@require_http_methods(["GET", "POST"])
def company_merge(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    company.owner = request.user
    sent = request.POST if request.method == "POST" else request.GET
    is_asked = request.method == "POST" or bool(sent.get("other") or sent.get("name"))
    which = OtherCompanyForm(sent if is_asked else None, owner=request.user, company=company)
    if not which.is_valid():
        listed = Company.objects.owned_by(request.user).exclude(pk=pk).in_lamp_order()
        context = {
            "company": company,
            "which": which,
            "likely": company.likely_same(),
            "suggestions": list(listed.values_list("name", flat=True)[:SUGGESTIONS]),
        }
        return page(
            request, "companies/company_merge.html", context, status=422 if request.method == "POST" else 200
        )
    other = which.cleaned_data["company"]
    form = MergeForm(request.POST if request.method == "POST" else None, kept=company, gone=other)
    if form.is_valid():
        act = attempt(form, lambda: company.merge(other, on=request.today, chosen=form.chosen()))
        if not form.errors:
            sentence = _("%(other)s is a part of %(name)s now, and recognised by either name.")
            messages.success(
                request, sentence % {"other": other.name, "name": company.name}, extra_tags=f"undo:{act}"
            )
            return redirect(company)
    context = {"company": company, "other": other, "form": form, "moves": undo.what_goes_with(other)}
    return page(request, "companies/company_merge_with.html", context, status=422 if form.is_bound else 200)

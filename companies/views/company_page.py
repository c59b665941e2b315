"""The page of one company, and what is done on it."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companies import words
from companies.forms.companies import LinkedInForm
from companies.models import Company, CompanyLinkedIn
from companies.workbench import Surroundings, Workbench
from netjob.compiled import rows_of
from netjob.forms import NoteForm, attempt
from netjob.history import history_of
from netjob.htmx import OwnedRequest, page
from netjob.views.changes import delete_page

HISTORY = 20
NOTE_IDS = "note_%s"
"""Other forms on the page have a `text`, too."""


@require_GET
def company_detail(request: OwnedRequest, pk: int) -> HttpResponse:
    return _company_page(request, pk)


@require_POST
def company_note(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    form = NoteForm(request.POST, owner=request.user, today=request.today, auto_id=NOTE_IDS)
    if not form.is_valid():
        return _company_page(request, pk, note=form)
    form.keep(request.user, company=company)
    learned = company.learn_in_passing(form.cleaned_data["text"])
    messages.success(request, " ".join([_("It is kept in the history."), *learned]))
    return redirect(company)


@require_POST
def linkedin_add(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    form = LinkedInForm(request.POST)
    if form.is_valid():
        learned = attempt(form, lambda: company.learn_linkedin(form.cleaned_data["link"]), field="link")
        if not form.errors:
            messages.success(request, words.learned(learned))
            return redirect(f"{company.get_absolute_url()}#searches")
    return _company_page(request, pk, linkedin=form)


@require_http_methods(["GET", "POST"])
def linkedin_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CompanyLinkedIn.objects.owned_by(request.user).select_related("company"), pk=pk)
    return delete_page(request, row, back=row.company.get_absolute_url())


def _company(numbers: Sequence[int]) -> QuerySet[Company]:
    owner, pk = numbers
    return Company.objects.owned_by(owner).filter(pk=pk).select_related("found_from")


def _company_page(
    request: OwnedRequest, pk: int, *, note: NoteForm | None = None, linkedin: LinkedInForm | None = None
) -> HttpResponse:
    """The page, with 422 where it shows what is wrong with a form on it; the empty forms it makes itself."""
    company = next(iter(rows_of(_company, [request.user.pk, pk])), None)
    if company is None:
        raise Http404
    around = Surroundings.of(company)
    context = {
        "company": company,
        "around": around,
        "workbench": Workbench.at(company, around),
        "history": history_of(
            request.user,
            request.GET,
            address=company.get_absolute_url(),
            size=HISTORY,
            company_uid=company.uid,
        ),
        "note": note,
        "linkedin": linkedin,
    }
    status = 422 if note or linkedin else 200
    return page(request, "companies/company_detail.html", context, fragments=["older"], status=status)

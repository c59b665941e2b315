"""What becomes of a company on the list: each move by one press, or on a page of its own with the day."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companies.forms.companies import DropForm
from companies.models import Company
from netjob.forms import OnForm, attempt
from netjob.htmx import OwnedRequest, page
from netjob.views.errors import safe_back


@require_http_methods(["GET", "POST"])
def put_on_list(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    form = OnForm(_sent(request), today=request.today)
    return _move(
        request,
        company,
        form,
        lambda: company.put_on_list(on=form.cleaned_data["on"]),
        title=_("Put %(name)s on the list"),
        button=_("Put on the list"),
        done=_("%(name)s is on your list."),
    )


@require_http_methods(["GET", "POST"])
def pause(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    form = OnForm(_sent(request), today=request.today)
    return _move(
        request,
        company,
        form,
        lambda: company.pause(on=form.cleaned_data["on"]),
        title=_("Pause %(name)s"),
        button=_("Pause"),
        done=_("%(name)s is paused: it stays on your list and asks for nothing."),
    )


@require_http_methods(["GET", "POST"])
def drop(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    form = DropForm(_sent(request), today=request.today)
    return _move(
        request,
        company,
        form,
        lambda: company.drop(on=form.cleaned_data["on"], because=form.cleaned_data["because"]),
        title=_("Drop %(name)s"),
        button=_("Drop it"),
        done=_("%(name)s is dropped. What you know about it stays."),
    )


@require_http_methods(["GET", "POST"])
def undo_move(request: OwnedRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    form = OnForm(_sent(request), today=request.today)
    last = company.last_move()
    return _move(
        request,
        company,
        form,
        lambda: company.undo_move(on=form.cleaned_data["on"]),
        title=_("Take the last step with %(name)s back"),
        button=str(last.back) if last else _("Take it back"),
        done=_("%(name)s is where it was: %(state)s."),
    )


def _sent(request: OwnedRequest) -> object:
    return request.POST if request.method == "POST" else None


def _move(
    request: OwnedRequest,
    company: Company,
    form: OnForm,
    act: Callable[[], None],
    *,
    title: str,
    button: str,
    done: str,
) -> HttpResponse:
    if form.is_valid():
        attempt(form, act)
        if not form.errors:
            state = str(company.get_state_display()).lower()
            messages.success(request, done % {"name": company.name, "state": state})
            return redirect(safe_back(request) if "back" in request.GET else company)
    context = {"form": form, "title": title % {"name": company.name}, "button": button}
    context["cancel"] = company.get_absolute_url()
    return page(request, "_form.html", context, status=422 if form.is_bound else 200)

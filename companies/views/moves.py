"""What becomes of a company on the list: each move by one press, or on a page of its own with the day."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companies.lists import CompanyListing
from companies.models import Company
from netjob import bulk
from netjob.forms import OnForm, attempt
from netjob.htmx import OwnedRequest, page
from netjob.ownership import Refused
from netjob.views.errors import safe_back


@require_http_methods(["GET", "POST"])
def put_on_list(request: OwnedRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        "listing",
        title=_("Put %(name)s on the list"),
        button=_("Put on the list"),
        done=_("%(name)s is on your list."),
    )


@require_http_methods(["GET", "POST"])
def pause(request: OwnedRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        "pause",
        title=_("Pause %(name)s"),
        button=_("Pause"),
        done=_("%(name)s is paused: it stays on your list and asks for nothing."),
    )


@require_http_methods(["GET", "POST"])
def drop(request: OwnedRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        "dropping",
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


def _act(request: OwnedRequest, pk: int, noun: str, **texts: str) -> HttpResponse:
    """What the list does to many, done to this one."""
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=pk)
    act = next(act for act in CompanyListing.acts if act.name == noun)
    assert act.form
    form = act.form(_sent(request), owner=request.user, today=request.today)
    return _move(request, company, form, lambda: _acted(request, company, act, form.cleaned_data), **texts)


def _sent(request: OwnedRequest) -> object:
    return request.POST if request.method == "POST" else None


def _acted(request: OwnedRequest, company: Company, act: bulk.Act, facts: dict[str, Any]) -> UUID | None:
    """Returns the act that takes it back."""
    outcome = bulk.carry_out(act, [company], facts, owner=request.user, now=request.now)
    for _row, sentence in outcome.refused:
        raise Refused(sentence)
    return outcome.act


def _move(
    request: OwnedRequest,
    company: Company,
    form: forms.Form,
    act: Callable[[], UUID | None],
    *,
    title: str,
    button: str,
    done: str,
) -> HttpResponse:
    if form.is_valid():
        undo = attempt(form, act)
        if not form.errors:
            state = str(company.get_state_display()).lower()
            tags = f"undo:{undo}" if undo else ""
            messages.success(request, done % {"name": company.name, "state": state}, extra_tags=tags)
            return redirect(safe_back(request) if "back" in request.GET else company)
    context = {"form": form, "title": title % {"name": company.name}, "button": button}
    context["cancel"] = company.get_absolute_url()
    return page(request, "_form.html", context, status=422 if form.is_bound else 200)

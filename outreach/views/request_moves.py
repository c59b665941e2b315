"""What becomes of a request: sent, accepted, answered, declined, withdrawn, and each taken back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netjob.forms import OnForm, attempt
from netjob.htmx import OwnedRequest
from netjob.ownership import Refused
from netjob.views.errors import safe_back
from outreach.composing import moment_of
from outreach.forms.requests import AnswerForm
from outreach.models import Request
from outreach.sending import receive
from outreach.views.requests import compose_request, own_request, show_request


@require_POST
def send(request: OwnedRequest, pk: int) -> HttpResponse:
    """The text comes along from the composer; without one the draft goes out as it was saved."""
    if "text" in request.POST:
        return compose_request(request, own_request(request, pk), sending=True)

    def act(row: Request, on: dt.date) -> None:
        row.send(at=moment_of(on, request.user, now=request.now))

    return _move(request, pk, "sending", act, _("Request to %(name)s sent."))


@require_POST
def accept(request: OwnedRequest, pk: int) -> HttpResponse:
    said = _("%(name)s accepted. Now you can ask for a time.")
    return _move(request, pk, "acceptance", lambda row, on: row.accept(on=on), said)


@require_POST
def pick_up(request: OwnedRequest, pk: int) -> HttpResponse:
    row = own_request(request, pk)
    row.pick_up()
    row.save()
    row.settle([row])
    messages.success(
        request, _("You go on with %(name)s. What is due stands on Today.") % {"name": row.person.name}
    )
    return redirect(safe_back(request, row.get_absolute_url()))


@require_POST
def decline(request: OwnedRequest, pk: int) -> HttpResponse:
    said = _("%(name)s declined. Somebody else may be glad to talk.")
    return _move(request, pk, "refusal", lambda row, on: row.decline(on=on), said)


@require_POST
def withdraw(request: OwnedRequest, pk: int) -> HttpResponse:
    said = _("The request to %(name)s is withdrawn.")
    return _move(request, pk, "withdrawal", lambda row, on: row.withdraw(on=on), said)


@require_POST
def answer(request: OwnedRequest, pk: int) -> HttpResponse:
    row = own_request(request, pk)
    form = AnswerForm(request.POST, today=request.today, auto_id="id_answer_%s")
    kept = form.cleaned_data if form.is_valid() else {}
    answered = kept and attempt(
        form, lambda: receive(row.person, now=request.now, request=row, **kept), field="on"
    )
    if form.errors:
        return _unmoved(request, pk, "answer", form)
    said = _answered(row) if answered else _("Kept. An automatic note answers nothing.")
    messages.success(request, " ".join([said, *row.person.learn_in_passing(kept["text"])]))
    return redirect(safe_back(request, row.person.get_absolute_url()))


@require_POST
def undo_move(request: OwnedRequest, pk: int) -> HttpResponse:
    row = own_request(request, pk)
    move = row.undo_move(on=request.today)
    messages.success(
        request,
        _("%(back)s. The request to %(name)s stands as “%(state)s”.")
        % {"back": move.back, "name": row.person.name, "state": row.get_state_display()},
    )
    return redirect(safe_back(request, row.get_absolute_url()))


def _answered(row: Request) -> str:
    if row.state == Request.State.DECLINED:
        said = _("%(name)s would rather not, so the request is declined. Somebody else may be glad to talk.")
    else:
        said = _("%(name)s answered.")
    return said % {"name": row.person.name}


def _move(
    request: OwnedRequest, pk: int, noun: str, act: Callable[[Request, Any], None], said: str
) -> HttpResponse:
    """One dated move: done, and back to where it was asked for; or the request's page with what is wrong."""
    row = own_request(request, pk)
    form = OnForm(request.POST, today=request.today, auto_id=f"id_{noun}_%s")
    if form.is_valid():
        attempt(form, lambda: act(row, form.cleaned_data["on"]), field="on")
    if form.errors:
        return _unmoved(request, pk, noun, form)
    messages.success(request, said % {"name": row.person.name})
    return redirect(safe_back(request, row.person.get_absolute_url()))


def _unmoved(request: OwnedRequest, pk: int, noun: str, form: OnForm) -> HttpResponse:
    row = own_request(request, pk)
    if noun not in [move.noun for move in row.open_moves()] or row.state == Request.State.DRAFT:
        sentences = " ".join(str(error) for errors in form.errors.values() for error in errors)
        raise getattr(form, "refusal", Refused(sentences))
    return show_request(request, row, failed={noun: form}, status=422)

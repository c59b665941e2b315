"""The one way in which a row is added or edited on a page of its own."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect

from netjob.forms import VersionedForm, attempt
from netjob.htmx import OwnedRequest, page
from netjob.ownership import StaleVersion


def edit_page(
    request: OwnedRequest,
    form: VersionedForm,
    *,
    title: str,
    saved: str | Callable[[Any], str],
    cancel: str | Model,
    button: str = "",
    back: str = "",
    template: str = "_form.html",
    act: Callable[[Any], Any] | None = None,
    fragments: Collection[str] = (),
    **context: Any,
) -> HttpResponse:
    """Show a form; save a valid one by `act` (by default the form's own `save`) and go to `back`.

    `back` is an address; without one the saved row's page. Invalid: the same page with 422. Changed
    elsewhere meanwhile: 409 with both texts, and what was typed kept.
    """
    context |= {"form": form, "title": title, "cancel": _address(cancel), "button": button}
    if request.method != "POST":
        return page(request, template, context, fragments=fragments)
    if form.is_valid():
        try:
            row = attempt(form, lambda: act(form) if act else form.save())
        except StaleVersion:
            context["differences"] = form.differences()
            form.take_newest_version()
            return page(request, template, context, status=409)
        if not form.errors:
            sentence = saved(row) if callable(saved) else saved
            messages.success(request, " ".join([sentence, *getattr(row, "asides", ())]))
            return redirect(back or row)
    return page(request, template, context, status=422)


def _address(target: str | Model) -> str:
    return target if isinstance(target, str) else target.get_absolute_url()  # type: ignore[attr-defined]

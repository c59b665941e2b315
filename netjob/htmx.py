"""Answers: a page, or the fragment of it that htmx asked for; and what htmx gets instead of a page."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from netjob import accounts
from netjob.models import User
from netjob.ownership import Refused, StaleVersion
from netjob.views import errors


class OwnedRequest(HttpRequest):
    """A request as every view of ours gets it: signed in, with the time handed in."""

    user: User
    htmx: HtmxDetails
    now: dt.datetime
    today: dt.date


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    fragments: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The whole page, or, when htmx swaps the element with the id of one of `fragments`, that partial.

    A partial has the name of the element's id: `{% partialdef rows inline %}` stands in `id="rows"`.
    Messages travel along out of band.
    """
    htmx = getattr(request, "htmx", None)
    if not htmx or htmx.boosted or htmx.history_restore_request or htmx.target not in fragments:
        return render(request, template, context, status=status)
    response = render(request, f"{template}#{htmx.target}", context, status=status)
    response.write(render_to_string("_messages.html", {"oob": True}, request))
    return response


class LogInMiddleware(LoginRequiredMiddleware):
    """Every page is closed unless its view says why it is open."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        if not request.htmx:  # type: ignore[attr-defined]
            if accounts.is_first_visit():
                return redirect("account_signup")
            if request.method in ("GET", "HEAD"):
                return super().handle_no_permission(request, view_func)
            # Its address may have no page: back to the page it was sent from.
            to_login = redirect_to_login(errors.safe_back(request), self.get_login_url(view_func))
            sentence = _("You were logged out, so that was not done.")
            if typed := errors.typed(request):
                context = {"sentence": sentence, "typed": typed, "log_in": to_login.url}
                return render(request, "errors/logged_out.html", context, status=401)
            messages.warning(request, sentence)
            return to_login
        # The page that the user sees, not the fragment's address, is where they come back to.
        came_from = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
        to_login = redirect_to_login(came_from, self.get_login_url(view_func))
        return HttpResponse(status=401, headers={"HX-Redirect": to_login.url})


class RefusalMiddleware:
    """What a rule refuses becomes an answer in words, the same for every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return errors.refused(request, errors.sentence_of(exception), status=409)
        if isinstance(exception, StaleVersion):
            return errors.stale_version(request)
        if isinstance(exception, IntegrityError) and is_taken(exception):
            if hasattr(request, "before_the_act"):
                transaction.savepoint_rollback(request.before_the_act)
                transaction.set_rollback(False)
            return errors.saved_elsewhere(request)
        return None


def is_taken(error: IntegrityError) -> bool:
    """Whether another row has that place already: what a form checks, but two tabs can both pass."""
    return getattr(error.__cause__, "sqlstate", "") == "23505" or "UNIQUE constraint" in str(error)

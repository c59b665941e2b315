"""Pages for what went wrong, in plain words with a next step; for htmx the same as a message."""

import sys
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from netjob.ownership import MovedOn, Refused

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def refused(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """The sentence as a page, with what was typed; for htmx as a message that leaves it where it is."""
    if getattr(request, "htmx", False):
        messages.error(request, sentence)
        return HttpResponse(
            render_to_string("_messages.html", {"oob": True}, request),
            status=status,
            headers={"HX-Reswap": "none"},
        )
    context = {"sentence": sentence, "back": safe_back(request), "typed": typed(request)}
    return render(request, "errors/refused.html", context, status=status)


def sentence_of(refusal: Refused) -> str:
    """What a refusal says to somebody whose page showed the one row that it is about."""
    if isinstance(refusal, MovedOn):
        return _("%(sentence)s Reload the page to see where it stands.") % {"sentence": refusal}
    return str(refusal)


def typed(request: HttpRequest) -> list[str]:
    """The longer words that came with a request: a page that is not kept by browsers would lose them."""
    try:
        sent = request.POST.lists() if request.method == "POST" else []
    except TOO_MUCH:
        return []
    return [
        value
        for name, values in sent
        for value in values
        if not name.startswith(("csrf", "password", "oldpassword", "token"))
        and (" " in value.strip() or "\n" in value.strip())
    ]


def safe_back(request: HttpRequest, default: str = "/") -> str:
    """Where to go back to: `?back=` or the page that led here, if it is one of ours.

    What was refused here and then mended came from this very address, which may take nothing but what is sent.
    """
    own = f"{request.scheme}://{request.get_host()}/"
    referer = request.headers.get("Referer", "")
    if referer.partition("?")[0] == f"{own[:-1]}{request.path}":
        referer = ""
    for address in (request.GET.get("back", ""), referer):
        # Without the slash it would be read as the name of a route.
        if (
            address.isprintable()
            and address.startswith(("/", own))
            and url_has_allowed_host_and_scheme(
                address, {request.get_host()}, require_https=request.is_secure()
            )
        ):
            return address
    return default


def stale_version(request: HttpRequest) -> HttpResponse:
    return refused(
        request,
        _("This was changed in another window. Reload the page to see it, then try again."),
        status=409,
    )


def saved_elsewhere(request: HttpRequest) -> HttpResponse:
    sentence = _("This was just saved in another window. Reload the page to see it.")
    return refused(request, sentence, status=409)


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure: mostly somebody who signed in again in another tab."""
    sentence = _("You signed in again in another tab, so this page is out of date. Press save again.")
    return refused(request, sentence, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be read, or was more than is taken; made without a look at who asks."""
    if isinstance(exception, TOO_MUCH):
        if getattr(request, "htmx", False):
            sentence = _("That is too much at once, so nothing was saved. Send it in smaller parts.")
            return refused(request, sentence, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return bare("errors/too_large.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return bare("400.html", HTTPStatus.BAD_REQUEST)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or a database that cannot be reached; made without the database and without the user."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = bare("errors/unavailable.html", HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = "60"
        return response
    return bare("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def bare(template: str, status: HTTPStatus) -> HttpResponse:
    try:
        return HttpResponse(render_to_string(template), status=status)
    except Exception:
        # The template itself may be what is broken, or the list of static files.
        sentence = _("Something went wrong on our side. Go back in your browser and try again in a moment.")
        return HttpResponseServerError(f"<!doctype html><title>netjob</title><p>{sentence}</p>")

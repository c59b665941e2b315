"""Pages for what went wrong, in plain words with a next step; for htmx the same as a message."""

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400. What was merely too much is told as such."""
    if isinstance(exception, TOO_MUCH):
        sentence = _(
            "That is more than netjob takes at once, so nothing was saved. Go back and send it in parts."
        )
        return refused(request, sentence, status=413)
    return render(request, "400.html", status=400)


def safe_back(request: HttpRequest, default: str = "/") -> str:
    """Where to go back to: `?back=` or the page that led here, if it is one of ours."""
    own = f"{request.scheme}://{request.get_host()}/"
    for address in (request.GET.get("back", ""), request.headers.get("Referer", "")):
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

"""Pages for what went wrong, in plain words with a next step; for htmx the same as a message."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


def refused(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """The sentence as a page; for htmx as a message that leaves what was typed where it is."""
    if getattr(request, "htmx", False):
        messages.error(request, sentence)
        return HttpResponse(
            render_to_string("_messages.html", {"oob": True}, request),
            status=status,
            headers={"HX-Reswap": "none"},
        )
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return render(request, "errors/refused.html", {"sentence": sentence, "back": back}, status=status)


def stale_version(request: HttpRequest) -> HttpResponse:
    return refused(
        request, _("This was changed in another window. Reload the page to see it, then try again."), status=409
    )


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure: mostly somebody who signed in again in another tab."""
    sentence = _("You signed in again in another tab, so this page is out of date. Press save again.")
    return refused(request, sentence, status=403)

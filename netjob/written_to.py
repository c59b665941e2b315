"""Addresses that are only written to: whoever opens one is told so, and led back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from netjob.views import errors


class WrittenToMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed):
            return response
        sentence = _("There is nothing to read at this address: a button on another page leads here.")
        page = errors.refused(request, sentence, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

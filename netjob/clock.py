"""The one place where a page looks at the clock: rules are handed `request.now` and `request.today`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ClockMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        user = request.user
        zone = user.zone if user.is_authenticated else timezone.get_default_timezone()
        request.now = now  # type: ignore[attr-defined]
        request.today = now.astimezone(zone).date()  # type: ignore[attr-defined]
        with timezone.override(zone):
            return self.get_response(request)

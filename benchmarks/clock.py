from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from benchmarks import NOW
from netjob.clock import ClockMiddleware


class StandingClockMiddleware(ClockMiddleware):
    """netjob's clock, always at the same moment: what is due does not depend on the day of the run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        def at_that_moment(request: HttpRequest) -> HttpResponse:
            user = request.user
            request.now = NOW
            request.today = user.today(NOW) if user.is_authenticated else NOW.date()
            return get_response(request)

        super().__init__(at_that_moment)

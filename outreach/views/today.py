from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def today(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def defer(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

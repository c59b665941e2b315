from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def insight_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def insight_edit(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def insight_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

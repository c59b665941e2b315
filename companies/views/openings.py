from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def opening_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def opening_edit(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def opening_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

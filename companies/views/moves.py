from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def put_on_list(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def pause(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def drop(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def undo_move(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

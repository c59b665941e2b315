from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def message_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def reply_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def message_edit(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def message_send(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def message_unsend(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def message_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def conversation_list(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_detail(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_edit(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_propose(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_schedule(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_hold(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_cancel(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_miss(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_undo_move(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_confirm(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_prepare(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_thank(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def conversation_unstamp(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

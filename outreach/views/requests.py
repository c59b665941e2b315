from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def request_list(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def request_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def request_detail(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def request_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def request_send(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def request_accept(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def request_answer(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def request_decline(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def request_withdraw(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def request_undo_move(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

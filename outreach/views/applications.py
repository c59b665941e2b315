from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def application_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def application_detail(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def application_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def application_apply(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def application_offer(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def application_reject(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def application_withdraw(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def application_undo_move(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def interview_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def interview_edit(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def interview_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def asked_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def asked_answer(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def asked_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def question_list(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def question_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def question_edit(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def question_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

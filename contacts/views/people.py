from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def person_list(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def people_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def person_detail(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def person_edit(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def person_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def person_note(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def refuse_contact(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def allow_contact(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def company_list(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def company_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def company_detail(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def company_edit(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def company_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def company_rate(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def company_note(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def linkedin_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def linkedin_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

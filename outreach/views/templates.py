from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def template_list(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def template_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def template_edit(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def template_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def template_archive(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def template_bring_back(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

from django.http import Http404, HttpResponse

from netjob.htmx import OwnedRequest


def referral_add(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def referral_ask(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def referral_give(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def referral_decline(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def referral_undo_move(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def referral_thank(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def referral_unthank(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404


def referral_delete(request: OwnedRequest, **_: int) -> HttpResponse:
    raise Http404

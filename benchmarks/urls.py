"""The product's addresses, and two that only the benchmark has: what every other page is compared with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_GET


@login_not_required
@require_GET
def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok")


@require_GET
def behind_log_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok")


urlpatterns = [
    path("benchmark/constant/", constant, name="constant"),
    path("benchmark/behind-log-in/", behind_log_in, name="behind_log_in"),
    path("", include("netjob.urls")),
]

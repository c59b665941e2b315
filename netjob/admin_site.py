"""The one admin site: for everybody who is signed in, and about their own rows alone."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class OwnAutocompleteView(AutocompleteJsonView):
    """Proposals without counting how many there are: one more row than is shown says whether there are more."""

    paginate_by: int = 20
    model_admin: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.term, self.model_admin, self.source_field, to_field = self.process_request(request)
        if not self.has_perm(request):
            raise PermissionDenied
        page = request.GET.get("page", "1")
        start = self.paginate_by * (int(page) - 1) if page.isdecimal() and 0 < int(page) < 10_000 else 0
        found = self.model_admin.loaded(self.get_queryset())
        rows = list(found[start : start + self.paginate_by + 1])
        results = [self.serialize_result(row, to_field) for row in rows[: self.paginate_by]]
        return JsonResponse({"results": results, "pagination": {"more": len(rows) > self.paginate_by}})

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.label_of(obj)}


class OwnedAdminSite(admin.AdminSite):
    site_header = site_title = "netjob"
    index_title = _("Bulk edits")
    enable_nav_sidebar = False
    """It would take the room that a list needs; the way back is in the crumbs."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        # What other packages register shows everybody's rows to whoever may see any: it stays out.
        if getattr(admin_class, "is_ours", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active

    def get_urls(self) -> list[Any]:
        # "View on site" is a plain link here; that address would look up any row of any model.
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            for model in app["models"]:
                model["name"] = getattr(self.get_model_admin(model["model"]), "called", "") or model["name"]
        return apps

    def get_log_entries(self, request: HttpRequest) -> Any:
        return super().get_log_entries(request).filter(user=request.user.pk)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return OwnAutocompleteView.as_view(admin_site=self)(request)  # type: ignore[return-value]

    # Coming in, going out and passwords are allauth's, with its limits and its pages.

    @login_not_required
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect_to_login(request.GET.get("next", request.path.removesuffix("login/")))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("netjob:settings")

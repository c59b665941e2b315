"""Accounts, for a superuser: who may come in. What is theirs stays theirs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from netjob.forms import VersionField
from netjob.models import User
from netjob.ownership import StaleVersion


class AddAccountForm(BaseUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("There is an account with this address already."))
        return email


class AccountForm(forms.ModelForm):
    request: Any
    version = VersionField()

    class Meta:
        model = User
        fields = ("name", "is_active", "is_superuser")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        loses = [name for name in ("is_active", "is_superuser") if not cleaned.get(name)]
        if loses and self.instance.pk == self.request.user.pk:
            raise ValidationError(_("Somebody else has to take that from you: you would lock yourself out."))
        if loses and self.instance.is_founder:
            raise ValidationError(_("This is the account that netjob was set up with: it keeps its rights."))
        seen = cleaned.get("version")
        if seen and User.objects.get(pk=self.instance.pk).version != seen:
            raise ValidationError(_("This was changed in another window meanwhile. Reload the page."))
        return cleaned


class AccountAdmin(admin.ModelAdmin):
    """No password and none of its owner's rows is shown; deleting is left out: deactivate instead."""

    is_ours = True
    form = AccountForm
    list_display = ("email", "name", "is_active", "is_superuser", "date_joined", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "name")
    ordering = ("email",)
    readonly_fields = ("email", "date_joined", "last_login")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [(None, {"fields": ("email", "name", "password1", "password2")})]
        return [
            (None, {"fields": ("email", "name", "is_active", "is_superuser", "version")}),
            (_("Kept by netjob"), {"fields": ("date_joined", "last_login")}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.readonly_fields if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = AddAccountForm
        if "fields" in kwargs:
            kwargs["fields"] = [name for name in kwargs["fields"] if name != "version"]
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.request = request
        return form

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        if not self._may(request):
            raise PermissionDenied  # before anybody learns which accounts there are
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        with transaction.atomic():
            if not change:
                obj.save()
                obj.furnish()
                return
            seen = form.cleaned_data["version"]
            if not User.objects.filter(pk=obj.pk, version=seen).update(version=seen + 1):
                raise StaleVersion(obj)
            obj.version = seen + 1
            obj.save(update_fields=["name", "is_active", "is_superuser"])

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().render_change_form(request, *args, **kwargs)
        if request.method == "POST":
            response.status_code = 422
        return response

    def loaded(self, rows: Any) -> Any:
        return rows

    def label_of(self, obj: User) -> str:
        return obj.email

    def _may(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

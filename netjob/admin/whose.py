"""Whose rows the admin shows, and offers to choose from: one's own, in every list, choice and proposal."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from netjob import undo
from netjob.ownership import OwnedModel, owned_links


class OwnAutocomplete(AutocompleteSelect):
    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        # Its script names the box by what is chosen: without anything it would have no name.
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": _("Choose…")}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        # What was sent may be no key at all, and the page that says so must not fail over it.
        return super().optgroups(name, [key for key in value if not key or str(key).isdecimal()], attr)


class OwnRelatedFilter(admin.RelatedFieldListFilter):
    """A filter by a related row that offers one's own."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> Any:
        return field.get_choices(
            include_blank=False,
            ordering=self.field_admin_ordering(field, request, model_admin),
            limit_choices_to={"owner": request.user},
        )


class OwnRows(admin.ModelAdmin):
    list_select_related: ClassVar[Any] = ()
    can_add = can_change = can_delete = True

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(owner=request.user.pk)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        found.owner = request.user
        return found

    def _is_own(self, request: HttpRequest, obj: Any) -> bool:
        return request.user.is_active and (obj is None or obj.owner_id == request.user.pk)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_own(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.can_add and request.user.is_active

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_change and self._is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_delete and self._is_own(request, obj)

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> Any:
        related = db_field.remote_field.model
        rows = related._default_manager.all()
        if issubclass(related, OwnedModel):
            rows = self.admin_of(related).loaded(rows.filter(owner=request.user.pk))
        return rows

    def loaded(self, rows: Any) -> Any:
        """With what a row needs to say who it is."""
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = OwnAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        def is_link(name: Any) -> bool:
            return isinstance(name, str) and self.opts.get_field(name).is_relation

        return [
            (name, OwnRelatedFilter) if is_link(name) else name for name in super().get_list_filter(request)
        ]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Every link: there may be fifty thousand to choose from."""
        return [field.name for field in owned_links(self.model)]

    def view_on_site(self, obj: Any) -> str | None:
        address = getattr(obj, "get_absolute_url", None)
        return address() if address else None

    def admin_of(self, model: type[models.Model]) -> Any:
        return self.admin_site.get_model_admin(model)

    def label_of(self, obj: Any) -> str:
        """How a row is named among others to choose from."""
        return str(obj)

    def message_user(
        self,
        request: Any,
        message: Any,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,
    ) -> None:
        act = getattr(request, "act", None)
        if act and undo.is_kept(request.user, act):
            extra_tags = f"undo:{act}"
        super().message_user(request, message, level, extra_tags, fail_silently)

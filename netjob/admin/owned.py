"""A model in the admin as everybody gets it: their own rows, saved as the pages save them."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import model_ngettext
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm, ImportForm
from import_export.results import RowResult

from netjob import undo
from netjob.admin import formats, uploads
from netjob.admin.forms import AdminForm, ConfirmImport, ListForm
from netjob.admin.table import OwnedTable, own_text
from netjob.admin.verbs import MOST, within_reach
from netjob.forms import DateInput
from netjob.ownership import OwnedModel, Refused, owned_links

LONGEST_SEARCH = 100
MOST_WORDS = 12


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


class OwnChangeList(ChangeList):
    def get_filters_params(self, params: Any = None) -> Any:
        found = super().get_filters_params(params)
        if any("\0" in value for values in found.values() for value in values):
            raise IncorrectLookupParameters  # PostgreSQL would say so only when the rows are read
        return found

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = self.result_list.defer(*self.model_admin.list_defer)  # type: ignore[attr-defined]


class OneFileForm(ImportForm):
    """The file alone: its name says which of the two formats it has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["resource"]
        self.fields["format"].required = False
        self.fields["format"].widget = forms.HiddenInput()
        self.fields["import_file"].label = _("CSV or XLSX file")
        self.fields["import_file"].widget.attrs = {"accept": ".csv,.xlsx"}

    @property
    def media(self) -> forms.Media:
        return forms.Media()

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > formats.LARGEST:
            raise forms.ValidationError(_("20 MB at most. Split the file."))
        if not file.name.lower().endswith((".csv", ".xlsx")):
            raise forms.ValidationError(_("Choose a CSV or an XLSX file."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if file := cleaned.get("import_file"):
            cleaned["format"] = "1" if file.name.lower().endswith(".xlsx") else "0"
        return cleaned


class OwnedAdmin(ImportExportMixin, admin.ModelAdmin):
    """One model. What a class says in `fields` is written by the form; `kept` is shown, and written by verbs."""

    is_ours = True
    form: Any = AdminForm
    formfield_overrides = {models.DateField: {"widget": DateInput}}
    list_per_page = 100
    list_max_show_all = 200
    list_select_related: ClassVar[Any] = ()
    list_defer: ClassVar[Any] = ()
    actions: Any = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    kept: ClassVar[Any] = ()
    bulk_fields: ClassVar[Any] = ()
    """What the action "Change a field" offers: nothing that other columns or rows are derived from."""
    search_through: ClassVar[Any] = ()
    """Links that are searched by what they know of themselves: their QuerySet has `matching()`."""
    can_add = can_change = can_delete = can_import = True
    table_prefetch: ClassVar[Any] = ()

    import_form_class = OneFileForm
    confirm_form_class = ConfirmImport
    export_form_class = ExportForm
    resource_classes = [OwnedTable]
    formats = formats.FORMATS
    tmp_storage_class = uploads.Upload

    # Whose rows

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

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.can_import and (self.can_add or self.can_change)

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

    def admin_of(self, model: type[models.Model]) -> "OwnedAdmin":
        return self.admin_site.get_model_admin(model)  # type: ignore[return-value]

    def label_of(self, obj: Any) -> str:
        """How a row is named among others to choose from."""
        return str(obj)

    # Lists

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OwnChangeList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        term = search_term.replace("\0", " ")[:LONGEST_SEARCH]
        if hasattr(queryset, "matching"):
            return queryset.matching(term), False
        links: dict[str, Any] = {
            name: self.opts.get_field(name).remote_field.model  # type: ignore[union-attr]
            for name in self.search_through
        }
        for word in term.split()[:MOST_WORDS]:
            found = Q()
            for name in self.search_fields:
                found |= Q(**{f"{name}__icontains": word})
            for name, model in links.items():
                found |= Q(**{f"{name}__in": model.objects.filter(owner=request.user.pk).matching(word)})
            queryset = queryset.filter(found)
        return queryset, False

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        form: Any = super().get_changelist_form(request, **{"form": ListForm, **kwargs})
        form.request = request
        return form

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        request.act = uuid.uuid4()
        response = super().changelist_view(request, extra_context)
        if request.method == "POST" and isinstance(response, TemplateResponse) and not response.is_rendered:
            invalid = getattr((response.context_data or {}).get("cl"), "formset", None)
            response.status_code = 422 if invalid else response.status_code
        return response

    # One row

    @property
    def written(self) -> tuple[str, ...]:
        return tuple(self.fields or ())  # type: ignore[arg-type]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        version = ["version"] if obj and self.has_change_permission(request, obj) else []
        sets: list[Any] = [(None, {"fields": [*self.written, *version]})]
        if obj:
            stamps = [name for name in ("created_at", "updated_at", "uid") if self._has(name)]
            kept = [name for name in (*self.kept, *stamps) if name not in self.written]
            sets.append((_("Kept by netjob"), {"fields": kept}))
        return sets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        stamps = [name for name in ("created_at", "updated_at", "uid") if self._has(name)]
        return [*super().get_readonly_fields(request, obj), *self.kept, *stamps]

    def _has(self, name: str) -> bool:
        return any(field.name == name for field in self.opts.concrete_fields)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if "fields" in kwargs:  # the version is declared; as a column nobody edits it
            kwargs["fields"] = [name for name in kwargs["fields"] if name != "version"]
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.request = request
        return form

    def changeform_view(
        self, request: Any, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        try:
            # Whatever was written before a verb refused goes: the page that tells of it is no error answer.
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            if hasattr(request, "refusal"):
                raise
            request.refusal = str(refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().render_change_form(request, *args, **kwargs)
        if request.method == "POST":
            response.status_code = 422
        return response

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        # Our forms act when they are saved: that is for `save_model`, when everything is known to be valid.
        form.save_m2m = lambda: None
        return form.instance

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        saved = form.save() if change else self.add(request, form)
        if saved is obj:
            return
        # The verb made a row of its own. The admin goes on with the one in hand, and a file's uid is kept.
        if saved.uid != obj.uid:
            self.model._default_manager.filter(pk=saved.pk).update(uid=obj.uid)
            saved.uid = obj.uid
        vars(obj).update(vars(saved))

    def add(self, request: Any, form: Any) -> OwnedModel:
        """Add the row of a valid form, by the verb that does it on the pages."""
        return form.save()

    # Deleting, with a way back

    def refusal_to_delete(self, obj: Any) -> str:
        """Why this row cannot go by itself; a sentence, or nothing."""
        return ""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        rows = list(objs[: MOST + 1])
        refusals = [f"{row}: {why}" for row in rows if (why := self.refusal_to_delete(row))]
        if len(rows) > MOST:
            refusals.append(_("%(most)d at a time: choose fewer, or narrow the list.") % {"most": MOST})
        kinds = {model_ngettext(self.opts, len(rows)): len(rows)}
        if rows and not refusals:
            kinds |= dict(undo.what_goes_with(*rows))
        return [str(row) for row in rows], kinds, set(), refusals

    def delete_model(self, request: Any, obj: Any) -> None:
        request.act = undo.delete([obj], sentence=self._deleted([obj]))

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        rows = within_reach(self, request, queryset)
        if rows:
            request.act = undo.delete(rows, sentence=self._deleted(rows))

    def _deleted(self, rows: list[Any]) -> str:
        if len(rows) == 1:
            return _("Deleted %(what)s “%(name)s”") % {
                "what": self.opts.verbose_name,
                "name": str(rows[0])[:100],
            }
        return _("Deleted %(count)d %(kind)s") % {
            "count": len(rows),
            "kind": model_ngettext(self.opts, len(rows)),
        }

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

    # Many rows

    def response_action(self, request: Any, queryset: Any, *args: Any, **kwargs: Any) -> HttpResponse | None:
        if not all(pk.isdecimal() for pk in request.POST.getlist("_selected_action")):
            raise Http404
        return super().response_action(request, queryset, *args, **kwargs)

    # Tables

    def columns(self) -> tuple[str, ...]:
        """The columns of an export: what can be changed, then what is only told."""
        told = [name for name in self.kept if name not in self.written]
        titles = [
            f"{name}_name" for name in self._links() if not self.admin_of(self._links()[name]).names_one
        ]
        first, last = (tuple(filter(self._has, [name])) for name in ("uid", "version"))
        return (*first, *self.written, *titles, *told, *last)

    def cell(self, row: Any, name: str) -> str:
        """What stands in a column: text, and on the way in to be read again."""
        if getter := getattr(self, f"cell_{name}", None):
            return str(getter(row))
        links = self._links()
        if name in links:
            related = getattr(row, name)
            return self.admin_of(links[name]).name_in_tables(related) if related else ""
        if name.endswith("_name") and name.removesuffix("_name") in links:
            related = getattr(row, name.removesuffix("_name"))
            return str(related) if related else ""
        return own_text(row, name)

    def _links(self) -> dict[str, type[OwnedModel]]:
        fields: dict[str, Any] = {field.name: field.remote_field.model for field in owned_links(self.model)}
        return {name: fields[name] for name in self.written if name in fields}

    names_one = False
    """Whether a name stands for one row of an owner, so that a table can name it by that."""

    def name_in_tables(self, row: Any) -> str:
        return str(row) if self.names_one else str(row.uid)

    def named(self, owner: Any, texts: Iterable[str]) -> dict[str, list[int]]:
        """The keys of an owner's rows that have these names."""
        column = next((name for name in ("name", "title") if self._has(name)), None)
        found: dict[str, list[int]] = {}
        if column:
            rows = self.model._default_manager.filter(owner=owner, **{f"{column}__in": list(texts)})
            for pk, text in rows.values_list("pk", column):
                found.setdefault(text, []).append(pk)
        return found

    def get_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {"admin": self, "request": request}

    def get_export_queryset(self, request: HttpRequest) -> Any:
        return super().get_export_queryset(request).prefetch_related(*self.table_prefetch)

    def get_valid_export_item_pks(self, request: Any) -> list[str]:
        wanted = [pk for pk in request.POST.getlist("export_items") if pk.isdecimal()]
        return list(self.get_queryset(request).filter(pk__in=wanted).values_list("pk", flat=True))

    def get_export_filename(self, request: Any, queryset: Any, file_format: Any) -> str:
        return f"{self.opts.model_name}-{request.today.isoformat()}.{file_format.get_extension()}"

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {"use_transactions": True, "rollback_on_validation_errors": True}

    def get_confirm_form_kwargs(self, request: HttpRequest, import_form: Any = None) -> dict[str, Any]:
        return {**super().get_confirm_form_kwargs(request, import_form), "owner": request.user}

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        initial = super().get_confirm_form_initial(request, import_form)
        if initial:
            initial["import_file_name"] = uploads.sealed(initial["import_file_name"], request.user)
        return initial

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        known = isinstance(e, formats.UnreadableTableError)
        form.add_error("import_file", str(e) if known else _("That file cannot be read as a table."))

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = super().import_action(request, **kwargs)
        context = getattr(response, "context_data", None) or {}
        if request.method == "POST" and not context.get("confirm_form"):
            response.status_code = 422
        return response

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            # Somebody changed a row between the two steps; nothing was written.
            messages.error(
                request, _("Meanwhile something changed, so nothing was imported. Look once more.")
            )
            return redirect(
                reverse("admin:{}_{}_import".format(*self.get_model_info()), current_app=self.admin_site.name)
            )
        return super().process_result(result, request)

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        new, changed = (
            result.totals[kind] for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)
        )
        count = new + changed
        said = ngettext(
            "%(count)d row imported: %(new)d new, %(changed)d changed.",
            "%(count)d rows imported: %(new)d new, %(changed)d changed.",
            count,
        )
        messages.success(request, said % {"count": count, "new": new, "changed": changed})

    def generate_log_entries(self, result: Any, request: Any) -> None:
        for kind, flag in ((RowResult.IMPORT_TYPE_NEW, ADDITION), (RowResult.IMPORT_TYPE_UPDATE, CHANGE)):
            if rows := [row.instance for row in result if row.import_type == kind]:
                LogEntry.objects.log_actions(
                    request.user.pk, rows, flag, change_message=_("Imported from a file.")
                )


class ToldOnly(OwnedAdmin):
    """Rows that other rows' forms and verbs write: here they can be looked at, and exported."""

    form = forms.ModelForm
    can_add = can_change = can_delete = can_import = False

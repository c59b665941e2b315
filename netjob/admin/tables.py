"""One's own rows as files: the admin's export and import, by the columns and rules of its forms."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm, ImportForm
from import_export.results import RowResult

from netjob.admin import formats, uploads
from netjob.admin.forms import ConfirmImport
from netjob.admin.rows import OneRow
from netjob.admin.table import OwnedTable, own_text
from netjob.ownership import OwnedModel, owned_links


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


class OneFormatForm(ExportForm):
    """CSV, unless something else is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["format"]
        kinds.choices = [choice for choice in kinds.choices if choice[0] != ""]
        kinds.initial = "0"


class OwnTables(ImportExportMixin, OneRow):
    can_import = True
    table_prefetch: ClassVar[Any] = ()

    import_form_class = OneFileForm
    confirm_form_class = ConfirmImport
    export_form_class = OneFormatForm
    resource_classes = [OwnedTable]
    formats = formats.FORMATS
    tmp_storage_class = uploads.Upload

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.can_import and (self.can_add or self.can_change)

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

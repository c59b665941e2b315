"""One's own rows as a table, out and in.

A row that comes in goes through the form of the admin and is saved as the form is: the same checks, the same
verbs, the same sentences. What the form does not write (states, figures, stamps) a table cannot write either.
"""

import uuid
from collections.abc import Iterable
from typing import Any

import tablib
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import Resource
from import_export.results import RowResult

from netjob.ownership import OwnedModel, Refused, StaleVersion

BATCH = 500
YES = {"yes", "true", "1", "x", "y"}
NO = {"no", "false", "0", ""}


class OwnedTable(Resource):
    """The rows of one model, as `admin` (an OwnedAdmin) shows and writes them for the user of `request`."""

    class Meta:
        instance_loader_class = staticmethod(lambda resource, dataset: None)  # rows are found by uid, in sets

    def __init__(self, *, admin: Any, request: Any, **kwargs: Any) -> None:
        super().__init__()
        self.admin, self.request, self.owner = admin, request, request.user
        self.columns: list[str] | None = None

    @classmethod
    def get_display_name(cls) -> str:
        return str(_("Table"))

    # Out

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return list(self.admin.columns())

    def export_resource(self, instance: OwnedModel, selected_fields: Any = None, **kwargs: Any) -> list[str]:
        return [self.admin.cell(instance, name) for name in self.admin.columns()]

    # In

    def get_user_visible_fields(self) -> list[Field]:
        return [Field(column_name=name) for name in ("uid", *self.admin.written)]

    def get_diff_headers(self) -> list[str]:
        return []

    def _check_import_id_fields(self, headers: Any) -> None:
        """Without a uid a row is new; nothing else names one."""

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        headers = [header.casefold() for header in dataset.headers]
        known = {name.casefold(): name for name in self.admin.columns()}
        if unknown := [name for name in dataset.headers if name.casefold() not in known]:
            raise Refused(
                _("There is no column “%(name)s”. Take the headings from an export.")
                % {"name": str(unknown[0])[:50]}
            )
        if len(set(headers)) < len(headers):
            raise Refused(_("A heading stands there twice."))
        dataset.headers = [known[header] for header in headers]
        columns, written = (
            [name for name in dataset.headers if name in self.admin.written],
            self.admin.written,
        )
        some = self.admin.model(owner=self.owner)
        self.changing = self.admin.get_form(self.request, some, change=True, fields=written)
        self.adding = self.admin.get_form(self.request, None, change=False, fields=written)
        self.standing = self._standing(dataset["uid"] if "uid" in dataset.headers else [])
        self.seen: set[uuid.UUID] = set()
        self.links = {
            name: self._named(field.queryset.model, dataset[name])  # type: ignore[union-attr]
            for name in columns
            if isinstance(field := self.adding.base_fields.get(name), forms.ModelChoiceField)
        }
        self.columns = columns

    def handle_import_error(self, result: Any, error: Exception, raise_errors: bool = False) -> None:
        if not isinstance(error, Refused):
            raise error
        super().handle_import_error(result, error, raise_errors)

    def _standing(self, texts: Iterable[str]) -> dict[uuid.UUID, OwnedModel]:
        uids = [uid for text in texts if (uid := _uid(text))]
        rows = self.admin.loaded(self.admin.get_queryset(self.request))
        found = {}
        for start in range(0, len(uids), BATCH):
            for row in rows.filter(uid__in=uids[start : start + BATCH]).prefetch_related(
                *self.admin.table_prefetch
            ):
                row.owner = self.owner
                found[row.uid] = row
        return found

    def _named(self, model: type[OwnedModel], texts: Iterable[str]) -> dict[str, list[int]]:
        """What the texts of a column name: keys of one's own rows, by uid or by name."""
        wanted = {text.strip() for text in texts if text.strip()}
        uids = {uid: text for text in wanted if (uid := _uid(text))}
        own = model.objects.filter(owner=self.owner)
        found: dict[str, list[int]] = {}
        for start in range(0, len(uids), BATCH):
            batch = list(uids)[start : start + BATCH]
            for pk, uid in own.filter(uid__in=batch).values_list("pk", "uid"):
                found[uids[uid]] = [pk]
        names = sorted(wanted - set(found))
        for start in range(0, len(names), BATCH):
            found |= self.admin.admin_of(model).named(self.owner, names[start : start + BATCH])
        return found

    def import_row(self, row: dict[str, str], instance_loader: Any, **kwargs: Any) -> RowResult:
        result = self.get_row_result_class()()
        result.said = []
        if self.columns is None or not any(row.values()):  # the headings were refused, or the row is empty
            result.import_type = RowResult.IMPORT_TYPE_SKIP
            return result
        try:
            self._take(row, result)
        except ValidationError as error:
            result.import_type, result.validation_error = RowResult.IMPORT_TYPE_INVALID, error
        except StaleVersion:
            self._invalid(result, _("This was changed since you exported it. Export it once more."))
        except Refused as refusal:
            self._invalid(result, str(refusal))
        except IntegrityError:
            self._invalid(result, _("Another row has that place already."))
        return result

    @staticmethod
    def _invalid(result: RowResult, sentence: str) -> None:
        result.import_type, result.validation_error = (
            RowResult.IMPORT_TYPE_INVALID,
            ValidationError(sentence),
        )

    def _take(self, row: dict[str, str], result: RowResult) -> None:
        uid = self._identity(row.get("uid", ""))
        standing = self.standing.get(uid) if uid else None
        form = self._form_of(row, standing, uid)
        if form is None:
            result.import_type, result.instance = RowResult.IMPORT_TYPE_SKIP, standing
            return
        columns = self.columns or []
        before = {name: self.admin.cell(standing, name) if standing else "" for name in columns}
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        with transaction.atomic():
            self.admin.save_model(self.request, form.instance, form, change=standing is not None)
        result.import_type = RowResult.IMPORT_TYPE_UPDATE if standing else RowResult.IMPORT_TYPE_NEW
        result.instance, result.object_repr = form.instance, str(form.instance)
        result.said = [
            (name, before[name], row[name]) for name in columns if before[name] != row[name].strip()
        ]

    def _identity(self, text: str) -> uuid.UUID | None:
        if not text.strip():
            return None
        uid = _uid(text)
        if uid is None:
            raise ValidationError({"uid": _("Leave this as the export wrote it, or empty for a new row.")})
        if uid in self.seen:
            raise ValidationError({"uid": _("This row stands in the file twice.")})
        self.seen.add(uid)
        return uid

    def _form_of(self, row: dict[str, str], standing: Any, uid: uuid.UUID | None) -> Any:
        """The form as somebody would have filled it in; None where the row says nothing new."""
        told = self.columns or []
        if standing:
            told = [name for name in told if row[name].strip() != self.admin.cell(standing, name).strip()]
            if not told:
                return None
            if not self.admin.has_change_permission(self.request, standing):
                raise Refused(_("These cannot be changed here."))
            unbound = self.changing(instance=standing)
        else:
            if not self.admin.has_add_permission(self.request):
                raise Refused(_("New ones cannot be added here."))
            unbound = self.adding()
        data = {name: unbound[name].value() for name in unbound.fields}
        errors: dict[str, Any] = {}
        for name in told:
            if name not in unbound.fields:
                errors[name] = _("This cannot be changed any more.")
                continue
            try:
                data[name] = self._value(name, unbound.fields[name], row[name].strip())
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)
        if standing:
            version = row.get("version", "").strip()
            data["version"] = version or standing.version
            return self.changing(data, instance=standing)
        instance = self.admin.model(owner=self.owner)
        instance.uid = uid or instance.uid
        return self.adding(data, instance=instance)

    def _value(self, name: str, field: forms.Field, text: str) -> Any:
        """A cell as the field expects it."""
        if isinstance(field, forms.ModelChoiceField):
            if not text:
                return ""
            found = self.links[name].get(text, [])
            if len(found) > 1:
                raise ValidationError(_("Several of yours have that name. Give the uid of the one you mean."))
            if not found:
                raise ValidationError(_("None of yours has that name or uid."))
            return found[0]
        if isinstance(field, forms.BooleanField):
            if text.casefold() in YES:
                return "true"
            if text.casefold() in NO:
                return "false"
            raise ValidationError(_("Write yes or no."))
        if isinstance(field, forms.ChoiceField):
            for value, label in _flat(field.choices):
                if text.casefold() in (str(value).casefold(), str(label).casefold()):
                    return value
        return text


def own_text(row: Any, name: str) -> str:
    """A column of a row in words that can be read again."""
    field = row._meta.get_field(name)
    value = getattr(row, name)
    if value is None:
        return ""
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _uid(text: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text).strip())
    except ValueError:
        return None

"""One row in the admin: its form, saved as the pages save it, and deleted with a way back."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from netjob import undo
from netjob.admin.forms import AdminForm
from netjob.admin.whose import OwnRows
from netjob.forms import DateInput
from netjob.ownership import OwnedModel, Refused


class OneRow(OwnRows):
    """What a class says in `fields` is written by the form; `kept` is shown, and written by verbs."""

    form: Any = AdminForm
    formfield_overrides = {models.DateField: {"widget": DateInput}}
    kept: ClassVar[Any] = ()

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
        rows = list(objs)
        refusals = [f"{row}: {why}" for row in rows if (why := self.refusal_to_delete(row))]
        kinds = dict(undo.what_goes_with(*rows)) if not refusals else {}
        return [str(row) for row in rows], kinds, set(), refusals

    def delete_model(self, request: Any, obj: Any) -> None:
        said = {"what": self.opts.verbose_name, "name": str(obj)[:100]}
        request.act = undo.delete([obj], sentence=_("Deleted %(what)s “%(name)s”") % said)

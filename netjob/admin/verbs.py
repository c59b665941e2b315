"""What the admin does to many rows at once: the verbs of the pages, all or nothing, and changes with undo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import model_ngettext
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob import undo
from netjob.forms import OnForm, attempt
from netjob.htmx import OwnedRequest
from netjob.ownership import Refused, StaleVersion

MOST = 500
"""Rows of one action: each verb looks at its row, and everybody else waits for the transaction."""


class NoQuestion(forms.Form):
    """Nothing to ask but whether it is meant."""

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class Verb:
    """One act on each of many rows, on the day that the page in between asks for."""

    name: str
    label: str | Promise
    act: Callable[[Any, OwnedRequest, dict[str, Any]], Any]
    """Gets a row, the request and what the form says. Raises Refused."""
    done: str | Promise
    form: Any = OnForm

    @property
    def __name__(self) -> str:
        return self.name

    @property
    def short_description(self) -> str | Promise:
        return self.label

    def __call__(self, admin: Any, request: OwnedRequest, queryset: Any) -> HttpResponse | None:
        def act(rows: list[Any], said: dict[str, Any]) -> None:
            for row in rows:
                with naming(row):
                    self.act(row, request, said)

        form = self.form(request.POST if "post" in request.POST else None, today=request.today)
        return asked_first(admin, request, queryset, self, form, act)


class naming:  # noqa: N801
    """A refusal says whose it is: among many rows the sentence alone would not tell."""

    def __init__(self, row: Any) -> None:
        self.row = row

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, StaleVersion):
            raise Refused(
                _("%(row)s was changed in another window meanwhile. Nothing was changed here.")
                % {"row": self.row}
            )
        if isinstance(error, Refused):
            raise Refused(
                _("%(row)s: %(sentence)s Nothing was changed.") % {"row": self.row, "sentence": error}
            )


class ChangeFields:
    """Give many rows the same value in some of the fields that nothing else depends on, with undo."""

    name = "change_fields"
    label = short_description = gettext_lazy("Change a field of the selected %(verbose_name_plural)s")
    done = gettext_lazy("Changed")
    __name__ = name

    def __call__(self, admin: Any, request: OwnedRequest, queryset: Any) -> HttpResponse | None:
        def act(rows: list[Any], said: dict[str, Any]) -> None:
            sentence = _("Changed %(what)s of %(count)d %(kind)s") % {
                "what": ", ".join(str(form.fields[name].label).lower() for name in said),
                "count": len(rows),
                "kind": model_ngettext(admin.opts, len(rows)),
            }
            request.act = undo.change(rows, sentence=sentence, **said)  # type: ignore[attr-defined]

        form = SameForAll(request.POST if "post" in request.POST else None, admin=admin)
        return asked_first(admin, request, queryset, self, form, act)


change_fields = ChangeFields()


class SameForAll(forms.Form):
    def __init__(self, *args: Any, admin: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in admin.bulk_fields:
            field = admin.opts.get_field(name)
            yes_no = [("True", _("Yes")), ("False", _("No"))]
            offered = yes_no if isinstance(field, models.BooleanField) else list(field.choices)
            self.fields[name] = forms.TypedChoiceField(
                label=str(field.verbose_name).capitalize(),
                choices=[("", _("Leave as it is")), *offered],
                coerce=field.to_python,
                empty_value=None,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        said = {name: value for name, value in (super().clean() or {}).items() if value is not None}
        if not said and not self.errors:
            raise ValidationError(_("Choose at least one value."))
        return said


def asked_first(
    admin: Any,
    request: OwnedRequest,
    queryset: Any,
    action: Any,
    form: forms.BaseForm,
    act: Callable[[list[Any], dict[str, Any]], None],
) -> HttpResponse | None:
    """The page in between, and behind it the act: all of the rows, or none and the sentence of the verb."""
    rows = within_reach(admin, request, queryset)
    if rows is None:
        return None
    if form.is_valid():

        def all_or_nothing() -> bool:
            with transaction.atomic():
                act(rows, form.cleaned_data)
            return True

        if attempt(form, all_or_nothing):
            done = {"done": action.done, "count": len(rows), "kind": model_ngettext(admin.opts, len(rows))}
            admin.message_user(request, _("%(done)s: %(count)d %(kind)s.") % done, messages.SUCCESS)
            return None
    context = {
        **admin.admin_site.each_context(request),
        "title": str(action.label) % {"verbose_name_plural": admin.opts.verbose_name_plural},
        "opts": admin.opts,
        "rows": rows,
        "form": form,
        "action": action.name,
        "checkbox": ACTION_CHECKBOX_NAME,
        "media": admin.media,
    }
    request.current_app = admin.admin_site.name
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/verb.html", context, status=status)


def within_reach(admin: Any, request: OwnedRequest, queryset: Any) -> list[Any] | None:
    """The rows of an action; None (and a sentence) where they are too many, or none are left."""
    rows = list(admin.loaded(queryset).order_by("pk")[: MOST + 1])
    if len(rows) > MOST:
        admin.message_user(
            request, _("%(most)d at a time: choose fewer, or narrow the list.") % {"most": MOST}, "warning"
        )
        return None
    if not rows:
        admin.message_user(request, _("These are not there any more."), "warning")
        return None
    for row in rows:
        row.owner = request.user
    return rows

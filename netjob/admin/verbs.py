"""What the admin does to many rows at once: the acts of the lists, by the same rules, limit and words."""

from typing import Any

from django import forms
from django.contrib.admin.utils import model_ngettext
from django.contrib.messages import SUCCESS
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob import bulk
from netjob.bulk import Act
from netjob.htmx import OwnedRequest
from netjob.models import Activity
from netjob.ownership import OwnedModel, Refused
from netjob.views.bulk import Doing, named


class Verb:
    """An act as Django's list of actions wants it."""

    def __init__(self, act: Act) -> None:
        self.act = act

    def __call__(self, admin: Any, request: Any, queryset: Any) -> HttpResponse | None:
        rows = within_reach(admin, request, queryset)
        if rows is None:
            return None
        doing = Doing(self.act, rows, request, is_sent="post" in request.POST)
        if not doing.is_done():
            context = {**doing.context, "title": doing.act.label}
            return _page(admin, request, context, status=doing.status)
        assert doing.outcome
        request.act = doing.outcome.act
        admin.message_user(request, f"{doing.outcome.sentence}.", SUCCESS)
        return None


def _page(admin: Any, request: OwnedRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    pks = ",".join(str(row.pk) for row in context["rows"])
    whole = {**admin.admin_site.each_context(request), **context, "pks": pks, "opts": admin.opts}
    request.current_app = admin.admin_site.name
    return TemplateResponse(request, "admin/verb.html", {**whole, "media": admin.media}, status=status)


def page_to_choose(admin: Any, request: OwnedRequest, rows: list[Any]) -> HttpResponse:
    """Which act it shall be, where none was chosen: those that are ticked stay so."""
    context = {**named(rows), "title": _("What shall be done?"), "acts": list(admin.all_acts())}
    return _page(admin, request, context, status=422)


def within_reach(admin: Any, request: OwnedRequest, queryset: Any) -> list[Any] | None:
    """The rows of an act, held until they are written; None (and a sentence) where they cannot be taken."""
    pks = list(queryset.order_by("pk").values_list("pk", flat=True)[: bulk.MOST + 1])
    try:
        bulk.refuse_too_many(len(pks))
    except Refused as refusal:
        admin.message_user(request, str(refusal), "warning")
        return None
    rows = admin.model.objects.these(request.user, pks).order_by("pk")
    rows.lock()
    found = list(admin.of_an_act(rows))
    if not found:
        admin.message_user(request, _("None of them is there any more. Reload the list."), "warning")
        return None
    for row in found:
        row.owner = request.user
    return found


def deletion_of(admin: Any) -> Act:
    """Deleting as the lists do it, of rows that may go by themselves."""
    done = _counted(gettext_lazy("Deleted %(count)d %(kind)s"), admin)
    return bulk.deletion(done, refusal=admin.refusal_to_delete)


def change_of_fields(admin: Any) -> Act:
    """Give many rows the same value in some of the fields that nothing else depends on."""
    return Act(
        "change_fields",
        gettext_lazy("Change a field"),
        _counted(gettext_lazy("Changed %(what)s of %(count)d %(kind)s"), admin),
        apply=_with,
        form=lambda data, *, owner, today: SameForAll(data, admin=admin),
    )


def _with(row: OwnedModel, *, on: Any, **facts: Any) -> list[Activity]:
    for name, value in facts.items():
        setattr(row, name, value)
    return []


class _counted:  # noqa: N801
    """A sentence with a number and the noun of the admin's rows: "Deleted 3 insights"."""

    def __init__(self, sentence: str | Promise, admin: Any) -> None:
        self.sentence, self.opts = sentence, admin.opts

    def __mod__(self, values: dict[str, Any]) -> str:
        facts = [str(field.verbose_name) for field in self.opts.fields if field.name in values]
        said = {"count": values["count"], "kind": model_ngettext(self.opts, values["count"])}
        return str(self.sentence) % {**said, "what": ", ".join(facts)}


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

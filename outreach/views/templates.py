from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from netjob.htmx import OwnedRequest, page
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from outreach.forms.templates import TemplateForm
from outreach.models import MessageTemplate
from outreach.placeholders import PLACEHOLDERS

Kind = MessageTemplate.Kind


@require_GET
def template_list(request: OwnedRequest) -> HttpResponse:
    rows = list(MessageTemplate.objects.owned_by(request.user).with_uses().order_by("pk"))
    in_use = [row for row in rows if not row.archived_on]
    context = {
        "groups": [(kind, [row for row in in_use if row.kind == kind]) for kind in Kind],
        "archived": [row for row in rows if row.archived_on],
        "in_use": in_use,
        "note_limit": request.user.note_limit,
    }
    return page(request, "outreach/template_list.html", context)


@require_http_methods(["GET", "POST"])
def template_add(request: OwnedRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    return edit_page(
        request,
        TemplateForm(
            request.POST or None, owner=request.user, initial={"kind": kind if kind in Kind.values else None}
        ),
        title=_("Write a template"),
        saved=lambda row: _("“%(name)s” is among your templates.") % {"name": row.name},
        cancel=reverse("outreach:template_list"),
        back=reverse("outreach:template_list"),
        template="outreach/template_form.html",
        placeholders=PLACEHOLDERS,
    )


@require_http_methods(["GET", "POST"])
def template_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return edit_page(
        request,
        TemplateForm(request.POST or None, instance=row, owner=request.user),
        title=_("Edit the template"),
        saved=_("The template is saved."),
        cancel=reverse("outreach:template_list"),
        back=reverse("outreach:template_list"),
        template="outreach/template_form.html",
        delete=reverse("outreach:template_delete", args=[row.pk]),
        placeholders=PLACEHOLDERS,
        row=row,
        example=row.example,
    )


@require_http_methods(["GET", "POST"])
def template_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return delete_page(request, row, back=reverse("outreach:template_list"), cancel=row.get_absolute_url())


@require_POST
def template_archive(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    row.archive(on=request.today)
    messages.success(
        request, _("“%(name)s” is archived. What was sent with it keeps it.") % {"name": row.name}
    )
    return redirect("outreach:template_list")


@require_POST
def template_bring_back(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    row.bring_back()
    messages.success(request, _("“%(name)s” is in use again.") % {"name": row.name})
    return redirect("outreach:template_list")


def _own(request: OwnedRequest, pk: int) -> MessageTemplate:
    row: MessageTemplate = get_object_or_404(MessageTemplate.objects.owned_by(request.user), pk=pk)
    return row

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from companies.forms.roles import RoleForm
from companies.models import TargetRole
from netjob.htmx import OwnedRequest, page
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page


@require_GET
def role_list(request: OwnedRequest) -> HttpResponse:
    roles = TargetRole.objects.owned_by(request.user).prefetch_related("variants")
    return page(request, "companies/role_list.html", {"roles": roles})


@require_http_methods(["GET", "POST"])
def welcome(request: OwnedRequest) -> HttpResponse:
    """The first step of the welcome: what a newcomer looks for. Whoever comes back sees what they wrote."""
    role = TargetRole.objects.owned_by(request.user).first()
    following = reverse("netjob:welcome_you")
    return edit_page(
        request,
        RoleForm(request.POST or None, instance=role, owner=request.user),
        title=_("What you look for"),
        saved=_said,
        cancel=following,
        back=following,
        template="welcome/role.html",
        step=1,
    )


@require_http_methods(["GET", "POST"])
def role_add(request: OwnedRequest) -> HttpResponse:
    return edit_page(
        request,
        RoleForm(request.POST or None, owner=request.user),
        title=_("Add a target role"),
        saved=_said,
        cancel=reverse("companies:role_list"),
        back=reverse("companies:role_list"),
    )


@require_http_methods(["GET", "POST"])
def role_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(TargetRole.objects.owned_by(request.user), pk=pk)
    return edit_page(
        request,
        RoleForm(request.POST or None, instance=role, owner=request.user),
        title=_("Edit the target role"),
        saved=_("The role is saved."),
        cancel=reverse("companies:role_list"),
        back=reverse("companies:role_list"),
        delete=reverse("companies:role_delete", args=[role.pk]),
    )


@require_http_methods(["GET", "POST"])
def role_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(TargetRole.objects.owned_by(request.user), pk=pk)
    return delete_page(request, role, back=reverse("companies:role_list"))


def _said(role: TargetRole) -> str:
    return _("%(title)s is one of your target roles.") % {"title": role.title}

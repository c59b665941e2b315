"""Notes in the history of a company or a person; apps add them on their own pages."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netjob.forms import NoteForm
from netjob.htmx import OwnedRequest
from netjob.models import Activity
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from netjob.views.errors import safe_back


@require_http_methods(["GET", "POST"])
def note_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(_notes(request), pk=pk)
    back = safe_back(request)
    return edit_page(
        request,
        NoteForm(request.POST or None, instance=note, owner=request.user, today=request.today),
        title=_("Edit what you noted"),
        saved=_("The note is saved."),
        cancel=back,
        back=back,
        delete=reverse("netjob:note_delete", args=[note.pk]) + "?" + urlencode({"back": back}),
    )


@require_http_methods(["GET", "POST"])
def note_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    return delete_page(request, get_object_or_404(_notes(request), pk=pk), back=safe_back(request))


def _notes(request: OwnedRequest) -> QuerySet[Activity]:
    return Activity.objects.owned_by(request.user).filter(verb__in=Activity.Mine.values)

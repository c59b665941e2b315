from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import erasing
from contacts.forms.knowing import ErasureForm
from contacts.models import Person
from netjob import undo
from netjob.htmx import OwnedRequest, page
from netjob.models import ImportBatch


@require_http_methods(["GET", "POST"])
def person_erase(request: OwnedRequest, pk: int) -> HttpResponse:
    """What goes, and what stays; then, with a tick, it is done."""
    people = Person.objects.owned_by(request.user).select_related("company").prefetch_related("keys")
    person = get_object_or_404(people, pk=pk)
    person.owner = request.user
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erasing.erase(person)
        messages.success(request, _("Erased for good. Nothing that can be read is kept of them."))
        return redirect(reverse("contacts:person_list"))
    goes = [f"{count} {kind}" for kind, count in undo.what_goes_with(person)]
    context = {
        "person": person,
        "form": form,
        "goes": goes,
        "has_keys": bool(person.keys.all()),
        "has_open_imports": ImportBatch.objects.owned_by(request.user).open().exists(),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "contacts/person_erase.html", context, status=status)

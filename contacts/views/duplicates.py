"""Entries that are likely one person: looked at side by side, merged or told apart."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts.duplicates import likely_pairs
from contacts.forms.knowing import MergePeopleForm, OtherPersonForm
from contacts.models import Distinction, Person
from netjob import undo
from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from netjob.ownership import Refused
from netjob.views.errors import safe_back


@require_GET
def duplicate_list(request: OwnedRequest) -> HttpResponse:
    pairs = likely_pairs(request.user)
    first = pairs[0] if pairs else None
    form = MergePeopleForm(kept=first.one, gone=first.other) if first else None
    return page(request, "contacts/duplicate_list.html", {"pairs": pairs, "first": first, "form": form})


@require_http_methods(["GET", "POST"])
def person_merge(request: OwnedRequest, pk: int) -> HttpResponse:
    person = _own(request, pk)
    is_sent = request.method == "POST"
    sent = request.POST if is_sent else request.GET
    is_asked = is_sent or bool(sent.get("other") or sent.get("entry"))
    which = OtherPersonForm(sent if is_asked else None, owner=request.user, person=person)
    if not which.is_valid():
        context = {"person": person, "which": which, "likely": person.likely_same()}
        return page(request, "contacts/person_merge_choose.html", context, status=422 if is_sent else 200)
    other = which.cleaned_data["person"]
    form = MergePeopleForm(request.POST or None, kept=person, gone=other)
    if form.is_valid():
        act = attempt(form, lambda: person.merge(other, on=request.today, chosen=form.chosen()))
        if not form.errors:
            sentence = _("%(other)s and %(name)s are one entry now.") % {
                "other": other.name,
                "name": person.name,
            }
            messages.success(request, sentence, extra_tags=f"undo:{act}")
            return redirect(safe_back(request, person.get_absolute_url()))
    context = {"person": person, "other": other, "form": form, "moves": undo.what_goes_with(other)}
    return page(request, "contacts/person_merge.html", context, status=422 if form.is_bound else 200)


@require_POST
def person_tell_apart(request: OwnedRequest, pk: int) -> HttpResponse:
    person = _own(request, pk)
    which = OtherPersonForm(request.POST, owner=request.user, person=person)
    if not which.is_valid():
        raise Refused(" ".join(str(error) for errors in which.errors.values() for error in errors))
    other = which.cleaned_data["person"]
    act = Distinction.make(person, other)
    names = {"name": person.name, "other": other.name}
    tags = f"undo:{act}" if act else ""
    messages.success(request, _("%(name)s and %(other)s stay two people.") % names, extra_tags=tags)
    return redirect(safe_back(request, reverse("contacts:duplicate_list")))


def _own(request: OwnedRequest, pk: int) -> Person:
    people = Person.objects.owned_by(request.user).with_since().select_related("company")
    person: Person = get_object_or_404(people.prefetch_related("keys"), pk=pk)
    person.owner = request.user
    return person

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companies.models import Company
from contacts.forms import PeopleForm, PersonForm
from contacts.lists import PersonListing
from contacts.models import Person
from contacts.views.pasting import settled
from netjob.forms import NoteForm, OnForm
from netjob.history import history_of
from netjob.htmx import OwnedRequest, page
from netjob.views.bulk import bulk_of
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from netjob.views.lists import asked_for, export_of, list_page

HISTORY = 30


@require_GET
def person_list(request: OwnedRequest) -> HttpResponse:
    return list_page(request, "contacts/person_list.html", asked_for(request, PersonListing))


person_bulk = bulk_of(PersonListing)
person_export = export_of(PersonListing)


@require_http_methods(["GET", "POST"])
def people_add(request: OwnedRequest, company_pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=company_pk)
    form = PeopleForm(request.POST if request.method == "POST" else None)
    context = {"company": company, "form": form}
    if not form.is_valid():
        return page(request, "contacts/people_add.html", context, status=422 if form.is_bound else 200)
    for learned in company.learn_in_passing(form.cleaned_data["text"]):
        messages.success(request, learned)
    crumbs = [(_("Companies"), reverse("companies:company_list")), (company.name, company.get_absolute_url())]
    outcome = settled(request, form, company=company, crumbs=crumbs)
    if isinstance(outcome, HttpResponse):
        return outcome
    messages.success(request, outcome.sentence(request.today))
    return redirect(company.get_absolute_url() + "#people")


@require_GET
def person_detail(request: OwnedRequest, pk: int) -> HttpResponse:
    return _person_page(request, _person(request, pk))


@require_http_methods(["GET", "POST"])
def person_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    return edit_page(
        request,
        PersonForm(request.POST or None, instance=person, owner=request.user, today=request.today),
        title=_("Edit %(name)s") % {"name": person.name},
        saved=lambda saved: _("%(name)s is saved.") % {"name": saved.name},
        cancel=person,
        template="contacts/person_edit.html",
        person=person,
    )


@require_http_methods(["GET", "POST"])
def person_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    back = person.company.get_absolute_url() if person.company else reverse("contacts:person_list")
    return delete_page(request, person, back=back, cancel=person.get_absolute_url())


@require_POST
def person_note(request: OwnedRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = NoteForm(request.POST, owner=request.user, today=request.today, auto_id="note_%s")
    if not form.is_valid():
        return _person_page(request, person, note_form=form)
    form.keep(request.user, company=person.company, person=person)
    said = _("It is kept in the history of %(name)s.") % {"name": person.name}
    messages.success(request, " ".join([said, *person.learn_in_passing(form.cleaned_data["text"])]))
    return redirect(person)


@require_POST
def refuse_contact(request: OwnedRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = OnForm(request.POST, today=request.today, auto_id="ban_%s")
    if not form.is_valid():
        return _person_page(request, person, ban_form=form)
    person.refuse_contact(on=form.cleaned_data["on"])
    messages.success(request, _("You will not be reminded of %(name)s again.") % {"name": person.name})
    return redirect(person)


@require_POST
def allow_contact(request: OwnedRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = OnForm(request.POST, today=request.today, auto_id="ban_%s")
    if not form.is_valid():
        return _person_page(request, person, ban_form=form)
    person.allow_contact(on=form.cleaned_data["on"])
    messages.success(request, _("%(name)s may be contacted again.") % {"name": person.name})
    return redirect(person)


def _person(request: OwnedRequest, pk: int) -> Person:
    people: Any = Person.objects.owned_by(request.user)
    found: Person = get_object_or_404(
        people.select_related("company").with_reasons().prefetch_related("keys"), pk=pk
    )
    return found


def _person_page(
    request: OwnedRequest, person: Person, note_form: NoteForm | None = None, ban_form: OnForm | None = None
) -> HttpResponse:
    """The page of a person; with a form that was refused, the form and 422."""
    refused = note_form or ban_form
    history = history_of(
        request.user, request.GET, address=person.get_absolute_url(), size=HISTORY, person_uid=person.uid
    )
    context = {
        "person": person,
        "stages": list(Person.Stage),
        "history": history,
        "note_form": note_form or NoteForm(owner=request.user, today=request.today, auto_id="note_%s"),
        "ban_form": ban_form or OnForm(today=request.today, auto_id="ban_%s"),
    }
    fragments = ["history", "events"]
    return page(
        request, "contacts/person_detail.html", context, fragments=fragments, status=422 if refused else 200
    )

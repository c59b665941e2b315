"""Events and communities: who may be there, whom I met there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts.forms.events import EventForm, MeetingForm, MetForm
from contacts.lists import EventListing
from contacts.models import Attendance, Event, Person
from contacts.views.pasting import settled
from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from netjob.views.lists import asked_for, bulk_of, export_of, list_page

MOST = 10
"""People who may be there that the page proposes."""


@require_GET
def event_list(request: OwnedRequest) -> HttpResponse:
    return list_page(request, "contacts/event_list.html", asked_for(request, EventListing))


event_bulk = bulk_of(EventListing)
event_export = export_of(EventListing)


@require_http_methods(["GET", "POST"])
def event_add(request: OwnedRequest) -> HttpResponse:
    return edit_page(
        request,
        EventForm(request.POST or None, owner=request.user),
        title=_("Add an event or a community"),
        saved=lambda event: _("%(name)s is added.") % {"name": event.name},
        cancel=reverse("contacts:event_list"),
        button=_("Add it"),
    )


@require_GET
def event_detail(request: OwnedRequest, pk: int) -> HttpResponse:
    return _event_page(request, _own(request, pk))


@require_http_methods(["GET", "POST"])
def event_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    event = _own(request, pk)
    return edit_page(
        request,
        EventForm(request.POST or None, instance=event, owner=request.user),
        title=_("Edit %(name)s") % {"name": event.name},
        saved=lambda saved: _("%(name)s is saved.") % {"name": saved.name},
        cancel=event,
        delete=reverse("contacts:event_delete", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def event_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    event = _own(request, pk)
    return delete_page(request, event, back=reverse("contacts:event_list"), cancel=event.get_absolute_url())


@require_POST
def event_meet(request: OwnedRequest, pk: int) -> HttpResponse:
    """Whom I met there, in one paste."""
    event = _own(request, pk)
    form = MetForm(request.POST, event=event, today=request.today)
    if not form.is_valid():
        return _event_page(request, event, met_form=form, status=422)
    crumbs = [(_("Events"), reverse("contacts:event_list")), (event.name, event.get_absolute_url())]
    outcome = settled(
        request, form, company=None, crumbs=crumbs, owner=request.user, found_how=event.found_how
    )
    if isinstance(outcome, HttpResponse):
        return outcome
    event.meet(outcome.people, on=form.cleaned_data["on"])
    messages.success(request, outcome.sentence(request.today))
    return redirect(f"{event.get_absolute_url()}#met")


@require_POST
def event_expect(request: OwnedRequest, pk: int, person_pk: int) -> HttpResponse:
    """Somebody of my list may be there."""
    event = _own(request, pk)
    person = get_object_or_404(Person.objects.owned_by(request.user), pk=person_pk)
    event.expect([person])
    messages.success(request, _("%(name)s may be there.") % {"name": person.name})
    return redirect(f"{event.get_absolute_url()}#expected")


@require_POST
def attendance_meet(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _attendance(request, pk)
    form = MeetingForm(request.POST, today=request.today, auto_id=f"meet_{pk}_%s")
    if form.is_valid():
        attempt(form, lambda: row.meet(**form.cleaned_data), field="on")
    if form.errors:
        return _event_page(request, row.event, failed=(row.pk, form), status=422)
    messages.success(
        request, _("You met %(name)s. Write to them within two days.") % {"name": row.person.name}
    )
    return redirect(f"{row.event.get_absolute_url()}#met")


@require_POST
def attendance_unmeet(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _attendance(request, pk)
    row.unmeet(on=request.today)
    messages.success(request, _("Not met after all; they may still be there."))
    return redirect(f"{row.event.get_absolute_url()}#expected")


@require_http_methods(["GET", "POST"])
def attendance_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _attendance(request, pk)
    return delete_page(request, row, back=row.event.get_absolute_url())


def _own(request: OwnedRequest, pk: int) -> Event:
    event: Event = get_object_or_404(Event.objects.owned_by(request.user), pk=pk)
    event.owner = request.user
    return event


def _attendance(request: OwnedRequest, pk: int) -> Attendance:
    rows = Attendance.objects.owned_by(request.user).select_related("event", "person__company")
    row: Attendance = get_object_or_404(rows, pk=pk)
    row.event.owner = request.user
    return row


def _event_page(
    request: OwnedRequest,
    event: Event,
    *,
    failed: tuple[int, MeetingForm] | None = None,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    rows: list[Any] = list(event.attendances.select_related("person__company").order_by("-met_on", "pk"))
    for row in rows:
        is_failed = failed and failed[0] == row.pk
        row.form = failed[1] if failed and is_failed else MeetingForm(
            today=request.today, auto_id=f"meet_{row.pk}_%s", initial={"on": event.likely_day(request.today)}
        )  # fmt: skip
    context = {
        "event": event,
        "met": [row for row in rows if row.met_on],
        "expected": [row for row in rows if not row.met_on],
        "likely": list(event.likely_there().select_related("company").with_reasons()[:MOST]),
        "is_to_come": event.is_to_come(request.today),
        "met_form": MetForm(event=event, today=request.today, auto_id="met_%s"),
    }
    return page(request, "contacts/event_detail.html", context | forms, status=status)

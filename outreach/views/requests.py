from functools import partial
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from contacts.models import Event, Person
from netjob.htmx import OwnedRequest, page
from netjob.paging import Page
from netjob.views.bulk import bulk_of
from netjob.views.changes import delete_page
from netjob.views.lists import asked_for, export_of, list_page
from outreach.agenda import cadence_of, calendar_of
from outreach.composing import Channel
from outreach.forms.requests import RequestForm
from outreach.lists import RequestListing
from outreach.models import MessageTemplate, Request
from outreach.shelf import Shelf, as_kept
from outreach.standing import next_button, next_step, since
from outreach.views import composer
from outreach.views.composer import channel_asked_for, compose_page, person_to_write_to

Kind = MessageTemplate.Kind


@require_GET
def request_list(request: OwnedRequest) -> HttpResponse:
    listing = asked_for(request, RequestListing)
    calendar = calendar_of(request.user)

    def how_they_stand(rows: Page) -> dict[str, Any]:
        for row in rows:
            row.owner = request.user
            row.since = since(row, request.today, calendar)
            row.button = next_button(row, rests=listing.shows_resting)
        return {"back": quote(listing.address())}

    return list_page(request, "outreach/request_list.html", listing, more=how_they_stand)


request_bulk = bulk_of(RequestListing)
request_export = export_of(RequestListing)


@require_http_methods(["GET", "POST"])
def request_add(request: OwnedRequest, person_pk: int) -> HttpResponse:
    person = person_to_write_to(request, person_pk)
    if request.method == "GET" and person.is_connected and not request.GET:
        # Whoever is connected needs no request: straight to asking for a time.
        return redirect(f"{reverse('outreach:message_add', args=[person_pk])}?kind=ask_for_time")
    draft = Request(owner=request.user, person=person, channel=_usual_channel(person))
    draft.introduction = composer.asked_for(
        request, "introduction", person.introductions.select_related("introducer")
    )
    draft.event = composer.asked_for(request, "event", Event.objects.owned_by(request.user))
    return compose_request(request, draft, sending="send" in request.POST)


@require_http_methods(["GET", "POST"])
def request_detail(request: OwnedRequest, pk: int) -> HttpResponse:
    row = own_request(request, pk)
    if row.state == Request.State.DRAFT or request.method == "POST":
        return compose_request(request, row)
    return show_request(request, row)


@require_http_methods(["GET", "POST"])
def request_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    row = own_request(request, pk)
    return delete_page(request, row, back=row.person.get_absolute_url(), cancel=row.get_absolute_url())


def own_request(request: OwnedRequest, pk: int) -> Request:
    rows = (
        Request.objects.owned_by(request.user)
        .with_talk()
        .select_related("person__company", "introduction__introducer", "event")
    )
    row: Request = get_object_or_404(rows.prefetch_related("person__keys"), pk=pk)
    row.owner = row.person.owner = request.user
    return row


def _usual_channel(person: Person) -> str:
    return Channel.MESSAGE if person.is_connected else Channel.INVITATION


def compose_request(request: OwnedRequest, draft: Request, *, sending: bool = False) -> HttpResponse:
    person, is_new = draft.person, draft.pk is None
    channel = channel_asked_for(request, draft.channel, Channel.values)
    # An invitation has a note; any other way takes a longer first word, too.
    others = [] if channel == Channel.INVITATION else [Kind.FIRST_MESSAGE, Kind.ASK_FOR_TIME]
    kinds: list[str] = [Kind.CONNECTION_REQUEST, *others]
    asked = request.GET.get("template")
    shelf = Shelf(request.user, kinds, asked=asked, introduction=draft.introduction, event=draft.event)
    start = shelf.start(person, channel, None if is_new else as_kept(draft.note, draft.channel))
    return compose_page(
        request,
        partial(RequestForm, instance=draft, initial=start, person=person, sending=sending),
        shelf=shelf,
        template="outreach/request_compose.html",
        action="" if is_new else draft.get_absolute_url(),
        fixed={"introduction": draft.introduction_id, "event": draft.event_id} if is_new else {},
        act=lambda form: _save(request, form),
        saved=lambda row: _said_of(row),
        back=person.get_absolute_url() if sending else "",
        cancel=person,
        title=_("Write to %(name)s") % {"name": person.name},
        heading=_("Your request"),
        draft=draft,
        send_url="" if is_new else reverse("outreach:request_send", args=[draft.pk]),
        **draft.in_its_way(request.today),
        used=Request.objects.owned_by(request.user).used(request.today),
    )


def _save(request: OwnedRequest, form: Any) -> Request:
    row: Request = form.save()
    if form.sending:
        row.send(at=form.sent_at(request.now))
    return row


def _said_of(row: Request) -> str:
    said = _("Request to %(name)s sent.") if row.sent_on else _("The draft to %(name)s is saved.")
    return said % {"name": row.person.name}


def show_request(
    request: OwnedRequest, row: Request, *, failed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    calendar, waits = calendar_of(request.user), cadence_of(request.user)
    rests = Request.objects.filter(pk=row.pk).resting(request.today, calendar, waits).exists()
    context = {
        "row": row,
        "person": row.person,
        "since": since(row, request.today, calendar),
        "step": next_step(row, rests=rests),
        "button": next_button(row, rests=rests),
        "thread": row.messages.select_related("template").in_order(),
        "failed": failed,
        "back": row.get_absolute_url(),
    }
    return page(request, "outreach/request_detail.html", context, status=status)

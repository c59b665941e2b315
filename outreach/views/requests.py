from functools import partial
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from contacts.models import Person
from netjob.htmx import OwnedRequest, page
from netjob.paging import page_of
from netjob.views.changes import delete_page
from outreach.agenda import cadence_of, calendar_of
from outreach.composing import Channel
from outreach.forms.requests import RequestForm
from outreach.models import MessageTemplate, Request
from outreach.standing import next_button, next_step, since
from outreach.views.composer import Shelf, as_kept, channel_asked_for, compose_page, person_to_write_to

Kind = MessageTemplate.Kind
SHOWN = {
    "": (gettext_lazy("All"), gettext_lazy("Every request, the newest first.")),
    "drafts": (gettext_lazy("Drafts"), gettext_lazy("Begun, and not sent yet.")),
    "waiting": (
        gettext_lazy("Waiting"),
        gettext_lazy("Sent, and not answered yet. Many never are, and that is normal."),
    ),
    "accepted": (gettext_lazy("Accepted"), gettext_lazy("They accepted. Now ask for a time.")),
    "answered": (gettext_lazy("Answered"), gettext_lazy("They wrote back.")),
    "resting": (
        gettext_lazy("Resting"),
        gettext_lazy("No answer, and nothing left to do. Should one come, it wakes up again."),
    ),
    "closed": (gettext_lazy("Closed"), gettext_lazy("Declined by them, or withdrawn by you.")),
}

STAMPS = [move.stamp for move in Request.MOVES]
ON_A_ROW = [
    "state", "channel", "created_at", *STAMPS,
    "person__name", "person__role", "person__company__name",
]  # fmt: skip


@require_GET
def request_list(request: OwnedRequest) -> HttpResponse:
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    rows = (
        Request.objects.owned_by(request.user).with_talk().select_related("person__company").only(*ON_A_ROW)
    )
    by_day = ("-pk",) if show in ("", "drafts") else ("-sent_on", "-pk")
    found = page_of(_shown(rows, show, request), by_day, after=request.GET.get("after", ""))
    calendar = calendar_of(request.user)
    for row in found:
        row.owner = request.user
        row.since = since(row, request.today, calendar)
        row.button = next_button(row, rests=show == "resting")
    context = {
        "rows": found,
        "show": show,
        "lead": SHOWN[show][1],
        "back": quote(f"{request.path}?show={show}"),
        "tabs": [(name, label) for name, (label, _lead) in SHOWN.items()],
        "more_url": f"{request.path}?show={show}&after={found.next}" if found.next else "",
    }
    return page(request, "outreach/request_list.html", context, fragments=["rows"])


@require_http_methods(["GET", "POST"])
def request_add(request: OwnedRequest, person_pk: int) -> HttpResponse:
    person = person_to_write_to(request, person_pk)
    draft = Request(owner=request.user, person=person, channel=_usual_channel(person))
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
    rows = Request.objects.owned_by(request.user).with_talk().select_related("person__company")
    row: Request = get_object_or_404(rows.prefetch_related("person__keys"), pk=pk)
    row.owner = row.person.owner = request.user
    return row


def _usual_channel(person: Person) -> str:
    return Channel.MESSAGE if person.connected_on else Channel.INVITATION


def _shown(rows: Any, show: str, request: OwnedRequest) -> QuerySet[Request]:
    match show:
        case "drafts":
            return rows.filter(state=Request.State.DRAFT)
        case "waiting":
            return rows.pending(request.today, calendar_of(request.user), cadence_of(request.user))
        case "resting":
            return rows.resting(request.today, calendar_of(request.user), cadence_of(request.user))
        case "accepted" | "answered":
            return rows.filter(state=show)
        case "closed":
            return rows.filter(state__in=[Request.State.DECLINED, Request.State.WITHDRAWN])
    return rows


def compose_request(request: OwnedRequest, draft: Request, *, sending: bool = False) -> HttpResponse:
    person, is_new = draft.person, draft.pk is None
    channel = channel_asked_for(request, draft.channel, Channel.values)
    # An invitation has a note; any other way takes a longer first word, too.
    others = [] if channel == Channel.INVITATION else [Kind.FIRST_MESSAGE, Kind.ASK_FOR_TIME]
    shelf = Shelf(request, [Kind.CONNECTION_REQUEST, *others])
    earlier = list(person.requests.exclude(pk=draft.pk).order_by("-pk")[:20])
    return compose_page(
        request,
        partial(RequestForm, instance=draft, person=person, sending=sending),
        shelf=shelf,
        start=shelf.start(person, channel)
        if is_new or shelf.is_asked
        else as_kept(draft.note, draft.channel),
        template="outreach/request_compose.html",
        action="" if is_new else draft.get_absolute_url(),
        act=lambda form: _save(request, form),
        saved=lambda row: _said_of(row),
        back=person.get_absolute_url() if sending else "",
        cancel=person,
        title=_("Write to %(name)s") % {"name": person.name},
        heading=_("Your request"),
        draft=draft,
        send_url="" if is_new else reverse("outreach:request_send", args=[draft.pk]),
        standing=next((row for row in earlier if row.state in ("draft", *Request.WAITING)), None),
        locked=next((row for row in earlier if row.is_locked(request.today)), None),
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

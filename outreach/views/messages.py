from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts.models import Event, Introduction, Person
from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from netjob.views.changes import delete_page
from netjob.views.errors import safe_back
from outreach import sending
from outreach.composing import Channel
from outreach.forms.messages import CHANNELS, MessageForm, ReplyForm
from outreach.models import Message, Request
from outreach.shelf import Shelf, as_kept
from outreach.views.composer import asked_for, channel_asked_for, compose_page, person_to_write_to

Kind = Message.Kind
KINDS = [kind for kind in Kind if kind != Kind.NOTE]


@require_http_methods(["GET", "POST"])
def message_add(request: OwnedRequest, person_pk: int) -> HttpResponse:
    person = person_to_write_to(request, person_pk)
    asked = request.GET.get("kind", "")
    draft = Message(owner=request.user, person=person, kind=asked if asked in KINDS else _usual_kind(person))
    draft.channel = Channel.EMAIL if person.email and not person.is_connected else Channel.MESSAGE
    draft.request = asked_for(request, "request", person.requests.all())
    draft.conversation = asked_for(request, "conversation", person.conversations.all())
    sending.find_place(draft)
    led_by = {
        "introduction": asked_for(request, "introduction", _introductions(person)),
        "event": asked_for(request, "event", Event.objects.owned_by(request.user)),
    }
    return compose_message(request, draft, is_sending="send" in request.POST, **led_by)


@require_http_methods(["GET", "POST"])
def message_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    message = _own(request, pk)
    if message.kind == Kind.NOTE and message.request:
        return redirect(message.request)
    if message.is_draft or request.method == "POST":
        return compose_message(request, message)
    return page(request, "outreach/message_detail.html", {"message": message, "person": message.person})


@require_POST
def message_send(request: OwnedRequest, pk: int) -> HttpResponse:
    """The text comes along from the composer; without one the draft goes out as it was saved."""
    message = _own(request, pk, among=_apart_from_notes(request))
    if "text" in request.POST:
        return compose_message(request, message, is_sending=True)
    sending.send(message, at=request.now)
    messages.success(request, _said_of(message))
    return redirect(safe_back(request, message.person.get_absolute_url()))


@require_POST
def message_unsend(request: OwnedRequest, pk: int) -> HttpResponse:
    message = _own(request, pk, among=_apart_from_notes(request))
    sending.unsend(message, on=request.today)
    messages.success(request, _("Not sent after all: it is a draft again."))
    return redirect(message)


@require_http_methods(["GET", "POST"])
def message_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    message = _own(request, pk, among=_apart_from_notes(request))
    return delete_page(
        request, message, back=message.person.get_absolute_url(), cancel=message.get_absolute_url()
    )


@require_http_methods(["GET", "POST"])
def reply_add(request: OwnedRequest, person_pk: int) -> HttpResponse:
    person = person_to_write_to(request, person_pk)
    form = ReplyForm(request.POST or None, today=request.today)
    if form.is_valid():
        answered = attempt(form, lambda: sending.receive(person, now=request.now, **form.cleaned_data))
        if not form.errors:
            learned = person.learn_in_passing(form.cleaned_data["text"])
            messages.success(request, " ".join([_kept(answered) % {"name": person.name}, *learned]))
            return redirect(person)
    context = {
        "form": form,
        "title": _("What %(name)s wrote") % {"name": person.name},
        "lead": _("Paste it, or say in your own words what it comes down to."),
        "button": _("Keep it"),
        "cancel": person.get_absolute_url(),
    }
    return page(request, "_form.html", context, status=422 if form.errors else 200)


def compose_message(
    request: OwnedRequest,
    draft: Message,
    *,
    is_sending: bool = False,
    introduction: Introduction | None = None,
    event: Event | None = None,
) -> HttpResponse:
    person, is_new = draft.person, draft.pk is None
    channel = channel_asked_for(request, draft.channel, dict(CHANNELS))
    asked = request.GET.get("template")
    shelf = Shelf(request.user, [draft.kind], asked=asked, introduction=introduction, event=event)
    start = shelf.start(person, channel, None if is_new else as_kept(draft))
    talk, about = draft.conversation, {"introduction": introduction, "event": event}
    return compose_page(
        request,
        partial(MessageForm, instance=draft, initial=start, person=person, sending=is_sending),
        shelf=shelf,
        template="outreach/message_compose.html",
        action="" if is_new else draft.get_absolute_url(),
        fixed=_stays_in_the_address(draft, about) if is_new else {},
        act=lambda form: _save(request, form, introduction),
        saved=lambda row: _said_of(row),
        back=(talk or person).get_absolute_url() if is_sending else "",
        cancel=person,
        title=_("%(kind)s to %(name)s") % {"kind": draft.get_kind_display(), "name": person.name},
        heading=str(draft.get_kind_display()),
        draft=draft,
        send_url="" if is_new else reverse("outreach:message_send", args=[draft.pk]),
        kinds=[(kind.value, kind.label) for kind in KINDS] if is_new else [],
        talk=talk,
        open_talk=person.conversations.open().first() if draft.kind == Kind.ASK_FOR_TIME else None,
    )


def _stays_in_the_address(draft: Message, about: Mapping[str, Model | None]) -> dict[str, Any]:
    """What a new message is and what it belongs to; its page is asked for anew with each template."""
    keys = {"kind": draft.kind, "request": draft.request_id, "conversation": draft.conversation_id}
    return keys | {name: row.pk for name, row in about.items() if row}


def _own(request: OwnedRequest, pk: int, among: QuerySet[Message] | None = None) -> Message:
    rows = Message.objects.owned_by(request.user) if among is None else among
    rows = rows.select_related("person__company", "request", "conversation", "template")
    message: Message = get_object_or_404(rows.prefetch_related("person__keys"), pk=pk)
    message.owner = message.person.owner = request.user
    for row in (message.request, message.conversation):
        if row:
            row.owner, row.person = request.user, message.person
    return message


def _apart_from_notes(request: OwnedRequest) -> QuerySet[Message]:
    return Message.objects.owned_by(request.user).apart_from_notes()


def _usual_kind(person: Person) -> str:
    return Kind.ASK_FOR_TIME if person.stage == Person.Stage.CONNECTED else Kind.FIRST_MESSAGE


def _introductions(person: Person) -> QuerySet[Introduction]:
    rows = Introduction.objects.filter(Q(introducer=person) | Q(person=person))
    found: QuerySet[Introduction] = rows.select_related("introducer", "person__company", "company")
    return found


def _save(request: OwnedRequest, form: Any, introduction: Introduction | None) -> Message:
    message: Message = form.save()
    if form.sending:
        sending.send(message, at=form.sent_at(request.now), introduction=introduction)
    return message


def _kept(answered: Request | None) -> str:
    if answered is None:
        return _("Kept with %(name)s.")
    if answered.state == Request.State.DECLINED:
        return _("Kept, and the request counts as declined. Somebody else may be glad to talk.")
    return _("Kept, and the request counts as answered.")


def _said_of(message: Message) -> str:
    said = (
        _("%(kind)s to %(name)s: sent.") if message.sent_on else _("%(kind)s to %(name)s: kept as a draft.")
    )
    return said % {"kind": message.get_kind_display(), "name": message.person.name}

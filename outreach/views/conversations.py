import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from netjob.htmx import OwnedRequest, page
from netjob.paging import page_of
from netjob.views.bulk import bulk_of
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from netjob.views.lists import addressed, asked_for, export_of, list_page
from outreach.forms.conversations import (
    ConversationForm,
    ConversationNotesForm,
)
from outreach.forms.questions import AskAlsoForm
from outreach.lists import ConversationListing
from outreach.models import Conversation, Question
from outreach.models.conversation import ConversationQuerySet
from outreach.views.autosaving import autosaved

MANY = 50
"""Rows that each part of the list shows at most."""


@require_GET
def conversation_list(request: OwnedRequest) -> HttpResponse:
    listing = asked_for(request, ConversationListing)
    if not listing.is_agenda:
        return list_page(request, "outreach/conversation_list.html", listing)
    talks = Conversation.objects.owned_by(request.user).select_related("person__company")
    past = page_of(talks.past(), ("-ended_on", "-pk"), after=request.GET.get("after", ""))
    context: dict[str, Any] = {"past": past, "month_before": request.GET.get("month", ""), "most": MANY}
    parts = _that_need_something(talks, request.now) if past.first_number == 1 else {}
    is_cut = bool(past.next) or any(len(part) == MANY for part in parts.values())
    context |= {"listing": listing, "is_cut": is_cut, **parts}
    answer = page(request, "outreach/conversation_list.html", context, fragments=["results", "past"])
    return addressed(request, listing, answer)


def _that_need_something(talks: ConversationQuerySet, now: dt.datetime) -> dict[str, list[Conversation]]:
    return {
        "without_outcome": list(talks.without_outcome(now)[:MANY]),
        "coming_up": list(talks.coming_up(now)[:MANY]),
        "to_thank_for": list(talks.to_thank_for()[:MANY]),
        "waiting": list(talks.waiting()[:MANY]),
    }


conversation_bulk = bulk_of(ConversationListing)
conversation_export = export_of(ConversationListing)


@require_GET
def conversation_detail(request: OwnedRequest, pk: int) -> HttpResponse:
    return detail_page(request, pk)


@require_http_methods(["GET", "POST"])
def conversation_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    return edit_page(
        request,
        ConversationForm(request.POST or None, instance=conversation, owner=request.user),
        title=_("How and where you talk with %(name)s") % {"name": conversation.person.name},
        saved=_("The conversation is saved."),
        cancel=conversation,
        delete=reverse("outreach:conversation_delete", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def conversation_notes(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    form = ConversationNotesForm(request.POST or None, instance=conversation, owner=request.user)
    if request.htmx and form.is_bound:
        return autosaved(request, form)
    return edit_page(
        request,
        form,
        title=_("Notes on the conversation with %(name)s") % {"name": conversation.person.name},
        saved=_("Your notes are saved."),
        cancel=conversation,
        act=ConversationNotesForm.finish,
    )


@require_http_methods(["GET", "POST"])
def conversation_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    back = reverse("outreach:conversation_list")
    return delete_page(request, conversation, back=back, cancel=conversation.get_absolute_url())


def detail_page(
    request: OwnedRequest, pk: int, *, more: AskAlsoForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of one conversation; `more` is a form that asks for another question, with its errors."""
    talks = owned_talks(request).with_write_up().prefetch_related("questions", "person__keys")
    conversation = get_object_or_404(talks, pk=pk)
    context = {
        "conversation": conversation,
        "person": conversation.person,
        "step": conversation.next_step(
            now=request.now, zone=request.user.zone, is_written_up=conversation.is_written_up
        ),
        "likely_day": conversation.likely_day(request.today, request.user.zone),
        "bank": Question.objects.owned_by(request.user).exclude(asked__conversation=conversation),
        "more": more or AskAlsoForm(conversation=conversation),
    }
    return page(request, "outreach/conversation_detail.html", context, fragments=["questions"], status=status)


def owned_talks(request: OwnedRequest) -> ConversationQuerySet:
    talks: ConversationQuerySet = Conversation.objects.owned_by(request.user)
    return talks.select_related("person__company", "owner")

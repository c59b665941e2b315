import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from contacts.models import Person
from netjob import zones
from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from netjob.paging import page_of
from netjob.views.bulk import bulk_of
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from netjob.views.lists import addressed, asked_for, export_of, list_page
from outreach.forms.conversations import (
    AlreadyTalkedForm,
    AskedForTimeForm,
    ConversationForm,
    ConversationNotesForm,
    TimeForm,
)
from outreach.forms.questions import AskAlsoForm
from outreach.lists import ConversationListing
from outreach.models import Conversation, Question
from outreach.models.conversation import ConversationQuerySet
from outreach.views.autosaving import autosaved

MANY = 50
"""Rows that each part of the list shows at most."""
BEGINNINGS: dict[str, Callable[..., Conversation]] = {
    "asked": Conversation.ask,
    "scheduled": Conversation.agree,
    "held": Conversation.already_held,
}


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


@require_http_methods(["GET", "POST"])
def conversation_add(request: OwnedRequest, person_pk: int) -> HttpResponse:
    people = Person.objects.owned_by(request.user).select_related("company", "owner")
    person = get_object_or_404(people, pk=person_pk)
    way = request.POST.get("way", "")
    forms = _ways(request, person, sent=way)
    if way in BEGINNINGS and forms[way].is_valid():
        facts = forms[way].facts(request.today) if way == "scheduled" else forms[way].cleaned_data
        conversation = attempt(forms[way], lambda: BEGINNINGS[way](person, **facts))
        if conversation:
            _say_what_began(request, conversation)
            return redirect(conversation)
    standing = person.conversations.open().first()
    context = {"person": person, "forms": forms, "way": way, "standing": standing}
    return page(request, "outreach/conversation_add.html", context, status=422 if way else 200)


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


@require_http_methods(["GET", "POST"])
def conversation_schedule(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    was_scheduled = conversation.state == Conversation.State.SCHEDULED
    form = TimeForm(
        request.POST or None,
        owner=request.user,
        person=conversation.person,
        now=request.now,
        initial=_standing_time(conversation),
    )
    if form.is_valid():
        attempt(form, lambda: conversation.schedule(**form.facts(request.today)))
        if not form.errors:
            _say_the_time(request, conversation, moved=was_scheduled)
            return redirect(conversation)
    context = {"form": form, "conversation": conversation, "was_scheduled": was_scheduled}
    status = 422 if form.is_bound else 200
    return page(request, "outreach/conversation_schedule.html", context, status=status)


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


def _ways(request: OwnedRequest, person: Person, *, sent: str) -> dict[str, Any]:
    """The three ways to begin; the one that was sent holds what was sent."""
    mode = {"mode": Conversation.preferred_mode(person)}
    data = {way: request.POST if way == sent else None for way in ("asked", "scheduled", "held")}
    live = mode if mode["mode"] != Conversation.Mode.WRITING else {}
    time: dict[str, Any] = {"owner": request.user, "person": person, "now": request.now}
    return {
        "asked": AskedForTimeForm(data["asked"], today=request.today, initial=mode, prefix="asked"),
        "scheduled": TimeForm(data["scheduled"], **time, initial=live, prefix="scheduled"),
        "held": AlreadyTalkedForm(data["held"], today=request.today, initial=mode, prefix="held"),
    }


def _standing_time(conversation: Conversation) -> dict[str, Any]:
    names = ("wall_day", "wall_time", "zone", "minutes", "mode", "place")
    return {name: getattr(conversation, name) for name in names if getattr(conversation, name)}


def _say_what_began(request: OwnedRequest, conversation: Conversation) -> None:
    name = {"name": conversation.person.name}
    if conversation.state == Conversation.State.SCHEDULED:
        _say_the_time(request, conversation, moved=False)
    elif conversation.state == Conversation.State.HELD:
        messages.success(
            request, _("You talked with %(name)s. Write down what you learned while it is fresh.") % name
        )
    elif conversation.in_writing:
        messages.success(request, _("You asked %(name)s. Your questions are the next step.") % name)
    else:
        messages.success(request, _("You asked %(name)s for a time. Enter it here when they answer.") % name)


def _say_the_time(request: OwnedRequest, conversation: Conversation, *, moved: bool) -> None:
    """Both clocks, so that a wrong zone is seen at once; and what else is at that time."""
    assert conversation.starts_at
    mine = request.user.time_zone
    clocks = zones.clock_text(conversation.starts_at, mine, conversation.their_zone)
    sentence = (
        _("Moved: you talk with %(name)s on %(time)s.") if moved else _("You talk with %(name)s on %(time)s.")
    )
    messages.success(request, sentence % {"name": conversation.person.name, "time": clocks})
    if clashing := conversation.clashes():
        names = ", ".join(talk.person.name for talk in clashing[:3])
        messages.warning(request, _("At that time you also talk with %(names)s.") % {"names": names})

"""How a conversation begins, and when it takes place: by both clocks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts.models import Person
from netjob import zones
from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from outreach.forms.conversations import AlreadyTalkedForm, AskedForTimeForm, TimeForm
from outreach.models import Conversation
from outreach.views.conversations import owned_talks

BEGINNINGS: dict[str, Callable[..., Conversation]] = {
    "asked": Conversation.ask,
    "scheduled": Conversation.agree,
    "held": Conversation.already_held,
}


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

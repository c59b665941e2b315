"""What happened to a conversation, one button each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netjob.htmx import OwnedRequest
from outreach.models import Conversation
from outreach.views.conversations import owned_talks
from outreach.views.days import day_of


@require_POST
def propose(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    conversation.propose(on=day_of(request))
    return _done(request, conversation, _("Noted: you proposed times. Enter the one that %(name)s chooses."))


@require_POST
def send_questions(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    conversation.send_questions(on=day_of(request))
    return _done(
        request, conversation, _("Your questions are with %(name)s. Answers in writing take a while.")
    )


@require_POST
def hold(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    conversation.hold(on=day_of(request, conversation.likely_day(request.today, request.user.zone)))
    return _done(
        request, conversation, _("You talked with %(name)s. Write down what you learned while it is fresh.")
    )


@require_POST
def cancel(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    conversation.cancel(on=day_of(request))
    return _done(request, conversation, _("Cancelled. Another time may suit both of you better."))


@require_POST
def miss(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    conversation.miss(on=day_of(request, conversation.likely_day(request.today, request.user.zone)))
    return _done(request, conversation, _("%(name)s did not come. It happens; offer another time."))


@require_POST
def undo_move(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    move = conversation.undo_move(on=request.today)
    return _done(request, conversation, f"{move.back}.")


@require_POST
def confirm(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    conversation.confirm(on=day_of(request))
    return _done(request, conversation, _("The time is confirmed with %(name)s."))


@require_POST
def prepare(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    conversation.prepare(on=day_of(request))
    return _done(request, conversation, _("You are prepared for %(name)s."))


@require_POST
def thank(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    conversation.thank(on=day_of(request))
    return _done(request, conversation, _("You thanked %(name)s."))


@require_POST
def unstamp(request: OwnedRequest, pk: int, stamp: str) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    if stamp not in Conversation.STAMPS:
        raise Http404
    conversation.unstamp(stamp, on=request.today)
    return _done(request, conversation, _("Taken back."))


def _done(request: OwnedRequest, conversation: Conversation, sentence: str) -> HttpResponse:
    messages.success(request, sentence % {"name": conversation.person.name})
    return redirect(conversation)

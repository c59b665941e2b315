"""Messages on their way out and in, and what follows from them: a conversation asked for, thanks said, a
request answered. Several nouns at once, so it stands beside them."""

import datetime as dt

from django.db.models import Exists
from django.utils.translation import gettext as _

from contacts.models import Introduction, Person
from netjob import undo
from outreach.composing import Channel, moment_of
from outreach.models import Conversation, Message, Request

Kind = Message.Kind
BY_REQUEST = (Kind.FIRST_MESSAGE, Kind.ASK_FOR_TIME, Kind.FOLLOW_UP, Kind.REPLY)


def find_place(draft: Message) -> None:
    """What a new message belongs to, where nobody said it: the running request, the talk to thank for."""
    if draft.request is None and draft.kind in BY_REQUEST:
        running = draft.person.requests.filter(state__in=["sent", "accepted", "answered"])
        draft.request = running.order_by("-sent_on", "-pk").first()
    if draft.conversation is None and draft.kind == Kind.THANKS:
        held = draft.person.conversations.filter(state=Conversation.State.HELD, thanked_on=None)
        draft.conversation = held.order_by("-held_on", "-pk").first()


def send(message: Message, *, at: dt.datetime, introduction: Introduction | None = None) -> None:
    """Mark as sent, with its consequence. Raises Refused with what must be mended first.

    `introduction` is what a request for one, or a report back, is about; without it the only one that it can be.
    """
    message.send(at=at)
    assert message.sent_on
    if not _ask_or_thank(message, on=message.sent_on):
        message.log(str(Message.DONE[Kind(message.kind)]), on=message.sent_on)
    _ask_or_tell_introducer(message, introduction, on=message.sent_on)


def unsend(message: Message, *, on: dt.date) -> None:
    """Not sent after all; what it brought about goes too, unless that went on by itself meanwhile."""
    asked = _conversation_asked_by(message)
    _take_back_from_introducer(message, on=on)
    thanked = _conversation_thanked_by(message)
    if asked:
        message.conversation = None
    message.unsend()
    if asked:
        undo.delete([asked], sentence=_("Took back the asking of %(name)s") % {"name": message.person.name})
    if thanked:
        thanked.unstamp("thanked_on", on=on)
    else:
        message.log(_("Not sent after all: %(kind)s") % {"kind": message}, on=on)


def receive(
    person: Person,
    *,
    on: dt.date,
    now: dt.datetime,
    text: str,
    reply_kind: str = "",
    channel: str = Channel.MESSAGE,
    request: Request | None = None,
) -> Request | None:
    """Keep what they wrote. Returns the request that it answers, or declines, if there was one.

    An out-of-office note is kept and answers nothing: nobody has read the request yet. "Rather not" also
    declines a request that was answered before, as long as it led to no conversation.
    """
    at = moment_of(on, person.owner, now=now)
    waiting = request or person.requests.awaiting_answer().order_by("-sent_on", "-pk").first()
    if waiting is None and reply_kind == Message.ReplyKind.NEGATIVE:
        led_on = person.conversations.filter(state__in=[*Conversation.OPEN, Conversation.State.HELD])
        answered = person.requests.filter(~Exists(led_on), state=Request.State.ANSWERED)
        waiting = answered.order_by("-sent_on", "-pk").first()
    if waiting and reply_kind != Message.ReplyKind.OUT_OF_OFFICE:
        waiting.answer(on=on, at=at, text=text, reply_kind=reply_kind)
        return waiting
    talk = person.conversations.open().order_by("-pk").first()
    message = Message.receive(
        person, at=at, text=text, reply_kind=reply_kind, channel=channel, request=waiting, conversation=talk
    )
    message.log(_("They wrote"), on=on, text=text)
    Message.settle([message])
    return None


def _ask_or_thank(message: Message, *, on: dt.date) -> bool:
    """Tell the conversation what this message does to it; False where it does nothing."""
    person = message.person
    if message.kind == Kind.ASK_FOR_TIME and not person.conversations.open().exists():
        led_to_it = person.requests.filter(state__in=["accepted", "answered"]).order_by("-sent_on", "-pk")
        message.conversation = Conversation.ask(person, on=on, request=led_to_it.first())
        message.save()
        return True
    if message.kind == Kind.THANKS and message.conversation:
        message.conversation.thank(on=on)
        return True
    return False


def _ask_or_tell_introducer(message: Message, about: Introduction | None, *, on: dt.date) -> None:
    """An introduction that was wished for is asked for, or its introducer hears what came of it."""
    theirs = Introduction.objects.filter(introducer=message.person).select_related(
        "introducer", "person", "company"
    )
    if message.kind == Kind.INTRODUCTION_REQUEST:
        rows = list(theirs.filter(state=Introduction.State.WISHED, wished_on__lte=on))
    elif message.kind == Kind.REPORT_BACK:
        rows = list(theirs.untold().filter(made_on__lte=on))
    else:
        return
    meant = [row for row in rows if row == about] if about else rows
    if len(meant) == 1:
        (meant[0].ask if message.kind == Kind.INTRODUCTION_REQUEST else meant[0].tell)(on=on)


def _take_back_from_introducer(message: Message, *, on: dt.date) -> None:
    """What the sending said to an introducer, where nothing happened since."""
    theirs = Introduction.objects.filter(introducer=message.person).select_related(
        "introducer", "person", "company"
    )
    if message.kind == Kind.INTRODUCTION_REQUEST:
        for row in theirs.filter(state=Introduction.State.ASKED, asked_on=message.sent_on)[:1]:
            row.undo_move(on=on)
    elif message.kind == Kind.REPORT_BACK:
        for row in theirs.filter(told_on=message.sent_on)[:1]:
            row.untell(on=on)


def _conversation_asked_by(message: Message) -> Conversation | None:
    """The conversation that this message began, as long as nothing else has happened in it."""
    talk = message.conversation
    if message.kind != Kind.ASK_FOR_TIME or talk is None:
        return None
    untouched = talk.state == Conversation.State.ASKED and talk.asked_on == message.sent_on and not talk.notes
    others = talk.messages.exclude(pk=message.pk).exists() or talk.questions.exclude(answer="").exists()
    return talk if untouched and not others else None


def _conversation_thanked_by(message: Message) -> Conversation | None:
    talk = message.conversation
    is_mine = message.kind == Kind.THANKS and talk is not None and talk.thanked_on == message.sent_on
    return talk if is_mine else None

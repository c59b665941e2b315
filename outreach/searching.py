"""What the search shows of what was learned, written and talked about."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob.models import User
from netjob.search import Hit, Source, register
from outreach.models import Conversation, ConversationQuestion, Insight, Message, Request

_OF_A_TALK = ("ended_on", "wall_day", "asked_on", "person__name", "person__company__name")


def insights(owner: User, pks: Sequence[int], today: dt.date) -> Iterator[Hit]:
    rows = Insight.objects.these(owner, pks).select_related("company", "person")
    rows = rows.only("text", "said_on", "company__name", "person__name")
    for insight in rows:
        yield Hit(
            insight.pk,
            _("Insight about %(name)s") % {"name": insight.company.name},
            f"{insight.get_absolute_url()}#insights",
            where=insight.person.name if insight.person else "",
            text=insight.text,
            day=insight.said_on,
        )


def messages(owner: User, pks: Sequence[int], today: dt.date) -> Iterator[Hit]:
    rows = Message.objects.these(owner, pks).select_related("person__company")
    rows = rows.only(
        "kind", "direction", "subject", "text", "sent_on", "request", "person__name", "person__company__name"
    )
    for message in rows:
        title = _("%(kind)s to %(name)s") if message.is_from_me else _("%(kind)s from %(name)s")
        yield Hit(
            message.pk,
            title % {"kind": message.get_kind_display(), "name": message.person.name},
            _page_of(message),
            where=" · ".join(
                filter(None, [str(message.person.company or ""), _("Draft") if message.is_draft else ""])
            ),
            text=" · ".join(filter(None, [message.subject, message.text])),
            day=message.sent_on,
        )


def _page_of(message: Message) -> str:
    """A note is read with its request."""
    if message.kind == Message.Kind.NOTE and message.request_id:
        return Request(pk=message.request_id).get_absolute_url()
    return message.get_absolute_url()


def conversations(owner: User, pks: Sequence[int], today: dt.date) -> Iterator[Hit]:
    rows = Conversation.objects.these(owner, pks).select_related("person__company")
    for talk in rows.only("notes", *_OF_A_TALK):
        yield _of_talk(talk.pk, talk, talk.get_absolute_url(), talk.notes)


def answers(owner: User, pks: Sequence[int], today: dt.date) -> Iterator[Hit]:
    rows = ConversationQuestion.objects.these(owner, pks)
    columns = (f"conversation__{name}" for name in _OF_A_TALK)
    for asked in rows.select_related("conversation__person__company").only("text", "answer", *columns):
        yield _of_talk(asked.pk, asked.conversation, asked.get_absolute_url(), asked.answer, asked.text)


def _of_talk(pk: int, talk: Conversation, url: str, text: str, question: str = "") -> Hit:
    return Hit(
        pk,
        str(talk),
        url,
        where=" · ".join(filter(None, [str(talk.person.company or ""), question])),
        text=text,
        day=talk.ended_on or talk.wall_day or talk.asked_on,
    )


def register_sources() -> None:
    talks = gettext_lazy("Conversations")
    register(
        Source(4, "insights", gettext_lazy("Insights"), "outreach.Insight", insights, is_text=True),
        Source(5, "messages", gettext_lazy("Messages"), "outreach.Message", messages, is_text=True),
        Source(6, "conversations", talks, "outreach.Conversation", conversations, is_text=True),
        Source(7, "conversations", talks, "outreach.ConversationQuestion", answers, is_text=True),
    )

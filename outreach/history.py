"""Which lines of the history of a company or a person are about what is asked, said and talked."""

from django.utils.translation import gettext_lazy as _

from netjob.history import Part
from outreach.models import Conversation, Message, Request

PARTS = {
    "requests": Part(
        _("Requests and messages"),
        frozenset({*(move.noun for move in Request.MOVES), *Message.Kind.values}),
    ),
    "conversations": Part(
        _("Conversations"),
        frozenset(
            {
                *(move.noun for move in Conversation.MOVES),
                *("questions_sent", "unquestions_sent", "thanks", "unthanked"),
            }
        ),
    ),
}

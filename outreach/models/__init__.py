"""What I say, and what came of it."""

from outreach.models.application import Application, Interview, Referral
from outreach.models.conversation import Conversation, ConversationQuestion, Question
from outreach.models.deferral import Deferral
from outreach.models.insight import Insight
from outreach.models.message import Message
from outreach.models.message_template import MessageTemplate
from outreach.models.request import Request

__all__ = [
    "Application",
    "Conversation",
    "ConversationQuestion",
    "Deferral",
    "Insight",
    "Interview",
    "Message",
    "MessageTemplate",
    "Question",
    "Referral",
    "Request",
]

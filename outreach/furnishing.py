"""What stands on the shelves of a new account: the shipped templates and questions, its own to change."""

from netjob.models import User
from outreach.models import MessageTemplate, Question
from outreach.shipped import SHIPPED_QUESTIONS, SHIPPED_TEMPLATES


def furnish(user: User) -> None:
    MessageTemplate.objects.bulk_create(
        MessageTemplate(owner=user, kind=kind, name=name, subject=subject, body=body)
        for kind, name, subject, body in SHIPPED_TEMPLATES
    )
    Question.objects.bulk_create(Question(owner=user, aim=aim, text=text) for aim, text in SHIPPED_QUESTIONS)

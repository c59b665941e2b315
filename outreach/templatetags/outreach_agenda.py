from django import template
from django.db.models import F
from django.template.context import Context

from companies.models import Company
from contacts.models import Person
from outreach.agenda import Agenda, Step
from outreach.models import Conversation

register = template.Library()


@register.simple_tag(takes_context=True)
def next_step(context: Context, person: Person) -> Step | None:
    """The first step that is due with a person, or the one that will be."""
    request = context["request"]
    if person.do_not_contact_on:
        return None
    return next(iter(Agenda(request.user, request.now, person=person).steps), None)


@register.simple_tag
def open_talk_at(company: Company) -> Conversation | None:
    """The talk at a company that is asked for or scheduled, the soonest first."""
    talks = Conversation.objects.filter(person__company=company).open().select_related("person")
    return talks.order_by(F("starts_at").asc(nulls_last=True), "pk").first()

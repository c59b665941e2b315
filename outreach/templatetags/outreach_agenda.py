from django import template
from django.template.context import Context

from contacts.models import Person
from outreach.agenda import Agenda, Step

register = template.Library()


@register.simple_tag(takes_context=True)
def next_step(context: Context, person: Person) -> Step | None:
    """The first step that is due with a person, or the one that will be."""
    request = context["request"]
    if person.do_not_contact_on:
        return None
    return next(iter(Agenda(request.user, request.now, person=person).steps), None)

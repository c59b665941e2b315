"""Which doors stand open to a visitor."""

from allauth.account.adapter import get_adapter
from django import template
from django.template.context import Context

from netjob import accounts

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_up_is_open(context: Context) -> bool:
    return bool(get_adapter().is_open_for_signup(context["request"]))


@register.simple_tag
def nobody_is_here() -> bool:
    """Whether the first account is still to be made."""
    return accounts.is_first_visit()

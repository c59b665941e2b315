"""How the pages of companies show a rating (dots that can be set in place) and a search to open elsewhere."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from companies.models import Company
from companies.visits import Search
from netjob.words import spoken_day

register = template.Library()


@register.simple_tag
def rating_dots(company: Company, name: str) -> SafeString:
    """The radio buttons of `motivation` or `posting`; they belong to the form with the id `rating-<pk>`."""
    dots = _dots(name, getattr(company, name), get_language() or "")
    return format_html(dots, pk=company.pk, company=company.name)


@lru_cache(maxsize=100)
def _dots(name: str, chosen: int, language: str) -> str:
    """Their markup with {pk} and {company} left open: a list shows it hundreds of times."""
    field: Any = Company._meta.get_field(name)
    dots = format_html_join(
        "",
        '<label title="{label}"><input type="radio" form="rating-{pk}" name="{name}" value="{value}"'
        ' aria-label="{label}"{checked}></label>',
        (
            {
                "label": label,
                "value": value,
                "name": name,
                "pk": "{pk}",
                "checked": " checked" if value == chosen else "",
            }
            for value, label in field.choices or ()
        ),
    )
    return format_html(
        '<fieldset class="dots-input"><legend class="visually-hidden">{what}: {company}</legend>'
        "{dots}</fieldset>",
        what=str(field.verbose_name).capitalize(),
        company="{company}",
        dots=dots,
    )


@register.simple_tag(takes_context=True)
def search_link(context: Context, search: Search, of: str = "") -> SafeString:
    """A plain link that opens elsewhere, and when it was last opened.

    A script posts the visit to the form `#visits`; without scripts a button of that form does. `of` says to
    those who hear the link alone what it is about.
    """
    return format_html(
        '<span class="search"><a href="{}" target="_blank" rel="noopener noreferrer" data-search="{}">'
        '<span dir="auto">{}</span>{}</a>{}<noscript><button class="button quiet small" form="visits" '
        'name="search" value="{}">{}<span class="visually-hidden">: {}</span></button></noscript></span>',
        search.url,
        search.key,
        search.words,
        _site(search, of),
        _opened(search.opened_at, context["request"].today),
        search.key,
        _("Searched today"),
        " ".join(filter(None, (search.words, search.site, of))),
    )


def _site(search: Search, of: str) -> SafeString:
    unseen = format_html('<span class="visually-hidden">, {}</span>', of) if of else ""
    return format_html(" <small>{}{}</small>", search.site, unseen) if search.site else SafeString(unseen)


def _opened(at: dt.datetime | None, today: dt.date) -> SafeString:
    if at is None:
        return SafeString('<time class="opened" hidden></time>')
    local = timezone.localtime(at)
    return format_html(
        '<time class="opened" datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        date_format(local, "l j F Y, H:i"),
        _("opened %(day)s") % {"day": spoken_day(local.date(), today)},
    )

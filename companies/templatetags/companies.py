"""How the pages of companies show a rating: as dots that can be set in place."""

from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from companies.models import Company

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

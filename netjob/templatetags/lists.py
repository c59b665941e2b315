"""What the pages of lists write: the fields of a filter, and headings that sort. By hand, for speed."""

from functools import lru_cache
from html import escape
from typing import Any

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from netjob.addresses import address
from netjob.lists import LONGEST_WORDS, Listing, WordsField

register = template.Library()
register.simple_tag(address)


@register.simple_tag
def filter_field(listing: Listing, name: str) -> SafeString:
    """One field of a filter form; its label is for screen readers, for every choice says what it is."""
    field: Any = listing.fields[name]
    value = listing.chosen.get(name, "")
    if isinstance(field, forms.ModelChoiceField):
        return _one_that_is_chosen(listing, name, value) if value else SafeString()
    if isinstance(field, WordsField):
        markup = _words_field(type(listing), name, get_language())
        return SafeString(markup.replace("{value}", escape(value)))
    return _choice_field(type(listing), name, str(value), get_language())


@lru_cache(maxsize=500)
def _words_field(listing: type[Listing], name: str, language: str | None) -> SafeString:
    """With its {value} left open."""
    field = listing.base_fields[name]
    return format_html(
        '{}<input type="{}" id="{}" name="{}" value="{}" placeholder="{}" maxlength="{}" autocomplete="off">',
        _label(name, field.label), "search" if name == "q" else "text", _id_of(name), name, "{value}",
        field.label, LONGEST_WORDS,
    )  # fmt: skip


@lru_cache(maxsize=500)
def _choice_field(listing: type[Listing], name: str, chosen: str, language: str | None) -> SafeString:
    """The choices of a list are the same for everybody."""
    field: Any = listing.base_fields[name]
    return format_html("{}{}", _label(name, field.label), _select(name, field.choices, chosen))


def _label(name: str, label: Any) -> SafeString:
    return format_html('<label class="visually-hidden" for="{}">{}</label>', _id_of(name), label)


def _one_that_is_chosen(listing: Listing, name: str, row: Any) -> SafeString:
    """It came with a link, so it says what it is, and goes with a link."""
    without = _("Without “%(name)s”") % {"name": row}
    return format_html(
        '<input type="hidden" name="{}" value="{}"><span class="chip chosen"><bdi>{}</bdi> '
        '<a href="{}" aria-label="{}">×</a></span>',
        name, row.pk, row, listing.address(**{name: ""}), without,
    )  # fmt: skip


@register.simple_tag
def sort_field(listing: Listing) -> SafeString:
    """The orders to choose from; the one that a heading turned round is said to be so."""
    chosen = listing.sorted
    choices = [(sort.name, sort.label) for sort in listing.offered_sorts]
    if chosen.name not in dict(choices):
        choices.append((chosen.name, _("%(order)s, turned round") % {"order": chosen.label}))
    return format_html("{}{}", _label("sort", _("Order")), _select("sort", choices, chosen.name))


@register.simple_tag
def filter_trigger(listing: Listing) -> str:
    """When htmx asks anew: while words are typed, when something is chosen, and on Enter."""
    typed, chosen = [], ["change from:#filter_sort"]
    for name, field in listing.fields.items():
        if isinstance(field, WordsField):
            typed.append(f"input changed delay:250ms from:#{_id_of(name)}")
        elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            chosen.append(f"change from:#{_id_of(name)}")
    return ", ".join([*typed, *chosen, "submit"])


@register.simple_tag
def sort_heading(listing: Listing, name: str, label: str, classes: str = "") -> SafeString:
    """The heading of a column that sorts by it; pressed again it turns round. `name` is its sort's."""
    sort = next(sort for sort in listing.sorts if sort.name == name)
    is_now = listing.sorted.name.removeprefix("-") == name
    goes_down = sort.order[0].startswith("-") != listing.sorted.name.startswith("-")
    to = f"-{name}" if is_now and listing.sorted.name == name else name
    direction = ("descending" if goes_down else "ascending") if is_now else ""
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}</a></th>',
        format_html(' class="{}"', classes) if classes else "",
        format_html(' aria-sort="{}"', direction) if direction else "",
        listing.address(sort=to),
        label,
    )


def _id_of(name: str) -> str:
    return "q" if name == "q" else f"filter_{name}"


def _select(name: str, choices: Any, chosen: Any) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected") if str(value) == str(chosen) else "", label)
            for value, label in choices
        ),
    )
    return format_html('<select id="{}" name="{}">{}</select>', _id_of(name), name, options)

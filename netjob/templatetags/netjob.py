"""Tags and filters that every template has at hand (a template builtin, no load needed)."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from netjob.addresses import address
from netjob.forms import NoteForm
from netjob.markup import kept, open_markup, translate
from netjob.models import User
from netjob.submissions import FIELD
from netjob.words import spoken_day

register = template.Library()
register.tag(kept)
register.tag(translate)


@register.simple_tag
def submission_key() -> SafeString:
    """The hidden field that lets a form act once, however often it is sent."""
    return SafeString(f'<input type="hidden" name="{FIELD}" value="{uuid.uuid4()}">')


@register.simple_tag
def empty_note(today: dt.date, ids: str) -> NoteForm:
    """To write a note in; until it is sent it is nobody's."""
    return NoteForm(owner=User(), today=today, auto_id=ids)


@register.filter
def undo_act(message: Any) -> str:
    """The act that a message offers to undo, or nothing."""
    tag = re.search(r"undo:([0-9a-f-]{36})", getattr(message, "extra_tags", "") or "")
    return tag[1] if tag else ""


@register.filter
def initials(name: str) -> str:
    """Two letters for an avatar; one for a name of one word, the first sign of any other script."""
    words = [word for word in re.split(r"[\s\-.]+", name) if word and word[0].isalnum()]
    if not words:
        return "·"
    letters = words[0][:2] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters[:1].upper() + letters[1:]


@register.simple_tag(takes_context=True)
def day(context: Context, value: dt.date | dt.datetime | None) -> SafeString | str:
    """A date as people say it ("today", "tomorrow", "Friday", "3 November"), the exact one in `datetime`."""
    if value is None:
        return ""
    # A moment is a day only by somebody's clock: the user's.
    on = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    return _day(on, context["request"].today, get_language() or "")


@register.simple_tag(takes_context=True)
def timeline_rows(context: Context, events: Iterable[Any], back: str = "") -> SafeString:
    """The lines of a history (`_history_row.html`), each with its `person` where the page says of whom it is."""
    back = quote(back or context["request"].path)
    return SafeString("".join(_timeline_row(context, event, back) for event in events))


def _timeline_row(context: Context, event: Any, back: str) -> str:
    person = getattr(event, "person", None)
    markup = open_markup(
        "_history_row.html", has_person=person is not None, is_mine=event.is_mine(), has_text=bool(event.text)
    )
    return markup.format(
        title=escape(event.title),
        person_url=person.get_absolute_url() if person else "",
        person=escape(person.name) if person else "",
        edit=address("netjob:note_edit", event.pk),
        back=back,
        text=escape(event.text),
        day=day(context, event.happened_on),
    )


@lru_cache(maxsize=5000)
def _day(on: dt.date, today: dt.date, language: str) -> SafeString:
    """A page shows the same few days dozens of times."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        on.isoformat(),
        date_format(on, "l j F Y"),
        spoken_day(on, today),
    )

"""What writing a request and writing a message have in common: the composer, its template, its preview."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from contacts.models import Event, Introduction, Person
from contacts.ways_in import Ask
from netjob.htmx import OwnedRequest, page
from netjob.views.editing import edit_page
from outreach.composing import led_by, values_for
from outreach.forms.composer import ComposerForm
from outreach.models import Message, MessageTemplate
from outreach.models.message_template import best_of
from outreach.shipped import MET_AT_EVENT, MET_WHOM_THEY_NAMED

FRAGMENTS = ["composer", "check"]
WRITTEN = ("channel", "subject", "text", "template", "on")


def person_to_write_to(request: OwnedRequest, pk: int) -> Person:
    people = Person.objects.owned_by(request.user).select_related("company").prefetch_related("keys")
    person = get_object_or_404(people, pk=pk)
    person.owner = request.user
    return person


def asked_for(request: OwnedRequest, name: str, rows: QuerySet[Any]) -> Any:
    """The row that `?name=<pk>` asks for; None where it does not ask, 404 where it is not among `rows`."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return get_object_or_404(rows, pk=text)


def channel_asked_for(request: OwnedRequest, default: str, channels: Iterable[str]) -> str:
    asked = (request.POST if request.method == "POST" else request.GET).get("channel", "")
    return asked if asked in channels else default


def is_preview(request: OwnedRequest) -> bool:
    """The form was sent to be shown again, nothing more: another channel, or what is still open in it."""
    return request.method == "POST" and "preview" in request.POST


def as_kept(message: Message | None, channel: str = "") -> dict[str, Any]:
    """What stands in the composer of a draft; a blank invitation has no message."""
    if message is None:
        return {"channel": channel, "template": "", "subject": "", "text": ""}
    return {
        "channel": message.channel,
        "template": message.template_id or "",
        "subject": message.subject,
        "text": message.text,
    }


class Shelf:
    """The templates that fit here, and the one that the page asks for."""

    def __init__(
        self,
        request: OwnedRequest,
        kinds: list[str],
        *,
        introduction: Introduction | None = None,
        event: Event | None = None,
    ) -> None:
        """`introduction` and `event` are what led to the person, or (asking for one) what it is about."""
        self.introduction, self.event = introduction, event
        rows = MessageTemplate.objects.owned_by(request.user).in_use().filter(kind__in=kinds)
        self.templates = sorted(rows, key=lambda row: (kinds.index(row.kind), row.pk))
        self.asked = request.GET.get("template")
        self.chosen = next((row for row in self.templates if str(row.pk) == self.asked), None)

    @property
    def is_asked(self) -> bool:
        """Whether the page was asked for a template, or (`?template=`) for none."""
        return self.chosen is not None or self.asked == ""

    def start(self, person: Person, channel: str) -> dict[str, Any]:
        """What stands in an empty composer: the template that was asked for, else the best one, filled."""
        led = led_by(person, self.introduction, self.event)
        values = values_for(person) | led
        template = self.chosen
        if not self.is_asked:
            name = MET_AT_EVENT if self.event else MET_WHOM_THEY_NAMED if "person met" in led else ""
            template = best_of(self.templates, person, channel, values, self.introduction, led, name)
        if template is None:
            return {"channel": channel, "template": "", "subject": "", "text": ""}
        letter = template.letter_to(person, channel, values, self.introduction)
        text = letter.text
        if template.kind == template.Kind.INTRODUCTION_REQUEST and self.introduction:
            text = "\n\n".join(filter(None, [text, self._link_for_them(self.introduction)]))
        return {"channel": channel, "template": template.pk, "subject": letter.subject, "text": text}

    @staticmethod
    def _link_for_them(introduction: Introduction) -> str:
        """Where an introducer sees whom they know at the company, if the link can tell."""
        ask = Ask.by(introduction)
        if ask is None or not ask.is_exact:
            return ""
        return _("This link shows whom you know there: %(link)s") % {"link": ask.link}

    def groups(self) -> list[tuple[str, list[MessageTemplate]]]:
        """For a select: its groups, one a kind."""
        found: dict[str, list[MessageTemplate]] = {}
        for template in self.templates:
            found.setdefault(str(template.get_kind_display()), []).append(template)
        return list(found.items())


def compose_page(
    request: OwnedRequest,
    make: Callable[..., ComposerForm],
    *,
    shelf: Shelf,
    start: dict[str, Any],
    template: str,
    fixed: dict[str, Any] | None = None,
    action: str = "",
    **rest: Any,
) -> HttpResponse:
    """Show the composer, or the part of it that htmx asks for; save or send what was written.

    `make` makes the form; `fixed` are the parameters of the address that stay with the page. `rest` as in
    `edit_page`.
    """
    fixed = {name: value for name, value in (fixed or {}).items() if value}
    path = action or request.path
    if is_preview(request):
        start = start | {name: request.POST[name] for name in WRITTEN if name in request.POST}
    data = request.POST if request.method == "POST" and not is_preview(request) else None
    form = make(data, initial=start, owner=request.user, today=request.today)
    if is_preview(request) and "version" in request.POST:
        # What somebody saved meanwhile must still be noticed when this is saved.
        form.initial["version"] = request.POST["version"]
    context: dict[str, Any] = {
        "person": form.person,
        "shelf": shelf,
        "fixed": fixed,
        "path": path,
        "action": f"{path}?{urlencode(fixed)}" if fixed else path,
        "chosen": str(form["template"].value() or ""),
    }
    if request.htmx and request.htmx.target in FRAGMENTS:
        shown = context | {"form": form} | {name: rest[name] for name in ("heading",) if name in rest}
        return page(request, "outreach/_composer.html", shown, fragments=FRAGMENTS)
    if is_preview(request):
        return page(request, template, context | rest | {"form": form})
    return edit_page(request, form, template=template, **context, **rest)

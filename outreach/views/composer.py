"""What writing a request and writing a message have in common: the composer, its template, its preview."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from contacts.models import Person
from netjob.htmx import OwnedRequest, page
from netjob.views.editing import edit_page
from outreach.forms.composer import ComposerForm

FRAGMENTS = ["composer", "check"]


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


def compose_page(
    request: OwnedRequest,
    make: Callable[..., ComposerForm],
    *,
    template: str,
    fixed: dict[str, Any] | None = None,
    action: str = "",
    **rest: Any,
) -> HttpResponse:
    """Show the composer, or the part of it that htmx asks for; save or send what was written.

    `make` makes the form; `fixed` are the parameters of the address that stay with the page. `rest` as in
    `edit_page`, with the `shelf`.
    """
    fixed = {name: value for name, value in (fixed or {}).items() if value}
    path = action or request.path
    shown = request.POST if is_preview(request) else None
    data = request.POST if request.method == "POST" and not shown else None
    form = make(data, shown=shown, owner=request.user, today=request.today)
    rest |= {
        "person": form.person,
        "fixed": fixed,
        "path": path,
        "action": f"{path}?{urlencode(fixed)}" if fixed else path,
        "chosen": str(form["template"].value() or ""),
    }
    if request.htmx and request.htmx.target in FRAGMENTS:
        return page(request, "outreach/_composer.html", rest | {"form": form}, fragments=FRAGMENTS)
    if shown:
        return page(request, template, rest | {"form": form})
    return edit_page(request, form, template=template, **rest)

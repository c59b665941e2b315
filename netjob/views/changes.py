"""What was deleted or changed in the last thirty days, and the way back."""

import uuid
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Max, Min, Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from netjob import undo
from netjob.htmx import OwnedRequest, page
from netjob.models import Change
from netjob.ownership import OwnedModel
from netjob.views.errors import safe_back


@require_GET
def change_list(request: OwnedRequest) -> HttpResponse:
    acts = (
        Change.objects.filter(owner=request.user, at__gte=request.now - Change.KEPT, undone_at__isnull=True)
        .values("act", "sentence")
        .annotate(at=Min("at"), rows=Sum("rows"), last=Max("pk"))
        .order_by("-last")[:100]
    )
    return page(request, "netjob/change_list.html", {"acts": acts})


@require_POST
def change_undo(request: OwnedRequest, act: uuid.UUID) -> HttpResponse:
    done = undo.undo(request.user, act, now=request.now)
    messages.success(request, _("Undone: %(sentence)s") % {"sentence": done.sentence})
    tell_what_is_left(request, done)
    return redirect(_still_there(safe_back(request, "netjob:change_list"), done.gone))


def tell_what_is_left(request: OwnedRequest, done: undo.Undone) -> None:
    if done.left:
        count = len(done.left)
        messages.warning(
            request,
            ngettext(
                "%(count)d thing changed since and was left as it is: %(names)s.",
                "%(count)d things changed since and were left as they are: %(names)s.",
                count,
            )
            % {"count": count, "names": ", ".join(done.left[:5])},
        )


def _still_there(back: str, gone: Iterable[OwnedModel]) -> str:
    """Not to the page of what an undo has just taken away."""
    path = urlsplit(back).path
    is_gone = any(path == _page_of(row) for row in gone)
    return settings.LOGIN_REDIRECT_URL if is_gone else back


def _page_of(row: OwnedModel) -> str:
    with suppress(AttributeError, ObjectDoesNotExist):  # without a page; the page of what went along
        return str(row.get_absolute_url())  # type: ignore[attr-defined]
    return ""


def delete_page(request: OwnedRequest, row: OwnedModel, *, back: str, cancel: str = "") -> HttpResponse:
    """GET: what goes with the row. POST: delete it, and offer undo where `back` leads."""
    if request.method == "POST":
        sentence = _("Deleted %(what)s “%(name)s”") % {"what": row._meta.verbose_name, "name": str(row)[:100]}
        act = undo.delete([row], sentence=sentence)
        messages.success(request, sentence + ".", extra_tags=f"undo:{act}")
        return redirect(back)
    goes = [f"{count} {kind}" for kind, count in undo.what_goes_with(row)]
    context = {"row": row, "kind": row._meta.verbose_name, "goes": goes, "cancel": cancel or back}
    return page(request, "netjob/deletion.html", context)

"""What was deleted or changed in the last thirty days, and the way back."""

import uuid

from django.contrib import messages
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
    return redirect(safe_back(request, "netjob:change_list"))


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

"""One act on many rows of a list: which rows, what it has to know, and what came of it."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netjob import bulk, undo
from netjob.htmx import OwnedRequest, page
from netjob.lists import Listing
from netjob.ownership import OwnedModel, Refused
from netjob.views import errors
from netjob.views.lists import asked_for

NAMED = 10
"""Rows that are named before something is done to them; the others are counted."""


class Doing:
    """An act on its way, on a page of ours or of the admin: what it asks, and what came of it."""

    def __init__(
        self, act: bulk.Act, rows: Sequence[OwnedModel], request: OwnedRequest, *, is_sent: bool
    ) -> None:
        self.act, self.rows, self.request, self.is_sent = act, rows, request, is_sent
        self.outcome: bulk.Outcome | None = None
        data = request.POST if is_sent else None
        self.form = act.form(data, owner=request.user, today=request.today) if act.form else None

    def is_done(self) -> bool:
        """Do it, as soon as all is known that it asks for."""
        if not self.is_sent or (self.form and not self.form.is_valid()):
            return False
        self.outcome = bulk.carry_out(
            self.act,
            self.rows,
            self.form.cleaned_data if self.form else {},
            owner=self.request.user,
            now=self.request.now,
            leave_refused="rest" in self.request.POST,
        )
        return self.outcome.act is not None

    @property
    def status(self) -> int:
        """Of the page that stands between."""
        return 422 if self.is_sent else 200

    @property
    def context(self) -> dict[str, Any]:
        return {"act": self.act, "form": self.form, **named(self.rows), **self._refused, "goes": self._goes}

    @property
    def _refused(self) -> dict[str, Any]:
        refused = self.outcome.refused if self.outcome else []
        more = len(refused) - NAMED
        return {"outcome": self.outcome, "refused": refused[:NAMED], "refused_more": more}

    @cached_property
    def _goes(self) -> list[str]:
        kinds = undo.what_goes_with(*self.rows) if self.act.deletes else []
        return [f"{count} {kind}" for kind, count in kinds]


def named(rows: Sequence[OwnedModel]) -> dict[str, Any]:
    return {"rows": rows, "named": rows[:NAMED], "more": len(rows) - NAMED}


def bulk_of(listing: type[Listing]) -> Callable[..., HttpResponse]:
    @require_POST
    def change_many(request: OwnedRequest) -> HttpResponse:
        """One act on the chosen rows: at once, or after a page that asks what it needs to know."""
        asked = asked_for(request, listing)
        if "all" in request.POST and asked.unread:
            return errors.refused(request, _unread(asked), status=422)
        if not (pks := _chosen(request, asked)):
            messages.warning(request, _("Tick those that you mean first."))
            return redirect(asked.address())
        rows = _locked(request, asked, pks)
        act = asked.act(request.POST.get("act", ""))
        if act is None:
            return _page(request, asked, named(rows), status=422)
        asks = act.asks_first or "all" in request.POST
        doing = Doing(act, rows, request, is_sent="sent" in request.POST or not asks)
        if not doing.is_done():
            return _page(request, asked, doing.context, status=doing.status)
        assert doing.outcome
        messages.success(request, f"{doing.outcome.sentence}.", extra_tags=f"undo:{doing.outcome.act}")
        return redirect(asked.address())

    return change_many


def _page(request: OwnedRequest, listing: Listing, context: dict[str, Any], *, status: int) -> HttpResponse:
    pks = ",".join(str(row.pk) for row in context["rows"])
    return page(request, "netjob/bulk.html", {**context, "listing": listing, "pks": pks}, status=status)


def _unread(listing: Listing) -> str:
    return _(
        "“%(filter)s” cannot be read any more, and without it these would be other rows. "
        "Nothing is done. Go back, and choose them anew."
    ) % {"filter": listing.unread[0]}


def _locked(request: OwnedRequest, listing: Listing, pks: list[int]) -> list[OwnedModel]:
    """The owner's rows with these keys, held until they are written. Raises Refused where none is left."""
    found = listing.model.objects.these(request.user, pks)
    found.lock()
    rows = list(listing.of_an_act(found.order_by("pk")))
    if not rows:
        raise Refused(_("None of them is there any more. Reload the list."))
    return rows


def _chosen(request: OwnedRequest, listing: Listing) -> list[int]:
    """The keys of the rows that are ticked, or of all that match. Raises Refused where they are too many."""
    if "all" in request.POST:
        pks = list(listing.rows().order_by("pk").values_list("pk", flat=True)[: bulk.MOST + 1])
    else:
        said = {*request.POST.getlist("row"), *request.POST.get("rows", "").split(",", bulk.MOST + 1)}
        pks = sorted(int(pk) for pk in said if pk.isascii() and pk.isdecimal() and len(pk) < 19)
    bulk.refuse_too_many(len(pks))
    return pks

"""What every list answers: its page, its export, one act on many of its rows, and the filters saved for it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from netjob import bulk, exports, undo
from netjob.htmx import OwnedRequest, page
from netjob.lists import LISTINGS, Listing, SavedFilterForm
from netjob.models import SavedFilter
from netjob.ownership import Refused
from netjob.paging import Page
from netjob.views import errors
from netjob.views.changes import delete_page

LONGEST_ADDRESS = 4000
NAMED = 10
"""Rows that are named before something is done to them; the others are counted."""


def asked_for[Asked: Listing](request: OwnedRequest, listing: type[Asked]) -> Asked:
    return listing(request.GET, owner=request.user, today=request.today)


def list_page(
    request: OwnedRequest,
    template: str,
    listing: Listing,
    *,
    more: Callable[[Page], dict[str, Any]] | None = None,
) -> HttpResponse:
    """The page, its `results` or more of its `rows`. `more` says of the shown rows what a query cannot."""
    rows = listing.shown(request.GET.get("after", ""))
    context = {
        "listing": listing,
        "rows": rows,
        "more_url": listing.address(after=rows.next) if rows.next else "",
    }
    context |= more(rows) if more else {}
    return addressed(request, listing, page(request, template, context, fragments=["results", "rows"]))


def addressed(request: OwnedRequest, listing: Listing, response: HttpResponse) -> HttpResponse:
    """Where htmx swaps the results, the address becomes theirs, without the fields that are left empty."""
    if request.htmx and request.htmx.target == "results":
        response.headers["HX-Replace-Url"] = listing.address()
    return response


def export_of(listing: type[Listing]) -> Callable[..., HttpResponseBase]:
    @require_GET
    def export(request: OwnedRequest) -> HttpResponseBase:
        """What is shown, all of it: the same filter, the same order."""
        kind = request.GET.get("format", "")
        asked = asked_for(request, listing)
        name = f"{asked.file_name}-{request.today.isoformat()}"
        kind = kind if kind in exports.KINDS else exports.KINDS[0]
        return exports.answer(kind, name, asked.columns, asked.exported())

    return export


def bulk_of(listing: type[Listing]) -> Callable[..., HttpResponse]:
    @require_POST
    def change_many(request: OwnedRequest) -> HttpResponse:
        """One act on the chosen rows: at once, or after a page that asks what it needs to know."""
        asked = asked_for(request, listing)
        act = asked.act(request.POST.get("act", ""))
        pks = _chosen(request, asked)
        if act is None or not pks:
            sentence = _("Choose what to do.") if act is None else _("Tick those that you mean first.")
            messages.warning(request, sentence)
            return redirect(asked.address())
        found = asked.model.objects.owned_by(request.user).filter(pk__in=pks)
        found.lock()
        rows = list(asked.of_an_act(found.order_by("pk")))
        is_sent = "sent" in request.POST
        form = _form(act, request, is_sent=is_sent)
        context = {"listing": asked, "act": act, "rows": rows, "form": form, "named": rows[:NAMED]}
        context |= {"pks": ",".join(str(row.pk) for row in rows), "more": len(rows) - NAMED}
        if not rows:
            raise Refused(_("None of them is there any more. Reload the list."))
        if act.deletes:
            context["goes"] = [f"{count} {kind}" for kind, count in undo.what_goes_with(*rows)]
        if not is_sent and (act.asks_first or "all" in request.POST):
            return page(request, "netjob/bulk.html", context)
        if form and not form.is_valid():
            return page(request, "netjob/bulk.html", context, status=422)
        outcome = bulk.carry_out(
            act,
            rows,
            form.cleaned_data if form else {},
            owner=request.user,
            today=request.today,
            leave_refused="rest" in request.POST,
        )
        if outcome.act is None:
            context |= {"outcome": outcome, "refused": outcome.refused[:NAMED]}
            context["refused_more"] = len(outcome.refused) - NAMED
            return page(request, "netjob/bulk.html", context, status=422)
        messages.success(request, f"{outcome.sentence}.", extra_tags=f"undo:{outcome.act}")
        return redirect(asked.address())

    return change_many


def _form(act: bulk.Act, request: OwnedRequest, *, is_sent: bool) -> Any:
    """The act's form, if it asks for anything."""
    data = request.POST if is_sent else None
    return act.form(data, owner=request.user, today=request.today) if act.form else None


def _chosen(request: OwnedRequest, listing: Listing) -> list[int]:
    """The keys of the rows that are ticked, or of all that match. Raises Refused where they are too many."""
    if "all" in request.POST:
        pks = list(listing.rows().order_by("pk").values_list("pk", flat=True)[: bulk.MOST + 1])
    else:
        said = {*request.POST.getlist("row"), *request.POST.get("rows", "").split(",", bulk.MOST + 1)}
        pks = sorted(int(pk) for pk in said if pk.isascii() and pk.isdecimal() and len(pk) < 19)
    if len(pks) > bulk.MOST:
        raise Refused(
            _(
                "That are more than %(most)d at once. Narrow the list with its filters, and take them in parts."
            )
            % {"most": bulk.MOST}
        )
    return pks


@require_POST
def filter_add(request: OwnedRequest) -> HttpResponse:
    """Keep a view of a list under a name; one of the same name gives way."""
    listing = LISTINGS.get(request.POST.get("page", ""))
    if listing is None:
        raise Http404
    said = QueryDict(request.POST.get("query", "")[:LONGEST_ADDRESS])
    asked = listing(said, owner=request.user, today=request.today)
    form, query = SavedFilterForm(request.POST), asked.query()
    if len(query) > form.LONGEST_QUERY:
        form.add_error(None, _("These are more words than can be kept. Search for fewer."))
    if not form.is_valid():
        sentences = [str(error) for problems in form.errors.values() for error in problems]
        return errors.refused(request, " ".join(sentences), status=422)
    name = form.cleaned_data["name"]
    standing = asked.saved_filters().filter(name=name).first()
    if standing is None:
        SavedFilter.objects.create(owner=request.user, page=asked.page, name=name, query=query)
        messages.success(request, _("“%(name)s” is kept.") % {"name": name})
    else:
        sentence = _("“%(name)s” now shows this view") % {"name": name}
        act = undo.change([standing], sentence=sentence, query=query)
        messages.success(request, f"{sentence}.", extra_tags=f"undo:{act}")
    return redirect(asked.address())


@require_http_methods(["GET", "POST"])
def filter_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(SavedFilter.objects.owned_by(request.user), pk=pk)
    return delete_page(request, row, back=errors.safe_back(request))

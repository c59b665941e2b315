"""What every list answers: its page, its export, and the views of it that were kept."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from netjob import exports, undo
from netjob.htmx import OwnedRequest, page
from netjob.lists import LISTINGS, Listing, SavedFilterForm
from netjob.models import SavedFilter
from netjob.paging import Page
from netjob.views import errors
from netjob.views.changes import delete_page

LONGEST_ADDRESS = 4000


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
    standing = next((view for view in asked.saved_filters() if view.name == name), None)
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

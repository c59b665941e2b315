from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from netjob.htmx import OwnedRequest, page
from netjob.search import find

ON_THE_PAGE, BELOW_THE_FIELD = 20, 5
"""Hits of each kind that are shown."""


@require_GET
def search(request: OwnedRequest) -> HttpResponse:
    is_panel = bool(request.htmx) and request.htmx.target == "found"
    limit = BELOW_THE_FIELD if is_panel else ON_THE_PAGE
    searched = find(request.user, request.GET.get("q", ""), today=request.today, limit=limit)
    return page(request, "netjob/search.html", {"searched": searched}, fragments=["found", "results"])


@require_GET
def keys(request: OwnedRequest) -> HttpResponse:
    moves = [
        ("t", _("Today")),
        ("c", _("Companies")),
        ("p", _("People")),
        ("o", _("Outreach")),
        ("v", _("Conversations")),
    ]
    return page(request, "netjob/keys.html", {"moves": moves}, fragments=["keys-box"])

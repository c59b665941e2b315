from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from companies.gaps import Effort
from netjob.htmx import OwnedRequest
from netjob.paging import Page
from netjob.views.lists import asked_for, export_of, list_page
from outreach.coverage import CoverageListing


@require_GET
def coverage_page(request: OwnedRequest) -> HttpResponse:
    listing = asked_for(request, CoverageListing)

    def covered(found: Page) -> dict[str, Any]:
        effort = Effort.of(request.user)
        rows = listing.covered(found.rows, found.first_number, effort)
        has_gaps = bool(found.next) or any(row.gap for row in rows)
        return {"rows": rows, "count": effort.companies, "has_gaps": has_gaps}

    return list_page(request, "outreach/coverage.html", listing, more=covered)


coverage_export = export_of(CoverageListing)

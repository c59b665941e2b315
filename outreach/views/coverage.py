from django.http import HttpResponse
from django.views.decorators.http import require_GET

from netjob.htmx import OwnedRequest, page
from outreach.coverage import GAPS, coverage


@require_GET
def coverage_page(request: OwnedRequest) -> HttpResponse:
    gap = request.GET.get("gap", "")
    gap = gap if gap in GAPS else ""
    rows, found, effort = coverage(request.user, request.today, gap=gap, after=request.GET.get("after", ""))
    context = {
        "rows": rows,
        "gap": gap,
        "gaps": list(GAPS.items()),
        "count": effort.companies,
        "has_gaps": bool(found.next) or any(row.gap for row in rows),
        "more_url": f"{request.path}?gap={gap}&after={found.next}" if found.next else "",
    }
    return page(request, "outreach/coverage.html", context, fragments=["rows"])

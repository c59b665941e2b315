"""The four ways of finding companies: searches to open, and the box to paste into beside them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from companies import sourcing
from companies.forms.adding import AddForm
from companies.forms.ways import CompetitorsForm, NearForm
from companies.models import Company, SearchVisit, TargetRole
from netjob.htmx import OwnedRequest, page
from netjob.paging import page_of

BY_ACQUAINTANCE = ("-connected_count", "folded_name", "pk")
SUGGESTIONS = 50
INDUSTRIES = 5
"""The industries of the list that the map is searched for."""


@require_GET
def way_list(request: OwnedRequest) -> HttpResponse:
    outcomes = {outcome.way: outcome for outcome in sourcing.outcomes(request.user)}
    ways = [
        {"label": label, "why": why, "route": route, "outcome": outcomes.get(way)}
        for way, (label, why, route) in sourcing.WAYS.items()
    ]
    context = {"ways": ways, "outcomes": outcomes.values()}
    return page(request, "companies/way_list.html", context)


@require_GET
def way_job_boards(request: OwnedRequest) -> HttpResponse:
    return _way(request, "job_board", groups=sourcing.job_boards(_roles(request)))


@require_GET
def way_people(request: OwnedRequest) -> HttpResponse:
    """Where people I know work, and what else is suggested: by a company that I follow, or a recruiter."""
    suggested = Company.objects.owned_by(request.user).filter(state=Company.State.SUGGESTED)
    suggested, asked = suggested.defer("notes", "search_text"), request.GET
    employers = page_of(
        suggested.filter(connected_count__gt=0), BY_ACQUAINTANCE, after=asked.get("after", "")
    )
    others = page_of(suggested.filter(connected_count=0), BY_ACQUAINTANCE, after=asked.get("others", ""))
    return _way(
        request,
        "people_i_know",
        employers=employers,
        more_url=f"{request.path}?after={employers.next}" if employers.next else "",
        others=others,
        more_others_url=f"{request.path}?others={others.next}" if others.next else "",
        fragments=["rows", "others"],
    )


@require_GET
def way_competitors(request: OwnedRequest) -> HttpResponse:
    form = CompetitorsForm(request.GET)
    wanted, company = form.wanted(), form.starting_company(request.user)
    groups = [sourcing.competitors(company)] if company else []
    if wanted["industry"]:
        groups.append(sourcing.in_industry(wanted["industry"]))
    listed = Company.objects.owned_by(request.user).on_the_list().in_lamp_order()
    return _way(
        request,
        "competitor",
        groups=groups,
        start=form,
        found_from=company,
        is_unknown=bool(wanted["company"]) and company is None,
        suggestions=list(listed.values_list("name", flat=True)[:SUGGESTIONS]),
    )


@require_GET
def way_near_me(request: OwnedRequest) -> HttpResponse:
    form = NearForm(request.GET if "place" in request.GET else None)
    roles = list(_roles(request))
    place = (
        form.wanted()["place"] if form.is_bound else next((role.place for role in roles if role.place), "")
    )
    if not form.is_bound:
        form.initial["place"] = place
    industries = (
        Company.objects.owned_by(request.user).on_the_list().exclude(industry="").in_lamp_order()
        .values_list("industry", flat=True)[:SUGGESTIONS]
    )  # fmt: skip
    groups = [sourcing.near(place, list(dict.fromkeys(industries))[:INDUSTRIES])] if place else []
    return _way(request, "near_me", groups=[*groups, sourcing.remote(roles)], start=form)


def _roles(request: OwnedRequest) -> QuerySet[TargetRole]:
    return TargetRole.objects.owned_by(request.user).prefetch_related("variants")


def _way(
    request: OwnedRequest, way: str, *, fragments: list[str] | None = None, **context: Any
) -> HttpResponse:
    label, why, route = sourcing.WAYS[way]
    if "groups" in context:
        visits = SearchVisit.of_the_ways(request.user)
        context["groups"] = [group.as_opened(visits) for group in context["groups"]]
    context |= {"way": way, "label": label, "why": why, "form": AddForm(owner=request.user)}
    return page(
        request, f"companies/{route.removeprefix('companies:')}.html", context, fragments=fragments or []
    )

"""The way in to somebody: wished for, asked for, agreed, made, declined; and the introducer told."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from companies.models import Company
from contacts.forms.introductions import IntroducesForm, MadeForm, NamedForm, WayInForm
from contacts.lists import IntroductionListing
from contacts.models import Introduction, Person
from contacts.ways_in import Ask, likely_introducers
from netjob.forms import OnForm, attempt
from netjob.htmx import OwnedRequest, page
from netjob.views.bulk import bulk_of
from netjob.views.changes import delete_page
from netjob.views.errors import safe_back
from netjob.views.lists import asked_for, export_of, list_page


@require_GET
def introduction_list(request: OwnedRequest) -> HttpResponse:
    listing = asked_for(request, IntroductionListing)
    back = {"back": quote(listing.address())}
    return list_page(request, "contacts/introduction_list.html", listing, more=lambda rows: back)


introduction_bulk = bulk_of(IntroductionListing)
introduction_export = export_of(IntroductionListing)


@require_http_methods(["GET", "POST"])
def introduction_add(request: OwnedRequest, pk: int) -> HttpResponse:
    """Whom the person of the page can introduce me to."""
    person = get_object_or_404(Person.objects.owned_by(request.user), pk=pk)
    form = IntroducesForm(request.POST or None, owner=request.user, today=request.today)
    title = _("%(name)s can introduce you") % {"name": person.name}
    return _wish_page(request, form, person, title, lambda: {"introducer": person, **form.led_to()})


@require_http_methods(["GET", "POST"])
def way_in_add(request: OwnedRequest, pk: int) -> HttpResponse:
    """Who can introduce me to the person of the page."""
    person = get_object_or_404(Person.objects.owned_by(request.user).select_related("company"), pk=pk)
    form = WayInForm(request.POST or None, owner=request.user, today=request.today)
    title = _("A way in to %(name)s") % {"name": person.name}
    return _wish_page(request, form, person, title, lambda: {"introducer": form.person(), "person": person},
                      likely=likely_introducers(request.user, person.company))  # fmt: skip


@require_http_methods(["GET", "POST"])
def way_to_company_add(request: OwnedRequest, company_pk: int) -> HttpResponse:
    """Who can introduce me to anybody at the company of the page."""
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=company_pk)
    form = WayInForm(request.POST or None, owner=request.user, today=request.today)
    title = _("A way in to %(name)s") % {"name": company.name}
    return _wish_page(request, form, company, title, lambda: {"introducer": form.person(), "company": company},
                      likely=likely_introducers(request.user, company))  # fmt: skip


@require_http_methods(["GET"])
def introduction_detail(request: OwnedRequest, pk: int) -> HttpResponse:
    return _introduction_page(request, _own(request, pk))


@require_POST
def introduction_ask(request: OwnedRequest, pk: int) -> HttpResponse:
    return _move(request, pk, lambda row, on: row.ask(on=on), _("You asked %(introducer)s."))


@require_POST
def introduction_agree(request: OwnedRequest, pk: int) -> HttpResponse:
    return _move(request, pk, lambda row, on: row.agree(on=on), _("%(introducer)s will introduce you."))


@require_POST
def introduction_decline(request: OwnedRequest, pk: int) -> HttpResponse:
    said = _("Noted. %(introducer)s may help in another way, and there are other ways in.")
    return _move(request, pk, lambda row, on: row.decline(on=on), said)


@require_POST
def introduction_make(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    form = MadeForm(
        request.POST, introduction=row, owner=request.user, today=request.today, auto_id="move_%s"
    )
    if form.is_valid():
        attempt(form, lambda: row.make(on=form.cleaned_data["on"], person=form.person()))
    if form.errors:
        return _introduction_page(request, _own(request, pk), made_form=form, on_form=form, status=422)
    messages.success(request, _("%(introducer)s introduced you to %(to)s.") % _names(row))
    return redirect(safe_back(request, row.get_absolute_url()))


@require_POST
def introduction_tell(request: OwnedRequest, pk: int) -> HttpResponse:
    said = _("%(introducer)s knows what came of it.")
    return _move(request, pk, lambda row, on: row.tell(on=on), said)


@require_POST
def introduction_untell(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    row.untell(on=request.today)
    messages.success(request, _("Not told after all."))
    return redirect(row)


@require_POST
def introduction_undo_move(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    move = row.undo_move(on=request.today)
    messages.success(request, f"{move.back}.")
    return redirect(row)


@require_http_methods(["GET", "POST"])
def introduction_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return delete_page(
        request, row, back=f"{row.introducer.get_absolute_url()}#introductions", cancel=row.get_absolute_url()
    )


def _wish_page(
    request: OwnedRequest,
    form: NamedForm,
    about: Person | Company,
    title: str,
    who: Callable[[], dict[str, Any]],
    **context: Any,
) -> HttpResponse:
    if form.is_valid():
        facts = {"on": form.cleaned_data["on"], "notes": form.cleaned_data["notes"]}
        row = attempt(form, lambda: Introduction.wish(request.user, **facts, **who()))
        if row:
            messages.success(request, _("%(introducer)s can introduce you to %(to)s.") % _names(row))
            return redirect(row)
    context |= {"form": form, "about": about, "title": title}
    return page(request, "contacts/introduction_add.html", context, status=422 if form.is_bound else 200)


def _introduction_page(
    request: OwnedRequest, row: Introduction, *, status: int = 200, **forms: Any
) -> HttpResponse:
    context = {
        "row": row,
        "ask": Ask.by(row),
        "open_moves": [move.noun for move in row.open_moves()],
        "last_move": None if row.told_on else row.last_move(),
        "on_form": OnForm(today=request.today, auto_id="move_%s"),
        "made_form": MadeForm(introduction=row, owner=request.user, today=request.today, auto_id="move_%s"),
        "stamps": [(str(move.done), day) for move in row.MOVES if (day := getattr(row, move.stamp))],
    }
    return page(request, "contacts/introduction_detail.html", context | forms, status=status)


def _own(request: OwnedRequest, pk: int) -> Introduction:
    rows = Introduction.objects.owned_by(request.user)
    rows = rows.select_related("introducer__company", "person__company", "company")
    row: Introduction = get_object_or_404(rows.prefetch_related("introducer__keys", "person__keys"), pk=pk)
    row.owner = row.introducer.owner = request.user
    return row


def _move(
    request: OwnedRequest, pk: int, act: Callable[[Introduction, Any], None], said: str
) -> HttpResponse:
    row = _own(request, pk)
    form = OnForm(request.POST, today=request.today, auto_id="move_%s")
    if form.is_valid():
        attempt(form, lambda: act(row, form.cleaned_data["on"]), field="on")
    if form.errors:
        return _introduction_page(request, _own(request, pk), on_form=form, status=422)
    messages.success(request, said % _names(row))
    return redirect(safe_back(request, row.get_absolute_url()))


def _names(row: Introduction) -> dict[str, str]:
    return {"introducer": row.introducer.name, "to": row.to}

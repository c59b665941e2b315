"""Bringing files in: upload or paste, staging, preview, applying, undo; and what to take out is linked here."""

import time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from netjob import exports, undo
from netjob.htmx import OwnedRequest, page
from netjob.imports import applying, choosing, readers, rejected, staging, words
from netjob.imports.forms import UploadForm, facts_forms, said
from netjob.imports.models import ImportBatch, ImportRow
from netjob.imports.readers import offered
from netjob.imports.remarks import NotReadable
from netjob.lists import LISTINGS
from netjob.models import User
from netjob.paging import page_of
from netjob.submissions import in_slices
from netjob.views.changes import tell_what_is_left

SLICE = 2
"""Seconds of one slice of staging: often enough that the bar moves."""
ALL = "all"


@require_http_methods(["GET", "POST"])
def import_list(request: OwnedRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if is_sent and form.is_valid():
        try:
            return redirect(staging.begin(request.user, today=request.today, **form.brought()))
        except NotReadable as refusal:
            form.refuse(refusal)
    rows = page_of(ImportBatch.objects.owned_by(request.user), ("-pk",), after=request.GET.get("after", ""))
    context = {
        "form": form,
        "batches": [(batch, words.kinds(batch), words.standing(batch)) for batch in rows],
        "more_url": f"{request.path}?after={rows.next}" if rows.next else "",
        "readers": readers.in_order(),
        "lists": [each(QueryDict(), owner=request.user, today=request.today) for each in LISTINGS.values()],
    }
    status = 422 if form.errors else 200
    return page(request, "netjob/import_list.html", context, fragments=["rows"], status=status)


@require_GET
def import_detail(request: OwnedRequest, pk: int) -> HttpResponse:
    return _page(request, _own(request, pk))


@in_slices
@require_POST
def import_stage(request: OwnedRequest, pk: int) -> HttpResponse:
    """Read on for a moment; the page asks again until all is read."""
    batch, until = _own(request, pk), time.monotonic() + SLICE
    for standing in staging.stage(batch, today=request.today):
        batch = standing
        if time.monotonic() > until:
            break
    if not request.htmx:
        return redirect(batch)
    if batch.state == ImportBatch.State.STAGING:
        return _page(request, batch)
    return HttpResponse(status=204, headers={"HX-Redirect": batch.get_absolute_url()})


@require_POST
def import_choose(request: OwnedRequest, pk: int) -> HttpResponse:
    """Decide the rows of the page, each by its own select."""
    batch = choosing.choose(_own(request, pk), _choices(request))
    if request.htmx:
        return _page(request, batch)
    messages.success(request, _("Your choices are kept."))
    return redirect(f"{batch.get_absolute_url()}?{request.GET.urlencode()}")


@require_POST
def import_choose_all(request: OwnedRequest, pk: int) -> HttpResponse:
    """Decide all rows of one meaning alike."""
    meaning = request.POST.get("meaning", "")
    batch = choosing.choose_all(_own(request, pk), meaning, request.POST.get("choice", ""))
    return redirect(f"{batch.get_absolute_url()}?{urlencode({'show': meaning})}")


@require_POST
def import_map(request: OwnedRequest, pk: int) -> HttpResponse:
    """Take the columns of one file for other fields, and read it anew; of a fixed format they are what they are."""
    batch = _own(request, pk)
    file = next((each for each in batch.files if each["file"] == request.POST.get("file", "")), None)
    if file is None or not file["samples"]:
        raise Http404
    columns = [request.POST.get(f"column-{number}", "") for number in range(len(file["samples"]))]
    batch, lost = staging.map_columns(batch, file["file"], columns, today=request.today)
    messages.success(request, words.read_anew(lost))
    return redirect(batch)


@require_POST
def import_apply(request: OwnedRequest, pk: int) -> HttpResponse:
    batch = _own(request, pk)
    if batch.state == ImportBatch.State.APPLIED:
        messages.info(request, _("This was imported already."))
        return redirect(batch)
    forms = facts_forms(batch, request.POST)
    if any(form.errors for form in forms.values()):
        return _page(request, batch, forms=forms, status=422)
    if batch.state == ImportBatch.State.READY:
        batch = choosing.say(batch, {kind: said(form) for kind, form in forms.items()})
    batch = applying.apply(batch, now=request.now, today=request.today)
    messages.success(request, words.came_of(batch), extra_tags=f"undo:{batch.act}")
    return redirect(batch)


@require_POST
def import_undo(request: OwnedRequest, pk: int) -> HttpResponse:
    batch = _own(request, pk)
    if batch.act is None:
        raise Http404
    done = undo.undo(request.user, batch.act, now=request.now)
    messages.success(request, _("Undone: %(sentence)s") % {"sentence": done.sentence})
    tell_what_is_left(request, done)
    return redirect(batch)


@require_GET
def import_rejected(request: OwnedRequest, pk: int) -> HttpResponseBase:
    """The rows of one file that could not be read, with the reason: to be mended and brought again."""
    batch = _own(request, pk)
    files = [each["file"] for each in batch.files]
    file = request.GET.get("file", "") or next(iter(files), "")
    if file and file not in files:
        raise Http404
    name = f"{file.rsplit('.', 1)[0][:60] or 'import'}-rejected".replace('"', "")
    ascii_name = "".join(sign for sign in name if sign.isascii() and sign.isprintable()) or "rejected"
    return exports.answer("csv", ascii_name, *rejected.table(batch, file))


@require_http_methods(["GET", "POST"])
def import_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    """GET: what goes with the record of a batch. POST: forget it and its rows; what it made stays."""
    batch = _own(request, pk)
    if request.method == "POST":
        batch.delete()
        messages.success(request, _("%(file)s is no longer kept here.") % {"file": batch.file_name})
        return redirect("netjob:import_list")
    return page(request, "netjob/import_deletion.html", {"batch": batch, "goes": words.goes(batch)})


def _own(request: OwnedRequest, pk: int) -> ImportBatch:
    batch = get_object_or_404(ImportBatch.objects.owned_by(request.user), pk=pk)
    batch.owner = request.user
    return batch


def _next_list(batch: ImportBatch) -> dict[str, Any] | None:
    """The list on which one goes on with what was imported."""
    routes = [readers.READERS[kind].leads_to for kind in batch.kinds if kind in readers.READERS]
    return next(
        ({"page": route, "title": LISTINGS[route].title} for route in routes if route in LISTINGS), None
    )


def _choices(request: OwnedRequest) -> dict[int, str]:
    """The selects of a page by the keys of their rows: `choice-17`."""
    found = {}
    for name, value in request.POST.items():
        key = name.removeprefix("choice-")
        if name.startswith("choice-") and key.isascii() and key.isdecimal() and len(key) < 19:
            found[int(key)] = str(value)
    return found


def _page(
    request: OwnedRequest, batch: ImportBatch, *, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"batch": batch, "standing": words.standing(batch), "kinds": words.kinds(batch)}
    if batch.state != ImportBatch.State.STAGING:
        context |= _rows(request, batch)
    if batch.state == ImportBatch.State.READY:
        context |= {
            "files": [file for file in staging.files_of(batch) if file.fields],
            "forms": list((forms or facts_forms(batch)).values()),
            "apply_label": words.apply_label(batch),
            "will": words.will(batch),
            "foretold": words.foretold(batch),
            "waits_for": batch.waits_for,
        }
    elif batch.state == ImportBatch.State.APPLIED:
        context["can_undo"] = undo.is_kept(request.user, batch.act) if batch.act else False
        context |= {"next_list": _next_list(batch), "besides": words.besides_link(batch)}
    if batch.state != ImportBatch.State.STAGING and rejected.count(batch):
        context["rejected_files"] = rejected.files(batch)
    return page(
        request, "netjob/import_detail.html", context, fragments=["progress", "rows", "fate"], status=status
    )


def _shown(row: ImportRow, batch: ImportBatch, owner: User) -> dict[str, Any]:
    """A row as the page shows it: what stands in it, and what may be done with it."""
    reader = readers.READERS.get(row.reader)
    tells = reader.tells(row.data, owner=owner) if reader and readers.is_readable(row.data) else ""
    label = words.outcome_label(batch, row.outcome) if row.outcome else row.get_meaning_display()
    return {"row": row, "tells": tells, "label": label, "ways": offered(row.meaning, row.choices)}


def _rows(request: OwnedRequest, batch: ImportBatch) -> dict[str, Any]:
    """Some rows of a batch: those of one meaning, or outcome, or all in the order of the file."""
    tabs = words.tabs(batch)
    names = [name for name, _label, _count in tabs]
    column = "meaning" if batch.state == ImportBatch.State.READY else "outcome"
    shown = request.GET.get("show", "")
    if shown not in names:
        # What wants a decision comes first.
        shown = "similar" if not shown and "similar" in names else ALL
    rows = batch.rows.defer("batch", "uid")
    if shown != ALL:
        rows = rows.filter(owner=request.user, **{column: shown})
    found = page_of(rows, ("position",), after=request.GET.get("after", ""))
    return {
        "tabs": [(ALL, _("All"), sum(count for *_rest, count in tabs)), *tabs],
        "shown": shown,
        "rows": [_shown(row, batch, request.user) for row in found],
        "more_url": f"{batch.get_absolute_url()}?show={shown}&after={found.next}" if found.next else "",
        "for_all": choosing.ways_for_all(shown) if batch.state == ImportBatch.State.READY else [],
        "has_files": len(batch.files) > 1,
    }

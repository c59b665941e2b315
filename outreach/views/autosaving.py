"""Text that is saved while it is typed: answers and notes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from netjob.forms import OwnedForm
from netjob.htmx import OwnedRequest
from netjob.ownership import StaleVersion


def autosaved(request: OwnedRequest, form: OwnedForm) -> HttpResponse:
    """Save what htmx sent, and answer with a line that stands below the text, which stays as it is.

    Changed elsewhere meanwhile: 409 with the stored text. The old version stays in the form, so that
    typing on does not overwrite it, only the button that says so. The same text twice is no conflict.
    """
    status, context = 200, _save(form) if form.is_valid() else {"error": form.errors}
    if "error" in context:
        status = 422
    elif "difference" in context:
        status = 409
    context["version"] = context.get("version", form["version"].value())
    return render(request, "outreach/conversation_saved.html", context, status=status)


def _save(form: OwnedForm) -> dict[str, Any]:
    differences = form.differences()
    if not differences:
        return {"version": form.stored.version}
    try:
        return {"version": form.save().version}
    except StaleVersion:
        return {"difference": differences[0], "newest": form.stored.version}

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from outreach.add_box.box import Box
from outreach.forms.adding import AddBoxForm


@require_http_methods(["GET", "POST"])
def add(request: OwnedRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    typed = request.POST if is_sent else request.GET
    box = _box(request, typed)
    form = AddBoxForm(request.POST if is_sent else None, box=box, initial=_typed(request.GET))
    if is_sent and box.kind != typed.get("kind", box.kind):
        # Read as something else than the page showed: nobody has seen what would be added.
        form = AddBoxForm.to_look_at(request.POST, box=box)
    if is_sent and form.is_valid() and (added := attempt(form, lambda: box.add(form.cleaned_data))):
        messages.success(request, added.sentence, extra_tags=f"undo:{added.act}" if added.act else "")
        return redirect(added.url)
    context = {"box": box, "form": form}
    fragments = ["add-box", "known"]
    return page(request, "outreach/add.html", context, fragments=fragments, status=422 if is_sent else 200)


def _box(request: OwnedRequest, typed: QueryDict) -> Box:
    """What is typed. What the page itself read is read anew; what was chosen or written by hand stays."""
    kind, company = typed.get("kind", ""), typed.get("company", "").strip()
    was_asked = request.method == "POST" or "asked_company_too" in typed
    return Box(
        request.user,
        request.today,
        typed.get("text", ""),
        chosen="" if kind == typed.get("guessed") else kind,
        company_typed="" if company == typed.get("company_read") else company,
        company_too="company_too" in typed or not was_asked,
    )


def _typed(query: QueryDict) -> dict[str, str]:
    """What goes on standing in the fields."""
    names = {*AddBoxForm.base_fields, "shown"} - {"kind", "company_too"}
    untouched = {name for name in ("company", "notes") if query.get(name) == query.get(f"{name}_read")}
    return {name: str(query[name]) for name in names - untouched if name in query}

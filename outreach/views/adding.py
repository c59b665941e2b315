from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from outreach.add_box import Box
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
        messages.success(request, added.sentence)
        return redirect(added.url)
    context = {"box": box, "form": form}
    fragments = ["add-box", "known"]
    return page(request, "outreach/add.html", context, fragments=fragments, status=422 if is_sent else 200)


def _box(request: OwnedRequest, typed: QueryDict) -> Box:
    """What is typed. A kind that the page itself guessed is guessed anew; one chosen by hand stays."""
    kind = typed.get("kind", "")
    is_guess = kind == typed.get("guessed")
    return Box(
        request.user,
        request.today,
        typed.get("text", ""),
        chosen="" if is_guess else kind,
        company_typed=typed.get("company", "").strip(),
        company_too="company_too" in typed,
    )


def _typed(query: QueryDict) -> dict[str, str]:
    return {name: str(query[name]) for name in AddBoxForm.base_fields if name in query and name != "kind"}

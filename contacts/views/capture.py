"""People without typing: from any page of a browser, from a shared link, from a signature."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from companies.linkedin_links import read_company_link
from contacts import capturing
from contacts.adding import Paste
from contacts.forms.capture import CaptureForm
from contacts.profiles import read_people_lines
from contacts.views.pasting import settled
from netjob.htmx import OwnedRequest, page

LONGEST = 2_000


@require_http_methods(["GET", "POST"])
def capture(request: OwnedRequest) -> HttpResponse:
    """A form, filled from nothing but the address and the title of a page; what is known of them is said at once."""
    if request.method == "POST":
        return _captured(request)
    shared = {
        name: request.GET.get(name, "")[:LONGEST].replace("\0", "") for name in ("url", "title", "text")
    }
    url = shared["url"] or capturing.address_in(shared["text"]) or capturing.address_in(shared["title"])
    seen = capturing.visited(url, shared["title"])
    if read_company_link(url) and not seen.url:
        return redirect(f"{reverse('outreach:add')}?{urlencode({'text': url})}")
    line = seen.line if url else shared["text"]
    read = Paste(None, read_people_lines(line), owner=request.user).entries if line else []
    form = CaptureForm(owner=request.user, initial={"text": line, "notes": seen.note})
    known = [entry for entry in read if not entry.is_hardly_a_name]
    context = {"form": form, "known": known, "is_elsewhere": bool(seen.note) and not read}
    return page(request, "contacts/capture.html", context)


def _captured(request: OwnedRequest) -> HttpResponse:
    form = CaptureForm(request.POST, owner=request.user)
    if not form.is_valid():
        return page(request, "contacts/capture.html", {"form": form}, status=422)
    company = form.known_company()
    crumbs = [
        (_("People"), reverse("contacts:person_list")),
        (_("Add without typing"), reverse("contacts:capture")),
    ]
    new = "" if company else form.cleaned_data["company"]
    outcome = settled(request, form, company=company, crumbs=crumbs, owner=request.user, new_company=new)
    if isinstance(outcome, HttpResponse):
        return outcome
    messages.success(request, outcome.sentence(request.today))
    people = outcome.people
    return redirect(people[0] if len(people) == 1 else "contacts:person_list")


@require_GET
def bookmarklet(request: OwnedRequest) -> HttpResponse:
    """The page with the one link that is a script: it goes from the browser's own bar to `capture`."""
    address = request.build_absolute_uri(reverse("contacts:capture"))
    script = (
        f"javascript:location.href='{address}?url='+encodeURIComponent(location.href)"
        "+'&title='+encodeURIComponent(document.title)"
    )
    return page(request, "contacts/bookmarklet.html", {"script": script})

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts.models import Person
from contacts.views.pasting import settled
from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from outreach import first_words
from outreach.forms.wrote_first import WroteFirstForm


@require_http_methods(["GET", "POST"])
def wrote_first(request: OwnedRequest) -> HttpResponse:
    """A recruiter or a peer who wrote to me, in one step; the answer is the next one."""
    form = WroteFirstForm(request.POST or None, owner=request.user, today=request.today)
    if not form.is_valid():
        return page(
            request, "outreach/wrote_first.html", {"form": form}, status=422 if form.is_bound else 200
        )
    company, typed = form.known_company(), form.cleaned_data["company"]
    crumbs = [(_("People"), reverse("contacts:person_list")), (_("They wrote first"), request.path)]
    outcome = settled(
        request, form, company=company, crumbs=crumbs, owner=request.user, new_company="" if company else typed,
        found_how=Person.FoundHow.OTHER, asks_about_companies=False,
    )  # fmt: skip
    if isinstance(outcome, HttpResponse):
        return outcome
    if not outcome.people:
        messages.warning(request, _("Nobody was added, so nothing was kept."))
        return redirect("outreach:wrote_first")
    person = outcome.people[0]
    person.owner = request.user
    names = ("on", "said", "channel", "opening", "opening_at")
    facts = {name: form.cleaned_data[name] for name in names}
    attempt(form, lambda: first_words.keep(person, now=request.now, **facts))
    if form.errors:
        return page(request, "outreach/wrote_first.html", {"form": form}, status=422)
    said = _("Kept with %(name)s. Now you can answer.") % {"name": person.name}
    messages.success(request, " ".join([said, *person.learn_in_passing(facts["said"])]))
    return redirect(f"{reverse('outreach:message_add', args=[person.pk])}?kind=reply")

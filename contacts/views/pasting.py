"""People pasted anywhere: what a paste leaves open is asked, then all of it is saved."""

from typing import Any

from django.http import HttpResponse

from companies.models import Company
from contacts.adding import Outcome
from contacts.forms import PeopleForm, ReviewForm
from netjob.htmx import OwnedRequest, page


def settled(
    request: OwnedRequest,
    form: PeopleForm,
    *,
    company: Company | None,
    crumbs: list[tuple[str, str]],
    found_how: str = "",
    **more: Any,
) -> Outcome | HttpResponse:
    """What came of a valid paste, saved; or the page with what it leaves open. `more` as in `Paste`."""
    facts = form.cleaned_data
    review = ReviewForm(request.POST, company=company, text=facts["text"], today=request.today, **more)
    if not review.is_settled():
        again = [form[name] for name in form.fields if name != "text"]
        context = {"review": review, "form": form, "again": again, "crumbs": crumbs}
        status = 422 if review.errors else 200
        return page(request, "contacts/people_review.html", context, status=status)
    how, notes = found_how or facts["found_how"], facts.get("notes", "")
    return review.paste.save(on=request.today, kind=facts["kind"], found_how=how, notes=notes)

"""What I know of a person: the review of their profile, and what ties us."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts.forms.knowing import ReviewOfProfileForm, TieForm
from contacts.models import Person, ProfileReview, Tie
from netjob.htmx import OwnedRequest, page
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page


@require_http_methods(["GET", "POST"])
def profile_review(request: OwnedRequest, pk: int) -> HttpResponse:
    """The form; with htmx it stands on the person's page, and gives way to what it says."""
    person = own_person(request, pk)
    review = getattr(person, "review", None) or ProfileReview(owner=request.user, person=person)
    form = ReviewOfProfileForm(request.POST or None, instance=review, owner=request.user)
    answer = edit_page(
        request,
        form,
        title=_("Review the profile of %(name)s") % {"name": person.name},
        saved=_("Your review of %(name)s is kept.") % {"name": person.name},
        cancel=person,
        back=f"{person.get_absolute_url()}#review",
        template="contacts/profile_review.html",
        fragments=["review"],
        person=person,
        editing=True,
    )
    if request.htmx and answer.status_code == 302:
        return page(
            request, "contacts/profile_review.html", {"person": own_person(request, pk)}, fragments=["review"]
        )
    return answer


@require_http_methods(["GET", "POST"])
def tie_add(request: OwnedRequest, pk: int) -> HttpResponse:
    person = own_person(request, pk)
    return edit_page(
        request,
        TieForm(request.POST or None, person=person, owner=request.user),
        title=_("What ties you to %(name)s") % {"name": person.name},
        saved=_("Noted. It tells whom to write to first."),
        cancel=person,
        back=f"{person.get_absolute_url()}#review",
        lead=_("A former employer, a school, a club: what a first message can begin with."),
    )


@require_http_methods(["GET", "POST"])
def tie_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    tie = get_object_or_404(Tie.objects.owned_by(request.user).select_related("person"), pk=pk)
    return delete_page(request, tie, back=f"{tie.person.get_absolute_url()}#review")


def own_person(request: OwnedRequest, pk: int) -> Person:
    people = Person.objects.owned_by(request.user).select_related("company").with_reasons()
    person: Person = get_object_or_404(people.prefetch_related("keys"), pk=pk)
    person.owner = request.user
    return person

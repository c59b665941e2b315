from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts.models import Person
from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from netjob.views.changes import delete_page
from outreach.forms.referrals import ReferralForm
from outreach.models import Referral
from outreach.views.days import day_of


@require_http_methods(["GET", "POST"])
def referral_add(request: OwnedRequest, person_pk: int) -> HttpResponse:
    people = Person.objects.owned_by(request.user).select_related("company", "owner")
    person = get_object_or_404(people, pk=person_pk)
    form = ReferralForm(request.POST or None, person=person, today=request.today)
    if form.is_valid() and attempt(form, lambda: Referral.begin(person, **form.cleaned_data)):
        messages.success(request, _("The referral by %(name)s is on your list.") % {"name": person.name})
        return redirect(f"{person.get_absolute_url()}#referrals")
    context = {
        "form": form,
        "title": _("A referral by %(name)s") % {"name": person.name},
        "lead": _("Somebody’s word for you: offered, asked for, or given."),
        "cancel": person.get_absolute_url(),
        "button": _("Keep the referral"),
    }
    return page(request, "_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def referral_ask(request: OwnedRequest, pk: int) -> HttpResponse:
    referral = get_object_or_404(_referrals(request), pk=pk)
    referral.ask(on=day_of(request))
    return _done(request, referral, _("You asked %(name)s for the referral."))


@require_POST
def referral_give(request: OwnedRequest, pk: int) -> HttpResponse:
    referral = get_object_or_404(_referrals(request), pk=pk)
    referral.give(on=day_of(request))
    return _done(request, referral, _("%(name)s gave you a referral. Thank them soon."))


@require_POST
def referral_decline(request: OwnedRequest, pk: int) -> HttpResponse:
    referral = get_object_or_404(_referrals(request), pk=pk)
    referral.decline(on=day_of(request))
    return _done(
        request, referral, _("Noted. Not everybody may refer; %(name)s can still help in other ways.")
    )


@require_POST
def referral_undo_move(request: OwnedRequest, pk: int) -> HttpResponse:
    referral = get_object_or_404(_referrals(request), pk=pk)
    move = referral.undo_move(on=request.today)
    return _done(request, referral, f"{move.back}.")


@require_POST
def referral_thank(request: OwnedRequest, pk: int) -> HttpResponse:
    referral = get_object_or_404(_referrals(request), pk=pk)
    referral.thank(on=day_of(request))
    return _done(request, referral, _("You thanked %(name)s for the referral."))


@require_POST
def referral_unthank(request: OwnedRequest, pk: int) -> HttpResponse:
    referral = get_object_or_404(_referrals(request), pk=pk)
    referral.unthank(on=request.today)
    return _done(request, referral, _("Not thanked after all."))


@require_http_methods(["GET", "POST"])
def referral_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    referral = get_object_or_404(_referrals(request), pk=pk)
    return delete_page(request, referral, back=f"{referral.person.get_absolute_url()}#referrals")


def _referrals(request: OwnedRequest) -> QuerySet[Referral]:
    return Referral.objects.owned_by(request.user).select_related("person__company", "opening", "owner")


def _done(request: OwnedRequest, referral: Referral, sentence: str) -> HttpResponse:
    messages.success(request, sentence % {"name": referral.person.name})
    return redirect(f"{referral.person.get_absolute_url()}#referrals")

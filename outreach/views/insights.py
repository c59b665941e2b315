from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from companies.models import Company
from contacts.models import Person
from netjob.htmx import OwnedRequest
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from outreach.forms.insights import InsightForm
from outreach.models import Conversation, ConversationQuestion, Insight


@require_http_methods(["GET", "POST"])
def insight_add(request: OwnedRequest, company_pk: int) -> HttpResponse:
    company = get_object_or_404(Company.objects.owned_by(request.user), pk=company_pk)
    source = _source(request)
    conversation = source.pop("conversation", None)
    back = conversation.get_absolute_url() if conversation else f"{company.get_absolute_url()}#insights"
    return edit_page(
        request,
        InsightForm(
            request.POST or None,
            instance=Insight(company=company, conversation=conversation),
            initial={"said_on": request.today, **source},
            owner=request.user,
            company=company,
            today=request.today,
        ),
        title=_("What did you learn about %(company)s?") % {"company": company.name},
        saved=_("Kept for %(company)s.") % {"company": company.name},
        cancel=back,
        back=back,
        button=_("Keep it"),
    )


@require_http_methods(["GET", "POST"])
def insight_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    insight = get_object_or_404(Insight.objects.owned_by(request.user).select_related("company"), pk=pk)
    back = f"{insight.company.get_absolute_url()}#insights"
    return edit_page(
        request,
        InsightForm(
            request.POST or None,
            instance=insight,
            owner=request.user,
            company=insight.company,
            today=request.today,
        ),
        title=_("What you learned about %(company)s") % {"company": insight.company.name},
        saved=_("What you learned is saved."),
        cancel=back,
        back=back,
        delete=reverse("outreach:insight_delete", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def insight_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    insight = get_object_or_404(Insight.objects.owned_by(request.user).select_related("company"), pk=pk)
    return delete_page(request, insight, back=f"{insight.company.get_absolute_url()}#insights")


def _source(request: OwnedRequest) -> dict[str, Any]:
    """What is known of where it was said: by the answer, the conversation or the person in the address."""
    if asked := _named(request, "asked", ConversationQuestion, "conversation__person"):
        text = asked.answer[: Insight._meta.get_field("text").max_length]
        return {"text": text, "aim": asked.aim, **_said_in(asked.conversation)}
    if conversation := _named(request, "conversation", Conversation, "person"):
        return _said_in(conversation)
    person = _named(request, "person", Person, "company")
    return {"person": person} if person else {}


def _said_in(conversation: Conversation) -> dict[str, Any]:
    said = {"conversation": conversation, "person": conversation.person}
    return {**said, "said_on": conversation.held_on} if conversation.held_on else said


def _named(request: OwnedRequest, name: str, model: Any, *related: str) -> Any:
    """The owner's row whose id stands in the address under `name`, or nothing."""
    number = request.GET.get(name, "")
    if not number.isdecimal() or len(number) > 18:
        return None
    return model.objects.owned_by(request.user).select_related(*related).filter(pk=number).first()

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from netjob.forms import attempt
from netjob.htmx import OwnedRequest, page
from netjob.views.changes import delete_page
from netjob.views.editing import edit_page
from outreach.forms.questions import AnswerForm, AskAlsoForm, QuestionForm
from outreach.models import ConversationQuestion, Question
from outreach.models.conversation import Aim
from outreach.views.autosaving import autosaved
from outreach.views.conversations import detail_page, owned_talks


@require_POST
def asked_add(request: OwnedRequest, pk: int) -> HttpResponse:
    conversation = get_object_or_404(owned_talks(request), pk=pk)
    form = AskAlsoForm(request.POST, conversation=conversation)
    if not form.is_valid():
        return detail_page(request, pk, more=form, status=422)
    count = attempt(form, lambda: conversation.ask_all(form.wanted()))
    if form.errors:
        return detail_page(request, pk, more=form, status=422)
    said = ngettext("One more question to ask.", "%(count)d more questions to ask.", count)
    messages.success(request, said % {"count": count})
    return redirect(conversation.get_absolute_url() + "#questions")


@require_http_methods(["GET", "POST"])
def asked_answer(request: OwnedRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(_asked(request), pk=pk)
    form = AnswerForm(request.POST or None, instance=asked, owner=request.user)
    if request.htmx and form.is_bound:
        return autosaved(request, form)
    return edit_page(
        request,
        form,
        title=asked.text,
        saved=_("The answer is saved."),
        cancel=asked,
        delete=reverse("outreach:asked_delete", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def asked_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(_asked(request), pk=pk)
    return delete_page(request, asked, back=asked.conversation.get_absolute_url() + "#questions")


@require_GET
def question_list(request: OwnedRequest) -> HttpResponse:
    bank = Question.objects.owned_by(request.user).annotate(used=Count("asked")).order_by("pk")
    return page(request, "outreach/question_list.html", {"bank": bank})


@require_http_methods(["GET", "POST"])
def question_add(request: OwnedRequest) -> HttpResponse:
    aim = request.GET.get("kind", "")
    return edit_page(
        request,
        QuestionForm(
            request.POST or None, owner=request.user, initial={"aim": aim} if aim in Aim.values else None
        ),
        title=_("Add a question"),
        saved=_("The question is in your bank."),
        cancel=reverse("outreach:question_list"),
        back=reverse("outreach:question_list"),
        button=_("Add the question"),
    )


@require_http_methods(["GET", "POST"])
def question_edit(request: OwnedRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.owned_by(request.user), pk=pk)
    return edit_page(
        request,
        QuestionForm(request.POST or None, instance=question, owner=request.user),
        title=_("Edit the question"),
        lead=_("Conversations that have it keep the words with which it was put there."),
        saved=_("The question is saved."),
        cancel=reverse("outreach:question_list"),
        back=reverse("outreach:question_list"),
        delete=reverse("outreach:question_delete", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def question_delete(request: OwnedRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.owned_by(request.user), pk=pk)
    return delete_page(request, question, back=reverse("outreach:question_list"))


def _asked(request: OwnedRequest) -> QuerySet[ConversationQuestion]:
    return ConversationQuestion.objects.owned_by(request.user).select_related("conversation__person")

"""Requests, messages, conversations and what came of them in the admin: many at once, by the same verbs."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob.admin.forms import AdminForm
from netjob.admin.owned import OwnedAdmin, ToldOnly
from netjob.admin.verbs import NoQuestion, Verb, change_fields
from netjob.forms import PastDateField
from outreach import sending
from outreach.composing import moment_of
from outreach.forms.conversations import ConversationForm
from outreach.forms.questions import QuestionForm
from outreach.forms.templates import TemplateForm
from outreach.models import (
    Application,
    Conversation,
    ConversationQuestion,
    Deferral,
    Insight,
    Interview,
    Message,
    MessageTemplate,
    Question,
    Referral,
    Request,
)

Act = Callable[[Any, Any, dict[str, Any]], Any]


def on_that_day(name: str) -> Act:
    """A verb that is told the day of the page in between, and nothing else."""
    return lambda row, request, said: getattr(row, name)(on=said["on"])


TAKE_BACK = Verb(
    "undo_move",
    gettext_lazy("Take the last step back"),
    lambda row, request, said: row.undo_move(on=request.today),
    gettext_lazy("Taken back"),
    NoQuestion,
)


class WithPerson(OwnedAdmin):
    """Rows about a person, found by the person's name, role and company."""

    list_select_related: ClassVar[Any] = ("person__company",)
    list_defer: ClassVar[Any] = (
        "person__notes",
        "person__search_text",
        "person__company__notes",
        "person__company__search_text",
    )
    search_through = ("person",)


class OnceChosen(WithPerson):
    """Whom it is about is chosen when it is begun, and stays."""

    chosen_once: Any = ("person",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(self.chosen_once if obj else ())]


@admin.register(Request)
class RequestAdmin(OnceChosen):
    """The text is written on the request's page, where it is counted and filled."""

    fields = ("person", "channel")
    chosen_once = ("person", "channel")
    kept = (
        "state", "sent_on", "sent_at", "accepted_on", "answered_on", "declined_on", "withdrawn_on",
        "made_connection",
    )  # fmt: skip
    list_display = ("__str__", "channel", "state", "sent_on", "accepted_on", "answered_on")
    list_filter = ("state", "channel", "sent_on")
    ordering = ("-id",)
    search_fields = ("channel",)
    actions = [
        Verb("send", gettext_lazy("Mark as sent"),
             lambda row, request, said: row.send(at=moment_of(said["on"], request.user, now=request.now)),
             gettext_lazy("Sent")),
        Verb("accept", gettext_lazy("They accepted"), on_that_day("accept"), gettext_lazy("Accepted")),
        Verb("answer", gettext_lazy("They answered"),
             lambda row, request, said: row.answer(
                 on=said["on"], at=moment_of(said["on"], request.user, now=request.now)
             ),
             gettext_lazy("Answered")),
        Verb("decline", gettext_lazy("They declined"), on_that_day("decline"), gettext_lazy("Declined")),
        Verb("withdraw", gettext_lazy("I withdrew it"), on_that_day("withdraw"), gettext_lazy("Withdrawn")),
        TAKE_BACK,
    ]  # fmt: skip

    def add(self, request: Any, form: Any) -> Request:
        said = form.cleaned_data
        return Request.draft(request.user, said["person"], channel=said["channel"])


class MessageAdminForm(AdminForm):
    class Meta:
        widgets = {"text": forms.Textarea(attrs={"rows": 8, "cols": 60})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("text"):
            self.add_error("text", _("There is nothing to keep yet. Write a word, or delete it."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.stored.refuse_if_sent()
        return super().save(commit)


@admin.register(Message)
class MessageAdmin(WithPerson):
    """Drafts can be edited; what was sent stays as it was. The note of a request belongs to its request."""

    form = MessageAdminForm
    fields = ("subject", "text")
    kept = (
        "person", "kind", "direction", "channel", "template", "reply_kind", "sent_on", "sent_at", "request",
        "conversation",
    )  # fmt: skip
    list_display = ("kind", "person", "direction", "channel", "reply_kind", "sent_on")
    list_filter = ("kind", "direction", "reply_kind", "sent_on")
    list_select_related = ("person__company", "template", "request__person", "conversation__person")
    list_defer = ("text", "template__body", "conversation__notes", *WithPerson.list_defer)
    search_fields = ("text", "subject")
    ordering = ("-pk",)
    can_add = False
    actions = [
        Verb("send", gettext_lazy("Mark as sent"),
             lambda row, request, said: sending.send(
                 row, at=moment_of(said["on"], request.user, now=request.now)
             ),
             gettext_lazy("Sent")),
        Verb("unsend", gettext_lazy("Not sent after all"),
             lambda row, request, said: sending.unsend(row, on=request.today),
             gettext_lazy("Drafts again"), NoQuestion),
    ]  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or (obj.is_draft and obj.kind != Message.Kind.NOTE))

    def refusal_to_delete(self, obj: Any) -> str:
        if obj.kind != Message.Kind.NOTE:
            return ""
        return _("This note belongs to its request, and goes with it.")


class ConversationAdminForm(AdminForm, ConversationForm):
    pass


@admin.register(Conversation)
class ConversationAdmin(OnceChosen):
    """A new one is asked for now; its time is agreed on, and changed, on its page."""

    form = ConversationAdminForm
    fields = ("person", "mode", "minutes", "place", "notes")
    kept = (
        "state", "asked_on", "proposed_on", "scheduled_on", "held_on", "cancelled_on", "no_show_on",
        "wall_day", "wall_time", "zone", "starts_at", "questions_sent_on", "confirmed_on", "prepared_on",
        "thanked_on", "request",
    )  # fmt: skip
    list_display = ("__str__", "state", "mode", "starts_at", "held_on", "thanked_on")
    list_filter = ("state", "mode", "held_on", ("thanked_on", admin.EmptyFieldListFilter))
    list_select_related = ("person__company", "request__person")
    list_defer = ("notes", *WithPerson.list_defer)
    search_fields = ("place", "notes")
    ordering = ("-pk",)
    actions = [
        Verb("propose", gettext_lazy("Times are proposed"), on_that_day("propose"), gettext_lazy("Times proposed")),
        Verb("confirm", gettext_lazy("The time is confirmed"), on_that_day("confirm"), gettext_lazy("Confirmed")),
        Verb("prepare", gettext_lazy("I am prepared"), on_that_day("prepare"), gettext_lazy("Prepared")),
        Verb("send_questions", gettext_lazy("My questions are sent"), on_that_day("send_questions"),
             gettext_lazy("Questions sent")),
        Verb("hold", gettext_lazy("We talked"), on_that_day("hold"), gettext_lazy("Talked")),
        Verb("miss", gettext_lazy("They did not come"), on_that_day("miss"), gettext_lazy("They did not come")),
        Verb("cancel", gettext_lazy("It is cancelled"), on_that_day("cancel"), gettext_lazy("Cancelled")),
        Verb("thank", gettext_lazy("I thanked them"), on_that_day("thank"), gettext_lazy("Thanked")),
        TAKE_BACK,
    ]  # fmt: skip

    def add(self, request: Any, form: Any) -> Conversation:
        said = form.cleaned_data
        talk = Conversation.ask(said["person"], on=request.today, mode=said["mode"])
        talk.minutes, talk.place, talk.notes = said["minutes"], said["place"], said["notes"]
        talk.save(update_fields=["minutes", "place", "notes"])
        return talk


class QuestionAdminForm(AdminForm, QuestionForm):
    pass


@admin.register(Question)
class QuestionAdmin(OwnedAdmin):
    form = QuestionAdminForm
    fields = ("text", "aim")
    kept = ("archived_on",)
    list_display = ("text", "aim")
    list_editable = ("aim",)
    list_filter = ("aim",)
    search_fields = ("text",)
    bulk_fields = ("aim",)
    actions = [change_fields]


@admin.register(ConversationQuestion)
class ConversationQuestionAdmin(OwnedAdmin):
    """What was asked, and what they said. Questions are chosen on the conversation's page."""

    fields = ("aim", "text", "answer")
    kept = ("conversation", "question", "position")
    list_display = ("text", "aim", "conversation", "answer")
    list_filter = ("aim",)
    list_select_related = ("conversation__person", "question")
    search_fields = ("text", "answer")
    bulk_fields = ("aim",)
    actions = [change_fields]
    can_add = False


class InsightAdminForm(AdminForm):
    class Meta:
        field_classes = {"said_on": PastDateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "said_on" in self.fields:
            self.fields["said_on"].until(self.request.today)  # type: ignore[attr-defined]
            self.initial.setdefault("said_on", self.request.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opening, company = cleaned.get("opening"), cleaned.get("company")
        if opening and company and opening.company_id != company.pk:
            self.add_error("opening", _("That opening is at another company."))
        return cleaned


@admin.register(Insight)
class InsightAdmin(OwnedAdmin):
    form = InsightAdminForm
    fields = (
        "company", "text", "aim", "certainty", "said_on", "person", "conversation", "target_role", "opening",
    )  # fmt: skip
    list_display = ("text", "company", "person", "aim", "certainty", "said_on")
    list_display_links = ("text",)
    list_editable = ("aim", "certainty")
    list_filter = ("aim", "certainty", "said_on")
    list_select_related = ("company", "person", "conversation__person", "target_role", "opening__company")
    list_defer = ("company__notes", "company__search_text", "person__notes", "person__search_text")
    search_fields = ("text",)
    search_through = ("company", "person")
    bulk_fields = ("aim", "certainty")
    actions = [change_fields]


class TemplateAdminForm(AdminForm, TemplateForm):
    pass


@admin.register(MessageTemplate)
class MessageTemplateAdmin(OwnedAdmin):
    form = TemplateAdminForm
    fields = ("kind", "name", "subject", "body")
    kept = ("archived_on",)
    list_display = ("name", "kind", "archived_on")
    list_filter = ("kind", ("archived_on", admin.EmptyFieldListFilter))
    list_defer = ("body",)
    search_fields = ("name", "body")
    actions = [
        Verb("archive", gettext_lazy("Archive"), on_that_day("archive"), gettext_lazy("Archived")),
        Verb("bring_back", gettext_lazy("Use again"), lambda row, request, said: row.bring_back(),
             gettext_lazy("In use again"), NoQuestion),
    ]  # fmt: skip


class ReferralAdminForm(AdminForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person, opening = (
            cleaned.get("person") or self.instance.__dict__.get("person"),
            cleaned.get("opening"),
        )
        person = person or (self.instance.person if self.instance.pk else None)
        if person and opening and opening.company_id != person.company_id:
            self.add_error("opening", _("That opening is at another company."))
        return cleaned


@admin.register(Referral)
class ReferralAdmin(OnceChosen):
    """A new one is an offer; from there the actions go on."""

    form = ReferralAdminForm
    fields = ("person", "opening", "notes")
    kept = ("state", "offered_on", "asked_on", "given_on", "declined_on", "thanked_on")
    list_display = ("__str__", "opening", "state", "offered_on", "given_on", "thanked_on")
    list_filter = ("state", "given_on", ("thanked_on", admin.EmptyFieldListFilter))
    list_select_related = ("person__company", "opening__company")
    list_defer = (*WithPerson.list_defer, "opening__notes")
    search_fields = ("notes",)
    actions = [
        Verb("ask", gettext_lazy("I asked for it"), on_that_day("ask"), gettext_lazy("Asked for")),
        Verb("give", gettext_lazy("They gave it"), on_that_day("give"), gettext_lazy("Given")),
        Verb("decline", gettext_lazy("They declined"), on_that_day("decline"), gettext_lazy("Declined")),
        Verb("thank", gettext_lazy("I thanked them"), on_that_day("thank"), gettext_lazy("Thanked")),
        TAKE_BACK,
    ]  # fmt: skip

    def add(self, request: Any, form: Any) -> Referral:
        said = form.cleaned_data
        offered = Referral.State.OFFERED
        return Referral.begin(
            said["person"], offered, on=request.today, opening=said["opening"], notes=said["notes"]
        )


class ApplicationAdminForm(AdminForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opening = cleaned.get("opening") or (self.instance.opening if self.instance.pk else None)
        referral = cleaned.get("referral")
        if opening and referral and referral.person.company_id != opening.company_id:
            self.add_error("referral", _("That referral is at another company."))
        return cleaned


@admin.register(Application)
class ApplicationAdmin(OwnedAdmin):
    form = ApplicationAdminForm
    fields = ("opening", "referral", "sent")
    kept = ("state", "applied_on", "offered_on", "turned_down_on", "withdrawn_on")
    list_display = ("__str__", "state", "applied_on", "offered_on", "turned_down_on")
    list_filter = ("state", "applied_on")
    list_select_related = ("opening__company", "referral__person")
    list_defer = ("sent", "opening__notes", "opening__company__notes", "opening__company__search_text")
    search_fields = ("opening__title", "sent")
    ordering = ("-pk",)
    actions = [
        Verb("apply", gettext_lazy("I applied"), on_that_day("apply"), gettext_lazy("Applied")),
        Verb("receive_offer", gettext_lazy("They made an offer"), on_that_day("receive_offer"),
             gettext_lazy("Offer received")),
        Verb("be_turned_down", gettext_lazy("They said no"), on_that_day("be_turned_down"),
             gettext_lazy("They said no")),
        Verb("withdraw", gettext_lazy("I withdrew"), on_that_day("withdraw"), gettext_lazy("Withdrawn")),
        TAKE_BACK,
    ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["opening"] if obj else [])]

    def add(self, request: Any, form: Any) -> Application:
        said = form.cleaned_data
        application = Application.prepare(said["opening"], on=request.today)
        application.referral, application.sent = said["referral"], said["sent"]
        application.save(update_fields=["referral", "sent"])
        return application


@admin.register(Interview)
class InterviewAdmin(OwnedAdmin):
    fields = ("application", "day", "kind", "result", "notes")
    list_display = ("day", "kind", "application", "result")
    list_editable = ("result",)
    list_filter = ("kind", "result", "day")
    list_select_related = ("application__opening",)
    list_defer = ("notes", "application__sent", "application__opening__notes")
    search_fields = ("notes", "application__opening__title")
    bulk_fields = ("kind", "result")
    actions = [change_fields]

    def add(self, request: Any, form: Any) -> Interview:
        facts = dict(form.cleaned_data)
        return facts.pop("application").add_interview(on=request.today, **facts)


@admin.register(Deferral)
class DeferralAdmin(ToldOnly):
    """A step that was put off on Today; deleting it brings the step back."""

    can_delete = True
    kept = ("step", "subject_uid", "occurrence", "until", "reason")
    list_display = ("step", "until", "reason")
    list_filter = ("step", "until")
    search_fields = ("step", "reason")
    ordering = ("-pk",)

"""Requests, messages, conversations and what came of them in the admin: many at once, by the same verbs."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from netjob.admin.forms import AdminForm
from netjob.admin.owned import OwnedAdmin, ToldOnly
from netjob.forms import PastDateField
from outreach import acts
from outreach.forms.conversations import ConversationForm
from outreach.forms.questions import QuestionForm
from outreach.forms.templates import TemplateForm
from outreach.lists import ConversationListing, RequestListing
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
        "joined_on",
        "made_connection",
    )  # fmt: skip
    list_display = ("__str__", "channel", "state", "sent_on", "accepted_on", "answered_on")
    list_filter = ("state", "channel", "sent_on")
    ordering = ("-id",)
    search_fields = ("channel",)
    listing = RequestListing
    acts = (acts.PICKING_UP, *acts.OF_REQUESTS, acts.DELETED_REQUESTS)

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
    acts = acts.OF_MESSAGES

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
        "joined_on", "wall_day", "wall_time", "zone", "starts_at", "questions_sent_on", "confirmed_on", "prepared_on",
        "thanked_on", "request",
    )  # fmt: skip
    list_display = ("__str__", "state", "mode", "starts_at", "held_on", "thanked_on")
    list_filter = ("state", "mode", "held_on", ("thanked_on", admin.EmptyFieldListFilter))
    list_select_related = ("person__company", "request__person")
    list_defer = ("notes", *WithPerson.list_defer)
    search_fields = ("place", "notes")
    ordering = ("-pk",)
    listing = ConversationListing
    acts = (*acts.OF_CONVERSATIONS, acts.DELETED_CONVERSATIONS)

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
    acts = acts.OF_TEMPLATES


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
    acts = acts.OF_REFERRALS

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
    acts = acts.OF_APPLICATIONS

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

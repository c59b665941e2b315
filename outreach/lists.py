"""The lists of requests and of conversations: filters, orders, what is done to many, what an export holds."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from contacts.models import Person, who_matches
from netjob.exports import Column
from netjob.lists import Listing, Sort, WordsField, choice, one_of
from outreach.acts import (
    CANCELLATION,
    DELETED_CONVERSATIONS,
    DELETED_REQUESTS,
    PICKING_UP,
    REFUSAL,
    WITHDRAWAL,
)
from outreach.agenda import cadence_of, calendar_of
from outreach.models import Conversation, Request
from outreach.models.conversation import ConversationQuerySet
from outreach.models.request import RequestQuerySet

SHOWN = {
    "drafts": (_("Drafts"), _("Begun, and not sent yet.")),
    "waiting": (_("Waiting"), _("Sent, and not answered yet. Many never are, and that is normal.")),
    "accepted": (_("Accepted"), _("They accepted. Now ask for a time.")),
    "answered": (_("Answered"), _("They wrote back.")),
    "resting": (_("Resting"), _("No answer, and nothing left to do. Should one come, it wakes up again.")),
    "imported": (
        _("From an import"),
        _(
            "An import brought them. Pick up whom you want to go on with; until then Today says nothing of them."
        ),
    ),
    "closed": (_("Closed"), _("Declined by them, withdrawn by you, or joined with another request.")),
}
BEGUN = (
    Sort("newest", _("Newest first"), ("-pk",)),
    Sort("oldest", _("Oldest first"), ("pk",)),
)
ON_A_ROW = [
    "state", "channel", "created_at", *(move.stamp for move in Request.MOVES),
    "person__name", "person__role", "person__company__name",
]  # fmt: skip


class OfPeople(Listing):
    """Rows about people: found by who they are, and narrowed to one of them or to a company."""

    q = WordsField(_("Name, role or company"))
    company = one_of(_("Company"), Company.objects.all())
    person = one_of(_("Person"), Person.objects.all())

    def of_them(self, rows: Any) -> Any:
        """Those about the people that are looked for."""
        if "company" in self.chosen:
            rows = rows.filter(person__in=Person.objects.filter(company=self.chosen["company"]))
        if "person" in self.chosen:
            rows = rows.filter(person=self.chosen["person"])
        return rows.filter(who_matches(self.chosen.get("q", ""), person="person__"))


def _by(column: str) -> tuple[Sort, ...]:
    return (
        Sort("newest", _("Newest first"), (f"-{column}", "-pk")),
        Sort("oldest", _("Oldest first"), (column, "pk")),
    )


def _company(row: Request | Conversation) -> str:
    return row.person.company.name if row.person.company else ""


class RequestListing(OfPeople):
    page, name = "outreach:request_list", "outreach:request"
    title = _("Outreach")
    model = Request
    at_hand = ("q", "company", "person", "show", "channel")

    show = choice(_("Which requests"), _("All requests"), [(name, said[0]) for name, said in SHOWN.items()])
    channel = choice(_("Sent by"), _("By any way"), Request.Channel.choices)

    sorts = BEGUN
    acts = (PICKING_UP, WITHDRAWAL, REFUSAL, DELETED_REQUESTS)
    columns = (
        Column(_("Person"), lambda row: row.person.name),
        Column(_("Role"), lambda row: row.person.role),
        Column(_("Company"), _company),
        Column(_("Sent by"), lambda row: str(row.get_channel_display())),
        Column(_("State"), lambda row: str(row.get_state_display())),
        Column(_("Sent on"), lambda row: row.sent_on),
        Column(_("Accepted on"), lambda row: row.accepted_on),
        Column(_("Answered on"), lambda row: row.answered_on),
        Column(_("Declined on"), lambda row: row.declined_on),
        Column(_("Withdrawn on"), lambda row: row.withdrawn_on),
        Column(_("Joined with another on"), lambda row: row.joined_on),
        Column(_("Text"), lambda row: row.note.text if row.note else ""),
    )

    @cached_property
    def offered_sorts(self) -> tuple[Sort, ...]:
        # Drafts have no day yet.
        return BEGUN if self.chosen.get("show", "drafts") == "drafts" else _by("sent_on")

    @property
    def hint(self) -> str:
        return str(SHOWN[self.chosen["show"]][1]) if "show" in self.chosen else ""

    @property
    def shows_resting(self) -> bool:
        return self.chosen.get("show") == "resting"

    def narrow(self, rows: RequestQuerySet) -> QuerySet[Request]:
        rows = self.of_them(rows)
        if "channel" in self.chosen:
            rows = rows.filter(channel=self.chosen["channel"])
        match self.chosen.get("show"):
            case "drafts":
                return rows.filter(state=Request.State.DRAFT)
            case "waiting":
                return rows.pending(self.today, calendar_of(self.owner), cadence_of(self.owner))
            case "resting":
                return rows.resting(self.today, calendar_of(self.owner), cadence_of(self.owner))
            case "accepted" | "answered" as state:
                return rows.filter(state=state)
            case "imported":
                return rows.not_picked_up()
            case "closed":
                return rows.filter(state__in=Request.CLOSED)
        return rows

    def of_a_page(self, rows: RequestQuerySet) -> QuerySet[Request]:
        return rows.with_talk().select_related("person__company").only(*ON_A_ROW)

    def of_a_file(self, rows: RequestQuerySet) -> QuerySet[Request]:
        return rows.select_related("person__company").prefetch_related("messages")

    @classmethod
    def of_an_act(cls, rows: RequestQuerySet) -> QuerySet[Request]:
        return rows.select_related("person__company")


class ConversationListing(OfPeople):
    page, name = "outreach:conversation_list", "outreach:conversation"
    title = _("Conversations")
    model = Conversation
    at_hand = ("q", "company", "person", "state", "mode")
    PAST = ("held", "cancelled", "no_show", "joined")

    state = choice(_("Which conversations"), _("By what they need"), Conversation.State.choices)
    mode = choice(_("How you talk"), _("Any way of talking"), Conversation.Mode.choices)

    sorts = BEGUN
    acts = (CANCELLATION, DELETED_CONVERSATIONS)
    columns = (
        Column(_("Person"), lambda row: row.person.name),
        Column(_("Role"), lambda row: row.person.role),
        Column(_("Company"), _company),
        Column(_("State"), lambda row: str(row.get_state_display())),
        Column(_("How"), lambda row: str(row.get_mode_display())),
        Column(_("Asked for on"), lambda row: row.asked_on),
        Column(_("Day"), lambda row: row.wall_day),
        Column(_("Time"), lambda row: row.wall_time.isoformat("minutes") if row.wall_time else ""),
        Column(_("Time zone"), lambda row: row.zone),
        Column(_("Minutes"), lambda row: row.minutes),
        Column(_("Held on"), lambda row: row.held_on),
        Column(_("Thanked on"), lambda row: row.thanked_on),
        Column(_("Notes"), lambda row: row.notes),
    )

    @cached_property
    def offered_sorts(self) -> tuple[Sort, ...]:
        return _by("ended_on") if self.chosen.get("state") in self.PAST else BEGUN

    @property
    def is_agenda(self) -> bool:
        """Whether nothing is asked for: then they stand by what they need."""
        return not self.is_narrow and not self.is_sorted

    def narrow(self, rows: ConversationQuerySet) -> QuerySet[Conversation]:
        exactly = {name: self.chosen[name] for name in ("state", "mode") if name in self.chosen}
        return self.of_them(rows).filter(**exactly)

    def of_a_page(self, rows: ConversationQuerySet) -> QuerySet[Conversation]:
        return rows.select_related("person__company")

    of_a_file = of_a_page

    @classmethod
    def of_an_act(cls, rows: ConversationQuerySet) -> QuerySet[Conversation]:
        return rows.select_related("person__company")

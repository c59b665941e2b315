"""The lists of requests and of conversations: filters, orders, what is done to many, what an export holds."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from netjob.bulk import Act, dated
from netjob.exports import Column
from netjob.lists import Listing, Sort, choice
from netjob.models import Activity
from netjob.states import StatefulModel
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
    "closed": (_("Closed"), _("Declined by them, or withdrawn by you.")),
}
BEGUN = (
    Sort("newest", _("Newest first"), ("-pk",)),
    Sort("oldest", _("Oldest first"), ("pk",)),
)
ON_A_ROW = [
    "state", "channel", "created_at", *(move.stamp for move in Request.MOVES),
    "person__name", "person__role", "person__company__name",
]  # fmt: skip


def _by(column: str) -> tuple[Sort, ...]:
    return (
        Sort("newest", _("Newest first"), (f"-{column}", "-pk")),
        Sort("oldest", _("Oldest first"), (column, "pk")),
    )


def _moved(noun: str) -> Callable[..., list[Activity]]:
    def move(row: StatefulModel, *, on: dt.date) -> list[Activity]:
        return [row.moved(noun, on=on)]

    return move


def _picked_up(row: Request, *, on: dt.date) -> list[Activity]:
    row.pick_up()
    return []


def _company(row: Request | Conversation) -> str:
    return row.person.company.name if row.person.company else ""


class RequestListing(Listing):
    page, name = "outreach:request_list", "outreach:request"
    title = _("Outreach")
    model = Request
    at_hand = ("show", "channel")

    show = choice(_("Which requests"), _("All requests"), [(name, said[0]) for name, said in SHOWN.items()])
    channel = choice(_("Sent by"), _("By any way"), Request.Channel.choices)

    sorts = BEGUN
    acts = (
        Act("picking-up", _("Pick up"), apply=_picked_up,
            done=ngettext_lazy("Picked up %(count)d request", "Picked up %(count)d requests", "count")),
        Act("withdrawal", _("I withdrew them"), apply=_moved("withdrawal"), form=dated(),
            done=ngettext_lazy("Withdrew %(count)d request", "Withdrew %(count)d requests", "count")),
        Act("refusal", _("They declined"), apply=_moved("refusal"), form=dated(),
            done=ngettext_lazy("%(count)d request is declined", "%(count)d requests are declined", "count")),
        Act("deletion", _("Delete"),
            done=ngettext_lazy("Deleted %(count)d request", "Deleted %(count)d requests", "count")),
    )  # fmt: skip
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
                return rows.filter(state__in=[Request.State.DECLINED, Request.State.WITHDRAWN])
        return rows

    def of_a_page(self, rows: RequestQuerySet) -> QuerySet[Request]:
        return rows.with_talk().select_related("person__company").only(*ON_A_ROW)

    def of_a_file(self, rows: RequestQuerySet) -> QuerySet[Request]:
        return rows.select_related("person__company").prefetch_related("messages")

    def of_an_act(self, rows: RequestQuerySet) -> QuerySet[Request]:
        return rows.select_related("person__company")


class ConversationListing(Listing):
    page, name = "outreach:conversation_list", "outreach:conversation"
    title = _("Conversations")
    model = Conversation
    at_hand = ("state", "mode")
    PAST = ("held", "cancelled", "no_show")

    state = choice(_("Which conversations"), _("By what they need"), Conversation.State.choices)
    mode = choice(_("How you talk"), _("Any way of talking"), Conversation.Mode.choices)

    sorts = BEGUN
    acts = (
        Act("cancellation", _("They are cancelled"), apply=_moved("cancellation"), form=dated(),
            done=ngettext_lazy("Cancelled %(count)d conversation", "Cancelled %(count)d conversations", "count")),
        Act("deletion", _("Delete"),
            done=ngettext_lazy("Deleted %(count)d conversation", "Deleted %(count)d conversations", "count")),
    )  # fmt: skip
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
        return rows.filter(**self.chosen)

    def of_a_page(self, rows: ConversationQuerySet) -> QuerySet[Conversation]:
        return rows.select_related("person__company")

    of_a_file = of_an_act = of_a_page

"""What is due with conversations: a time to settle, a talk to confirm, prepare, write up and say thanks for."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from netjob.compiled import rows_of
from outreach.agenda.reading import begun_at, lean, mine
from outreach.agenda.steps import MANY, Step
from outreach.models import Conversation, ConversationQuestion, Insight, Message
from outreach.models.conversation import brought_late

if TYPE_CHECKING:
    from outreach.agenda.agenda import Agenda

LATELY = dt.timedelta(days=30)


def in_question(agenda: "Agenda") -> list[Conversation]:
    """Open ones, held ones that nobody thanked for or wrote up, and those that fell through lately."""
    return rows_of(_in_question, agenda.numbers, agenda.today - LATELY)


def _in_question(numbers: Sequence[int], lately: dt.date) -> Any:
    written = Exists(ConversationQuestion.objects.filter(conversation=OuterRef("pk")).exclude(answer=""))
    learned = Exists(Insight.objects.filter(conversation=OuterRef("pk")))
    followed_up = Message.objects.filter(conversation=OuterRef("pk"), kind="follow_up").exclude(sent_at=None)
    replies = Message.objects.filter(
        person=OuterRef("person"), direction="in", sent_on__gte=OuterRef("asked_on")
    ).exclude(reply_kind="out_of_office")
    newer = Conversation.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    talks = (
        mine(Conversation, numbers)
        .annotate(
            is_written_up=written | learned | ~Q(notes=""),
            is_followed_up=Exists(followed_up),
            has_newer=Exists(newer),
            reply_on=replies.order_by("-sent_on").values("sent_on")[:1],
        )
        .filter(
            Q(state__in=Conversation.OPEN)
            | Q(state="held")
            & (Q(thanked_on=None) | Q(held_on__gte=lately, is_written_up=False))
            & ~brought_late()
            | Q(state="cancelled", cancelled_on__gte=lately)
            | Q(state="no_show", no_show_on__gte=lately)
        )
        .order_by("-pk")[: 2 * MANY]
    )
    return lean(
        talks, "uid", "state", "mode", "minutes", "starts_at", "asked_on", "proposed_on", "confirmed_on",
        "prepared_on", "questions_sent_on", "held_on", "thanked_on", "cancelled_on", "no_show_on",
    )  # fmt: skip


def steps(agenda: "Agenda") -> Iterator[Step]:
    for talk in agenda.conversations:
        match talk.state:
            case "asked" | "proposed" if talk.in_writing:
                yield from _of_one_in_writing(agenda, talk)
            case "asked" | "proposed":
                yield from _waiting_for_a_time(agenda, talk)
            case "scheduled":
                yield _before_or_after(agenda, talk)
            case "held":
                yield from _afterwards(agenda, talk)
            case "cancelled" | "no_show" if not talk.has_newer:  # type: ignore[attr-defined]
                yield _another_time(agenda, talk)


def _waiting_for_a_time(agenda: "Agenda", talk: Any) -> Iterator[Step]:
    name, page = talk.person.name, talk.get_absolute_url()
    if talk.state == "proposed":
        yield agenda.step(
            "settle_time", talk.person, _("Settle a time with %(name)s") % {"name": name},
            _("Times were proposed %(day)s") % {"day": agenda.said_day(talk.proposed_on)},
            agenda.calendar.add_business_days(talk.proposed_on, 1), _("Settle the time"), page,
            subject=talk, occurrence=f"proposed {talk.proposed_on}",
        )  # fmt: skip
    elif talk.reply_on:
        yield agenda.step(
            "settle_time", talk.person, _("Settle a time with %(name)s") % {"name": name},
            _("They answered %(day)s") % {"day": agenda.said_day(talk.reply_on)}, talk.reply_on, _("Settle the time"),
            page, subject=talk, occurrence=f"reply {talk.reply_on}",
        )  # fmt: skip
    elif agenda.cadence.on and not talk.is_followed_up:
        # One follow-up, then it rests.
        yield agenda.step(
            "settle_time", talk.person, _("Ask %(name)s about a time again") % {"name": name},
            _("You asked %(day)s; there is no time yet") % {"day": agenda.said_day(talk.asked_on)},
            agenda.calendar.add_business_days(talk.asked_on, agenda.user.cadence_second), _("Follow up"),
            begun_at("outreach:message_add", talk.person, f"kind=follow_up&conversation={talk.pk}"),
            subject=talk, occurrence=f"asked {talk.asked_on}",
        )  # fmt: skip


def _of_one_in_writing(agenda: "Agenda", talk: Conversation) -> Iterator[Step]:
    name, page = talk.person.name, talk.get_absolute_url()
    if not talk.questions_sent_on:
        yield agenda.step(
            "send_questions", talk.person, _("Send %(name)s your questions") % {"name": name},
            _("You talk in writing"), talk.asked_on or agenda.today, _("Open the questions"), page,
            subject=talk,
        )  # fmt: skip
    else:
        yield agenda.step(
            "settle_time", talk.person, _("Look for %(name)s’s answers") % {"name": name},
            _("You sent the questions %(day)s") % {"day": agenda.said_day(talk.questions_sent_on)},
            agenda.calendar.add_business_days(talk.questions_sent_on, agenda.user.cadence_second),
            _("Enter the answers"), page, subject=talk, occurrence=f"sent {talk.questions_sent_on}",
        )  # fmt: skip


def _before_or_after(agenda: "Agenda", talk: Conversation) -> Step:
    """One step for a scheduled talk: how it went, else confirm it the day before, else prepare it."""
    name, page, starts_at = talk.person.name, talk.get_absolute_url(), talk.starts_at or agenda.now
    day = starts_at.astimezone(agenda.user.zone).date()
    when = f"{talk.get_mode_display()}, {talk.minutes} min"
    if starts_at + dt.timedelta(minutes=talk.minutes) <= agenda.now:
        return agenda.step(
            "outcome", talk.person, _("Say how it went with %(name)s") % {"name": name},
            _("The talk was %(day)s") % {"day": agenda.said_day(day)}, day, _("How did it go?"), page,
            subject=talk, occurrence=f"at {starts_at:%Y-%m-%d %H:%M}",
        )  # fmt: skip
    day_before = day - dt.timedelta(days=1)
    if not talk.confirmed_on and agenda.today >= day_before:
        return agenda.step(
            "confirm", talk.person, _("Confirm the talk with %(name)s") % {"name": name}, when,
            day_before, _("Confirm"), page, subject=talk, occurrence=f"at {starts_at:%Y-%m-%d %H:%M}", at=starts_at,
        )  # fmt: skip
    if not talk.prepared_on:
        return agenda.step(
            "prepare", talk.person, _("Prepare for %(name)s") % {"name": name}, when,
            day_before, _("Prepare"), page, subject=talk, occurrence=f"at {starts_at:%Y-%m-%d %H:%M}", at=starts_at,
        )  # fmt: skip
    return agenda.step(
        "outcome", talk.person, _("Talk with %(name)s") % {"name": name}, when, day, _("Open the questions"), page,
        subject=talk, occurrence=f"before {starts_at:%Y-%m-%d %H:%M}", at=starts_at,
    )  # fmt: skip


def _afterwards(agenda: "Agenda", talk: Conversation) -> Iterator[Step]:
    name, held_on = talk.person.name, talk.held_on or agenda.today
    talked = _("You talked %(day)s") % {"day": agenda.said_day(held_on)}
    if not talk.thanked_on:
        yield agenda.step(
            "thank", talk.person, _("Thank %(name)s") % {"name": name}, talked, held_on, _("Write thanks"),
            begun_at("outreach:message_add", talk.person, f"kind=thanks&conversation={talk.pk}"), subject=talk,
        )  # fmt: skip
    if not talk.is_written_up:  # type: ignore[attr-defined]
        yield agenda.step(
            "write_up", talk.person, _("Write up the talk with %(name)s") % {"name": name},
            _("%(talked)s; nothing is written down yet") % {"talked": talked},
            held_on, _("Write it up"), talk.get_absolute_url(), subject=talk,
        )  # fmt: skip


def _another_time(agenda: "Agenda", talk: Conversation) -> Step:
    missed = talk.state == "no_show"
    on = (talk.no_show_on if missed else talk.cancelled_on) or agenda.today
    return agenda.step(
        "another_time", talk.person, _("Offer %(name)s another time") % {"name": talk.person.name},
        (_("They did not come %(day)s; it happens") if missed else _("It was cancelled %(day)s"))
        % {"day": agenda.said_day(on)},
        agenda.calendar.add_business_days(on, 1), _("Find another time"), talk.get_absolute_url(), subject=talk,
    )  # fmt: skip

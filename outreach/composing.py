"""A text on its way to a person: what fills it, how long it may be, and what keeps it from being sent.

The same rules for the note of a request and for any message; the pages show what the verbs refuse.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from companies.linkedin_links import people_search_by_name
from companies.models import TargetRole
from contacts.models import Event, Introduction, Person
from netjob.models import User
from outreach import placeholders

LONGEST_TEXT = 20_000
"""Characters that netjob keeps of one message, sent or not."""
MESSAGE_LIMIT = 8000
"""Characters in a message to a connection on LinkedIn (reported, 2026)."""
EXAMPLE = {
    "name": "Priya Raman",
    "first name": "Priya",
    "role": "Senior Data Analyst",
    "company": "Coursera",
    "my name": "Ada Seeker",
    "my role": "Data Analyst",
    "in common": "the dbt community",
    "introducer": "Sam",
    "person met": "Jonas Okafor",
    "topic": "analytics engineering",
    "school": "the University of Leeds",
}
"""What a template is filled with where no real person is at hand: of usual length."""


class Channel(models.TextChoices):
    INVITATION = "invitation", gettext_lazy("LinkedIn invitation")
    MESSAGE = "message", gettext_lazy("LinkedIn message")
    EMAIL = "email", gettext_lazy("E-mail")
    IN_PERSON = "in_person", gettext_lazy("In person")
    OTHER = "other", gettext_lazy("Another way")


@dataclass(frozen=True)
class Limit:
    """How many characters fit, and for what more would be too many."""

    characters: int
    holder: str


def limit_of(channel: str, user: User) -> Limit:
    if channel == Channel.INVITATION and user.linkedin_account == User.LinkedInAccount.FREE:
        return Limit(user.note_limit, _("a free account"))
    if channel == Channel.INVITATION:
        return Limit(user.note_limit, _("an invitation"))
    if channel == Channel.MESSAGE:
        return Limit(MESSAGE_LIMIT, _("a LinkedIn message"))
    return Limit(LONGEST_TEXT, _("one message"))


@dataclass(frozen=True)
class Way:
    """A link that netjob builds and never opens by itself: where the text is to be pasted."""

    label: str
    url: str


@dataclass(frozen=True)
class Letter:
    """A text, by which way, to whom."""

    person: Person
    channel: str
    text: str
    subject: str = ""

    @cached_property
    def limit(self) -> Limit:
        return limit_of(self.channel, self.person.owner)

    @cached_property
    def length(self) -> int:
        """As LinkedIn counts it: UTF-16 code units."""
        return placeholders.linkedin_length(self.text)

    @property
    def over(self) -> int:
        return max(0, self.length - self.limit.characters)

    @property
    def count(self) -> str:
        """How long it is, in words; how much too long, where it is."""
        numbers = {
            "count": self.length,
            "limit": self.limit.characters,
            "over": self.over,
            "holder": self.limit.holder,
        }
        if self.over:
            return (
                ngettext(
                    "%(count)d of %(limit)d characters: %(over)d too many for %(holder)s",
                    "%(count)d of %(limit)d characters: %(over)d too many for %(holder)s",
                    self.over,
                )
                % numbers
            )
        if self.is_counted:
            return (
                ngettext(
                    "%(count)d of %(limit)d character",
                    "%(count)d of %(limit)d characters",
                    self.limit.characters,
                )
                % numbers
            )
        return ngettext("%(count)d character", "%(count)d characters", self.length) % numbers

    @property
    def is_counted(self) -> bool:
        """Whether somebody else sets the limit, so that it is worth a thought while writing."""
        return self.channel in (Channel.INVITATION, Channel.MESSAGE)

    @property
    def is_email(self) -> bool:
        return self.channel == Channel.EMAIL

    @cached_property
    def _open(self) -> placeholders.Filled:
        whole = f"{self.subject}\n{self.text}" if self.is_email else self.text
        return placeholders.fill(whole[: placeholders.LONGEST_TEMPLATE], {})

    @property
    def unfilled(self) -> tuple[str, ...]:
        """Placeholders that stand in it still."""
        return self._open.unfilled

    @property
    def unknown(self) -> tuple[str, ...]:
        """What looks like a placeholder and is none."""
        return self._open.unknown

    def faults(self) -> list[str]:
        """What is wrong with the text: sentences; none where it may go out."""
        found = []
        if left := (*self.unfilled, *self.unknown):
            found.append(
                _("Fill or remove %(placeholders)s: it would be sent as it stands.")
                % {"placeholders": ", ".join(left)}
            )
        if self.over:
            found.append(f"{self.count}.")
        if not self.text.strip() and self.channel in (Channel.MESSAGE, Channel.EMAIL):
            found.append(_("Write the message first."))
        return found

    def why_not_sent(self) -> list[str]:
        """Every sentence that stands between this text and its sending."""
        return [*filter(None, [why_not_written_to(self.person)]), *self.faults()]

    def way(self) -> Way | None:
        """Where to paste it. Reads the person's keys and company, which a page loads with them."""
        if self.is_email:
            subject, body = _encoded(self.subject), _encoded(self.text.replace("\n", "\r\n"))
            address = quote(self.person.email, safe="@+")
            return Way(_("Copy and open e-mail"), f"mailto:{address}?subject={subject}&body={body}")
        if self.channel not in (Channel.INVITATION, Channel.MESSAGE):
            return None
        if profile := self.person.linkedin_url:
            return Way(_("Copy and open profile"), profile)
        company = self.person.company.name if self.person.company else ""
        return Way(_("Copy and search on LinkedIn"), people_search_by_name(self.person.name, company))


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")


def why_not_written_to(person: Person) -> str:
    if person.do_not_contact_on:
        return _("%(name)s is marked “do not contact”.") % {"name": person.name}
    return ""


def values_for(person: Person) -> dict[str, str]:
    """What is known for the placeholders of a text to this person; empty where nothing is."""
    owner = person.owner
    return {
        "name": person.name,
        "first name": placeholders.first_name(person.name),
        "role": person.role,
        "company": person.company.name if person.company else "",
        "my name": owner.name,
        "my role": owner.current_role or _first_target_role(owner),
        "in common": person.in_common,
    }


def for_an_introducer(values: dict[str, str], introduction: Introduction | None = None) -> dict[str, str]:
    """The same where they are asked to introduce me: whom I want to meet is what the introduction says, if any."""
    said = {"introducer": values["first name"], "my name": values["my name"], "my role": values["my role"]}
    if introduction is None:
        return said
    to, where = introduction.person, introduction.where
    return said | {
        "name": to.name if to else "",
        "role": to.role if to else "",
        "company": where.name if where else "",
    }


def led_by(
    person: Person, introduction: Introduction | None = None, event: Event | None = None
) -> dict[str, str]:
    """What is known for the placeholders by what led to the person, or by whom they led me to."""
    values = {"topic": event.name} if event else {}
    if introduction is None:
        return values
    if introduction.introducer_id == person.pk:
        return values | {"person met": introduction.to}
    return values | {"introducer": introduction.introducer.name}


def moment_of(on: dt.date, user: User, *, now: dt.datetime) -> dt.datetime:
    """The moment that stands for a day: now if it is today, noon by the user's clock for any other."""
    return now if on == user.today(now) else noon_of(on, user)


def noon_of(on: dt.date, user: User) -> dt.datetime:
    """The moment that stands for a day of which nothing more is known."""
    return dt.datetime.combine(on, dt.time(12), tzinfo=user.zone)


def _first_target_role(owner: User) -> str:
    role = TargetRole.objects.owned_by(owner).first()
    return role.title if role else ""

"""The templates that fit a text to somebody, and what stands in its composer at first."""

from typing import Any

from django.utils.translation import gettext as _

from contacts.models import Event, Introduction, Person
from contacts.ways_in import Ask
from netjob.models import User
from outreach.composing import led_by, values_for
from outreach.models import Message, MessageTemplate
from outreach.models.message_template import best_of
from outreach.shipped import MET_AT_EVENT, MET_WHOM_THEY_NAMED


class Shelf:
    """The templates that fit here, and the one that is asked for."""

    def __init__(
        self,
        owner: User,
        kinds: list[str],
        *,
        asked: str | None,
        introduction: Introduction | None = None,
        event: Event | None = None,
    ) -> None:
        """`asked` is the key of a template, "" for none of them, None where the best one is wanted.

        `introduction` and `event` are what led to the person, or (asking for one) what it is about.
        """
        self.introduction, self.event = introduction, event
        rows = MessageTemplate.objects.owned_by(owner).in_use().filter(kind__in=kinds)
        self.templates = sorted(rows, key=lambda row: (kinds.index(row.kind), row.pk))
        self.chosen = next((row for row in self.templates if str(row.pk) == asked), None)
        self.is_asked = self.chosen is not None or asked == ""

    def start(self, person: Person, channel: str, kept: dict[str, Any] | None = None) -> dict[str, Any]:
        """What stands in the composer: the template asked for, else what was kept, else the best one, filled."""
        if kept is not None and not self.is_asked:
            return kept
        led = led_by(person, self.introduction, self.event)
        values = values_for(person) | led
        template = self.chosen
        if not self.is_asked:
            name = MET_AT_EVENT if self.event else MET_WHOM_THEY_NAMED if "person met" in led else ""
            template = best_of(self.templates, person, channel, values, self.introduction, led, name)
        if template is None:
            return as_kept(None, channel)
        letter = template.letter_to(person, channel, values, self.introduction)
        text = letter.text
        if template.kind == template.Kind.INTRODUCTION_REQUEST and self.introduction:
            text = "\n\n".join(filter(None, [text, self._link_for_them(self.introduction)]))
        return {"channel": channel, "template": template.pk, "subject": letter.subject, "text": text}

    @staticmethod
    def _link_for_them(introduction: Introduction) -> str:
        """Where an introducer sees whom they know at the company, if the link can tell."""
        ask = Ask.by(introduction)
        if ask is None or not ask.is_exact:
            return ""
        return _("This link shows whom you know there: %(link)s") % {"link": ask.link}

    def groups(self) -> list[tuple[str, list[MessageTemplate]]]:
        """For a select: its groups, one a kind."""
        found: dict[str, list[MessageTemplate]] = {}
        for template in self.templates:
            found.setdefault(str(template.get_kind_display()), []).append(template)
        return list(found.items())


def as_kept(message: Message | None, channel: str = "") -> dict[str, Any]:
    """What stands in the composer of a draft; a blank invitation has no message."""
    if message is None:
        return {"channel": channel, "template": "", "subject": "", "text": ""}
    return {
        "channel": message.channel,
        "template": message.template_id or "",
        "subject": message.subject,
        "text": message.text,
    }

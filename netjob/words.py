"""What several places say in the same words."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def spoken_day(on: dt.date, today: dt.date) -> str:
    """A day as people say it: "today", "last Friday", "3 November"."""
    distance = (on - today).days
    if -1 <= distance <= 1:
        return (_("yesterday"), _("today"), _("tomorrow"))[distance + 1]
    if 1 < distance < 7 or -7 < distance < -1:
        return date_format(on, "l") if distance > 0 else _("last %(day)s") % {"day": date_format(on, "l")}
    return date_format(on, "j F" if on.year == today.year else "j F Y")

"""A person as a foreign file tells of them: the row that every reader of people gives, and its cells. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from companies.linkedin_links import linkedin_path
from contacts.profiles import LONGEST_NAME, ProfileLink, canonical_email, read_profile_link
from netjob.folding import exact_key
from netjob.imports.rows import Rejected, RowReader, Skipped, too_long
from netjob.imports.texts import one_line
from netjob.links import read_web_link

LONGEST_PLACE: Final = 100


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Whom a row names, and what it says of them; "" or None where it says nothing or nothing readable.

    `number` is the row as a spreadsheet shows it (of a vCard: which card), `company` a name as written.
    `link` is a page of theirs that is no LinkedIn profile.
    """

    file: str
    number: int
    name: str
    company: str = ""
    role: str = ""
    profile: ProfileLink | None = None
    emails: tuple[str, ...] = ()
    """Canonical, the first one first."""
    link: str = ""
    place: str = ""
    notes: str = ""
    connected_on: dt.date | None = None
    sent_on: dt.date | None = None
    """When something was sent to them: a newcomer's own record."""
    status: str = ""
    """What that came to, in the words of the file."""

    @property
    def keys(self) -> dict[tuple[str, str], None]:
        """Kind and value of each `PersonKey` that the row gives, in its order."""
        found = {(self.profile.kind, self.profile.key): None} if self.profile else {}
        return found | {("email", email): None for email in self.emails}


class NoPage(ValueError):
    """`str()` of it says why, in a sentence for the user."""


def read_page(text: str) -> tuple[ProfileLink | None, str]:
    """A link as the LinkedIn profile that it leads to, or as another page of a person's. Raises `NoPage`."""
    if not text or (profile := read_profile_link(text)) is not None:
        return (profile, "") if text else (None, "")
    page = linkedin_path(text)
    if page is not None and page.page != "pub":
        raise NoPage(_("That page on LinkedIn is not the profile of a person."))
    try:
        return None, read_web_link(text)
    except ValidationError as problem:
        raise NoPage(" ".join(problem.messages)) from None


class PersonReader(RowReader):
    """Reads the cells that tell who somebody is."""

    def person_name(self, *names: str) -> str:
        """The parts of a name in this order. Raises `Skipped` without one, `Rejected` where it is too long."""
        parts = [one_line(self.row[name]) for name in names]
        name = " ".join(filter(None, parts))
        if not exact_key(name):
            raise Skipped(_("No name."))
        if len(name) > LONGEST_NAME:
            longest = max(names, key=lambda part: len(self.row[part]))
            raise Rejected(longest, _("The name has %(what)s") % {"what": too_long(name, LONGEST_NAME)})
        return name

    def page(self, name: str) -> tuple[ProfileLink | None, str]:
        """The person's LinkedIn profile, or another page of theirs."""
        try:
            return read_page(self.row[name])
        except NoPage as problem:
            self.warn(name, str(problem))
            return None, ""

    def emails(self, name: str) -> tuple[str, ...]:
        """One address or several, as address books join them."""
        typed = filter(None, map(str.strip, re.split(r"[;,\n]", self.row[name])))
        found = dict.fromkeys(map(canonical_email, typed))
        if None in found:
            self.warn(name, _("That is no complete e-mail address."))
        return tuple(filter(None, found))

"""The history of a company or a person: a page of it, narrowed to one part where the address says so.

Which verbs are told where is known to those who write them: apps add their parts to `PARTS` in `ready()`.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netjob.compiled import rows_of
from netjob.models import Activity, User
from netjob.paging import Page, page_of, page_with

ORDER = ("-happened_on", "-pk")


class Part(NamedTuple):
    label: str | Promise
    verbs: frozenset[str]


PARTS: dict[str, Part] = {"notes": Part(_("Notes"), frozenset(Activity.Mine.values))}


class Tab(NamedTuple):
    url: str
    label: str | Promise
    is_current: bool


@dataclass
class History:
    page: Page
    part: str
    """The name of a part; empty: everything."""
    address: str
    """Of the page that it stands on."""

    @property
    def rows(self) -> list[Activity]:
        return self.page.rows

    @property
    def next(self) -> str:
        return self.page.next

    @property
    def is_continued(self) -> bool:
        """Whether it begins further down than at the newest."""
        return self.page.first_number > 1

    @property
    def newest_url(self) -> str:
        return self._url()

    @property
    def older_url(self) -> str:
        return self._url(older=self.next) if self.next else ""

    @property
    def tabs(self) -> Iterator[Tab]:
        yield Tab(f"{self.address}#history", _("Everything"), not self.part)
        for name, part in PARTS.items():
            yield Tab(f"{self.address}?history={name}#history", part.label, name == self.part)

    def _url(self, **more: str) -> str:
        said = ({"history": self.part} if self.part else {}) | more
        return self.address + (f"?{urlencode(said)}" if said else "")


def history_of(owner: User, sent: QueryDict, *, address: str, size: int, **about: uuid.UUID) -> History:
    """The page that an address asks for, of the lines about `company_uid` or `person_uid`.

    What cannot be read in the address is as if it were not said.
    """
    part, after = sent.get("history", ""), sent.get("older", "")
    part = part if part in PARTS else ""
    ((which, uid),) = about.items()
    if after:
        page = page_of(_lines([owner.pk, uid], which, part), ORDER, after=after, size=size)
    else:
        page = page_with(rows_of(_newest, [owner.pk, uid], which, part, size), ORDER, size=size)
    return History(page, part, address)


def _newest(numbers: Sequence[Any], which: str, part: str, size: int) -> QuerySet[Activity]:
    return _lines(numbers, which, part).order_by(*ORDER)[: size + 1]


def _lines(numbers: Sequence[Any], which: str, part: str) -> QuerySet[Activity]:
    owner, uid = numbers
    lines = Activity.objects.filter(owner=owner, **{which: uid})
    return lines.filter(verb__in=PARTS[part].verbs) if part else lines

"""When each search was last opened: those at a company, and those of the four ways that lead to companies."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob.models import User
from netjob.ownership import OwnedModel, Refused, text_limits

WORDS = 400
IN_PLACE = " · "
"""Between a title and the place where people are looked for by it."""


class Count(NamedTuple):
    done: int
    all: int


class SearchVisit(OwnedModel):
    """A search that was opened, by its kind and words: whichever address it leads to, it stays the same one."""

    class Kind(models.TextChoices):
        PEOPLE = "people", gettext_lazy("People")
        PEOPLE_FIRST = "people_1st", gettext_lazy("People, 1st degree")
        PEOPLE_SECOND = "people_2nd", gettext_lazy("People, 2nd degree")
        PEOPLE_PLACE = "people_place", gettext_lazy("People in the place")
        JOBS_LINKEDIN = "jobs_linkedin", gettext_lazy("Jobs on LinkedIn")
        JOBS_INDEED = "jobs_indeed", gettext_lazy("Jobs on Indeed")
        JOBS_GOOGLE = "jobs_google", gettext_lazy("Jobs on Google")
        COMPANIES = "companies", gettext_lazy("Companies on LinkedIn")
        PAGE = "page", gettext_lazy("Page on LinkedIn")
        WEB = "web", gettext_lazy("Web")
        MAP = "map", gettext_lazy("Map")

    OF_PEOPLE = (Kind.PEOPLE, Kind.PEOPLE_FIRST, Kind.PEOPLE_SECOND, Kind.PEOPLE_PLACE)
    goes_unsaid = True
    """Not worth a word on the page that asks before deleting."""

    company = models.ForeignKey(
        "companies.Company", models.CASCADE, null=True, blank=True, related_name="visits", db_index=False
    )
    kind = models.CharField(max_length=15, choices=Kind)
    words = models.CharField(max_length=WORDS)
    opened_at = models.DateTimeField()

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("search that was opened")
        verbose_name_plural = gettext_lazy("searches that were opened")
        constraints = [*OwnedModel.Meta.constraints, text_limits("searchvisit_text", words=WORDS)]
        indexes = [
            # Not unique: where two companies become one, both may have been searched for the same.
            models.Index("owner", "company", "kind", "words", name="searchvisit_search"),
            models.Index("company", name="searchvisit_company"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"

    KEY = Concat("kind", models.Value(":"), "words", output_field=models.CharField())
    """The same as `key`, in a query."""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.words}"

    @classmethod
    def remember(cls, owner: User, key: str, *, at: dt.datetime, company: Any = None) -> None:
        """It was opened at that moment. Raises Refused for what is the key of no search."""
        kind, _colon, words = key.partition(":")
        words = words.strip()
        if kind not in cls.Kind.values or not words or len(words) > WORDS or "\0" in words:
            raise Refused(_("That is no search that is known here."))
        visits = cls.objects.owned_by(owner).filter(company=company, kind=kind, words=words)
        if not visits.update(opened_at=at, version=models.F("version") + 1):
            cls.objects.create(owner=owner, company=company, kind=kind, words=words, opened_at=at)

    @classmethod
    def of_the_ways(cls, owner: User) -> dict[str, dt.datetime]:
        """When each search that belongs to no company was last opened, by its key."""
        rows = cls.objects.owned_by(owner).filter(company=None).order_by("opened_at")
        return {visit.key: visit.opened_at for visit in rows}

    @classmethod
    def people_searched(cls, titles: Iterable[str], opened: Iterable[str]) -> Count:
        """For how many of the titles people were looked for, by the keys of the searches that were `opened`.

        Whichever people it were, of any degree or in a place: one is enough. A title of two roles is one.
        """
        by_title = set()
        for key in opened:
            kind, _colon, words = key.partition(":")
            if kind == cls.Kind.PEOPLE_PLACE:
                by_title.add(words.rpartition(IN_PLACE)[0])
            elif kind in cls.OF_PEOPLE:
                by_title.add(words)
        wanted = {title.strip() for title in titles}
        return Count(len(wanted & by_title), len(wanted))

"""The jobs that there are, posted or not."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models.company import Company
from companies.models.company_name import NAME
from netjob.folding import LONGEST_HAYSTACK, folded, haystack
from netjob.links import LONGEST, check_web_link
from netjob.models import Activity
from netjob.ownership import NOTES, HaystackField, OwnedModel, OwnedQuerySet, text_limits

FAR = dt.date(9999, 12, 31)
"""Where an order by day puts what has no day."""


class OpeningQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        return self.filter(state__in=Opening.OPEN)

    def matching(self, text: str) -> Self:
        """Every word stands somewhere in the opening, or in a name, industry or place of its company."""
        rows = self
        for word in folded(text).split():
            rows = rows.filter(Q(search_text__contains=word) | Q(company__search_text__contains=word))
        return rows


class Opening(OwnedModel):
    """A job at a company, posted or not. What became of my application to it is another noun."""

    class State(models.TextChoices):
        RUMOURED = "rumoured", gettext_lazy("Rumoured")
        UNPOSTED = "unposted", gettext_lazy("Open, not posted")
        POSTED = "posted", gettext_lazy("Posted")
        FILLED = "filled", gettext_lazy("Filled")
        CLOSED = "closed", gettext_lazy("Closed")

    OPEN = (State.RUMOURED, State.UNPOSTED, State.POSTED)
    DERIVED = ("folded_place", "search_text", "haystack")
    DERIVED_FROM = ("title", "place", "salary", "notes")

    company = models.ForeignKey(Company, models.CASCADE, related_name="openings")
    title = models.CharField(gettext_lazy("title"), max_length=NAME)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State, default=State.POSTED)
    state_on = models.DateField(gettext_lazy("as of"))
    link = models.CharField(gettext_lazy("link"), max_length=LONGEST, blank=True, validators=[check_web_link])
    place = models.CharField(gettext_lazy("place"), max_length=100, blank=True)
    salary = models.CharField(gettext_lazy("salary"), max_length=100, blank=True)
    deadline = models.DateField(gettext_lazy("deadline"), null=True, blank=True)
    notes = models.TextField(gettext_lazy("notes"), max_length=NOTES, blank=True)
    folded_place = models.CharField(max_length=200, default="", editable=False)
    search_text = models.TextField(max_length=2 * NAME + 400, default="", editable=False)
    haystack = HaystackField()
    due_on = models.GeneratedField(
        expression=Case(
            When(state__in=["rumoured", "unposted", "posted"], then=Coalesce("deadline", Value(FAR))),
            default=Value(FAR),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    """The next date: that of the deadline, as long as there is something to apply for."""

    objects: ClassVar[Any] = OpeningQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("opening")
        verbose_name_plural = gettext_lazy("openings")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits(
                "opening_text", title=NAME, link=LONGEST, place=100, salary=100, notes=NOTES,
                folded_place=200, search_text=2 * NAME + 400,
            ),
            text_limits("opening_haystack", haystack=LONGEST_HAYSTACK),
        ]  # fmt: skip
        indexes = [
            models.Index("owner", "due_on", "id", name="opening_by_next_date"),
            models.Index("owner", "state_on", "id", name="opening_by_day"),
            models.Index("owner", F("id").desc(), name="opening_newest"),
        ]
        ordering = ["-state_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.company.get_absolute_url()

    def derive(self) -> None:
        self.folded_place = folded(self.place)[:200]
        self.search_text = folded(" ".join([self.title, self.place, self.salary]))[: 2 * NAME + 400]
        self.haystack = haystack(self.title, self.place, self.salary, self.notes)

    def save(self, **kwargs: Any) -> None:
        """Save; a link that names the company on LinkedIn teaches its number."""
        held = Opening.objects.filter(pk=self.pk).values_list("link", "notes").first() or ()
        super().save(**kwargs)
        self.asides = self.company.learn_in_passing(self.link, self.notes, held=held)

    @classmethod
    def add(cls, company: Company, title: str, *, on: dt.date, **facts: Any) -> "Opening":
        """Keep a job at the company, with a line in its history."""
        opening = cls(owner=company.owner, company=company, title=title, **facts)
        opening.save()
        opening.line(on=on).save()
        return opening

    def turned(self, state: str, *, on: dt.date) -> Activity:
        """It stands so since that day, without saving the row; returns the line of history that belongs to it."""
        self.state, self.state_on = state, on
        return self.line(on=on)

    def tell_state(self, *, before: str) -> None:
        """Where it stands otherwise than `before`, the company's history says so."""
        if self.state != before:
            self.line(on=self.state_on).save()

    def line(self, *, on: dt.date) -> Activity:
        sentence = _("Opening: %(state)s") % {"state": str(self.get_state_display()).lower()}
        return self.company.line("opening", sentence, self.title, on=on)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

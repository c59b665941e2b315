"""A list is declared: what narrows it, in which orders it stands, what can be done to many of its rows, and
what an export of it holds. Filter and order live in its address, and what cannot be read there is as if it
were not said.

A list of an app extends `Listing`; `netjob.views.lists` answers for all of them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netjob.bulk import Act
from netjob.compiled import rows_of
from netjob.exports import Column
from netjob.models import SavedFilter, User
from netjob.paging import SIZE, Page, page_of, page_with

LISTINGS: dict[str, type["Listing"]] = {}
"""Every list by the route of its page."""
LONGEST_WORDS = 100
AT_ONCE = 500
"""Rows that an export reads at a time."""


@dataclass(frozen=True)
class Sort:
    """One order of a list; "-name" in an address turns it round. Its columns are never empty, the last unique."""

    name: str
    label: str | Promise
    order: tuple[str, ...]

    def reversed(self) -> "Sort":
        order = tuple(
            column.removeprefix("-") if column.startswith("-") else f"-{column}" for column in self.order
        )
        return Sort(f"-{self.name}", self.label, order)


class WordsField(forms.CharField):
    """Words to look for. Nothing that can be typed or sent makes it fail."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(value or "").replace("\0", " ")[:LONGEST_WORDS]
        return text.encode("utf-8", "ignore").decode().strip()


def choice(label: Any, anything: Any, choices: Iterable[tuple[Any, Any]]) -> Any:
    """A field that chooses one of several, or leaves it open."""
    return forms.ChoiceField(label=label, choices=[("", anything), *choices], required=False)


def one_of(label: Any, rows: QuerySet[Any]) -> forms.ModelChoiceField:
    """A field that comes with a link from elsewhere: hidden, and one of the owner's own."""
    return forms.ModelChoiceField(rows, label=label, required=False, widget=forms.HiddenInput)


class Listing(forms.Form):
    """What a list shows, read from an address."""

    page: ClassVar[str]
    """The route of its page."""
    name: ClassVar[str]
    """What the routes of its bulk acts and its export begin with."""
    title: ClassVar[str | Promise]
    model: ClassVar[Any]
    sorts: ClassVar[tuple[Sort, ...]]
    """The first is the one when nothing is said."""
    columns: ClassVar[tuple[Column, ...]]
    acts: ClassVar[tuple[Act, ...]] = ()
    at_hand: ClassVar[tuple[str, ...]] = ("q",)
    """The fields that stand in view; the others are folded away until one of them is used."""

    opens_alike: ClassVar[bool] = False
    """Whether of its first page, with nothing chosen, only the owner is another each time: no row is prefetched."""

    sort = forms.CharField(required=False)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "page" in vars(cls):
            LISTINGS[cls.page] = cls

    def __init__(self, sent: QueryDict, *, owner: User, today: dt.date) -> None:
        super().__init__({name: value for name in self.base_fields if (value := sent.get(name))})
        self.owner, self.today = owner, today
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.queryset = field.queryset.filter(owner=owner)
        self.full_clean()

    # What it says of itself

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What narrows it, by the names of its fields."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "sort" and value not in (None, "")
        }

    @property
    def unread(self) -> list[str]:
        """The filters that were asked for and cannot be read, by their labels: what is shown is without them."""
        return [str(self.fields[name].label) for name in self.errors if name != "sort"]

    @property
    def folded_away(self) -> list[str]:
        return [name for name in self.fields if name not in (*self.at_hand, "sort")]

    @property
    def uses_folded(self) -> bool:
        return any(name in self.chosen for name in self.folded_away)

    @property
    def is_narrow(self) -> bool:
        return bool(self.chosen)

    @cached_property
    def offered_sorts(self) -> tuple[Sort, ...]:
        """The orders that make sense for what is chosen."""
        return self.sorts

    @cached_property
    def sorted(self) -> Sort:
        wanted = self.cleaned_data.get("sort", "")
        both = {name: sort for one in self.offered_sorts for name, sort in _ways(one)}
        return both.get(wanted, self.offered_sorts[0])

    @property
    def is_sorted(self) -> bool:
        """Whether it stands in another order than when nothing is said."""
        return self.sorted != self.offered_sorts[0]

    def query(self, **more: str) -> str:
        """What stands behind the "?" of an address that shows the same; no place in the list is kept."""
        return urlencode({name: value for name, value in (self._said | more).items() if value != ""})

    @cached_property
    def _said(self) -> dict[str, Any]:
        said = {name: value.pk if isinstance(value, Model) else value for name, value in self.chosen.items()}
        return said | ({"sort": self.sorted.name} if self.is_sorted else {})

    def address(self, **more: str) -> str:
        query = self.query(**more)
        return reverse(self.page) + (f"?{query}" if query else "")

    @property
    def file_name(self) -> str:
        return reverse(self.page).strip("/")

    @property
    def bulk_address(self) -> str:
        return f"{reverse(f'{self.name}_bulk')}?{self.query()}"

    def export_address(self, kind: str) -> str:
        return f"{reverse(f'{self.name}_export')}?{self.query(format=kind)}"

    @property
    def csv_address(self) -> str:
        return self.export_address("csv")

    @property
    def xlsx_address(self) -> str:
        return self.export_address("xlsx")

    @property
    def other_files(self) -> list[tuple[str, str]]:
        """Further kinds of file that it leaves as: a label and an address each."""
        return []

    def saved_filters(self) -> list[SavedFilter]:
        return rows_of(_saved_filters, [self.owner.pk], self.page)

    # What it shows

    def narrow(self, rows: Any) -> Any:
        """The rows that fit what is chosen."""
        raise NotImplementedError

    def of_a_page(self, rows: Any) -> Any:
        """With what a row of the page shows, and without what it does not."""
        return rows

    def shown_only(self, rows: Any, *columns: str) -> Any:
        """With these columns and those that the list is sorted by, and no others."""
        return rows.only(*columns, *(name.removeprefix("-") for name in self.sorted.order))

    def of_a_file(self, rows: Any) -> Any:
        """With what a row of an export holds."""
        return rows

    @classmethod
    def of_an_act(cls, rows: Any) -> Any:
        """Whole, and with what a bulk act looks at."""
        return rows

    def rows(self) -> Any:
        """All that fit, in no order."""
        return self.narrow(self.model.objects.owned_by(self.owner))

    def shown(self, after: str) -> Page:
        if self.opens_alike and not after and not self.chosen:
            found = rows_of(_opened, [self.owner.pk], type(self), self.sorted.name, self.today)
            return page_with(found, self.sorted.order)
        return page_of(self.of_a_page(self.rows()), self.sorted.order, after=after, size=SIZE)

    def exported(self) -> Iterator[Any]:
        """Every row that fits, in the order of the list, read in portions."""
        rows, after = self.of_a_file(self.rows()), ""
        while True:
            some = page_of(rows, self.sorted.order, after=after, size=AT_ONCE)
            yield from some
            if not (after := some.next):
                return

    def act(self, name: str) -> Act | None:
        return next((act for act in self.acts if act.name == name), None)


def _opened(numbers: Sequence[int], listing: type[Listing], sort: str, today: dt.date) -> Any:
    asked = listing(QueryDict(f"sort={sort}"), owner=User(pk=numbers[0]), today=today)
    return asked.of_a_page(asked.rows()).order_by(*asked.sorted.order)[: SIZE + 1]


def _saved_filters(numbers: Sequence[int], page: str) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(owner=numbers[0], page=page).order_by("name", "pk")


def _ways(sort: Sort) -> Iterator[tuple[str, Sort]]:
    yield sort.name, sort
    back = sort.reversed()
    yield back.name, back


class SavedFilterForm(forms.Form):
    """The name of a view, and the query that it stands for."""

    LONGEST_QUERY = 1000

    name = forms.CharField(
        label=_("Name of this view"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

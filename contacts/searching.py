"""What the search shows of a person, of a note about a person or a company, and of an event."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import Company
from contacts.models import Event, Person
from netjob.models import Activity, User
from netjob.search import Hit, Source, register


def people(owner: User, pks: Sequence[int], today: dt.date) -> Iterator[Hit]:
    rows = Person.objects.these(owner, pks).with_since().select_related("company")
    rows = rows.only(
        "name",
        "role",
        "notes",
        "stage",
        "in_play",
        "connected_on",
        "degree",
        "do_not_contact_on",
        "company__name",
    )
    for person in rows:
        company = person.company.name if person.company else ""
        yield Hit(
            person.pk,
            person.name,
            person.get_absolute_url(),
            where=" · ".join(filter(None, [person.role, company, person.standing(today)])),
            text=person.notes,
            weight=(person.in_play, person.stage),
        )


def notes(owner: User, pks: Sequence[int], today: dt.date) -> Iterator[Hit]:
    def of(model: type[Person] | type[Company], link: str, column: str) -> Subquery:
        rows = model.objects.owned_by(owner).filter(uid=OuterRef(link))
        return Subquery(rows.order_by().values(column)[:1])

    rows: Any = Activity.objects.these(owner, pks).filter(verb__in=Activity.Mine.values)
    about = {
        f"{noun}_{column}": of(model, f"{noun}_uid", column)
        for noun, model in (("person", Person), ("company", Company))
        for column in ("name", "pk")
    }
    rows = rows.only("text", "happened_on")
    for note in rows.annotate(**about):
        if note.person_pk:
            name, url = note.person_name, Person(pk=note.person_pk).get_absolute_url()
        elif note.company_pk:
            name, url = note.company_name, Company(pk=note.company_pk).get_absolute_url()
        else:
            continue  # of somebody who was deleted: it comes back with them
        company = note.company_name if note.person_pk and note.company_name else ""
        yield Hit(
            note.pk,
            _("Note about %(name)s") % {"name": name},
            f"{url}#history",
            where=company,
            text=note.text,
            day=note.happened_on,
        )


def events(owner: User, pks: Sequence[int], today: dt.date) -> Iterator[Hit]:
    for event in Event.objects.these(owner, pks).only("name", "kind", "day", "place", "notes"):
        day = date_format(event.day, "j F Y") if event.day else ""
        yield Hit(
            event.pk,
            event.name,
            event.get_absolute_url(),
            where=" · ".join(filter(None, [str(event.get_kind_display()), day, event.place])),
            text=event.notes,
            day=event.day,
            weight=(event.is_to_come(today),),
        )


def register_sources() -> None:
    register(
        Source(2, "people", gettext_lazy("People"), "contacts.Person", people),
        Source(11, "events", gettext_lazy("Events and communities"), "contacts.Event", events),
        Source(3, "notes", gettext_lazy("Notes"), "netjob.Activity", notes, is_text=True),
    )

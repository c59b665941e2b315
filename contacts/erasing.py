"""Erasing a person for good: everything about them goes, and nothing comes back by itself.

Their row takes along all that hangs on it; besides that go the lines of history, the images that undo keeps, and
what the admin's log says. Keyed hashes of their addresses stay (`Erasure`), so that no import brings them back.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from companies.models import Company, CompanyName
from companies.names import exact_key
from contacts.importing.forgetting import Whom, forget, without_names
from contacts.models import Erasure, Introduction, Key, Person, PersonKey
from contacts.models.erasure import named_at, named_since
from netjob import search_index, undo
from netjob.models import Activity, Change, User
from netjob.ownership import OwnedModel, owned_links

type Rows = dict[str, set[int]]
"""The ids of rows by the label of their model."""


@transaction.atomic
def erase(person: Person) -> None:
    """No undo. The files are tidied once it is committed."""
    owner, left = person.owner, person.company_id
    names = {person.name}
    gone = _images_of(person, names)
    keys = {(key.kind, key.value) for key in person.keys.all()}
    employers = _employers_of(person)
    Erasure.remember(owner, keys | set(_by_name(person, names, keys, employers)))
    lines = Activity.objects.owned_by(owner).filter(pk__in=_lines_about(person, names, gone))
    gone["netjob.activity"].update(lines.values_list("pk", flat=True))
    lines.delete()
    _forget_acts(owner, names, gone)
    whom = Whom(frozenset(gone["contacts.person"]), frozenset(keys), frozenset(names), frozenset(employers))
    forget(owner, whom)
    for label, pks in gone.items():
        Change.objects.filter(owner=owner, model=label, row_pk__in=pks).delete()
    Person.objects.filter(pk=person.pk).delete()
    Person.objects.none().advance(left=[left] if left else [])
    transaction.on_commit(tidy_files, robust=True)


def _by_name(
    person: Person, names: Iterable[str], keys: Iterable[Key], employers: Iterable[str]
) -> Iterator[Key]:
    """Whoever has no profile is noticed by name and day of connecting; without an e-mail, too, by name and company."""
    kinds = {kind for kind, _value in keys}
    if kinds & set(PersonKey.PROFILES):
        return
    for name in names:
        if person.connected_on:
            yield named_since(name, person.connected_on)
        if not kinds:
            yield from (named_at(name, employer) for employer in employers or [""])


def _employers_of(person: Person) -> set[str]:
    """Where they work, or were seen, by all names of these companies."""
    positions = person.positions.all()
    there = Q(company=person.company_id) | Q(company__in=positions.exclude(company=None).values("company"))
    known = CompanyName.objects.owned_by(person.owner).filter(there).values_list("exact_key", flat=True)
    return {*known, *(exact_key(position.employer) for position in positions)}


def _lines_about(person: Person, names: Iterable[str], gone: Rows) -> Iterator[int]:
    """Lines of their history, and those that name them on the page of a company or of another person.

    Where somebody else has their name, only the pages tell whose line it is.
    """
    mine = Activity.objects.owned_by(person.owner)
    yield from mine.filter(person_uid=person.uid).values_list("pk", flat=True)
    others = Person.objects.owned_by(person.owner).exclude(pk=person.pk)
    beside = _beside(person, gone) if others.filter(name__in=names).exists() else None
    naming = Q()
    for name in names:
        naming |= Q(title__contains=name) | Q(text__contains=name)
    told = mine.filter(Q(verb="moved", person_uid=None) | Q(verb__startswith="introduction_"), naming)
    for line in told:
        is_theirs = beside is None or (line.person_uid or line.company_uid) in beside
        if is_theirs and any(without_names(text, names) != text for text in (line.title, line.text)):
            yield line.pk


def _beside(person: Person, gone: Rows) -> set[uuid.UUID | None]:
    """The companies that they left, and whom or what introductions led to and from."""
    people, companies = set[int](), set(person.positions.values_list("company", flat=True))
    rows: list[Any] = list(Introduction.objects.filter(pk__in=gone["contacts.introduction"]).values())
    kept = Change.objects.filter(
        owner=person.owner_id, model__in=["contacts.introduction", "contacts.person"]
    )
    for label, before, after in kept.values_list("model", "before", "after"):
        if kept_pk := next((side["id"] for side in (before, after) if side), None):
            rows += [side for side in (before, after) if side and kept_pk in gone[label]]
    for row in rows:
        people.update(filter(None, (row.get("introducer_id"), row.get("person_id"))))
        if "name" not in row or row["company_id"] != person.company_id:
            companies.add(row["company_id"])
    found = [*Person.objects.filter(pk__in=people - {person.pk}).values_list("uid", flat=True)]
    return {*found, *Company.objects.filter(pk__in=companies - {None}).values_list("uid", flat=True)}


def _forget_acts(owner: User, names: Iterable[str], gone: Rows) -> None:
    """What acts on their rows are called in the log of undo, and their rows in that of the admin."""
    theirs, logged = Q(), Q()
    for label, pks in gone.items():
        theirs |= Q(model=label, row_pk__in=pks)
        kind = ContentType.objects.get_by_natural_key(*label.split("."))
        logged |= Q(content_type=kind, object_id__in=[str(pk) for pk in pks])
    acts = Change.objects.filter(theirs, owner=owner).values("act")
    naming = Q()
    for name in names:
        naming |= Q(sentence__contains=name)
    told = Change.objects.filter(naming, owner=owner, act__in=acts)
    told.update(sentence=_("Something with somebody who was erased"))
    LogEntry.objects.filter(logged, user=owner).delete()


def tidy_files() -> None:
    """What a deleted row said still stands in the search index and in the write-ahead log, until these go on."""
    search_index.compact()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _images_of(person: Person, names: set[str]) -> Rows:
    """Every row about them that an undo could bring back, by model; their earlier names are added to `names`.

    Also rows that are gone: a message deleted last week, and an entry that was merged into theirs.
    """
    found: Rows = defaultdict(set)
    for model, rows in undo.going([person]).items():
        found[model._meta.label_lower].update(row.pk for row in rows)
    found["contacts.person"].update(_merged_into(person))
    kept = Change.objects.filter(owner=person.owner_id)
    models = [apps.get_model(label) for label in kept.order_by().values_list("model", flat=True).distinct()]
    before = -1
    while before != (before := sum(map(len, found.values()))):
        for model in models:
            hanging = _hanging(model, found)
            if hanging:
                images = kept.filter(hanging, model=model._meta.label_lower)
                found[model._meta.label_lower].update(images.values_list("row_pk", flat=True))
    people = kept.filter(model="contacts.person", row_pk__in=found["contacts.person"])
    for image in people.values_list("before", "after"):
        names.update(side["name"] for side in image if side and side.get("name"))
    return found


def _hanging(model: type[OwnedModel], found: Rows) -> Any:
    """Images of rows of a model that led to one of the rows that were found."""
    condition = Q()
    for link in owned_links(model):
        if link.null and not _goes_along(link):
            continue
        if pks := found.get(link.remote_field.model._meta.label_lower):
            condition |= Q(**{f"before__{link.attname}__in": sorted(pks)})
            condition |= Q(**{f"after__{link.attname}__in": sorted(pks)})
    if model is Activity and (uids := _uids(found["contacts.person"])):
        condition |= Q(before__person_uid__in=uids) | Q(after__person_uid__in=uids)
    return condition


def _goes_along(link: Any) -> bool:
    """Whether a row goes with what the link leads to, rather than staying without it."""
    return bool(link.remote_field.model is Person)


def _uids(pks: Iterable[int]) -> list[str]:
    standing = [str(uid) for uid in Person.objects.filter(pk__in=pks).values_list("uid", flat=True)]
    kept = Change.objects.filter(model="contacts.person", row_pk__in=pks).values_list(
        "before__uid", flat=True
    )
    return [*standing, *filter(None, kept)]


def _merged_into(person: Person) -> set[int]:
    """Entries that became a part of theirs, at whatever remove: the act that wrote a line on theirs deleted them."""
    kept = Change.objects.filter(owner=person.owner_id)
    found, new = set[int](), {person.pk}
    while new:
        lines = kept.filter(model="netjob.activity", before__isnull=True, after__person_uid__in=_uids(new))
        merged = kept.filter(model="contacts.person", act__in=lines.values("act"), after__isnull=True)
        new = set(merged.values_list("row_pk", flat=True)) - found - {person.pk}
        found |= new
    return found

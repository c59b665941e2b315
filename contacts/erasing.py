"""Erasing a person for good: everything about them goes, and nothing comes back by itself.

Their row takes along all that hangs on it; besides that go the lines of history, the images that undo keeps, and
what the admin's log says. Keyed hashes of their addresses stay (`Erasure`), so that no import brings them back.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contacts.models import Erasure, Person
from netjob import search_index, undo
from netjob.folding import folded
from netjob.models import Activity, Change, ImportPortion, ImportRow, User
from netjob.ownership import OwnedModel, owned_links

OTHERS = ("moved", "merged", "introduction_")
"""What begins the verbs of lines that name somebody on the page of another."""

type Rows = dict[str, set[int]]
"""The ids of rows by the label of their model."""


@transaction.atomic
def erase(person: Person) -> None:
    """No undo. The files are tidied once it is committed."""
    owner, left = person.owner, person.company_id
    names = {person.name}
    gone = _images_of(person, names)
    Erasure.remember(owner, [(key.kind, key.value) for key in person.keys.all()])
    lines = Q(person_uid=person.uid)
    for name in names:
        for verb in OTHERS:
            lines |= Q(verb__startswith=verb, title__contains=name) | Q(
                verb__startswith=verb, text__contains=name
            )
    Activity.objects.owned_by(owner).filter(lines).delete()
    for name in names:
        told = Change.objects.filter(owner=owner, sentence__contains=name)
        told.update(sentence=_("Something with somebody who was erased"))
        LogEntry.objects.filter(user=owner, object_repr__contains=name).delete()
    _blank_imported_rows(owner, names, {key.value for key in person.keys.all()})
    for label, pks in gone.items():
        Change.objects.filter(owner=owner, model=label, row_pk__in=pks).delete()
    Person.objects.filter(pk=person.pk).delete()
    Person.objects.none().advance(left=[left] if left else [])
    transaction.on_commit(tidy_files, robust=True)


def _blank_imported_rows(owner: User, names: set[str], values: set[str]) -> None:
    """The rows of imports that brought them stay to be counted, and say nothing any more.

    Those that are still to be written are read anew from their file, by when nobody may bring them back.
    """
    ImportPortion.objects.filter(batch__owner=owner).delete()
    told = [folded(text) for text in {*names, *values}]
    rows = ImportRow.objects.owned_by(owner).exclude(data={})
    found = [
        pk
        for pk, title, data in rows.values_list("pk", "title", "data").iterator(chunk_size=2_000)
        if any(text in folded(f"{title} {json.dumps(data, ensure_ascii=False)}") for text in told)
    ]
    nothing: dict[str, Any] = {"title": "", "match": "", "reason": "", "detail": "", "choice": ""}
    nothing |= {"data": {}, "warnings": [], "choices": []}
    for some in batched(found, 500):
        there = ImportRow.objects.filter(pk__in=some)
        there.filter(batch__state__in=["staging", "ready"]).update(meaning=ImportRow.Meaning.LEFT_OUT)
        there.update(**nothing)


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

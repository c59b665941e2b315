"""Rows that an act added by the thousand, taken away again: all but those that were worked on since.

Of such rows no image is kept, only their keys; nobody has saved one as long as it has its first version.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from django.apps import apps
from django.db import models

from netjob.models import Activity, Change
from netjob.ownership import OwnedModel, owned_links

AT_ONCE: Final = 500
"""Rows that one statement adds, and that one Change keeps the keys of."""


def take_away(changes: Sequence[Change]) -> tuple[list[OwnedModel], list[OwnedModel]]:
    """Rows that were added by the thousand, those that hang on others first: which went, and which stay."""
    chunks: list[list[OwnedModel]] = []
    staying: dict[type[models.Model], dict[int, OwnedModel]] = {}
    going: dict[type[models.Model], set[int]] = {}
    for kept in changes:
        model = apps.get_model(kept.model)
        rows = list(model.objects.filter(pk__in=kept.row_pks or ()))
        used = _worked_on(rows, going)
        going.setdefault(model, set()).update(row.pk for row in rows if row.pk not in used)
        staying.setdefault(model, {}).update((row.pk, row) for row in rows if row.pk in used)
        chunks.append(rows)
    left = [row for model, rows in staying.items() if not goes_unsaid(model) for row in rows.values()]
    _keep_what_belongs(chunks, staying)
    away: list[OwnedModel] = []
    for rows in chunks:
        if gone := [row for row in rows if row.pk not in staying[type(row)]]:
            type(gone[0]).objects.filter(pk__in=[row.pk for row in gone]).delete()
            away += gone
    return away, left


def goes_unsaid(model: type[models.Model]) -> bool:
    """Whether what becomes of its rows goes without saying, where what they belong to is named."""
    return model is Activity or getattr(model, "goes_unsaid", False)


def _worked_on(rows: Sequence[OwnedModel], going: Mapping[type[models.Model], Collection[int]]) -> set[int]:
    """Those (of one model) that were saved since, or on which something hangs that is not `going`, too."""
    if not rows:
        return set()
    model, pks = type(rows[0]), [row.pk for row in rows]
    used = {row.pk for row in rows if row.version > 1}
    for relation in model._meta.related_objects:
        if relation.on_delete in (models.SET_NULL, models.DO_NOTHING):
            continue
        link = relation.field
        hanging = relation.related_model._base_manager.filter(**{f"{link.name}__in": pks})
        also = going.get(relation.related_model, ())
        used.update(on for pk, on in hanging.values_list("pk", link.attname) if pk not in also)
    column = f"{model._meta.model_name}_uid"
    if any(each.name == column for each in Activity._meta.concrete_fields):
        by_uid = {row.uid: row.pk for row in rows}
        notes = Activity.objects.filter(
            owner_id=rows[0].owner_id, verb__in=Activity.Mine.values, **{f"{column}__in": by_uid}
        )
        used.update(by_uid[uid] for uid in notes.values_list(column, flat=True))
    return used


def _keep_what_belongs(
    chunks: Sequence[Sequence[OwnedModel]], staying: dict[type[models.Model], dict[int, OwnedModel]]
) -> None:
    """A row that stays keeps what is a part of it: a company its names."""
    for rows in chunks:
        if rows and getattr(rows[0], "goes_unsaid", False):
            model = type(rows[0])
            links = [link for link in owned_links(model) if link.remote_field.on_delete is models.CASCADE]
            for row in rows:
                if any(
                    getattr(row, link.attname) in staying.get(link.remote_field.model, ()) for link in links
                ):
                    staying[model][row.pk] = row

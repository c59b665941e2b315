"""What imports keep of somebody who is erased: their rows say nothing any more, and no sentence names them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final

from django.utils.translation import gettext as _

from companies.names import exact_key
from contacts.importing.recognising import person_pk
from contacts.models.erasure import Key
from contacts.profiles import canonical_email, read_profile_link
from netjob.imports import staging
from netjob.imports.readers import LEAVE, Meaning
from netjob.models import ImportBatch, ImportPortion, ImportRow, ImportUpload, User

AT_ONCE: Final = 500


@dataclass(frozen=True)
class Whom:
    """By what somebody is told from others of their name."""

    pks: frozenset[int]
    keys: frozenset[Key]
    names: frozenset[str]
    """All that they were called."""
    employers: frozenset[str]
    """Exact keys of where they work, or did."""

    def is_told_by(self, title: str, data: Mapping[str, Any], choice: str) -> bool:
        """Whether a row is about them: by their addresses; by their name only where it has no address at all."""
        if person_pk(choice) in self.pks:
            return True
        keys = set(_keys_in(data))
        if keys & self.keys:
            return True
        if keys - set(_own_keys(data)):
            return False
        words = exact_key(" ".join([title, *data.get("cells", ())]))
        if not any(_stands_in(exact_key(name), words, "cells" in data) for name in self.names):
            return False
        company = exact_key(data.get("company", ""))
        return not company or not self.employers or company in self.employers


def forget(owner: User, whom: Whom) -> None:
    """Rows that brought them stay to be counted; an open import leaves them out.

    The files of imports that are still to be looked through are dropped: what was read of them is there.
    """
    ImportUpload.objects.filter(batch__owner=owner).delete()
    told = _blank_portions(owner, whom) | _blank_rows(owner, whom)
    if not told:
        return
    # Who is gone from an export is named by the import that came after the one with their row.
    for batch in ImportBatch.objects.owned_by(owner).filter(pk__gte=min(told)):
        batch.message = without_names(batch.message, whom.names)
        if batch.pk in told:
            batch.files = [file | {"samples": [""] * len(file.get("samples", ()))} for file in batch.files]
            if batch.state == ImportBatch.State.READY:
                staging.count(batch)
        batch.save()


def without_names(text: str, names: Iterable[str]) -> str:
    """A sentence in which somebody is not named any more; who is called alike ("Li", "Li Wei") still is."""
    for name in sorted(names, key=len, reverse=True):
        for found in reversed([*re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?!\w)", text)]):
            if _is_whole(text[: found.start()], text[found.end() :]):
                text = text[: found.start()] + _("somebody whom you erased") + text[found.end() :]
    return text


def _is_whole(before: str, after: str) -> bool:
    """Whether a name ends and begins there, rather than being a part of a longer one."""
    if re.match(r"[’'-]\w", after) and not re.match(r"[’']s\b", after):
        return False
    words = before.splitlines()[-1].split() if before.endswith(" ") else []
    goes_on = after[:1] == " " and after[1:2].isupper()
    return not goes_on and not (len(words) > 1 and words[-1].isalpha() and words[-1][0].isupper())


def _blank_portions(owner: User, whom: Whom) -> set[int]:
    """Those that are still to be written."""
    found = set()
    for portion in ImportPortion.objects.filter(batch__owner=owner).iterator(chunk_size=1):
        rows = [dict(zip(staging.KEPT, values, strict=True)) for values in portion.rows]
        hers = [row for row in rows if whom.is_told_by(row["title"], row["data"], row["choice"])]
        for row in hers:
            row.update(_nothing(is_open=True))
        if hers:
            portion.rows = [[row[name] for name in staging.KEPT] for row in rows]
            portion.save()
            found.add(portion.batch_id)
    return found


def _blank_rows(owner: User, whom: Whom) -> set[int]:
    rows = ImportRow.objects.owned_by(owner).exclude(data={}).order_by()
    columns = rows.values_list("pk", "batch", "title", "data", "choice").iterator(chunk_size=2_000)
    found = {pk: batch for pk, batch, title, data, choice in columns if whom.is_told_by(title, data, choice)}
    for some in batched(found, AT_ONCE):
        theirs = ImportRow.objects.filter(owner=owner, pk__in=some)
        is_open = theirs.filter(batch__state__in=[ImportBatch.State.STAGING, ImportBatch.State.READY])
        still_open = list(is_open.values_list("pk", flat=True))
        theirs.update(**_nothing(is_open=False))
        ImportRow.objects.filter(pk__in=still_open).update(**_nothing(is_open=True))
    return set(found.values())


def _nothing(*, is_open: bool) -> dict[str, Any]:
    blank: dict[str, Any] = dict.fromkeys(("match", "reason", "detail", "choice", "besides"), "")
    blank |= {"title": erased_title(), "data": {}, "warnings": [], "choices": []}
    if is_open:
        blank |= {"meaning": Meaning.LEFT_OUT.value, "choice": LEAVE, "reason": erased_reason()}
    return blank


def erased_title() -> str:
    return _("Somebody whom you erased")


def erased_reason() -> str:
    return _("They were erased for good. By hand you can add them again.")


def _keys_in(data: Mapping[str, Any]) -> Iterator[Key]:
    """Whose profiles and addresses a row holds, whatever file it is of."""
    for profile in (data.get("profile"), data.get("sender_profile"), *data.get("recipients", ())):
        if profile:
            yield profile[0], profile[1]
    for email in data.get("emails", ()):
        yield "email", email
    for cell in data.get("cells", ()):
        if link := read_profile_link(cell):
            yield link.kind, link.key
        if email := canonical_email(cell.strip()):
            yield "email", email


def _own_keys(data: Mapping[str, Any]) -> Iterator[Key]:
    """Those that are the owner's: of what they wrote."""
    if data.get("is_mine") and (profile := data.get("sender_profile")):
        yield profile[0], profile[1]


def _stands_in(name: str, words: str, is_anywhere: bool) -> bool:
    if not is_anywhere:
        return name == words
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words))

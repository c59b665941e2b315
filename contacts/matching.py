"""Whether two names may be one person's. Pure; it only proposes: keys decide (`contacts.profiles`)."""

import re
from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from netjob.folding import folded

_TITLES: Final = re.compile(
    r"dr|prof|professor|mr|mrs|ms|mx|sir|phd|md|mba|msc|bsc|ma|ba|jr|sr|ii|iii|dipl|ing|herr|frau"
)
_DOUBLED: Final = re.compile(r"([^\W\d_])\1+")


def likely(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """The known names that may be the same person's, those written alike first; at most `limit`."""
    found = [other for other in dict.fromkeys(known) if may_be_same(name, other)]
    return sorted(found, key=lambda other: folded(other) != folded(name))[:limit]


def may_be_same(one: str, other: str) -> bool:
    """Alike but for order, titles, a middle name, an initial or a slip of the pen: worth a question."""
    if folded(one) == folded(other):
        return True
    short, long = sorted((words(one), words(other)), key=len)
    if not short:
        return False
    if sorted(short) == sorted(long) or "".join(short) == "".join(long):
        return True
    if len(short) == 1:
        return len(short[0]) > 2 and len(long) > 1 and short[0] == long[0]
    if set(short) <= set(long):
        return True
    return len(short) == len(long) and (_with_initials(short, long) or _with_slip(short, long))


def words(name: str) -> list[str]:
    """The words of a name, folded, without titles and what stands in brackets."""
    found = re.findall(r"[^\W_]+", re.sub(r"['’.]", "", folded(re.sub(r"\([^)]*\)", " ", name))))
    return [word for word in found if not _TITLES.fullmatch(word)] or found


def _with_initials(short: list[str], long: list[str]) -> bool:
    """P. Raman and Priya Raman: each word is the other's or its initial, and one at least is written out."""
    pairs = list(zip(short, long, strict=True))
    return any(a == b and len(a) > 1 for a, b in pairs) and all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs
    )


def _with_slip(short: list[str], long: list[str]) -> bool:
    """Priya Ramann: one word differs, by a letter doubled; or left out, changed or swapped, if it is long."""
    different = [(a, b) for a, b in zip(short, long, strict=True) if a != b]
    if len(different) != 1:
        return False
    a, b = different[0]
    if _DOUBLED.sub(r"\1", a) == _DOUBLED.sub(r"\1", b):
        return True
    return min(len(a), len(b)) >= 4 and a[0] == b[0] and OSA.distance(a, b, score_cutoff=1) <= 1


def in_conflict(one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]) -> bool:
    """Two profiles (kind, value) of one kind that differ: as far as keys tell, two people."""
    one, other = set(one), set(other)
    kinds = {kind for kind, _value in one} & {kind for kind, _value in other}
    return bool(kinds) and not one & other

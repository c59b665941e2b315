"""Of many names the few that one name may mean, so that not all of them are held against it at every keystroke.

`near()` lets the database choose by what its index knows: the name itself, its first letters, its end, its
initials, another script; `Proposer` then decides among some dozens instead of fifty thousand.
"""

from collections.abc import Callable, Iterable
from typing import Final

from django.db import connection
from django.db.models import Q
from rapidfuzz.distance import Indel

from companies.legal_forms import GROUP_WORDS
from companies.models import CompanyName
from companies.names import exact_key, heard, initials, loose_key
from companies.other_scripts import romanised, script_of
from netjob.models import User

_ALIKE: Final = 0.6
"""Share of letters in order from which two spellings may be slips of one another."""
_FIRST_LETTERS: Final = ("aeiouyjhw", "bpvfw", "cksqgxzjth", "dt", "lr", "mn")
"""Letters that the first one of a name in another script may be written with."""
_ADDED: Final = (*GROUP_WORDS.split("|"), "com", "io", "ai", "net", "org", "app", "dev")


def near(owner: User, name: str) -> dict[str, int]:
    """The names (with the ids of their companies) that `name` may mean: nearly all, and few others."""
    key = loose_key(name)
    same, letters = _written_otherwise(name, key), _initials(key)
    names = CompanyName.objects.owned_by(owner).order_by()
    looks = [names.filter(exact_key=exact_key(name)), names.filter(loose_key__in=same)]
    looks += [names.filter(_begins(begins)) for begins in _beginnings(key)]
    if key[:1].isascii() and len(key) > 2:
        looks.append(names.filter(_begins(key[0]), loose_key__endswith=key[-3:]))
    if letters:
        words = [Q(loose_key__contains=f" {letter}") for letter in letters[1:]]
        looks.append(names.filter(_begins(letters[0]), *words))
    looks.append(names.filter(_in_another_script()))
    rows = (
        looks[0]
        .values_list("name", "loose_key", "company")
        .union(*(look.values_list("name", "loose_key", "company") for look in looks[1:]), all=True)
    )
    may_be = _judge(name, key, same, letters)
    return {known: company for known, other, company in rows if may_be(known, other)}


def _judge(name: str, key: str, same: set[str], letters: str) -> Callable[[str, str], bool]:
    compact, sounds = key.replace(" ", ""), heard(name)

    def may_be(known: str, other: str) -> bool:
        if other in same or Indel.normalized_similarity(compact, other.replace(" ", "")) >= _ALIKE:
            return True
        if letters and letters == "".join(word[0] for word in other.split() if word != "and")[: len(letters)]:
            return True
        return not (key.isascii() and other.isascii()) and not sounds.isdisjoint(heard(known))

    return may_be


def _written_otherwise(name: str, key: str) -> set[str]:
    """Other loose keys of the same name: with or without what a group or a website adds, or as initials."""
    words = key.split()
    core = next(
        (" ".join(some) for some, word in ((words[:-1], words[-1:]), (words[1:], words[:1]))
         if some and word[0] in _ADDED),
        key,
    )  # fmt: skip
    # "P&G" is "p and g" as a loose key, and "pandg" as initials.
    short = [f"{each[0]} and {each[4]}" if each[1:4] == "and" else each for each in initials(name)]
    added = {f"{core} {word}" for word in _ADDED} | {f"{word} {core}" for word in _ADDED}
    return {key, core, core.replace(" ", ""), *added, *short}


def _initials(key: str) -> str:
    """The letters of a name that may be initials: "ibm", "p and g"."""
    words = [word for word in key.split() if word != "and"]
    letters = "".join(words)
    is_short = 2 <= len(letters) <= 6 and letters.isascii() and letters.isalpha()
    return letters if is_short and (len(words) == 1 or all(len(word) == 1 for word in words)) else ""


def _beginnings(key: str) -> Iterable[str]:
    """With which letters a name begins that this may be a slip of, or this in another script."""
    if not key or key.isascii():
        return [key[:2]] if key else []
    trades, latin = romanised(key.split())
    firsts = {word[0] for word in (latin, *trades) if word}
    if script_of(key) == "abjad":
        firsts.add("a")  # a vowel that may not be written
    alike = {letter for letters in _FIRST_LETTERS if firsts & {*letters} for letter in letters}
    return sorted(alike | firsts)


# A column that is sorted by the codes of its letters answers for the beginnings of names from its index.


def _begins(letters: str) -> Q:
    if connection.vendor == "sqlite":
        return Q(loose_key__gte=letters, loose_key__lt=letters + "\U0010ffff")
    return Q(loose_key__startswith=letters)


def _in_another_script() -> Q:
    """Names that begin with a letter of another script: accents are folded away in a loose key."""
    if connection.vendor == "sqlite":
        return Q(loose_key__gte="\x80")
    return Q(loose_key__regex="^[^ -~]")

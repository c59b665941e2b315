"""Company names: what makes two of them the same, and what only makes them look alike. Pure.

Three keys, from strict to loose: ``exact_key`` (unique per owner), ``folded`` (what a search compares) and
``loose_key`` (without the legal form). Only the first decides anything; ``Proposer`` asks the user.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from anyascii import anyascii
from rapidfuzz.distance import Indel

from companies.legal_forms import EU_COUNTRIES, FRONT_FORMS, GLUED_FORMS, GROUP_WORDS, LEGAL_FORMS
from companies.other_scripts import EASTERN, romanised, romanised_word, script_of, skeleton, sound
from companies.slips import slip
from netjob.folding import LONGEST_KEY, exact_key, folded

SAME: Final = "same name"
LEGAL_FORM: Final = "legal form"
SPELLING: Final = "spelling"
TYPO: Final = "typo"
OTHER_SCRIPT: Final = "other script"
INITIALS: Final = "initials"

_GROUPS: Final = frozenset(GROUP_WORDS.split("|"))
_DOMAINS: Final = frozenset({"com", "io", "ai", "net", "org", "app", "dev"})
_AND: Final = {"und": "and", "et": "and", "og": "and", "och": "and", "&": "and"}

_SHORTENED: Final = {
    "bros": "brothers", "intl": "international", "mfg": "manufacturing", "natl": "national", "st": "saint",
    "tech": "technologies", "univ": "university",
}  # fmt: skip

_EXPANDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_MARKS_OF_TRADE: Final = str.maketrans(dict.fromkeys("®™©℠℗"))


# Keys


@lru_cache(maxsize=65_536)
def loose_key(name: str) -> str:
    """The name without accents, punctuation, a leading "the" and its legal form: it proposes, never decides.

    A name that is nothing but a legal form keeps it ("Corp" gives "corp", "BT" gives "bt"). "" only for a
    name without a letter or digit.
    """
    return " ".join(_base(_words(name))[0])[:LONGEST_KEY]


def _words(name: str) -> list[str]:
    """Words of letters, marks and digits; "&" and "+" are "and", dotted initials one word (S.p.A.: spa)."""
    text = folded(name.translate(_MARKS_OF_TRADE))
    text = re.sub(r"(?<![^\W_])((?:[^\W\d_]\.){1,}[^\W\d_])(?![^\W_])", lambda m: m[1].replace(".", ""), text)
    text = re.sub(r"(?<=\w)['\"״׳](?=\w)", "", text).replace("&", " and ").replace("+", " and ")
    spaced = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return [_AND.get(word, word) for word in spaced.split()]


def _compact(form: str) -> str:
    return "".join(_words(form))


def _collect_forms() -> dict[str, frozenset[str] | None]:
    countries: dict[str, set[str]] = defaultdict(set)
    for where, forms in LEGAL_FORMS.items():
        for form in forms.split("|"):
            countries[_compact(form)].update(where.split())
    return {
        form: None
        if "*" in where
        else frozenset(where.union(EU_COUNTRIES.split()) if "EU" in where else where)
        for form, where in countries.items()
        if form
    }


# Compact form -> the countries that it may come from; None is anywhere.
_FORMS: Final = _collect_forms()
_FRONTS: Final = frozenset(_compact(form) for form in FRONT_FORMS.split("|"))
_GLUED: Final = tuple(GLUED_FORMS.split("|"))
_LONGEST_FORM: Final = 7


def _base(words: list[str]) -> tuple[list[str], list[str]]:
    """The words without legal forms, and the compact forms that were taken off."""
    base, forms = list(words), []
    if len(base) > 1 and base[0] == "the":
        del base[0]
    found = True
    while found:
        found = False
        for size in range(min(_LONGEST_FORM, len(base) - 1), 0, -1):
            if (form := "".join(base[-size:])) in _FORMS and base[:-size] != ["and"]:
                del base[-size:]
                forms.append(form)
                found = True
                break
    while base[1:] and base[-1] == "and":
        base.pop()
    told = _countries(forms)
    for size in range(min(_LONGEST_FORM, len(base) - 1), 0, -1):
        # "AO World plc": what stands at the end belongs to another country, so AO is part of the name.
        front = _FORMS.get(form := "".join(base[:size]))
        if form in _FRONTS and (told is None or front is None or told & front):
            del base[:size]
            forms.append(form)
            break
    if base and not base[-1].isascii():
        for glued in _GLUED:
            if base[-1].endswith(glued) and base[-1] != glued:
                base[-1] = base[-1].removesuffix(glued)
                forms.append(glued)
                break
            if base[0].startswith(glued) and base[0] != glued:
                base[0] = base[0].removeprefix(glued)
                forms.append(glued)
                break
    return base, forms


def _countries(forms: Iterable[str]) -> frozenset[str] | None:
    """Where a company with these forms can be registered; None when they do not tell."""
    told: frozenset[str] | None = None
    for form in forms:
        where = _FORMS.get(form)
        if where is not None:
            told = where if told is None or not told & where else told & where
    return told


# Proposals


class Proposal(NamedTuple):
    """A known name that is likely the same company: score from 0 to 1, and why in a word or two."""

    known: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    words: tuple[str, ...]
    base: tuple[str, ...]
    compacts: frozenset[str]
    core: str
    grouped: bool
    countries: frozenset[str] | None
    script: str
    trades: frozenset[str]
    latin: str

    @property
    def spaced(self) -> str:
        return " ".join(self.base)

    @property
    def spelling(self) -> str:
        """What the typing rules compare: letters of an alphabet, as Latin ones."""
        if self.script == "latin":
            return self.spaced
        return " ".join(romanised_word(word) for word in self.base) if self.script == "alphabet" else ""


def _shape(name: str) -> _Shape:
    words = _words(name)
    base, forms = _base(words)
    compacts = {"".join(base), "".join(_SHORTENED.get(word, word) for word in base)}
    if not name.isascii():
        expanded = exact_key(name).translate(_EXPANDED)
        compacts.add("".join(_base(_words(expanded))[0]))
    core = list(base)
    if len(core) > 1 and core[-1] in _DOMAINS and f".{core[-1]}" in folded(name):
        core.pop()
    grouped = False
    for end in (-1, 0):
        if len(core) > 1 and core[end] in _GROUPS:
            del core[end]
            grouped = True
    script = script_of("".join(base))
    trades, latin = romanised(base)
    return _Shape(
        name=name,
        words=tuple(words),
        base=tuple(base),
        compacts=frozenset(compacts),
        core="".join(core),
        grouped=grouped,
        countries=_countries(forms),
        script=script,
        trades=trades,
        latin=latin,
    )


class Proposer:
    """Known names, indexed once, against which new ones are held.

    About a tenth of a millisecond a name to index and to ask; memory grows with the letters of the names.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known: list[_Shape] = []
        self._index: dict[tuple[str, str], list[int]] = defaultdict(list)
        for name in dict.fromkeys(known):
            shape = _shape(name)
            for key in _blocks(shape):
                self._index[key].append(len(self._known))
            self._known.append(shape)

    def propose(self, name: str, *, limit: int = 3) -> list[Proposal]:
        """The likeliest known names for a new one, best first, at most ``limit``; [] when none is likely."""
        new = _shape(name)
        keys = ((_FACING.get(kind, kind), text) for kind, text in _blocks(new))
        near = dict.fromkeys(i for key in keys for i in self._index.get(key, ()))
        proposals = [p for i in near if (p := _compared(new, self._known[i])) is not None]
        return sorted(proposals, key=lambda p: (-p.score, p.known))[:limit]


def propose(names: Iterable[str], known: Iterable[str], *, limit: int = 3) -> dict[str, list[Proposal]]:
    """For each new name the known ones that likely are the same company; names without any are left out."""
    proposer = Proposer(known)
    found = {name: proposer.propose(name, limit=limit) for name in dict.fromkeys(names)}
    return {name: proposals for name, proposals in found.items() if proposals}


# Initials are held against names written out, and those against initials: many a list has hundreds of names with
# the same ones.
_FACING: Final = {"initials": "initials of", "initials of": "initials"}


def _blocks(shape: _Shape) -> set[tuple[str, str]]:
    """Keys of which two names must share one to be compared at all."""
    keys = {("compact", compact) for compact in shape.compacts if compact}
    if shape.core:
        keys.add(("compact", shape.core))
    if spelling := shape.spelling:
        # Two strings one edit apart share a string with one letter taken out of either.
        for typed in {spelling, spelling.replace(" ", "")}:
            keys.add(("typo", typed))
            keys.update(("typo", typed[:i] + typed[i + 1 :]) for i in range(min(len(typed), 60)))
        keys.add(("sound", sound(spelling)))
        if len(spelling) >= 9:
            keys.add(("bones", skeleton(spelling.replace(" ", ""), "alphabet")))
    keys |= _heard(shape)
    if initials := _initials(shape):
        keys.update(("initials of", letters) for letters in initials)
    elif len("".join(shape.base)) <= 6:
        keys.add(("initials", "".join(shape.base)))
    return keys


def _heard(shape: _Shape) -> set[tuple[str, str]]:
    """How a name sounds, in each way in which names of two scripts are compared."""
    trades = " ".join(sorted(shape.trades))
    keys = {("pinyin", f"{shape.latin} {trades}")} if shape.script in ("latin", "han") else set()
    for script in ("abjad", "east", "alphabet"):
        if shape.script in ("latin", "han", script):
            keys.add((script, f"{skeleton(shape.latin, script)} {trades}"))
    return keys


@lru_cache(maxsize=32_768)
def heard(name: str) -> frozenset[tuple[str, str]]:
    """Two names of which one is not in Latin letters can mean one company only where these overlap."""
    return frozenset(_heard(_shape(name)))


def initials(name: str) -> set[str]:
    """The initials of a name, in the ways in use: {"ibm"}."""
    return _initials(_shape(name))


def _compared(new: _Shape, known: _Shape) -> Proposal | None:
    """The best reason to think the two are one company, if there is any."""
    if exact_key(new.name) == exact_key(known.name):
        return Proposal(known.name, 1.0, SAME)
    if new.countries is not None and known.countries is not None and not new.countries & known.countries:
        # Metro AG and Metro Inc.: who writes the form out means that company and no other.
        return None
    if new.base and new.compacts & known.compacts:
        if "".join(new.words) == "".join(known.words):
            return Proposal(known.name, 0.98, SPELLING)
        if new.spaced == known.spaced:
            return Proposal(known.name, 0.95, LEGAL_FORM)
        return Proposal(known.name, 0.93, SPELLING)
    if new.core and new.core == known.core and not (new.grouped and known.grouped):
        return Proposal(known.name, 0.85, LEGAL_FORM if new.grouped or known.grouped else SPELLING)
    if (new.script != "latin" or known.script != "latin") and (likeness := _across_scripts(new, known)):
        return Proposal(known.name, likeness, OTHER_SCRIPT)
    if new.spelling and known.spelling and (likeness := slip(new.spelling, known.spelling)):
        return Proposal(known.name, likeness, TYPO)
    for short, long in ((new, known), (known, new)):
        if _is_initials(short) and "".join(short.base) in _initials(long):
            return Proposal(known.name, 0.6, INITIALS)
    return None


def _is_initials(shape: _Shape) -> bool:
    """Whether it is written as initials are: "P&G", "IBM Corp."."""
    return shape.name.upper() == shape.name or "".join(shape.base).upper() in shape.name.split()


def _initials(shape: _Shape) -> set[str]:
    """First letters of a name of three words or more, or of two joined by "and" (P&G), in the ways in use."""
    if shape.script != "latin":
        return set()
    found = set()
    for words in (shape.base, tuple(word for word in shape.words if word != "the")):
        full = [word for word in words if word not in ("of", "and", "de", "do", "da", "the", "for")]
        if len(full) >= 3 and sum(len(word) > 1 for word in full) >= 3:
            found.add("".join(word[0] for word in full))
        if len(words) == 3 and words[1] == "and" and len(words[0]) > 1 and len(words[2]) > 1:
            found.add(f"{words[0][0]}and{words[2][0]}")
    return found


def _across_scripts(new: _Shape, known: _Shape) -> float:
    """Likeness of two names of which one at least is not in Latin letters; 0 when they do not match."""
    scripts = {new.script, known.script}
    if new.trades != known.trades:
        return 0
    if scripts == {"han"}:
        # Simplified and traditional characters: as many of them, sounding the same, and rarely all different.
        first, second = "".join(new.base), "".join(known.base)
        alike = len(first) == len(second) and anyascii(first) == anyascii(second)
        return 0.8 if alike and (len(first) > 2 or set(first) & set(second)) else 0
    if len(scripts) == 1:
        return 0
    if not new.latin and not known.latin:
        return 0.8 if len(new.trades) > 1 else 0
    if new.latin == known.latin:
        return 0.92 if len(new.latin) > 2 else 0
    if "han" in scripts:
        return 0
    script = next((s for s in ("abjad", "east", "alphabet") if s in scripts), "alphabet")
    bones = skeleton(new.latin, script)
    if not bones or bones != skeleton(known.latin, script):
        return 0
    if script == "abjad":
        return 0.75 if len(bones) + len(new.trades) > 2 else 0
    first, second = (sound(name.latin) for name in (new, known))
    if script == "east":
        first, second = first.translate(EASTERN), second.translate(EASTERN)
    if (first[0] in "aeiouy") != (second[0] in "aeiouy"):
        return 0
    likeness = Indel.normalized_similarity(first, second)
    return 0.8 if likeness >= (0.55 if len(bones) > 2 else 0.7 if len(bones) == 2 else 0.9) else 0

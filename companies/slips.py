"""Slips of the pen: what tells Vodaphone, a slip, from Strive, which is not Stripe. Pure."""

import re
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from companies.other_scripts import skeleton, sound

_ROMAN: Final = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
"""Numbers, which tell names apart as digits do."""
_VOWELS: Final = frozenset("aeiou")
_KEYBOARD: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_ALIKE: Final = frozenset(map(frozenset, ("sz", "sc", "ck", "kq", "gj", "vw", "fv")))
_SOUND_NEAR: Final = frozenset(map(frozenset, ("iy", "dt", "bp", "mn", "kg", "ey")))
_NEXT_KEYS: Final = frozenset(frozenset(pair) for row in _KEYBOARD for pair in pairwise(row))


def slip(a: str, b: str) -> float:
    """How likely one spelling is the other with a slip of the pen; 0 when it is a name of its own.

    A brand differs from another in its first letter, its ending or a consonant, and is short; a slip keeps
    the first letter and the sound, swaps or doubles letters, or happens in the middle of a long word.
    """
    if a.count(" ") != b.count(" "):
        a, b = a.replace(" ", ""), b.replace(" ", "")
    if a == b or not a or not b or a[0] != b[0] or any(c.isdigit() for c in _changed(a, b)):
        return 0
    words = _changed_words(a, b)
    if words is None:
        return 0
    one, other = words
    if _ROMAN.fullmatch(one) and _ROMAN.fullmatch(other):
        return 0
    among = len(a) - len(one)
    if among and not a.startswith(f"{one} ") and one.rstrip("s") == other.rstrip("s"):
        return 0.75
    longest = max(len(one), len(other))
    if one[0] != other[0] and frozenset((one[0], other[0])) not in _SOUND_ALIKE:
        return 0
    if sound(one) == sound(other) and longest >= (4 if among > 6 else 5):
        return 0.85
    distance = OSA.distance(one, other, score_cutoff=2)
    if distance == 2:
        same_bones = skeleton(one, "alphabet") == skeleton(other, "alphabet")
        return 0.7 if same_bones and longest >= 9 and one[:2] == other[:2] else 0
    if distance != 1:
        return 0
    needed = _needed_length(one, other)
    return (0.8 if longest > needed else 0.75) if longest >= needed else 0


def _changed(a: str, b: str) -> str:
    """The letters of both that are neither in the common beginning nor in the common end."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end] + b[start : len(b) - end]


def _changed_words(a: str, b: str) -> tuple[str, str] | None:
    """The one word in which two names differ; None for several or for another number of words."""
    left, right = a.split(), b.split()
    if len(left) != len(right):
        return None
    pairs = [(one, other) for one, other in zip(left, right, strict=True) if one != other]
    return pairs[0] if len(pairs) == 1 else None


def _needed_length(one: str, other: str) -> int:
    """How long a word must be for this one edit to be a slip rather than another name."""
    short, long = sorted((one, other), key=len)
    at = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    if len(short) < len(long):
        letter = long[at]
        if letter in (long[at - 1 : at], long[at + 1 : at + 2]):
            return 5
        if at == 0:
            return 99
        if at == len(long) - 1:
            return 8
        around = {long[at - 1], letter, long[at + 1]}
        if around.isdisjoint(_VOWELS):
            return 7  # out of a heap of consonants one is lost easily: Porche
        return 6 if letter in _VOWELS else 8
    if sorted(short) == sorted(long):
        return 5 if at else 8
    swap = frozenset((short[at], long[at]))
    last = at == len(short) - 1
    if swap in _SOUND_ALIKE or (swap in _SOUND_NEAR and swap in _NEXT_KEYS):
        return 10 if last else 7
    if at == 0:
        return 99
    if swap <= _VOWELS:
        return 9 if last else 7
    if swap in _SOUND_NEAR:
        return 10 if last else 8
    if swap in _NEXT_KEYS and not last:
        return 8
    return 99 if last else 10

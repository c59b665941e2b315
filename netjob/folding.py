"""Texts as they are compared: whatever their case, accents and width. Pure.

``exact_key`` decides (a unique key), ``folded`` is what a search compares, and ``haystack`` is a text made
ready to be searched by three characters at a time.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Letters that no decomposition takes apart.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t"}
    | {"ŋ": "n", "ĸ": "k", "ſ": "s", "ƒ": "f", "ə": "e", "ß": "ss", "ς": "σ"}
    | dict.fromkeys("’ʼ‘`´′ʹ＇", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
)
_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05c7\u064b-\u065f\u0670]"
)
_IGNORABLE: Final = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

LONGEST_KEY = 1020
"""Characters of a key: four times those of a name."""


def exact_key(name: str) -> str:
    """What is unique per owner: NFKC, case folded, spaces folded, invisible characters gone.

    Unicode's NFKC_Casefold (Standard, section 3.13) and one space for any run of them. Idempotent. May be
    longer than the name, for NFKC writes some single signs out as many letters; cut at LONGEST_KEY.
    """
    return _canonical(name)[:LONGEST_KEY]


def _canonical(text: str) -> str:
    if text.isascii():  # most are, and normalizing leaves them as they are
        return " ".join(_IGNORABLE.sub("", text).lower().split())
    for _ in range(4):
        before = text
        text = unicodedata.normalize("NFKC", _IGNORABLE.sub("", text)).casefold()
        text = " ".join(unicodedata.normalize("NFKC", text).split())
        if text == before:
            break
    return text


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Search text: as ``exact_key``, and without accents ("Żabka" finds "zabka"), one kind of hyphen and
    apostrophe. Other scripts keep their letters; Indic vowel signs and kana voicing are no accents."""
    return _without_accents(exact_key(text))


def fold_whole(text: str) -> str:
    """As ``folded``, for a text of any length: a note, a message."""
    return _without_accents(_canonical(text))


def _without_accents(text: str) -> str:
    if text.isascii():  # the one sign of these that `_PLAIN` knows is the backtick
        return text.replace("`", "'").strip()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text.translate(_PLAIN)))
    return " ".join(unicodedata.normalize("NFC", bare).translate(_PLAIN).split())


# Haystacks

LONGEST_HAYSTACK: Final = 80_000
"""Characters: four times those of the longest note, for the marks and for signs that fold to several."""

# The signs before a word tell a search where it stands. Folding takes these characters out of any text, so
# nobody can type them.
TITLE, NAME, WORD, START = "\x03", "\x02", "\x01", "\x01"
"""The first word of a title, another word of it, any other beginning; each is followed by START."""

# Scripts that write no spaces between words (and Hangul, whose compounds do not either): a search may begin
# at any of their characters. Thai, Lao, Tibetan, Burmese, Khmer, kana, Han.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u0f00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3041-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_BEGINNING: Final = re.compile(rf"[{_UNSPACED}]|(?<![^\W_])(?=[^\W_]).")
_FIRST_UNSPACED: Final = re.compile(rf"[{_UNSPACED}]")


def haystack(title: str, *rest: str) -> str:
    """A row's texts ready for the search: folded, every beginning of a word marked, no spaces.

    A search for three characters or more finds them anywhere; the marks make one or two characters at the
    beginning of a word (or anywhere in a script without spaces) three as well.
    """
    words = fold_whole(title).split()
    found = [_marked(word, NAME if number else TITLE) for number, word in enumerate(words)]
    found += [_marked(word, WORD) for text in rest if text for word in fold_whole(text).split()]
    return "".join(found)[:LONGEST_HAYSTACK]


def _marked(word: str, mark: str) -> str:
    return f"{mark}{START}{_inside(word)}"


@lru_cache(maxsize=65_536)
def _inside(word: str) -> str:
    """A word with the beginnings inside it marked: "o'brien", "京都"."""
    return word[:1] + _BEGINNING.sub(lambda at: f"{WORD}{START}{at[0]}" if at.start() else at[0], word)[1:]


# What a search asks of a haystack: alternatives, one of which has to stand in it; three characters at least.

type Clause = tuple[str, ...]


def begins_title(word: str) -> Clause:
    return (f"{TITLE}{START}{_inside(word)}",)


def begins_in_title(word: str) -> Clause:
    return tuple(f"{mark}{START}{_inside(word)}" for mark in (TITLE, NAME))


def begins(word: str) -> Clause:
    """At the beginning of a word, wherever it stands."""
    inside = _inside(word)
    if len(inside) == 1:
        return tuple(f"{mark}{START}{inside}" for mark in (TITLE, NAME, WORD))
    return (f"{START}{inside}",)


def contains(word: str) -> Clause:
    """Anywhere; but one or two characters only where a word begins."""
    inside = _inside(word)
    if _FIRST_UNSPACED.match(inside) or len(inside) < 3:
        return begins(word)
    return (inside,)


def words_of(text: str, *, most: int) -> list[str]:
    """The words of a search, folded, each once; signs alone count only where there is nothing else."""
    words = list(dict.fromkeys(fold_whole(text).split()))
    telling = [word for word in words if any(character.isalnum() for character in word)]
    return (telling or words)[:most]

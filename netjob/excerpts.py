"""The piece of a text in which a search found something, with the finds marked. Pure; nothing is markup yet."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from netjob.folding import fold_whole

AROUND: Final = 70
"""Characters shown before a find and, about, after it."""
_MARKS: Final = r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u3099\u309a]"
# A run of plain letters, which fold to as many; a space; a letter with its marks.
_CLUSTER: Final = re.compile(rf"(?P<plain>[!-_a-~]+)(?!{_MARKS})|\s+|[^\s]{_MARKS}*", re.DOTALL)


class Piece(NamedTuple):
    text: str
    hit: bool = False


def marked(text: str, words: Sequence[str]) -> list[Piece]:
    """The whole text in pieces, those that match one of the folded words marked."""
    return list(_pieces(text, _finds(text, words)))


def excerpt(text: str, words: Sequence[str], *, around: int = AROUND) -> list[Piece]:
    """What stands around the first find, on one line and in whole words; the beginning where there is none."""
    line = _near(" ".join(text.split()), words, around)
    finds = _finds(line, words)
    first = finds[0][0] if finds else 0
    start, end = max(0, first - around), min(len(line), first + 2 * around)
    if start:
        start = line.rfind(" ", 0, start + 20) + 1 if " " in line[max(0, start - 20) : start + 20] else start
        start = min(start, first)
    if end < len(line) and (space := line.find(" ", end)) != -1 and space - end < 20:
        end = space
    shown = line[start:end]
    pieces = list(_pieces(shown, [(a - start, b - start) for a, b in finds if a >= start and b <= end]))
    cut_before, cut_after = start > 0 or not text.lstrip().startswith(line[:1]), end < len(line)
    return [*([Piece("… ")] if cut_before else []), *pieces, *([Piece(" …")] if cut_after else [])]


def _near(line: str, words: Sequence[str], around: int) -> str:
    """A long text cut to the neighbourhood of the first find: only that is looked at letter by letter."""
    if len(line) <= 40 * around:
        return line
    plain = fold_whole(line)
    places = [at for at in map(plain.find, words) if at >= 0]
    if not places:
        return line[: 4 * around]
    about = min(places) * len(line) // max(1, len(plain))
    near = line[max(0, about - 10 * around) : about + 10 * around]
    return near if any(word in fold_whole(near) for word in words) else line


def _finds(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in the text as it is written, in order, without overlaps."""
    if text.isascii() and not any(word in fold_whole(text) for word in words):
        return []
    plain, places = _folded_by_place(text)
    spans: list[tuple[int, int]] = []
    for word in words:
        short = len(word) < 3 and word.isascii()
        for found in re.finditer((r"(?<![^\W_])" if short else "") + re.escape(word), plain):
            spans.append((places[found.start()], places[found.end() - 1 + 1]))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _folded_by_place(text: str) -> tuple[str, list[int]]:
    """The text folded letter by letter, and for each character of that where it comes from."""
    plain: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        if run := cluster["plain"]:
            plain.append(run.lower())
            places += range(*cluster.span())
            continue
        piece = " " if cluster[0].isspace() else fold_whole(cluster[0])
        plain.append(piece)
        places += [cluster.start()] * len(piece)
    return "".join(plain), [*places, len(text)]


def _pieces(text: str, finds: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in finds:
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], hit=True)
        at = end
    if at < len(text):
        yield Piece(text[at:])

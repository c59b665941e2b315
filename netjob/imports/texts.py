"""Bytes as text: by a byte order mark, then as UTF-8, then as Windows' western letters. Never a U+FFFD."""

import codecs
import re
import unicodedata
from typing import Final

from django.utils.translation import gettext as _

from netjob.imports.remarks import NotReadable

LOOKED_AT: Final = 1 << 16
"""Characters by which a text is told from other bytes."""

FEW: Final = 10
"""Control characters that any text may hold."""

MOST_PASTED: Final = 10_000
"""Windows letters in a text of UTF-8; more of them make it a Windows text."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE: Final = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_END: Final = "\x1a"
"""With which old programs end a file."""
_CONTROL: Final = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_INVISIBLE: Final = "\u200b\u2060\ufeff"
_HALVES: Final = re.compile("[\ud800-\udfff]+")


def decoded(name: str, content: bytes) -> str:
    """The text, line ends as "\\n", without NULs. Raises `NotReadable` for bytes that are no text.

    Halves of a character (surrogates) stay, for the reader of the cell to tell about.
    """
    try:
        text = _text(content).replace("\0", "").rstrip(_END)
    except UnicodeDecodeError:
        raise _no_text(name) from None
    if len(_CONTROL.findall(text[:LOOKED_AT])) > max(FEW, min(len(text), LOOKED_AT) // 20):
        raise _no_text(name)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def tidy(text: str) -> str:
    """A cell as it was typed: trimmed, NFC."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text).strip().strip(_INVISIBLE).strip()


def without_halves(text: str) -> str:
    """The text without halves of characters, which no database holds; whole pairs become characters."""
    if not _HALVES.search(text):
        return text
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _HALVES.sub("", paired)


def has_halves(text: str) -> bool:
    return not text.isascii() and _HALVES.search(text) is not None


def loses_halves(text: str) -> bool:
    """Whether `without_halves` leaves anything out: of whole pairs it does not."""
    whole = text.encode("utf-16-le", "surrogatepass")
    return len(without_halves(text).encode("utf-16-le")) < len(whole)


def one_line(text: str) -> str:
    """A name or a title: every run of spaces and line ends is one space."""
    return " ".join(text.split())


def _text(content: bytes) -> str:
    mark, encoding = next((m for m in _MARKS if content.startswith(m[0])), (b"", _unmarked_wide(content)))
    content = content[len(mark) :]
    if encoding in _WIDE:
        whole = len(content) - len(content) % _WIDE[encoding]
        return content[:whole].decode(encoding, "surrogatepass")
    for errors in ("strict", "surrogatepass"):
        try:
            return content.decode("utf-8", errors)
        except UnicodeDecodeError:
            continue
    return _mostly_utf8(content) or content.decode("cp1252")


def _unmarked_wide(content: bytes) -> str:
    """UTF-16 without its mark: every other byte of western text is a NUL."""
    start = content[:512]
    if len(start) < 4:
        return ""
    if start[1::2].count(0) * 10 > len(start[1::2]) * 8 and start[::2].count(0) * 10 < len(start):
        return "utf-16-le"
    if start[::2].count(0) * 10 > len(start[::2]) * 8 and start[1::2].count(0) * 10 < len(start):
        return "utf-16-be"
    return ""


def _mostly_utf8(content: bytes) -> str:
    """UTF-8 into which single Windows letters were pasted; "" where those are not the exception."""
    readable = content.decode("utf-8", "ignore")
    bad = len(content) - len(readable.encode())
    good = len(readable) - len(readable.encode("ascii", "ignore"))
    return content.decode("utf-8", _WINDOWS) if bad < min(good, MOST_PASTED) else ""


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252"), error.start + 1


_WINDOWS: Final = "netjob.imports.windows"
codecs.register_error(_WINDOWS, _as_windows)


def _no_text(name: str) -> NotReadable:
    return NotReadable(
        _("%(file)s is no text that can be read. Save it as CSV UTF-8, as an Excel workbook or as a vCard.")
        % {"file": name}
    )

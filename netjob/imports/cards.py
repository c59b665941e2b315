"""vCards 2.1, 3.0 and 4.0, one or many in a file, as address books and phones write them.

A reader of our own: vobject gives a whole file up at its first bad line or unknown charset, and what is
wanted of a card is a dozen of its lines. Pictures, sounds and keys are passed over unread.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netjob.imports.remarks import NotReadable, Parsed, Remark, Source
from netjob.imports.texts import decoded, one_line, tidy, without_halves

MOST_CARDS: Final = 50_000
LONGEST_VALUE: Final = 100_000
"""Characters of a line of a card that are read."""
SHOWN_LINES: Final = 3
LONGEST_SHOWN: Final = 50

# [group.]NAME;PARAMETER=VALUE;…:value, as RFC 6350 (3.3) has it; the ends possessive, against long lines.
_LINE: Final = re.compile(
    r"(?:[\w-]{1,60}\.)?([A-Za-z][\w-]{0,60})((?:;(?:\"[^\"]*+\"|[^\":])*+)?):(.*)", re.DOTALL
)
_PARAMETER: Final = re.compile(r";([^=;\"]*+)(?:=((?:\"[^\"]*+\"|[^;\"])*+))?")
_FOLDED_WITHIN: Final = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})\r?\n[ \t](?=[\x80-\xbf])")
"""A line end within a character of UTF-8: old phones fold after so many bytes, wherever that is."""
_LOST: Final = frozenset({"FN", "N", "EMAIL", "TEL"})
"""Lines that make a card of what lacks its beginning."""
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_PASSED_OVER: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_NO_PERSON: Final = {"org", "group", "location", "device", "application", "thing"}


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card: its parameters by their names, in capitals, and its value with its escapes."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return _unescaped(self.value)

    @property
    def parts(self) -> list[str]:
        """The values of a line that holds several, such as N, ORG and ADR."""
        pieces = re.findall(r"((?:[^\\;]|\\.)*+)(?:;|\Z|\\\Z)", self.value, re.DOTALL)
        return [_unescaped(piece) for piece in pieces]


@dataclass(slots=True)
class Card:
    """One person's card; `number` says which of the file, from 1. Texts are as they were typed."""

    file: str
    number: int
    name: str
    organisation: str = ""
    title: str = ""
    emails: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    """Addresses on the web, those on LinkedIn first."""
    phones: list[str] = field(default_factory=list)
    place: str = ""
    note: str = ""


class _NoCard(Exception):
    """`str()` of it says why; `is_person`: false for what was never meant to be one."""

    def __init__(self, message: str, *, is_person: bool = True) -> None:
        super().__init__(message)
        self.is_person = is_person


def read_cards(source: Source) -> Parsed[Card]:
    """The people of a file of vCards. Raises `NotReadable` for a file without one that is complete."""
    parsed: Parsed[Card] = Parsed(source.name)
    is_any = False
    between = _Between(parsed)
    for number, lines in enumerate(_cards(_text(source), between), start=1):
        if number > MOST_CARDS:
            raise NotReadable(
                _("%(file)s holds more than %(most)s cards, the most that are read at once.")
                % {"file": source.name, "most": f"{MOST_CARDS:,}"}
            )
        is_any = is_any or lines is not None
        _take(parsed, number, lines)
    between.tell()
    if not is_any:
        raise NotReadable(
            _("%(file)s holds no complete vCard, from BEGIN:VCARD to END:VCARD.") % {"file": source.name}
        )
    return parsed


def _take(parsed: Parsed[Card], number: int, lines: list[Property] | None) -> None:
    if lines is None:
        message = _("The card has no END:VCARD.")
        parsed.rejects.append(Remark(parsed.file, number, "END", "", message))
        return
    try:
        parsed.rows.append(_card(parsed.file, number, lines))
    except _NoCard as reason:
        shown = next((line.text for line in lines if line.name in ("FN", "ORG", "EMAIL") and line.text), "")
        if reason.is_person:
            parsed.rejects.append(Remark(parsed.file, number, "FN", shown, str(reason)))
        else:
            parsed.skips.append(Remark(parsed.file, number, "", shown, str(reason)))


def _card(file: str, number: int, lines: list[Property]) -> Card:
    kinds = [line.text.lower() for line in lines if line.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND")]
    if _NO_PERSON.intersection(kinds):
        raise _NoCard(_not_of_a_person(kinds[0]), is_person=False)
    if any(line.name == "X-ABSHOWAS" and line.text.upper() == "COMPANY" for line in lines):
        raise _NoCard(_not_of_a_person("org"), is_person=False)
    lines = sorted(lines, key=_preference)
    texts: dict[str, list[str]] = {}
    for line in lines:
        if line.text:
            texts.setdefault(line.name, []).append(line.text)
    pages = [page for name in ("URL", "X-SOCIALPROFILE", "SOCIALPROFILE") for page in texts.get(name, [])]
    return Card(
        file=file,
        number=number,
        name=_name(lines),
        organisation=next((one_line(line.parts[0]) for line in lines if line.name == "ORG"), ""),
        title=one_line((texts.get("TITLE") or texts.get("ROLE") or [""])[0]),
        emails=texts.get("EMAIL", []),
        pages=sorted(pages, key=lambda page: "linkedin." not in page.lower()),
        phones=[number.removeprefix("tel:") for number in texts.get("TEL", [])],
        place=next(filter(None, (_place(line.parts) for line in lines if line.name == "ADR")), ""),
        note="\n".join(texts.get("NOTE", [])),
    )


def _not_of_a_person(kind: str) -> str:
    if kind == "org":
        return _("The card of an organisation, not of a person.")
    return _("The card of a group, not of a person.") if kind == "group" else _("Not the card of a person.")


def _preference(line: Property) -> int:
    """What is preferred comes first; of what is alike, what stands first."""
    preference = line.parameters.get("PREF", "")
    if preference.isdecimal() and len(preference) < 4:
        return int(preference)
    is_preferred = "PREF" in line.parameters or "pref" in line.parameters.get("TYPE", "").lower()
    return 1 if is_preferred else 101


def _name(lines: list[Property]) -> str:
    formatted = next((one_line(line.text) for line in lines if line.name == "FN" and line.text), "")
    if formatted:
        return formatted
    for line in lines:
        if line.name == "N":
            family, given, middle, before, after = (line.parts + [""] * 5)[:5]
            if name := one_line(" ".join([before, given, middle, family, after])):
                return name
    raise _NoCard(_("No name: neither FN nor N."))


def _place(parts: list[str]) -> str:
    """Town and country of an address."""
    parts += [""] * 7
    return ", ".join(filter(None, [one_line(parts[3]) or one_line(parts[4]), one_line(parts[6])]))


# Lines


def _text(source: Source) -> str:
    """The text of the cards: folds within a character undone, and without the marks that joined files leave."""
    content = source.content
    if b"\0" not in content:
        for _place in range(3):  # between the four bytes of a character
            content = _FOLDED_WITHIN.sub(rb"\1", content)
    text = decoded(source.name, content)
    return text.replace("\n\ufeff", "\n").removeprefix("\ufeff")


@dataclass(slots=True)
class _Between:
    """What stands before, between and after the cards: told, for it may be a card that lost its first line."""

    parsed: Parsed[Card]
    lines: list[str] = field(default_factory=list)
    count: int = 0
    is_card: bool = False

    def add(self, line: str, name: str) -> None:
        self.count += 1
        self.is_card = self.is_card or name in _LOST
        if len(self.lines) < SHOWN_LINES:
            self.lines.append(line[:LONGEST_SHOWN].strip())

    def tell(self) -> None:
        if not self.count:
            return
        shown = " | ".join(self.lines)
        if self.is_card:
            message = _("The card has no BEGIN:VCARD.")
            self.parsed.rejects.append(Remark(self.parsed.file, None, "BEGIN", shown, message))
        else:
            message = ngettext(
                "%(count)d line that belongs to no card is left out: “%(text)s”.",
                "%(count)d lines that belong to no card are left out: “%(text)s”.",
                self.count,
            ) % {"count": self.count, "text": shown}
            self.parsed.notes.append(Remark(self.parsed.file, None, "", shown, message))
        self.lines, self.count, self.is_card = [], 0, False


def _cards(text: str, between: _Between) -> Iterator[list[Property] | None]:
    """The lines of each card; None for one that does not end. Within an AGENT another card may lie."""
    lines: list[Property] | None = None
    inner = 0
    for whole in _unfolded(text):
        line = _property(whole)
        if line is None:
            if lines is None and whole.strip():
                between.add(whole, "")
            continue
        mark = line.value.strip().upper() if line.name in ("BEGIN", "END") else ""
        if mark == "VCARD" and line.name == "BEGIN":
            if inner or (lines and lines[-1].name == "AGENT"):
                inner += 1
                continue
            if lines is not None:
                yield None
            between.tell()
            lines = []
        elif mark == "VCARD" and inner:
            inner -= 1
        elif mark == "VCARD" and lines is not None:
            yield lines
            lines = None
        elif lines is not None and not inner:
            lines.append(line)
        elif lines is None and not mark:
            between.add(whole, line.name)
    if lines is not None:
        yield None


def _property(line: str) -> Property | None:
    """An unfolded line taken apart; None for one that is none."""
    if not (match := _LINE.fullmatch(line)):
        return None
    parameters = _parameters(match[2])
    return Property(match[1].upper(), parameters, _plain(match[3], parameters))


def _parameters(text: str) -> dict[str, str]:
    """By their names; a value without a name, as 2.1 has it, is a TYPE. What is said twice is joined."""
    found: dict[str, str] = {}
    for name, value in _PARAMETER.findall(text):
        name, value = (name.strip().upper(), value.strip(' "')) if value else ("TYPE", name.strip())
        found[name] = f"{found[name]},{value}" if name in found else value
    return found


def _unfolded(text: str) -> Iterator[str]:
    """Lines with their continuations: after a space, or (quoted-printable) after a "=" at the end."""
    parts: list[str] = []
    size = 0
    is_soft = is_passed_over = False
    for line in text.split("\n"):
        if parts and (line[:1] in (" ", "\t") or is_soft):
            part = line if is_soft else line[1:]
            if not is_passed_over and size < LONGEST_VALUE:
                parts.append("\n" + part if is_soft else part)
                size += len(part)
        else:
            if parts:
                yield "".join(parts)
            parts, size = [line[: LONGEST_VALUE + 200]], len(line)
            is_passed_over = re.split("[;:]", line[:80])[0].rpartition(".")[2].upper() in _PASSED_OVER
        is_soft = line.endswith("=") and "QUOTED-PRINTABLE" in parts[0][:500].upper()
    if parts:
        yield "".join(parts)


def _plain(value: str, parameters: dict[str, str]) -> str:
    """The value without the encoding in which it was sent."""
    encodings = f"{parameters.get('ENCODING', '')},{parameters.get('TYPE', '')}".upper().split(",")
    if "QUOTED-PRINTABLE" in encodings:
        value = _in_charset(quopri.decodestring(value.encode("utf-8", "replace")), parameters)
    elif "BASE64" in encodings or encodings[0] == "B":
        try:
            value = _in_charset(base64.b64decode(value, validate=False), parameters)
        except (binascii.Error, ValueError):
            value = ""
    return tidy(without_halves(value.replace("\0", "")))


def _in_charset(content: bytes, parameters: dict[str, str]) -> str:
    for charset in (parameters.get("CHARSET", "utf-8"), "utf-8", "cp1252"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("latin-1")


def _unescaped(value: str) -> str:
    if "\\" not in value:
        return value.strip()
    return _ESCAPED.sub(lambda at: "\n" if at[1] in "nN" else at[1], value).strip()

"""Companies as people paste them, one a line, read into rows. Nothing is compared or written here."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.linkedin_links import linkedin_path, read_company_ids, read_company_link
from companies.models import NAME, check_name
from netjob.links import read_web_link

A_SCREENFUL: Final = 30
"""Lines that the small box takes; more are looked through on a page of their own."""
LONGEST_LINE: Final = 2_000

_BULLET: Final = re.compile(r"^[-–—*•·▪◦‣]\s+")
_NUMBER: Final = re.compile(r"^\d{1,3}[.)]\s+")
_LINK: Final = re.compile(r"(?:https?://|www\.|(?:[a-z]{2,3}\.)?linkedin\.com/)[^\s<>]+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s,;|()<>]+")
_BARE_LINK: Final = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,24}(?::\d+)?(?:[/?#]\S*)?")
# What a browser would run, read from the disk or write to, and whatever else is not of the web.
_FOREIGN: Final = re.compile(
    r"(?:^|[\s,;|(<\"'])(?:(?:java|vb)script\s*:|data:(?:[\w.+-]+/|[;,])|(?:mailto|tel|sms|about|blob):(?=\S)|"
    r"view-source:|file:[/\\]|(?!https?:)[a-z][a-z0-9+.-]*://)",
    re.IGNORECASE,
)
_EMPTY_BRACKETS: Final = re.compile(r"\( ?\)|< ?>")
_AROUND_A_NAME: Final = " ,;|"
_SECOND_LEVEL: Final = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})


class Page(NamedTuple):
    """One identity on LinkedIn: a kind of CompanyLinkedIn, and its value."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """A pasted line: its number from 1 (blank lines count), its text, and what it says about a company."""

    number: int
    text: str
    name: str = ""
    website: str = ""
    pages: tuple[Page, ...] = ()
    industry: str = ""
    place: str = ""
    remote: bool = False
    notes: str = ""
    problem: str = ""
    """A sentence where no company can be read out of the line."""

    @property
    def key(self) -> str:
        """By what an answer about the line finds it again, while the questions go back and forth."""
        return blake2s(self.text.encode(), digest_size=6).hexdigest()

    @property
    def value(self) -> str:
        """The company that this line would make, as an answer to what another line is."""
        return f"line-{self.key}"


def read_lines(text: str) -> list[Line]:
    """One company a line: a name, and beside it (or instead) its website or its page on LinkedIn."""
    typed = [(number, _tidy(line)) for number, line in enumerate(text.splitlines(), 1)]
    filled = [(number, line) for number, line in typed if line]
    # "1. FC Köln" is a name; but where every line has a number, the numbers are the list's.
    is_numbered = len(filled) > 1 and all(_NUMBER.match(line) for _number, line in filled)
    return [read_line(number, line, is_numbered=is_numbered) for number, line in filled]


def mend(text: str, mended: Mapping[str, str]) -> str:
    """The pasted text with some lines written anew, by their `Line.key`; an empty one is left out."""
    lines = text.splitlines()
    for line in read_lines(text):
        if line.key in mended:
            lines[line.number - 1] = " ".join(mended[line.key].split())
    return "\n".join(lines)


def _tidy(line: str) -> str:
    return unicodedata.normalize("NFC", line).strip(" \t\u00a0\u200b\ufeff")


def read_line(number: int, text: str, *, is_numbered: bool = False) -> Line:
    """One company: a name, a website, a page on LinkedIn, or several of them."""
    line = Line(number, text[:LONGEST_LINE])
    if len(text) > LONGEST_LINE:
        return replace(
            line,
            problem=_("This line is too long to be one company: more than %(most)d characters.")
            % {"most": LONGEST_LINE},
        )
    if _FOREIGN.search(unicodedata.normalize("NFKC", text)):
        return replace(line, problem=_("Only addresses that begin with https:// or http:// are kept."))
    name, links = _split((_NUMBER if is_numbered else _BULLET).sub("", text, count=1))
    pages: list[Page] = []
    website = ""
    for link in links:
        if linkedin_path(link):
            found = pages_of(link)
            if not found:
                return replace(line, problem=_("That link to LinkedIn leads to no company’s page."))
            pages += found
        elif not website:
            try:
                website = read_web_link(link)
            except ValidationError as refusal:
                return replace(line, problem=refusal.messages[0])
    if _host(website) == "lnkd.in":
        return replace(
            line, problem=_("A short link does not say where it leads. Paste the page’s own address.")
        )
    name = name or _name_of_page(pages) or _name_of_website(website)
    return replace(
        line, name=name, website=website, pages=tuple(dict.fromkeys(pages)), problem=_problem(name)
    )


def _split(text: str) -> tuple[str, list[str]]:
    """The name on a line, and the links beside it."""
    if _BARE_LINK.fullmatch(text) and "/" not in text and not _LINK.match(text):
        return text, [text]  # Booking.com: a name, and where to find it
    links: list[str] = []

    def take(found: re.Match[str]) -> str:
        links.append(found[0].rstrip(".,;|)]\"'"))
        return " "

    def take_bare(found: re.Match[str]) -> str:
        before = found.string[max(0, found.start() - 3) : found.start()].rstrip(" ")
        is_apart = before[-1:] in tuple(",;|(<\t-–—:")
        is_echo = found.start() > 0 and first in found[0].casefold()  # Figma figma.com
        return take(found) if (is_apart or is_echo) and _BARE_LINK.fullmatch(found[0]) else found[0]

    rest = _LINK.sub(take, text)
    first = next(iter(rest.casefold().split()), "")
    rest = _WORD.sub(take_bare, rest)
    name = _EMPTY_BRACKETS.sub("", " ".join(rest.split())).strip(_AROUND_A_NAME).rstrip(":")
    while name.endswith((" -", " –", " —")):
        name = name[:-2].rstrip(_AROUND_A_NAME)
    return name[1:-1].strip() if len(name) > 2 and name[0] == name[-1] == '"' else name, links


def looks_like_link(text: str) -> bool:
    return bool(_LINK.fullmatch(text) or _BARE_LINK.fullmatch(text))


def pages_of(link: str) -> list[Page]:
    """The company's identities that a link to LinkedIn names."""
    page = read_company_link(link)
    found = [Page(page.kind, page.value)] if page else []
    return found + [Page("numeric", number) for number in read_company_ids(link)]


def _name_of_page(pages: list[Page]) -> str:
    slug = next((page.value for page in pages if page.kind != "numeric"), "")
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-_]+", slug) if word)


def _name_of_website(website: str) -> str:
    words = _host(website).split(".")
    if len(words) > 2 and len(words[-1]) == 2 and words[-2] in _SECOND_LEVEL:
        words = words[:-1]
    return words[-2].capitalize() if len(words) > 1 else ""


def _host(website: str) -> str:
    return (urlsplit(website).hostname or "").removeprefix("www.")


def _problem(name: str) -> str:
    if not name:
        return _("There is no name on this line. Write it before the link.")
    if len(name) > NAME:
        return ngettext(
            "The name has %(count)d character; %(limit)d fit.",
            "The name has %(count)d characters; %(limit)d fit.",
            len(name),
        ) % {"count": len(name), "limit": NAME}
    if any(unicodedata.category(c) == "Cc" for c in name):
        return _("There is a sign in this line that cannot be shown. Type it anew.")
    try:
        check_name(name)
    except ValidationError as refusal:
        return refusal.messages[0]
    return ""

"""People without typing: what comes along from a page, a signature or a card, as lines that pasting reads. Pure.

Nothing is opened or fetched: of a page only its address and its title are read.
"""

import re
from typing import Final, NamedTuple

from contacts.profiles import canonical_email, read_profile_link
from netjob.imports.cards import read_cards
from netjob.imports.remarks import NotReadable, Source

_SITE: Final = re.compile(r"\s*[|·–-]\s*LinkedIn\s*$", re.IGNORECASE)
_UNREAD: Final = re.compile(r"^\s*\(\d+\+?\)\s*")
_BETWEEN: Final = re.compile(r"\s+[-–—]\s+")
_LINKEDIN: Final = re.compile(r"(?:https?://)?(?:[\w-]{1,20}\.)?linkedin\.com/\S+", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?:\+|\b0|\()[\d\s()./-]{7,25}\d")
_LABEL: Final = re.compile(
    r"^\s*(?:t|tel|telefon|phone|m|mob|mobile|mobil|fax|e|e-?mail|mail|w|web)\s*[:.]", re.IGNORECASE
)
_GOODBYE: Final = re.compile(
    r"^\s*(?:--+\s*|_{3,}|(?:kind|best|warm|many)?\s*(?:regards|wishes|thanks)\b.*|best|cheers|sincerely\b.*|yours\b.*"
    r"|(?:viele|beste|herzliche|freundliche)\s+gr(?:ü|ue)(?:ß|ss)e\b.*|mit freundlichen gr(?:ü|ue)(?:ß|ss)en\b.*|lg|mfg"
    r"|cordialement\b.*|bien à vous\b.*|saludos\b.*|un saludo\b.*|cumprimentos\b.*"
    r"|met vriendelijke groet\b.*)\s*,?\s*$",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[^\d@|/:]{2,80}")
LONGEST_SIGNATURE: Final = 25
"""Lines: a longer text is a list of people, or a letter."""


class Visited(NamedTuple):
    """A page in a browser: whose profile it is, as its address and title say; of any other what to note."""

    name: str = ""
    role: str = ""
    company: str = ""
    url: str = ""
    note: str = ""

    @property
    def line(self) -> str:
        """As somebody would have typed it: "Ana Silva, Data Engineer, Acme, https://…"."""
        # Where no company follows, a comma in the role would make one of its end.
        role = self.role if self.company else " ".join(self.role.replace(",", " ").split())
        return ", ".join(filter(None, [self.name, role, self.company, self.url]))


def visited(url: str, title: str) -> Visited:
    """ "(2) Ana Silva - Data Engineer - Acme | LinkedIn" and the address that it stood at.

    Only a profile's title begins with a name: "Our team is new" of another page is nobody, and kept as a note.
    """
    profile = read_profile_link(url)
    if profile is None:
        return Visited(note="\n".join(filter(None, [" ".join(title.split()), url.strip()])))
    text = " ".join(_SITE.sub("", _UNREAD.sub("", title)).split())[:500]
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if not parts or parts[0].lower() in ("linkedin", "log in", "sign in", "sign up"):
        return Visited(url=profile.url)
    name, *rest = parts
    company = rest.pop() if len(rest) > 1 else ""
    return Visited(name, " - ".join(rest), company, profile.url)


def linked_in(text: str) -> str:
    """The first LinkedIn address in a shared text."""
    return _first(_LINKEDIN, text)


def address_in(text: str) -> str:
    """LinkedIn's address in a shared text, else the first of any other site."""
    return linked_in(text) or _first(_ADDRESS, text)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text[:5_000])
    return found[0].rstrip(".,;:!?)") if found else ""


def as_lines(text: str, *, with_company: bool) -> str:
    """vCards, or an e-mail signature, a line each; any other text as it is. `with_company`: it may end a line."""
    if "BEGIN:VCARD" in text.upper():
        return _cards(text, with_company=with_company)
    signed = _signature(text)
    if signed is None:
        return text
    name, role, company, address = signed
    return ", ".join(filter(None, [name, role, company if with_company else "", address]))


def _cards(text: str, *, with_company: bool) -> str:
    try:
        found = read_cards(Source("", text.encode("utf-8", "replace"))).rows
    except NotReadable:
        return text
    lines = []
    for card in found:
        page = next(filter(read_profile_link, card.pages), "")
        company = _one_part(card.organisation) if with_company else ""
        role = _one_part(card.title)
        lines.append(", ".join(filter(None, [_one_part(card.name), role, company, page, *card.emails[:1]])))
    return "\n".join(lines)


def _signature(text: str) -> tuple[str, str, str, str] | None:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not 2 < len(lines) + 1 <= LONGEST_SIGNATURE:
        return None
    addresses = dict.fromkeys(
        read for line in lines for word in re.split(r"[\s<>,;:|]+", line) if (read := canonical_email(word))
    )
    ends = any(_GOODBYE.match(line) for line in lines)
    told = [line for line in lines if not _GOODBYE.match(line)]
    called = any(_PHONE.search(line) or _LABEL.match(line) for line in told)
    if len(told) < 2 or not (ends or called) or len(addresses) > 1 or not _NAME.fullmatch(told[0]):
        return None
    parts = [part for line in told[1:] for part in re.split(r"\s*[|·]\s*", line) if _is_words(part)]
    role, company = [*parts, "", ""][:2]
    links = dict.fromkeys(filter(None, map(linked_in, told)))
    address = ", ".join([*list(addresses)[:1], *[link for link in links if read_profile_link(link)][:1]])
    return told[0].strip(" ,"), _one_part(role), _one_part(company), address


def _is_words(part: str) -> bool:
    """Neither a phone number nor an address, on paper or on the net."""
    if _PHONE.search(part) or _LABEL.match(part) or "@" in part or not part.strip():
        return False
    return not re.search(
        r"https?://|www\.|\w\.(?:com|org|net|de|io|eu|uk|fr|es|pt)\b|\d{4,}", part, re.IGNORECASE
    )


def _one_part(text: str) -> str:
    return " ".join(text.replace(",", " ").split())[:255]

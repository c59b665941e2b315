"""Who a person is: LinkedIn profiles and e-mail addresses in one canonical form, and pasted lists of people.

Pure: a link is read, never opened. Keys decide who is the same person, so whatever is only likely
(``suggest_profile``, a guessed name) says so.
"""

import re
import unicodedata
from typing import Final, NamedTuple
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.linkedin_links import BIDI_MARKS, LINKEDIN, linkedin_path, read_company_link, readable_slug

MOST_LINES: Final = 500
LONGEST_LINE: Final = 2_000
LONGEST_NAME: Final = 255
MOST_WORDS: Final = 6
"""Words that a name has at most without a doubt."""
LONGEST_ROLE: Final = 255
LONGEST_EMAIL: Final = 254  # RFC 5321, 4.5.3.1.3: a path of 256 octets with its angle brackets.

_NOBODY: Final = frozenset({"me", "unavailable"})
_OPAQUE: Final = re.compile(r"AC[ow]AA[A-Za-z0-9_-]+")


class ProfileLink(NamedTuple):
    """A person's page: ``kind`` "linkedin" with the slug as key, or "opaque" with LinkedIn's inner number.

    A "linkedin" key is percent-decoded, NFC, in lower case, without invisible marks; an "opaque" one (``ACoAA…``)
    keeps its letter case, which tells people apart.
    """

    kind: str
    key: str

    @property
    def url(self) -> str:
        """The one canonical address: https, www, non-ASCII percent-encoded, a slash at the end."""
        return f"{LINKEDIN}/in/{quote(self.key, safe='')}/"

    @property
    def shown(self) -> str:
        """The address as people read it, in its own letters."""
        return f"linkedin.com/in/{self.key}"


class PersonLine(NamedTuple):
    """One pasted line: ``line`` counts from 1 with the blank ones, ``raw`` is its text, cut at 2,000.

    ``name`` and ``role`` are "" when the line does not tell them; ``name_guessed``: made from the link or
    the e-mail address. ``problem``: a sentence for the user, or None when the person can be added as read.
    """

    line: int
    raw: str
    name: str = ""
    name_guessed: bool = False
    role: str = ""
    profile: ProfileLink | None = None
    email: str | None = None
    problem: str | None = None

    @property
    def reads_like_a_sentence(self) -> bool:
        """Whether what stands for the name is hardly one: more than six words, or the end of a sentence."""
        return len(self.name.split()) > MOST_WORDS or bool(_ENDS_A_SENTENCE.search(self.name))


def read_profile_link(text: str) -> ProfileLink | None:
    """The person that ``text`` links to, or None: another page, another host, no link at all.

    Every form LinkedIn gives out is one person: country and mobile hosts, ``/mwlite``, ``/comm``, redirects,
    queries, fragments, tabs and locales after the slug. ``/in/me/`` is nobody: each reader lands elsewhere;
    ``/in/unavailable/`` is where everybody lands who looks for a profile that is gone.
    """
    link = linkedin_path(text)
    if link is None or link.page != "in" or len(link.parts) < 2:
        return None
    part = "".join(c for c in link.parts[1] if c not in BIDI_MARKS)
    if _OPAQUE.fullmatch(part) and len(part) <= LONGEST_NAME:
        return ProfileLink("opaque", part)
    slug = readable_slug(part)
    return ProfileLink("linkedin", slug) if slug and slug not in _NOBODY else None


def suggested_in(line: str) -> ProfileLink | None:
    """What the first old link of a pasted line most likely became."""
    return next(filter(None, (suggest_profile(match[0]) for match in _LINK.finditer(line))), None)


def suggest_profile(text: str) -> ProfileLink | None:
    """The profile that an old ``/pub/<name>/<a>/<b>/<c>`` link most likely became: ``/in/<name>-<c><b><a>``.

    Field knowledge, not LinkedIn's word: offer it, never merge by it.
    """
    link = linkedin_path(text)
    if link is None or link.page != "pub" or len(link.parts) < 5:
        return None
    name, *codes = link.parts[1:5]
    slug = readable_slug(name)
    if slug is None or not all(re.fullmatch(r"[0-9a-zA-Z]{1,4}", code) for code in codes):
        return None
    return ProfileLink("linkedin", f"{slug}-{''.join(reversed(codes)).lower()}")


_LOCAL: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL: Final = re.compile(r"[^\W_](?:[^\W_]|-(?=[^.])){0,62}")


def canonical_email(text: str) -> str | None:
    """An e-mail address in lower case and NFC, or None for what cannot be one.

    ``mailto:`` and spaces around are dropped. A domain in punycode is given in its own letters, so that both
    spellings are one key. Look-alike letters stay different: keys are compared exactly (CVE-2019-19844).
    """
    address = unicodedata.normalize("NFC", text.strip().lower())
    address = unicodedata.normalize("NFC", address.removeprefix("mailto:").partition("?")[0])
    local, at, domain = address.partition("@")
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local):
        return None
    labels = [_own_letters(label) for label in domain.removesuffix(".").split(".")]
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) and label[-1] != "-" for label in labels):
        return None
    if labels[-1].isdigit():
        return None
    address = f"{local}@{'.'.join(labels)}"
    return address if len(address.encode()) <= LONGEST_EMAIL else None


def _own_letters(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        own = label.encode("ascii").decode("idna")
        return own if own.encode("idna").decode("ascii") == label and own == own.lower() else label
    except UnicodeError:
        return label


# Pasted lists

# A link starts at a scheme, at www or LinkedIn's host, or is any host with a page like LinkedIn's; commas
# and bars end it, for no slug holds them. Bounded and started at word's edges, or a line of 2,000 dots costs
# as many looks at each of them.
_LINK: Final = re.compile(
    r"(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,15}://|(?<![\w@.:/-])(?://|www\.|lnkd\.in/|"
    r"(?:[\w-]{1,63}\.){0,3}linkedin\.com\b)|(?<![^\s,;|<>\"])"
    r"[^\s,;|<>\"/@.]{1,63}(?:\.[^\s,;|<>\"/@.]{1,63}){1,4}/(?:in|pub|company|school)/)[^\s,;|<>\"]*",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(
    r"(?<![^\s<>,;()\[\]\"|])(?:mailto:)?[^\s<>,;:()\[\]\"|@]+@[^\s<>,;:()\[\]\"|]+", re.IGNORECASE
)
_SCRIPT_LINK: Final = re.compile(r"^\W*(?:javascript|vbscript|data|file|blob|about)\s*:", re.IGNORECASE)
_BULLET: Final = re.compile(r"^\s*(?:[-–—*•·‣◦▪]\s+|\d{1,3}[.)]\s+)")
_SEPARATOR: Final = re.compile(r"\t|\s[-–—|·•]\s|[,;|]|:\s|\s?[–—]\s?(?=\S)")
# "· 2nd" beside a name copied from LinkedIn; "2nd Line Support" is a role.
_DEGREE: Final = re.compile(
    r"[·•]\s*(?:1st|2nd|3rd)\b\+?(?:\s+degree(?:\s+connection)?)?|\b(?:1st|2nd|3rd)\+?\s+degree(?:\s+connection)?",
    re.IGNORECASE,
)
# "Jr.", "Ph.D." and an initial end a name.
_ENDS_A_SENTENCE: Final = re.compile(r"(?:[!?…。！？]|[^\W\d_]{4}\.)[\"'”’)]*$")
_PRONOUNS: Final = re.compile(
    r"\s*\(\s*(?:she|he|they|her|him|them|ze|xe|sie|er|elle|il|ella|él)(?:\s*/\s*\w+)+\s*\)", re.IGNORECASE
)
_IN_BRACKETS: Final = re.compile(r"(?P<name>[^()]*\S)\s*\((?P<role>[^()]+)\)")
_TITLES: Final = frozenset(
    {
        "phd",
        "mba",
        "md",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "cfa",
        "cpa",
        "pmp",
        "esq",
        "msc",
        "bsc",
        "ma",
        "ba",
        "dphil",
        "pe",
        "mph",
        "ccie",
        "cissp",
    }
)
_LINE_END: Final = re.compile(r"\r\n|[\n\r\u2028\u2029\x85]")
_UNSTORABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def read_people_lines(text: str) -> list[PersonLine]:
    """The people of a pasted list, one a line; blank lines are ignored.

    A line holds a profile link in any form, or a name with a role ("Ada Lovelace, CTO", "Ada – CTO",
    "Ada<TAB>CTO", "Ada (CTO)"), or both in any order, and perhaps an e-mail address. Beyond 500 people one
    last line says that they were not read; beyond 2,000 characters a line is not read, and says so.
    Never raises.
    """
    people: list[PersonLine] = []
    filled = 0
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        if not raw.strip(" \t\v\f\u00a0\u3000\u200b\ufeff" + BIDI_MARKS):
            continue
        filled += 1
        if filled <= MOST_LINES:
            people.append(_read_line(number, raw))
        elif filled == MOST_LINES + 1:
            problem = _(
                "At most %(most)d people are read at once: paste this line and those below it again."
            ) % {"most": MOST_LINES}
            people.append(PersonLine(number, raw[:LONGEST_LINE], problem=problem))
    return people


def _read_line(number: int, raw: str) -> PersonLine:
    if len(raw) > LONGEST_LINE:
        too_long = ngettext(
            "This line has %(count)s character; at most %(most)s are read.",
            "This line has %(count)s characters; at most %(most)s are read.",
            len(raw),
        ) % {
            "count": f"{len(raw):,}",
            "most": f"{LONGEST_LINE:,}",
        }
        return PersonLine(number, raw[:LONGEST_LINE], problem=too_long)
    if _UNSTORABLE.search(raw):
        return PersonLine(
            number, raw, problem=_("This line holds a control character, such as NUL: type it anew.")
        )
    if _SCRIPT_LINK.match(raw):
        return PersonLine(number, raw, problem=_("This is not a link to a LinkedIn profile."))

    links = [match[0].rstrip(".:!?)]}'") for match in _LINK.finditer(raw)]
    profiles = list(dict.fromkeys(profile for link in links if (profile := read_profile_link(link))))
    words = _LINK.sub("\t", raw)
    addresses = [
        address.rstrip(".'") for address in _EMAIL.findall(words) if "." in address.partition("@")[2]
    ]
    emails = list(dict.fromkeys(read for address in addresses if (read := canonical_email(address))))
    for address in addresses:
        words = words.replace(address, "\t")
    name, role = _name_and_role(words)

    profile = profiles[0] if profiles else None
    email = emails[0] if emails else None
    guessed = False
    if not name:
        name = _guessed_name(profile, links, email)
        guessed = bool(name)
    problem = (
        _problem_of_links(links, profiles)
        or _problem_of_emails(addresses, emails)
        or _problem_of_text(name, role, profile)
    )
    return PersonLine(number, raw, name, guessed, role, profile, email, problem)


def _name_and_role(words: str) -> tuple[str, str]:
    text = "".join(c for c in words if c not in BIDI_MARKS + "\u200b\ufeff")
    text = re.sub(r"\s+", lambda gap: "\t" if "\t" in gap[0] else " ", text)
    text = _PRONOUNS.sub("", _DEGREE.sub("\t", _BULLET.sub("", text)))
    parts = [part for piece in _SEPARATOR.split(text) if (part := _tidy(piece))]
    if not parts:
        return "", ""
    name, rest = parts[0], parts[1:]
    while rest and rest[0].replace(".", "").lower() in _TITLES:
        name = f"{name}, {rest.pop(0)}"
    if not rest and (bracketed := _IN_BRACKETS.fullmatch(name)):
        return _tidy(bracketed["name"]), _tidy(bracketed["role"])
    return name, ", ".join(rest)


def _tidy(piece: str) -> str:
    """One part of a line, NFC, spaces folded, without the quotes and loose brackets of its surroundings."""
    text = unicodedata.normalize("NFC", " ".join(piece.split())).strip(' "“”„«»:')
    # What remains around a link that was cut out: <…>, (…), [name](…).
    text = text.lstrip("> ").rstrip("< ")
    if text.count("(") != text.count(")"):
        text = text.strip("()[] ")
    return text if any(unicodedata.category(c)[0] not in "PZC" for c in text) else ""


def _guessed_name(profile: ProfileLink | None, links: list[str], email: str | None) -> str:
    """ "ada-lovelace-1b2c3d" is Ada Lovelace, and so is ada.lovelace@…; "" where nothing tells."""
    known = profile or next(filter(None, map(suggest_profile, links)), None)
    if known and known.kind == "linkedin":
        pieces = re.split(r"[-_.]+", known.key)
    elif email and not links:
        pieces = re.split(r"[-_.]+", email.partition("@")[0].partition("+")[0])
    else:
        return ""
    named = [piece for piece in pieces if piece and not any(c.isdigit() for c in piece)]
    return " ".join(piece[:1].upper() + piece[1:] for piece in named)[:LONGEST_NAME]


def _problem_of_links(links: list[str], profiles: list[ProfileLink]) -> str | None:
    if len(profiles) > 1:
        return _("This line links to several profiles: write one person on a line.")
    return next((_problem_of_link(link) for link in links if read_profile_link(link) is None), None)


def _problem_of_link(link: str) -> str:
    path = linkedin_path(link)
    host = re.sub(r"^[a-z][a-z0-9+.-]*://|^//", "", link, flags=re.IGNORECASE)
    host = re.split(r"[/?#]", host)[0][:100].lower()
    if path is None:
        if host.removeprefix("www.") == "lnkd.in":
            return _("Short links are not opened here: paste the address of the profile itself.")
        return _("“%(host)s” is not LinkedIn: paste a link such as %(example)s.") % {
            "host": host,
            "example": f"{LINKEDIN}/in/their-name/",
        }
    if suggested := suggest_profile(link):
        return _("This old link most likely is %(link)s now: open it, and paste the address it leads to.") % {
            "link": suggested.shown
        }
    if company := read_company_link(link):
        pages = {
            "school": _("This links to a school’s page: paste the person’s own profile."),
            "showcase": _("This links to a showcase page: paste the person’s own profile."),
        }
        return pages.get(company.kind, _("This links to a company page: paste the person’s own profile."))
    if path.page == "in":
        return _("This profile link names nobody: open the person’s profile and copy its address.")
    return _("This LinkedIn link is not a profile: open the person’s profile and copy its address.")


def _problem_of_emails(addresses: list[str], emails: list[str]) -> str | None:
    if len(emails) > 1:
        return _("This line has several e-mail addresses: keep one.")
    wrong = next((address for address in addresses if canonical_email(address) is None), None)
    return _incomplete(wrong[:100]) if wrong else None


def _incomplete(address: str) -> str:
    return _("“%(address)s” is not a complete e-mail address.") % {"address": address}


def _problem_of_text(name: str, role: str, profile: ProfileLink | None) -> str | None:
    if len(name) > LONGEST_NAME:
        return ngettext(
            "The name has %(count)s character; at most %(most)d are kept.",
            "The name has %(count)s characters; at most %(most)d are kept.",
            len(name),
        ) % {
            "count": f"{len(name):,}",
            "most": LONGEST_NAME,
        }
    if len(role) > LONGEST_ROLE:
        return ngettext(
            "The role has %(count)s character; at most %(most)d are kept.",
            "The role has %(count)s characters; at most %(most)d are kept.",
            len(role),
        ) % {
            "count": f"{len(role):,}",
            "most": LONGEST_ROLE,
        }
    if name:
        return _incomplete(name) if re.fullmatch(r"\S+@\S+", name) else None
    if profile:
        return _("The name cannot be read from this link: write it beside the link.")
    return _("This line names nobody: write a name, or paste a profile link.")

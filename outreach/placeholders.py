"""The one table of placeholders, and the only way in which a template is filled. Pure.

A template is plain text with placeholders as the guide writes them: `Hi <name>, …`. Our own
tokeniser goes over it once; what a value brings is never looked at again, so a company that calls
itself "<my name>" stays just that. There is no `str.format` and no template engine here.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

LONGEST_TEMPLATE = 20_000
LONGEST_MESSAGE = 100_000


@dataclass(frozen=True)
class Placeholder:
    """One entry of the table: its name without brackets, and a sentence for the help text."""

    name: str
    meaning: str

    def __str__(self) -> str:
        return f"<{self.name}>"


PLACEHOLDERS = (
    Placeholder("name", gettext_noop("The name of the person you write to, as it stands on their page.")),
    Placeholder("first name", gettext_noop("The name to greet them by.")),
    Placeholder(
        "role", gettext_noop("What they do at the company; “a” before it becomes “an” where it sounds so.")
    ),
    Placeholder("company", gettext_noop("The company where they work.")),
    Placeholder("my name", gettext_noop("Your own name.")),
    Placeholder("my role", gettext_noop("The role that you are looking for, or the one that you have.")),
    Placeholder("in common", gettext_noop("What you share: a former employer, a place, an interest.")),
    Placeholder("introducer", gettext_noop("Who named them to you, or is to introduce you.")),
    Placeholder("person met", gettext_noop("Whom they led you to, where you tell them how it went.")),
    Placeholder(
        "topic",
        gettext_noop("What you write about: a subject, one thing you learned, the event where you met."),
    ),
    Placeholder("times", gettext_noop("The times that you offer for a talk, two or three of them.")),
    Placeholder("school", gettext_noop("The school or university where both of you were.")),
)


class TextTooLongError(ValueError):
    """A template or a filled message beyond its limit; its text can be shown to the user."""


@dataclass(frozen=True)
class Filled:
    """A filled template, and what still keeps it from being sent.

    `unfilled` are known placeholders without a value ("<first name>"), `unknown` what looks like
    one and is none ("<nmae>", "<name" without its end), each once, in order of appearance. Both
    stand in the text as they were written.
    """

    text: str
    unfilled: tuple[str, ...]
    unknown: tuple[str, ...]


def fill(text: str, values: Mapping[str, str | None]) -> Filled:
    """Put `values` in the place of their placeholders, each once, and "an" before a vowel sound.

    `values` are by the names of `PLACEHOLDERS` (KeyError for any other). A value becomes one line
    without control characters, so that it can stand in a subject; an empty one leaves its
    placeholder. Raises `TextTooLongError` over 20,000 characters in or 100,000 out.
    """
    if len(text) > LONGEST_TEMPLATE:
        sentence = ngettext(
            "A template may have %(most)s characters, not %(count)s.",
            "A template may have %(most)s characters, not %(count)s.",
            len(text),
        )
        raise TextTooLongError(sentence % {"most": f"{LONGEST_TEMPLATE:,}", "count": f"{len(text):,}"})
    known = {_NAMES[_key(name)]: _one_line(value or "") for name, value in values.items()}
    takes_article = _TAKES_ARTICLE if _ENGLISH.search(text) else _ALWAYS_TAKES_ARTICLE
    pieces: list[str] = []
    unfilled: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for literal, found in _tokens(text):
        pieces.append(literal)
        if found is None:
            continue
        value = known.get(found.name or "", "") if found.closed else ""
        if value and found.name in takes_article:
            pieces[-1] = _with_article(literal, value)
        if not value:
            (unfilled if found.name and found.closed else unknown)[found.shown] = None
        pieces.append(value or found.written)
    if sum(map(len, pieces)) > LONGEST_MESSAGE:
        sentence = _("A message may have %(most)s characters. Fill in less.")
        raise TextTooLongError(sentence % {"most": f"{LONGEST_MESSAGE:,}"})
    return Filled("".join(pieces), tuple(unfilled), tuple(unknown))


def leftovers(text: str) -> tuple[str, ...]:
    """Every placeholder, known or not, whole or broken, in a text that is to be sent.

    Empty means that nothing was forgotten. Only what begins with a letter and has up to 40 word
    characters and spaces counts: "<3", "a < b > c" and "<ada@example.com>" are none.
    """
    return tuple(dict.fromkeys(found.shown for _, found in _tokens(text) if found))


def linkedin_length(text: str) -> int:
    """The length as LinkedIn's field counts it: UTF-16 code units (an emoji is 2), a newline 1.

    A free account's note holds 200 of them, with Premium 300.
    """
    return len(text.replace("\r\n", "\n").encode("utf-16-le", "surrogatepass")) // 2


# --- the tokeniser ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Found:
    written: str
    name: str | None
    closed: bool

    @property
    def shown(self) -> str:
        """As the user is told: the table's spelling, or what is written if that is unknown or broken."""
        if self.name and self.closed:
            return f"<{self.name}>"
        return " ".join(_visible(self.written).split())


# Zero-width and direction marks come along when people paste, and would hide a placeholder.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_INVISIBLE_MARKS = re.compile(f"[{_INVISIBLE}]")


def _visible(text: str) -> str:
    return _INVISIBLE_MARKS.sub("", text)


def _key(name: str) -> str:
    """`First_Name`, `first  name` and `firstname` are one."""
    return re.sub(r"[\s_-]+", "", _visible(name)).casefold()


_NAMES = {_key(placeholder.name): placeholder.name for placeholder in PLACEHOLDERS}
_GAP = rf"[\s_{_INVISIBLE}-]{{0,10}}"
_KNOWN = "|".join(
    placeholder.name.replace(" ", _GAP) for placeholder in sorted(PLACEHOLDERS, key=lambda p: -len(p.name))
)
# Every repetition is bounded, so the time grows with the text and not with its square.
_TOKEN = re.compile(
    rf"""
    <[\s{_INVISIBLE}]{{0,10}} (?P<known>{_KNOWN}) [\s{_INVISIBLE}]{{0,10}}>
  | <(?P<wordlike>[{_INVISIBLE}]{{0,5}}[^\W\d_][\w\s'’/&,{_INVISIBLE}-]{{0,39}})>
  | <(?:{_KNOWN})(?!\w)                                       # its end is missing
  | (?<!\w)<[^\W\d_](?>[\w'’-]{{0,39}})(?![@:/+]|\.\w|[^<>\n]{{0,200}}>)
  | (?<![\w</.-])(?:{_KNOWN})>                                # its beginning is missing
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _tokens(text: str) -> Iterator[tuple[str, _Found | None]]:
    """(text before, placeholder) one after the other; at the end (rest, None)."""
    position = 0
    for match in _TOKEN.finditer(text):
        inner = match["known"] or match["wordlike"]
        name = _NAMES.get(_key(inner)) if inner else None
        yield text[position : match.start()], _Found(match[0], name, closed=inner is not None)
        position = match.end()
    yield text[position:], None


def _one_line(value: str) -> str:
    # A slice first: limits come before work, and more could not be sent anyway.
    value = value[: LONGEST_MESSAGE + 1]
    visible = (" " if unicodedata.category(c) == "Cc" else c for c in value)
    return " ".join("".join(visible).split())


# --- a or an ------------------------------------------------------------------------------------

# A person has no article; and in Spanish or Italian "a <company>" means "to".
_TAKES_ARTICLE = frozenset({"role", "my role", "company", "school", "topic"})
_ALWAYS_TAKES_ARTICLE = frozenset({"role", "my role"})
_ENGLISH = re.compile(r"\b(?:the|you|your|and|with|from|about|would|what|I’d|I'd)\b", re.IGNORECASE)
_ARTICLE_AT_END = re.compile(r"(?<![\w'’.-])(an?)(\s{1,5}[\"“‘'(*_]{0,2})$", re.IGNORECASE)

# Letters whose names begin with a vowel sound: an M, an S, but a U.
_VOWEL_NAMED = frozenset("AEFHILMNORSX")
# Initials of up to four letters that are spoken as a word.
_SPOKEN = frozenset({
    "FEMA", "FIFA", "FIFO", "LAMP", "LAN", "LEGO", "LIMS", "MAC", "MENA", "MOOC", "NASA", "NATO", "NICU",
    "NOC", "RAM", "REIT", "REST", "ROM", "SAML", "SIEM", "SIM", "SOC", "SOX", "STEM", "SWAT", "SWOT",
})  # fmt: skip
# Initials with a vowel, to be told from the words of a line that is all in capitals.
_INITIALS = frozenset({
    "MBA", "NGO", "RPA", "SAP", "SEA", "SEM", "SEO", "SRE", "HRIS", "ROI", "UI", "US", "UX", "UK",
})  # fmt: skip
_VOWEL_SOUND = re.compile(r"[aeiou]|hour|heir|honest|honou?r|y[^aeiouy]|nvidia")
# A "you" or a "w": a European, a user, a one-person team; but an unimportant, an umbrella.
_CONSONANT_SOUND = re.compile(
    r"eu|ew|ubi|uda|ude|uga|uip|uku|ukr|uni(?!n|mp|ma|dentif)|ura|uri|urol|uru|usa|use|usu|uta|uti|uto"
    r"|one(?![a-z])|ones|once|ouija"
)
_LETTERS = str.maketrans({"Ø": "O", "ø": "o", "Æ": "A", "æ": "a", "Œ": "O", "œ": "o", "Ł": "L", "ł": "l"})


def article(phrase: str) -> str:
    """Give "a" or "an", by the sound with which an English phrase begins; "a" where it is not known.

    An hour, an MBA student, an 8-person team, an X-ray technician; a European, a UX designer, a
    one-person team, a SaaS company, and "a" before whatever is written in another script.
    """
    plain = unicodedata.normalize("NFKD", phrase[:200].translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    start = re.match(r"[\W_]*(?:(\d+)(,?)|([A-Za-z]+))", plain)
    if start is None:
        return "a"
    digits, comma, word = start.groups()
    if digits:
        return _article_of_number(digits, in_thousands=bool(comma))
    if _is_spelled_out(word, plain):
        return "an" if word[0].upper() in _VOWEL_NAMED else "a"
    if re.match("One[A-Z]", word) or _CONSONANT_SOUND.match(word.casefold()):
        return "a"
    return "an" if _VOWEL_SOUND.match(word.casefold()) else "a"


def _is_spelled_out(word: str, phrase: str) -> bool:
    """Whether the word is read letter by letter: R(&D), HR, MBAs, MSc, but not PhD, SaaS, NATO."""
    if len(word) == 1 or not word[:2].isupper():
        return len(word) == 1
    if not re.search("[AEIOU]", word, re.IGNORECASE) or word in _INITIALS or not word.isupper():
        return True
    shouted = phrase.isupper() and len(phrase.split()) > 1
    return len(word) <= 4 and word not in _SPOKEN and not shouted


def _article_of_number(digits: str, *, in_thousands: bool) -> str:
    """Eight, eighty, 800 and so on; eleven and eighteen, also of thousands and of hundreds."""
    spoken_as_two = len(digits) == 2 or (len(digits) in (4, 5) and not in_thousands)
    return "an" if digits[0] == "8" or (spoken_as_two and digits[:2] in ("11", "18")) else "a"


def _with_article(literal: str, value: str) -> str:
    """The text before a value, its "a" or "an" set right; its capital stays."""
    found = _ARTICLE_AT_END.search(literal)
    if not found:
        return literal
    written, gap = found.groups()
    right = article(value)
    if written.isupper() and (len(written) == 2 or value.isupper()):
        right = right.upper()
    elif written[0].isupper():
        right = right.capitalize()
    return literal[: found.start()] + right + gap


# --- names --------------------------------------------------------------------------------------

_TITLES = frozenset({
    "dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "rev",
    "herr", "frau", "mag", "ing", "dipl", "dipling", "med", "mme", "mlle", "monsieur", "madame", "sra", "sr",
    "dra", "shri", "smt", "drs", "doctor", "capt", "col", "lt", "sgt",
})  # fmt: skip
_AFTER_NAMES = frozenset({
    "jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "emba", "msc", "bsc", "ma", "ba", "meng", "beng",
    "llm", "jd", "cpa", "cfa", "cma", "acca", "pmp", "csm", "esq", "dds", "rn", "pe", "peng", "ceng", "cissp",
    "shrmcp", "shrmscp", "sphr", "phr", "edd", "mph", "mpa", "dba", "frsa", "obe", "mbe", "cbe", "she", "he",
    "they", "sheher", "hehim", "theythem",
})  # fmt: skip
_BEFORE_FAMILY = frozenset({"van", "von", "de", "del", "della", "di", "da", "dos", "la", "le", "el", "al"})
# Half a given name: nobody called Abdul Rahman is greeted with "Abdul".
_NEVER_ALONE = frozenset({"abd", "abdul", "abdel", "abu"})


def first_name(full_name: str) -> str:
    """The name to greet somebody by, as well as it can be told; a person's own word goes before.

    Titles, degrees, pronouns, emoji and initials are left out; "Lovelace, Ada" is turned round.
    Where no given name can be told (one word, initials only, a title and one name, Chinese,
    Japanese or Korean script) it is the name as it stands; "" for an empty one.
    """
    whole = _one_line(full_name)
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", whole)
    if any(_is_east_asian(c) for c in plain):
        return " ".join(plain.split())
    before, *after = [_words(part) for part in plain.split(",")]
    given = next((words for words in after if words and not _is_credential(words, plain)), None)
    inverted = given and (len(before) < 2 or before[0].casefold() in _BEFORE_FAMILY)
    words = [*(given or []), *before] if inverted else before
    untitled = list(words)
    while untitled and _bare(untitled[0]) in _TITLES:
        untitled.pop(0)
    if len(untitled) < 2 and len(untitled) < len(words):
        return " ".join(words)
    if len(untitled) > 1 and untitled[0].casefold() in _NEVER_ALONE:
        return " ".join(untitled[:2])
    spelled = (word for word in untitled[:-1] or untitled if len(_bare(word)) > 1 or len(untitled) == 1)
    return next(spelled, " ".join(untitled) or whole)


def _words(part: str) -> list[str]:
    """Its words that hold a letter, without ornaments around them."""
    words = (word.strip('|•·*"“”~-–—_') for word in part.split())
    return [word for word in words if any(c.isalpha() for c in word)]


def _bare(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())


def _is_credential(words: list[str], name: str) -> bool:
    """PhD, MBA, Jr.; any short capitals too, unless the whole name is in capitals."""
    first = words[0]
    return _bare(first) in _AFTER_NAMES or (first.isupper() and 1 < len(first) < 8 and not name.isupper())


def _is_east_asian(c: str) -> bool:
    return "\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3"

"""Addresses of web pages as people type them: checked before they are kept, and never opened by us."""

import ipaddress
import re
import unicodedata
from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONGEST: Final = 500

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):(?![0-9])", re.IGNORECASE)
_NEVER_IN_A_LINK: Final = re.compile(r"[\s\\\"<>`]")
# One of these beside another in one word of a host is how well-known names are imitated.
_ALPHABETS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "HEBREW", "GEORGIAN")
# Cyrillic letters that look like Latin ones (Chromium's list): a word of nothing else reads as Latin.
_LATIN_LOOKS: Final = frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡ")


def check_web_link(text: str) -> None:
    """Refuse, with a sentence that says why, whatever is no plain http or https address."""
    if len(text) > LONGEST:
        raise ValidationError(
            ngettext(
                "That address has %(count)d character; %(limit)d fit.",
                "That address has %(count)d characters; %(limit)d fit.",
                len(text),
            )
            % {"count": len(text), "limit": LONGEST}
        )
    if _NEVER_IN_A_LINK.search(text) or any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in text):
        raise ValidationError(
            _("A web address has no spaces, quotes, backslashes or invisible characters in it.")
        )
    if not re.match(r"https?://", text, re.IGNORECASE):
        raise ValidationError(_("Only addresses that begin with https:// or http:// are kept."))
    try:
        link = urlsplit(text)
        host, _port = (link.hostname or "").removesuffix("."), link.port
    except ValueError:
        raise ValidationError(no_web_address()) from None
    if "@" in link.netloc:
        raise ValidationError(_("Leave out what stands before the @: it hides where the address leads."))
    _check_host(host, is_number=link.netloc.startswith("["))


def read_web_link(text: str) -> str:
    """The address with https:// where it had no scheme. Raises ValidationError as `check_web_link`."""
    link = text.strip()
    if link and not _SCHEME.match(link):
        link = f"https://{link.lstrip('/')}"
    check_web_link(link)
    return link


def is_web_link(text: str) -> bool:
    try:
        check_web_link(text)
    except ValidationError:
        return False
    return True


class WebLinkField(forms.CharField):
    """A field for one web address; `acme.com` is enough."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}))
        super().__init__(max_length=kwargs.pop("max_length", LONGEST), **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return read_web_link(typed) if typed else ""


def no_web_address() -> str:
    return _("That is no web address, such as https://acme.com.")


def _check_host(host: str, *, is_number: bool) -> None:
    words = host.split(".")
    if is_number or all(word.isascii() and word.isdigit() for word in words):
        _check_number(host)
        return
    if len(words) < 2 or len(host) > 253 or words[-1].isdigit() or not all(map(_is_host_word, words)):
        raise ValidationError(no_web_address())
    if any(map(_is_mixed, words)) or (words[-1].isascii() and any(map(_looks_latin, words))):
        raise ValidationError(
            _("The letters of that address only look like those of another one. Type it anew.")
        )
    if "linkedin.com" in host and host != "linkedin.com" and not host.endswith(".linkedin.com"):
        raise ValidationError(_("That address only looks like one of LinkedIn."))


def _check_number(host: str) -> None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        raise ValidationError(no_web_address()) from None


def _is_host_word(word: str) -> bool:
    """A label of a host name: letters, digits and hyphens inside, not longer than 63 when encoded."""
    if not word or word[0] == "-" or word[-1] == "-" or unicodedata.normalize("NFKC", word) != word:
        return False
    if not all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in word):
        return False
    try:
        return len(word.encode("idna")) <= 63 and bool(_plain(word))
    except UnicodeError:
        return False


def _plain(word: str) -> str:
    """The letters behind an encoded word (xn--bcher-kva is bücher)."""
    return word.encode().decode("idna") if word.startswith("xn--") else word


def _is_mixed(word: str) -> bool:
    alphabets = {unicodedata.name(c, "?").split()[0] for c in _plain(word) if c.isalpha()}
    return len(alphabets.intersection(_ALPHABETS)) > 1


def _looks_latin(word: str) -> bool:
    letters = {c for c in _plain(word) if c.isalpha()}
    return bool(letters) and letters <= _LATIN_LOOKS

"""People as vCards, version 4.0 (RFC 6350). Pure: rows in, bytes out."""

from collections.abc import Iterable, Iterator

from contacts.models import Person

LONGEST_LINE = 75
"""Octets of a line; a longer one goes on in the next, after a space (RFC 6350, 3.2)."""


def cards(people: Iterable[Person]) -> Iterator[bytes]:
    """One card after the other. Reads `company` and `keys`, which a query loads with them."""
    for person in people:
        yield card(person)


def card(person: Person) -> bytes:
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{person.uid}", f"FN:{_text(person.name)}"]
    if person.role:
        lines.append(f"TITLE:{_text(person.role)}")
    if person.company:
        lines.append(f"ORG:{_text(person.company.name)}")
    lines += [f"EMAIL:{_text(email)}" for email in person.emails]
    lines += [f"URL:{_uri(url)}" for url in person.linkedin_urls]
    if person.place:
        lines.append(f"ADR:;;;{_text(person.place)};;;")
    if person.time_zone:
        lines.append(f"TZ:{_text(person.time_zone)}")
    if person.notes:
        lines.append(f"NOTE:{_text(person.notes)}")
    lines += [f"REV:{person.updated_at:%Y%m%dT%H%M%SZ}", "END:VCARD"]
    return b"".join(_folded(line) for line in lines)


def _text(value: str) -> str:
    """Nothing that a value holds ends its line or begins another part of it."""
    visible = "".join(
        sign for sign in value.replace("\r\n", "\n").replace("\r", "\n") if sign >= " " or sign in "\n\t"
    )
    for sign in "\\,;":
        visible = visible.replace(sign, f"\\{sign}")
    return visible.replace("\n", "\\n")


def _uri(value: str) -> str:
    return "".join(sign for sign in value if sign > " ")


def _folded(line: str) -> bytes:
    """In lines of 75 octets at most; no character is cut in two."""
    pieces, piece, room = [], b"", LONGEST_LINE
    for sign in line:
        octets = sign.encode("utf-8", "replace")
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", LONGEST_LINE - 1
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"

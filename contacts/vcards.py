"""vCards as people: the row of a person out of a card. Pure."""

from django.utils.translation import gettext as _

from contacts.person_rows import LONGEST_PLACE, NoPage, PersonRow, read_page
from contacts.profiles import LONGEST_NAME, LONGEST_ROLE, ProfileLink, canonical_email
from netjob.folding import exact_key
from netjob.imports.cards import Card, read_cards
from netjob.imports.remarks import Parsed, Remark, Source
from netjob.imports.rows import LONGEST_NOTE, too_long


def recognises(source: Source) -> bool:
    return source.kind == "vcard"


def parse(source: Source) -> Parsed[PersonRow]:
    """The people of a file of cards. Raises `NotReadable` as `read_cards` does."""
    cards = read_cards(source)
    parsed: Parsed[PersonRow] = Parsed(
        source.name, skips=cards.skips, rejects=cards.rejects, notes=cards.notes
    )
    for card in cards.rows:
        if problem := _problem_of_name(card.name):
            parsed.rejects.append(Remark(card.file, card.number, "FN", card.name, problem))
        else:
            parsed.rows.append(_person(card, parsed.warnings))
    parsed.rejects.sort(key=lambda remark: remark.row or 0)
    return parsed


def _problem_of_name(name: str) -> str:
    if len(name) > LONGEST_NAME:
        return _("The name has %(what)s") % {"what": too_long(name, LONGEST_NAME)}
    return "" if exact_key(name) else _("No name: neither FN nor N.")


def _person(card: Card, warnings: list[Remark]) -> PersonRow:
    profile, link = _pages(card, warnings)
    phones = _("Phone: %(numbers)s") % {"numbers": ", ".join(card.phones)} if card.phones else ""
    return PersonRow(
        file=card.file,
        number=card.number,
        name=card.name,
        company=_fitting(card, "ORG", card.organisation, LONGEST_NAME, warnings),
        role=_fitting(card, "TITLE", card.title, LONGEST_ROLE, warnings),
        profile=profile,
        emails=_emails(card, warnings),
        link=link,
        place=_fitting(card, "ADR", card.place, LONGEST_PLACE, warnings),
        notes=_fitting(card, "NOTE", "\n".join(filter(None, [card.note, phones])), LONGEST_NOTE, warnings),
    )


def _fitting(card: Card, column: str, text: str, longest: int, warnings: list[Remark]) -> str:
    if len(text) <= longest:
        return text
    warnings.append(Remark(card.file, card.number, column, text, too_long(text, longest)))
    return ""


def _emails(card: Card, warnings: list[Remark]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for typed in card.emails:
        if address := canonical_email(typed):
            found[address] = None
        else:
            message = _("That is no complete e-mail address.")
            warnings.append(Remark(card.file, card.number, "EMAIL", typed, message))
    return tuple(found)


def _pages(card: Card, warnings: list[Remark]) -> tuple[ProfileLink | None, str]:
    """The first LinkedIn profile, and the first other page."""
    profile, link = None, ""
    for page in card.pages:
        try:
            read, other = read_page(page)
        except NoPage as problem:
            warnings.append(Remark(card.file, card.number, "URL", page, str(problem)))
            continue
        profile, link = profile or read, link or other
    return profile, link

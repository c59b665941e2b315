"""What the pages of companies say in sentences with numbers and names."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from companies.adding import Added
from companies.models import CompanyLinkedIn

_NUMBERS: Final = {
    1: gettext_lazy("one"), 2: gettext_lazy("two"), 3: gettext_lazy("three"), 4: gettext_lazy("four"),
    5: gettext_lazy("five"), 6: gettext_lazy("six"), 7: gettext_lazy("seven"), 8: gettext_lazy("eight"),
    9: gettext_lazy("nine"), 10: gettext_lazy("ten"), 11: gettext_lazy("eleven"), 12: gettext_lazy("twelve"),
    20: gettext_lazy("twenty"), 30: gettext_lazy("thirty"), 40: gettext_lazy("forty"),
    50: gettext_lazy("fifty"), 60: gettext_lazy("sixty"), 100: gettext_lazy("a hundred"),
}  # fmt: skip


def number(count: int) -> str:
    """A number as one writes it in a sentence: twelve, 37, fifty."""
    return str(_NUMBERS.get(count, count))


def standing(count: int, goal: int) -> str:
    """Where the list stands: "38 on your list. Twelve more make fifty, …"."""
    on_the_list = ngettext("%d on your list.", "%d on your list.", count) % count
    missing = goal - count
    if missing <= 0:
        return " ".join([on_the_list, _("Enough that some will have the right role when you need it.")])
    more = ngettext(
        "%(more)s more makes %(goal)s, enough that some will have the right role when you need it.",
        "%(more)s more make %(goal)s, enough that some will have the right role when you need it.",
        missing,
    ) % {"more": number(missing), "goal": number(goal)}
    return f"{on_the_list} {more[:1].upper()}{more[1:]}"


def came_of(added: Added) -> str:
    """What came of a pasted list: "10 companies added. 2 were on your list already: Figma, Notion."."""
    said = []
    if added.new:
        said.append(
            ngettext("%(count)d company added.", "%(count)d companies added.", len(added.new))
            % {"count": len(added.new)}
        )
    if added.listed:
        said.append(_("Put on your list: %(names)s.") % {"names": some(added.listed)})
    said += [
        _("%(name)s is %(company)s.") % {"name": name, "company": company}
        for name, company in added.aliases[:5]
    ]
    if added.known:
        said.append(
            ngettext(
                "%(count)d was on your list already: %(names)s.",
                "%(count)d were on your list already: %(names)s.",
                len(added.known),
            )
            % {"count": len(added.known), "names": some(added.known)}
        )
    said += [page.learned for page in added.learned[:5]]
    if added.repeats:
        said.append(
            ngettext("%d line was there twice.", "%d lines were there twice.", added.repeats) % added.repeats
        )
    return " ".join(said) or _("Nothing was added.")


def some(names: Sequence[str], *, most: int = 5) -> str:
    """The first few names, and how many more there are."""
    if len(names) <= most:
        return ", ".join(names)
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", len(names) - most) % {
        "names": ", ".join(names[:most]),
        "count": len(names) - most,
    }


def no_website(pages: Sequence[CompanyLinkedIn]) -> str:
    """Where a link to LinkedIn went that stood in the field for the website."""
    return " ".join([_("A page on LinkedIn is no website: it is kept for the searches."), learned(pages)])


def learned(pages: Sequence[CompanyLinkedIn]) -> str:
    """What a pasted LinkedIn link told: "Kept: page figma, number 1441."."""
    if not pages:
        return _("That was known already.")
    return _("Kept: %(pages)s.") % {
        "pages": ", ".join(f"{page.get_kind_display()} {page.value}" for page in pages)
    }

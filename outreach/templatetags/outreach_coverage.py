"""The rows of coverage, filled into markup that is rendered once: a page shows fifty of them."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from companies.models import Company
from companies.templatetags.companies import step_cells
from netjob.markup import open_markup
from outreach.coverage import Row

register = template.Library()


@register.simple_tag
def coverage_rows(rows: Iterable[Row], has_ranks: bool) -> SafeString:
    return SafeString("".join(_row(row, has_ranks) for row in rows))


def _row(row: Row, has_ranks: bool) -> str:
    company, gap = row.company, row.gap
    has_chip = company.state != Company.State.TARGET
    markup = open_markup(
        "outreach/_coverage_row.html",
        has_ranks=has_ranks,
        has_chip=has_chip,
        has_balance=bool(row.balance),
        has_openings=bool(row.openings),
        has_gap=gap is not None,
        searched=bool(row.searched),
    )
    return markup.format(
        rank=row.rank,
        pk=company.pk,
        url=company.get_absolute_url(),
        company=escape(company.name),
        state=escape(company.get_state_display()) if has_chip else "",
        balance=escape(row.balance),
        steps=step_cells(company),
        openings=row.openings,
        searched=escape(row.searched),
        gap=escape(gap.sentence) if gap else "",
        gap_url=escape(gap.url) if gap else "",
        button=escape(gap.button) if gap else "",
        about=f"{escape(gap.person.name)}, " if gap and gap.person else "",
    )

"""How the pages of companies show a rating (dots that can be set in place) and a search to open elsewhere."""

import datetime as dt
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from companies.forms.companies import LinkedInForm
from companies.models import Company
from companies.visits import Search
from netjob.addresses import address
from netjob.markup import open_markup
from netjob.paging import Page
from netjob.templatetags.netjob import initials, submission_key
from netjob.words import spoken_day

register = template.Library()


@register.simple_tag(takes_context=True)
def company_rows(context: Context, rows: Page, has_ranks: bool) -> SafeString:
    """The rows of the list of companies (`companies/_company_row.html`)."""
    token = CsrfTokenNode().render(context)
    return SafeString(
        "".join(
            _company_row(company, place, token, has_ranks)
            for place, company in enumerate(rows, rows.first_number)
        )
    )


def _company_row(company: Company, place: int, token: str, has_ranks: bool) -> str:
    is_target = company.state == Company.State.TARGET
    markup = open_markup(
        "companies/_company_row.html",
        has_ranks=has_ranks,
        has_chip=not is_target,
        motivation=company.motivation,
        posting=company.posting,
        end="progress" if company.people_count else "find" if is_target else "",
    )
    return markup.format(
        pk=company.pk,
        rate=address("companies:company_rate", company.pk),
        company=escape(company.name),
        rank=place,
        initials=escape(initials(company.name)),
        url=company.get_absolute_url(),
        state="" if is_target else escape(company.get_state_display()),
        in_short=escape(company.in_short),
        token=token,
        key=submission_key(),
        people=company.people_count,
        progress=escape(company.progress),
    )


@register.simple_tag
def linkedin_form() -> LinkedInForm:
    return LinkedInForm()


@register.simple_tag
def open_dots(name: str, chosen: int) -> SafeString:
    """The dots of `rating_dots` for markup with {pk} and {company} left open."""
    return SafeString(_dots(name, chosen, get_language() or ""))


@register.simple_tag
def rating_dots(company: Company, name: str) -> SafeString:
    """The radio buttons of `motivation` or `posting`; they belong to the form with the id `rating-<pk>`."""
    dots = _dots(name, getattr(company, name), get_language() or "")
    return SafeString(dots.format(pk=company.pk, company=escape(company.name)))


@lru_cache(maxsize=100)
def _dots(name: str, chosen: int, language: str) -> str:
    """Their markup with {pk} and {company} left open: a list shows it hundreds of times."""
    field: Any = Company._meta.get_field(name)
    dots = format_html_join(
        "",
        '<label title="{label}"><input type="radio" form="rating-{pk}" name="{name}" value="{value}"'
        ' aria-label="{label}"{checked}></label>',
        (
            {
                "label": label,
                "value": value,
                "name": name,
                "pk": "{pk}",
                "checked": " checked" if value == chosen else "",
            }
            for value, label in field.choices or ()
        ),
    )
    return format_html(
        '<fieldset class="dots-input"><legend class="visually-hidden">{what}: {company}</legend>'
        "{dots}</fieldset>",
        what=str(field.verbose_name).capitalize(),
        company="{company}",
        dots=dots,
    )


@register.simple_tag(takes_context=True)
def search_link(context: Context, search: Search, of: str = "") -> SafeString:
    """A plain link that opens elsewhere, and when it was last opened.

    A script posts the visit to the form `#visits`; without scripts a button of that form does. `of` says to
    those who hear the link alone what it is about.
    """
    site = search.site or of
    return SafeString(
        _search_markup(get_language() or "", bool(search.site), bool(of)).format(
            url=escape(search.url),
            key=escape(search.key),
            words=escape(search.words),
            site=escape(site),
            of=escape(of),
            opened=_opened(search.opened_at, context["request"].today),
        )
    )


@lru_cache(maxsize=100)
def _search_markup(language: str, has_site: bool, has_of: bool) -> str:
    """The markup of a search with {url}, {words} and so on left open: a page shows dozens."""
    unseen = '<span class="visually-hidden">, {of}</span>' if has_of else ""
    site = f" <small>{{site}}{unseen}</small>" if has_site else unseen
    button = escape(_("Searched today")).replace("{", "{{").replace("}", "}}")
    return (
        '<span class="search"><a href="{url}" target="_blank" rel="noopener noreferrer" data-search="{key}">'
        f'<span dir="auto">{{words}}</span>{site}</a>{{opened}}<noscript><button class="button quiet small" '
        f'form="visits" name="search" value="{{key}}">{button}<span class="visually-hidden">: {{words}} {{site}}'
        "</span></button></noscript></span>"
    )


def _opened(at: dt.datetime | None, today: dt.date) -> SafeString:
    if at is None:
        return SafeString('<time class="opened" hidden></time>')
    local = timezone.localtime(at)
    return format_html(
        '<time class="opened" datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        date_format(local, "l j F Y, H:i"),
        _("opened %(day)s") % {"day": spoken_day(local.date(), today)},
    )


@register.simple_tag
def step_cells(company: Company) -> SafeString:
    """The cells of the steps, from people found to referrals, by hand: coverage shows hundreds."""
    nothing = _nothing(get_language() or "")
    figures = (
        company.people_count,
        company.asked_count,
        company.connected_count,
        company.talked_count,
        company.referred_count,
    )
    return SafeString("".join(f'<td class="number step">{figure or nothing}</td>' for figure in figures))


@lru_cache(maxsize=100)
def _nothing(language: str) -> str:
    none = escape(_("None"))
    return f'<span class="meta" aria-hidden="true">–</span><span class="visually-hidden">{none}</span>'

"""LinkedIn company links, both ways: what a pasted link says, and the links that a page offers.

Pure: nothing here fetches a page. A link is read only when its host is LinkedIn's own; whatever merely
looks like it is None. ``contacts.profiles`` reads people's links with the same ``linkedin_path``.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from urllib.parse import quote, quote_plus, unquote, unquote_plus

LINKEDIN: Final = "https://www.linkedin.com"
LONGEST_LINK: Final = 8_192
LONGEST_SLUG: Final = 255
BIDI_MARKS: Final = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_AROUND: Final = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff<>()\"'“”„‘’«»" + BIDI_MARKS
# A sentence, or a list, goes on behind a link.
_BEHIND: Final = _AROUND + ".,;!"
# What a copied slug may have in it that nobody sees and LinkedIn gives nobody.
_UNSEEN: Final = BIDI_MARKS + "\u00ad\u200b\u2060\ufeff"
# ASCII: without it, ignoring case lets the dotless i and the Kelvin sign into a host.
_FLAGS: Final = re.IGNORECASE | re.ASCII
_SCHEME: Final = re.compile(r"https?://|//", _FLAGS)
# "Page:https://…" and "[Acme](https://…" hold a link; another host in front of it does not.
_BEFORE_A_LINK: Final = re.compile(r"\A[^./?#&]*[(:=](?=https?://)", _FLAGS)
_ENCODED_SCHEME: Final = re.compile(r"https?%(?:25)*3a%(?:25)*2f", _FLAGS)
# Country hosts are two letters (uk., de., in.), www, m and touch are the site itself.
_HOST: Final = re.compile(
    r"(?:(?:www|m|touch|mobile|[a-z]{2})\.){0,2}linkedin\.com\.?(?::(?:80|443))?", _FLAGS
)
_NOT_IN_A_SLUG: Final = re.compile(r"[\s/\\?#%<>\"{}|^`\[\]@:;,]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# The mobile site and the links in LinkedIn's e-mails put a word before the real path.
_PATH_PREFIXES: Final = frozenset({"comm", "mwlite", "m"})
_WRAPPERS: Final[dict[tuple[str, ...], str]] = {("redir", "redirect"): "url", ("safety", "go"): "url"}
# Pages at which one logs in or signs up first; they say where one goes then.
_WALLS: Final = frozenset({"authwall", "uas", "login", "signup", "checkpoint"})
_BEHIND_A_WALL: Final = ("sessionredirect", "session_redirect")
_ID_PARAMETERS: Final = frozenset({"currentcompany", "facetcurrentcompany", "f_c"})
_BARE_PARAMETER: Final = re.compile(r"[?&#]?(?:currentCompany|facetCurrentCompany|f_C)=", _FLAGS)
_COMPANY_PAGES: Final = {
    "company": "slug",
    "company-beta": "slug",
    "school": "school",
    "showcase": "showcase",
}
_NO_SLUGS: Final = frozenset({"setup", "unavailable"})
"""Pages about pages: a new one is set up, and one that is gone is unavailable."""
_PAGE_OF_KIND: Final = {"slug": "company", "numeric": "company", "school": "school", "showcase": "showcase"}


class LinkedInPath(NamedTuple):
    """A link on LinkedIn's own host: decoded path parts ``("in", "ada-lovelace")`` and query pairs.

    Parts keep their letter case, empty ones are dropped, wrappers (``/comm``, ``/mwlite``, redirects) are
    gone. Query names are lower-cased; the fragment's pairs follow the query's.
    """

    parts: tuple[str, ...]
    query: tuple[tuple[str, str], ...]

    @property
    def page(self) -> str:
        """The first part in lower case: "in", "company", "jobs", …, "" for the front page."""
        return self.parts[0].lower() if self.parts else ""


class CompanyLink(NamedTuple):
    """A company's page: ``kind`` is "slug", "numeric", "school" or "showcase".

    ``value`` is the slug, decoded, NFC, in lower case (digits for "numeric").
    """

    kind: str
    value: str

    @property
    def url(self) -> str:
        """The one canonical address, percent-encoded, with a slash at the end."""
        return f"{LINKEDIN}/{_PAGE_OF_KIND[self.kind]}/{quote(self.value, safe='')}/"


class Place(NamedTuple):
    """A place that LinkedIn's searches know by ``geo``, its geoUrn number."""

    name: str
    geo: str


WORLD: Final = "92000000"
# By ISO 3166 code, with EU, and WORLD. Numbers read off LinkedIn's own search links in 2026.
PLACES: Final[dict[str, Place]] = {
    "WORLD": Place("Worldwide", WORLD),
    "EU": Place("European Union", "91000000"),
    "US": Place("United States", "103644278"),
    "GB": Place("United Kingdom", "101165590"),
    "CA": Place("Canada", "101174742"),
    "DE": Place("Germany", "101282230"),
    "FR": Place("France", "105015875"),
    "NL": Place("Netherlands", "102890719"),
    "IN": Place("India", "102713980"),
    "AU": Place("Australia", "101452733"),
    "IE": Place("Ireland", "104738515"),
    "CH": Place("Switzerland", "106693272"),
    "ES": Place("Spain", "105646813"),
    "SE": Place("Sweden", "105117694"),
    "PL": Place("Poland", "105072130"),
    "PT": Place("Portugal", "100364837"),
}
DEGREES: Final = {"F": "1st", "S": "2nd", "O": "3rd and beyond"}
WORKPLACES: Final = {"1": "On site", "2": "Remote", "3": "Hybrid"}


# Reading


def linkedin_path(text: str) -> LinkedInPath | None:
    """What a link on LinkedIn points to, or None for anything that is not LinkedIn's own host.

    Accepted: with or without scheme, any letter case, www, m, country hosts, a trailing dot, a port of the
    web; redirect and log-in wall links give the address inside, if that is LinkedIn's too. Refused:
    look-alike hosts, user-info, backslashes, control characters, spaces before the query, letters of other
    scripts in the host, ``.`` and ``..`` parts, other schemes, more than 8,192 characters. Never raises.
    """
    for _ in range(4):
        link = _one_link(text)
        if link is None:
            return None
        inner = _wrapped(link)
        if inner is None:
            return link
        text = inner
    return None


def read_company_link(text: str) -> CompanyLink | None:
    """The company, school or showcase page that ``text`` links to, whatever tab or query it carries.

    ``/company/<digits>/`` is kind "numeric". None for other pages and for hosts that are not LinkedIn's.
    """
    link = linkedin_path(text)
    if link is None or len(link.parts) < 2 or link.page not in _COMPANY_PAGES:
        return None
    slug = readable_slug(link.parts[1])
    if slug is None or (slug in _NO_SLUGS and link.page == "company"):
        return None
    kind = _COMPANY_PAGES[link.page]
    if kind == "slug" and re.fullmatch(r"[0-9]+", slug):
        number = _company_id(slug)
        return CompanyLink("numeric", number) if number else None
    return CompanyLink(kind, slug)


def read_company_ids(text: str) -> list[str]:
    """Every numeric company id in the LinkedIn links of a pasted text, in order, without repeats.

    Read from ``currentCompany`` (brackets and quotes or bare, encoded once, twice or not at all), its
    predecessor ``facetCurrentCompany``, ``f_C`` of job links and ``/company/<digits>/``. A parameter pasted
    without its link counts too. Nothing is read from other hosts.
    """
    # A list written out with spaces, ["1441", "10667"], is one link and not two words.
    joined = re.sub(r"(?<=[\[,\"])[ \t]+(?=[\"\d\]])|(?<=[\"\d])[ \t]+(?=[\],])", "", text)
    found: list[str] = []
    for word in joined.split():
        bare = _BEFORE_A_LINK.sub("", word.strip(_AROUND), count=1)
        if _BARE_PARAMETER.match(bare):
            pairs: Sequence[tuple[str, str]] = _pairs(bare.lstrip("?&#"))
        elif (link := linkedin_path(bare)) is not None:
            if link.page in ("company", "company-beta") and len(link.parts) > 1:
                # The closing quote or bracket of the sentence around the link is no part of it.
                found.append(link.parts[1].rstrip(".,;:)]\"'"))
            pairs = link.query
        else:
            continue
        for name, value in pairs:
            if name in _ID_PARAMETERS:
                found += re.findall(r"(?<![\w.-])[0-9]+(?![\w-])", _decoded(value))
    return list(dict.fromkeys(number for each in found if (number := _company_id(each))))


def readable_slug(part: str) -> str | None:
    """A path part as a slug: NFC, lower case, without invisible characters and a sentence's full stop; None where no
    slug can look like that."""
    slug = unicodedata.normalize("NFC", "".join(c for c in part if c not in _UNSEEN).lower()).rstrip(".")
    if not slug or len(slug) > LONGEST_SLUG or _NOT_IN_A_SLUG.search(slug) or _CONTROL.search(slug):
        return None
    return slug if any(c.isalnum() for c in slug) else None


def _one_link(text: str) -> LinkedInPath | None:
    link = text.strip(_AROUND).rstrip(_BEHIND)
    if len(link) > LONGEST_LINK:
        return None
    if _ENCODED_SCHEME.match(link):
        link = _decoded(link)
    if _CONTROL.search(link) or "\\" in link:
        return None
    if scheme := _SCHEME.match(link):
        link = link[scheme.end() :]
    before_fragment, _, fragment = link.partition("#")
    address, _, query = before_fragment.partition("?")
    host, *encoded = address.split("/")
    if not _HOST.fullmatch(host):
        return None
    parts = [_decoded(part) for part in encoded if part]
    # Raw spaces are tolerated in the query alone: nothing of it comes back out in a canonical address.
    if any(
        part in (".", "..") or re.search(r"[\s\\\ufffd]", part) or _CONTROL.search(part) for part in parts
    ):
        return None
    while parts and parts[0].lower() in _PATH_PREFIXES:
        del parts[0]
    return LinkedInPath(tuple(parts), (*_pairs(query), *_pairs(fragment.partition("?")[2] or fragment)))


def _wrapped(link: LinkedInPath) -> str | None:
    """The address that a redirect or a log-in wall leads to, if this is one."""
    path = tuple(part.lower() for part in link.parts)
    names = _BEHIND_A_WALL if link.page in _WALLS else (_WRAPPERS.get(path),)
    inner = next((_decoded(value) for name, value in link.query if name in names), None)
    is_path = inner is not None and re.match(r"/[^/\\]", inner)
    return f"{LINKEDIN}{inner}" if is_path else inner


def _pairs(query: str) -> list[tuple[str, str]]:
    pairs = (pair.partition("=") for pair in query.replace("&amp;", "&").split("&") if pair)
    return [(unquote(name).strip().lower(), unquote_plus(value)) for name, _, value in pairs]


def _decoded(text: str) -> str:
    """Percent-decoded until nothing changes: links are found encoded twice and three times."""
    for _ in range(4):
        decoded = unquote(text)
        if decoded == text:
            break
        text = decoded
    return text


def _company_id(digits: str) -> str | None:
    number = digits.lstrip("0")
    return number if re.fullmatch(r"[1-9][0-9]{0,19}", number) else None


# Building: a space is %20 in LinkedIn's links and + in Indeed's and Google's, as each writes it itself.


def people_tab(slug: str, title: str, *, kind: str = "slug") -> str:
    """People at a company by title, on its own page; needs no numeric id. ``kind`` as in CompanyLink."""
    page = CompanyLink(kind, slug).url + "people/"
    return page + _keywords("?", title)


def people_search(
    title: str, ids: Iterable[str], *, network: Iterable[str] = (), geo: Iterable[str] = ()
) -> str:
    """People Search with the Current company filter.

    ``ids`` are numeric company ids, ``network`` of DEGREES, ``geo`` of PLACES' numbers. LinkedIn drops
    ``title=`` from such links (field reports, 2026), so the title goes into ``keywords``.
    Raises ValueError without an id, or for one that is not a number.
    """
    link = f"{LINKEDIN}/search/results/people/?currentCompany={_facet(_numbers(ids))}"
    return link + _keywords("&", title) + "&origin=FACETED_SEARCH" + _among(network, geo)


def people_search_by_name(
    title: str, company: str, *, network: Iterable[str] = (), geo: Iterable[str] = ()
) -> str:
    """People Search for a company of which only the name is known; `network` and `geo` as `people_search`."""
    link = f"{LINKEDIN}/search/results/people/{_keywords('?', f'{title} {company}')}"
    return link + _among(network, geo)


def jobs_search(
    title: str,
    ids: Iterable[str],
    *,
    workplace: Iterable[str] = (),
    past_week: bool = False,
    geo: str = WORLD,
) -> str:
    """Jobs at the company on LinkedIn; ``workplace`` of WORKPLACES. ValueError as ``people_search``."""
    companies, places = "%2C".join(_numbers(ids)), _numbers([geo])[0]
    link = f"{LINKEDIN}/jobs/search/?f_C={companies}&geoId={places}" + _keywords("&", title)
    if kinds := _known(workplace, WORKPLACES):
        link += f"&f_WT={'%2C'.join(kinds)}"
    return link + ("&f_TPR=r604800" if past_week else "")


def indeed_jobs(company: str, place: str) -> str:
    """Jobs of the company on Indeed; ``place`` may be empty."""
    name = _one_line(company).replace('"', " ")
    return f"https://www.indeed.com/jobs?q={_plus(f'company:"{_one_line(name)}"')}&l={_plus(place)}"


def google_jobs(title: str, company: str) -> str:
    """Google's page of jobs (``udm=8``) for the title at the company."""
    return f"https://www.google.com/search?q={_plus(f'{title} {company} jobs')}&udm=8"


def place_named(words: str) -> Place | None:
    """The one of PLACES that is called so: "Germany", "UK". Not by other codes, for "CA" may be California."""
    wanted = words.strip().casefold()
    wanted = {"uk": "united kingdom", "usa": "united states", "eu": "european union"}.get(wanted, wanted)
    return next((place for place in PLACES.values() if place.name.casefold() == wanted), None)


# Searches that lead to companies, not to one that is known


def jobs_anywhere(title: str, place: str = "", *, remote: bool = False) -> str:
    """Jobs on LinkedIn in a place (a country of PLACES by its number, anything else by its name), or remote."""
    link = f"{LINKEDIN}/jobs/search/?"
    country = place_named(place)
    if place.strip() and not country:
        link += f"location={quote(_one_line(place), safe='', errors='replace')}"
    else:
        link += f"geoId={country.geo if country else WORLD}"
    return link + _keywords("&", title) + ("&f_WT=2" if remote else "")


def companies_search(words: str) -> str:
    """LinkedIn's search among company pages."""
    return f"{LINKEDIN}/search/results/companies/{_keywords('?', words)}"


def indeed_jobs_anywhere(title: str, place: str = "") -> str:
    return f"https://www.indeed.com/jobs?q={_plus(title)}&l={_plus(place)}"


def google_jobs_anywhere(title: str, place: str = "") -> str:
    return f"https://www.google.com/search?q={_plus(f'{title} {place} jobs')}&udm=8"


def google_search(words: str) -> str:
    return f"https://www.google.com/search?q={_plus(words)}"


def google_maps(words: str) -> str:
    """A search on the map, in the form that Google's Maps URLs guide gives (2026)."""
    return f"https://www.google.com/maps/search/?api=1&query={_plus(words)}"


def open_street_map(words: str) -> str:
    return f"https://www.openstreetmap.org/search?query={_plus(words)}"


def _among(network: Iterable[str], geo: Iterable[str]) -> str:
    """Only people of these degrees, in these places."""
    degrees, places = _known(network, DEGREES), tuple(geo)
    link = f"&network={_facet(degrees)}" if degrees else ""
    return link + (f"&geoUrn={_facet(_numbers(places))}" if places else "")


def _keywords(joint: str, words: str) -> str:
    encoded = quote(_one_line(words), safe="", errors="replace")
    return f"{joint}keywords={encoded}" if encoded else ""


def _plus(words: str) -> str:
    return quote_plus(_one_line(words), safe="", errors="replace")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _facet(values: Sequence[str]) -> str:
    return quote("[" + ",".join(f'"{value}"' for value in values) + "]", safe="")


def _numbers(ids: Iterable[str]) -> list[str]:
    numbers = list(dict.fromkeys(ids))
    if not numbers:
        raise ValueError("This link needs the company's numeric LinkedIn id.")
    for number in numbers:
        if _company_id(number) != number:
            raise ValueError(f"{number!r} is not a numeric LinkedIn id.")
    return numbers


def _known(values: Iterable[str], allowed: dict[str, str]) -> list[str]:
    chosen = list(dict.fromkeys(values))
    for value in chosen:
        if value not in allowed:
            raise ValueError(f"{value!r} is none of {', '.join(allowed)}.")
    return chosen

"""LinkedIn's company links: every form of one is one company, and what is not LinkedIn's is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.linkedin_links import (
    PLACES,
    CompanyLink,
    google_jobs,
    indeed_jobs,
    jobs_search,
    linkedin_path,
    people_search,
    people_search_by_name,
    people_tab,
    read_company_ids,
    read_company_link,
)

ACME = "https://www.linkedin.com/company/acme/"
SEARCH = "https://www.linkedin.com/search/results/people/"


@pytest.mark.parametrize(
    "pasted",
    [
        "https://www.linkedin.com/company/acme/",
        "https://www.linkedin.com/company/acme",
        "http://linkedin.com/company/Acme",
        "HTTPS://WWW.LINKEDIN.COM/COMPANY/ACME",
        "linkedin.com/company/acme",
        "www.linkedin.com/company/acme/",
        "//www.linkedin.com/company/acme/",
        "  https://www.linkedin.com/company/acme/\n",
        "<https://www.linkedin.com/company/acme/>",
        "\u200ehttps://www.linkedin.com/company/acme/\u200e",
        "https://de.linkedin.com/company/acme",
        "https://uk.linkedin.com/company/acme",
        "https://m.linkedin.com/company/acme",
        "https://www.linkedin.com./company/acme",
        "https://www.linkedin.com:443/company/acme",
        "https://www.linkedin.com//company//acme//",
        "https://www.linkedin.com/company/acme/about",
        "https://www.linkedin.com/company/acme/about/",
        "https://www.linkedin.com/company/acme/people/?keywords=data scientist",
        "https://www.linkedin.com/company/acme/jobs/",
        "https://www.linkedin.com/company/acme/life/teams",
        "https://www.linkedin.com/company/acme/posts/?feedView=all",
        "https://www.linkedin.com/company/acme?trk=public_profile&originalSubdomain=uk",
        "https://www.linkedin.com/company/acme#top",
        "https://www.linkedin.com/comm/company/acme",
        "https://www.linkedin.com/mwlite/company/acme",
        "https://www.linkedin.com/company/ac%6De",
        "https://www.linkedin.com/company/ac%256De",
        "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fwww%2Elinkedin%2Ecom%2Fcompany%2Facme&urlhash=x",
        "https://www.linkedin.com/authwall?sessionRedirect=https%3A%2F%2Fde.linkedin.com%2Fcompany%2Facme",
        "https%3A%2F%2Fwww.linkedin.com%2Fcompany%2Facme",
        "https://www.linkedin.com/signup/cold-join?session_redirect=https%3A%2F%2Fwww.linkedin.com%2Fcompany%2Facme",
        "https://www.linkedin.com/checkpoint/lg/login?session_redirect=%2Fcompany%2Facme%2Fabout%2F",
        '"https://www.linkedin.com/company/acme/"',
        "(https://www.linkedin.com/company/acme)",
        "https://www.linkedin.com/company/acme.",
        "https://www.linkedin.com/company/acme,",
        "(https://www.linkedin.com/company/acme);",
        "https://www.linkedin.com/company/ac\u00adme\u200b/about",
        "https://www.linkedin.com/company/acme/admin/dashboard/",
    ],
)
def test_every_form_of_a_company_page_is_one_company(pasted):
    assert read_company_link(pasted).url == ACME


@pytest.mark.parametrize(
    ("pasted", "kind", "value", "url"),
    [
        ("linkedin.com/company/1441/", "numeric", "1441", "https://www.linkedin.com/company/1441/"),
        ("linkedin.com/company/01441/about", "numeric", "1441", "https://www.linkedin.com/company/1441/"),
        ("linkedin.com/company-beta/1441/", "numeric", "1441", "https://www.linkedin.com/company/1441/"),
        ("linkedin.com/school/MIT/people", "school", "mit", "https://www.linkedin.com/school/mit/"),
        (
            "linkedin.com/showcase/acme-labs",
            "showcase",
            "acme-labs",
            "https://www.linkedin.com/showcase/acme-labs/",
        ),
        ("linkedin.com/company/nestlé", "slug", "nestlé", "https://www.linkedin.com/company/nestl%C3%A9/"),
        (
            "linkedin.com/company/nestl%C3%A9",
            "slug",
            "nestlé",
            "https://www.linkedin.com/company/nestl%C3%A9/",
        ),
        (
            "linkedin.com/company/nestle%CC%81",
            "slug",
            "nestlé",
            "https://www.linkedin.com/company/nestl%C3%A9/",
        ),
        ("linkedin.com/company/h&m", "slug", "h&m", "https://www.linkedin.com/company/h%26m/"),
    ],
)
def test_each_kind_of_page_has_its_canonical_address(pasted, kind, value, url):
    assert read_company_link(pasted) == CompanyLink(kind, value)
    assert read_company_link(pasted).url == url


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "acme",
        "https://www.linkedin.com",
        "https://www.linkedin.com/company/",
        "https://www.linkedin.com/company//",
        "https://www.linkedin.com/company/%20/",
        "https://www.linkedin.com/company/---/",
        "https://www.linkedin.com/company/0/",
        "https://www.linkedin.com/company/setup/new/",
        "https://www.linkedin.com/company/unavailable/",
        "https://www.linkedin.com/company/.../",
        "https://www.linkedin.com/login?session_redirect=%2F%2Fevil.test%2Fcompany%2Facme",
        "https://www.linkedin.com/login?session_redirect=%2F%5Cevil.test%2Fcompany%2Facme",
        "https://www.linkedin.com/company/acme corp",
        "https://www.linkedin.com/company/acme%2Fevil",
        "https://www.linkedin.com/company/acme%00",
        "https://www.linkedin.com/company/..%2F..%2Fin/",
        "https://www.linkedin.com/company/acme/../../in/ada",
        "https://www.linkedin.com/in/ada",
        "https://www.linkedin.com/jobs/view/123",
        "https://www.linkedin.com/feed/update/urn:li:activity:1/",
        "https://lnkd.in/abc123",
        "https://example.com/company/acme",
        "https://www.linkedin.com.evil.test/company/acme",
        "https://www.linkedin.com@evil.test/company/acme",
        "https://evil.test@www.linkedin.com/company/acme",
        "https://www.linkedin.com\\@evil.test/company/acme",
        "https://www.linkedin.com\\.evil.test/company/acme",
        "https://evil.test/https://www.linkedin.com/company/acme",
        "https://evil.test#www.linkedin.com/company/acme",
        "https://notlinkedin.com/company/acme",
        "https://linkedin.co/company/acme",
        "https://linkedin.community/company/acme",
        "https://linkedin-com.test/company/acme",
        "https://business.evil.linkedin.com.test/company/acme",
        "https://www.lіnkedin.com/company/acme",
        "https://www.linkedın.com/company/acme",
        "https://www.linKedin.com/company/acme",
        "httpſ://www.linkedin.com/company/acme",
        "https://ｗｗｗ.linkedin.com/company/acme",
        "https://xn--lnkedin-9eb.com/company/acme",
        "https://www.linkedin%2Ecom/company/acme",
        "https://www.linkedin.com:8080/company/acme",
        "https://www.linkedin.com:443@evil.test/company/acme",
        "https:www.linkedin.com/company/acme",
        "https:///www.linkedin.com/company/acme",
        "ftp://www.linkedin.com/company/acme",
        "javascript:alert(1)//www.linkedin.com/company/acme",
        "JaVaScRiPt:location='https://www.linkedin.com/company/acme'",
        "data:text/html,https://www.linkedin.com/company/acme",
        "file:///www.linkedin.com/company/acme",
        "java\nscript:alert(1)",
        "https://www.linkedin.com/company/ac\nme",
        "https://www.linkedin.com/\r\nSet-Cookie: a=b",
        "http://[::1",
        "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fevil.test%2Fcompany%2Facme",
        "https://www.linkedin.com/redir/redirect?url=javascript%3Aalert(1)",
        "https://www.linkedin.com/company/" + "a" * 300,
        "https://www.linkedin.com/company/acme?" + "a" * 9_000,
    ],
)
def test_what_is_no_company_page_of_linkedin_is_nothing(pasted):
    assert read_company_link(pasted) is None


def test_a_redirect_to_itself_ends():
    link = "https://www.linkedin.com/redir/redirect?url=" + "https://www.linkedin.com/redir/redirect?url=" * 9

    assert linkedin_path(link) is None


@pytest.mark.parametrize(
    ("pasted", "ids"),
    [
        (SEARCH + "?currentCompany=%5B%221441%22%5D&keywords=x", ["1441"]),
        (SEARCH + "?currentCompany=%5B%221441%22%2C%2210667%22%5D&origin=FACETED_SEARCH", ["1441", "10667"]),
        (SEARCH + '?currentCompany=["1441","10667"]', ["1441", "10667"]),
        (SEARCH + '?currentCompany=["1441", "10667"]', ["1441", "10667"]),
        (SEARCH + "?currentCompany=%255B%25221441%2522%255D", ["1441"]),
        (SEARCH + "?currentCompany=%25255B%2525221441%252522%25255D", ["1441"]),
        (SEARCH + "?currentCompany=53000011", ["53000011"]),
        (SEARCH + "?currentCompany=1441,10667", ["1441", "10667"]),
        (SEARCH + "?keywords=x&amp;currentCompany=%5B%221441%22%5D", ["1441"]),
        (SEARCH + "?facetCurrentCompany=%5B%221441%22%5D", ["1441"]),
        (SEARCH + "?facetCurrentCompany=1441", ["1441"]),
        ("https://www.linkedin.com/jobs/search/?f_C=1441%2C10667&geoId=92000000", ["1441", "10667"]),
        ("https://de.linkedin.com/company/1441/about", ["1441"]),
        ("linkedin.com/company/1441", ["1441"]),
        ("See (https://www.linkedin.com/company/1441), please.", ["1441"]),
        ("[Acme](https://www.linkedin.com/company/1441/) it is", ["1441"]),
        ("LinkedIn:https://www.linkedin.com/company/1441?trk=x", ["1441"]),
        ("“https://www.linkedin.com/company/1441/”", ["1441"]),
        ("https://www.linkedin.com/login?session_redirect=%2Fcompany%2F1441%2F", ["1441"]),
        ("https://evil.test/?u=https://www.linkedin.com/company/1441", []),
        ("evil.test:https://www.linkedin.com/company/1441", []),
        ("linkedin.com/company/1441\nlinkedin.com/company/7\nlinkedin.com/company/1441", ["1441", "7"]),
        ("currentCompany=53000011", ["53000011"]),
        ("https://www.linkedin.com/company/acme/", []),
        ("https://www.linkedin.com/in/1441/", []),
        (SEARCH + "?keywords=1441&geoUrn=%5B%22103644278%22%5D", []),
        (SEARCH + "?pastCompany=%5B%221441%22%5D", []),
        (SEARCH + "?currentCompany=acme-1441", []),
        (SEARCH + "?currentCompany=%5B%220%22%5D", []),
        ("https://linkedin.com.evil.test/?currentCompany=1441", []),
        ("https://evil.test/company/1441", []),
        ("1441", []),
        ("", []),
    ],
)
def test_numeric_ids_are_read_out_of_any_link(pasted, ids):
    assert read_company_ids(pasted) == ids


# Building


@pytest.mark.parametrize(
    ("built", "link"),
    [
        (people_tab("acme", "Data Analyst"), ACME + "people/?keywords=Data%20Analyst"),
        (people_tab("acme", ""), ACME + "people/"),
        (
            people_tab("mit", "Dean", kind="school"),
            "https://www.linkedin.com/school/mit/people/?keywords=Dean",
        ),
        (
            people_search("Analyst", ["1441"]),
            SEARCH + "?currentCompany=%5B%221441%22%5D&keywords=Analyst&origin=FACETED_SEARCH",
        ),
        (
            people_search("R&D Lead", ["1441", "10667"], network=["F"], geo=[PLACES["US"].geo]),
            SEARCH
            + "?currentCompany=%5B%221441%22%2C%2210667%22%5D&keywords=R%26D%20Lead&origin=FACETED_SEARCH"
            "&network=%5B%22F%22%5D&geoUrn=%5B%22103644278%22%5D",
        ),
        (people_search_by_name("Analyst", "Acme Ltd"), SEARCH + "?keywords=Analyst%20Acme%20Ltd"),
        (
            jobs_search("Analyst", ["1441"]),
            "https://www.linkedin.com/jobs/search/?f_C=1441&geoId=92000000&keywords=Analyst",
        ),
        (
            jobs_search("Analyst", ["1441"], workplace=["2", "3"], past_week=True),
            "https://www.linkedin.com/jobs/search/?f_C=1441&geoId=92000000&keywords=Analyst"
            "&f_WT=2%2C3&f_TPR=r604800",
        ),
        (indeed_jobs("Acme", "Berlin"), "https://www.indeed.com/jobs?q=company%3A%22Acme%22&l=Berlin"),
        (indeed_jobs('A "B" C', ""), "https://www.indeed.com/jobs?q=company%3A%22A+B+C%22&l="),
        (google_jobs("Analyst", "AT&T"), "https://www.google.com/search?q=Analyst+AT%26T+jobs&udm=8"),
        (
            google_jobs("C++ dev\n", "Ærø"),
            "https://www.google.com/search?q=C%2B%2B+dev+%C3%86r%C3%B8+jobs&udm=8",
        ),
    ],
)
def test_links_are_built_to_the_byte(built, link):
    assert built == link


@pytest.mark.parametrize(
    "build",
    [
        lambda: people_search("x", []),
        lambda: people_search("x", ["acme"]),
        lambda: people_search("x", ["1"], network=["Z"]),
        lambda: people_search("x", ["1"], geo=["Berlin"]),
        lambda: jobs_search("x", ["1&evil=2"]),
        lambda: jobs_search("x", ["1"], workplace=["4"]),
    ],
)
def test_a_link_is_not_built_from_what_linkedin_would_not_understand(build):
    with pytest.raises(ValueError, match=r"LinkedIn id|none of"):
        build()


@given(st.lists(st.integers(1, 10**12).map(str), min_size=1, max_size=9, unique=True))
def test_the_ids_of_a_link_we_built_are_read_back(ids):
    assert read_company_ids(people_search("Data Analyst", ids, network=["F"])) == ids
    assert read_company_ids(jobs_search("Data Analyst", ids)) == ids


@given(st.text() | st.from_regex(r"(https?://)?(\w+\.)?linkedin\.com[/?#%].{0,40}"))
def test_no_text_breaks_the_reading(text):
    linkedin_path(text)
    read_company_ids(text)
    link = read_company_link(text)
    assert link is None or link.url.startswith("https://www.linkedin.com/")


@given(st.sampled_from(["company", "school", "showcase"]), st.text(min_size=1, max_size=40))
def test_a_canonical_address_reads_as_itself(page, slug):
    link = read_company_link(f"https://www.linkedin.com/{page}/{slug}")

    assert link is None or read_company_link(link.url) == link


@given(st.text(), st.text())
def test_any_words_make_one_line_of_plain_ascii(title, company):
    for link in (
        people_tab("acme", title),
        people_search(title, ["1"]),
        people_search_by_name(title, company),
        indeed_jobs(company, title),
        google_jobs(title, company),
    ):
        assert link.isascii()
        assert link.isprintable()
        assert " " not in link
        assert '"' not in link

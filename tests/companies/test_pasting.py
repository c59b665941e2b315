"""What a pasted line says about a company: its name, its website, its pages on LinkedIn. No database."""

import pytest

from companies.pasting import mend, read_lines


def read(text):
    [line] = read_lines(text)
    return line


@pytest.mark.parametrize(
    "text",
    [
        "Figma",
        "  Figma  ",
        "- Figma",
        "• Figma",
        '"Figma"',
        "Figma,",
        "\u200bFigma\u200b",
        "Figma https://figma.com",
        "Figma - https://figma.com",
        "Figma, figma.com",
        "Figma,figma.com",
        "Figma; figma.com",
        "Figma | figma.com",
        "Figma\tfigma.com\thttps://www.linkedin.com/company/figma/",
        "Figma (figma.com)",
        "Figma: figma.com",
        "Figma figma.com",
        "https://figma.com",
        "www.figma.com",
        "https://www.figma.co.uk/jobs",
        "https://www.linkedin.com/company/figma/about/?trk=x",
        "linkedin.com/company/figma",
        "linkedin.com/company/figma Figma",
    ],
)
def test_a_name_is_found_beside_links_or_guessed_from_them(text):
    line = read(text)

    assert line.name == "Figma"
    assert line.problem == ""


@pytest.mark.parametrize(
    "name",
    [
        "Figma, Inc.",
        "Amazon.com, Inc.",
        "Booking.com",
        "Node.js Foundation",
        "1. FC Köln",
        "P&G",
        "A24",
        "S.p.A. Sanpellegrino",
        "ООО Яндекс",
        "株式会社メルカリ",
        "مجموعة البحر",
        "Zoë 🚀",
        "<script>alert(1)</script>",
        "Mission: Impossible",
        "Data:Lab",
        "=HYPERLINK(1)",
    ],
)
def test_a_name_alone_stays_as_it_was_typed(name):
    assert read(name).name == name


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "Acme, javascript:alert(1)",
        "Acme JavaScript :alert(1)",
        "ｊavascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "Acme; data:;base64,PHNjcmlwdD4=",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "Acme <mailto:jobs@acme.example>",
        "Acme | ftp://acme.example",
        "about:blank",
        "view-source:https://acme.example",
    ],
)
def test_what_is_no_address_of_the_web_is_refused_with_a_sentence(typed):
    line = read(typed)

    assert line.problem == "Only addresses that begin with https:// or http:// are kept."
    assert (line.name, line.website) == ("", "")


def test_a_link_inside_an_address_of_the_web_is_none_of_its_own():
    assert read("Acme https://acme.example/?next=ftp://x").problem == ""


def test_a_website_is_kept_with_its_scheme():
    assert read("Figma, figma.com").website == "https://figma.com"
    assert read("Booking.com").website == "https://Booking.com"
    assert read("Figma, Inc.").website == ""


def test_pages_and_numbers_on_linkedin_are_kept():
    link = "https://www.linkedin.com/search/results/people/?currentCompany=%5B%221441%22%2C%2210667%22%5D"

    assert read("Figma https://www.linkedin.com/company/Figma/people/").pages == (("slug", "figma"),)
    assert read(f"Google {link}").pages == (("numeric", "1441"), ("numeric", "10667"))
    assert read("MIT https://www.linkedin.com/school/mit/").pages == (("school", "mit"),)


def test_a_name_is_guessed_from_the_words_of_a_page():
    assert read("https://www.linkedin.com/company/data-build-tool/").name == "Data Build Tool"


def test_numbers_at_the_beginning_are_the_lists_only_where_every_line_has_one():
    assert [line.name for line in read_lines("1. Acme\n2) Bolt\n\n3. Cargo")] == ["Acme", "Bolt", "Cargo"]
    assert [line.name for line in read_lines("1. FC Köln\nBolt")] == ["1. FC Köln", "Bolt"]


def test_blank_lines_count_but_say_nothing():
    lines = read_lines("\nAcme\r\n\r\n  \nBolt\n")

    assert [(line.number, line.name) for line in lines] == [(2, "Acme"), (5, "Bolt")]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("x" * 256, "256 characters; 255 fit"),
        ("y " * 1_500, "too long"),
        ("https://www.linkedin.com/company/1441/", "no name"),
        ("Ada https://www.linkedin.com/in/ada-lovelace", "no company’s page"),
        ("https://www.linkedin.com/feed/", "no company’s page"),
        ("Acme https://lnkd.in/abc", "short link"),
        ("Acme http://[::1", "no web address"),
        ("Acme https://acme.com@evil.example", "before the @"),
        ("Acme https://www.linkedin.com.evil.example/company/acme", "looks like one of LinkedIn"),
        ("Ac\x07me", "cannot be shown"),
        (",;|", "no name"),
        ("\u202e\u2066", "no name|seen"),
    ],
)
def test_a_line_without_a_company_says_why(text, because):
    problem = read(text).problem

    assert any(reason in problem for reason in because.split("|"))


def test_lines_are_written_anew_by_their_key_and_keep_their_numbers():
    text = "Acme\n\nhttps://www.linkedin.com/in/ada\nBolt"
    bad = read_lines(text)[1]

    mended = mend(text, {bad.key: "  Ada   Ltd "})
    emptied = mend(text, {bad.key: ""})

    assert [(line.number, line.name) for line in read_lines(mended)] == [
        (1, "Acme"),
        (3, "Ada Ltd"),
        (4, "Bolt"),
    ]
    assert [(line.number, line.name) for line in read_lines(emptied)] == [(1, "Acme"), (4, "Bolt")]

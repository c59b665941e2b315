"""Who a person is: one identity for every form of a link, and pasted lists that are read line by line."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.profiles import (
    ProfileLink,
    canonical_email,
    read_people_lines,
    read_profile_link,
    suggest_profile,
)

ADA = "https://www.linkedin.com/in/ada-lovelace/"
JOSE = "https://www.linkedin.com/in/jos%C3%A9-n%C3%BA%C3%B1ez/"


@pytest.mark.parametrize(
    "pasted",
    [
        "https://www.linkedin.com/in/ada-lovelace",
        "https://www.linkedin.com/in/ada-lovelace/",
        "https://www.linkedin.com/in/ada-lovelace//",
        "http://linkedin.com/in/Ada-Lovelace",
        "linkedin.com/in/ada-lovelace",
        "www.linkedin.com/in/ada-lovelace",
        "HTTPS://WWW.LINKEDIN.COM/IN/ADA-LOVELACE",
        "  https://www.linkedin.com/in/ada-lovelace  ",
        "https://de.linkedin.com/in/ada-lovelace",
        "https://in.linkedin.com/in/ada-lovelace",
        "https://m.linkedin.com/in/ada-lovelace",
        "https://www.linkedin.com./in/ada-lovelace",
        "https://www.linkedin.com/mwlite/in/ada-lovelace",
        "https://www.linkedin.com/comm/in/ada-lovelace?midToken=x",
        "https://www.linkedin.com/in/ada-lovelace?trk=public_profile",
        "https://www.linkedin.com/in/ada-lovelace/?originalSubdomain=uk",
        "https://www.linkedin.com/in/ada-lovelace?miniProfileUrn=urn%3Ali%3Afs_miniProfile%3AACoAAB",
        "https://www.linkedin.com/in/ada-lovelace?utm_source=share&utm_medium=ios_app&lipi=urn",
        "https://www.linkedin.com/in/ada-lovelace#experience",
        "https://www.linkedin.com/in/ada-lovelace/details/experience/",
        "https://www.linkedin.com/in/ada-lovelace/overlay/contact-info/",
        "https://www.linkedin.com/in/ada-lovelace/recent-activity/all/",
        "https://www.linkedin.com/in/ada-lovelace/en",
        "https://www.linkedin.com/in/ada%2Dlovelace",
        "https://www.linkedin.com/in/\u200eada-lovelace\u202c",
        "https://www.linkedin.com/in/%E2%80%8Eada-lovelace",
        "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fwww%2Elinkedin%2Ecom%2Fin%2Fada-lovelace",
        "https://www.linkedin.com/signup/cold-join?session_redirect=https%3A%2F%2Fuk.linkedin.com%2Fin%2Fada-lovelace",
        "https://www.linkedin.com/checkpoint/lg/login?session_redirect=%2Fin%2Fada-lovelace",
        "(https://www.linkedin.com/in/ada-lovelace)",
        "“https://www.linkedin.com/in/ada-lovelace/”",
        "https://www.linkedin.com/in/ada-lovelace.",
        "https://www.linkedin.com/in/ada%252Dlovelace",
    ],
)
def test_every_form_of_a_link_is_one_person(pasted):
    assert read_profile_link(pasted) == ProfileLink("linkedin", "ada-lovelace")
    assert read_profile_link(pasted).url == ADA


@pytest.mark.parametrize(
    "slug", ["josé-núñez", "jos%C3%A9-n%C3%BA%C3%B1ez", "jose\u0301-nu\u0301n\u0303ez", "JOSÉ-NÚÑEZ"]
)
def test_letters_of_any_spelling_are_one_person(slug):
    assert read_profile_link(f"https://www.linkedin.com/in/{slug}").url == JOSE


def test_an_opaque_link_keeps_its_letter_case():
    link = read_profile_link("https://www.linkedin.com/in/ACoAABcDeF_-1?x=1")

    assert link == ProfileLink("opaque", "ACoAABcDeF_-1")
    assert read_profile_link(link.url) == link
    assert read_profile_link("https://www.linkedin.com/in/ACoAABCDEF_-1") != link


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "Ada Lovelace",
        "https://www.linkedin.com/in/",
        "https://www.linkedin.com/in//",
        "https://www.linkedin.com/in/%20",
        "https://www.linkedin.com/in/me/",
        "https://www.linkedin.com/in/unavailable/",
        "https://www.linkedin.com/in/ada%2F..%2Fbob",
        "https://www.linkedin.com/in/../company/acme",
        "https://www.linkedin.com/in/ada\x00",
        "https://www.linkedin.com/company/acme/",
        "https://www.linkedin.com/school/mit/",
        "https://www.linkedin.com/feed/update/urn:li:activity:1/",
        "https://www.linkedin.com/jobs/view/123",
        "https://www.linkedin.com/pub/ada-lovelace/1/2b/3c4",
        "https://lnkd.in/abc123",
        "https://www.linkedin.com.evil.test/in/ada",
        "https://www.linkedin.com@evil.test/in/ada",
        "https://www.linkedin.com\\@evil.test/in/ada",
        "https://www.lіnkedin.com/in/ada",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "http://[::1",
        "https://exa mple.com",
        'https://example.com/" onmouseover="alert(1)',
        "https://example.com/\r\nSet-Cookie: a=b",
        "https://example.com",
        "https://bücher.example/",
        "https://[2001:db8::1]/",
        "https://" + "a" * 5_000 + ".com",
    ],
)
def test_what_is_no_profile_of_linkedin_is_nobody(pasted):
    assert read_profile_link(pasted) is None


def test_an_old_public_link_is_only_a_suggestion():
    old = "https://uk.linkedin.com/pub/Ada-Lovelace/1/2B/3c4"

    assert suggest_profile(old) == ProfileLink("linkedin", "ada-lovelace-3c42b1")
    assert read_profile_link(old) is None


@pytest.mark.parametrize(
    "pasted", ["linkedin.com/pub/dir/Ada/Lovelace", "linkedin.com/pub/ada", ADA, "", "evil.test/pub/a/1/2/3"]
)
def test_nothing_else_is_suggested(pasted):
    assert suggest_profile(pasted) is None


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Ada.Lovelace+jobs@Example.COM", "ada.lovelace+jobs@example.com"),
        (" ada@example.com\n", "ada@example.com"),
        ("mailto:ada@example.com?subject=hi", "ada@example.com"),
        ("ada@bücher.example", "ada@bücher.example"),
        ("ada@xn--bcher-kva.example", "ada@bücher.example"),
        ("o'brien@example.co.uk", "o'brien@example.co.uk"),
    ],
)
def test_an_address_has_one_form(written, address):
    assert canonical_email(written) == address
    assert canonical_email(address) == address


@pytest.mark.parametrize(
    "written",
    [
        "", "ada", "@", "ada@", "@example.com", "ada@example", "ada@@example.com", "ada@b@example.com",
        "<script>@example.com", "ada lovelace@example.com", ".ada@example.com", "ada..l@example.com",
        "ada@-example.com", "ada@example-.com", "ada@exa_mple.com", "ada@127.0.0.1", "ada@example..com",
        "ada@example.com\x00", "ada@exam\nple.com", "a" * 65 + "@example.com", "ada@" + "a." * 130 + "com",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(written):
    assert canonical_email(written) is None


def test_look_alike_letters_stay_another_address():
    assert canonical_email("аda@example.com") != canonical_email("ada@example.com")


# Pasted lists


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("Ada Lovelace", "Ada Lovelace", ""),
        ("Ada Lovelace, CTO", "Ada Lovelace", "CTO"),
        ("Ada Lovelace - CTO", "Ada Lovelace", "CTO"),
        ("Ada Lovelace – CTO", "Ada Lovelace", "CTO"),
        ("Ada Lovelace\tCTO", "Ada Lovelace", "CTO"),
        ("Ada Lovelace (CTO)", "Ada Lovelace", "CTO"),
        ("Ada Lovelace | CTO", "Ada Lovelace", "CTO"),
        ("Ada Lovelace: CTO", "Ada Lovelace", "CTO"),
        ("- Ada Lovelace, CTO", "Ada Lovelace", "CTO"),
        ("3. Ada Lovelace, CTO", "Ada Lovelace", "CTO"),
        ('"Ada Lovelace","CTO"', "Ada Lovelace", "CTO"),
        ("Ada Lovelace, Head of R&D, Europe", "Ada Lovelace", "Head of R&D, Europe"),
        ("Ada Lovelace, PhD, CTO", "Ada Lovelace, PhD", "CTO"),
        ("Ada Lovelace (she/her) · 2nd · CTO at Acme", "Ada Lovelace", "CTO at Acme"),
        ("Ada Lovelace, 2nd Line Support", "Ada Lovelace", "2nd Line Support"),
        ("Ada (Byron) Lovelace, CTO", "Ada (Byron) Lovelace", "CTO"),
        ("Jean-Luc Picard - Vice-Captain", "Jean-Luc Picard", "Vice-Captain"),
        ("Ada Lovelace, Ops/in/house", "Ada Lovelace", "Ops/in/house"),
        ("X Æ A-12", "X Æ A-12", ""),
        ("Null", "Null", ""),
        ("李", "李", ""),
        ("<b>Ada</b>, CTO", "<b>Ada</b>", "CTO"),
    ],
)
def test_a_name_and_a_role_are_told_apart(line, name, role):
    (person,) = read_people_lines(line)

    assert (person.name, person.role, person.name_guessed, person.problem) == (name, role, False, None)


@pytest.mark.parametrize(
    "line",
    [
        "Ada Lovelace, CTO, https://www.linkedin.com/in/ada-lovelace",
        "Ada Lovelace, CTO, linkedin.com/in/ada-lovelace/?trk=x.",
        "Ada Lovelace\tCTO\thttps://uk.linkedin.com/in/ada-lovelace",
        "https://www.linkedin.com/in/ada-lovelace Ada Lovelace, CTO",
        "https://www.linkedin.com/in/ada-lovelace,Ada Lovelace,CTO",
        "Ada Lovelace (CTO) <https://www.linkedin.com/in/ada-lovelace>",
        "[Ada Lovelace](https://www.linkedin.com/in/ada-lovelace), CTO",
    ],
)
def test_a_link_may_stand_anywhere_in_the_line(line):
    (person,) = read_people_lines(line)

    assert (person.name, person.role, person.problem) == ("Ada Lovelace", "CTO", None)
    assert person.profile.url == ADA


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("https://www.linkedin.com/in/ada-lovelace-1b2c3d", "Ada Lovelace"),
        ("linkedin.com/in/jos%C3%A9-n%C3%BA%C3%B1ez/", "José Núñez"),
        ("linkedin.com/in/adalovelace", "Adalovelace"),
        ("ada.lovelace@example.com", "Ada Lovelace"),
    ],
)
def test_a_name_that_was_guessed_says_so(line, name):
    (person,) = read_people_lines(line)

    assert (person.name, person.name_guessed, person.problem) == (name, True, None)


@pytest.mark.parametrize(
    "line", ["Ada <ADA@example.com>, CTO", "Ada, CTO, mailto:ada@example.com", "ada@example.com\tAda\tCTO"]
)
def test_an_address_in_the_line_is_recognised(line):
    (person,) = read_people_lines(line)

    assert (person.name, person.role, person.email, person.problem) == ("Ada", "CTO", "ada@example.com", None)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("https://www.linkedin.com/company/acme/", "a company page"),
        ("Ada, CTO, https://www.linkedin.com/school/mit/", "a school’s page"),
        ("https://www.linkedin.com/jobs/view/1", "not a profile"),
        ("https://www.linkedin.com/in/", "names nobody"),
        ("https://www.linkedin.com/in/ACoAABcDeF", "write it beside the link"),
        ("https://www.linkedin.com.evil.test/in/ada", "“www.linkedin.com.evil.test” is not LinkedIn"),
        ("https://www.linkedin.com@evil.test/in/ada", "is not LinkedIn"),
        ("https://www.lіnkedin.com/in/ada", "is not LinkedIn"),
        ("linkedln.com/in/ada", "“linkedln.com” is not LinkedIn"),
        ("https://example.com/team/ada", "“example.com” is not LinkedIn"),
        ("Ada, https://lnkd.in/abc", "Short links"),
        ("linkedin.com/pub/ada-lovelace/1/2b/3c4", "likely is linkedin.com/in/ada-lovelace-3c42b1 now"),
        ("linkedin.com/in/ada linkedin.com/in/bob", "several profiles"),
        ("a@example.com b@example.com", "several e-mail addresses"),
        ("Ada, ada@@example.com", "not a complete e-mail address"),
        ("ada@example", "not a complete e-mail address"),
        ("javascript:alert(1)", "not a link"),
        ("Ada\x00Lovelace", "control character"),
        ("Ada\ud800", "control character"),
        ("???", "names nobody"),
        ("x" * 256, "256 characters; at most 255"),
        ("Ada, " + "x" * 256, "The role has 256 characters"),
        ("x" * 2_431, "2,431 characters; at most 2,000"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(line, problem):
    (person,) = read_people_lines(line)

    assert problem in person.problem


def test_blank_lines_are_ignored_and_counted():
    people = read_people_lines("\n  \r\nAda\r\n\u200b\n\tBob\n")

    assert [(p.line, p.name) for p in people] == [(3, "Ada"), (5, "Bob")]


def test_a_bad_line_leaves_the_others():
    people = read_people_lines("Ada\nhttps://www.linkedin.com/company/acme\nBob")

    assert [p.problem is None for p in people] == [True, False, True]


def test_five_hundred_people_are_read_and_the_rest_is_named():
    people = read_people_lines("\n\n".join(f"Person {n}" for n in range(700)))

    assert len(people) == 501
    assert people[499].problem is None
    assert "At most 500" in people[500].problem


@pytest.mark.parametrize("piece", ["x.", "-", "(", "a–", "www.", "(she/", "a@", "linkedin.com/in/a ", " "])
def test_no_line_is_slow_to_read(piece):
    began = time.process_time()

    read_people_lines("\n".join([(piece * 2_000)[:1_999] + "x"] * 500))

    assert time.process_time() - began < 6


@given(st.text() | st.from_regex(r"(https?://)?(\w+\.)?linkedin\.com/(in|pub|comm/in)/.{0,40}"))
def test_no_text_breaks_the_reading(text):
    link = read_profile_link(text)
    suggest_profile(text)
    email = canonical_email(text)

    assert link is None or read_profile_link(link.url) == link
    assert email is None or canonical_email(email) == email


@given(st.text(max_size=300))
def test_any_paste_is_read_into_lines_that_can_be_stored(text):
    for person in read_people_lines(text):
        assert person.problem or person.name
        assert person.problem or (len(person.name) <= 255 and "\x00" not in person.name + person.role)

"""Addresses of web pages: which are kept, which are refused, and in which words."""

import pytest
from django.core.exceptions import ValidationError

from netjob.links import WebLinkField, check_web_link, is_web_link, read_web_link

KEPT = [
    "https://acme.com",
    "http://acme.com/jobs?title=Data+Analyst#open",
    "HTTPS://ACME.COM/",
    "https://jobs.acme.co.uk:8443/a/b",
    "https://acme.com/@team/o'neil",
    "https://acme.com/search?q=a|b&c={d}",
    "https://bücher.example/",
    "https://xn--bcher-kva.example/",
    "https://пример.рф/",
    "https://日本abc.jp",
    "https://[2001:db8::1]/",
    "http://192.0.2.7/jobs",
    "https://www.linkedin.com/company/acme/",
    "https://de.linkedin.com/company/acme/",
]
REFUSED = [
    ("javascript:alert(1)", "begin with https"),
    ("JaVaScRiPt:alert(1)", "begin with https"),
    ("data:text/html,<b>", "no spaces, quotes"),
    ("data:text/html,b", "begin with https"),
    ("vbscript:msgbox", "begin with https"),
    ("file:///etc/passwd", "begin with https"),
    ("ftp://acme.com/", "begin with https"),
    ("mailto:jobs@acme.com", "begin with https"),
    ("java\nscript:alert(1)", "invisible"),
    ("\x01javascript:alert(1)", "invisible"),
    ("https://acme.com/\r\nSet-Cookie: a=b", "invisible"),
    ("https://acme.com/\u202egpj.exe", "invisible"),
    ("https://ac me.com", "no spaces"),
    ('https://acme.com/" onmouseover="alert(1)', "quotes"),
    ("https://www.linkedin.com\\@evil.example/", "backslashes"),
    ("https://www.linkedin.com@evil.example/", "before the @"),
    ("https://user:secret@acme.com/", "before the @"),
    ("https://www.linkedin.com.evil.example/in/ada", "looks like one of LinkedIn"),
    ("https://notlinkedin.com/in/ada", "looks like one of LinkedIn"),
    ("https://www.lіnkedin.com/in/ada", "only look like"),  # a Ukrainian і
    ("https://аррӏе.com/", "only look like"),  # Cyrillic from end to end
    ("https://xn--80ak6aa92e.com/", "only look like"),  # the same, encoded
    ("https://", "no web address"),
    ("https://acme", "no web address"),
    ("http://[::1", "no web address"),
    ("http://[acme]/", "no web address"),
    ("http://0177.0.0.1/", "no web address"),
    ("http://2130706433/", "no web address"),
    ("http://①②⑦.⓪.⓪.①/", "no web address"),
    ("https://acme..com/", "no web address"),
    ("https://-acme.com/", "no web address"),
    ("https://acme.com:99999/", "no web address"),
    ("https://" + "a" * 64 + ".com/", "no web address"),
    ("https://acme.com/" + "a" * 500, "500 fit"),
]


@pytest.mark.parametrize("link", KEPT)
def test_a_plain_web_address_is_kept_as_it_is(link):
    assert read_web_link(link) == link
    assert is_web_link(link)


@pytest.mark.parametrize(("link", "because"), REFUSED, ids=ascii)
def test_anything_else_is_refused_with_the_reason(link, because):
    with pytest.raises(ValidationError) as refusal:
        check_web_link(link)

    assert because in refusal.value.messages[0]
    assert not is_web_link(link)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("acme.com", "https://acme.com"),
        ("  acme.com/jobs ", "https://acme.com/jobs"),
        ("//acme.com", "https://acme.com"),
        ("acme.com:8080/x", "https://acme.com:8080/x"),
    ],
)
def test_a_missing_scheme_is_added(typed, kept):
    assert read_web_link(typed) == kept


def test_a_form_field_keeps_an_address_or_nothing():
    field = WebLinkField(required=False)

    assert field.clean(" acme.com ") == "https://acme.com"
    assert field.clean("") == ""


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "acme.com\x00", "acme.com/" + "a" * 10_000])
def test_a_form_field_refuses_what_is_no_address(typed):
    with pytest.raises(ValidationError):
        WebLinkField(required=False).clean(typed)

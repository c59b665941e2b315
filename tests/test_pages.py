"""What holds on every page: one heading, safe headers, nothing inline, forms that can be sent twice safely.

The pages are those of the ownership walk, with one row of everything on them, and again with none.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.test_ownership import ALL, OF_THE_ACCOUNT, WITH_ID, WITHOUT_ID, address, everything_of

# The one page that explains the one link that is a script: it is dragged into the browser's bar, never followed here.
SCRIPTS_ALLOWED = {
    "/capture/bookmarklet/": [
        "javascript:location.href='http://testserver/capture/?url='+encodeURIComponent(location.href)"
        "+'&title='+encodeURIComponent(document.title)"
    ]
}
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


class Reader(HTMLParser):
    """Counts headings, gathers ids, attributes, links and the fields of each POST form."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.ids, self.attributes, self.links, self.forms, self.described = (
            [],
            [],
            [],
            [],
            [],
            [],
        )
        self.buttons_filled = 0
        self._form = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in values:
            self.ids.append(values["id"])
        if "href" in values:
            self.links.append(values["href"])
        for name in ("aria-describedby", "aria-labelledby", "for", "aria-controls"):
            self.described += (values.get(name) or "").split()
        if "filled" in (values.get("class") or "").split():
            self.buttons_filled += 1
        if tag == "form":
            self._form = {"method": (values.get("method") or "get").lower(), "fields": set(), "attrs": values}
            self.forms.append(self._form)
        if tag in ("input", "select", "textarea", "button") and self._form is not None and values.get("name"):
            self._form["fields"].add(values["name"])

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None


def pages(cast):
    for route in sorted(WITHOUT_ID | OF_THE_ACCOUNT):
        yield route, reverse(route)
    for route in sorted(WITH_ID):
        yield route, address(route, ALL[route], cast)


@pytest.fixture(params=sorted(WITHOUT_ID | OF_THE_ACCOUNT | set(WITH_ID)))
def answer(request, alice, alice_client):
    """The answer to reading each page, with one row of everything in the account."""
    cast = everything_of(alice)
    route = request.param
    url = address(route, ALL[route], cast) if route in WITH_ID else reverse(route)
    return alice_client.get(url)


def test_a_page_is_well_formed_safe_and_can_be_sent_twice(answer):
    if answer.status_code == 405:
        assert answer.headers["Allow"] == "POST", "what is only written to says so"
        return
    if answer.status_code == 302:
        assert answer.url.startswith("/"), "what leads on leads to a page of ours"
        return
    assert answer.status_code == 200
    if answer.headers.get("Content-Disposition", "").startswith("attachment"):
        return
    reader = Reader(answer.content.decode())

    assert reader.headings.count(1) == 1, "one h1 a page"
    jumps = [(a, b) for a, b in zip(reader.headings, reader.headings[1:], strict=False) if b > a + 1]
    assert jumps == [], "headings without gaps"
    assert len(reader.ids) == len(set(reader.ids)), "an id stands once: " + repr(
        {name for name in reader.ids if reader.ids.count(name) > 1}
    )
    assert set(reader.described) - set(reader.ids) == set(), "labels and descriptions lead to something"
    assert reader.buttons_filled <= 1, "one filled button a page"
    inline = [
        (tag, name)
        for tag, name, _value in reader.attributes
        if name == "style" or name.startswith(("on", "hx-on"))
    ]
    assert inline == [], "nothing inline"
    scripts = [
        link
        for link in reader.links
        if link.strip().lower().startswith(("javascript:", "data:", "vbscript:"))
    ]
    assert scripts == SCRIPTS_ALLOWED.get(answer.wsgi_request.path, [])
    for form in reader.forms:
        if form["method"] == "post":
            assert "csrfmiddlewaretoken" in form["fields"], form["attrs"]
            assert "submission" in form["fields"] or "data-repeatable" in form["attrs"], form["attrs"]
        assert form["attrs"].get("action", "/").startswith(("/", "?")), "forms stay here"


def test_a_page_carries_the_headers(answer):
    csp = answer.headers["Content-Security-Policy"]

    assert "default-src 'none'" in csp
    assert "unsafe" not in csp
    assert "nonce" not in csp
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("route", sorted(WITHOUT_ID))
def test_a_page_holds_in_an_empty_account(route, alice_client):
    answer = alice_client.get(reverse(route))

    assert answer.status_code in (200, 405)


def test_reading_a_page_changes_nothing(alice, alice_client):
    from tests.test_ownership import state_of_everything

    cast = everything_of(alice)
    before = state_of_everything(alice)

    for _route, url in pages(cast):
        alice_client.get(url)

    assert state_of_everything(alice) == before


@pytest.mark.parametrize("path", ["/nowhere/", "/companies/999999/"])
def test_what_is_not_there_is_said_in_our_words(path, alice_client):
    answer = alice_client.get(path)

    assert answer.status_code == 404
    assert "Content-Security-Policy" in answer.headers
    assert "netjob" in answer.content.decode()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_template_has_nothing_that_the_policy_refuses(template):
    text = template.read_text()

    for forbidden in (
        r"\sstyle=",
        r"\son[a-z]+=",
        r"hx-on",
        r"hx-vals=.js:",
        r"\|safe\b",
        r"autoescape off",
        r"<script>",
    ):
        assert not re.search(forbidden, text), forbidden
    for trigger in re.findall(r'hx-trigger="([^"]*)"', text):
        assert "[" not in trigger, "a filter needs eval, which the policy refuses"
    for form in re.findall(r"<form[^>]*hx-post[^>]*>", text):
        assert "hx-sync" in form or "hx-trigger" in form, "a form that htmx sends is sent once at a time"

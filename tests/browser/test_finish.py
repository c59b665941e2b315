"""The finish: large text, small windows, the other direction, less motion, paper, waiting, and being installed."""

import json
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_accessibility import long_pages, readable
from tests.factories import PersonFactory
from tests.test_ownership import DOWNLOADS, WITHOUT_ID, everything_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def every_page(owner, client):
    cast = everything_of(owner)
    widest = PersonFactory(owner=owner, name="W" * 255, role="M" * 100, company=cast["company"])
    return [*readable(client, cast), *long_pages(owner), widest.get_absolute_url()]


# Boxes to tick stand in a label that is large enough; somebody called Li has a short link.
TOO_LOW = """[...document.querySelectorAll("a, button, summary, select, textarea")]
    .filter((element) => element.checkVisibility())
    .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && box.height < 23.5).map(([html, box]) => `${box.height} ${html}`)"""


@pytest.mark.parametrize(
    ("width", "direction"), [(640, "ltr"), (320, "rtl")], ids=["at 200 %", "narrow, right to left"]
)
def test_every_page_fits_and_can_be_hit(width, direction, alice, alice_client, signed_in_page, live_server):
    pages = every_page(alice, alice_client)
    page = signed_in_page(alice)
    page.set_viewport_size({"width": width, "height": 450})

    for url in pages:
        page.goto(live_server.url + url)
        page.evaluate("(direction) => { document.documentElement.dir = direction }", direction)
        assert page.evaluate(TOO_WIDE) <= 0, url
        assert page.evaluate(TOO_LOW) == [], url


def test_large_text_alone_cuts_nothing_off(alice, signed_in_page, live_server):
    page = signed_in_page(alice)
    for route in sorted(WITHOUT_ID - DOWNLOADS - {"outreach:defer", "outreach:bring_back"}):
        page.goto(live_server.url + reverse(route))
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        assert page.evaluate(TOO_WIDE) <= 0, route


def test_the_focus_is_always_seen(alice, alice_client, signed_in_page, live_server):
    cast = everything_of(alice)
    page = signed_in_page(alice)
    page.goto(live_server.url + cast["person"].get_absolute_url())
    seen = """(() => {
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    })()"""

    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(seen), page.evaluate("document.activeElement.outerHTML")


def test_nothing_moves_for_whoever_wants_less_motion(alice, signed_in_page, live_server):
    page = signed_in_page(alice)
    page.emulate_media(reduced_motion="reduce")
    page.goto(live_server.url)

    moving = """[...document.querySelectorAll("*")].filter((element) =>
        getComputedStyle(element).transitionDuration.split(", ").some((time) => parseFloat(time) > 0)).length"""
    assert page.evaluate(moving) == 0
    page.evaluate("document.querySelector('form').setAttribute('aria-busy', 'true')")
    assert "travel" not in line_at_the_top(page, "animationName")


def line_at_the_top(page, value):
    return page.evaluate("(value) => getComputedStyle(document.body, '::after')[value]", value)


def test_a_slow_request_is_shown_to_be_on_its_way(alice, alice_client, signed_in_page, live_server):
    cast = everything_of(alice)
    page = signed_in_page(alice)
    page.goto(live_server.url + cast["person"].get_absolute_url())
    waiting = []
    page.route("**/notes/", lambda route: waiting.append(route))
    assert line_at_the_top(page, "content") == "none"

    page.get_by_text("Add a note").click()
    page.locator("#history textarea").fill("She knows the head of data.")
    page.get_by_role("button", name="Keep it").click()
    assert line_at_the_top(page, "animationDelay").startswith("0.4s"), "a quick answer makes nothing flicker"
    page.wait_for_timeout(1500)
    assert float(line_at_the_top(page, "opacity")) == 1

    waiting[0].continue_()
    expect(page.locator("#history")).to_contain_text("She knows the head of data.")
    assert line_at_the_top(page, "content") == "none"


def test_paper_shows_what_is_known_and_nothing_to_press(alice, alice_client, signed_in_page, live_server):
    cast = everything_of(alice)
    page = signed_in_page(alice)
    page.emulate_media(media="print", color_scheme="dark")
    for row in ("company", "person", "conversation"):
        page.goto(live_server.url + cast[row].get_absolute_url())
        for hidden in (".side", "main .button", ".toasts", ".menu", "main form button:not(.link)"):
            assert not [element for element in page.locator(hidden).all() if element.is_visible()], hidden
        expect(page.locator("h1")).to_be_visible()
        ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
        assert ink == "rgb(29, 35, 48)", "ink, in the dark theme too"
        assert page.evaluate(TOO_WIDE) <= 0
    expect(page.locator("#notes")).to_be_visible()  # of the conversation: what was written


def test_without_colours_of_ours_everything_still_has_its_edge(alice, signed_in_page, axe, live_server):
    everything_of(alice)
    page = signed_in_page(alice)
    page.emulate_media(forced_colors="active")
    page.goto(live_server.url)

    edges = page.evaluate(
        "[...document.querySelectorAll('.button, .chip')].map((e) => getComputedStyle(e).borderTopStyle)"
    )
    assert edges
    assert set(edges) == {"solid"}


def test_more_contrast_darkens_what_is_muted(alice, signed_in_page, live_server):
    page = signed_in_page(alice)
    page.emulate_media(contrast="more")
    page.goto(live_server.url)

    muted, ink = page.evaluate(
        "[getComputedStyle(document.querySelector('.lead')).color, getComputedStyle(document.body).color]"
    )
    assert muted == ink


def test_it_can_be_installed(alice, signed_in_page, live_server):
    page = signed_in_page(alice)
    page.goto(live_server.url)
    devtools = page.context.new_cdp_session(page)

    told = devtools.send("Page.getAppManifest")
    assert told["errors"] == []
    assert json.loads(told["data"])["name"] == "netjob"
    # Not in a window of its own, as a browser of tests has it, is what it may complain of.
    errors = [
        error["errorId"] for error in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    ]
    assert set(errors) <= {"in-incognito"}
    assert page.locator("link[rel=manifest]").get_attribute("href") == "/manifest.webmanifest"
    assert len(re.findall("theme-color", page.content())) == 2

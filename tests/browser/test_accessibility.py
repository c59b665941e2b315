"""Axe finds nothing: every page, empty and full, in both themes, on a laptop and on a phone.

A page is loaded once and then looked at: whole in the light, its colours alone in the dark.
"""

import datetime as dt
import re

import pytest
from django.urls import reverse

from outreach.models import Conversation
from tests.factories import ON, CompanyFactory, ConversationFactory, PersonFactory, RoleFactory
from tests.test_bad_input import NOUNS, Account
from tests.test_ownership import ALL, DOWNLOADS, OF_THE_ACCOUNT, WITH_ID, WITHOUT_ID, address, everything_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

A_KEY = re.compile(rb"[0-9a-f]{8}-[0-9a-f-]{27}|csrfmiddlewaretoken\" value=\"[^\"]*")
LONG = "Maximiliane Wolkenstein-Hohenberg, Donaudampfschifffahrtsgesellschaftskapitänin"


def long_pages(owner):
    """What is widest: conversations with long names, one with a time by both clocks, one that was held."""
    company = CompanyFactory(owner=owner, name="Versicherungsgesellschaft für Binnenschifffahrt und Co")
    who = {"owner": owner, "company": company, "role": LONG, "time_zone": "America/New_York"}
    start = dt.datetime(2027, 9, 22, 15, tzinfo=dt.UTC)
    ConversationFactory(
        owner=owner, person=PersonFactory(name=LONG, **who), state="scheduled", scheduled_on=ON,
        starts_at=start, wall_day=start.date(), wall_time=start.time(), zone="UTC",
        place="https://meet.example.org/a-room-with-a-long-name/and-a-longer-path?with=a-question",
    )  # fmt: skip
    ConversationFactory(
        owner=owner, person=PersonFactory(name=f"{LONG} II", **who), state="held", held_on=ON, notes=LONG
    )
    talks = Conversation.objects.owned_by(owner).filter(person__company=company)
    return [company.get_absolute_url()] + [
        url for talk in talks for url in (talk.get_absolute_url(), talk.person.get_absolute_url())
    ]


def readable(client, cast):
    """The addresses of all pages that can be read."""
    for route in sorted((WITHOUT_ID | OF_THE_ACCOUNT | set(WITH_ID)) - DOWNLOADS):
        url = address(route, ALL[route], cast) if route in WITH_ID else reverse(route)
        if client.get(url).status_code == 200:
            yield url


def found_on(page, axe, live_server, urls, *, sizes=(WIDE,)):
    """What axe and the eye of a narrow screen complain of, page by page, in both themes."""
    complaints = []
    for url in urls:
        page.goto(live_server.url + url)
        for size in sizes:
            page.set_viewport_size(size)
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                found = axe(page, colours=theme == "dark")
                complaints += [f"{url} ({theme}, {size['width']}): {sentence}" for sentence in found]
            too_wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if too_wide > 0:
                complaints.append(f"{url}: {too_wide} pixels wider than the screen of {size['width']}")
    return complaints


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_full_pages(size, alice, alice_client, signed_in_page, axe, live_server):
    cast = everything_of(alice)
    long = long_pages(alice)
    page = signed_in_page(alice)

    assert found_on(page, axe, live_server, [*readable(alice_client, cast), *long], sizes=[size]) == []


def test_empty_pages(alice, signed_in_page, axe, live_server):
    page = signed_in_page(alice)

    assert (
        found_on(
            page,
            axe,
            live_server,
            [reverse(route) for route in sorted(WITHOUT_ID - DOWNLOADS - {"outreach:defer"})],
        )
        == []
    )


def test_the_doors(page, axe, live_server, db):
    doors = ["account_login", "account_signup", "account_reset_password"]

    assert found_on(page, axe, live_server, [reverse(door) for door in doors]) == []


def test_a_form_with_errors(alice, signed_in_page, axe, live_server):
    RoleFactory(owner=alice, title="Data Analyst")
    page = signed_in_page(alice)
    page.goto(live_server.url + "/roles/add/")
    page.fill("[name=title]", "data analyst")
    page.click("main button.filled")

    assert page.locator("[aria-invalid=true]").count() or page.locator(".error-summary").count()
    assert axe(page) == []


def test_at_320_pixels_the_bar_shows_every_place(alice, signed_in_page, live_server):
    """That the pages fit, too, is told by tests/browser/test_finish.py."""
    page = signed_in_page(alice)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url)

    labels = page.locator(".side nav > .places > li > :is(a, button)")
    assert labels.count() == 6
    for label in labels.all():
        box = label.bounding_box()
        assert box["x"] >= 0, "the bar shows every place whole"
        assert box["x"] + box["width"] <= 320, label.inner_text()
    assert page.evaluate(
        "(bar => bar.scrollWidth <= bar.clientWidth)(document.querySelector('.side nav > .places'))"
    )


def empty_or_wrong(press):
    """What a form refuses: nothing where words stand, and days that are none."""
    wrong = {"words": "", "date": "2026-02-30", "time": "noon", "number": "-1"}
    return {one.name: [wrong[one.kind]] for one in press.form if one.kind in wrong}


def as_it_was(answer):
    headers = dict(answer.headers) | {"Content-Type": "text/html; charset=utf-8"}
    return lambda route: route.fulfill(status=answer.status_code, headers=headers, body=answer.content)


def test_every_form_that_was_refused(db, page, axe, live_server):
    """The pages are made by the test client, which is quick, and shown in the browser under their own address."""
    account, refused = Account(), []
    for press in account.presses([url for noun in NOUNS for url in account.pages(noun)], seen=set()):
        if press.form.method == "post":
            with account.undone():
                refused.append(account.send(press, press.values() | empty_or_wrong(press)))
    # Buttons of one form are refused alike; such pages differ by the keys of their forms alone.
    shown = {A_KEY.sub(b"", answer.content): answer for answer in refused if answer.status_code in (409, 422)}
    assert len(shown) > 20, "the walk proves something"

    complaints = []
    for answer in shown.values():
        address = live_server.url + answer.request["PATH_INFO"]
        page.route(address, as_it_was(answer))
        complaints += found_on(page, axe, live_server, [answer.request["PATH_INFO"]], sizes=[WIDE, PHONE])
        page.unroute(address)
    assert complaints == []


@pytest.mark.parametrize(("theme", "size"), [("dark", WIDE), ("light", PHONE)], ids=["wide", "phone"])
def test_what_opens_on_a_page(theme, size, alice, signed_in_page, axe, live_server):
    """Folds and menus, dialogs, the rest of the bar, a message with its undo, a conflict, a refusal."""
    cast = everything_of(alice)
    company = cast["company"].get_absolute_url()
    page = signed_in_page(alice)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size(size)

    for url in (company, cast["person"].get_absolute_url(), cast["conversation"].get_absolute_url()):
        page.goto(live_server.url + url)
        page.evaluate(
            "document.querySelectorAll('details:not(.menu)').forEach((fold) => { fold.open = true; })"
        )
        assert axe(page) == [], f"folds of {url}"
        page.evaluate("document.querySelectorAll('details.menu').forEach((menu) => { menu.open = true; })")
        assert axe(page) == [], f"menus of {url}"

    page.goto(live_server.url + company)
    for dialog in page.locator("dialog").all():
        dialog.evaluate("dialog => dialog.showModal()")
        assert axe(page) == [], "a dialog"
        dialog.evaluate("dialog => dialog.close()")

    if size is PHONE:
        page.get_by_role("button", name="More", exact=True).click()
        assert page.locator("#more:popover-open").count() == 1
        assert axe(page) == [], "the rest of the bar"

    page.goto(f"{live_server.url}{cast['lonely'].get_absolute_url()}deletion/")
    page.locator("main button").last.click()
    page.get_by_role("button", name="Undo").wait_for()
    assert axe(page) == [], "a message with its undo"

    page.goto(f"{live_server.url}{company}edit/")
    cast["company"].refresh_from_db()
    cast["company"].notes = "Saved in another tab"
    cast["company"].save()
    page.locator("[name=notes]").fill("Mine")
    page.locator("main form .buttons button").first.click()
    page.locator(".conflict").wait_for()
    assert axe(page) == [], "a conflict"

    page.goto(f"{live_server.url}{company}rating/")
    assert page.get_by_role("heading", level=1).inner_text() == "That was not done"
    assert axe(page) == [], "a refusal"

    page.goto(live_server.url + company)
    page.context.clear_cookies(name="session")
    page.locator("#history").get_by_text("Add a note or an event").click()
    page.locator("#history textarea").first.fill("Words that would be lost")
    page.locator("#history form button").first.click()
    page.get_by_role("heading", name="What you typed").wait_for()
    assert axe(page) == [], "what was typed when the session had ended"

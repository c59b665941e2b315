"""One key each: where they work, and where a letter is a letter."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(alice, signed_in_page, live_server):
    page = signed_in_page(alice)
    page.goto(live_server.url + "/settings/")
    return page


@pytest.mark.parametrize(
    ("letter", "path"),
    [("t", "/"), ("c", "/companies/"), ("p", "/people/"), ("o", "/outreach/"), ("v", "/conversations/")],
)
def test_g_and_a_letter_go_to_a_place(page, live_server, letter, path):
    page.keyboard.press("g")
    page.keyboard.press(letter)

    page.wait_for_url(live_server.url + path)


def test_a_letter_without_g_goes_nowhere(page, live_server):
    for key in ("t", "c", "p", "Control+g", "c"):
        page.keyboard.press(key)

    assert page.url == live_server.url + "/settings/"


def test_the_keys_are_shown(page, axe):
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Go to Conversations")
    assert axe(page) == []
    page.keyboard.press("n")
    expect(page.locator("#add")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.get_by_role("link", name="Show all keys").click()
    expect(dialog).to_be_visible()


def test_in_a_field_a_letter_is_a_letter(page):
    page.locator("#id_name").fill("")
    page.locator("#id_name").press_sequentially("n/?gt")
    expect(page.locator("#id_name")).to_have_value("n/?gt")
    page.locator("#id_appearance").focus()
    page.keyboard.press("n")

    expect(page.locator("#add")).to_be_hidden()


@pytest.mark.parametrize("key", ["Control+n", "Alt+n", "Meta+/", "Control+/"])
def test_with_a_modifier_they_are_the_browsers(page, key):
    page.keyboard.press(key)

    expect(page.locator("#add")).to_be_hidden()
    expect(page.locator("#search")).not_to_be_focused()


def test_switched_off_they_do_nothing_but_the_links_do(alice, page, live_server):
    alice.single_keys = False
    alice.save()
    page.goto(live_server.url + "/settings/")
    for key in ("/", "n", "?", "g", "t"):
        page.keyboard.press(key)

    expect(page.locator("#search")).not_to_be_focused()
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.url == live_server.url + "/settings/"
    page.get_by_role("link", name=re.compile("^Keys$")).click()
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("They are switched off in your settings.")


def test_on_their_own_pages_the_keys_go_to_what_is_there(page, live_server):
    page.goto(live_server.url + "/add/")
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("#add_text")).to_be_focused()
    page.goto(live_server.url + "/search/?q=x")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()

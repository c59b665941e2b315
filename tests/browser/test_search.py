"""Search as one types: the links below the field, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from netjob.models import Activity
from tests.factories import ON, CompanyFactory, PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def jonas(alice):
    company = CompanyFactory(owner=alice, name="Figma")
    person = PersonFactory(owner=alice, name="Jonas Okafor", role="Data Analyst", company=company)
    Activity.note(alice, "Jonas loves portfolios", on=ON, person=person)
    return person


@pytest.fixture
def page(alice, jonas, signed_in_page, live_server):
    page = signed_in_page(alice)
    page.goto(live_server.url + "/settings/")
    return page


def test_what_is_typed_is_found_and_opened_by_keyboard(page, jonas, axe, live_server):
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("jon")
    links = page.locator("#found li a")
    expect(links).to_have_count(2)
    expect(page.locator("#found mark").first).to_have_text("Jon")
    expect(page.locator("#whisper")).to_have_text("2 found.")
    assert axe(page) == []

    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(live_server.url + jonas.get_absolute_url())


def test_escape_closes_and_the_word_stays(page):
    page.fill("#search", "jon")
    expect(page.locator("#found li")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")

    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("jon")


def test_a_click_elsewhere_or_tabbing_away_closes(page):
    page.fill("#search", "jon")
    expect(page.locator("#found li")).to_have_count(2)
    page.mouse.click(1275, 700)
    expect(page.locator("#found")).to_be_hidden()

    page.fill("#search", "jona")
    expect(page.locator("#found li")).to_have_count(2)
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#found")).to_be_hidden()


def test_an_emptied_field_shows_nothing(page):
    page.fill("#search", "jon")
    expect(page.locator("#found li")).to_have_count(2)
    page.fill("#search", "")

    expect(page.locator("#found")).to_be_hidden()


def test_enter_leads_to_the_page_which_goes_on_finding(page, axe):
    page.fill("#search", "jon")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Search: jon · netjob")
    expect(page.locator("#results .hits li")).to_have_count(2)
    expect(page.locator("#search")).to_be_focused()

    page.locator("#search").press_sequentially("as fig")
    expect(page.locator("#results .hits li")).to_have_count(1)
    assert page.url.endswith("/search/?q=jonas%20fig")
    assert axe(page) == []
    page.fill("#search", "zzz")
    expect(page.get_by_role("link", name="Add it")).to_be_visible()
    assert axe(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_it_fits(page, theme, axe):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(PHONE)
    page.fill("#search", "jon")
    expect(page.locator("#found li")).to_have_count(2)

    box = page.locator("#found").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert axe(page) == []


def test_without_scripts_the_field_leads_to_the_page(alice, jonas, browser, live_server, signed_in_page):
    cookies = signed_in_page(alice).context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(live_server.url + "/settings/")
    page.fill("#search", "jonas")
    page.keyboard.press("Enter")

    expect(page.locator(".hits li")).to_have_count(2)
    context.close()

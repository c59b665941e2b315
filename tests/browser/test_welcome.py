"""From the sign-up through the welcome to the first companies: by keyboard alone, and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from companies.models import Company, TargetRole
from netjob.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press_until(page: Page, name: str) -> None:
    """Tab to the control of that name: everything can be reached."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} cannot be reached by the keyboard")


def sign_up(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_label("Your name").fill("Nell New")
    page.get_by_label("E-mail").fill("nell@example.org")
    page.get_by_label("Password").fill("correct-horse-7")
    page.get_by_label("Password").press("Enter")


def test_by_keyboard_alone(page: Page, live_server, axe, db):
    sign_up(page, live_server.url)

    # What you look for
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to work as?")
    page.get_by_label("Title", exact=True).focus()
    page.keyboard.type("Data Analyst")
    page.keyboard.press("Tab")
    page.keyboard.type("BI Analyst")
    press_until(page, "Save and go on")
    page.keyboard.press("Enter")

    # How you work: guessed, another country brings its regions, and nothing typed is lost
    expect(page.get_by_role("heading", level=1)).to_have_text("When and how do you work?")
    country = page.get_by_label("Country")
    expect(country).to_have_value("DE")
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    assert axe(page) == []
    page.get_by_label("Your name").fill("Nell Newcomer")
    with page.expect_response("**/welcome/you/?country=CH"):
        country.select_option("CH")
    page.get_by_label("Region").select_option("ZH")
    expect(page.get_by_label("Your name")).to_have_value("Nell Newcomer")
    with page.expect_response("**/welcome/you/?country=SG"):
        country.select_option("SG")
    expect(page.get_by_label("Region")).to_have_count(0)
    with page.expect_response("**/welcome/you/?country=CH"):
        country.select_option("CH")
    page.get_by_label("Region").select_option("ZH")
    country.focus()
    press_until(page, "Save and go on")
    page.keyboard.press("Enter")

    # Where to begin; back works
    expect(page.get_by_role("heading", level=1)).to_have_text("Where will you begin?")
    assert axe(page) == []
    page.get_by_role("link", name="What you look for").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Data Analyst")
    page.go_back()
    press_until(page, "Paste companies")
    page.keyboard.press("Enter")
    page.get_by_label("Companies, one a line").focus()
    page.keyboard.type("Brambleworks\nQuillfern Analytics")
    press_until(page, "Add to my list")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("2")

    nell = User.objects.get()
    assert (nell.name, nell.country, nell.region) == ("Nell Newcomer", "CH", "ZH")
    assert nell.welcomed_at
    assert Company.objects.count() == 2
    assert TargetRole.objects.get().titles() == ["Data Analyst", "BI Analyst"]


def test_without_scripts(browser: Browser, live_server, db):
    context = browser.new_context(java_script_enabled=False, locale="de-AT")
    page = context.new_page()
    sign_up(page, live_server.url)

    page.get_by_role("link", name="Skip", exact=True).click()
    # No script told the time zone: the languages speak for a country.
    expect(page.get_by_label("Country")).to_have_value("AT")
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Vienna")
    page.get_by_label("Country").select_option("CH")
    page.get_by_label("Time zone").select_option("Europe/Zurich")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("link", name="How you work").click()
    page.get_by_label("Region").select_option("BE")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Go to Today").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Nell New")
    nell = User.objects.get()
    assert (nell.country, nell.region, nell.time_zone) == ("CH", "BE", "Europe/Zurich")
    context.close()

"""Lists in a browser: by keys from row to row, ticking, many at once and back, a file; and all without scripts."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from companies.models import Company
from tests.factories import CompanyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def companies(alice):
    return [CompanyFactory(owner=alice, name=name) for name in ("Adyen", "Bolt", "Figma")]


def opened(page, url):
    """With the shortcuts switched on."""
    page.goto(url)
    page.evaluate("document.documentElement.dataset.singleKeys = 'on'")
    return page


def test_keys_go_from_row_to_row_tick_and_open(signed_in_page, live_server, alice, companies):
    page = opened(signed_in_page(alice), f"{live_server.url}/companies/")
    link = {name: page.get_by_role("link", name=name, exact=True) for name in ("Adyen", "Bolt", "Figma")}

    page.keyboard.press("j")
    expect(link["Adyen"]).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(link["Bolt"]).to_be_focused()
    expect(page.get_by_label("Select Bolt")).to_be_checked()
    expect(page.get_by_label("Select Adyen")).not_to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(link["Figma"]).to_be_focused()
    page.keyboard.press("k")
    expect(link["Bolt"]).to_be_focused()
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(rf"/companies/{companies[1].pk}/"))


def test_keys_are_left_alone_where_one_types_or_switched_them_off(
    signed_in_page, live_server, alice, companies
):
    page = opened(signed_in_page(alice), f"{live_server.url}/companies/")
    page.locator("main").get_by_role("searchbox").press_sequentially("jx")
    expect(page.locator("main").get_by_role("searchbox")).to_have_value("jx")

    page.goto(f"{live_server.url}/companies/")
    page.evaluate("document.documentElement.dataset.singleKeys = 'off'")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.evaluate("document.documentElement.dataset.singleKeys = 'on'")
    page.keyboard.press("Alt+j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_ticking_rates_nothing(signed_in_page, live_server, alice, companies):
    page = opened(signed_in_page(alice), f"{live_server.url}/companies/")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    page.get_by_label("Select Bolt").check()
    page.get_by_label("Tick all shown").check()

    expect(page.get_by_label("Select Figma")).to_be_checked()
    assert sent == []


def test_all_shown_are_paused_and_undone_at_once(signed_in_page, live_server, alice, companies, axe):
    page = opened(signed_in_page(alice), f"{live_server.url}/companies/")
    acts = page.get_by_label("With those that are ticked", exact=True).last
    expect(acts).to_be_hidden()
    page.get_by_label("Tick all shown").check()
    expect(acts).to_be_visible()
    expect(page.get_by_text("3 ticked")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Untick all").click()
    expect(acts).to_be_hidden()
    expect(page.get_by_label("Tick all shown")).to_be_focused()
    page.get_by_label("Tick all shown").check()
    acts.select_option(label="Pause")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("3 are chosen.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Pause").click()

    expect(page.get_by_role("status").first).to_contain_text("Paused 3 companies")
    assert set(Company.objects.values_list("state", flat=True)) == {"paused"}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").first).to_contain_text("Undone")
    assert set(Company.objects.values_list("state", flat=True)) == {"target"}


def test_a_filter_stands_in_the_address_is_kept_and_exported(
    signed_in_page, live_server, alice, companies, tmp_path
):
    page = signed_in_page(alice)
    page.goto(f"{live_server.url}/companies/")
    page.locator("main").get_by_role("searchbox").press_sequentially("bolt")
    expect(page).to_have_url(f"{live_server.url}/companies/?q=bolt")
    expect(page.get_by_role("link", name="Adyen", exact=True)).to_have_count(0)
    page.get_by_label("Order").select_option(label="By name")
    expect(page).to_have_url(f"{live_server.url}/companies/?q=bolt&sort=name")

    page.get_by_text("Keep this view").click()
    page.get_by_label("Name of this view").fill("Bolts")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("link", name="Bolts")).to_have_attribute("aria-current", "page")

    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="As CSV").click()
    download.value.save_as(tmp_path / "list.csv")
    rows = list(csv.DictReader(io.StringIO(Path(tmp_path / "list.csv").read_text("utf-8-sig"))))
    assert [row["Name"] for row in rows] == ["Bolt"]


def test_without_scripts_filter_bulk_and_undo_work_too(browser, live_server, alice, companies):
    client = Client()
    client.force_login(alice)
    context = browser.new_context(java_script_enabled=False)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/companies/")
    page.locator("main").get_by_role("searchbox").fill("bolt")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("link", name="Adyen", exact=True)).to_have_count(0)

    page.get_by_label("Select Bolt").check()
    page.get_by_label("With those that are ticked", exact=True).last.select_option(label="Set the place")
    page.get_by_role("button", name="Go on").click()
    page.locator("#id_place").fill("Dublin")
    page.get_by_role("button", name="Set the place").click()
    assert Company.objects.get(name="Bolt").place == "Dublin"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").first).to_contain_text("Undone")
    assert Company.objects.get(name="Bolt").place == ""
    context.close()

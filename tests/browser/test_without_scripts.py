"""Without JavaScript: what just happened stands above the page, where it is seen and can be pressed."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.factories import CompanyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_message_and_its_undo_stand_at_the_top(width, browser, live_server, alice):
    client = Client()
    client.force_login(alice)
    company = CompanyFactory(owner=alice, name="Figma")
    with_scripts_off = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 700}
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    with_scripts_off.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = with_scripts_off.new_page()
    page.goto(f"{live_server.url}/companies/{company.pk}/deletion/")
    page.locator("main button").last.click()

    back = page.get_by_role("button", name="Undo")
    expect(back).to_be_in_viewport()
    assert back.bounding_box()["y"] < page.locator("h1").bounding_box()["y"]
    back.click()
    expect(page.get_by_role("status").first).to_contain_text("Figma")
    with_scripts_off.close()

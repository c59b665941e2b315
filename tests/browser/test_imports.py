"""A large file is read while one watches; what is decided of its rows is in the journey of companies."""

import pytest
from playwright.sync_api import Page, expect

from netjob.imports import staging
from netjob.models import ImportBatch
from netjob.views import imports as views
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_large_file_is_read_while_one_watches(signed_in_page, live_server, monkeypatch):
    monkeypatch.setattr(staging, "AT_ONCE", 20)
    monkeypatch.setattr(staging, "WITHIN_A_REQUEST", 10)
    monkeypatch.setattr(views, "SLICE", 0)
    page: Page = signed_in_page(UserFactory(email="ada@example.org"))
    page.goto(f"{live_server.url}/imports/")
    lines = "Company\n" + "\n".join(f"Brand {n} x{n}" for n in range(60))
    page.locator("[type=file]").set_input_files(
        {"name": "many.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    page.get_by_role("button", name="Look through it").click()

    expect(page.locator("#fate")).to_contain_text("60 rows will be added")
    expect(page.locator("#rows li:not(.show-more)")).to_have_count(50)
    page.get_by_role("link", name="Show 50 more").click()
    expect(page.locator("#rows li:not(.show-more)")).to_have_count(60)
    assert ImportBatch.objects.get().staged == 60

"""A spreadsheet is pasted, looked through, decided, imported and undone; a large file is read while one watches."""

import re

import pytest
from playwright.sync_api import Page, expect

from companies.models import Company
from netjob.imports import staging
from netjob.models import ImportBatch
from netjob.views import imports as views
from tests.factories import CompanyFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTED = """Company\tWebsite\tWhere
Figma\tfigma.com\tBerlin
Acme AG\tacme.example\tBonn
Linear\tno address\tLisbon
Bad\trow\twith\ttoo many
Stripe\tstripe.com\tDublin
"""


def test_from_a_pasted_spreadsheet_to_undo(signed_in_page, live_server, axe):
    ada = UserFactory(email="ada@example.org")
    CompanyFactory(owner=ada, name="Figma")
    CompanyFactory(owner=ada, name="Acme GmbH")
    page: Page = signed_in_page(ada)
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/companies/add/")
    page.get_by_label(re.compile("Companies, one a line")).fill(PASTED)
    page.get_by_label("How you found them").select_option("near_me")
    page.get_by_role("button", name="Add to my list").click()

    # What is similar comes first; it is new unless one says otherwise
    expect(page.locator("#fate")).to_have_text(
        "3 rows will be added, 1 goes to what you have, 1 is left out."
    )
    expect(page.locator("#rows li")).to_have_count(1)
    expect(page.locator("#rows")).to_contain_text("Perhaps Acme GmbH: only the legal form differs.")
    assert axe(page) == []
    page.get_by_label("What to do with Acme AG").select_option(
        label="It is Acme GmbH (only the legal form differs)"
    )
    expect(page.locator("#fate")).to_have_text("2 rows will be added, 2 go to what you have, 1 is left out.")
    page.get_by_role("link", name=re.compile("^All")).click()
    expect(page.locator("#rows")).to_contain_text("4 columns instead of 3.")
    page.get_by_label("What to do with Stripe").select_option("leave")
    expect(page.locator("#fate")).to_contain_text("1 row will be added")
    assert Company.objects.count() == 2

    page.get_by_role("button", name="Import").click()
    expect(page.locator("main")).to_contain_text("1 added, 2 known already, 2 of them gained something")
    assert axe(page) == []
    assert {c.name: c.place for c in Company.objects.all()} == {
        "Figma": "Berlin", "Acme GmbH": "Bonn", "Linear": "Lisbon"
    }  # fmt: skip
    with page.expect_download() as download:
        page.get_by_role("link", name="Unreadable rows (CSV)").click()
    assert "too many" in download.value.path().read_text()

    page.get_by_role("button", name="Undo the whole import").click()
    expect(page.locator("main")).to_contain_text("Taken back.")
    assert {c.name: c.place for c in Company.objects.all()} == {"Figma": "", "Acme GmbH": ""}


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

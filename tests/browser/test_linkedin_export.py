"""A LinkedIn export: looked through, a decision changed, imported, a pending invitation picked up, all undone."""

import pytest
from playwright.sync_api import Page, expect

from contacts.models import Person
from outreach.models import Request
from tests.exports import connections, export, invitations, url
from tests.factories import CompanyFactory, PersonFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILE = export(
    Connections=connections(
        ("Ana Silva", "Acme", "Analyst", "08 Feb 2026"),
        ("Ben Okoro", "Bolt", "Engineer", "09 Feb 2026"),
        ("Cy Young", "Acme", "", "29 Feb 2023"),
    ),
    Invitations=invitations(
        ("to", "Ana Silva", "1/29/26, 2:37 PM", "Hi Ana"), ("to", "Eva Roth", "11/2/26, 2:37 PM", "Hi Eva")
    ),
)


def test_from_the_zip_to_undo(signed_in_page, live_server, axe, look):
    ada = UserFactory(email="ada@example.org", name="Ada Seeker")
    mine = CompanyFactory(owner=ada, name="Mine")
    ben = PersonFactory(owner=ada, name="Ben Okoro", company=mine, role="")
    ben.set_profile(url("Ben Okoro"))
    page: Page = signed_in_page(ada)
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/imports/")
    look(page, "imports")
    page.locator("input[type=file]").set_input_files(
        {"name": "Basic_LinkedInDataExport.zip", "mimeType": "application/zip", "buffer": FILE}
    )
    page.get_by_role("button", name="Look through it").click()

    expect(page.locator("#fate")).to_contain_text(
        "3 rows will be added, 2 go to what you have, 2 of them with something new."
    )
    expect(page.locator("#rows")).to_contain_text("Ben Okoro is known already, at Mine; the file says Bolt.")
    expect(page.locator("#rows")).to_contain_text("29 Feb 2023")
    assert axe(page) == []
    look(page, "preview")
    page.get_by_label("What to do with Ben Okoro").select_option(label="Move them to Bolt")
    expect(page.locator("#fate")).to_contain_text("2 go to what you have")
    assert Person.objects.count() == 1

    page.get_by_role("button", name="Import").first.click()
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible()
    page.reload()  # the message is gone, which axe may meet half faded
    assert axe(page) == []
    look(page, "result")
    ben.refresh_from_db()
    assert ben.company.name == "Bolt"
    assert dict(Request.objects.values_list("person__name", "state")) == {
        "Ana Silva": "accepted",
        "Eva Roth": "sent",
    }

    page.goto(f"{live_server.url}/outreach/?show=imported")
    look(page, "imported")
    page.goto(live_server.url + Request.objects.get(state="sent").get_absolute_url())
    assert axe(page) == []
    look(page, "request")
    page.get_by_role("button", name="Pick it up").click()
    expect(page.locator("main")).not_to_contain_text("Until you pick it up")

    page.goto(f"{live_server.url}/imports/")
    page.get_by_role("link", name="Basic_LinkedInDataExport.zip").click()
    page.get_by_role("button", name="Undo the whole import").click()
    expect(page.locator("main")).to_contain_text("Left because you went on with it")
    assert set(Person.objects.values_list("name", flat=True)) == {"Ben Okoro", "Eva Roth"}
    ben.refresh_from_db()
    assert ben.company == mine

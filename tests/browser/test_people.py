"""Journeys with people: captured from a page's address, merged by one key, led to by an introduction."""

import datetime as dt
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from contacts.models import Distinction, Introduction, Person
from outreach.models import Conversation
from tests.factories import CompanyFactory, PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANA = "https://www.linkedin.com/in/ana-silva/"


@pytest.fixture
def page(alice, signed_in_page):
    return signed_in_page(alice)


def test_capture_by_the_address_of_the_button(alice, page, live_server, axe):
    CompanyFactory(owner=alice, name="Acme")
    page.goto(live_server.url + "/capture/bookmarklet/")
    assert axe(page) == []
    script = page.get_by_role("link", name="Add to netjob").get_attribute("href")
    assert script.startswith(f"javascript:location.href='{live_server.url}/capture/?url='+")

    # What the button makes of a profile; the browser of the test asks no other host.
    title = quote("Ana Silva - Data Engineer - Acme | LinkedIn")
    address = f"{live_server.url}/capture/?url={quote(ANA, safe='')}&title={title}"
    page.goto(address)
    assert axe(page) == []
    expect(page.get_by_text("Ana Silva is new.")).to_be_visible()
    page.get_by_role("button", name="Add these people").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Silva")
    expect(page.locator(".lead")).to_contain_text("Data Engineer at Acme")

    page.goto(address)
    expect(page.get_by_text("Ana Silva is known already: found on")).to_be_visible()


def test_one_key_merges_and_another_skips_for_good(alice, page, live_server, axe):
    acme = CompanyFactory(owner=alice, name="Acme")
    for name in ("P. Raman", "Priya Raman", "Ada Moss", "A. Moss"):
        PersonFactory(owner=alice, company=acme, name=name)

    page.goto(live_server.url + "/people/duplicates/")
    assert axe(page) == []
    expect(page.get_by_text("2 pairs to look at")).to_be_visible()
    first = page.locator("#first-title").inner_text()
    page.keyboard.press("m")
    expect(page.locator("#messages")).to_contain_text("one entry now")
    assert Person.objects.count() == 3
    expect(page.locator("#first-title")).not_to_have_text(first)
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="Nobody stands here twice")).to_be_visible()
    assert (Person.objects.count(), Distinction.objects.count()) == (3, 1)
    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(page.locator("#first-title")).to_be_visible()
    assert not Distinction.objects.exists()

    page.goto(live_server.url + "/changes/")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("#messages")).to_contain_text("Undone: Merged")
    assert Person.objects.count() == 4


def test_an_introduction_from_wish_to_report(alice, page, live_server, axe):
    today = dt.datetime.now(alice.zone).date()
    acme = CompanyFactory(owner=alice, name="Acme")
    maria = PersonFactory(owner=alice, name="Maria Weber")
    jonas = PersonFactory(owner=alice, name="Jonas Okafor", company=acme)

    page.goto(live_server.url + jonas.get_absolute_url())
    page.get_by_role("link", name="Somebody can introduce you").click()
    page.get_by_label("Who can introduce you").fill("maria weber")
    page.get_by_role("button", name="Keep it").click()
    assert axe(page) == []
    page.get_by_role("link", name="Write the request").click()
    expect(page.locator("textarea[name=text]")).to_contain_text("you know Jonas Okafor")
    page.locator("textarea[name=text]").fill("Hi Maria, would you introduce me to Jonas?")
    page.get_by_role("button", name="Mark as sent").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maria Weber")

    row = Introduction.objects.get()
    assert row.state == "asked"
    page.goto(live_server.url + row.get_absolute_url())
    page.get_by_role("button", name="They introduced us").click()
    expect(page.get_by_role("heading", name="Tell Maria Weber what came of it")).to_be_visible()
    assert axe(page) == []

    Introduction.objects.update(made_on=today - dt.timedelta(days=6), asked_on=today - dt.timedelta(days=6),
                                wished_on=today - dt.timedelta(days=6))  # fmt: skip
    Conversation.already_held(jonas, on=today - dt.timedelta(days=5), mode="video")
    page.goto(live_server.url + "/")
    page.get_by_role("link", name="Write to them").first.click()
    page.locator("textarea[name=text]").fill("Hi Maria, we talked. Thank you.")
    page.get_by_role("button", name="Mark as sent").click()
    expect(page.locator("#messages")).to_contain_text("sent")
    row.refresh_from_db()
    assert (row.introducer, row.told_on) == (maria, today)

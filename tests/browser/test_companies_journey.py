"""The guide's first step in a real browser: a list by all four ways, ranked by keys, its gaps found and closed."""

import datetime as dt
import re

import pytest
import time_machine
from playwright.sync_api import Page, expect

from companies.models import Company, SearchVisit
from contacts.models import Person
from tests.factories import CompanyFactory, PersonFactory, RoleFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clock():
    """Monday 23 November 2026, nine in the morning in Berlin; it runs."""
    with time_machine.travel(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)) as traveller:
        yield traveller


@pytest.fixture
def page(alice, signed_in_page, context, faults, clock):
    """Whatever leads elsewhere is answered here, and is no fault where a search was opened."""
    context.route(re.compile(r"https://.*"), lambda route: route.fulfill(status=204))
    page = signed_in_page(alice)
    yield page
    faults[:] = [
        fault for fault in faults if not re.match(r"elsewhere: https://(www\.)?(linkedin|google)", fault)
    ]


def paste(page: Page, lines: str) -> None:
    page.get_by_label(re.compile("Companies, one a line")).fill(lines)
    page.get_by_role("button", name="Add to my list").click()
    expect(page.locator("#messages .message").last).to_contain_text("added")


def said(page: Page, sentence: str) -> None:
    expect(page.locator("#whisper")).to_have_text(sentence)


def test_from_nothing_to_a_ranked_and_covered_list(page: Page, alice, live_server, axe):
    home = live_server.url
    RoleFactory(owner=alice, title="Data Analyst", place="Germany", remote=True)
    known = CompanyFactory(owner=alice, name="Zalando", state="suggested", listed_on=None)
    friend = PersonFactory(owner=alice, company=known, name="Mei Tan")
    friend.connect(on=dt.date(2026, 1, 5))
    Person.objects.advance()

    # Nothing yet, on any of the pages
    for path in ("/companies/", "/coverage/", "/openings/"):
        page.goto(home + path)
        expect(page.locator(".sketch")).to_be_visible()

    # Job boards: a search is opened, and says so at once
    page.goto(f"{home}/companies/ways/job-boards/")
    search = page.locator("a[data-search='jobs_linkedin:Data Analyst · Germany']")
    with page.expect_response(re.compile("/visits/")):
        search.click()
    expect(page.locator(".opened:visible")).to_have_text("opened today")
    assert SearchVisit.objects.get().words == "Data Analyst · Germany"
    paste(page, "Adyen\nBolt\nFigma")
    expect(page.locator(".opened:visible")).to_have_text("opened today")
    assert axe(page) == []

    # People I know: one click, taken back by one, and once more
    page.goto(f"{home}/companies/ways/people/")
    page.get_by_role("button", name=re.compile("^Put on the list ?: Zalando")).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("Undone")
    page.goto(f"{home}/companies/ways/people/")
    page.get_by_role("button", name=re.compile("^Put on the list ?: Zalando")).click()
    expect(page.locator("#messages")).to_contain_text("Zalando is on your list.")

    # Competitors, and around the place of the role
    page.goto(f"{home}/companies/ways/competitors/?company=Figma")
    paste(page, "Sketch\nPenpot")
    page.goto(f"{home}/companies/ways/near-me/")
    paste(page, "Figma Inc GmbH Berlin\nMiro")
    ways = set(Company.objects.values_list("name", "found_how"))
    assert {("Adyen", "job_board"), ("Sketch", "competitor"), ("Miro", "near_me")} <= ways

    # Ranked by keys, and read out; the number that stood there takes it back
    page.goto(f"{home}/companies/")
    page.evaluate("document.documentElement.dataset.singleKeys = 'on'")
    page.get_by_role("link", name="Bolt", exact=True).focus()
    for keys, sentence in (
        ("3", "Motivation: Bolt: Dream company, before: Unfamiliar"),
        ("p2", "Posting: Bolt: Some posting, before: No posting"),
        ("p3", "Posting: Bolt: A very relevant posting, before: Some posting"),
        ("2", "Motivation: Bolt: A lot, before: Dream company"),
        ("3", "Motivation: Bolt: Dream company, before: A lot"),
    ):
        with page.expect_response(re.compile("/rating/")):
            for key in keys:
                page.keyboard.press(key)
        said(page, sentence)
    expect(page.get_by_role("link", name="Bolt", exact=True)).to_be_focused()
    bolt = Company.objects.get(name="Bolt")
    assert (bolt.motivation, bolt.posting) == (3, 3)
    page.evaluate("document.documentElement.dataset.singleKeys = 'off'")
    page.keyboard.press("0")
    page.keyboard.press("?")
    page.reload()
    expect(page.locator("tbody tr").first).to_contain_text("Bolt")
    bolt.refresh_from_db()
    assert bolt.motivation == 3

    # The gaps, and one of them closed
    page.goto(f"{home}/coverage/")
    expect(page.get_by_role("row", name=re.compile("Bolt"))).to_contain_text(
        "High on your list, no effort yet"
    )
    page.get_by_label("What is missing").select_option("no_talk")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page).to_have_url(f"{home}/coverage/?gap=no_talk")
    page.get_by_role("link", name=re.compile("^Ask for a time ?: Zalando")).click()
    expect(page).to_have_url(re.compile(rf"/companies/{known.pk}/#people"))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{home}/coverage/?gap=no_people")
    expect(page.get_by_role("row", name=re.compile("Bolt"))).to_contain_text("Nobody found yet")
    expect(page.locator("td.step").first).to_be_hidden()
    assert axe(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})

    # Two are one; and are not
    figma, double = Company.objects.get(name="Figma"), Company.objects.get(name__startswith="Figma Inc")
    count = Company.objects.count()
    page.goto(f"{home}/companies/{figma.pk}/merging/?name={double.name}")
    page.get_by_role("button", name=re.compile("^Merge")).click()
    expect(page.locator("#messages")).to_contain_text("is a part of Figma now")
    assert Company.objects.count() == count - 1
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("Undone")
    assert Company.objects.count() == count

"""One search from the first visit to the thank-you, in a real browser; Today is right at every step."""

import datetime as dt
import re

import pytest
import time_machine
from playwright.sync_api import Page, expect

from companies.models import Company
from outreach.models import Conversation, Insight, Request

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TWELVE = """Figma
Linear
Notion
Stripe
  FIGMA
Zalando
Datadog
Coursera
Łódź Software
linear
Miro
Personio"""


@pytest.fixture
def clock():
    """Monday 23 November 2026, nine in the morning in Berlin; it runs, and the test moves it."""
    with time_machine.travel(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)) as traveller:
        yield traveller


def steps_on_today(page: Page, home: str) -> list[str]:
    """The titles of Today's next steps, in order."""
    page.goto(home)
    return [title.strip() for title in page.locator("#steps .row-title > a").all_inner_texts()]


def test_from_the_first_visit_to_the_thank_you(page: Page, live_server, clock, db):
    home = live_server.url
    page.set_default_timeout(10_000)

    # The first visitor signs up, and is led on
    page.goto(home)
    page.get_by_label("Your name").fill("Ada Seeker")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password").fill("correct-horse-7")
    page.locator("main button[type=submit], main .buttons button, main button.filled").first.click()

    # A role; the rest of the welcome is left
    page.get_by_label("Title", exact=True).fill("Data Analyst")
    page.get_by_label(re.compile("Other titles")).fill("Analytics Engineer")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Leave the welcome").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good morning, Ada Seeker")
    page.get_by_role("link", name="Say what you want to work as").click()
    expect(page.locator("main")).to_contain_text("Analytics Engineer")

    # Twelve companies, two of them known
    page.goto(home)
    page.get_by_role("link", name="Add companies").click()
    page.get_by_label(re.compile("Companies, one a line")).fill(TWELVE)
    page.get_by_role("button", name="Add to my list").click()
    expect(page.locator("#messages")).to_contain_text("10")
    assert Company.objects.count() == 10
    assert steps_on_today(page, home) == ["10 companies without people"]

    # In the order of what counts
    figma = Company.objects.get(name="Figma")
    page.goto(f"{home}/companies/")
    with page.expect_response(re.compile("/rating/")):
        page.get_by_role("row", name=re.compile("Figma")).get_by_label(re.compile("Dream company")).check(
            force=True
        )
    page.reload()
    expect(page.locator("tbody tr").first).to_contain_text("Figma")
    figma.refresh_from_db()
    assert figma.motivation == 3

    # The search is learned from a pasted link
    page.goto(f"{home}/companies/{figma.pk}/")
    page.get_by_label(re.compile("LinkedIn link")).fill(
        "https://www.linkedin.com/search/results/people/?currentCompany=%5B%223650502%22%5D&origin=x"
    )
    page.get_by_role("button", name="Keep this link").click()
    search = page.get_by_role("link", name=re.compile("^Data Analyst"))
    expect(search).to_have_attribute(
        "href",
        "https://www.linkedin.com/search/results/people/?currentCompany=%5B%223650502%22%5D"
        "&keywords=Data%20Analyst&origin=FACETED_SEARCH",
    )

    # A person by a link in an odd form, and again in another
    page.goto(f"{home}/companies/{figma.pk}/people/add/")
    page.get_by_label(re.compile("People, one a line")).fill(
        "Jonas Okafor, Product Analyst, de.LinkedIn.com/mwlite/in/Jonas-Okafor/?trk=people-guest#about"
    )
    page.get_by_role("button", name="Add these people").click()
    expect(page.locator("main")).to_contain_text("Jonas Okafor")
    page.goto(f"{home}/companies/{figma.pk}/people/add/")
    page.get_by_label(re.compile("People, one a line")).fill(
        "Jonas Okafor, https://linkedin.com/in/jonas-okafor"
    )
    page.get_by_role("button", name="Add these people").click()
    expect(page.locator("#messages")).to_contain_text("known already")
    assert figma.people.count() == 1
    assert steps_on_today(page, home) == ["Write to Jonas Okafor", "9 companies without people"]

    # The guide's message is too long for a free account; a short one goes out
    page.get_by_role("link", name=re.compile("^Write a request")).click()
    page.wait_for_url(re.compile("/requests/add/"))  # loaded, its scripts included
    with page.expect_response(re.compile("template=")):
        page.get_by_label("Template").select_option(label=guide_label(page))
    text = page.locator("textarea[name=text]")
    expect(text).to_have_value(re.compile("^Hi Jonas.*as a Product Analyst at Figma", re.DOTALL))
    expect(page.locator(".counter")).to_contain_text("too many for a free account")
    page.get_by_role("button", name="Mark as sent").click()
    expect(page.locator("main")).to_contain_text("too many for a free account")
    assert not Request.objects.filter(state="sent").exists()
    text = page.locator("textarea[name=text]")
    expect(text).to_have_value(re.compile("^Hi Jonas"))
    text.fill(
        "Hi Jonas, your work as a Product Analyst at Figma interests me. May I ask you two questions about it?"
    )
    expect(page.locator(".counter")).not_to_contain_text("too many")
    page.get_by_role("button", name="Mark as sent").click()
    expect(page.locator("#messages")).to_contain_text("sent")
    assert Request.objects.get().state == "sent"
    assert steps_on_today(page, home) == ["9 companies without people"]

    # No reply on the third business day: the next person. Then the request is accepted
    clock.move_to(dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC))
    assert steps_on_today(page, home) == ["Write to the next person at Figma", "9 companies without people"]
    page.goto(f"{home}/requests/{Request.objects.get().pk}/")
    page.get_by_role("button", name="They accepted").first.click()
    expect(page.locator("#messages")).to_contain_text("accepted")
    assert steps_on_today(page, home) == ["Ask Jonas Okafor for a time", "9 companies without people"]

    # A time asked for
    page.get_by_role("link", name=re.compile("^Ask for a time")).click()
    expect(page.locator("textarea[name=text]")).to_have_value(re.compile("Jonas"))
    text = page.locator("textarea[name=text]")
    text.fill(re.sub("<[^>]*>", "your field", text.input_value()))
    page.get_by_role("button", name="Mark as sent").click()
    expect(page.locator("#messages")).to_contain_text("sent")
    talk = Conversation.objects.get()
    assert talk.state == "asked"
    assert steps_on_today(page, home) == ["9 companies without people"]

    # Scheduled across two time zones
    page.goto(f"{home}/conversations/{talk.pk}/scheduling/")
    page.get_by_label("Day").fill("2026-11-30")
    page.get_by_label("Time", exact=True).fill("10:00")
    page.get_by_label("By whose clock").select_option("America/New_York")
    page.get_by_role("button", name="Schedule it").click()
    expect(page.locator("#messages")).to_contain_text("16:00")
    talk.refresh_from_db()
    assert talk.starts_at == dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC)
    assert steps_on_today(page, home) == ["9 companies without people"]
    expect(page.locator("aside")).to_contain_text("16:00")

    # The day before: confirm, prepare
    clock.move_to(dt.datetime(2026, 11, 29, 8, tzinfo=dt.UTC))
    assert steps_on_today(page, home)[0] == "Confirm the talk with Jonas Okafor"
    page.goto(f"{home}/conversations/{talk.pk}/")
    page.get_by_role("button", name="I confirmed it").click()
    assert steps_on_today(page, home)[0] == "Prepare for Jonas Okafor"
    page.goto(f"{home}/conversations/{talk.pk}/")
    page.get_by_role("button", name="I am prepared").first.click()
    assert steps_on_today(page, home) == ["9 companies without people"]

    # Held, with answers that are saved as they are typed
    clock.move_to(dt.datetime(2026, 11, 30, 15, 30, tzinfo=dt.UTC))
    assert steps_on_today(page, home)[0] == "Say how it went with Jonas Okafor"
    page.goto(f"{home}/conversations/{talk.pk}/")
    answer = (
        page.get_by_label("Answer").first
        if page.get_by_label("Answer").count()
        else page.locator(".question textarea").first
    )
    with page.expect_response(re.compile("/asked/")):
        answer.press_sequentially("An SQL screen, then the portfolio.")
        answer.blur()
    page.goto(f"{home}/conversations/{talk.pk}/")
    expect(page.locator(".question textarea").first).to_have_value("An SQL screen, then the portfolio.")
    page.get_by_role("button", name="We talked").first.click()
    talk.refresh_from_db()
    assert talk.state == "held"

    # An insight from the answer
    page.get_by_role("link", name=re.compile("Keep as insight")).first.click()
    expect(page.locator("textarea[name=text]")).to_have_value("An SQL screen, then the portfolio.")
    page.locator("main .buttons button").first.click()
    assert Insight.objects.get().person.name == "Jonas Okafor"
    page.goto(f"{home}/companies/{figma.pk}/")
    expect(page.locator("main")).to_contain_text("An SQL screen, then the portfolio.")

    # Thanked within a day
    clock.move_to(dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC))
    assert steps_on_today(page, home)[0] == "Thank Jonas Okafor"
    page.get_by_role("link", name=re.compile("^Write thanks")).click()
    text = page.locator("textarea[name=text]")
    text.fill("Thank you, Jonas. Knowing about the SQL screen helps me to prepare.")
    page.get_by_role("button", name="Mark as sent").click()
    talk.refresh_from_db()
    assert talk.thanked_on == dt.date(2026, 12, 1)
    assert steps_on_today(page, home) == ["9 companies without people"]

    # A deleted company comes back with everything
    page.goto(f"{home}/companies/{figma.pk}/deletion/")
    expect(page.locator("main")).to_contain_text("1 person")
    page.get_by_role("button", name="Delete").click()
    assert not Company.objects.filter(name="Figma").exists()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("Undone")
    figma = Company.objects.get(name="Figma")
    assert (
        figma.people.get().conversations.get().questions.filter(answer__startswith="An SQL screen").exists()
    )
    assert figma.stage == Company.Stage.TALKED


def guide_label(page: Page) -> str:
    """The choice of the guide's own message."""
    return next(
        label
        for label in page.get_by_label("Template").locator("option").all_inner_texts()
        if "guide" in label.lower()
    )

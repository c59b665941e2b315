"""What the scripts add to the page of a conversation: text that saves itself and is never lost."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from outreach.models import Conversation
from tests.factories import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talk(alice: Any) -> Conversation:
    return Conversation.ask(PersonFactory(owner=alice), on=dt.date(2026, 11, 2))


@pytest.fixture
def opened(signed_in_page: Callable[[Any], Page], live_server: Any, alice: Any, talk: Conversation) -> Any:
    def open_page() -> Page:
        page = signed_in_page(alice)
        page.goto(live_server.url + talk.get_absolute_url())
        return page

    return open_page


def type_answer(page: Page, number: int, words: str) -> None:
    with page.expect_response(re.compile("/asked/")):
        page.locator(".question textarea").nth(number).press_sequentially(words)


def test_what_is_half_typed_outlives_a_question_that_is_added(opened: Any, talk: Conversation) -> None:
    page = opened()
    type_answer(page, 0, "Two pods")
    expect(page.locator(".saved").first).to_contain_text("Saved at")

    page.locator(".question textarea").nth(1).press_sequentially("half")
    page.get_by_label("A question of your own").fill("What is dbt for?")
    page.get_by_role("button", name="Add this question").click()

    expect(page.locator(".question")).to_have_count(5)
    expect(page.locator(".question textarea").first).to_have_value("Two pods")
    expect(page.locator(".question textarea").nth(1)).to_have_value("half")
    type_answer(page, 1, " typed")
    page.reload()
    expect(page.locator(".question textarea").nth(1)).to_have_value("half typed")


def test_two_windows_keep_both_texts_until_one_is_chosen(opened: Any, talk: Conversation) -> None:
    desk, phone = opened(), opened()
    type_answer(phone, 0, "From the phone")

    type_answer(desk, 0, "From the desk")
    expect(desk.locator(".saved").first).to_contain_text("From the phone")
    type_answer(desk, 0, " again")
    assert talk.questions.first().answer == "From the phone"

    with desk.expect_response(re.compile("/asked/")):
        desk.get_by_role("button", name="Save mine in its place").click()
    expect(desk.locator(".saved").first).to_contain_text("Saved at")
    assert talk.questions.first().answer == "From the desk again"


def test_a_question_that_was_taken_off_comes_back(opened: Any) -> None:
    page = opened()
    page.locator(".question .menu summary").first.click()
    page.get_by_role("button", name="Take it off the list").first.click()
    expect(page.locator(".question")).to_have_count(3)

    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".question")).to_have_count(4)


def test_a_session_that_ends_while_typing_loses_nothing(
    opened: Any, talk: Conversation, context: Any
) -> None:
    page = opened()
    cookies = context.cookies()
    context.clear_cookies(name="session")

    page.locator(".question textarea").first.press_sequentially("Two pods")

    door = page.get_by_role("link", name="Log in in a new tab")
    expect(door).to_be_visible()
    expect(page.locator("#live")).to_contain_text("what you typed is still here")
    assert page.url.endswith(talk.get_absolute_url())
    context.add_cookies([cookie for cookie in cookies if cookie["name"] == "session"])
    type_answer(page, 0, " of four")
    expect(page.locator(".saved").first).to_contain_text("Saved at")
    page.reload()
    expect(page.locator(".question textarea").first).to_have_value("Two pods of four")

"""The first page that anybody sees, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect


def test_the_log_in_page_is_clean_and_accessible(
    page: Page, live_server: Any, alice: Any, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    expect(page.get_by_role("main")).to_be_visible()
    assert axe(page) == []


def test_a_session_opens_the_application(
    signed_in_page: Callable[[Any], Page], live_server: Any, alice: Any
) -> None:
    page = signed_in_page(alice)
    page.goto(live_server.url + reverse("account_change_password"))
    assert reverse("account_login") not in page.url


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x')", "policy: style-src"),
        (
            "document.body.insertAdjacentHTML('beforeend', '<img src=\"http://host.invalid/x\">')",
            "elsewhere:",
        ),
        ("setTimeout(() => { throw new Error('planted') })", "script: planted"),
        ("fetch('/nothing/here/')", "answer 404:"),
        ("console.error('planted')", "console: planted"),
    ],
)
def test_the_watch_sees_a_planted_fault(
    page: Page, live_server: Any, alice: Any, faults: list[str], script: str, fault: str
) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate(script)
    page.wait_for_timeout(300)
    assert any(found.startswith(fault) for found in faults), faults
    faults.clear()

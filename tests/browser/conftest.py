"""A real browser against a live server: Chromium as the machine has it, in a fixed place and language.

Every page is watched: what the console complains of, what the content security policy refuses, what fails to
load and what is asked of another host are faults, and a test with faults fails when it ends.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from screenshots.chromium import MISSING, find_chromium, flags

# Playwright's sync interface keeps an event loop running in the test's own thread, and Django would refuse
# the database there. The tests touch it from that one thread only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def chromium() -> str:
    path = find_chromium()
    if path:
        return path
    if os.environ.get("NETJOB_REQUIRE_BROWSER") == "1":
        pytest.fail(MISSING)
    pytest.skip(MISSING)


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str, browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "timezone_id": "Europe/Berlin", "locale": "en-GB"}


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What went wrong in any page of the test. Take out what the test provokes on purpose."""
    found: list[str] = []
    yield found
    assert not found, "The browser complained:\n" + "\n".join(found)


@pytest.fixture
def context(context: BrowserContext, live_server: Any, faults: list[str]) -> BrowserContext:
    context.set_default_timeout(10_000)
    context.set_default_navigation_timeout(20_000)
    watch(context, live_server.url, faults)
    return context


def watch(context: BrowserContext, home: str, faults: list[str]) -> None:
    """Fill `faults` with what goes wrong in any page of the context; `home` is the only host it may ask."""

    def on_console(message: Any) -> None:
        # A refused request is also told by its answer, below; the text of a 422 or 409 is no fault.
        if message.type == "error" and not message.text.startswith("Failed to load resource: the server"):
            faults.append(f"console: {message.text}")

    def on_failed(request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # left behind by the next page
            faults.append(f"failed: {request.method} {request.url} {request.failure}")

    def on_request(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != urlsplit(home).netloc:
            faults.append(f"elsewhere: {request.url}")

    def on_response(response: Any) -> None:
        if response.status == 404 or response.status >= 500:
            faults.append(f"answer {response.status}: {response.request.method} {response.url}")

    context.on("console", on_console)

    def on_error(error: Any) -> None:
        # A page that is left before it has faded in: Chromium's own, no script of ours.
        if "Transition was aborted" not in str(error.error):
            faults.append(f"script: {error.error}")

    context.on("weberror", on_error)
    context.on("requestfailed", on_failed)
    context.on("request", on_request)
    context.on("response", on_response)
    context.expose_function("netjobReportViolation", lambda text: faults.append(f"policy: {text}"))
    context.add_init_script(
        """document.addEventListener("securitypolicyviolation", (event) => netjobReportViolation(
            `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile || ""}`))"""
    )


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def signed_in_page(context: BrowserContext, live_server: Any) -> Callable[[Any], Page]:
    """`signed_in_page(alice)`: a page whose browser carries her session, without the log-in form."""

    def sign_in(user: Any) -> Page:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return context.new_page()

    return sign_in


@pytest.fixture
def look() -> Callable[[Page, str], None]:
    """`look(page, "preview")`: pictures of it, light and dark, wide and on a phone, where NETJOB_PICTURES=folder."""
    folder = os.environ.get("NETJOB_PICTURES")

    def take(page: Page, name: str) -> None:
        if not folder:
            return
        was = page.viewport_size
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                page.screenshot(path=Path(folder, f"{name}-{width}-{theme}.png"), full_page=True)
        page.emulate_media(color_scheme="null")
        page.set_viewport_size(was)

    return take


COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that a theme has a say in."""


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """`assert axe(page) == []`: what axe finds against accessibility, a line for each rule.

    `axe(page, colours=True)` looks at colours alone: for a second theme of a page that was looked at whole.
    """
    checker = Axe()

    def violations(page: Page, *, colours: bool = False) -> list[str]:
        options = {"resultTypes": ["violations"]} | ({"runOnly": COLOURS} if colours else {})
        found = checker.run(page, options=options).response["violations"]
        return [f"{rule['id']} ({rule['impact']}): {rule['nodes'][0]['html']}" for rule in found]

    return violations


@pytest.hookimpl(tryfirst=True)  # before -m "not browser" is looked at
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker("browser")

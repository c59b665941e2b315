"""Every page of the demo, in both themes, at 1280 and 390 pixels: `make screenshots`.

Starts netjob on a data folder of its own, loads the demo and writes build/screenshots/WIDTH-THEME/PAGE.png;
with `--readme` only the few pictures of the README, into docs/pictures/.
"""

import argparse
import base64
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.targets import ROOT, environment, free_port, running
from screenshots.chromium import MISSING, find_chromium, flags

WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
THEMES = ("light", "dark")
# The README's: what is shown, and on which screen.
PICTURES = {
    "today": ("outreach:today", WIDE, THEMES),
    "company": ("companies:company_detail", WIDE, ("light",)),
    "request": ("outreach:request_add", WIDE, ("light",)),
    "conversation": ("outreach:conversation_detail", WIDE, ("light",)),
    "today-phone": ("outreach:today", PHONE, ("light",)),
}
DOORS = {"log in": "/accounts/login/", "password forgotten": "/accounts/password/reset/"}


def main() -> None:
    options = parsed()
    chromium = find_chromium()
    if not chromium:
        raise SystemExit(MISSING)
    with tempfile.TemporaryDirectory(prefix="netjob-screenshots-") as folder:
        port = free_port()
        mine = environment(Path(folder), port) | {"DJANGO_SETTINGS_MODULE": "netjob.settings"}
        account = json.loads(
            subprocess.run(
                [sys.executable, "-m", "screenshots.account"],
                cwd=ROOT, env=mine, stdout=subprocess.PIPE, check=True,
            ).stdout
        )  # fmt: skip
        home = f"http://localhost:{port}"
        with running(mine, port, "/accounts/login/"), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=flags())
            if options.readme:
                take_pictures(browser, home, account)
            else:
                take_everything(browser, home, account, options)
            browser.close()


def take_everything(browser: Browser, home: str, account: dict[str, Any], options: Any) -> None:
    pages = {name: url for name, url in account["pages"].items() if re.search(options.only, name)}
    for size, theme in product((WIDE, PHONE), THEMES):
        folder = options.out / f"{size['width']}-{theme}"
        folder.mkdir(parents=True, exist_ok=True)
        with looking(browser, home, size, theme, session=account["session"]) as page:
            for name, url in pages.items():
                photograph(page, home + url, size, folder / f"{file_name(name)}.png")
        with looking(browser, home, size, theme) as page:
            for name, url in DOORS.items():
                photograph(page, home + url, size, folder / f"{file_name(name)}.png")
        say(f"{folder}: {len(pages) + len(DOORS)} pages")


def photograph(page: Page, url: str, size: dict[str, int], path: Path) -> None:
    """The whole page. The window is made as high as it is: what sticks to an edge would else float in it."""
    page.set_viewport_size(size)
    page.goto(url)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    page.screenshot(path=path)


def take_pictures(browser: Browser, home: str, account: dict[str, Any]) -> None:
    folder = ROOT / "docs/pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (page_name, size, themes) in PICTURES.items():
        for theme in themes:
            with looking(browser, home, size, theme, session=account["session"]) as page:
                page.goto(home + account["pages"][page_name])
                path = folder / f"{name}{'-dark' if theme == 'dark' else ''}.webp"
                path.write_bytes(as_webp(page))
                say(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


@contextmanager
def looking(
    browser: Browser, home: str, size: dict[str, int], theme: str, *, session: str = ""
) -> Iterator[Page]:
    """A browser of that size and theme, signed in when there is a session."""
    context = browser.new_context(
        viewport=size, color_scheme=theme, reduced_motion="reduce", timezone_id="Europe/Berlin",
        locale="en-GB", device_scale_factor=1.5 if size is WIDE else 2,
    )  # fmt: skip
    if session:
        context.add_cookies([{"name": "session", "value": session, "url": home}])
    yield context.new_page()
    context.close()


def as_webp(page: Page) -> bytes:
    """What the window shows; a tenth of the size of a PNG, which Playwright would make of it."""
    answer = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"format": "webp", "quality": 82}
    )
    return base64.b64decode(answer["data"])


def file_name(name: str) -> str:
    return re.sub(r"\W+", "-", name)


def say(line: str) -> None:
    sys.stderr.write(line + "\n")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m screenshots", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    parser.add_argument("--only", default="", help="only pages whose name this pattern finds")
    parser.add_argument("--out", type=Path, default=ROOT / "build/screenshots", help="folder of the pictures")
    return parser.parse_args()


if __name__ == "__main__":
    main()

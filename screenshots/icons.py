"""The icons that need pixels, drawn anew from static/icon.svg: `python -m screenshots.icons`."""

import sys

from playwright.sync_api import sync_playwright

from benchmarks.targets import ROOT
from screenshots.chromium import MISSING, find_chromium, flags

# Name: its pixels, and which part of them the drawing takes. Less than all of it stands on a full ground: a
# maskable icon is cut to any shape (its inner 80 % stay), Apple rounds the corners itself.
ICONS = {"icon-192": (192, 1), "icon-512": (512, 1), "icon-maskable": (512, 0.8), "icon-apple": (180, 0.9)}
GROUND = "#0b6e5f"


def main() -> None:
    chromium = find_chromium()
    if not chromium:
        raise SystemExit(MISSING)
    drawing = (ROOT / "static/icon.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        for name, (pixels, part) in ICONS.items():
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            ground = GROUND if part < 1 else "transparent"
            page.set_content(
                f"<body style='margin:0;height:100vh;display:grid;place-items:center;background:{ground}'>"
                f"<div style='width:{part:.0%}'>{drawing}</div>"
            )
            path = ROOT / f"static/{name}.png"
            page.screenshot(path=path, omit_background=True)
            page.close()
            sys.stderr.write(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes\n")
        browser.close()


if __name__ == "__main__":
    main()

"""The Chromium that the machine has, for the browser tests and for the pictures."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = "No Chromium found: install it, or name it with NETJOB_CHROMIUM."


def find_chromium() -> str | None:
    wanted = os.environ.get("NETJOB_CHROMIUM")
    return next(filter(None, map(shutil.which, [wanted] if wanted else NAMES)), None)


def flags() -> list[str]:
    """Without network; as root Chromium runs only without its sandbox."""
    root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    return [*FLAGS, *root]

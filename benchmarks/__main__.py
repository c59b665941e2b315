"""Every page beside the constant page of the same run: `make bench`, or `python -m benchmarks --rounds 200`.
The search beside LIKE, keystroke by keystroke: `make bench ARGS="search"`.
An import beside a bare `executemany`: `make bench ARGS="imports --people 30000 --rounds 3"`.

Fills a fresh database for each scale, starts the real server on each, asks every page in turn, and writes a
Markdown table and the same as JSON.
"""

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import imports, report, search
from benchmarks.targets import CONSTANT, LOG_IN, ROOT, Account, filled, searched, serving
from benchmarks.timing import measure

SCALES = (1, 10)
WARM_UP = 10


def main() -> None:
    options = parsed()
    if options.what == "search":
        keystrokes(options)
        return
    if options.what == "imports":
        imported(options)
        return
    with tempfile.TemporaryDirectory(prefix="netjob-bench-") as folder, ExitStack() as stack:
        accounts = [filled(Path(folder, f"{scale}x"), scale) for scale in options.scales]
        targets: dict[tuple[str, float], Any] = {}
        for account in accounts:
            say(f"{account.scale:g}x: rows {account.digest}, written in {account.seconds} s")
            get = stack.enter_context(serving(account))
            targets |= {(name, account.scale): get(url) for name, url in addresses(account).items()}
        say(f"{len(targets)} targets, {options.rounds} rounds of one request each ...")
        times, rounds = measure(targets, rounds=options.rounds, warm_up=WARM_UP, seconds=options.seconds)
    result = report.result(times, accounts, rounds)
    sys.stdout.write(report.markdown(result))
    options.out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # may be the first to make data/
    options.out.mkdir(exist_ok=True)
    for suffix, text in (("md", report.markdown(result)), ("json", json.dumps(result, indent=1))):
        path = options.out / f"{result['commit']}.{suffix}"
        path.write_text(text, encoding="utf-8")
        say(f"written: {path}")


def keystrokes(options: argparse.Namespace) -> None:
    """The search by itself, beside LIKE."""
    with tempfile.TemporaryDirectory(prefix="netjob-bench-") as folder:
        for scale in options.scales:
            account = filled(Path(folder, f"{scale}x"), scale)
            sys.stdout.write(search.markdown(scale, searched(account)) + "\n")


def imported(options: argparse.Namespace) -> None:
    """Connections, staged and applied, twice."""
    with tempfile.TemporaryDirectory(prefix="netjob-bench-") as folder:
        found = imports.rounds(Path(folder), people=options.people, count=min(options.rounds, 10))
    sys.stdout.write(imports.markdown(options.people, found))


def addresses(account: Account) -> dict[str, str]:
    """The two pages that do nothing, and those of the product that there are."""
    there = {name: page["url"] for name, page in account.pages.items() if page["status"] == 200}
    return {report.CONSTANT: CONSTANT, report.LOG_IN: LOG_IN} | there


def say(line: str) -> None:
    sys.stderr.write(line + "\n")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("pages", "search", "imports"), default="pages")
    parser.add_argument("--rounds", type=int, default=100, help="requests of each page that count")
    parser.add_argument("--seconds", type=float, default=100, help="after which no further round begins")
    parser.add_argument("--scales", type=float, nargs="+", default=SCALES, help="1 is 5,000 people")
    parser.add_argument("--people", type=int, default=30_000, help="connections of an import")
    parser.add_argument("--out", type=Path, default=ROOT / "data/benchmarks", help="folder of the results")
    return parser.parse_args()


if __name__ == "__main__":
    main()

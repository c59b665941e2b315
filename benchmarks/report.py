"""Times as ratios to the constant page of the same run; beside them what is exact on any machine."""

import os
import platform
import sqlite3
import statistics
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from benchmarks import DAY
from benchmarks.targets import ROOT, Account

CONSTANT, LOG_IN = "the constant page", "the same behind log-in"
GOALS = {
    "companies": 8, "companies, page 3": 8, "people": 8, "conversations": 8, "Today": 10, "outreach": 10,
    "a company": 6, "a person": 6, "search, as one types": 4, "add, as one types": 5,
    "coverage": 10, "all silent": 10, "high rank, no effort": 10, "openings": 8, "employers of people I know": 8,
}  # fmt: skip
"""Most times the constant page that a page's median may take."""
DISTURBED = 4
"""Times its median that the constant page's 95th percentile may be before there is no verdict."""
GROWTH = 1.25


def result(
    times: dict[tuple[str, float], list[float]], accounts: list[Account], rounds: int
) -> dict[str, Any]:
    constant = [ms for (name, _), some in times.items() if name == CONSTANT for ms in some]
    unit = statistics.median(constant)
    names = list(dict.fromkeys(name for name, _ in times))
    return {
        "commit": commit(),
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "versions": {
            "python": platform.python_version(), "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in ("django", "gunicorn")},
        },
        "cores": os.cpu_count(),
        "day": str(DAY),
        "rows": {f"{account.scale:g}x": account.digest for account in accounts},
        "rounds": rounds,
        "constant_ms": {"p50": round(unit, 2), "p95": round(p95(constant), 2)},
        "disturbed": p95(constant) > DISTURBED * unit,
        "pages": {name: of_page(name, times, accounts, unit) for name in names},
        "missing": [name for name in GOALS if name not in names],
    }  # fmt: skip


def of_page(
    name: str, times: dict[tuple[str, float], list[float]], accounts: list[Account], unit: float
) -> dict[str, Any]:
    scales = {}
    for account in accounts:
        some = times[name, account.scale]
        exact = account.pages.get(name, {})
        scales[f"{account.scale:g}x"] = {
            "p50": round(statistics.median(some) / unit, 2),
            "p95": round(p95(some) / unit, 2),
            **{what: exact.get(what) for what in ("queries", "steps", "bytes", "compressed", "scans")},
        }
    first, last = (scales[f"{account.scale:g}x"] for account in (accounts[0], accounts[-1]))
    return {"goal": GOALS.get(name), "scales": scales, "growth": round(last["p50"] / first["p50"], 2)}


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def commit() -> str:
    def git(*arguments: str) -> str:
        told = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        return told.stdout.strip()

    return (git("rev-parse", "--short", "HEAD") or "unknown") + (
        "-changed" if git("status", "--porcelain") else ""
    )


def markdown(result: dict[str, Any]) -> str:
    scales = list(result["rows"])
    versions = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    rows = ", ".join(f"{scale} `{digest}`" for scale, digest in result["rows"].items())
    lines = [
        f"Commit {result['commit']}, {result['at']}; {versions}; {result['cores']} cores. Rows: {rows}.",
        f"{result['rounds']} rounds; the constant page took {result['constant_ms']['p50']} ms "
        f"(95 % within {result['constant_ms']['p95']} ms). {verdict(result)}",
        "",
        "| page | goal | " + " | ".join(f"{scale} p50 (p95)" for scale in scales)
        + " | growth | queries | compressed | work of SQLite |",
        "|---|---|" + "---|" * len(scales) + "---|---|---|---|",
        *(line(name, page, scales) for name, page in result["pages"].items()),
        *(f"| {name} | | does not answer |" for name in result["missing"]),
        "",
        *scans(result),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def line(name: str, page: dict[str, Any], scales: list[str]) -> str:
    each = [page["scales"][scale] for scale in scales]
    ratios = [f"{at['p50']:.1f} ({at['p95']:.1f})" for at in each]
    cells = [name, f"≤ {page['goal']}" if page["goal"] else "", *ratios, f"{page['growth']:.2f}"]
    if page["goal"]:
        cells += [
            each_once([at["queries"] for at in each]),
            each_once([f"{at['compressed'] / 1000:.1f} KB" for at in each]),
            each_once([f"{at['steps'] / 1000:,.1f}k" for at in each]),
        ]
    return f"| {' | '.join(cells)} |"


def each_once(values: list[Any]) -> str:
    """One value where all are the same, else each."""
    return " → ".join(str(value) for value in dict.fromkeys(values))


def verdict(result: dict[str, Any]) -> str:
    if result["disturbed"]:
        return "**No verdict**: the machine was disturbed; run it again when it is quieter."
    over = [
        name
        for name, page in result["pages"].items()
        if page["goal"] and any(at["p50"] > page["goal"] for at in page["scales"].values())
    ]
    growing = [name for name, page in result["pages"].items() if page["growth"] > GROWTH]
    uneven = [
        name
        for name, page in result["pages"].items()
        if len({at["queries"] for at in page["scales"].values()}) > 1
    ]
    found = [
        ("over the goal", over),
        (f"growing by more than {GROWTH}", growing),
        ("unequal queries", uneven),
    ]
    told = [f"{what}: {', '.join(names)}" for what, names in found if names]
    return f"What is not as it should be: {'; '.join(told)}." if told else "Every page is within its goal."


def scans(result: dict[str, Any]) -> list[str]:
    """The queries that read a big table from end to end, each once."""
    found: dict[str, set[str]] = {}
    for name, page in result["pages"].items():
        for at in page["scales"].values():
            for scan in at["scans"] or []:
                found.setdefault(scan["plan"], set()).add(name)
    if not found:
        return ["No query reads a big table from end to end."]
    return [f"- `{plan}` on {', '.join(sorted(names))}" for plan, names in sorted(found.items())]

"""What the benchmark makes of its times: ratios, and no verdict from a disturbed machine."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from benchmarks import report
from benchmarks.targets import Account
from benchmarks.timing import measure

ACCOUNTS = [
    Account(
        Path(), scale, f"digest{scale}", 1.0, "",
        {"Today": {"queries": 9, "steps": 1000 * scale, "bytes": 9000, "compressed": 2500, "scans": []}},
    )
    for scale in (1, 10)
]  # fmt: skip


def times(*, constant: list[float], today: tuple[float, float]) -> dict[tuple[str, float], list[float]]:
    found: dict[tuple[str, float], list[float]] = {}
    for scale, ms in zip((1, 10), today, strict=True):
        found |= {(report.CONSTANT, scale): constant, ("Today", scale): [ms] * len(constant)}
    return found


def test_a_page_is_told_as_a_ratio_to_the_constant_page() -> None:
    result = report.result(times(constant=[2.0] * 40, today=(10.0, 11.0)), ACCOUNTS, 40)

    assert result["pages"]["Today"]["scales"]["10x"]["p50"] == 5.5
    assert "| Today | ≤ 10 | 5.0 (5.0) | 5.5 (5.5) | 1.10 | 9 | 2.5 KB | 1.0k → 10.0k |" in report.markdown(
        result
    )
    assert report.verdict(result) == "Every page is within its goal."


def test_what_is_over_its_goal_or_grows_is_named() -> None:
    result = report.result(times(constant=[2.0] * 40, today=(10.0, 30.0)), ACCOUNTS, 40)

    assert report.verdict(result) == (
        "What is not as it should be: over the goal: Today; growing by more than 1.25: Today."
    )


def test_a_disturbed_machine_gets_no_verdict() -> None:
    result = report.result(times(constant=[2.0] * 30 + [9.0] * 10, today=(10.0, 30.0)), ACCOUNTS, 40)

    assert report.verdict(result).startswith("**No verdict**")


def test_the_rounds_are_interleaved_and_the_warm_up_does_not_count() -> None:
    asked: list[str] = []
    targets = {name: lambda name=name: asked.append(name) or 200 for name in "abc"}

    found, rounds = measure(targets, rounds=4, warm_up=2, seconds=60)

    assert rounds == 4
    assert [sorted(asked[start : start + 3]) for start in range(0, 18, 3)] == [["a", "b", "c"]] * 6
    assert {name: len(some) for name, some in found.items()} == {"a": 4, "b": 4, "c": 4}


def test_rounds_end_when_time_is_up() -> None:
    found, rounds = measure({"a": lambda: 200}, rounds=1000, warm_up=1, seconds=0)

    assert rounds == len(found["a"]) == 1


def test_a_page_that_fails_is_not_measured() -> None:
    with pytest.raises(SystemExit, match="404"):
        measure({"a": lambda: 404}, rounds=1, warm_up=0, seconds=60)


def test_the_pages_that_do_nothing_are_the_benchmarks_alone(
    client: Client, alice_client: Client, settings
) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("constant")
    settings.ROOT_URLCONF = "benchmarks.urls"

    assert client.get(reverse("constant")).content == b"ok"
    assert client.get(reverse("behind_log_in")).status_code == 302
    assert alice_client.get(reverse("behind_log_in")).content == b"ok"

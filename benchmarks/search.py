"""The search keystroke by keystroke beside LIKE over the same rows: `make bench ARGS="search"`.

Run for each scale in an environment of its own, after `benchmarks.account` has filled it:

    python -m benchmarks.search

Prints one JSON object: for each prefix of each search the milliseconds of both, in interleaved rounds.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 15
GOAL = 20
"""Times that LIKE takes longer than the search's own query, at the 95th percentile of all keystrokes."""
TYPED = (
    "priya raman",
    "data analyst",
    "zurich",
    "nowak",
    "łukasz",
    "churn team",
    "north blue",
    "xyzzy",
    "佐藤",
)
"""Names, roles, words of messages; what everybody has in the name, what few have, and what nobody has."""


def keystrokes() -> list[str]:
    return list(dict.fromkeys(text[: n + 1].strip() for text in TYPED for n in range(len(text))))


def main() -> dict[str, Any]:
    from netjob.models import User

    owner = User.objects.order_by("pk")[0]
    ways = {"index": by_index(owner), "like": by_like(owner), "whole": whole(owner)}
    times: dict[str, dict[str, list[float]]] = {text: {way: [] for way in ways} for text in keystrokes()}
    for number in range(ROUNDS + 1):
        for text in times:
            for way, ask in ways.items():
                began = time.perf_counter()
                ask(text)
                if number:  # the first is a warm-up
                    times[text][way].append(1000 * (time.perf_counter() - began))
    return {
        text: {way: round(statistics.median(some), 3) for way, some in each.items()}
        for text, each in times.items()
    }


def by_index(owner: Any) -> Callable[[str], Any]:
    from netjob import search
    from netjob.folding import words_of
    from netjob.search_index import candidates

    def ask(text: str) -> Any:
        return candidates(
            owner.pk, list(search._looks(search.SOURCES, words_of(text, most=search.MOST_WORDS)))
        )

    return ask


def by_like(owner: Any) -> Callable[[str], Any]:
    """What one writes first: every word in one of the columns, of every kind, the newest forty."""
    from django.db.models import Q

    from companies.models import Company
    from contacts.models import Person
    from netjob.models import Activity
    from outreach.models import Conversation, ConversationQuestion, Insight, Message

    columns = {
        Company: ["name", "names__name", "industry", "place", "notes"],
        Person: ["name", "role", "company__name", "place", "notes"],
        Activity: ["text"],
        Insight: ["text"],
        Message: ["subject", "text"],
        Conversation: ["notes"],
        ConversationQuestion: ["answer"],
    }

    def ask(text: str) -> Any:
        for model, names in columns.items():
            rows = model.objects.owned_by(owner)
            for word in text.split():
                condition = Q()
                for name in names:
                    condition |= Q(**{f"{name}__icontains": word})
                rows = rows.filter(condition)
            list(rows.order_by("-pk").values_list("pk", flat=True)[:40])

    return ask


def whole(owner: Any) -> Callable[[str], Any]:
    """Everything that a keystroke asks of the database and of the search, without the page around it."""
    from benchmarks import DAY
    from netjob.search import find

    return lambda text: find(owner, text, today=DAY)


def markdown(scale: float, times: dict[str, dict[str, float]]) -> str:
    ratios = {text: each["like"] / each["index"] for text, each in times.items()}
    index, like = ([each[way] for each in times.values()] for way in ("index", "like"))
    p95_of = {
        way: statistics.quantiles(some, n=20, method="inclusive")[-1]
        for way, some in (("index", index), ("like", like))
    }
    ratio = p95_of["like"] / p95_of["index"]
    lines = [
        f"Search at {scale:g}x, {len(times)} keystrokes, median of {ROUNDS} rounds each. At the 95th percentile "
        f"the index takes {p95_of['index']:.2f} ms and LIKE {p95_of['like']:.1f} ms: "
        f"1/{ratio:.0f} ({'within' if ratio >= GOAL else 'over'} the goal of 1/{GOAL}). Keystroke by keystroke: "
        f"1/{statistics.median(ratios.values()):.0f} at the median, 1/{min(ratios.values()):.0f} at the worst.",
        "",
        "| typed | index, ms | LIKE, ms | ratio | with what is shown, ms |",
        "|---|---|---|---|---|",
        *(
            f"| {text} | {each['index']:.2f} | {each['like']:.1f} | 1/{ratios[text]:.0f} | {each['whole']:.1f} |"
            for text, each in times.items()
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    sys.stdout.write(json.dumps(main()))

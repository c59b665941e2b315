"""Interleaved rounds: one request of each target in turn, so that a disturbance strikes them all alike."""

import gc
import random
import time
from collections.abc import Callable, Hashable

from benchmarks import SEED


def measure[Target: Hashable](
    targets: dict[Target, Callable[[], int]], *, rounds: int, warm_up: int, seconds: float
) -> tuple[dict[Target, list[float]], int]:
    """The milliseconds of each target in each round, and how many rounds there were before time was up."""
    order = list(targets)
    shuffle = random.Random(SEED).shuffle
    times: dict[Target, list[float]] = {target: [] for target in targets}
    until = time.monotonic() + seconds
    gc.disable()
    for number in range(-warm_up, rounds):
        if time.monotonic() > until and number > 0:
            return times, number
        # Nobody always comes after the same other.
        shuffle(order)
        for target in order:
            began = time.perf_counter()
            status = targets[target]()
            took = time.perf_counter() - began
            if status != 200:
                raise SystemExit(f"{target} answered {status}.")
            if number >= 0:
                times[target].append(1000 * took)
    gc.enable()
    return times, rounds

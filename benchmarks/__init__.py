"""What `make bench` runs: the pages beside one that does nothing, at 1x and at 10x (docs/performance.md)."""

import datetime as dt

DAY = dt.date(2026, 11, 23)
"""The Monday on which the benchmark always runs, whatever the calendar says."""
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)

SEED = 20261123

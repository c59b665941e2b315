"""netjob's settings, with the benchmark's own pages beside the product's and the clock at one moment."""

from netjob.settings import *  # noqa: F403
from netjob.settings import MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = [
    "benchmarks.clock.StandingClockMiddleware" if name == "netjob.clock.ClockMiddleware" else name
    for name in MIDDLEWARE
]

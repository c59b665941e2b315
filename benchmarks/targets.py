"""What is measured: an account of each scale in a data folder of its own, behind the real server."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
CONSTANT, LOG_IN = "/benchmark/constant/", "/benchmark/behind-log-in/"
PATIENCE = 30
"""Seconds that a server may take to start, and to stop."""


@dataclass(frozen=True)
class Account:
    folder: Path
    scale: float
    digest: str
    seconds: float
    """That filling it took."""
    session: str
    pages: dict[str, dict[str, Any]]


def filled(folder: Path, scale: float) -> Account:
    """A fresh database with the rows of this scale."""
    folder.mkdir()
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.account", str(scale)],
        cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, check=True, timeout=600,
    ).stdout  # fmt: skip
    return Account(folder, **json.loads(told))


def searched(account: Account) -> dict[str, dict[str, float]]:
    """The milliseconds of each keystroke, by way (`benchmarks.search`)."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.search"],
        cwd=ROOT, env=environment(account.folder), stdout=subprocess.PIPE, check=True, timeout=600,
    ).stdout  # fmt: skip
    return json.loads(told)


@contextmanager
def serving(account: Account) -> Iterator[Callable[[str], Callable[[], int]]]:
    """The server as `make run` starts it; gives what makes, of an address, a function that asks for it once.

    One connection for all, kept alive: what a browser does.
    """
    port = free_port()
    with running(environment(account.folder, port), port, CONSTANT):
        connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        signed_in = {"Cookie": f"session={account.session}", "Accept-Encoding": "br, gzip"}

        def asking(url: str) -> Callable[[], int]:
            path, headers = request_of(url)
            headers |= {} if url == CONSTANT else signed_in

            def ask() -> int:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                answer.read()
                return answer.status

            return ask

        yield asking
        connection.close()


@contextmanager
def running(surroundings: dict[str, str], port: int, ready: str) -> Iterator[None]:
    """netjob as `make run` starts it, from when it answers at the address `ready` until the end."""
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port, server, ready)
        yield
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def request_of(url: str) -> tuple[str, dict[str, str]]:
    """The path and the headers of an address; "#found" asks as htmx does for what goes into that element."""
    path, _hash, target = url.partition("#")
    return path, {"HX-Request": "true", "HX-Target": target} if target else {}


def environment(folder: Path, port: int = 8000) -> dict[str, str]:
    """The benchmark's own, whatever `.env` and the shell say."""
    mine = {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "NETJOB_DATA": str(folder),
        "NETJOB_PORT": str(port),
        "NETJOB_URL": f"http://localhost:{port}",
        "NETJOB_LISTEN": HOST,
        "NETJOB_SIGNUP": "closed",
        "NETJOB_DEBUG": "0",
        "NETJOB_SECRET_KEY": "only-for-the-benchmark-and-as-long-as-a-secret-should-be",
        "NETJOB_MAIL_FROM": "netjob@localhost",
        "EMAIL_URL": "memorymail://",
        "DATABASE_URL": f"sqlite:///{folder}/netjob.sqlite3",
    }
    inherited = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in mine}
    return inherited | mine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_for(port: int, server: subprocess.Popen[bytes], ready: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = HTTPConnection(HOST, port, timeout=PATIENCE)
            connection.request("GET", ready)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The server on port {port} did not start.")

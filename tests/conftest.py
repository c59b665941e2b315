"""The fixed cast (alice owns, bob must not see), a fixed day, and no network."""

import datetime as dt
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

MONDAY = dt.date(2026, 11, 23)
NINE_O_CLOCK = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


def pytest_report_header() -> str:
    from django.db import connection

    return f"database: {connection.vendor}"


@pytest.fixture
def alice(db: None) -> Any:
    from tests.factories import UserFactory

    return UserFactory(email="alice@example.org", name="Alice Archer", time_zone="Europe/Berlin")


@pytest.fixture
def bob(db: None) -> Any:
    from tests.factories import UserFactory

    return UserFactory(email="bob@example.org", name="Bob Baker", time_zone="America/New_York")


@pytest.fixture
def alice_client(alice: Any) -> Client:
    return signed_in(alice)


@pytest.fixture
def bob_client(bob: Any) -> Client:
    return signed_in(bob)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def today() -> dt.date:
    return MONDAY


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """The clock stands still at nine on Monday, UTC; move it with `frozen.move_to` or `frozen.shift`."""
    with time_machine.travel(NINE_O_CLOCK, tick=False) as traveller:
        yield traveller


class NetworkRefusedError(AssertionError):
    pass


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Nothing leaves this machine. Kept and looked at in the end too: code may swallow the refusal."""
    refused: list[str] = []

    def guarded(name: str, address_of: Any) -> None:
        original = getattr(socket.socket, name, None) or getattr(socket, name)
        owner = socket.socket if hasattr(socket.socket, name) else socket

        def guard(*args: Any, **kwargs: Any) -> Any:
            host = address_of(*args, **kwargs)
            if not is_here(host):
                refused.append(f"{name} to {host}")
                raise NetworkRefusedError(f"A test reached for the network: {refused[-1]}")
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, guard)

    guarded("connect", host_of_connection)
    guarded("connect_ex", host_of_connection)
    guarded("getaddrinfo", lambda host, *args, **kwargs: host)
    yield refused
    assert not refused, f"A test reached for the network: {refused}"


def host_of_connection(sock: socket.socket, address: Any) -> Any:
    return None if sock.family == getattr(socket, "AF_UNIX", None) else address[0]


def is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    return name in (None, "localhost", "127.0.0.1", "::1")

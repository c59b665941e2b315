"""netjob asks nobody: every test runs without network, and here is the proof that the guard bites.

The planted calls go to 0.0.0.0, which is this machine: were the guard broken, still nothing would leave.
"""

import contextlib
import socket
import threading
import urllib.request

import pytest

from tests.conftest import NetworkRefusedError

ELSEWHERE = ("0.0.0.0", 9)


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_a_planted_connection_is_refused(no_network: list[str], method: str) -> None:
    with socket.socket() as planted, pytest.raises(NetworkRefusedError):
        getattr(planted, method)(ELSEWHERE)
    assert no_network.pop() == f"{method} to 0.0.0.0"


def test_a_planted_request_does_not_even_ask_for_the_name(no_network: list[str]) -> None:
    with pytest.raises(NetworkRefusedError):
        urllib.request.urlopen("http://host.invalid/")
    assert no_network.pop() == "getaddrinfo to host.invalid"


def test_a_refusal_that_was_swallowed_in_a_thread_is_kept(no_network: list[str]) -> None:
    def swallow() -> None:
        with contextlib.suppress(AssertionError):
            socket.create_connection(ELSEWHERE)

    thread = threading.Thread(target=swallow)
    thread.start()
    thread.join()
    assert no_network.pop() == "getaddrinfo to 0.0.0.0"


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass

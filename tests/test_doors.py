"""The doors: which Python is taken, when requirements are installed, how the server starts and stops."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from netjob.env import BASE_DIR as ROOT

WORKING = f'exec "{sys.executable}" "$@"'
TOO_OLD = "exit 1"  # what `sys.exit(sys.version_info < (3, 12))` gives on 3.11
SHIM = 'echo "pyenv: python3.13: command not found" >&2; exit 127'
TOOLS = (
    "sh",
    "ls",
    "sort",
    "grep",
    "cksum",
    "tr",
    "sed",
    "tail",
    "cat",
    "dirname",
    "rm",
    "mkdir",
    "touch",
    "chmod",
)


def fake(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """A machine with the usual tools and no Python at all."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(str(shutil.which(tool)))
    return {"PATH": f"{tmp_path / 'bin'}:{tools}", "HOME": str(tmp_path)}


def run(command: list[str | Path], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


class TestFindPython:
    def find(self, machine: dict[str, str], **more: str) -> subprocess.CompletedProcess[str]:
        return run([ROOT / "bin/find-python"], machine | more)

    def test_the_first_that_really_runs(self, machine: dict[str, str], tmp_path: Path) -> None:
        fake(tmp_path / "bin/python3", TOO_OLD)
        fake(tmp_path / "bin/python3.14", SHIM)
        fake(tmp_path / "bin/python3.13", WORKING)
        fake(tmp_path / "bin/python3.12", WORKING)
        assert self.find(machine).stdout == f"{tmp_path}/bin/python3.13\n"

    def test_python3_when_it_is_new_enough(self, machine: dict[str, str], tmp_path: Path) -> None:
        fake(tmp_path / "bin/python3", WORKING)
        fake(tmp_path / "bin/python3.13", WORKING)
        assert self.find(machine).stdout == f"{tmp_path}/bin/python3\n"

    def test_the_newest_of_pyenv(self, machine: dict[str, str], tmp_path: Path) -> None:
        fake(tmp_path / "bin/python3", SHIM)
        for version in ("3.9.18", "3.12.1", "3.13.2", "3.13.10"):
            fake(tmp_path / f"my pyenv/versions/{version}/bin/python", WORKING)
        fake(tmp_path / "my pyenv/versions/3.14.0/bin/python", SHIM)
        found = self.find(machine, PYENV_ROOT=f"{tmp_path}/my pyenv")
        assert found.stdout == f"{tmp_path}/my pyenv/versions/3.13.10/bin/python\n"

    def test_pyenv_in_the_home_folder(self, machine: dict[str, str], tmp_path: Path) -> None:
        python = fake(tmp_path / ".pyenv/versions/3.12.1/bin/python", WORKING)
        assert self.find(machine).stdout == f"{python}\n"

    def test_the_one_that_was_named(self, machine: dict[str, str], tmp_path: Path) -> None:
        fake(tmp_path / "bin/python3", WORKING)
        named = fake(tmp_path / "my own/python", WORKING)
        assert self.find(machine, PYTHON=str(named)).stdout == f"{named}\n"

    def test_a_named_one_that_is_too_old_is_told_and_passed_over(
        self, machine: dict[str, str], tmp_path: Path
    ) -> None:
        fake(tmp_path / "bin/python3", WORKING)
        old = fake(tmp_path / "old", TOO_OLD)
        found = self.find(machine, PYTHON=str(old))
        assert found.stdout == f"{tmp_path}/bin/python3\n"
        assert found.stderr == f"PYTHON={old} is not a Python 3.12 or newer with venv: looking for another.\n"

    def test_none_is_said_in_one_sentence(self, machine: dict[str, str], tmp_path: Path) -> None:
        fake(tmp_path / "bin/python3", TOO_OLD)
        found = self.find(machine)
        assert (found.returncode, found.stdout) == (1, "")
        assert found.stderr.startswith(
            "netjob needs Python 3.12 or newer with its venv module, and found none"
        )
        assert found.stderr.count("\n") == 1


class TestMakeVenv:
    """With a fake Python that writes down what it was asked to do, in a copy with a space in its name."""

    FAKE = """
case "$*" in
    --version) echo "Python 3.12.0" ;;
    "-m venv .venv") mkdir -p .venv/bin && cat "$0" > .venv/bin/python && chmod 755 .venv/bin/python ;;
    "-m pip install "*) shift 2; echo "$*" >> pip.log; [ ! -e kill ] || kill -9 $PPID; [ ! -e offline ] ;;
esac"""

    @pytest.fixture
    def house(self, machine: dict[str, str], tmp_path: Path) -> Path:
        fake(tmp_path / "bin/python3", self.FAKE)
        house = tmp_path / "my house"
        shutil.copytree(ROOT / "bin", house / "bin")
        (house / "requirements").mkdir()
        for kind in ("run", "postgres", "dev"):
            (house / f"requirements/{kind}.txt").write_text(f"{kind}==1\n")
        return house

    def installed(self, house: Path, machine: dict[str, str], kind: str, **more: str) -> list[str]:
        """What pip was asked for by one more `bin/make-venv`."""
        (house / "pip.log").write_text("")
        self.done = run([house / "bin/make-venv", kind], machine | more)
        return re.findall(r"requirements/(\w+)\.txt", (house / "pip.log").read_text())

    def test_the_second_time_there_is_nothing_to_do(self, machine: dict[str, str], house: Path) -> None:
        assert self.installed(house, machine, "app") == ["run"]
        assert self.installed(house, machine, "app") == []
        assert self.done.stdout == ""

    def test_what_is_installed_is_pinned_by_hash(self, machine: dict[str, str], house: Path) -> None:
        self.installed(house, machine, "app")
        assert "--require-hashes" in (house / "pip.log").read_text()

    def test_the_content_decides_and_not_the_date(self, machine: dict[str, str], house: Path) -> None:
        self.installed(house, machine, "app")
        (house / "requirements/run.txt").touch()
        assert self.installed(house, machine, "app") == []
        (house / "requirements/run.txt").write_text("run==2\n")
        assert self.installed(house, machine, "app") == ["run"]
        (house / "requirements/run.txt").write_text("run==1\n")
        assert self.installed(house, machine, "app") == ["run"], "the old stamp was not taken away"

    def test_the_developers_requirements_hold_the_others(self, machine: dict[str, str], house: Path) -> None:
        assert self.installed(house, machine, "dev") == ["dev"]
        assert self.installed(house, machine, "app") == []
        assert self.installed(house, machine, "postgres") == []

    def test_the_database_decides(self, machine: dict[str, str], house: Path) -> None:
        url = "postgres://me@host/name"
        assert self.installed(house, machine, "app", DATABASE_URL=url) == ["postgres"]
        (house / "requirements/run.txt").write_text("run==2\n")
        (house / ".env").write_text(f"DATABASE_URL='{url}'\n")
        assert self.installed(house, machine, "app") == []
        assert self.installed(house, machine, "app", DATABASE_URL="sqlite:///x") == ["run"]

    def test_a_refusal_of_pip_leaves_no_stamp(self, machine: dict[str, str], house: Path) -> None:
        (house / "offline").touch()
        assert self.installed(house, machine, "app") == ["run"]
        assert self.done.returncode == 1
        (house / "offline").unlink()
        assert self.installed(house, machine, "app") == ["run"]
        assert "Making the environment" not in self.done.stdout

    def test_an_interrupted_installation_is_begun_afresh(self, machine: dict[str, str], house: Path) -> None:
        (house / "kill").touch()
        assert self.installed(house, machine, "app") == ["run"]
        (house / "kill").unlink()
        assert self.installed(house, machine, "app") == ["run"]
        assert "Making the environment" in self.done.stdout

    def test_a_broken_environment_is_made_anew(self, machine: dict[str, str], house: Path) -> None:
        self.installed(house, machine, "app")
        (house / ".venv/bin/python").unlink()
        assert self.installed(house, machine, "app") == ["run"]
        assert "Making the environment" in self.done.stdout


def test_the_three_requirements_agree_on_every_version() -> None:
    def pins(kind: str) -> set[str]:
        text = (ROOT / f"requirements/{kind}.txt").read_text()
        return set(re.findall(r"^\S+==\S+", text, re.MULTILINE))

    assert pins("run") < pins("postgres") < pins("dev")


class TestServe:
    @pytest.fixture
    def port(self) -> int:
        with socket.create_server(("127.0.0.1", 0)) as free:
            return int(free.getsockname()[1])

    @pytest.fixture
    def environment(self, tmp_path: Path, port: int) -> dict[str, str]:
        """A newcomer's: nothing of the tests' own settings or database."""
        foreign = ("NETJOB_", "DJANGO_", "DATABASE_URL", "EMAIL_URL", "PYTEST_")
        plain = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return plain | {"NETJOB_DATA": str(tmp_path / "my data"), "NETJOB_PORT": str(port)}

    SERVE = (sys.executable, str(ROOT / "manage.py"), "serve")

    def test_it_starts_answers_and_stops_cleanly(self, environment: dict[str, str], port: int) -> None:
        server = subprocess.Popen(
            self.SERVE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            said = []
            for line in server.stdout:  # type: ignore[union-attr]
                said.append(line)
                if "first visitor" in line:
                    break
            assert f"netjob is at http://localhost:{port} (stop it with Ctrl-C)\n" in said
            # The address is printed when it already takes connections: no waiting here.
            with urllib.request.urlopen(f"http://localhost:{port}/accounts/login/", timeout=30) as answer:
                assert answer.status == 200
            if Path("/proc/self/task").is_dir():  # Linux
                assert len(children(server.pid)) == 2
        finally:
            server.send_signal(signal.SIGINT)
            rest, _ = server.communicate(timeout=30)
        assert server.returncode == 0
        assert "Traceback" not in rest

    def test_a_second_start_has_nothing_to_prepare(self, environment: dict[str, str]) -> None:
        first = run([*self.SERVE, "--set-up-only"], environment)
        assert "Bringing the database up to date" in first.stdout, first.stderr
        second = run([*self.SERVE, "--set-up-only"], environment)
        assert second.stdout == "Everything is set up. To start: make run\n", second.stderr

    def test_a_port_that_is_taken_is_said_in_one_sentence(
        self, environment: dict[str, str], port: int, tmp_path: Path
    ) -> None:
        with socket.create_server(("127.0.0.1", port)):
            refused = run([*self.SERVE], environment)
        assert refused.returncode == 1
        assert re.search(
            rf"cannot listen on 127.0.0.1, port {port} \(.*\).*NETJOB_PORT={port + 1}", refused.stderr
        )
        assert refused.stderr.count("\n") == 1
        assert not (tmp_path / "my data/netjob.sqlite3").exists()

    def test_the_first_account_can_be_made_without_a_browser(self, environment: dict[str, str]) -> None:
        run([*self.SERVE, "--set-up-only"], environment)
        made = run(
            [*self.SERVE[:2], "createsuperuser", "--noinput", "--email", "owner@example.org"],
            environment | {"DJANGO_SUPERUSER_PASSWORD": "a long enough one"},
        )
        assert made.returncode == 0, made.stderr


def children(pid: int) -> list[str]:
    """The processes that this one started, when they are there (within five seconds)."""
    found: list[str] = []
    for _ in range(50):
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if len(found) > 1:
            break
        time.sleep(0.1)
    return found

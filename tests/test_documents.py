"""What the documents say is so."""

import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from netjob.env import BASE_DIR as ROOT

README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_command_is_in_the_makefile(document: str) -> None:
    commands = set(
        re.findall(r"make ([a-z-]+)(?=[`\s]|$)", "\n".join(code_of((ROOT / document).read_text())))
    )
    assert commands
    assert commands <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def test_run_and_test_come_first() -> None:
    block = README.split("```")[1]
    assert re.findall(r"^make \w+", block, re.MULTILINE) == ["make run", "make test"]


def test_the_help_of_the_makefile_names_only_what_there_is() -> None:
    told = set(re.findall(r"^#   make (\w+)", MAKEFILE, re.MULTILINE))
    assert told <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def test_the_configuration_table_names_exactly_the_variables_of_the_example() -> None:
    table = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)
    assert table == re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_the_backup_command_copies_a_database_that_is_being_written(tmp_path: Path) -> None:
    command = next(line for line in README.splitlines() if "VACUUM INTO" in line)
    (tmp_path / "data").mkdir()
    writer = sqlite3.connect(tmp_path / "data/netjob.sqlite3")
    writer.executescript(
        "PRAGMA journal_mode=WAL; CREATE TABLE kept (word); INSERT INTO kept VALUES ('saved');"
    )
    writer.execute("INSERT INTO kept VALUES ('not yet')")
    _, *arguments = shlex.split(command)
    subprocess.run([sys.executable, *arguments], cwd=tmp_path, check=True)
    copy = sqlite3.connect(tmp_path / "backup.sqlite3")
    assert copy.execute("SELECT word FROM kept").fetchall() == [("saved",)]


@pytest.mark.parametrize("record", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_record_is_short(record: Path) -> None:
    assert len(record.read_text().splitlines()) <= 40


def code_of(markdown: str) -> list[str]:
    """What stands in code blocks and between backticks."""
    blocks = re.findall(r"```\w*\n(.*?)```", markdown, re.DOTALL)
    return blocks + re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", markdown, flags=re.DOTALL))

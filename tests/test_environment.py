"""The environment is read loudly, and documented whole."""

import ast
import os
import re
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from netjob import env

ROOT = env.BASE_DIR


def names_in_the_code() -> set[str]:
    """The first argument of every `_text("…")` in netjob/env.py."""
    calls = [
        node
        for node in ast.walk(ast.parse((ROOT / "netjob/env.py").read_text()))
        if isinstance(node, ast.Call)
    ]
    reads = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_text"]
    return {call.args[0].value for call in reads if isinstance(call.args[0], ast.Constant)}


def names_in_the_example() -> list[str]:
    return re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment with nothing of netjob's in it but the data folder, and no .env."""
    for name in names_in_the_code():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(env, "BASE_DIR", tmp_path)
    return monkeypatch


def test_the_example_names_every_variable_once_with_a_line_of_its_own() -> None:
    assert sorted(names_in_the_example()) == sorted(names_in_the_code())
    described = re.findall(r"^# .+\n([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert described == names_in_the_example()


def test_the_example_as_it_stands_is_the_default(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plain = env.read()
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text())
    assert env.read() == plain


def test_the_tests_have_an_environment_of_their_own() -> None:
    for name in names_in_the_code():
        assert name in os.environ, f"tests/settings.py does not say what {name} is"
    assert not Path(os.environ["NETJOB_DATA"]).is_relative_to(ROOT)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("NETJOB_PORT", "http", "NETJOB_PORT must be a number from 1 to 65535, not 'http'"),
        ("NETJOB_PORT", "70000", "NETJOB_PORT must be a number from 1 to 65535"),
        ("NETJOB_URL", "jobs.example", "NETJOB_URL must be an address such as https://jobs.example"),
        ("NETJOB_URL", "https://jobs.example/netjob", "without a path"),
        ("NETJOB_URL", "http://localhost:port", "NETJOB_URL must be an address"),
        ("NETJOB_SIGNUP", "everybody", "NETJOB_SIGNUP must be one of first, open, closed, not 'everybody'"),
        ("NETJOB_DEBUG", "perhaps", "NETJOB_DEBUG must be 1 or 0, not 'perhaps'"),
        (
            "DATABASE_URL",
            "mysql://me:secret@host/name",
            "DATABASE_URL must begin with sqlite:/// or postgres://",
        ),
        ("DATABASE_URL", "postgres://me@host:port/name", "DATABASE_URL is not an address"),
        ("EMAIL_URL", "post://host", "EMAIL_URL is not an address that netjob understands"),
        ("NETJOB_SECRET_KEY_FILE", "/nowhere/key", "NETJOB_SECRET_KEY_FILE names a file that cannot be read"),
        ("NETJOB_DATA", "/dev/null/data", "NETJOB_DATA names a folder that cannot be made"),
    ],
)
def test_what_cannot_be_is_said_with_the_name(
    bare: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    bare.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=re.escape(says)) as refusal:
        env.read()
    assert "secret" not in str(refusal.value).replace("SECRET", "")


def test_a_secret_is_read_from_a_file_without_its_newline(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from-a-file\n")
    bare.setenv("NETJOB_SECRET_KEY", "from the environment")
    bare.setenv("NETJOB_SECRET_KEY_FILE", str(file))
    assert env.read().secret_key == "from-a-file"
    file.write_text("\n")
    with pytest.raises(ImproperlyConfigured, match="names an empty file"):
        env.read()


def test_a_secret_may_begin_with_a_dollar(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("NETJOB_SECRET_KEY", "$HOME-is-not-meant")
    assert env.read().secret_key == "$HOME-is-not-meant"


def test_the_secret_is_made_once_and_only_the_owner_reads_it(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = env.read().secret_key
    assert len(first) >= 50
    assert env.read().secret_key == first
    assert stat.S_IMODE((tmp_path / "data/secret-key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]


def test_dotenv_is_read_and_the_environment_has_the_last_word(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("NETJOB_PORT=8100\nNETJOB_SIGNUP='open'\n")
    bare.setenv("NETJOB_PORT", "8200")
    read = env.read()
    assert (read.port, read.url, read.signup) == (8200, "http://localhost:8200", "open")


def test_a_strange_folder_name_is_taken_as_it_is(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare.setenv("NETJOB_DATA", str(tmp_path / "my +20% data"))
    assert env.read().database["NAME"] == str(tmp_path / "my +20% data/netjob.sqlite3")


def test_postgresql_keeps_what_its_address_asks_for(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DATABASE_URL", "postgres://me:p%40ss@host:5433/name?sslmode=require")
    database = env.read().database
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("host", 5433, "p@ss")
    assert database["OPTIONS"] == {
        "connect_timeout": 5,
        "options": "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
        "sslmode": "require",
    }


def test_a_public_address_is_strict(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("NETJOB_URL", "https://jobs.example/")
    read = env.read()
    assert (read.url, read.hosts, read.is_https, read.is_public) == (
        "https://jobs.example",
        ["jobs.example"],
        True,
        True,
    )

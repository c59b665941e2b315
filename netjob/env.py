"""The environment, read once and loudly: every variable that netjob knows stands here.

`.env.example` lists the same names with a line each; a test compares the two. django-environ understands
`.env` and the two URLs; values are read here, because it takes a leading `$` for another variable's name
and every unknown word for False.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
SIGNUP_CHOICES = ("first", "open", "closed")
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
DATABASES = ("sqlite", "postgres", "postgresql")


@dataclass(frozen=True)
class Environment:
    data: Path
    port: int
    url: str
    listen: str
    hosts: list[str]
    signup: str
    debug: bool
    secret_key: str
    database: dict[str, object]
    email: dict[str, object]
    mail_from: str

    @property
    def is_https(self) -> bool:
        return self.url.startswith("https://")

    @property
    def is_public(self) -> bool:
        """Whether strangers may reach the sign-up page before the owner does."""
        return (urlsplit(self.url).hostname or "") not in LOCAL_HOSTS


def read() -> Environment:
    """Read `.env` and the environment.

    Raises ImproperlyConfigured with the variable's name and what it may hold.
    """
    environ.Env.read_env(str(BASE_DIR / ".env"))
    data = _data(_text("NETJOB_DATA", str(BASE_DIR / "data")))
    port = _text("NETJOB_PORT", "8000")
    if not (port.isdecimal() and 1 <= int(port) <= 65535):
        raise ImproperlyConfigured(f"NETJOB_PORT must be a number from 1 to 65535, not {port!r}.")
    url, host = _address(_text("NETJOB_URL", f"http://localhost:{port}"))
    signup = _text("NETJOB_SIGNUP", "first")
    if signup not in SIGNUP_CHOICES:
        choices = ", ".join(SIGNUP_CHOICES)
        raise ImproperlyConfigured(f"NETJOB_SIGNUP must be one of {choices}, not {signup!r}.")
    debug = _text("NETJOB_DEBUG", "0").lower()
    if debug not in YES + NO:
        raise ImproperlyConfigured(f"NETJOB_DEBUG must be 1 or 0, not {debug!r}.")
    local = LOCAL_HOSTS if host in LOCAL_HOSTS else ()
    return Environment(
        data=data,
        port=int(port),
        url=url,
        listen=_text("NETJOB_LISTEN", "127.0.0.1"),
        hosts=[host, *(f"[{name}]" if ":" in name else name for name in local)],
        signup=signup,
        debug=debug in YES,
        secret_key=_text("NETJOB_SECRET_KEY") or kept_secret(data / "secret-key", get_random_secret_key),
        database=_database(_text("DATABASE_URL"), data),
        email=_parsed("EMAIL_URL", environ.Env.email_url_config, _text("EMAIL_URL", "consolemail://")),
        mail_from=_text("NETJOB_MAIL_FROM", f"netjob@{host}"),
    )


def _text(name: str, default: str = "") -> str:
    """The variable `name`, or what the file named by `name`_FILE holds; empty counts as unset."""
    file = os.environ.get(f"{name}_FILE")
    if not file:
        return os.environ.get(name, "").strip() or default
    try:
        text = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error}.") from error
    if not text:
        raise ImproperlyConfigured(f"{name}_FILE names an empty file: {file}.")
    return text


def _data(folder: str) -> Path:
    path = Path(folder).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"NETJOB_DATA names a folder that cannot be made: {error}.") from error
    return path


def _address(url: str) -> tuple[str, str]:
    """The address without a trailing slash, and its host."""
    url = url.rstrip("/")
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") and parts.port != 0 else None
    except ValueError:
        host = None
    if not host or parts.path or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(
            f"NETJOB_URL must be an address such as https://jobs.example, without a path, not {url!r}."
        )
    return url, host


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """A secret of this installation: made when it is first needed, and kept beside the data.

    Written aside and linked into place whole: of two first starts at once neither reads an empty file.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _parsed(name: str, parse: Callable[[str], dict[str, object]], url: str) -> dict[str, object]:
    try:
        return parse(url)
    except (ImproperlyConfigured, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is not an address that netjob understands: {error}.") from error


def _database(url: str, data: Path) -> dict[str, object]:
    if not url:  # not by way of an address, which would read a "+" or "%" in the folder's name its own way
        database: dict[str, object] = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data / "netjob.sqlite3"),
        }
    elif urlsplit(url).scheme in DATABASES:
        database = _parsed("DATABASE_URL", environ.Env.db_url_config, url)
    else:  # not quoted: it may hold a password
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
    database["CONN_MAX_AGE"] = 600
    database["ATOMIC_REQUESTS"] = False
    asked = database.get("OPTIONS", {})  # such as ?sslmode=require
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Measured: with Django's defaults writers are refused with "database is locked"; see docs/adr.
        options: dict[str, object] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA secure_delete=ON;PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-8000;"
            "PRAGMA temp_store=MEMORY;",
        }
    else:
        database["CONN_HEALTH_CHECKS"] = True
        options = {
            "connect_timeout": 5,
            "options": "-c statement_timeout=30s -c lock_timeout=10s "
            "-c idle_in_transaction_session_timeout=60s",
        }
    database["OPTIONS"] = options | (asked if isinstance(asked, dict) else {})
    return database

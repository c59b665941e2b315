"""The environment, read once and loudly: every variable that netjob knows stands here.

`.env.example` lists the same names with a line each; a test compares the two.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
SIGNUP_CHOICES = ("first", "open", "closed")


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
    env = environ.FileAwareEnv()
    environ.Env.read_env(str(BASE_DIR / ".env"))
    data = Path(env.str("NETJOB_DATA", default=str(BASE_DIR / "data"))).expanduser().resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    port = env.int("NETJOB_PORT", default=8000)
    url = env.str("NETJOB_URL", default=f"http://localhost:{port}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ImproperlyConfigured(f"NETJOB_URL must be an address such as https://jobs.example, not {url!r}.")
    signup = env.str("NETJOB_SIGNUP", default="first")
    if signup not in SIGNUP_CHOICES:
        raise ImproperlyConfigured(f"NETJOB_SIGNUP must be one of {', '.join(SIGNUP_CHOICES)}, not {signup!r}.")
    local = LOCAL_HOSTS if parts.hostname in LOCAL_HOSTS else ()
    return Environment(
        data=data,
        port=port,
        url=url,
        listen=env.str("NETJOB_LISTEN", default="127.0.0.1"),
        hosts=[parts.hostname, *(f"[{host}]" if ":" in host else host for host in local)],
        signup=signup,
        debug=env.bool("NETJOB_DEBUG", default=False),
        secret_key=env.str("NETJOB_SECRET_KEY", default="").strip() or _kept_secret(data / "secret-key"),
        database=_database(env, data),
        email=env.email("EMAIL_URL", default="consolemail://"),
        mail_from=env.str("NETJOB_MAIL_FROM", default=f"netjob@{parts.hostname}"),
    )


def _kept_secret(path: Path) -> str:
    """The secret of this installation, made at the first start and kept beside the data."""
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text().strip()


def _database(env: environ.Env, data: Path) -> dict[str, object]:
    database: dict[str, object] = env.db("DATABASE_URL", default=f"sqlite:///{data / 'netjob.sqlite3'}")
    database["CONN_MAX_AGE"] = 600
    database["ATOMIC_REQUESTS"] = False
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Measured: with Django's defaults writers are refused with "database is locked"; see docs/adr.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA secure_delete=ON;PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-8000;"
            "PRAGMA temp_store=MEMORY;",
        }
    else:
        database["CONN_HEALTH_CHECKS"] = True
        database["OPTIONS"] = {
            "connect_timeout": 5,
            "options": "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
        }
    return database

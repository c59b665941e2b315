"""netjob's settings, in an environment of the tests' own: the same on every machine, whatever `.env` says.

Set here because pytest-django reads the settings before any conftest is loaded, and because reading them
makes the data folder. Only DATABASE_URL is taken over, for the run on PostgreSQL.

On SQLite the test database is a file, not memory: a live server's threads share one in-memory connection,
where a waiting writer is refused at once ("table is locked") instead of waiting its turn; and it is in files
that the settings of `netjob.env` (write-ahead log, immediate transactions) do what they do for the user.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker lives in the folder of the process that started it
    folder = tempfile.mkdtemp(prefix="netjob-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    here = {
        "NETJOB_DATA": folder,
        "NETJOB_PORT": "8000",
        "NETJOB_URL": "http://localhost:8000",
        "NETJOB_LISTEN": "127.0.0.1",
        "NETJOB_SIGNUP": "first",
        "NETJOB_DEBUG": "0",
        "NETJOB_SECRET_KEY": "only-for-the-tests-and-long-enough-for-the-deployment-check",
        "NETJOB_MAIL_FROM": "netjob@localhost",
        "EMAIL_URL": "memorymail://",
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/netjob.sqlite3",
    }
    for name in here:
        os.environ.pop(f"{name}_FILE", None)
    os.environ |= here

from netjob.settings import *  # noqa: F403
from netjob.settings import DATABASES, STATIC_ROOT, STORAGES

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['NETJOB_DATA']}/tests.sqlite3"}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Path(STATIC_ROOT).mkdir(exist_ok=True)

"""An import that is killed at any moment: afterwards each transaction is there whole or not at all, and going on
ends where an undisturbed run ends. `NETJOB_KILLS=20` tries more moments than the few of every run."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.exports import connections, export, invitations

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("NETJOB_KILLS", "3"))
PEOPLE = 1500
TABLES = (
    "contacts_person",
    "contacts_personkey",
    "companies_company",
    "outreach_request",
    "netjob_importrow",
)
IMPORTER = """
import sys
import django
django.setup()
from django.utils import timezone
from netjob.imports import applying, staging
from netjob.models import ImportBatch, User
owner, now = User.objects.get(), timezone.now()
print("ready", flush=True)
batch = ImportBatch.objects.first()
if batch is None:
    batch = staging.receive(owner, "export.zip", open(sys.argv[1], "rb").read(), today=now.date())
batch = staging.stage_all(batch, today=now.date())
applying.apply(batch, now=now, today=now.date())
"""
SET_UP = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from netjob.models import User
User.objects.create_user("ada@example.org", "a-password", name="Ada Seeker", time_zone="Europe/Berlin")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The file, a database before its import, and what stands in it after one that nobody disturbed."""
    folder = tmp_path_factory.mktemp("killed")
    people = [(f"Ana Number{n}", f"Firm {n % 300}", "Dev", "08 Feb 2026") for n in range(PEOPLE)]
    asked = [("to", f"Ben Number{n}", "8/20/26, 2:37 PM", "Hi") for n in range(100)]
    file = folder / "export.zip"
    file.write_bytes(export(Connections=connections(*people), Invitations=invitations(*asked)))
    run(folder / "empty", SET_UP).wait()
    began = time.monotonic()
    undisturbed = copy(folder / "empty", folder / "undisturbed")
    assert run(undisturbed, IMPORTER, file).wait() == 0
    return folder, file, counts(undisturbed), time.monotonic() - began


def run(data, code, *arguments):
    data.mkdir(exist_ok=True)
    mine = {"DJANGO_SETTINGS_MODULE": "netjob.settings", "NETJOB_DATA": str(data)}
    mine |= {"DATABASE_URL": f"sqlite:///{data}/netjob.sqlite3", "NETJOB_SECRET_KEY": "s" * 60}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | mine,
        stdout=subprocess.PIPE,
    )


def copy(folder, to):
    to.mkdir()
    with sqlite3.connect(folder / "netjob.sqlite3") as there, sqlite3.connect(to / "netjob.sqlite3") as here:
        there.backup(here)
    return to


def counts(folder):
    with sqlite3.connect(folder / "netjob.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        found = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}
        found["states"] = database.execute(
            "SELECT state, count(*) FROM netjob_importbatch GROUP BY state"
        ).fetchall()
        found["stages"] = database.execute(
            "SELECT stage, count(*) FROM contacts_person GROUP BY stage"
        ).fetchall()
        return found


@pytest.mark.parametrize("number", range(KILLS))
def test_nothing_is_half_done_and_going_on_ends_the_same(made, tmp_path, number):
    folder, file, whole, seconds = made
    data = copy(folder / "empty", tmp_path / "data")
    importing = run(data, IMPORTER, file)
    importing.stdout.readline()
    time.sleep(random.Random(number).uniform(0, seconds))
    importing.send_signal(signal.SIGKILL)
    importing.wait()
    stood = counts(data)
    assert stood["contacts_person"] in (0, whole["contacts_person"])
    assert stood["contacts_personkey"] in (0, whole["contacts_personkey"])
    assert stood["netjob_importrow"] % 500 in (0, (PEOPLE + 100) % 500)
    if not stood["states"] or stood["states"][0][0] != "applied":
        assert stood["contacts_person"] == 0
        assert run(data, IMPORTER, file).wait() == 0
    assert counts(data) == whole

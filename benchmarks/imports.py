"""An import of LinkedIn connections beside a bare `executemany` of the rows that it writes.

    make bench ARGS="imports --people 30000"

Each round is a fresh process and a fresh SQLite file: staging, applying, both again with nothing changed, and
then the same rows (people, their addresses, companies, their names) by prepared statements into another file.
CPU seconds, for they are less disturbed by whatever else the machine does; and the most memory that was taken.
"""

import csv
import io
import json
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

TABLES = ("companies_company", "companies_companyname", "contacts_person", "contacts_personkey")
STEPS = ("staging", "applying", "staging again", "applying again", "executemany")


def connections(people: int) -> bytes:
    """A Connections.csv: one employer for ten people, an e-mail address of every fifth."""
    dice, text = random.Random(7), io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    for number in range(people):
        email = f"someone{number}@example.org" if number % 5 == 0 else ""
        lines.writerow(
            (
                f"Given{number % 997}", f"Family{number % 8999}", f"https://www.linkedin.com/in/someone-{number}",
                email, f"Employer {dice.randrange(people // 10 + 1)}", f"Role {number % 211}", "08 Feb 2026",
            )
        )  # fmt: skip
    return text.getvalue().encode()


def main(people: int) -> dict[str, float]:
    """One round, in the environment of `benchmarks.targets`: CPU seconds of each step, and megabytes."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from netjob.imports import applying, staging
    from netjob.imports.models import ImportBatch
    from netjob.models import User

    call_command("migrate", verbosity=0)
    path = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    bare = path.with_name("bare.sqlite3")
    shutil.copy(path, bare)
    owner = User.objects.create_user(email="seeker@example.org", name="Ada Seeker", time_zone="Europe/Berlin")
    now, content, took = timezone.now(), connections(people), dict[str, float]()
    before = _memory()

    def stage() -> ImportBatch:
        batch = staging.receive(owner, "Connections.csv", content, today=now.date())
        return staging.stage_all(batch, today=now.date())

    for again in ("", " again"):
        took[f"staging{again}"], batch = _timed(stage)
        took[f"applying{again}"], batch = _timed(lambda: applying.apply(batch, now=now, today=now.date()))  # noqa: B023
        sys.stderr.write(f"{batch.message}\n")
    took["memory"], took["before"] = _memory(), before
    took["executemany"] = bare_insert(path, bare)
    return took


def bare_insert(filled: Path, bare: Path) -> float:
    """The rows of one file into the same tables, with the same indexes, of another: CPU seconds."""
    with sqlite3.connect(filled) as there, sqlite3.connect(bare) as here:
        here.execute("PRAGMA foreign_keys=OFF")
        rows = {table: _rows(there, table) for table in TABLES}
        began = time.process_time()
        for table, (columns, found) in rows.items():
            places = ", ".join("?" * len(columns))
            here.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", found)
        here.commit()
        return time.process_time() - began


def _rows(there: sqlite3.Connection, table: str) -> tuple[list[str], list[Any]]:
    # Of a generated column nobody writes the value; `table_xinfo` calls it hidden.
    columns = [
        name for _n, name, *_more, hidden in there.execute(f"PRAGMA table_xinfo({table})") if not hidden
    ]
    return columns, there.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()


def _timed[T](act: Callable[[], T]) -> tuple[float, T]:
    began = time.process_time()
    done = act()
    return time.process_time() - began, done


def _memory() -> float:
    """Megabytes at the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rounds(folder: Path, *, people: int, count: int) -> list[dict[str, float]]:
    from benchmarks.targets import ROOT, environment

    found = []
    for number in range(count):
        (place := folder / str(number)).mkdir()
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.imports", str(people)],
            cwd=ROOT, env=environment(place), stdout=subprocess.PIPE, check=True, timeout=600,
        ).stdout  # fmt: skip
        found.append(json.loads(told))
    return found


def markdown(people: int, found: list[dict[str, float]]) -> str:
    bare = median(each["executemany"] for each in found)
    lines = [
        f"{people:,} connections, {len(found)} rounds, medians", "",
        "| step | CPU s | x executemany |", "|---|---|---|",
        *(
            f"| {step} | {median(each[step] for each in found):.2f} | "
            f"{median(each[step] for each in found) / bare:.1f} |"
            for step in STEPS
        ),
        "", f"Most memory: {max(each['memory'] for each in found):.0f} MB "
        f"({max(each['before'] for each in found):.0f} MB before the first).",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))))

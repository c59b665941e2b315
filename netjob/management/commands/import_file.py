"""`manage.py import_file FILE --owner EMAIL`: what the pages of an import do, in one step.

The kind of file is recognised by its content. With --json one object on standard output, for other programs.
"""

import json
from collections.abc import Iterable
from contextlib import nullcontext
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from netjob.imports import applying, staging
from netjob.imports.models import ImportBatch, ImportRow
from netjob.models import User
from netjob.ownership import Refused


class Command(BaseCommand):
    help = (
        "Imports a file for one account: a CSV, an Excel workbook, vCards, or the ZIP of a LinkedIn export."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="Whose rows they become.")
        parser.add_argument("--dry-run", action="store_true", help="Say what it would do, and do nothing.")
        parser.add_argument("--json", action="store_true", help="Say it as one JSON object.")

    def handle(self, *, file: Path, owner: str, dry_run: bool, **options: Any) -> None:
        user = User.objects.filter(email__iexact=owner).first()
        if user is None:
            raise CommandError(f"There is no account with the address {owner}.")
        try:
            said = imported(user, file.name, file.read_bytes(), is_dry=dry_run)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Refused as refusal:
            said = nothing(str(refusal), rows=getattr(refusal, "rows", 0))
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        elif said["outcome"] == "rejected":
            raise CommandError(said["message"])
        else:
            self.stdout.write(said["message"])
        if said["outcome"] == "rejected":
            raise SystemExit(1)


def imported(owner: User, name: str, content: bytes, *, is_dry: bool = False) -> dict[str, Any]:
    """Stage and apply a file; what came of it. Dry: the same, and then nothing of it stays."""
    now = timezone.now()
    with transaction.atomic() if is_dry else nullcontext():
        batch = staging.receive(owner, name, content, today=owner.today(now))
        batch = staging.stage_all(batch, today=owner.today(now))
        batch = applying.apply(batch, now=now, today=owner.today(now))
        said = told(batch)
        if is_dry:
            transaction.set_rollback(True)
    return said


def nothing(message: str, *, rows: int = 0) -> dict[str, Any]:
    """A file that was refused: nothing has changed."""
    figures = dict.fromkeys(("creates", "updates", "merges", "companies"), 0)
    return {
        "outcome": "rejected",
        "rows": rows,
        **figures,
        "skips": [],
        "rejects": [],
        "cell_warnings": [],
        "message": message,
    }


def told(batch: ImportBatch) -> dict[str, Any]:
    counts = batch.counts
    rows = list(batch.rows.order_by("position"))
    skips = [_remark(row) for row in rows if row.outcome == ImportRow.Outcome.SKIPPED]
    rejects = [_remark(row) for row in rows if row.outcome == ImportRow.Outcome.REJECTED]
    warnings = list(_warnings(rows))
    return {
        "outcome": "partial" if skips or rejects or any(row.warnings for row in rows) else "ok",
        "rows": counts["rows"],
        "creates": counts["created"] if counts["people"] is None else counts["people"],
        "updates": counts["updates"],
        "merges": counts["merged"],
        "companies": counts["companies"],
        "skips": skips,
        "rejects": rejects,
        "cell_warnings": warnings,
        "message": " ".join([*batch.message.splitlines(), *batch.remarks]),
    }


def _remark(row: ImportRow) -> dict[str, Any]:
    column = row.data.get("column", "")
    return {"file": row.file, "row": row.number, "column": column, "value": row.title, "message": row.reason}


def _warnings(rows: Iterable[ImportRow]) -> Iterable[dict[str, Any]]:
    """The cells that stay empty; what is said of no cell stands in the message."""
    for row in rows:
        for column, value, message in filter(itemgetter(0), row.warnings):
            yield {"file": row.file, "row": row.number, "column": column, "value": value, "message": message}

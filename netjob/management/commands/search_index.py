"""`manage.py search_index`: whether everything is found that is there, and nothing that is not.

The database keeps the index by itself. `--check` is how one knows: it compares, says what differs, and writes
nothing. `--rebuild` makes it anew, and with it forgets for good what was deleted.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from netjob import search_index
from netjob.search import SOURCES


class Command(BaseCommand):
    help = "Compares the search's index with the rows (--check, exit 1 on a difference) or makes it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="Compare, and write nothing.")
        what.add_argument("--rebuild", action="store_true", help="Derive every text and make the index anew.")

    def handle(self, *, check: bool, **options: Any) -> None:
        if not check:
            with transaction.atomic():
                put_right = sum(source.rows().derive_anew() for source in SOURCES)
                search_index.rebuild()
            self.stdout.write(f"Made anew; {put_right} texts were not as they should be.")
            return
        wrong = [
            *(
                f"{source.table} {row.pk}: its text is not what it should be"
                for source in SOURCES
                for row in source.rows().with_wrong_derived()
            ),
            *search_index.wrong(),
        ]
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            raise CommandError(
                f"{len(wrong)} differences. `manage.py search_index --rebuild` puts them right."
            )
        self.stdout.write("The search finds everything, and nothing else.")

"""`manage.py recount`: the figures that lists sort and filter by, counted anew; it changes nothing else.

The verbs keep them right. `--check` is how one knows: it compares, says what differs, and writes nothing.
"""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import QuerySet

from companies.models import Company
from contacts.models import Person
from netjob import figures


class Command(BaseCommand):
    help = "Counts the stored figures of people and companies anew; --check only says what differs (exit 1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Compare, and write nothing.")

    def handle(self, *, check: bool, **options: Any) -> None:
        if not check:
            with transaction.atomic():
                people, companies = Person.objects.write_figures(), Company.objects.recount()
            self.stdout.write(f"Put right: {people} people, {companies} companies.")
            return
        wrong = [
            *differences(Person.objects.all()),
            *differences(Company.objects.all()),
        ]
        for line in wrong:
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"{len(wrong)} figures differ. `manage.py recount` puts them right.")
        self.stdout.write("All figures are right.")


def differences(rows: QuerySet[Any]) -> Iterator[str]:
    """Each figure that is not what it should be, as a line: "company 7: people_count is 3, not 4"."""
    model: Any = rows.model
    for pk, stored, right in figures.wrong(rows):
        for name, one, other in zip(model.FIGURES, stored, right, strict=True):
            if one != other:
                yield f"{model._meta.model_name} {pk}: {name} is {one}, not {other}"

"""`make demo`: a fictional search in a folder of its own, served on this machine only."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from netjob.env import LOCAL_HOSTS
from netjob.management.commands import serve
from netjob.models import User
from outreach import demo

FOLDER = "data-demo"
EMAIL = "robin@demo.example"
PASSWORD = "robins-fictional-search"  # noqa: S105
"""Known to everybody, so it opens nothing but the demo, and that from this machine only."""


class Command(serve.Command):
    help = f"Serves a fictional search out of the folder {FOLDER}; --fresh dates it anew."
    door = "demo"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--fresh", action="store_true", help="Build it anew, relative to today.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.fresh = options["fresh"]
        refuse_elsewhere()
        super().handle(*args, **options)

    def bring_database_up_to_date(self) -> None:
        super().bring_database_up_to_date()
        if others := User.objects.exclude(email=EMAIL).first():
            raise CommandError(
                f"{others.email} has an account here, so this is no demo. Nothing was changed."
            )
        robin = User.objects.filter(email=EMAIL).first()
        if robin and self.fresh:
            robin.delete()
            robin = None
        now = timezone.now()
        if robin is None:
            self.stdout.write("Telling a fictional search, dated relative to today (some seconds) ...")
            self.stdout.flush()
            tell(now)
        elif robin.today(now) != (told_on := robin.today(robin.date_joined)):
            day = date_format(told_on, "j F")
            self.stdout.write(f"This search was told on {day}; to date it anew: make demo ARGS=--fresh")

    def say_where(self) -> None:
        super().say_where()
        self.stdout.write(f"Log in as {EMAIL} with the password {PASSWORD}")
        self.stdout.write(f"All of it is fictional, and lives in {settings.ENV.data}")
        self.stdout.flush()


def refuse_elsewhere() -> None:
    """Its password is no secret: only in its own folder, and only where nobody else can reach it."""
    here = settings.ENV
    if here.data.name != FOLDER:
        raise CommandError(f"The demo keeps to a folder called {FOLDER}. Start it with: make demo")
    if here.is_public or here.listen not in LOCAL_HOSTS:
        raise CommandError("The demo’s password is known to everybody: it is served on this machine only.")
    if here.database["NAME"] != str(here.data / "netjob.sqlite3"):
        raise CommandError("The demo has a database of its own: take DATABASE_URL away.")


@transaction.atomic
def tell(now: dt.datetime) -> None:
    """Robin's account and the search in it: both, or (when it is interrupted) neither."""
    robin = User.objects.create_superuser(
        EMAIL,
        PASSWORD,
        name="Robin Demo",
        current_role="Data Analyst",
        time_zone="Europe/Dublin",
        country="IE",
        linkedin_account=User.LinkedInAccount.PREMIUM,
        is_founder=True,
        date_joined=now,
        welcomed_at=now,
    )
    demo.load(robin, now=now)

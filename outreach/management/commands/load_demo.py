"""`manage.py load_demo --owner EMAIL`: a fictional search in an account that is still empty."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from netjob.models import User
from netjob.ownership import Refused
from outreach import demo


class Command(BaseCommand):
    help = "Fills an empty account with a fictional search, dated relative to today, to try netjob out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="Whose account it is to fill.")
        parser.add_argument("--again", action="store_true", help="Replace a demo that was loaded before.")

    def handle(self, *, owner: str, again: bool, **options: Any) -> None:
        user = User.objects.filter(email__iexact=owner).first()
        if user is None:
            raise CommandError(f"Nobody has an account with the e-mail address {owner}. Sign up first.")
        try:
            demo.load(user, now=timezone.now(), again=again)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{user.email} now has the demo’s search. All of it is fictional.")

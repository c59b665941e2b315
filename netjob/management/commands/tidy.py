from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from netjob.models import Change, ImportBatch, Submission


class Command(BaseCommand):
    help = (
        "Forgets what is kept for a time only: undo, and files that were brought and never imported, after "
        "30 days; sent forms after 24 hours; old sessions."
    )

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        Change.objects.filter(at__lt=now - Change.KEPT).delete()
        Submission.objects.filter(at__lt=now - Submission.KEPT).delete()
        ImportBatch.objects.open().filter(created_at__lt=now - Change.KEPT).delete()
        call_command("clearsessions")

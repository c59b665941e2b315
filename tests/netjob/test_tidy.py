"""What is kept for a time only is forgotten after it, and not before."""

import datetime as dt
import uuid

from django.core.management import call_command
from django.utils import timezone

from netjob import undo
from netjob.imports import applying, staging
from netjob.models import Change, ImportBatch, ImportUpload, Submission
from tests.factories import ON, CompanyFactory


def test_undo_is_kept_for_thirty_days(alice, frozen):
    undo.delete([CompanyFactory(owner=alice)], sentence="Deleted")

    frozen.shift(dt.timedelta(days=29))
    call_command("tidy")
    assert Change.objects.exists()
    frozen.shift(dt.timedelta(days=2))
    call_command("tidy")

    assert not Change.objects.exists()


def test_the_key_of_a_sent_form_is_kept_for_a_day(alice, frozen):
    Submission.objects.create(owner=alice, key=uuid.uuid4(), fingerprint="x")

    frozen.shift(dt.timedelta(hours=23))
    call_command("tidy")
    assert Submission.objects.exists()
    frozen.shift(dt.timedelta(hours=2))
    call_command("tidy")

    assert not Submission.objects.exists()


def test_a_file_that_was_brought_and_never_imported_is_kept_for_thirty_days(alice, frozen):
    staging.begin(alice, "companies.csv", b"Company\nFigma\n", today=ON)
    done = staging.begin(alice, "imported.csv", b"Company\nLinear\n", today=ON)
    applying.apply(done, now=timezone.now(), today=ON)

    frozen.shift(dt.timedelta(days=29))
    call_command("tidy")
    assert ImportUpload.objects.count() == 1
    frozen.shift(dt.timedelta(days=2))
    call_command("tidy")

    assert [batch.file_name for batch in ImportBatch.objects.all()] == ["imported.csv"]
    assert not ImportUpload.objects.exists()

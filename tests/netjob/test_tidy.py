"""What is kept for a time only is forgotten after it, and not before."""

import datetime as dt
import uuid

from django.core.management import call_command

from netjob import undo
from netjob.models import Change, Submission
from tests.factories import CompanyFactory


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

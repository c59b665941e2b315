"""A template that came with a later release: accounts that began before it get it once."""

import datetime as dt
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from netjob.models import User
from outreach.models import MessageTemplate
from outreach.shipped import SHIPPED_TEMPLATES

NAME = "Ask whom they know at a company"
migration = import_module("outreach.migrations.0008_ask_whom_they_know")


@pytest.fixture(autouse=True)
def neither_has_it(alice, bob):
    MessageTemplate.objects.filter(name=NAME).delete()


def upgrade():
    migration.give_to_earlier_accounts(apps, SimpleNamespace(connection=connection))


def joined(user, *, days_after):
    """The account began so many days after the release that brought the template."""
    app, name = migration.SHIPPED_SINCE
    applied = MigrationRecorder(connection).migration_qs.get(app=app, name=name).applied
    User.objects.filter(pk=user.pk).update(date_joined=applied + dt.timedelta(days=days_after))


def test_who_began_before_it_gets_it_and_who_threw_it_away_does_not(alice, bob):
    joined(alice, days_after=-1)
    joined(bob, days_after=1)

    upgrade()
    upgrade()

    given = MessageTemplate.objects.get(name=NAME)
    assert given.owner == alice
    assert (given.kind, given.version, given.archived_on) == ("introduction_request", 1, None)


def test_it_reads_as_a_new_account_has_it(alice, bob):
    joined(alice, days_after=-1)
    joined(bob, days_after=1)
    upgrade()

    given = MessageTemplate.objects.get(name=NAME)
    [shipped] = [template for template in SHIPPED_TEMPLATES if template.name == NAME]
    assert (given.kind, given.name, given.subject, given.body) == shipped


def test_one_that_was_written_under_that_name_stays(alice):
    MessageTemplate.objects.create(owner=alice, kind="introduction_request", name=NAME, body="Mine")
    joined(alice, days_after=-1)

    upgrade()

    assert MessageTemplate.objects.get(name=NAME).body == "Mine"

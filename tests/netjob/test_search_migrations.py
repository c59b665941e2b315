"""A database that was filled before there was a search: the migrations fill its columns, and all of it is found."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection

from netjob import search
from netjob.models import Activity
from netjob.search import SOURCES
from outreach.models import Conversation, ConversationQuestion
from tests.test_ownership import everything_of

BEFORE = [
    ("outreach", "0002_lists_newest"),
    ("contacts", "0003_lists_by_stage"),
    ("companies", "0003_lists_sorts_and_folded_places"),
    ("netjob", "0002_shortcuts_welcome_saved_filters"),
]
TODAY = dt.date(2026, 11, 23)
YOUNGER = ("contacts_event",)
"""Tables that there were not yet: what stood in them is gone once the migrations went back."""


def sources():
    return [source for source in SOURCES if source.table not in YOUNGER]


def haystacks():
    """What stands in the column of every source: the model never reads it back."""
    found = {}
    with connection.cursor() as cursor:
        for source in sources():
            cursor.execute(f"SELECT id, haystack FROM {source.table} ORDER BY id")
            found[source.table] = cursor.fetchall()
    return found


def columns(table):
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def migrated(app, name=None):
    call_command("migrate", *filter(None, [app, name]), verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_rows_from_before_the_search_are_filled_and_found(alice):
    everything_of(alice)
    Conversation.objects.update(notes="They use Zażółć")
    ConversationQuestion.objects.update(answer="Yes, weekly")
    Activity.log(alice, "noted", "Noted", "A note of mine", on=TODAY)
    before = haystacks()
    assert all(any(text for _pk, text in rows) for rows in before.values()), [
        table for table, rows in before.items() if not any(text for _pk, text in rows)
    ]
    try:
        for app, name in BEFORE:
            migrated(app, name)
        assert not any("haystack" in columns(source.table) for source in sources())
    finally:
        for app in ("netjob", "companies", "contacts", "outreach"):
            migrated(app)

    assert haystacks() == before
    call_command("search_index", check=True, verbosity=0)
    person = SOURCES[1].rows().first()
    assert any(group.hits for group in search.find(alice, str(person)[:5], today=TODAY).groups)

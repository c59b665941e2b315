"""Begun in two tabs at once: one of them begins it, the other is told in words."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from contacts.models import Person
from netjob.ownership import Refused
from outreach.models import Conversation, Request
from tests.factories import PersonFactory

ON = dt.date(2026, 11, 2)

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(
        "postgres" not in connection.vendor, reason="SQLite has one writer at a time: nothing races there"
    ),
]


@pytest.mark.parametrize(
    ("begin", "model"),
    [
        (lambda person: Conversation.ask(person, on=ON), Conversation),
        (lambda person: Request.draft(person.owner, person, channel="message"), Request),
    ],
)
def test_the_second_waits_for_the_first_and_is_refused(transactional_db, alice, begin, model):
    person = PersonFactory(owner=alice)
    both, said = threading.Barrier(2, timeout=20), []

    def tab():
        try:
            with transaction.atomic():
                mine = Person.objects.get(pk=person.pk)
                both.wait()
                begin(mine)
        except Exception as error:
            said.append(error)
        finally:
            connection.close()

    tabs = [threading.Thread(target=tab) for _ in range(2)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join(30)

    assert [type(error) for error in said] == [Refused]
    assert model.objects.count() == 1

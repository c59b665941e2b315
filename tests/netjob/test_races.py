"""Two tabs at the same time: what they write adds up, and none of them sees a server error."""

import threading

import pytest
from django.db import connection, transaction

from companies.models import Company
from contacts.models import Person
from outreach.models import Referral
from tests.factories import CompanyFactory, ConversationFactory, PersonFactory

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(
        "postgres" not in connection.vendor, reason="SQLite has one writer at a time: nothing races there"
    ),
]


def at_once(*acts):
    """Each act in a transaction of its own, all of them begun before the first ends."""
    everybody, failed = threading.Barrier(len(acts), timeout=20), []

    def run(act):
        try:
            with transaction.atomic():
                act(everybody.wait)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []


def test_two_people_added_to_one_company_at_once_are_both_counted(transactional_db, alice):
    company = CompanyFactory(owner=alice)

    def add(wait):
        person = Person.objects.create(owner=alice, company=company, name="Priya Raman")
        wait()
        Person.settle([person])

    at_once(add, add)

    assert Company.objects.get().people_count == 2


def test_two_steps_with_one_person_at_once_leave_the_further_one(transactional_db, alice):
    person = PersonFactory(owner=alice)

    def talk(wait):
        ConversationFactory(owner=alice, person=person)
        wait()
        Person.settle([person])

    def refer(wait):
        Referral.objects.create(
            owner=alice, person=person, state="given", offered_on="2026-11-02", given_on="2026-11-03"
        )
        wait()
        Person.settle([person])

    at_once(talk, refer)

    assert Person.objects.get().stage == Person.Stage.REFERRED

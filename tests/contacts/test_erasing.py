"""Erasing for good: nothing that can be read stays, nothing brings them back but a deliberate choice."""

import datetime as dt

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection

from contacts import erasing
from contacts.models import Erasure, Person
from netjob import undo
from netjob.models import Activity, Change, ImportBatch, ImportRow
from netjob.ownership import OwnedModel, Refused
from outreach.models import Conversation, Message
from tests import factories as make
from tests.test_ownership import everything_of

pytestmark = pytest.mark.usefixtures("frozen")
NAME = "Zephyrine Quatermass"
PROFILE = "https://www.linkedin.com/in/zephyrine-quatermass/"
MAIL = "zephyrine@quatermass.example"
ON = dt.date(2026, 11, 9)


@pytest.fixture
def her(alice):
    acme = make.CompanyFactory(owner=alice, name="Acme")
    person = Person.add(
        alice, NAME, on=ON, profile=PROFILE, email=MAIL, company=acme, notes="zephyrine likes tea"
    )
    make.MessageFactory(owner=alice, person=person, text="Dear zephyrine")
    return person


def everything_stored(owner):
    models = [model for model in apps.get_models() if issubclass(model, OwnedModel) or model is Change]
    rows = [row for model in models for row in model._default_manager.filter(owner=owner)]
    with connection.cursor() as cursor:
        index = ""
        if connection.vendor == "sqlite":
            cursor.execute("SELECT group_concat(haystack) FROM netjob_search")
            index = cursor.fetchone()[0] or ""
    return (serializers.serialize("json", rows) + index).lower()


def test_nothing_that_can_be_read_stays(transactional_db, alice, her):
    everything_of(alice, "Something else")
    other = make.PersonFactory(owner=alice, name="Bo Friend")
    make.IntroductionFactory(owner=alice, introducer=her, person=other, notes="zephyrine knows Bo")
    her.move_to(make.CompanyFactory(owner=alice, name="Figma"), on=ON)
    undo.delete([her.messages.get()], sentence=f"Deleted message to {NAME}")
    batch = ImportBatch.objects.create(owner=alice, file_name="a.csv")
    ImportRow.objects.create(
        owner=alice, batch=batch, position=1, reader="people", file="a.csv", title=NAME, data={"email": MAIL},
        meaning="known", outcome="merged",
    )  # fmt: skip
    batch.portions.create(rows=[[2, "people", "a.csv", 2, NAME]])
    assert "zephyrine" in everything_stored(alice), "or this proves nothing"

    erasing.erase(her)

    assert "zephyrine" not in everything_stored(alice)
    assert Erasure.objects.owned_by(alice).count() == 3, "two of hers, one of the cast's"
    assert other in Person.objects.all()
    assert Activity.objects.owned_by(alice).exists()


def test_an_entry_that_was_merged_into_hers_goes_with_it(alice, her):
    twin = Person.add(
        alice, "Zephyrine Q. Olsen", on=ON, company=her.company, email="zephyrine@olsen.example"
    )
    her.merge(twin, on=ON, chosen={})

    erasing.erase(Person.objects.get(pk=her.pk))

    assert "zephyrine" not in everything_stored(alice)
    assert Erasure.among(alice.pk, [("email", "zephyrine@olsen.example")])


def test_it_is_asked_first_and_needs_a_tick(alice_client, her):
    url = f"/people/{her.pk}/erasure/"

    assert "There is no undo" in alice_client.get(url).content.decode()
    assert alice_client.post(url).status_code == 422
    assert Person.objects.filter(pk=her.pk).exists()
    assert alice_client.post(url, {"is_meant": "on"}).url == "/people/"
    assert not Person.objects.exists()
    assert alice_client.get(url).status_code == 404


def test_adding_her_again_is_refused_with_a_sentence(alice, her):
    erasing.erase(her)

    for keys in ({"profile": PROFILE}, {"email": MAIL.upper()}):
        with pytest.raises(Refused, match="erased for good"):
            Person.add(alice, NAME, on=ON, **keys)


@pytest.mark.parametrize(("choice", "comes_back"), [("skip", False), ("add", True)])
def test_a_paste_leaves_her_out_unless_it_is_chosen_otherwise(alice, alice_client, her, choice, comes_back):
    company = her.company
    erasing.erase(her)
    form = {"text": f"{NAME}, CTO, {PROFILE}\nBo Friend, Analyst", "kind": "peer", "found_how": "search"}
    url = f"/companies/{company.pk}/people/add/"

    asked = alice_client.post(url, form).content.decode()
    assert "was erased for good" in asked
    alice_client.post(url, form | {"asked": "1-erased", "erased_1": choice})

    names = set(Person.objects.values_list("name", flat=True))
    assert names == ({NAME, "Bo Friend"} if comes_back else {"Bo Friend"})
    assert bool(Erasure.among(alice.pk, [("linkedin", "zephyrine-quatermass")])) is not comes_back


def test_a_capture_says_it(alice, alice_client, her):
    erasing.erase(her)

    page = alice_client.get("/capture/", {"url": PROFILE, "title": NAME}).content.decode()

    assert "was erased for good" in page


def test_the_hash_is_keyed_and_another_owners_is_another(alice, bob, settings):
    key = ("email", MAIL)
    one = Erasure.digest_of(alice.pk, key)

    assert one != Erasure.digest_of(bob.pk, key)
    settings.SECRET_KEY = "another key altogether, for another installation"
    assert one != Erasure.digest_of(alice.pk, key)


def test_another_owners_person_is_left_alone(alice, bob, her):
    theirs = Person.add(bob, NAME, on=ON, profile=PROFILE)

    erasing.erase(her)

    assert Person.objects.get() == theirs
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()

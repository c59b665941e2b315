"""Erasing for good: nothing that can be read stays, nothing brings them back but a deliberate choice."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection

from contacts import erasing
from contacts.importing.forgetting import without_names
from contacts.models import Erasure, Person
from netjob import undo
from netjob.imports import applying, staging
from netjob.models import Activity, Change, ImportPortion, ImportUpload
from netjob.ownership import OwnedModel, Refused
from outreach.models import Conversation, Message
from tests import factories as make
from tests.exports import NOW, bring, connections
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
    files = [bytes(upload.content).decode(errors="replace") for upload in ImportUpload.objects.all()]
    portions = json.dumps([portion.rows for portion in ImportPortion.objects.all()])
    return "".join([serializers.serialize("json", rows), index, *files, portions]).lower()


def in_file(*names):
    """Connections.csv with these; Zephyrine has her profile and her address."""
    hers = {"link": PROFILE, "email": MAIL}
    rows = [(name, "Acme", "CTO", "08 Feb 2026", *([hers] if name == NAME else [])) for name in names]
    return connections(*rows)


def test_nothing_that_can_be_read_stays(transactional_db, alice, her):
    everything_of(alice, "Something else")
    other = make.PersonFactory(owner=alice, name="Bo Friend")
    make.IntroductionFactory(owner=alice, introducer=her, person=other, notes="zephyrine knows Bo")
    her.move_to(make.CompanyFactory(owner=alice, name="Figma"), on=ON)
    undo.delete([her.messages.get()], sentence=f"Deleted message to {NAME}")
    bring(alice, in_file(NAME, "Gus Other"))
    assert NAME in bring(alice, in_file("Gus Other")).message
    open_one = staging.begin(alice, "b.csv", in_file("Gus Other", NAME), today=ON)
    begun = staging.receive(alice, "c.csv", in_file(NAME, "Gus Other"), today=ON)
    assert "zephyrine" in everything_stored(alice), "or this proves nothing"

    erasing.erase(her)

    assert "zephyrine" not in everything_stored(alice)
    assert Erasure.objects.owned_by(alice).count() == 3, "two of hers, one of the cast's"
    for batch in (open_one, staging.stage_all(begun, today=ON)):
        assert sorted(batch.rows.values_list("title", "meaning")) == [
            ("Gus Other", "known"), ("Somebody whom you erased", "left_out")
        ]  # fmt: skip
        assert applying.apply(batch, now=NOW, today=ON).counts["skipped"] == 1
    bring(alice, in_file(NAME, "Gus Other"))
    assert "zephyrine" not in everything_stored(alice), "nor does the next import keep her"
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


# Nobody else is touched


@pytest.mark.usefixtures("transactional_db")
def test_short_names_and_namesakes_keep_what_is_theirs(alice):
    li = {"link": "linkedin.com/in/li"}
    ana, other_ana = {"link": "linkedin.com/in/ana-silva"}, {"link": "linkedin.com/in/ana-silva-2"}
    acme = ("Acme", "CTO", "08 Feb 2026")
    people = [("Li Wei", *acme), ("Ana Silva", *acme, ana), ("Ana Silva", *acme, other_ana)]
    first = bring(alice, connections((" Li", *acme, li), *people))
    ready = staging.begin(alice, "b.csv", connections((" Li", *acme, li), *people), today=ON)
    kept = Person.objects.get(keys__value="ana-silva-2")
    kept.move_to(make.CompanyFactory(owner=alice, name="Bolt"), on=ON)
    introduction = make.IntroductionFactory(
        owner=alice, introducer=kept, person=Person.objects.get(name="Li Wei")
    )
    introduction.ask(on=ON)
    undo.delete([make.PersonFactory(owner=alice, name="Lisa Linden")], sentence="Deleted Lisa Linden")
    lines = Activity.objects.count()

    erasing.erase(Person.objects.get(name="Li"))
    erasing.erase(Person.objects.get(keys__value="ana-silva"))

    for batch in (first, ready):
        left = batch.rows.exclude(data={}).values_list("title", "data__profile")
        assert [*left] == [
            ("Li Wei", ["linkedin", "li-wei"]), ("Ana Silva", ["linkedin", "ana-silva-2"])
        ]  # fmt: skip
    ready.refresh_from_db()
    assert (ready.counts["known"], ready.counts["left_out"]) == (2, 2)
    assert Activity.objects.count() == lines
    assert Change.objects.filter(sentence="Deleted Lisa Linden").exists()
    gone = bring(alice, connections(("Ana Silva", *acme, other_ana)))
    assert "stays here: Li Wei." in gone.message


def test_a_sentence_of_an_import_still_names_who_is_called_alike():
    said = "3 new connections: Li, Li Wei, Bruce Li and 2 more.\nLi now works at Bolt."

    assert without_names(said, ["Li"]) == (
        "3 new connections: somebody whom you erased, Li Wei, Bruce Li and 2 more.\n"
        "somebody whom you erased now works at Bolt."
    )


# And they do not come back


@pytest.mark.parametrize(
    ("again", "people"),
    [
        (("Ute Meyer", "Acme", "", "", {"link": ""}), 0),
        (("ute  meyer", "ACME", "Editor", "", {"link": ""}), 0),
        (("Ute Meyer", "Acme", "", "08 Feb 2026"), 0),
        (("Ute Meyer", "Bolt", "", "", {"link": ""}), 1),
        (("Ute Meyer", "Acme", "", "09 Feb 2026"), 1),
    ],
    ids=["same", "folded", "later with a profile", "another company", "a namesake's profile"],
)
def test_whoever_has_neither_profile_nor_address_is_told_by_name_and_company(alice, again, people):
    bring(alice, connections(("Ute Meyer", "Acme", "Editor", "08 Feb 2026", {"link": ""})))
    erasing.erase(Person.objects.get())

    batch = bring(alice, connections(again))

    assert Person.objects.count() == people
    assert batch.rows.get().title == ("Somebody whom you erased" if not people else "Ute Meyer")


def test_whoever_was_added_again_by_hand_is_known(alice):
    content = connections(("Ute Meyer", "Acme", "Editor", "", {"link": ""}))
    bring(alice, content)
    ute = Person.objects.get()
    acme = ute.company
    erasing.erase(ute)
    Person.add(alice, "Ute Meyer", on=ON, company=acme)

    assert bring(alice, content).counts["merged"] == 1


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

"""One box adds a company, a person, a note or a conversation, and says at once what is known."""

import datetime as dt
import re

import pytest
from django.apps import apps
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.models import Company
from contacts import erasing
from contacts.models import Erasure, Person
from netjob.models import Activity
from netjob.ownership import OwnedModel
from outreach.add_box.box import Box
from outreach.models import Conversation
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def figma(alice):
    return make.CompanyFactory(owner=alice, name="Figma")


@pytest.fixture
def priya(alice, figma):
    person = Person.add(
        alice, "Priya Raman", on=dt.date(2026, 11, 2), company=figma, role="Lead",
        profile="linkedin.com/in/priya-raman",
    )  # fmt: skip
    make.RequestFactory(
        owner=alice, person=person, state="sent", sent_on="2026-11-03", sent_at="2026-11-03T09:00Z"
    )
    Person.settle([person])
    return person


def said(owner, text, **more):
    return " ".join(sentence.text for sentence in Box(owner, TODAY, text, **more).said)


def typed(client, text, **more):
    """What the page shows while somebody types."""
    headers = {"HX-Request": "true", "HX-Target": "known"}
    return client.get("/add/", {"text": text, **more}, headers=headers).content.decode()


def add(client, text, kind, **more):
    return client.post("/add/", {"text": text, "kind": kind, "on": "2026-11-23", **more})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "company"),
        ("Acme GmbH", "company"),
        ("Linear, linear.app", "company"),
        ("Acme, Inc.", "company"),
        ("https://www.linkedin.com/company/stripe/", "company"),
        ("Figma", "company"),
        ("linkedin.com/in/ada-lovelace", "person"),
        ("ada@example.org", "person"),
        ("Jonas Okafor, Data Analyst", "person"),
        ("Jonas Okafor, Data Analyst, Figma", "person"),
        ("Priya Raman", "note"),
        ("Note on Priya: likes SQL", "note"),
        ("talked to Priya", "conversation"),
        ("Met Priya: at the meet-up", "conversation"),
        ("Metro AG", "company"),
        ("Notebook Ltd", "company"),
    ],
)
def test_what_is_typed_is_understood(alice, priya, text, kind):
    assert Box(alice, TODAY, text).guess == kind


def test_a_kind_chosen_by_hand_stays_and_a_guessed_one_follows(alice_client, priya):
    assert 'value="company" ' in typed(alice_client, "Acme")
    by_hand = typed(alice_client, "Acme", kind="person", guessed="company")
    guessed = typed(alice_client, "Jonas Okafor, Analyst", kind="company", guessed="company")

    assert 'value="person" required id="add_kind_1" checked' in by_hand
    assert 'value="person" required id="add_kind_1" checked' in guessed


def test_what_the_page_did_not_show_yet_is_looked_at_before_it_is_added(alice_client, alice):
    """Enter before the page has caught up, or no scripts at all: the kind is still the one guessed before."""
    text = "Jane Fast, Analyst, Acme Rockets"

    first = add(alice_client, text, "company", guessed="company")

    assert first.status_code == 422
    assert "Read as: person. Look at it once more, then press Add." in first.content.decode()
    assert not Company.objects.owned_by(alice).filter(name__startswith="Jane").exists()

    second = add(alice_client, text, "person", guessed="person", company_too="on")

    assert second.status_code == 302
    assert Person.objects.owned_by(alice).get(name="Jane Fast").company.name == "Acme Rockets"


# What is known


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Acme GmbH", "Acme GmbH is new."),
        ("figma", "Figma is on your list already."),
        ("Figma Inc.", "Something like it is on your list. Which one is it?"),
        ("linkedin.com/in/priya-raman", "Priya Raman is known already, at Figma: asked on 3 November."),
        ("Priya Ramann, Lead, Figma", "Somebody of about that name is there already. Is it the same person?"),
        ("Jonas Okafor, Analyst, Figma", "Jonas Okafor, Analyst at Figma, is new."),
        (
            "Jonas Okafor, Analyst, Sketch",
            "Jonas Okafor, Analyst at Sketch, is new. Sketch is not on your list yet.",
        ),
        ("Jonas Okafor, Analyst", "Jonas Okafor, Analyst, is new."),
        ("Note on Zoe", "Nobody you know has “Zoe” in the name. Add them as a person first."),
        ("linkedin.com/jobs/view/1", "That link to LinkedIn leads to no company’s page."),
    ],
)
def test_what_is_known_is_said_at_once(alice, priya, text, sentence):
    assert said(alice, text) == sentence


def test_a_dropped_company_says_why_and_that_adding_puts_it_back(alice, alice_client, figma):
    figma.drop(on=dt.date(2026, 11, 5), because="too far")

    assert (
        said(alice, "Figma")
        == "You dropped it on 5 November 2026: too far Adding Figma puts it on your list."
    )
    answer = add(alice_client, "Figma", "company")

    assert answer.url == figma.get_absolute_url()
    figma.refresh_from_db()
    assert figma.state == Company.State.TARGET


def test_nothing_is_saved_before_the_press(alice, alice_client, figma):
    typed(alice_client, "Acme GmbH")
    alice_client.get("/add/", {"text": "Jonas Okafor, Analyst, Sketch", "kind": "person"})

    assert list(Company.objects.owned_by(alice)) == [figma]
    assert not Person.objects.exists()


def test_nobody_elses_are_known(alice, bob, priya):
    assert said(bob, "Figma") == "Figma is new."
    assert said(bob, "linkedin.com/in/priya-raman") == "Priya Raman is new."
    assert Box(bob, TODAY, "note on priya").who == []


# A company


def test_a_company_is_added_with_its_page(alice, alice_client):
    answer = add(alice_client, "Stripe https://www.linkedin.com/company/stripe/", "company")

    company = Company.objects.get()
    assert answer.url == company.get_absolute_url()
    assert (company.name, company.linkedin.get().value, company.state) == ("Stripe", "stripe", "target")


def test_a_company_on_the_list_is_refused_with_a_link_to_it(alice_client, figma):
    answer = add(alice_client, "FIGMA", "company")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Figma is on your list already." in page
    assert f'href="{figma.get_absolute_url()}">Open it' in page
    assert Company.objects.count() == 1


def test_a_similar_company_is_asked_about_first(alice, alice_client, figma):
    answer = add(alice_client, "Figma Inc.", "company")
    assert answer.status_code == 422
    assert "Say which one it is" in answer.content.decode()

    same = add(alice_client, "Figma Inc.", "company", same=f"company-{figma.pk}")
    assert same.url == figma.get_absolute_url()
    assert figma.aliases() == ["Figma Inc."]

    other = add(alice_client, "Figma Ltd", "company", same="new")
    assert Company.objects.get(name="Figma Ltd").get_absolute_url() == other.url


# A person


def test_a_person_is_added_at_the_company_that_was_typed_last(alice, alice_client, figma):
    answer = add(alice_client, "Jonas Okafor, Data Analyst, figma", "person", person_kind="manager")

    person = Person.objects.get()
    assert answer.url == person.get_absolute_url()
    assert (person.name, person.role, person.company, person.kind) == (
        "Jonas Okafor", "Data Analyst", figma, "manager",
    )  # fmt: skip
    figma.refresh_from_db()
    assert figma.people_count == 1


def test_a_person_comes_with_a_company_that_is_put_on_the_list_too(alice, alice_client):
    add(alice_client, "Jonas Okafor, Analyst, Sketch", "person", company_too="on")

    assert (Person.objects.get().company.name, Person.objects.get().role) == ("Sketch", "Analyst")
    assert Company.objects.get().listed_on == TODAY


def test_without_that_tick_they_come_alone(alice, alice_client):
    answer = add(alice_client, "Jonas Okafor, Analyst, Sketch", "person")

    assert answer.status_code == 302
    assert Person.objects.get().company is None
    assert not Company.objects.exists()


def test_a_profile_link_is_read_and_kept(alice, alice_client, figma):
    add(alice_client, "https://de.linkedin.com/in/ada-lovelace?x=1", "person", company="Figma")

    person = Person.objects.get()
    assert (person.name, person.linkedin_url) == ("Ada Lovelace", "https://www.linkedin.com/in/ada-lovelace/")
    assert person.company == figma


def test_a_known_profile_is_refused_with_a_link_to_them(alice_client, priya):
    answer = add(alice_client, "linkedin.com/in/priya-raman", "person")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "asked on 3 November" in page
    assert f'href="{priya.get_absolute_url()}"' in page
    assert Person.objects.count() == 1


@pytest.mark.parametrize("text", ["Priya Raman, Lead, Figma", "Raman Priya, Lead"])
def test_somebody_of_that_name_is_asked_about(alice, alice_client, priya, text):
    assert add(alice_client, text, "person").status_code == 422

    same = add(alice_client, text, "person", same=str(priya.pk))
    assert (same.url, Person.objects.count()) == (priya.get_absolute_url(), 1)

    add(alice_client, text, "person", same="new")
    assert Person.objects.count() == 2


def test_the_same_person_gets_the_link_that_was_typed(alice, alice_client, figma):
    person = Person.add(alice, "Jonas Okafor", on=TODAY, company=figma)

    add(alice_client, "Jonas Okafor linkedin.com/in/jonas-okafor", "person", same=str(person.pk))

    assert person.linkedin_urls == ["https://www.linkedin.com/in/jonas-okafor/"]


def test_another_owners_person_is_no_answer(alice, bob, alice_client, priya):
    theirs = make.PersonFactory(owner=bob, name="Priya Raman")

    assert add(alice_client, "Priya Raman, Lead", "person", same=str(theirs.pk)).status_code == 422


# A note


def test_a_note_is_kept_with_its_day(alice, alice_client, priya):
    answer = add(alice_client, "Priya", "note", notes="Likes SQL", on="2026-11-20")

    note = Activity.objects.get(verb="noted")
    assert answer.url == priya.get_absolute_url()
    assert (note.text, note.happened_on, note.person_uid) == ("Likes SQL", dt.date(2026, 11, 20), priya.uid)
    assert note.company_uid == priya.company.uid


def test_what_follows_the_name_is_the_note(alice, alice_client, priya):
    add(alice_client, "Note on Priya Raman: likes SQL", "note")

    assert Activity.objects.get(verb="noted").text == "likes SQL"


def test_a_note_about_a_company(alice, alice_client, figma):
    answer = add(alice_client, "Figma", "note", notes="They hire")

    assert answer.url == figma.get_absolute_url()
    assert Activity.objects.get(verb="noted").company_uid == figma.uid


def test_of_several_one_has_to_be_chosen(alice, alice_client, priya):
    other = make.PersonFactory(owner=alice, name="Priya Shah")

    answer = add(alice_client, "Priya", "note", notes="Likes SQL")
    assert answer.status_code == 422
    assert "Choose whom it is about." in answer.content.decode()

    assert (
        add(alice_client, "Priya", "note", notes="x", who=f"person-{other.pk}").url
        == other.get_absolute_url()
    )


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"notes": ""}, "Write the note."),
        ({"notes": "x" * 20_001}, "at most 20000 characters"),
        ({"notes": "x", "on": "2026-11-24"}, "That day is still to come."),
        ({"notes": "x", "on": "soon"}, "Enter a valid date."),
        ({"notes": "x", "who": "person-999"}, "Select a valid choice"),
        ({"notes": "x", "who": "person-x"}, "Select a valid choice"),
    ],
)
def test_a_note_says_what_is_missing(alice_client, priya, more, sentence):
    answer = add(alice_client, "Priya", "note", **more)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Activity.objects.filter(verb="noted").exists()


# A conversation


def test_a_conversation_that_took_place_is_written_down(alice, alice_client, priya):
    answer = add(alice_client, "talked to Priya", "conversation", mode="phone", notes="Good", on="2026-11-20")

    talk = Conversation.objects.get()
    assert answer.url == talk.get_absolute_url()
    assert (talk.person, talk.state, talk.held_on, talk.mode, talk.notes) == (
        priya, "held", dt.date(2026, 11, 20), "phone", "Good",
    )  # fmt: skip


def test_the_same_conversation_is_not_written_down_twice(alice_client, priya):
    add(alice_client, "Priya", "conversation", mode="phone", on="2026-11-20")
    again = add(alice_client, "Priya", "conversation", mode="phone", on="2026-11-20")

    assert again.status_code == 422
    assert "on 20 November 2026 is written down already" in again.content.decode()
    assert Conversation.objects.count() == 1


def test_one_cannot_talk_to_a_company(alice_client, figma):
    assert add(alice_client, "Figma", "conversation").status_code == 422
    assert add(alice_client, "Figma", "conversation", who=f"company-{figma.pk}").status_code == 422


# What was chosen, and what was read, on the way


def test_the_tick_that_was_taken_away_stays_away(alice_client):
    text = "Jonas Okafor, Analyst, Sketch"

    assert 'id="add_company_too" checked' in typed(alice_client, text)
    again = typed(alice_client, text + "y", asked_company_too="yes")
    assert "Put Sketchy on your list, too" in again
    assert 'id="add_company_too" checked' not in again
    between = typed(alice_client, "Jonas Okafor, Analyst", asked_company_too="yes")
    assert 'name="asked_company_too"' in between


def test_which_one_it_is_stays_chosen_while_those_to_choose_from_are_the_same(alice, alice_client, figma):
    other = make.CompanyFactory(owner=alice, name="Figma Labs Ltd")
    shown = f"company-{figma.pk}"

    kept = typed(alice_client, "Figma Inc.", kind="company", same="new", shown=shown)
    assert re.search(r'value="new"[^>]* checked', kept)
    more = typed(alice_client, "Figma Inc.", kind="company", same="new", shown=f"company-{other.pk}")
    assert not re.search(r'value="new"[^>]* checked', more)


def test_another_one_is_not_taken_for_said_of_what_was_not_shown(alice_client, figma):
    answer = add(alice_client, "Figma Inc.", "company", same="new", shown="")

    assert answer.status_code == 422
    assert "Say which one it is" in answer.content.decode()


def test_what_was_read_stands_in_the_fields(alice_client, figma, priya):
    person = alice_client.get("/add/", {"text": "Jonas Okafor, Analyst, Figma"}).context["form"]
    note = alice_client.get("/add/", {"text": "Note on Priya: likes SQL"}).context["form"]

    assert (person["company"].value(), note["notes"].value()) == ("Figma", "likes SQL")


def test_what_was_read_is_read_anew_and_what_was_written_stays(alice_client, alice, figma):
    make.CompanyFactory(owner=alice, name="Sketch")
    sent = {"text": "Jonas Okafor, Analyst, Sketch", "company": "Figma"}

    assert alice_client.get("/add/", sent | {"company_read": "Figma"}).context["box"].company_read == "Sketch"
    assert "Analyst at Sketch, is new" in typed(alice_client, **sent, company_read="Figma")
    assert "Analyst at Figma, is new" in typed(alice_client, **sent)


def test_a_note_that_was_typed_on_is_kept_as_it_is_now(alice_client, priya):
    add(alice_client, "Note on Priya: likes SQL", "note", notes="likes", notes_read="likes")

    assert Activity.objects.get(verb="noted").text == "likes SQL"


def test_a_mistake_is_said_once(alice_client, figma):
    for text, kind, sentence in [
        ("Figma", "company", "Figma is on your list already."),
        ("linkedin.com/jobs/view/1", "company", "leads to no company"),
        ("Zoe", "note", "Nobody you know has"),
    ]:
        assert add(alice_client, text, kind).content.decode().count(sentence) == 1


# Undo


@pytest.mark.parametrize(
    ("text", "kind", "more"),
    [
        ("Acme https://www.linkedin.com/company/acme/", "company", {}),
        ("Figma Inc.", "company", {"same": "figma"}),
        ("Jonas Okafor, Analyst, Figma", "person", {}),
        ("Jonas Okafor linkedin.com/in/jonas-okafor, Analyst, Sketch", "person", {"company_too": "on"}),
        ("Priya Raman priya@example.org", "person", {"same": "priya"}),
        ("Priya", "note", {"notes": "Likes SQL"}),
        ("Figma", "note", {"notes": "They hire"}),
        ("Priya", "conversation", {"mode": "phone", "notes": "Good"}),
    ],
)
def test_one_undo_takes_all_of_it_back(alice, alice_client, priya, figma, text, kind, more):
    rows = {"figma": f"company-{figma.pk}", "priya": str(priya.pk)}
    if "same" in more:
        more = more | {"same": rows[more["same"]]}
    before = everything(alice)

    answer = add(alice_client, text, kind, **more)
    assert everything(alice) != before
    page = alice_client.get(answer.url).content.decode()
    (undo,) = re.findall(r"/changes/[0-9a-f-]{36}/undo/", page)
    undone = alice_client.post(undo, headers={"Referer": f"http://testserver{answer.url}"}, follow=True)

    assert undone.status_code == 200
    assert "Undone:" in undone.content.decode()
    assert everything(alice) == before


def test_a_company_that_was_put_back_on_the_list_leaves_it_again(alice, alice_client, figma):
    figma.drop(on=dt.date(2026, 11, 5), because="too far")
    before = everything(alice)

    answer = add(alice_client, "Figma", "company")
    (undo,) = re.findall(r"/changes/[0-9a-f-]{36}/undo/", alice_client.get(answer.url).content.decode())
    alice_client.post(undo)

    assert everything(alice) == before


def test_what_was_done_with_it_since_stays(alice, alice_client):
    answer = add(alice_client, "Jonas Okafor, Analyst", "person")
    (undo,) = re.findall(r"/changes/[0-9a-f-]{36}/undo/", alice_client.get(answer.url).content.decode())
    person = Person.objects.get()
    make.RequestFactory(owner=alice, person=person)

    page = alice_client.post(undo, follow=True).content.decode()

    assert "1 thing changed since and was left as it is: person Jonas Okafor." in page
    assert Activity.objects.filter(person_uid=person.uid, verb="found").exists(), "it stays whole"


def everything(owner):
    """All rows of the owner, but for what tells when they were saved."""
    passing = {"version", "updated_at"}
    return {
        (model._meta.label, row["id"]): {name: value for name, value in row.items() if name not in passing}
        for model in apps.get_models()
        if issubclass(model, OwnedModel)
        for row in model._base_manager.filter(owner=owner).values()
    }


# Bad input


@pytest.mark.parametrize("kind", ["company", "person", "note", "conversation", "", "other"])
@pytest.mark.parametrize(
    "text",
    ["", " ", "x" * 10_000, "\u202eabc", "javascript:alert(1)", "😀", '"><b>x</b>', "a,b,c,d,e", ":::"],
)
def test_odd_texts_are_answered_in_words(alice_client, kind, text):
    answer = add(alice_client, text, kind)

    assert answer.status_code in (200, 302, 422)
    assert "<b>x</b>" not in answer.content.decode()
    if answer.status_code == 422 and len(text) < 100:
        assert escape(text.strip()) in answer.content.decode(), "nothing typed is lost"


def test_a_nul_is_an_error_of_the_field(alice_client):
    assert add(alice_client, "Ac\x00me", "company").status_code == 422


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
def test_any_text_is_read(alice, text):
    for kind in ("", "company", "person", "note", "conversation"):
        box = Box(alice, TODAY, text, chosen=kind)
        assert isinstance(box.said, list)
        assert (box.who, box.same, bool(box.known)) == ([], [], False)


def test_typing_costs_as_many_queries_with_many_rows_as_with_few(
    alice, alice_client, figma, django_assert_max_num_queries
):
    for number in range(30):
        make.PersonFactory(owner=alice, name=f"Priya {number}", company=figma)

    for text in ("Priya", "Priya Raman, Lead, Figma", "note on priya", "Figma Inc"):
        with django_assert_max_num_queries(12):
            typed(alice_client, text)


# Somebody who was erased for good


@pytest.fixture
def erased(alice, frozen):
    person = Person.add(
        alice, "Zephyrine Olsen", on=TODAY, profile="linkedin.com/in/zephyrine", email="z@olsen.example"
    )
    erasing.erase(person)
    return "Zephyrine Olsen, CTO, linkedin.com/in/zephyrine"


def test_somebody_erased_is_added_again_only_knowingly(alice, alice_client, erased):
    shown = typed(alice_client, erased)
    refused = add(alice_client, erased, "person")

    assert "You erased whoever has that address on" in shown
    assert 'name="again"' in shown
    assert refused.status_code == 422
    assert not Person.objects.exists()

    add(alice_client, erased, "person", again="on")

    assert Person.objects.get().name == "Zephyrine Olsen"
    assert not Erasure.among(alice.pk, [("linkedin", "zephyrine")])
    assert Erasure.among(alice.pk, [("email", "z@olsen.example")]), "what was not written stays erased"


@pytest.mark.parametrize("text", ["Zephyrine Olsen, CTO, Figma, z@olsen.example", "z@olsen.example"])
def test_so_is_somebody_at_a_company_or_by_the_address_alone(alice_client, figma, erased, text):
    assert add(alice_client, text, "person").status_code == 422
    assert add(alice_client, text, "person", again="on").status_code == 302


def test_undoing_it_makes_them_erased_again(alice, alice_client, erased):
    answer = alice_client.post("/add/", {"text": erased, "kind": "person", "again": "on"}, follow=True)
    [said_of_it] = [message for message in answer.context["messages"] if message.extra_tags]

    alice_client.post(f"/changes/{said_of_it.extra_tags.split('undo:')[1].split()[0]}/undo/")

    assert not Person.objects.exists()
    assert Erasure.among(alice.pk, [("linkedin", "zephyrine")])


def test_whoever_was_not_erased_is_not_asked(alice_client, figma):
    assert 'name="again"' not in typed(alice_client, "Jonas Okafor, Analyst, linkedin.com/in/jonas")

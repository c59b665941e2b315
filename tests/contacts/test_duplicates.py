"""Two entries of one person: proposed, never merged by themselves; nothing is lost; an undo takes it back."""

import datetime as dt
import re

import pytest

from contacts.duplicates import likely_pairs
from contacts.forms.knowing import MergePeopleForm
from contacts.models import Distinction, Person, PersonKey, Tie
from netjob import figures, undo
from netjob.models import Activity
from netjob.ownership import Refused
from outreach.models import Conversation, Message, Request
from tests import factories as make

pytestmark = pytest.mark.usefixtures("frozen")
ON = dt.date(2026, 11, 9)
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def acme(alice):
    return make.CompanyFactory(owner=alice, name="Acme")


def add(alice, name, company=None, **facts):
    return Person.add(alice, name, on=ON, company=company, **facts)


@pytest.mark.parametrize(
    ("one", "other", "is_likely"),
    [
        ({"name": "Priya Raman"}, {"name": "P. Raman"}, True),
        ({"name": "Priya Raman"}, {"name": "Raman Priya"}, True),
        ({"name": "Priya Raman"}, {"name": "Priya Ramann"}, True),
        ({"name": "Priya Raman", "profile": "linkedin.com/in/a"}, {"name": "Priya Raman"}, True),
        (
            {"name": "Priya Raman", "profile": "linkedin.com/in/a"},
            {"name": "Priya Raman", "profile": "linkedin.com/in/b"},
            False,
        ),
        ({"name": "Priya Raman"}, {"name": "Jonas Raman"}, False),
        ({"name": "Priya"}, {"name": "Priyanka"}, False),
    ],
)
def test_likely_is_what_identity_leaves_open(alice, acme, one, other, is_likely):
    add(alice, company=acme, **one)
    add(alice, company=acme, **other)

    assert bool(likely_pairs(alice)) is is_likely


def test_the_same_name_elsewhere_and_the_same_domain_are_likely_too(alice, acme, bob):
    first = add(alice, "Priya Raman", acme)
    moved = add(alice, "Priya Raman", make.CompanyFactory(owner=alice))
    mailed = add(alice, "Ada Moss", email="ada@moss.example")
    initial = add(alice, "A. Moss", email="a@moss.example")
    add(bob, "Priya Raman")

    assert [(pair.one, pair.other) for pair in likely_pairs(alice)] == [
        (mailed, initial),
        (first, moved),
    ] or [(pair.one, pair.other) for pair in likely_pairs(alice)] == [(first, moved), (mailed, initial)]


def test_merging_loses_nothing_and_is_undone(alice, acme):
    kept = add(alice, "P. Raman", acme, profile="linkedin.com/in/priya", notes="One")
    gone = add(alice, "Priya Raman", acme, email="priya@x.example", role="Lead", notes="Two")
    request = Request.draft(alice, gone, channel="invitation")
    request.send(at=NOW)
    talk = Conversation.already_held(gone, on=ON, mode="video")
    message = make.MessageFactory(owner=alice, person=gone)
    event = make.EventFactory(owner=alice)
    for person in (kept, gone):
        make.AttendanceFactory(owner=alice, event=event, person=person)
        make.TieFactory(owner=alice, person=person, text="Carrick")
        make.ReviewFactory(owner=alice, person=person)
    make.IntroductionFactory(owner=alice, introducer=kept, person=gone)
    lines = Activity.objects.filter(person_uid=gone.uid).count()

    act = kept.merge(gone, on=ON, chosen={"name": "Priya Raman", "role": "Lead", "notes": "One\n\nTwo"})

    kept = Person.objects.get(pk=kept.pk)
    assert (kept.name, kept.role, kept.notes) == ("Priya Raman", "Lead", "One\n\nTwo")
    assert (kept.stage, acme.people.count()) == (Person.Stage.TALKED, 1)
    assert {kept} == {
        row.person for row in (*Request.objects.all(), *Conversation.objects.all(), *Message.objects.all())
    }
    assert set(kept.keys.values_list("kind", flat=True)) == {"linkedin", "email"}
    assert (kept.attendances.count(), kept.ties.count(), kept.introductions_by.count()) == (1, 1, 0)
    assert Activity.objects.filter(person_uid=kept.uid).count() > lines
    assert not [*figures.wrong(Person.objects.all())]

    undone = undo.undo(alice, act, now=NOW)

    assert undone.left == []
    gone = Person.objects.get(pk=gone.pk)
    assert {gone} == {Request.objects.get().person, Conversation.objects.get(pk=talk.pk).person}
    assert Message.objects.get(pk=message.pk).person == gone
    assert (Tie.objects.count(), event.attendances.count(), gone.introductions.count()) == (2, 2, 1)
    assert (Person.objects.get(pk=kept.pk).notes, PersonKey.objects.filter(person=gone).count()) == ("One", 1)


def test_of_two_open_requests_a_draft_gives_way_and_its_words_stay(alice, acme):
    kept, gone = add(alice, "Priya Raman", acme), add(alice, "P. Raman", acme)
    sent = Request.draft(alice, kept, channel="invitation")
    sent.send(at=NOW)
    Request.draft(alice, gone, channel="invitation").write("Hi Priya, half a thought")

    kept.merge(gone, on=ON, chosen={})

    assert Request.objects.get() == sent
    words = Message.objects.get(kind="first_message")
    assert (words.person, words.text, words.is_draft) == (kept, "Hi Priya, half a thought", True)


def test_a_draft_that_gave_way_comes_back_with_its_words(alice, acme):
    kept, gone = add(alice, "Priya Raman", acme), add(alice, "P. Raman", acme)
    draft = Request.draft(alice, kept, channel="invitation")
    draft.write("Hi Priya, half a thought")
    sent = Request.draft(alice, gone, channel="invitation")
    sent.send(at=NOW)

    act = kept.merge(gone, on=ON, chosen={})
    assert Request.objects.get() == sent

    undone = undo.undo(alice, act, now=NOW)

    assert undone.left == []
    assert Request.objects.get(pk=draft.pk).note.text == "Hi Priya, half a thought"
    assert Request.objects.get(pk=sent.pk).person == gone


def asked(alice, person, words, *, at=NOW, accepted=False):
    request = Request.draft(alice, person, channel="invitation")
    request.write(words)
    request.send(at=at)
    if accepted:
        request.accept(on=at.date())
    return request


@pytest.mark.parametrize(
    ("of_the_one_that_goes", "accepted", "goes_on"),
    [
        ("later", (), "goes"), ("earlier", (), "stays"),
        ("later", ("stays",), "stays"), ("later", ("goes", "stays"), "goes"),
    ],
)  # fmt: skip
def test_two_requests_that_were_sent_are_joined_and_taken_apart_again(
    alice, acme, of_the_one_that_goes, accepted, goes_on
):
    kept, gone = add(alice, "Priya Raman", acme), add(alice, "P. Raman", acme)
    days = -1 if of_the_one_that_goes == "earlier" else 1
    both = {
        "stays": asked(alice, kept, "Hi Priya", accepted="stays" in accepted),
        "goes": asked(alice, gone, "Hello", at=NOW + dt.timedelta(days=days), accepted="goes" in accepted),
    }

    act = kept.merge(gone, on=NOW.date() + dt.timedelta(days=1), chosen={})

    for name, request in both.items():
        was = request.state
        request.refresh_from_db()
        assert request.person == kept
        assert request.messages.get().person == kept
        assert request.state == (was if name == goes_on else "joined")
    assert Request.objects.unfinished().count() == 1
    assert "goes on" in Activity.objects.get(verb="joining").text
    assert not [*figures.wrong(Person.objects.all())]

    undone = undo.undo(alice, act, now=NOW + dt.timedelta(days=2))

    assert undone.left == []
    for name, (request, person) in {"stays": (both["stays"], kept), "goes": (both["goes"], gone)}.items():
        request.refresh_from_db()
        assert request.state == ("accepted" if name in accepted else "sent")
        assert (request.person, request.joined_on, request.messages.get().person) == (person, None, person)
    assert not Activity.objects.filter(verb="joining").exists()


def test_of_two_drafts_one_goes_on_and_the_words_of_both_stay(alice, acme):
    kept, gone = add(alice, "Priya Raman", acme), add(alice, "P. Raman", acme)
    for person, words in ((kept, "Hi Priya"), (gone, "Hello")):
        Request.draft(alice, person, channel="invitation").write(words)

    act = kept.merge(gone, on=ON, chosen={})

    assert Request.objects.get().note.text == "Hi Priya"
    assert Message.objects.get(kind="first_message").text == "Hello"
    assert undo.undo(alice, act, now=NOW).left == []
    assert [request.note.text for request in Request.objects.order_by("pk")] == ["Hi Priya", "Hello"]


def test_a_request_that_was_joined_says_what_goes_on(alice, alice_client, acme):
    kept, gone = add(alice, "Priya Raman", acme), add(alice, "P. Raman", acme)
    joined = asked(alice, kept, "Hi Priya")
    asked(alice, gone, "Hello", at=NOW + dt.timedelta(days=1))
    kept.merge(gone, on=ON, chosen={})

    page = alice_client.get(joined.get_absolute_url()).content.decode()

    assert "Another request to Priya Raman goes on" in page
    assert "Joined with another request to them" in page
    assert "They accepted" not in page


def agreed(talk):
    day = NOW.date() + dt.timedelta(days=4)
    talk.schedule(
        on=NOW.date(), wall_day=day, wall_time=dt.time(10), zone="Europe/Berlin",
        starts_at=dt.datetime.combine(day, dt.time(9), dt.UTC),
    )  # fmt: skip


@pytest.mark.parametrize(("further", "goes_on"), [("stays", "stays"), ("goes", "goes"), ("", "goes")])
def test_of_two_open_conversations_the_one_that_came_further_goes_on_until_they_are_taken_apart(
    alice, acme, further, goes_on
):
    kept, gone = add(alice, "Priya Raman", acme), add(alice, "P. Raman", acme)
    both = {name: Conversation.ask(one, on=ON) for name, one in (("stays", kept), ("goes", gone))}
    for name, talk in both.items():
        talk.notes = f"Of the one that {name}"
        talk.save()
        Message.objects.create(
            owner=alice, person=talk.person, conversation=talk, kind="ask_for_time", text="When?"
        )
    if further:
        agreed(both[further])

    act = kept.merge(gone, on=NOW.date() + dt.timedelta(days=1), chosen={})

    for name, talk in both.items():
        was = talk.state
        talk.refresh_from_db()
        assert talk.state == (was if name == goes_on else "joined")
        assert (talk.person, talk.notes, talk.messages.get().person) == (
            kept,
            f"Of the one that {name}",
            kept,
        )
    assert "Asked for" in Activity.objects.get(verb="joining").text
    assert not [*figures.wrong(Person.objects.all())]

    undone = undo.undo(alice, act, now=NOW + dt.timedelta(days=2))

    assert undone.left == []
    for name, person in (("stays", kept), ("goes", gone)):
        both[name].refresh_from_db()
        assert (both[name].state, both[name].joined_on) == ("scheduled" if name == further else "asked", None)
        assert (both[name].person, both[name].messages.get().person) == (person, person)
    assert not Activity.objects.filter(verb="joining").exists()


def test_a_conversation_that_was_joined_says_so_and_when_it_would_have_been(alice, alice_client, acme):
    kept, gone = add(alice, "Priya Raman", acme), add(alice, "P. Raman", acme)
    joined, goes_on = Conversation.ask(kept, on=ON), Conversation.ask(gone, on=ON)
    for talk in (joined, goes_on):
        agreed(talk)
    kept.merge(gone, on=NOW.date(), chosen={})

    page = alice_client.get(joined.get_absolute_url()).content.decode()

    assert "Another conversation with Priya goes on" in page
    assert "10:00 (Europe/Berlin)" in Activity.objects.get(verb="joining").text
    assert (
        f'href="/conversations/{joined.pk}/"'
        in alice_client.get("/conversations/?state=joined").content.decode()
    )
    with pytest.raises(Refused, match="joined with another"):
        Conversation.objects.get(pk=joined.pk).cancel(on=NOW.date())


def test_whoever_is_not_to_be_contacted_in_either_entry_is_not(alice, acme):
    kept, gone = add(alice, "Priya Raman", acme), add(alice, "P. Raman", acme)
    gone.refuse_contact(on=ON)

    kept.merge(gone, on=ON, chosen={})

    assert Person.objects.get().do_not_contact_on == ON


def test_the_page_shows_both_with_the_better_word_chosen(alice, alice_client, acme):
    one, other = add(alice, "P. Raman", acme), add(alice, "Priya Raman", acme, role="Lead")

    page = alice_client.get("/people/duplicates/").content.decode()

    assert "Are P. Raman and Priya Raman one person?" in page
    assert 'value="theirs"' in page
    answer = alice_client.post(
        f"/people/{one.pk}/merging/?back=/people/duplicates/", {"other": other.pk, "name": "theirs"}
    )
    assert answer.url == "/people/duplicates/"
    assert Person.objects.get().name == "Priya Raman"
    assert Person.objects.get().role == "Lead", "what only one of them knows is kept without a question"


@pytest.mark.parametrize(
    ("kept", "gone", "proposed"),
    [
        ({"name": "Ana Silvia"}, {"name": "Ana Silva", "profile": "linkedin.com/in/ana"}, "theirs"),
        ({"name": "Ana Silva", "profile": "linkedin.com/in/ana"}, {"name": "Ana Silvia"}, "mine"),
        ({"name": "Ana Silvia", "profile": "linkedin.com/in/ana"}, {"name": "Ana Silva", "connected_on": ON}, "theirs"),
        ({"name": "Ana Silva", "days_ago": 3}, {"name": "A. Silva"}, "theirs"),
        ({"name": "Ana Silva"}, {"name": "A. Silva"}, "mine"),
        ({"found_how": "search"}, {"found_how": "known", "profile": "linkedin.com/in/ana"}, "theirs"),
        ({"found_how": "known", "connected_on": ON}, {"found_how": "search"}, "mine"),
    ],
)  # fmt: skip
def test_the_better_word_is_linkedins_then_the_newer_then_the_longer(alice, kept, gone, proposed):
    people = []
    for facts in (dict(kept), dict(gone)):
        days_ago, connected_on = facts.pop("days_ago", 0), facts.pop("connected_on", None)
        person = add(alice, facts.pop("name", "Ana Silva"), **facts)
        changed = NOW - dt.timedelta(days=days_ago)
        Person.objects.filter(pk=person.pk).update(connected_on=connected_on, updated_at=changed)
        people.append(Person.objects.get(pk=person.pk))

    [field] = MergePeopleForm(kept=people[0], gone=people[1]).fields.values()

    assert field.initial == proposed


def test_told_apart_they_are_not_asked_about_again(alice, alice_client, acme):
    one, other = add(alice, "P. Raman", acme), add(alice, "Priya Raman", acme)

    alice_client.post(f"/people/{other.pk}/distinction/", {"other": one.pk})

    assert Distinction.objects.get().one == one
    assert likely_pairs(alice) == []
    assert "Nobody stands here twice" in alice_client.get("/people/duplicates/").content.decode()


def test_telling_apart_is_undone_beside_its_message(alice, alice_client, acme):
    one, other = add(alice, "P. Raman", acme), add(alice, "Priya Raman", acme)
    url = f"/people/{one.pk}/distinction/?back=/people/duplicates/"

    page = alice_client.post(url, {"other": other.pk}, follow=True).content.decode()

    [undone] = re.findall(r'action="(/changes/[^"]+)"', page)
    assert "Undo" in page
    alice_client.post(undone)
    assert not Distinction.objects.exists()
    assert len(likely_pairs(alice)) == 1


def test_telling_apart_twice_is_once(alice, acme):
    one, other = add(alice, "P. Raman", acme), add(alice, "Priya Raman", acme)

    assert Distinction.make(one, other)
    assert Distinction.make(other, one) is None
    assert Distinction.objects.count() == 1


def test_what_was_told_apart_from_an_entry_that_goes_is_from_the_one_that_stays(alice, acme):
    one, other, third = (add(alice, name, acme) for name in ("P. Raman", "Priya Raman", "Paul Raman"))
    Distinction.make(other, third)

    one.merge(other, on=ON, chosen={})

    row = Distinction.objects.get()
    assert (row.one, row.other) == (one, third)


def test_the_choice_of_the_other_entry(alice, alice_client, acme):
    one, other = add(alice, "P. Raman", acme), add(alice, "Priya Raman", acme)
    url = f"/people/{one.pk}/merging/"

    assert f"?other={other.pk}" in alice_client.get(url).content.decode()
    assert "All that was asked" in alice_client.get(url, {"entry": "priya raman"}).content.decode()
    assert "Nobody else on your list" in alice_client.get(url, {"entry": "Nobody"}).content.decode()
    assert alice_client.post(url, {"other": one.pk}).status_code == 422


def test_the_same_queries_for_many(alice, alice_client, acme, django_assert_max_num_queries):
    for n in range(20):
        add(alice, f"Priya Raman{n}", acme)
        add(alice, f"P. Raman{n}", acme)
    with django_assert_max_num_queries(8):
        alice_client.get("/people/duplicates/")

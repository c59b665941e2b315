"""How far I got with somebody is derived from what happened, there and back, and their company follows."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command

from companies.models import Company
from contacts.models import Person, counted_at_the_end
from netjob import undo
from netjob.ownership import Refused
from outreach.models import Conversation, Message, Referral, Request
from tests.factories import CompanyFactory, PersonFactory

Stage, Reached = Person.Stage, Company.Stage


def day(n):
    return dt.date(2026, 11, n)


def at(n):
    return dt.datetime(2026, 11, n, 9, tzinfo=dt.UTC)


@pytest.fixture
def company(alice):
    return CompanyFactory(owner=alice, name="Notion")


@pytest.fixture
def person(alice, company):
    return Person.add(alice, "Priya Raman", company=company, on=day(2))


def standing(person):
    """Stage, in play and last contact of the person; stage and advocacy of the company."""
    person = Person.objects.select_related("company").get(pk=person.pk)
    company = person.company
    assert Person.objects.all().advance() == 0, "stored figures are always right already"
    return Stage(person.stage), person.last_contact_on, Reached(company.stage), company.advocacy


def test_found(person):
    assert standing(person) == (Stage.FOUND, None, Reached.PEOPLE, False)
    assert Person.objects.get().in_play


def test_a_draft_is_not_asked_yet(alice, person):
    Request.draft(alice, person, channel="invitation")

    assert standing(person) == (Stage.FOUND, None, Reached.PEOPLE, False)


def test_a_request_from_sent_to_answered_and_all_the_way_back(alice, person):
    request = Request.draft(alice, person, channel="invitation")
    seen = []
    for step in (
        lambda: request.send(at=at(3)),
        lambda: request.accept(on=day(5)),
        lambda: request.answer(on=day(6), text="Gladly"),
        lambda: request.undo_move(on=day(7)),
        lambda: request.undo_move(on=day(7)),
        lambda: request.undo_move(on=day(7)),
    ):
        step()
        seen.append(standing(person))

    asked = (Stage.ASKED, day(3), Reached.ASKED, False)
    connected = (Stage.CONNECTED, day(3), Reached.CONNECTED, True)
    answered = (Stage.CONNECTED, day(6), Reached.CONNECTED, True)
    assert seen == [asked, connected, answered, connected, asked, (Stage.FOUND, None, Reached.PEOPLE, False)]
    assert Person.objects.get(pk=person.pk).connected_on is None


def test_an_answered_e_mail_counts_as_connected(alice, person):
    request = Request.draft(alice, person, channel="email")
    request.write("May I ask you two questions?")
    request.send(at=at(3))
    request.answer(on=day(4), text="Sure")

    assert standing(person)[0] == Stage.CONNECTED
    assert Person.objects.get(pk=person.pk).connected_on is None


@pytest.mark.parametrize("end", ["decline", "withdraw"])
def test_what_came_to_nothing_was_asked_all_the_same(alice, person, end):
    request = Request.draft(alice, person, channel="invitation")
    request.send(at=at(3))
    getattr(request, end)(on=day(9))

    assert standing(person) == (Stage.ASKED, day(3), Reached.ASKED, False)


def test_a_deleted_request_was_never_asked_and_comes_back_by_undo(alice, person):
    request = Request.draft(alice, person, channel="invitation")
    request.send(at=at(3))

    act = undo.delete([request], sentence="Deleted")
    assert standing(person)[0] == Stage.FOUND

    undo.undo(alice, act, now=at(9))
    assert standing(person)[0] == Stage.ASKED


def test_a_conversation_from_asked_to_held_and_back(person):
    person.connect(on=day(3))
    talk = Conversation.ask(person, on=day(4))
    seen = [standing(person)]
    for step in (
        lambda: talk.propose(on=day(5)),
        lambda: talk.schedule(
            on=day(6), wall_day=day(10), wall_time=dt.time(10), zone="Europe/Berlin", starts_at=at(10)
        ),
        lambda: talk.hold(on=day(10)),
        lambda: talk.undo_move(on=day(11)),
        lambda: talk.cancel(on=day(11)),
    ):
        step()
        seen.append(standing(person))

    scheduling = (Stage.SCHEDULING, None, Reached.CONNECTED, True)
    talked = (Stage.TALKED, day(10), Reached.TALKED, True)
    cancelled = (Stage.CONNECTED, None, Reached.CONNECTED, True)
    assert seen == [scheduling, scheduling, scheduling, talked, scheduling, cancelled]


def test_a_no_show_and_its_reversal(person):
    talk = Conversation.ask(person, on=day(4))
    talk.schedule(on=day(6), wall_day=day(10), wall_time=dt.time(10), zone="Europe/Berlin", starts_at=at(10))
    talk.miss(on=day(10))
    assert standing(person)[0] == Stage.ASKED, "they knew of it"

    talk.undo_move(on=day(11))
    assert standing(person)[0] == Stage.SCHEDULING


def test_one_that_was_held_already(person):
    Conversation.already_held(person, on=day(3), mode="phone")

    assert standing(person) == (Stage.TALKED, day(3), Reached.TALKED, True)


def test_a_referral_counts_once_it_is_given(person):
    referral = Referral.begin(person, "offered", on=day(3))
    assert standing(person)[0] == Stage.FOUND

    referral.ask(on=day(4))
    referral.give(on=day(5))
    assert standing(person)[0::2] == (Stage.REFERRED, Reached.REFERRED)

    referral.undo_move(on=day(6))
    assert standing(person)[0::2] == (Stage.FOUND, Reached.PEOPLE)


def test_a_message_is_contact_and_a_draft_is_not(alice, person):
    message = Message.objects.create(owner=alice, person=person, kind="follow_up", text="Hello again")
    Message.settle([message])
    assert standing(person)[1] is None

    message.mark_sent(at=at(8))
    Message.settle([message])
    assert standing(person)[1] == day(8)

    message.mark_unsent()
    Message.settle([message])
    assert standing(person)[1] is None


def test_somebody_imported_is_in_play_only_with_something_under_way(alice, company):
    person = PersonFactory(owner=alice, company=company, picked_up=False)
    assert not Person.objects.get(pk=person.pk).in_play

    request = Request.draft(alice, person, channel="invitation")
    assert Person.objects.get(pk=person.pk).in_play

    undo.delete([request], sentence="Deleted")
    assert not Person.objects.get(pk=person.pk).in_play


def test_the_figures_of_a_company_count_its_people_by_stage(alice, company):
    found, asked, talked = (Person.add(alice, name, company=company, on=day(2)) for name in ("A", "B", "C"))
    Request.draft(alice, asked, channel="invitation").send(at=at(3))
    Conversation.already_held(talked, on=day(3), mode="video")

    company.refresh_from_db()
    figures = (
        company.people_count, company.asked_count, company.connected_count, company.talked_count,
        company.referred_count,
    )  # fmt: skip
    assert figures == (3, 2, 1, 1, 0)

    undo.delete([found, talked], sentence="Deleted")
    company.refresh_from_db()
    assert (company.people_count, company.stage, company.advocacy) == (1, Reached.ASKED, False)


def sent(person, channel="invitation"):
    request = Request.draft(person.owner, person, channel=channel)
    if channel != "invitation":
        request.write("May I ask you two questions?", subject="Two questions")
    request.send(at=at(3))
    return request


def written_to(person):
    message = Message.objects.create(
        owner=person.owner, person=person, kind="first_message", text="Hello again"
    )
    message.send(at=at(4))
    return message


def a_draft_of_each(person):
    Request.draft(person.owner, person, channel="email").write("May I?")
    Message.settle([Message.objects.create(owner=person.owner, person=person, kind="thanks", text="Thanks")])


def reply(person, kind="", n=5):
    Message.settle([Message.receive(person, at=at(n), text="Well", reply_kind=kind)])


ASKED, ANSWERED, NEITHER = (True, False), (True, True), (False, False)


@pytest.mark.parametrize(
    ("happened", "asked_and_answered"),
    [
        (lambda p: None, NEITHER),
        (a_draft_of_each, NEITHER),
        (reply, NEITHER),
        (sent, ASKED),
        (written_to, ASKED),
        (lambda p: sent(p).withdraw(on=day(9)), ASKED),
        (lambda p: sent(p).decline(on=day(9)), ASKED),
        (lambda p: (written_to(p), reply(p, "out_of_office")), ASKED),
        (lambda p: (written_to(p), reply(p, "negative")), ASKED),
        (lambda p: Conversation.ask(p, on=day(4)), ASKED),
        (lambda p: Conversation.ask(p, on=day(4)).cancel(on=day(5)), ASKED),
        (lambda p: sent(p).accept(on=day(5)), ANSWERED),
        (lambda p: sent(p, "email").answer(on=day(5), text="Gladly"), ANSWERED),
        (lambda p: (written_to(p), reply(p)), ANSWERED),
        (lambda p: Conversation.already_held(p, on=day(5), mode="phone"), ANSWERED),
        (lambda p: Referral.begin(p, "given", on=day(6)), ANSWERED),
    ],
)
@pytest.mark.parametrize("is_known", [False, True])
def test_asked_is_whom_i_wrote_to_known_before_or_not(
    person, company, happened, asked_and_answered, is_known
):
    if is_known:
        Person.objects.filter(pk=person.pk).update(connected_on=day(1), picked_up=False)
        person.refresh_from_db()
    happened(person)
    Person.objects.all().advance()

    person.refresh_from_db()
    company.refresh_from_db()
    assert (person.was_asked, person.has_answered) == asked_and_answered
    assert (company.asked_count, company.answered_count) == asked_and_answered
    assert company.connected_count or not is_known, "known is not asked, and connected all the same"
    call_command("recount", check=True)


def test_a_connection_made_after_the_request_took_it_up(person):
    sent(person)
    person.connect(on=day(6))
    Person.settle([person])

    assert Person.objects.get(pk=person.pk).has_answered


def test_who_was_written_to_without_a_request_stands_at_asked(alice, person, today):
    message = written_to(person)
    assert standing(person)[0::2] == (Stage.ASKED, Reached.ASKED)
    assert Person.objects.with_since().get().standing(today) == "asked on 4 November"

    message.unsend()
    assert standing(person)[0::2] == (Stage.FOUND, Reached.PEOPLE)


def test_rows_from_before_it_was_kept_are_filled(alice, company):
    people = [Person.add(alice, f"P {n}", company=company, on=day(2)) for n in range(6)]
    people[0].connect(on=day(1))
    written_to(people[1])
    sent(people[2]).accept(on=day(5))
    sent(people[3]).withdraw(on=day(5))
    Conversation.already_held(people[4], on=day(5), mode="phone")
    Person.objects.all().advance()
    Person.objects.update(was_asked=False, has_answered=False)
    Person.objects.filter(pk=people[1].pk).update(stage=Stage.FOUND)
    Company.objects.update(asked_count=5, answered_count=0)

    import_module("outreach.migrations.0009_who_was_asked").say_who_was_asked(apps, None)

    call_command("recount", check=True)


def test_a_move_takes_the_figures_along(alice, company, person):
    Conversation.already_held(person, on=day(3), mode="phone")
    figma = CompanyFactory(owner=alice, name="Figma")

    Person.objects.get(pk=person.pk).move_to(figma, on=day(9))

    company.refresh_from_db()
    assert (company.stage, company.people_count) == (Reached.SOURCED, 0)
    assert standing(person) == (Stage.TALKED, day(3), Reached.TALKED, True)

    Person.objects.get(pk=person.pk).move_to(None, on=day(10))
    figma.refresh_from_db()
    assert (figma.stage, figma.people_count) == (Reached.SOURCED, 0)


def test_connected_by_hand_and_not_after_all(person):
    person.connect(on=day(3))
    Person.settle([person])
    assert standing(person)[0::2] == (Stage.CONNECTED, Reached.CONNECTED)
    assert person.closeness == "1st degree"

    person.disconnect()
    Person.settle([person])
    assert standing(person)[0::2] == (Stage.FOUND, Reached.PEOPLE)
    assert person.closeness == ""


def test_what_is_wrong_is_put_right_and_counted(company, person):
    Person.objects.filter(pk=person.pk).update(stage=Stage.REFERRED, in_play=False, last_contact_on=day(1))

    assert Person.objects.all().advance() == 1
    assert standing(person) == (Stage.FOUND, None, Reached.PEOPLE, False)


def test_advancing_twenty_alike_costs_as_much_as_ten(alice, company, django_assert_max_num_queries):
    for _ in range(2):
        people = PersonFactory.create_batch(10, owner=alice, company=company)
        Person.objects.filter(pk__in=[person.pk for person in people]).update(stage=Stage.TALKED)
        with django_assert_max_num_queries(6):  # one each for the locks that PostgreSQL needs
            assert Person.objects.all().advance() == 10


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        (lambda p: None, "found on "),
        (lambda p: Request.draft(p.owner, p, channel="invitation").send(at=at(3)), "asked on 3 November"),
        (lambda p: Conversation.ask(p, on=day(4)), "finding a time since 4 November"),
        (lambda p: Conversation.already_held(p, on=day(5), mode="phone"), "talked on 5 November"),
        (lambda p: Referral.begin(p, "given", on=day(6)), "referred you on 6 November"),
        (lambda p: p.refuse_contact(on=day(7)), "marked “do not contact” on 7 November"),
    ],
)
def test_where_somebody_stands_is_said_with_the_day(person, today, reach, said):
    reach(person)

    assert Person.objects.with_since().get(pk=person.pk).standing(today).startswith(said)


class TestCountedAtTheEnd:
    def test_hundreds_of_verbs_are_counted_once_after_the_last(self, alice, today):
        person = PersonFactory(owner=alice)

        with counted_at_the_end():
            request = Request.draft(alice, person, channel="email")
            request.write("May I ask you two questions?")
            request.send(at=at(23))
            person.refresh_from_db()
            assert person.stage == Person.Stage.FOUND

        person.refresh_from_db()
        assert person.stage == Person.Stage.ASKED
        assert person.company.asked_count == 1
        call_command("recount", check=True)

    def test_what_fails_leaves_nothing_behind_and_the_next_verb_counts_as_ever(self, alice, today):
        person = PersonFactory(owner=alice)

        def draft_twice() -> None:
            with counted_at_the_end():
                Request.draft(alice, person, channel="email")
                Request.draft(alice, person, channel="email")

        with pytest.raises(Refused):
            draft_twice()

        assert not Request.objects.exists()
        Conversation.already_held(person, on=today, mode="phone")
        person.refresh_from_db()
        assert person.stage == Person.Stage.TALKED

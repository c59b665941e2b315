"""The next steps: what is due, with whom, and why now, at every point of the way."""

import datetime as dt

import pytest

from companies.models import Company
from contacts.models import Person
from outreach.agenda import KINDS, Agenda, Rest
from outreach.models import Application, Conversation, Deferral, Message, Referral, Request
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    InterviewFactory,
    OpeningFactory,
    PersonFactory,
)

MONDAY = dt.date(2026, 11, 23)


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    """That hour in Berlin."""
    return dt.datetime.combine(day, dt.time(hour - 1), tzinfo=dt.UTC)


def steps_of(user, day=MONDAY, hour=9):
    return [(step.kind, step.title) for step in Agenda(user, at(day, hour)).due()]


def kinds_of(user, day=MONDAY, hour=9):
    return [kind for kind, _title in steps_of(user, day, hour)]


@pytest.fixture
def priya(alice):
    company = CompanyFactory(owner=alice, name="Notion")
    return PersonFactory(owner=alice, company=company, name="Priya Raman")


def ask(person, day=MONDAY, hour=9, channel=Request.Channel.INVITATION):
    request = Request.draft(person.owner, person, channel=channel)
    request.write("Hi Priya")
    request = Request.objects.get(pk=request.pk)
    request.send(at=at(day, hour))
    return Request.objects.get(pk=request.pk)


def test_an_empty_account_has_nothing_due(alice):
    assert steps_of(alice) == []


def test_companies_without_people_are_one_row_led_by_the_highest(alice):
    CompanyFactory(owner=alice, name="Linear", motivation=3)
    CompanyFactory(owner=alice, name="Figma", motivation=1)
    CompanyFactory(owner=alice, name="Resting", state=Company.State.PAUSED, paused_on=MONDAY)

    [step] = Agenda(alice, at(MONDAY)).due()

    assert step.title == "2 companies without people"
    assert step.why == "Linear ranks highest among them"
    assert step.url == Company.objects.get(name="Linear").get_absolute_url()
    assert step.alike == 2


def test_people_not_asked_yet_are_one_row_led_by_the_best_company(alice, priya):
    dream = CompanyFactory(owner=alice, name="Linear", motivation=3)
    PersonFactory(owner=alice, company=dream, name="Mei Tan")

    steps = Agenda(alice, at(MONDAY)).due()

    assert [(step.title, step.alike) for step in steps] == [("Write to Mei Tan", 2)]
    assert "1 more not asked yet" in steps[0].why


def test_a_draft_waits_to_be_sent(alice, priya):
    Request.draft(alice, priya, channel="invitation")

    assert "Send the request to Priya Raman" in dict(
        map(reversed, steps_of(alice, MONDAY + dt.timedelta(days=2000)))
    )


def test_a_fresh_request_raises_nothing(alice, priya):
    ask(priya)

    assert steps_of(alice) == []


def test_on_the_third_business_day_the_next_person_is_due(alice, priya):
    mei = PersonFactory(owner=alice, company=priya.company, name="Mei Tan")
    ask(priya)

    assert "second_person" not in kinds_of(alice, dt.date(2026, 11, 25))
    due = {step.kind: step for step in Agenda(alice, at(dt.date(2026, 11, 26))).due()}

    assert due["second_person"].title == "Write to the next person at Notion"
    assert due["second_person"].url == f"/people/{mei.pk}/requests/add/"


def test_where_nobody_else_is_known_somebody_is_to_be_found(alice, priya):
    ask(priya)

    [step] = Agenda(alice, at(dt.date(2026, 11, 26))).due()

    assert step.button == "Find somebody"


def test_once_the_next_person_is_asked_the_first_raises_no_more_of_it(alice, priya):
    mei = PersonFactory(owner=alice, company=priya.company, name="Mei Tan")
    ask(priya)
    ask(mei, dt.date(2026, 11, 26))

    assert "second_person" not in kinds_of(alice, dt.date(2026, 11, 27))


def test_written_in_the_afternoon_counts_from_the_next_business_day(alice, priya):
    ask(priya, hour=13)

    assert kinds_of(alice, dt.date(2026, 11, 26)) == []
    assert kinds_of(alice, dt.date(2026, 11, 27)) == ["second_person"]


def test_a_pending_invitation_is_never_followed_up(alice, priya):
    ask(priya)

    assert "follow_up" not in kinds_of(alice, dt.date(2026, 12, 20))


def test_a_message_is_followed_up_once_on_the_seventh_business_day(alice, priya):
    ask(priya, channel=Request.Channel.EMAIL)

    assert "follow_up" not in kinds_of(alice, dt.date(2026, 12, 1))
    assert "follow_up" in kinds_of(alice, dt.date(2026, 12, 2))
    Message.objects.create(
        owner=alice,
        person=priya,
        kind="follow_up",
        text="?",
        sent_on=dt.date(2026, 12, 2),
        sent_at=at(dt.date(2026, 12, 2)),
    )

    assert "follow_up" not in kinds_of(alice, dt.date(2026, 12, 3))


def test_who_does_not_want_to_be_reminded_is_not(alice, priya):
    ask(priya, channel=Request.Channel.EMAIL)
    alice.cadence_on = False

    assert kinds_of(alice, dt.date(2026, 12, 20)) == []


def test_whoever_is_connected_by_now_has_accepted_even_if_nobody_wrote_it_down(alice, priya):
    ask(priya)
    priya.connect(on=MONDAY)
    Person.objects.filter(pk=priya.pk).advance()

    assert kinds_of(alice, dt.date(2026, 11, 27)) == ["ask_for_time"]


def test_whoever_accepted_is_asked_for_a_time(alice, priya):
    ask(priya).accept(on=MONDAY)

    assert steps_of(alice) == [("ask_for_time", "Ask Priya Raman for a time")]


def test_whoever_was_connected_before_is_asked_for_a_time_without_a_request(alice, priya):
    priya.connect(on=dt.date(2026, 11, 20))
    Person.objects.filter(pk=priya.pk).advance()

    [step] = Agenda(alice, at(MONDAY)).due()

    assert (step.kind, step.why) == ("ask_for_time", "Connected on Friday")


def test_an_answer_by_mail_leads_to_asking_for_a_time(alice, priya):
    ask(priya, channel=Request.Channel.EMAIL).answer(on=MONDAY, text="Glad to")

    assert kinds_of(alice) == ["ask_for_time"]


def test_a_declined_request_raises_nothing(alice, priya):
    ask(priya).decline(on=MONDAY)

    assert kinds_of(alice, dt.date(2026, 12, 20)) == []


def test_do_not_contact_silences_everything(alice, priya):
    ask(priya)
    priya.refresh_from_db()
    priya.refuse_contact(on=MONDAY)

    assert kinds_of(alice, dt.date(2026, 12, 20)) == []


def test_a_dropped_company_raises_nothing_about_people_there(alice, priya):
    company = Company.objects.get(pk=priya.company_id)
    company.drop(on=MONDAY)

    assert steps_of(alice) == []


@pytest.fixture
def talk(alice, priya):
    return Conversation.ask(priya, on=MONDAY, mode=Conversation.Mode.VIDEO)


def scheduled(talk, day, hour=10):
    talk.schedule(
        on=MONDAY, wall_day=day, wall_time=dt.time(hour), zone="Europe/Berlin", starts_at=at(day, hour)
    )
    return Conversation.objects.get(pk=talk.pk)


def test_a_time_asked_for_is_followed_up_after_seven_business_days(alice, talk):
    assert steps_of(alice, dt.date(2026, 12, 1)) == []
    assert steps_of(alice, dt.date(2026, 12, 2)) == [("settle_time", "Ask Priya Raman about a time again")]


def test_proposed_times_are_to_be_settled_the_next_business_day(alice, talk):
    talk.propose(on=MONDAY)

    assert steps_of(alice) == []
    assert steps_of(alice, dt.date(2026, 11, 24)) == [("settle_time", "Settle a time with Priya Raman")]


def test_around_a_talk_one_step_at_a_time(alice, talk):
    day = dt.date(2026, 11, 27)
    talk = scheduled(talk, day)
    assert kinds_of(alice, dt.date(2026, 11, 25)) == []

    eve = dt.date(2026, 11, 26)
    assert kinds_of(alice, eve) == ["confirm"]
    talk.confirm(on=eve)
    assert kinds_of(alice, eve) == ["prepare"]
    talk.prepare(on=eve)
    assert kinds_of(alice, eve) == []

    assert steps_of(alice, day, 9) == [("outcome", "Talk with Priya Raman")]
    assert steps_of(alice, day, 11) == [("outcome", "Say how it went with Priya Raman")]


def test_after_a_talk_thanks_and_writing_it_up(alice, talk):
    day = dt.date(2026, 11, 24)
    talk = scheduled(talk, day)
    talk.hold(on=day)

    assert set(kinds_of(alice, day, 12)) == {"write_up", "thank"}
    talk.thank(on=dt.date(2026, 11, 25))
    question = talk.questions.first()
    question.answer = "SQL first"
    question.save()

    assert kinds_of(alice, dt.date(2026, 11, 25)) == []


@pytest.mark.parametrize("verb", ["cancel", "miss"])
def test_what_fell_through_gets_another_time(alice, talk, verb):
    talk = scheduled(talk, dt.date(2026, 11, 24))
    getattr(talk, verb)(on=dt.date(2026, 11, 24))

    assert steps_of(alice, dt.date(2026, 11, 25)) == [("another_time", "Offer Priya Raman another time")]


def test_in_writing_the_questions_go_out_instead_of_a_time(alice, priya):
    talk = Conversation.ask(priya, on=MONDAY, mode=Conversation.Mode.WRITING)
    assert kinds_of(alice) == ["send_questions"]

    talk.questions_sent_on = MONDAY
    talk.save()

    assert kinds_of(alice) == []
    assert steps_of(alice, dt.date(2026, 12, 2)) == [("settle_time", "Look for Priya Raman’s answers")]


def test_a_referral_given_is_thanked_for(alice, priya):
    referral = Referral.begin(priya, "given", on=MONDAY)
    assert ("thank_referral", "Thank Priya Raman for the referral") in steps_of(alice)

    referral.thank(on=MONDAY)

    assert "thank_referral" not in kinds_of(alice)


def test_an_application_is_to_be_sent_and_its_interview_prepared(alice, priya):
    application = ApplicationFactory(owner=alice, opening=OpeningFactory(owner=alice, company=priya.company))
    later = dt.date(2030, 1, 7)
    assert "apply" in kinds_of(alice, later)

    application = Application.objects.get(pk=application.pk)
    application.apply(on=MONDAY)
    InterviewFactory(owner=alice, application=application, day=dt.date(2026, 11, 27))

    assert "interview" not in kinds_of(alice, dt.date(2026, 11, 24))
    assert "interview" in kinds_of(alice, dt.date(2026, 11, 25))


def test_a_step_put_off_comes_back_on_its_day_and_a_skipped_one_does_not(alice, priya):
    ask(priya).accept(on=MONDAY)
    [step] = Agenda(alice, at(MONDAY)).due()

    Deferral.put_off(alice, step.kind, step.subject_uid, step.occurrence, until=MONDAY + dt.timedelta(days=1))
    assert steps_of(alice) == []
    assert kinds_of(alice, MONDAY + dt.timedelta(days=1)) == ["ask_for_time"]

    Deferral.put_off(alice, step.kind, step.subject_uid, step.occurrence, until=None)
    assert steps_of(alice, MONDAY + dt.timedelta(days=30)) == []


def test_each_kind_shows_three_and_says_how_many_more(alice):
    for _n in range(5):
        ask(PersonFactory(owner=alice)).accept(on=MONDAY)

    shown, rest = Agenda(alice, at(MONDAY)).by_kind()

    assert len(shown) == 3
    assert [(left.kind, left.count, left.label) for left in rest] == [
        ("ask_for_time", 2, "2 more people to ask for a time")
    ]
    assert len(Agenda(alice, at(MONDAY)).by_kind("ask_for_time")[0]) == 5


def test_what_is_due_first_comes_first_then_the_higher_company(alice):
    low, high = CompanyFactory(owner=alice, motivation=1), CompanyFactory(owner=alice, motivation=3)
    ask(PersonFactory(owner=alice, company=low, name="Early")).accept(on=MONDAY)
    for company, name in ((low, "Low"), (high, "High")):
        ask(PersonFactory(owner=alice, company=company, name=name)).accept(on=dt.date(2026, 11, 24))

    names = [step.person.name for step in Agenda(alice, at(dt.date(2026, 11, 24))).due()]

    assert names == ["Early", "High", "Low"]


def test_nothing_of_another_user_is_ever_due(alice, bob, priya):
    ask(priya).accept(on=MONDAY)

    assert steps_of(bob, dt.date(2026, 12, 20)) == []


def test_the_number_of_queries_does_not_grow(alice, django_assert_num_queries):
    def fill(count):
        for _n in range(count):
            ask(PersonFactory(owner=alice)).accept(on=MONDAY)
            ask(PersonFactory(owner=alice))
            PersonFactory(owner=alice)
            Conversation.ask(PersonFactory(owner=alice), on=MONDAY).hold(on=MONDAY)
            CompanyFactory(owner=alice)

    fill(2)
    with django_assert_num_queries(12):
        Agenda(alice, at(dt.date(2026, 12, 20))).due()
    fill(4)
    with django_assert_num_queries(12):
        Agenda(alice, at(dt.date(2026, 12, 20))).due()


def test_every_kind_has_its_words():
    assert {kind: Rest(kind, 1).label.startswith("1 more ") for kind in KINDS} == dict.fromkeys(KINDS, True)
    assert Rest("draft", 1).label == "1 more draft to finish"
    assert Rest("draft", 47, is_cut=True).label == "47+ more drafts to finish"


def write(person, kind, day, **more):
    return Message.objects.create(
        owner=person.owner, person=person, kind=kind, text="Thank you.", sent_on=day, sent_at=at(day), **more
    )


def test_a_first_message_starts_a_cadence_of_its_own(alice, priya):
    ask(priya, dt.date(2026, 11, 20)).accept(on=dt.date(2026, 11, 20))
    write(priya, "first_message", MONDAY)

    assert steps_of(alice, dt.date(2026, 12, 1)) == []
    assert steps_of(alice, dt.date(2026, 12, 2)) == [("follow_up", "Follow up with Priya Raman")]
    write(priya, "follow_up", dt.date(2026, 12, 2))
    assert steps_of(alice, dt.date(2026, 12, 20)) == []


def test_a_reply_to_the_first_message_leads_to_asking_for_a_time(alice, priya):
    ask(priya, dt.date(2026, 11, 20)).accept(on=dt.date(2026, 11, 20))
    write(priya, "first_message", MONDAY)
    write(priya, "reply", dt.date(2026, 11, 24), direction="in")

    assert kinds_of(alice, dt.date(2026, 11, 24)) == ["ask_for_time"]


def test_a_message_begun_and_not_sent_is_one_step_not_two(alice, priya):
    request = ask(priya)
    request.accept(on=MONDAY)
    draft = Message.objects.create(
        owner=alice, person=priya, request=request, kind="ask_for_time", text="When?"
    )

    [step] = Agenda(alice, at(MONDAY)).due()

    assert (step.kind, step.url, step.button) == ("ask_for_time", draft.get_absolute_url(), "Finish and send")


def test_a_message_begun_without_an_occasion_stands_for_itself(alice, priya):
    Message.objects.create(owner=alice, person=priya, kind="report_back", text="It worked.")

    assert "draft" in kinds_of(alice, MONDAY + dt.timedelta(days=2000))


def test_thanks_begun_and_not_sent_lead_back_to_the_draft(alice, talk):
    talk.hold(on=MONDAY)
    draft = Message.objects.create(
        owner=alice, person=talk.person, conversation=talk, kind="thanks", text="Thank you"
    )

    steps = [
        step for step in Agenda(alice, at(dt.date(2026, 11, 24))).due() if step.kind in ("thank", "draft")
    ]

    assert [(step.kind, step.url) for step in steps] == [("thank", draft.get_absolute_url())]


def test_a_time_asked_for_again_rests_after_its_follow_up(alice, talk):
    write(talk.person, "follow_up", dt.date(2026, 12, 2), conversation=talk)

    assert steps_of(alice, dt.date(2026, 12, 20)) == []


def test_an_answer_to_the_question_for_a_time_is_to_be_settled_at_once(alice, talk):
    write(talk.person, "reply", dt.date(2026, 11, 24), direction="in")

    assert steps_of(alice, dt.date(2026, 11, 24)) == [("settle_time", "Settle a time with Priya Raman")]


def test_an_out_of_office_note_is_no_answer(alice, priya, talk):
    write(talk.person, "reply", dt.date(2026, 11, 24), direction="in", reply_kind="out_of_office")

    assert steps_of(alice, dt.date(2026, 11, 24)) == []


def test_skipping_one_company_without_people_leaves_the_others(alice):
    linear = CompanyFactory(owner=alice, name="Linear", motivation=3)
    CompanyFactory(owner=alice, name="Figma")
    Deferral.put_off(alice, "find_people", linear.uid, "", until=None)

    assert steps_of(alice) == [("find_people", "Find people at Figma")]


def test_who_must_not_be_contacted_is_written_up_and_nothing_else(alice, talk):
    talk.hold(on=MONDAY)
    person = Person.objects.get(pk=talk.person_id)
    person.refuse_contact(on=MONDAY)

    assert kinds_of(alice) == ["write_up"]


def test_an_old_refusal_does_not_hide_a_new_connection(alice, priya):
    ask(priya, dt.date(2026, 9, 7), channel=Request.Channel.EMAIL).decline(on=dt.date(2026, 9, 8))
    ask(Person.objects.get(pk=priya.pk), dt.date(2026, 11, 20)).accept(on=MONDAY)

    assert kinds_of(alice) == ["ask_for_time"]


def test_the_newest_request_is_never_cut_off(alice, monkeypatch):
    monkeypatch.setattr("outreach.agenda.requests.MANY", 1)
    people = [PersonFactory(owner=alice) for _n in range(7)]
    for person in people:
        ask(person, channel=Request.Channel.EMAIL)

    followed = {
        step.person for step in Agenda(alice, at(dt.date(2026, 12, 2))).due() if step.kind == "follow_up"
    }

    assert people[-1] in followed


def test_a_cancelled_talk_is_forgotten_once_a_later_one_took_place(alice, talk):
    talk = scheduled(talk, dt.date(2026, 11, 24))
    talk.cancel(on=dt.date(2026, 11, 24))
    later = Conversation.already_held(talk.person, on=dt.date(2026, 11, 25), mode="phone", notes="Good")
    later.thank(on=dt.date(2026, 11, 25))

    assert kinds_of(alice, dt.date(2026, 11, 26)) == []


def test_the_next_person_is_not_proposed_twice(alice, priya):
    PersonFactory(owner=alice, company=priya.company, name="Mei Tan")
    ask(priya)

    assert kinds_of(alice, dt.date(2026, 11, 25)) == ["write"]
    assert kinds_of(alice, dt.date(2026, 11, 26)) == ["second_person"]


def test_a_request_begun_to_the_next_person_is_that_step(alice, priya):
    mei = PersonFactory(owner=alice, company=priya.company, name="Mei Tan")
    ask(priya)
    Request.draft(alice, mei, channel="invitation")

    assert "second_person" not in kinds_of(alice, dt.date(2026, 11, 26))


def test_whoever_would_rather_not_is_left_in_peace(alice, priya):
    priya.connect(on=dt.date(2026, 11, 20))
    Person.objects.filter(pk=priya.pk).advance()
    write(priya, "first_message", dt.date(2026, 11, 20))
    write(priya, "reply", MONDAY, direction="in", reply_kind="negative")

    assert steps_of(alice, dt.date(2026, 12, 20)) == []


def on_their_page(alice, person):
    steps = Agenda(alice, at(MONDAY), person=Person.objects.get(pk=person.pk)).steps
    return [(step.kind, step.why) for step in steps]


def only_imported(person, **facts):
    Person.objects.filter(pk=person.pk).update(picked_up=False, **facts)
    Person.objects.filter(pk=person.pk).advance()


def test_a_connection_who_was_only_imported_is_asked_for_a_time_from_their_page_alone(alice, priya):
    only_imported(priya, connected_on=dt.date(2019, 5, 3))

    assert kinds_of(alice) == []
    assert on_their_page(alice, priya) == [("ask_for_time", "Connected on 3 May 2019")]


@pytest.mark.parametrize("state", ["suggested", "dropped"])
def test_what_their_page_proposes_goes_by_their_company(alice, priya, state):
    only_imported(priya, connected_on=MONDAY)
    Company.objects.filter(pk=priya.company_id).update(
        state=state, dropped_on=MONDAY if state == "dropped" else None
    )

    assert bool(on_their_page(alice, priya)) == (state == "suggested")


def test_somebody_found_by_an_import_is_written_to_from_their_page(alice, priya):
    only_imported(priya)

    assert kinds_of(alice) == []
    assert on_their_page(alice, priya) == [("write", "Analytics Lead")]


def test_what_an_import_says_that_i_wrote_long_ago_is_not_followed_up(alice, priya):
    only_imported(priya, connected_on=dt.date(2019, 5, 3))
    write(priya, "first_message", dt.date(2019, 5, 4), external_key="c-1")

    assert kinds_of(alice) == []
    assert [kind for kind, _why in on_their_page(alice, priya)] == ["ask_for_time"]


def test_writing_to_an_imported_connection_here_brings_them_into_play(alice, priya):
    only_imported(priya, connected_on=dt.date(2019, 5, 3))
    Message.settle([write(priya, "first_message", MONDAY)])

    assert Person.objects.get(pk=priya.pk).in_play
    assert kinds_of(alice, dt.date(2026, 12, 20)) == ["follow_up"]


def test_whoever_accepts_my_request_is_asked_for_a_time_wherever_they_work(alice, priya):
    Company.objects.filter(pk=priya.company_id).update(state="suggested")
    ask(priya).accept(on=MONDAY)

    assert kinds_of(alice) == ["ask_for_time"]

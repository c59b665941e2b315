"""An application: begun at an opening, sent through somebody, moved by buttons, deleted."""

import datetime as dt

import pytest

from outreach.models import Application, Referral
from tests.factories import InterviewFactory, OpeningFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")

ON = dt.date(2026, 11, 2)


@pytest.fixture
def opening(alice):
    return OpeningFactory(owner=alice, title="Data Analyst II", link="https://jobs.example.org/1?ref=x")


@pytest.fixture
def application(opening):
    return Application.prepare(opening, on=ON)


@pytest.fixture
def referral(alice, opening):
    return Referral.begin(PersonFactory(owner=alice, company=opening.company, name="Jonas"), "given", on=ON)


def page_of(client, application):
    answer = client.get(f"/applications/{application.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def press(client, application, noun, **form):
    answer = client.post(f"/applications/{application.pk}/{noun}/", form)
    application.refresh_from_db()
    return answer


def test_i_will_apply_begins_one_and_leads_there_again(alice_client, opening):
    first = alice_client.post(f"/openings/{opening.pk}/application/")
    second = alice_client.post(f"/openings/{opening.pk}/application/")

    application = Application.objects.get()
    assert first.url == second.url == application.get_absolute_url()
    assert application.state == "prepared"


def test_the_page_has_the_opening_its_posting_and_what_comes_next(alice_client, application):
    page = page_of(alice_client, application)

    assert "Data Analyst II" in page
    assert 'href="https://jobs.example.org/1?ref=x" target="_blank"' in page
    assert "Send it, best through somebody you know" in page


def test_what_was_sent_and_through_whom_is_kept(alice_client, application, referral):
    form = {"referral": referral.pk, "sent": "CV of November", "version": application.version}

    answer = alice_client.post(f"/applications/{application.pk}/", form)

    application.refresh_from_db()
    assert answer.url == application.get_absolute_url()
    assert (application.referral, application.sent) == (referral, "CV of November")
    assert "Through Jonas." in page_of(alice_client, application)


def test_an_older_version_is_a_conflict_with_both_texts(alice_client, application):
    seen = application.version
    application.sent = "From the phone"
    application.save()

    answer = alice_client.post(f"/applications/{application.pk}/", {"sent": "From the desk", "version": seen})

    assert answer.status_code == 409
    assert "From the phone" in answer.content.decode()
    assert "From the desk" in answer.content.decode()


def test_a_referral_from_elsewhere_or_of_another_owner_is_no_choice(alice_client, alice, bob, application):
    for owner in (alice, bob):
        other = Referral.begin(PersonFactory(owner=owner), "given", on=ON)
        form = {"referral": other.pk, "version": application.version}
        assert alice_client.post(f"/applications/{application.pk}/", form).status_code == 422


@pytest.mark.parametrize(
    ("sent", "sentence"), [("x" * 20_001, "at most 20000"), ("a\x00b", "Null characters")]
)
def test_bad_input_is_refused_with_a_sentence(sent, sentence, alice_client, application):
    answer = alice_client.post(
        f"/applications/{application.pk}/", {"sent": sent, "version": application.version}
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_buttons_move_it_and_the_page_follows(alice_client, application):
    press(alice_client, application, "applying", on="2026-11-20")
    assert (application.state, application.applied_on) == ("applied", dt.date(2026, 11, 20))
    assert "You applied" in page_of(alice_client, application)
    press(alice_client, application, "rejection")
    assert "Not this time" in page_of(alice_client, application)
    press(alice_client, application, "reversal")
    press(alice_client, application, "offer")
    assert "They made you an offer" in page_of(alice_client, application)
    press(alice_client, application, "withdrawal")
    assert "You withdrew it" in page_of(alice_client, application)
    press(alice_client, application, "reversal")
    assert application.state == "offered"


def test_a_move_that_does_not_fit_is_refused(alice_client, application):
    assert press(alice_client, application, "offer").status_code == 409
    assert press(alice_client, application, "applying", on="2026-11-24").status_code == 409
    assert press(alice_client, application, "reversal").status_code == 409
    assert application.state == "prepared"


def test_a_link_that_is_not_safe_is_not_opened(alice_client, alice):
    opening = OpeningFactory(owner=alice, title="<script>alert(1)</script>", link="javascript:alert(1)")

    page = page_of(alice_client, Application.prepare(opening, on=ON))

    assert "javascript:" not in page
    assert "<script>alert" not in page


def test_a_deleted_one_comes_back_with_its_interviews(alice_client, alice, application):
    InterviewFactory(owner=alice, application=application)

    page = alice_client.post(f"/applications/{application.pk}/deletion/", follow=True).content.decode()
    assert not Application.objects.exists()
    assert "Deleted application" in page
    changes = alice_client.get("/changes/").content.decode()
    alice_client.post("/changes/" + changes.split('action="/changes/')[1].split('"')[0])

    assert Application.objects.get().interviews.count() == 1


def test_the_number_of_queries_does_not_grow(alice_client, alice, application, django_assert_num_queries):
    for count in (10, 20):
        InterviewFactory.create_batch(count, owner=alice, application=application)
        for _number in range(count):
            person = PersonFactory(owner=alice, company=application.opening.company)
            Referral.begin(person, "offered", on=ON)
        with django_assert_num_queries(5):
            page_of(alice_client, application)


NOUNS = ("applying", "offer", "rejection", "withdrawal", "reversal")


@pytest.mark.parametrize("noun", NOUNS)
def test_another_owner_moves_nothing_and_reading_moves_nothing(noun, alice_client, bob_client, application):
    before = Application.objects.values().get()

    assert bob_client.post(f"/applications/{application.pk}/{noun}/").status_code == 404
    assert alice_client.get(f"/applications/{application.pk}/{noun}/").status_code == 405
    assert Application.objects.values().get() == before


def test_another_owner_finds_nothing(bob_client, application):
    assert bob_client.get(f"/applications/{application.pk}/").status_code == 404
    assert bob_client.post(f"/applications/{application.pk}/", {"sent": "x"}).status_code == 404
    assert bob_client.post(f"/applications/{application.pk}/deletion/").status_code == 404
    assert bob_client.post(f"/openings/{application.opening.pk}/application/").status_code == 404
    assert Application.objects.get().sent == ""

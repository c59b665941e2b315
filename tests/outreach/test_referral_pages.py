"""A referral is entered on a person's page, moved by buttons, thanked for, deleted."""

import datetime as dt

import pytest

from outreach.models import Application, Referral
from tests.factories import CompanyFactory, OpeningFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")

ON = dt.date(2026, 11, 2)


@pytest.fixture
def jonas(alice):
    return PersonFactory(owner=alice, company=CompanyFactory(owner=alice), name="Jonas Okafor")


@pytest.fixture
def offered(jonas):
    return Referral.begin(jonas, "offered", on=ON)


def url(person):
    return f"/people/{person.pk}/referrals/add/"


FORM = {"state": "given", "on": "2026-11-20", "notes": "To the hiring manager"}


def press(client, referral, noun, **form):
    answer = client.post(f"/referrals/{referral.pk}/{noun}/", form)
    referral.refresh_from_db()
    return answer


@pytest.mark.parametrize("state", ["offered", "asked", "given"])
def test_it_is_entered_where_it_stands(state, alice_client, alice, jonas):
    opening = OpeningFactory(owner=alice, company=jonas.company)

    answer = alice_client.post(url(jonas), FORM | {"state": state, "opening": opening.pk})

    referral = Referral.objects.get()
    assert answer.url == f"{jonas.get_absolute_url()}#referrals"
    assert (referral.state, referral.opening, referral.notes) == (state, opening, "To the hiring manager")
    assert getattr(referral, f"{state}_on") == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"state": "declined"}, "Select a valid choice"),
        ({"state": ""}, "This field is required"),
        ({"on": "2026-11-24"}, "That day is still to come"),
        ({"notes": "x" * 501}, "at most 500 characters"),
        ({"notes": "a\x00b"}, "Null characters"),
        ({"opening": "999999"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(form, sentence, alice_client, jonas):
    answer = alice_client.post(url(jonas), FORM | form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Referral.objects.exists()


def test_only_openings_of_their_company_are_offered(alice_client, alice, bob, jonas):
    elsewhere, theirs = OpeningFactory(owner=alice), OpeningFactory(owner=bob)

    for opening in (elsewhere, theirs):
        assert alice_client.post(url(jonas), FORM | {"opening": opening.pk}).status_code == 422


def test_a_person_without_a_company_can_refer_too(alice_client, alice):
    person = PersonFactory(owner=alice, company=None)
    OpeningFactory(owner=alice)

    assert alice_client.post(url(person), FORM).status_code == 302


def test_buttons_move_it_and_back(alice_client, offered):
    press(alice_client, offered, "asking", on="2026-11-03")
    assert (offered.state, offered.asked_on) == ("asked", dt.date(2026, 11, 3))
    press(alice_client, offered, "giving", on="2026-11-04")
    assert offered.state == "given"
    press(alice_client, offered, "thanks", on="2026-11-05")
    assert offered.thanked_on == dt.date(2026, 11, 5)
    press(alice_client, offered, "thanks/reversal")
    assert offered.thanked_on is None
    press(alice_client, offered, "reversal")
    assert (offered.state, offered.given_on) == ("asked", None)
    press(alice_client, offered, "refusal")
    assert offered.state == "declined"


def test_a_move_that_does_not_fit_is_refused(alice_client, offered):
    assert press(alice_client, offered, "thanks").status_code == 409
    assert press(alice_client, offered, "giving", on="2026-10-01").status_code == 409
    assert press(alice_client, offered, "giving", on="2026-11-24").status_code == 409
    assert offered.state == "offered"


def test_sent_twice_it_is_entered_once(alice_client, jonas):
    form = FORM | {"submission": "7e1cbb0b-2b1d-4f0e-9b0e-0a7b6f3f2a11"}

    alice_client.post(url(jonas), form)
    alice_client.post(url(jonas), form)

    assert Referral.objects.count() == 1


def test_a_deleted_one_comes_back_to_its_application(alice_client, alice, offered):
    opening = OpeningFactory(owner=alice, company=offered.person.company)
    application = Application.prepare(opening, on=ON)
    application.referral = offered
    application.save()

    alice_client.post(f"/referrals/{offered.pk}/deletion/")
    application.refresh_from_db()
    assert application.referral is None
    page = alice_client.get("/changes/").content.decode()
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])

    application.refresh_from_db()
    assert application.referral == offered


NOUNS = ("asking", "giving", "refusal", "reversal", "thanks", "thanks/reversal")


@pytest.mark.parametrize("noun", NOUNS)
def test_another_owner_moves_nothing_and_reading_moves_nothing(noun, alice_client, bob_client, offered):
    before = Referral.objects.values().get()

    assert bob_client.post(f"/referrals/{offered.pk}/{noun}/").status_code == 404
    assert alice_client.get(f"/referrals/{offered.pk}/{noun}/").status_code == 405
    assert Referral.objects.values().get() == before


def test_another_owner_neither_adds_nor_deletes(bob_client, offered):
    assert bob_client.get(url(offered.person)).status_code == 404
    assert bob_client.post(url(offered.person), FORM).status_code == 404
    assert bob_client.post(f"/referrals/{offered.pk}/deletion/").status_code == 404
    assert Referral.objects.count() == 1

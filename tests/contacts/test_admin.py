"""People in the admin: figures follow, addresses are read as on the pages, many are marked at once."""

import pytest

from contacts.models import Person, PersonKey
from netjob import undo
from netjob.models import Activity, Change
from tests.admin_pages import act, admin_url, edited_in_list, saved, sent_from
from tests.factories import CompanyFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


@pytest.fixture
def priya(alice, figma):
    return PersonFactory(owner=alice, company=figma, name="Priya Raman")


def test_a_new_person_is_counted_has_keys_and_a_history(alice, alice_client, figma):
    add = admin_url(Person, "add")
    facts = {"name": "Jonas", "company": figma.pk, "profile": "linkedin.com/in/jonas", "place": "Dublin"}

    answer = alice_client.post(add, sent_from(alice_client.get(add), **facts))

    assert answer.status_code == 302, answer.context["errors"]
    person = Person.objects.get()
    assert person.keys.get().value == "jonas"
    assert (person.time_zone, person.time_zone_guessed) == ("Europe/Dublin", True)
    figma.refresh_from_db()
    assert figma.people_count == 1
    assert Activity.objects.get(person_uid=person.uid).verb == "found"


def test_a_profile_of_somebody_else_is_an_error_of_the_form(alice, alice_client, priya):
    priya.set_profile("linkedin.com/in/priya")
    add = admin_url(Person, "add")

    answer = alice_client.post(
        add, sent_from(alice_client.get(add), name="Twin", profile="linkedin.com/in/priya")
    )

    assert answer.status_code == 422
    assert "has that address already" in answer.content.decode()
    assert Person.objects.count() == 1


def test_moving_somebody_settles_both_companies_and_is_told(alice, alice_client, figma, priya):
    linear = CompanyFactory(owner=alice, name="Linear")

    assert saved(alice_client, priya, company=linear.pk).status_code == 302

    figma.refresh_from_db()
    linear.refresh_from_db()
    assert (figma.people_count, linear.people_count) == (0, 1)
    assert Activity.objects.filter(verb="moved").count() == 2


def test_stage_and_last_contact_are_not_written(alice_client, priya):
    saved(alice_client, priya, stage=5, last_contact_on="2026-01-01", role="Lead")

    priya.refresh_from_db()
    assert (priya.stage, priya.last_contact_on, priya.role) == (0, None, "Lead")
    assert "lead" in priya.search_text


def test_the_kind_is_edited_in_the_list(alice_client, priya):
    assert edited_in_list(alice_client, Person, kind="recruiter").status_code == 302

    priya.refresh_from_db()
    assert priya.kind == "recruiter"


def test_many_are_left_in_peace_at_once(alice, alice_client, priya):
    jonas = PersonFactory(owner=alice, name="Jonas")

    assert act(alice_client, "contact-ban", priya, jonas, on="2026-11-20").status_code == 302
    assert not Person.objects.filter(do_not_contact_on=None).exists()


def test_who_is_left_in_peace_already_refuses_for_all(alice, alice_client, priya):
    jonas = PersonFactory(owner=alice, name="Jonas")
    jonas.refuse_contact(on=jonas.created_at.date())

    answer = act(alice_client, "contact-ban", priya, jonas, on="2026-11-20")

    assert answer.status_code == 422
    assert "Jonas</strong>: Jonas is marked “do not contact” already." in answer.content.decode()
    priya.refresh_from_db()
    assert priya.do_not_contact_on is None


def test_deleting_many_settles_their_company_and_can_be_undone(alice, alice_client, figma, priya):
    jonas = PersonFactory(owner=alice, company=figma, name="Jonas")
    figma.refresh_from_db()
    assert figma.people_count == 2

    act(alice_client, "deletion", priya, jonas)

    figma.refresh_from_db()
    assert figma.people_count == 0
    undo.undo(alice, Change.objects.first().act, now=figma.updated_at)
    figma.refresh_from_db()
    assert figma.people_count == 2


def test_proposals_name_the_company_and_need_no_accents(alice, alice_client, figma, priya):
    PersonFactory(owner=alice, name="Zoë")
    asked = {"app_label": "outreach", "model_name": "request", "field_name": "person"}

    found = alice_client.get("/admin/autocomplete/", {**asked, "term": "PRIYÁ figma"}).json()

    assert found == {
        "results": [{"id": str(priya.pk), "text": "Priya Raman (Figma)"}],
        "pagination": {"more": False},
    }


def test_proposals_come_in_pages(alice, alice_client):
    for _ in range(21):
        PersonFactory(owner=alice)
    asked = {"app_label": "outreach", "model_name": "request", "field_name": "person", "term": ""}

    first = alice_client.get("/admin/autocomplete/", asked).json()
    second = alice_client.get("/admin/autocomplete/", {**asked, "page": 2}).json()

    assert (len(first["results"]), first["pagination"]["more"]) == (20, True)
    assert (len(second["results"]), second["pagination"]["more"]) == (1, False)
    for page in ("0", "x", "99999999999999999999"):
        assert alice_client.get("/admin/autocomplete/", {**asked, "page": page}).status_code == 200


def test_a_wrong_address_is_deleted_but_written_on_the_person(alice, alice_client, priya):
    priya.set_email("priya@example.org")
    key = PersonKey.objects.get()

    assert alice_client.get(admin_url(PersonKey, "add")).status_code == 403
    assert alice_client.post(admin_url(PersonKey, "change", key.pk), {"value": "x"}).status_code == 403
    assert alice_client.post(admin_url(PersonKey, "delete", key.pk), {"post": "yes"}).status_code == 302
    assert not PersonKey.objects.exists()

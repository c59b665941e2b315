"""Target roles: what I want to work as, with the other titles it goes by."""

from companies.models import TargetRole
from tests.factories import RoleFactory


def test_an_empty_account_is_told_the_first_step(alice_client):
    answer = alice_client.get("/roles/")

    assert answer.status_code == 200
    assert "Add your first role" in answer.content.decode()


def test_a_role_is_added_with_its_variants(alice_client, alice):
    answer = alice_client.post(
        "/roles/add/", {"title": "Data Analyst", "variants": "BI Analyst\n\nAnalytics Engineer\nbi analyst"}
    )

    assert answer.status_code == 302
    role = TargetRole.objects.owned_by(alice).get()
    assert role.titles() == ["Data Analyst", "BI Analyst", "Analytics Engineer"]


def test_the_same_role_twice_is_refused_and_what_was_typed_stays(alice_client, alice):
    RoleFactory(owner=alice, title="Data Analyst")

    answer = alice_client.post("/roles/add/", {"title": "data analyst", "variants": "BI Analyst"})

    assert answer.status_code == 422
    assert "BI Analyst" in answer.content.decode()
    assert TargetRole.objects.count() == 1


def test_a_role_edited_in_another_window_is_a_conflict_with_both_texts(alice_client, alice):
    role = RoleFactory(owner=alice, title="Data Analyst")
    seen = role.version
    role.title = "Data Engineer"
    role.save()

    answer = alice_client.post(f"/roles/{role.pk}/", {"title": "Data Scientist", "version": seen})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Data Engineer" in page
    assert "Data Scientist" in page
    role.refresh_from_db()
    assert role.title == "Data Engineer"


def test_a_deleted_role_comes_back_by_undo(alice_client, alice):
    role = RoleFactory(owner=alice, title="Data Analyst")
    role.set_variants(["BI Analyst"])

    page = alice_client.post(f"/roles/{role.pk}/deletion/", follow=True).content.decode()
    assert not TargetRole.objects.exists()
    undo = page.split('action="/changes/')[1].split('"')[0]
    alice_client.post(f"/changes/{undo}")

    assert TargetRole.objects.get().titles() == ["Data Analyst", "BI Analyst"]


def test_another_owners_role_is_not_found(bob_client, alice):
    role = RoleFactory(owner=alice)

    assert bob_client.get(f"/roles/{role.pk}/").status_code == 404
    assert bob_client.post(f"/roles/{role.pk}/deletion/").status_code == 404
    assert TargetRole.objects.count() == 1

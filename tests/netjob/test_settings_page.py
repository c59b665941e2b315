"""Settings: what LinkedIn allows me, when I work, what I aim at."""

import pytest

from netjob.forms import SettingsForm
from netjob.models import User

VALID = {
    "version": 1,
    "name": "Alice Archer",
    "current_role": "Teacher",
    "linkedin_account": "premium",
    "notes_a_month": 5,
    "invitations_a_week": 100,
    "target_companies": 40,
    "requests_a_week": 12,
    "conversations_a_week": 2,
    "time_zone": "America/New_York",
    "country": "US",
    "region": "NY",
    "working_weekdays": ["1", "2", "3", "4"],
    "morning_hour": 7,
    "cadence_on": "on",
    "cadence_first": 3,
    "cadence_second": 7,
    "appearance": "dark",
}


def test_settings_are_kept(alice_client, alice):
    answer = alice_client.post("/settings/", VALID)

    assert answer.status_code == 302
    alice.refresh_from_db()
    assert (alice.note_limit, alice.working_weekdays, alice.region) == (300, "1234", "NY")
    assert 'data-theme="dark"' in alice_client.get("/settings/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("working_weekdays", [], "This field is required"),
        ("working_weekdays", ["8"], "Select a valid choice"),
        ("time_zone", "Mars/Olympus", "Select a valid choice"),
        ("country", "XX", "Select a valid choice"),
        ("cadence_second", 3, "choose a larger number"),
        ("target_companies", 0, "greater than or equal to 1"),
        ("requests_a_week", 99999, "less than or equal to"),
        ("morning_hour", 24, "less than or equal to 23"),
        ("away_from", "2026-12-24", "Give both days"),
        ("name", "A" * 10_000, "at most 100 characters"),
        ("name", "Al\x00ice", "Null characters are not allowed"),
    ],
)
def test_bad_input_names_the_field_and_keeps_what_was_typed(alice_client, alice, field, value, sentence):
    answer = alice_client.post("/settings/", VALID | {field: value, "current_role": "Kept as typed"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Kept as typed" in answer.content.decode()
    alice.refresh_from_db()
    assert alice.linkedin_account == "free"


def test_a_time_away_ends_after_it_begins(alice_client):
    answer = alice_client.post("/settings/", VALID | {"away_from": "2026-12-24", "away_until": "2026-12-20"})

    assert "ends before it begins" in answer.content.decode()


def test_a_new_country_forgets_the_region_of_the_old_one(alice_client, alice):
    alice_client.post("/settings/", VALID)

    answer = alice_client.post("/settings/", VALID | {"country": "DE", "region": "NY", "version": 2})

    assert answer.status_code == 302
    alice.refresh_from_db()
    assert (alice.country, alice.region) == ("DE", "")
    assert "Bayern" in alice_client.get("/settings/").content.decode()


def test_what_another_tab_saved_meanwhile_is_shown_and_not_overwritten(alice_client, alice):
    alice_client.post("/settings/", VALID)

    answer = alice_client.post("/settings/", VALID | {"current_role": "Analyst"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This changed while you were writing" in page
    assert "Analyst" in page
    assert "Teacher" in page
    assert '<input type="hidden" name="version" value="2"' in page
    alice.refresh_from_db()
    assert alice.current_role == "Teacher"


def test_without_its_version_the_page_overwrites_nothing(alice_client, alice):
    answer = alice_client.post("/settings/", VALID | {"version": ""})

    assert answer.status_code == 422
    assert "Reload the page and save again." in answer.content.decode()
    alice.refresh_from_db()
    assert alice.current_role == ""


def test_a_password_changed_meanwhile_stays(alice):
    form = SettingsForm(VALID, instance=User.objects.get(pk=alice.pk), here="/settings/")
    assert form.is_valid()
    alice.set_password("another-horse-8")
    alice.save()

    form.save()

    alice.refresh_from_db()
    assert alice.check_password("another-horse-8")
    assert alice.current_role == "Teacher"

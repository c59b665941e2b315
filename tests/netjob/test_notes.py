"""A note of my own: edited and deleted on a page of its own, and back to where I came from."""

import re

import pytest

from netjob.models import Activity
from tests.factories import CompanyFactory


@pytest.fixture
def note(alice, today):
    return Activity.note(alice, "Ask about the team", on=today, company=CompanyFactory(owner=alice))


@pytest.mark.parametrize(
    "back", ["/companies/", "/companies/?q=a&state=target", "/companies/?q=%C3%A9#notes"]
)
def test_deleting_a_note_leads_back_the_whole_way(alice_client, note, back):
    edit = alice_client.get(f"/notes/{note.pk}/", {"back": back})
    delete = re.search(rf'href="(/notes/{note.pk}/deletion/[^"]*)"', edit.content.decode())[1]

    asked = alice_client.get(delete.replace("&amp;", "&"))
    action = re.search(r'<form method="post" action="([^"]*)"', asked.content.decode())[1]
    answer = alice_client.post(action.replace("&amp;", "&"))

    assert answer.status_code == 302
    assert answer.url == back
    assert not Activity.objects.filter(pk=note.pk).exists()


@pytest.mark.parametrize(
    "back", ["x", "//evil.test/", "https://evil.test/", "javascript:alert(1)", "netjob:x", ""]
)
def test_a_way_back_that_is_none_of_ours_leads_home(alice_client, note, back):
    answer = alice_client.post(f"/notes/{note.pk}/deletion/?back={back}")

    assert (answer.status_code, answer.url) == (302, "/")


def test_the_page_that_led_here_is_a_way_back(alice_client, note):
    answer = alice_client.post(
        f"/notes/{note.pk}/deletion/", headers={"Referer": "http://testserver/companies/"}
    )

    assert answer.url == "http://testserver/companies/"


def test_another_owner_finds_no_note(bob_client, note):
    assert bob_client.get(f"/notes/{note.pk}/").status_code == 404
    assert bob_client.post(f"/notes/{note.pk}/deletion/").status_code == 404


def test_a_note_is_not_of_a_day_still_to_come(alice_client, note, frozen):
    sent = {"text": "Kept as typed", "version": note.version}

    answer = alice_client.post(f"/notes/{note.pk}/", sent | {"happened_on": "2026-11-24"})

    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert "Kept as typed" in answer.content.decode()
    assert alice_client.post(f"/notes/{note.pk}/", sent | {"happened_on": "2026-11-23"}).status_code == 302


def test_without_its_version_a_form_overwrites_nothing(alice_client, note, frozen):
    answer = alice_client.post(f"/notes/{note.pk}/", {"text": "Blind", "happened_on": "2026-11-23"})

    assert answer.status_code == 422
    assert "Reload the page and save again." in answer.content.decode()
    note.refresh_from_db()
    assert note.text == "Ask about the team"

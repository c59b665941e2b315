"""What htmx gets: fragments, messages beside them, and never a whole page inside a fragment."""

import pytest
from django.test import Client

from tests.factories import RoleFactory

HTMX = {"HX-Request": "true"}


def test_an_expired_session_sends_the_whole_page_to_the_log_in_and_back(client, db):
    answer = client.get("/roles/", headers={**HTMX, "HX-Current-URL": "http://testserver/companies/?q=figma"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/companies/%3Fq%3Dfigma"
    assert answer.content == b""


def test_another_sites_address_is_no_way_back(client, db):
    answer = client.get("/roles/", headers={**HTMX, "HX-Current-URL": "https://evil.test/companies/"})

    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/"


def test_a_stale_token_is_said_in_words_and_changes_nothing(alice):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)

    answer = strict.post("/roles/add/", {"title": "Data Analyst"}, headers=HTMX)
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "signed in again in another tab" in text
    assert "<html" not in text

    page = strict.post("/roles/add/", {"title": "Data Analyst"})
    assert page.status_code == 403
    assert "signed in again in another tab" in page.content.decode()


def test_a_refused_move_is_a_message_and_swaps_nothing(alice_client, alice):
    step = {"step": "thank", "subject": alice.pk, "occurrence": ""}

    answer = alice_client.post("/today/deferrals/", step, headers=HTMX)

    assert answer.status_code == 409
    assert answer.headers["HX-Reswap"] == "none"
    assert "not due any more" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_version_that_is_out_of_date_is_said_in_words(alice_client, alice, monkeypatch):
    role = RoleFactory(owner=alice)
    from companies.views import roles
    from netjob.ownership import StaleVersion

    def raced(*args, **kwargs):
        raise StaleVersion(role)

    monkeypatch.setattr(roles, "edit_page", raced)

    answer = alice_client.post(f"/roles/{role.pk}/", {"title": "x"})

    assert answer.status_code == 409
    assert "changed in another window" in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, {**HTMX, "HX-Target": "elsewhere"}, {**HTMX, "HX-Boosted": "true"}])
def test_a_page_is_whole_unless_its_fragment_is_asked_for(headers, alice_client):
    assert "<html" in alice_client.get("/", headers=headers).content.decode()


def test_a_fragment_is_only_itself(alice_client):
    text = alice_client.get("/", headers={**HTMX, "HX-Target": "steps"}).content.decode()

    assert text.lstrip().startswith("<section")
    assert 'id="messages"' in text
    assert "<html" not in text

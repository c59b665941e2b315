"""At the doors: an empty installation, a session that has ended, an address that is only written to."""

import pytest

from tests.factories import CompanyFactory

HERE = "http://testserver/companies/"


def test_the_first_visitor_is_led_to_sign_up(client, db):
    assert client.get("/")["Location"] == "/accounts/signup/"


def test_the_log_in_page_of_an_empty_installation_leads_there_too(client, db):
    page = client.get("/accounts/login/").content.decode()

    assert "the first one is yours" in page
    assert "Welcome back" not in page


def test_sign_up_is_offered_only_while_it_is_open(client, alice):
    page = client.get("/accounts/login/").content.decode()

    assert "Welcome back" in page
    assert "Create an account" not in page


@pytest.mark.parametrize("path", ["login", "password/reset"])
def test_e_mail_is_spelled_as_everywhere(client, alice, path):
    page = client.get(f"/accounts/{path}/").content.decode()

    assert "E-mail" in page
    assert "Email" not in page


def test_what_is_sent_without_a_session_leads_back_to_its_page_and_says_so(client, alice):
    company = CompanyFactory(owner=alice, motivation=1)
    alice.set_password("correct-horse-7")
    alice.save()

    sent = client.post(f"/companies/{company.pk}/rating/", {"motivation": 3}, headers={"Referer": HERE})
    door = client.get(sent["Location"])
    entered = client.post(sent["Location"], {"login": alice.email, "password": "correct-horse-7"})

    assert "You were logged out, so that was not done." in door.content.decode()
    assert entered["Location"].endswith("/companies/")
    company.refresh_from_db()
    assert company.motivation == 1


def test_what_is_asked_without_a_session_is_shown_after_the_log_in(client, alice):
    assert client.get("/companies/?q=figma")["Location"] == "/accounts/login/?next=/companies/%3Fq%3Dfigma"


def test_an_address_that_is_only_written_to_leads_back(alice_client, alice):
    company = CompanyFactory(owner=alice)

    answer = alice_client.get(f"/companies/{company.pk}/rating/", headers={"Referer": HERE})

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert f'href="{HERE}"' in answer.content.decode()

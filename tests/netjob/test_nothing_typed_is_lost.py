"""What was typed is still there when it could not be saved: shown, to be copied, where no form can hold it."""

import datetime as dt

import pytest
from django.test import Client

from netjob.forms import SettingsForm
from tests.factories import CompanyFactory, ConversationFactory

WORDS = "A long thought about <b>the team</b>,\nin two lines"
SHOWN = "A long thought about &lt;b&gt;the team&lt;/b&gt;,\nin two lines"


def test_after_the_session_ended(client, alice):
    company = CompanyFactory(owner=alice)

    answer = client.post(
        f"/companies/{company.pk}/notes/", {"text": WORDS}, headers={"Referer": "http://testserver/x/"}
    )

    page = answer.content.decode()
    assert answer.status_code == 401
    assert SHOWN in page
    assert "You were logged out" in page
    assert "/accounts/login/?next=http%3A//testserver/x/" in page or "/accounts/login/?next=http" in page


def test_a_password_is_never_shown(client, alice):
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": "secret words", "password1": "other words"}
    )

    assert "secret words" not in answer.content.decode()


def test_where_a_rule_refuses(alice_client, alice):
    conversation = ConversationFactory(owner=alice, state="held", held_on=dt.date(2026, 11, 2))

    answer = alice_client.post(
        f"/conversations/{conversation.pk}/proposal/", {"on": "2026-11-02", "text": WORDS}
    )

    assert answer.status_code == 409
    assert SHOWN in answer.content.decode()


def test_a_page_from_before_a_log_in_elsewhere(alice):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    company = CompanyFactory(owner=alice)

    answer = strict.post(f"/companies/{company.pk}/notes/", {"text": WORDS})

    assert answer.status_code == 403
    assert SHOWN in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_too_much_at_once_is_said_to_be_that(headers, alice_client, alice):
    company = CompanyFactory(owner=alice)

    answer = alice_client.post(f"/companies/{company.pk}/notes/", {"text": "x" * 2_600_000}, headers=headers)
    fields = alice_client.post("/companies/add/", {f"line-{n}": "x" for n in range(1_100)}, headers=headers)

    for one in (answer, fields):
        assert one.status_code == 413
        assert "too much at once" in one.content.decode()


def test_too_much_for_somebody_signed_out(client, alice):
    assert client.post("/accounts/login/", {"login": "x" * 2_600_000}).status_code == 413


def test_what_is_no_request_of_ours_is_a_bare_400(alice_client):
    assert alice_client.get("/", headers={"Host": "else\x00where"}).status_code == 400


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_slip_of_the_pen_in_the_year_is_asked_about(day, alice):
    form = SettingsForm({"away_from": day, "away_until": day}, instance=alice, here="/settings/")

    assert form.errors["away_from"] == ["Look at the year again."]

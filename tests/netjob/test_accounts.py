"""Who may come in: the first visitor becomes the owner, then the door closes."""

import dataclasses

import pytest
from django.core.management import call_command

from netjob.forms import SignupForm
from netjob.models import User
from outreach.models import MessageTemplate, Question
from tests.factories import UserFactory

SIGNUP = {"name": "Ada Seeker", "email": "ada@example.org", "password1": "correct-horse-7"}


@pytest.fixture
def environment(settings, tmp_path):
    def change(**values):
        settings.ENV = dataclasses.replace(settings.ENV, data=tmp_path, **values)

    change()
    return change


def sign_up(client, **values):
    return client.post("/accounts/signup/", SIGNUP | values)


def test_the_first_visitor_becomes_owner_and_superuser(client, db, environment):
    answer = sign_up(client, time_zone="Asia/Calcutta")

    assert answer.status_code == 302
    ada = User.objects.get()
    assert ada.is_superuser
    assert ada.is_founder
    assert (ada.name, ada.time_zone) == ("Ada Seeker", "Asia/Kolkata")


def test_a_new_account_finds_templates_and_questions(client, db, environment):
    sign_up(client)

    ada = User.objects.get()
    assert MessageTemplate.objects.owned_by(ada).filter(kind="connection_request").count() > 3
    assert {question.aim for question in Question.objects.owned_by(ada)} >= {
        "role",
        "team",
        "openings",
        "referral",
    }


def test_after_that_the_door_is_closed(client, alice, environment):
    sign_up(client)

    assert User.objects.get() == alice
    assert "No new accounts" in client.get("/accounts/signup/").content.decode()


def test_who_comes_second_while_the_first_is_coming_in_finds_the_door_closed(
    client, db, environment, monkeypatch
):
    """Both forms were valid before either was saved."""
    clean = SignupForm.clean_time_zone

    def overtaken(form):
        UserFactory(email="first@example.org", is_founder=True)
        return clean(form)

    monkeypatch.setattr(SignupForm, "clean_time_zone", overtaken)

    answer = sign_up(client)

    assert "No new accounts" in answer.content.decode()
    assert User.objects.get().email == "first@example.org"


def test_an_account_gone_meanwhile_does_not_let_a_stranger_in_without_the_token(
    client, alice, environment, settings, monkeypatch
):
    """The form was made while there was an owner, and so asked for no token."""
    environment(url="https://jobs.example", signup="open")
    settings.SECURE_SSL_REDIRECT = False
    clean = SignupForm.clean_time_zone

    def left_alone(form):
        alice.delete()
        return clean(form)

    monkeypatch.setattr(SignupForm, "clean_time_zone", left_alone)

    sign_up(client)

    assert not User.objects.exists()


def test_a_switch_opens_it_again_and_the_next_is_no_superuser(client, alice, environment):
    environment(signup="open")

    sign_up(client)

    assert not User.objects.get(email="ada@example.org").is_superuser


def test_on_a_public_address_the_first_visit_needs_the_token_of_the_log(
    client, db, environment, settings, tmp_path
):
    from netjob import accounts

    environment(url="https://jobs.example")
    settings.SECURE_SSL_REDIRECT = False
    link = accounts.setup_link()
    token = link.split("token=")[1]

    assert sign_up(client).status_code == 200
    assert sign_up(client, token="guess").status_code == 200
    assert not User.objects.exists()
    sign_up(client, token=token)

    assert User.objects.get().is_superuser
    assert accounts.setup_link() == ""
    assert not (tmp_path / "first-visit-token").exists()


def test_djangos_own_command_makes_a_superuser_with_its_shelves(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "correct-horse-7")

    call_command("createsuperuser", interactive=False, email="root@example.org", verbosity=0)

    root = User.objects.get()
    assert root.is_superuser
    assert root.check_password("correct-horse-7")
    assert MessageTemplate.objects.owned_by(root).exists()


def test_e_mail_is_told_apart_whatever_its_case(client, alice):
    alice.set_password("correct-horse-7")
    alice.save()

    answer = client.post("/accounts/login/", {"login": "ALICE@example.org", "password": "correct-horse-7"})

    assert answer.status_code == 302

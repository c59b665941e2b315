"""A form that is sent twice acts once; an act is done whole or not at all."""

import datetime as dt
import uuid

import pytest

from companies.models import TargetRole
from netjob import undo
from netjob.models import Change, Submission
from tests.factories import RoleFactory


def send(client, key, **values):
    return client.post("/roles/add/", {"title": "Data Analyst", "submission": key, **values})


def test_a_replay_gets_the_first_answer_and_makes_nothing_new(alice_client):
    key = uuid.uuid4()

    first, second = send(alice_client, key), send(alice_client, key)

    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert TargetRole.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(alice_client):
    key = uuid.uuid4()
    send(alice_client, key)

    answer = send(alice_client, key, title="Data Engineer")

    assert answer.status_code == 422
    assert "sent before with other words" in answer.content.decode()
    assert TargetRole.objects.count() == 1


def test_without_the_key_the_second_click_would_act_again(alice_client):
    """The negative control: what the key is for."""
    for title in ("Data Analyst", "Data Engineer"):
        alice_client.post("/roles/add/", {"title": title})

    assert TargetRole.objects.count() == 2


def test_a_form_with_errors_keeps_its_key_for_the_next_try(alice_client):
    key = uuid.uuid4()

    assert send(alice_client, key, title="").status_code == 422
    assert send(alice_client, key).status_code == 302
    assert Submission.objects.count() == 1


def test_two_users_may_have_the_same_key(alice_client, bob_client):
    key = uuid.uuid4()

    send(alice_client, key)
    send(bob_client, key)

    assert TargetRole.objects.count() == 2


def test_an_answer_that_refuses_leaves_no_trace(alice_client, alice, monkeypatch):
    """A view that wrote first and refused later is rolled back."""
    from companies.views import roles
    from netjob.ownership import Refused

    def write_then_refuse(*args, **kwargs):
        TargetRole.objects.create(owner=alice, title="Half done")
        raise Refused("No.")

    monkeypatch.setattr(roles, "edit_page", write_then_refuse)

    answer = send(alice_client, uuid.uuid4())

    assert answer.status_code == 409
    assert not TargetRole.objects.exists()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_another_tab_saved_first_is_said_in_words(headers, alice_client, alice, monkeypatch):
    """Both tabs passed the check of their form; the database lets one of them in."""
    from companies.views import roles

    def raced(request, *args, **kwargs):
        TargetRole.objects.create(owner=alice, title="Half done")
        uid = uuid.uuid4()
        TargetRole.objects.bulk_create(
            [TargetRole(owner=alice, title="One", uid=uid), TargetRole(owner=alice, title="Two", uid=uid)]
        )

    monkeypatch.setattr(roles, "edit_page", raced)

    answer = alice_client.post(
        "/roles/add/", {"title": "Data Analyst", "submission": uuid.uuid4()}, headers=headers
    )

    assert answer.status_code == 409
    assert "just saved in another window" in answer.content.decode()
    assert not TargetRole.objects.exists()
    assert not Submission.objects.exists()


def test_what_nobody_can_use_any_more_is_forgotten_in_passing(alice_client, alice, bob, frozen):
    for owner in (alice, bob):
        Submission.objects.create(owner=owner, key=uuid.uuid4(), fingerprint="x")
        undo.delete([RoleFactory(owner=owner)], sentence="Deleted")

    frozen.shift(dt.timedelta(days=29))
    send(alice_client, uuid.uuid4())
    assert Submission.objects.filter(owner=alice).count() == 1, "the new one"
    assert Change.objects.filter(owner=alice).exists()
    frozen.shift(dt.timedelta(days=2))
    send(alice_client, uuid.uuid4(), title="Data Engineer")

    assert not Change.objects.filter(owner=alice).exists()
    assert (Submission.objects.filter(owner=bob).count(), Change.objects.filter(owner=bob).count()) == (1, 1)

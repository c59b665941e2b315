"""Answers and notes: saved while they are typed, or by a button, and never over another window's words."""

import datetime as dt

import pytest

from outreach.models import Conversation
from tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")

HTMX = {"HX-Request": "true"}


@pytest.fixture
def talk(alice):
    return Conversation.ask(PersonFactory(owner=alice), on=dt.date(2026, 11, 16))


@pytest.fixture(params=["answer", "notes"])
def text(request, talk):
    """A text that is saved while it is typed: (address, name of the field, row)."""
    if request.param == "notes":
        return f"/conversations/{talk.pk}/notes/", "notes", talk
    asked = talk.questions.first()
    return f"/asked/{asked.pk}/", "answer", asked


def stored(row, name):
    row.refresh_from_db()
    return getattr(row, name)


def test_what_is_typed_is_saved_and_said_with_the_next_version(text, alice_client):
    url, name, row = text

    answer = alice_client.post(url, {name: "Two pods.", "version": row.version}, headers=HTMX)

    assert answer.status_code == 200
    assert stored(row, name) == "Two pods."
    page = answer.content.decode()
    assert "Saved at 10:00" in page
    assert f'name="version" value="{row.version}"' in page
    assert "<textarea" not in page


def test_typing_on_with_each_version_goes_on(text, alice_client):
    url, name, row = text

    for words in ("Two", "Two pods", "Two pods.", ""):
        form = {name: words, "version": row.version, "submission": "7e1cbb0b-2b1d-4f0e-9b0e-0a7b6f3f2a11"}
        assert alice_client.post(url, form, headers=HTMX).status_code == 200
        assert stored(row, name) == words


def test_without_scripts_a_button_saves_and_leads_back(text, alice_client, talk):
    url, name, row = text

    answer = alice_client.post(url, {name: "Two pods.", "version": row.version})

    assert answer.status_code == 302
    assert answer.url.split("#")[0] == talk.get_absolute_url()
    assert stored(row, name) == "Two pods."
    assert "Two pods." in alice_client.get(url).content.decode()


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_words_from_another_window_are_shown_and_not_overwritten(headers, text, alice_client):
    url, name, row = text
    seen = row.version
    setattr(row, name, "From the phone")
    row.save()

    answer = alice_client.post(url, {name: "From the desk", "version": seen}, headers=headers)

    assert answer.status_code == 409
    assert "From the phone" in answer.content.decode()
    assert stored(row, name) == "From the phone"


def test_typing_on_after_a_conflict_overwrites_nothing_but_the_button_does(text, alice_client):
    url, name, row = text
    seen = row.version
    setattr(row, name, "From the phone")
    row.save()

    page = alice_client.post(url, {name: "Desk", "version": seen}, headers=HTMX).content.decode()
    assert f'<input type="hidden" name="version" value="{seen}">' in page
    assert alice_client.post(url, {name: "Desk 2", "version": seen}, headers=HTMX).status_code == 409

    newest = page.split('name="version" value="')[2].split('"')[0]
    assert alice_client.post(url, {name: "Desk 2", "version": newest}, headers=HTMX).status_code == 200
    assert stored(row, name) == "Desk 2"


def test_the_same_words_sent_again_are_no_conflict(text, alice_client):
    url, name, row = text
    form = {name: "Two pods.", "version": row.version}

    alice_client.post(url, form, headers=HTMX)
    again = alice_client.post(url, form, headers=HTMX)

    assert again.status_code == 200
    row.refresh_from_db()
    assert f'value="{row.version}"' in again.content.decode()


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
@pytest.mark.parametrize(
    ("words", "sentence"), [("x" * 20_001, "at most 20000"), ("a\x00b", "Null characters")]
)
def test_what_cannot_be_kept_is_said_and_not_saved(words, sentence, headers, text, alice_client):
    url, name, row = text

    answer = alice_client.post(url, {name: words, "version": row.version}, headers=headers)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{row.version}"' in answer.content.decode()
    assert stored(row, name) == ""


def test_ten_thousand_characters_from_right_to_left_are_kept(text, alice_client):
    url, name, row = text
    words = "سارة 👩‍💻 \u202e<b>" * 600

    alice_client.post(url, {name: words, "version": row.version}, headers=HTMX)

    assert stored(row, name) == words.strip()


def test_an_answer_without_a_version_is_no_server_error(text, alice_client):
    url, name, _row = text

    for version in ({}, {"version": ""}, {"version": "x"}):
        assert alice_client.post(url, {name: "Two", **version}, headers=HTMX).status_code in (200, 422)


def test_another_owners_words_are_not_found(text, bob_client):
    url, name, row = text

    assert bob_client.get(url).status_code == 404
    assert bob_client.post(url, {name: "x", "version": row.version}, headers=HTMX).status_code == 404
    assert stored(row, name) == ""

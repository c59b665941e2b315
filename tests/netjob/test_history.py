"""The history of a company and of a person: one part of it, and what happened outside netjob."""

import datetime as dt

import pytest

from netjob.models import Activity
from outreach.models import Conversation, Request
from tests.factories import CompanyFactory, PersonFactory


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


def page_of(client, company, query=""):
    return client.get(f"/companies/{company.pk}/{query}")


@pytest.fixture
def lively(alice, figma):
    """A history with something of each kind."""
    person = PersonFactory(owner=alice, company=figma, name="Jonas")
    row = Request.draft(alice, person, channel="invitation")
    row.send(at=dt.datetime(2026, 11, 4, 9, tzinfo=dt.UTC))
    row.accept(on=dt.date(2026, 11, 5))
    Conversation.ask(person, on=dt.date(2026, 11, 6))
    Activity.note(alice, "A thought", on=dt.date(2026, 11, 7), company=figma)
    Activity.note(alice, "Rang them", on=dt.date(2026, 11, 8), company=figma, kind="my_call")
    return person


@pytest.mark.parametrize(
    ("part", "verbs"),
    [
        ("notes", ["my_call", "noted"]),
        ("requests", ["acceptance", "sending"]),
        ("conversations", ["asking"]),
        ("", ["my_call", "noted", "asking", "acceptance", "sending"]),
        ("nonsense%00", ["my_call", "noted", "asking", "acceptance", "sending"]),
    ],
)
def test_the_history_is_narrowed_to_one_part(alice_client, figma, lively, part, verbs):
    for url in (figma.get_absolute_url(), lively.get_absolute_url()):
        answer = alice_client.get(f"{url}?history={part}")
        seen = [line.verb for line in answer.context["history"].rows]
        mine = [] if url == lively.get_absolute_url() else ["my_call", "noted"]
        assert seen == [verb for verb in verbs if verb not in ("my_call", "noted") or verb in mine]


def test_paging_stays_within_the_part(alice_client, alice, figma, lively):
    for n in range(25):
        Activity.note(alice, f"Note {n:02}", on=dt.date(2026, 10, 1) + dt.timedelta(days=n), company=figma)

    first = page_of(alice_client, figma, "?history=notes")
    url = first.context["history"].older_url
    second = alice_client.get(url)

    assert url.startswith(f"/companies/{figma.pk}/?history=notes&older=")
    seen = [line.verb for answer in (first, second) for line in answer.context["history"].rows]
    assert len(seen) == 27
    assert set(seen) == {"noted", "my_call"}
    assert f'href="/companies/{figma.pk}/?history=notes#history">Back to the newest' in text_of(second)


def test_a_part_without_lines_says_so(alice_client, figma):
    assert "Nothing of that kind yet." in text_of(page_of(alice_client, figma, "?history=conversations"))


def test_what_happened_outside_netjob_is_added_edited_and_deleted(alice_client, alice, figma, frozen):
    sent = {"kind": "my_event", "text": "At the data meetup", "happened_on": "2026-10-30"}
    alice_client.post(f"/companies/{figma.pk}/notes/", sent)

    line = Activity.objects.get(verb="my_event")
    assert (line.title, line.happened_on, line.company_uid) == (
        "Met at an event",
        dt.date(2026, 10, 30),
        figma.uid,
    )
    alice_client.post(f"/notes/{line.pk}/", sent | {"kind": "my_call", "version": line.version})
    line.refresh_from_db()
    assert (line.verb, line.title) == ("my_call", "Called")
    alice_client.post(f"/notes/{line.pk}/deletion/")
    assert not Activity.objects.filter(pk=line.pk).exists()


@pytest.mark.parametrize(
    "wrong", [{"kind": "sending"}, {"kind": "noted\x00"}, {"happened_on": "2026-11-24"}, {"text": ""}]
)
def test_an_event_that_cannot_be_kept_is_shown_again(alice_client, figma, frozen, wrong):
    sent = {"kind": "my_call", "text": "Rang them", "happened_on": "2026-11-20"} | wrong

    assert alice_client.post(f"/companies/{figma.pk}/notes/", sent).status_code == 422
    assert not Activity.objects.filter(verb="my_call").exists()

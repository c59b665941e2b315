"""messages.csv: what was written, by whom and when, each message the same in every export."""

import datetime as dt

import pytest

from contacts.profiles import ProfileLink
from netjob.imports.tables import read_table
from outreach.linkedin_export import messages
from tests.foreign_files import only_sheet

HEADER = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,"
    "FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
)
ME, ADA, BOB = (ProfileLink("linkedin", slug) for slug in ("me-myself", "ada", "bob"))


def line(
    sender="me-myself", to="ada", *, conversation="2-a==", at="2026-09-19 20:22:28 UTC", text="Hi", draft="No"
):
    urls = ",".join(f"https://www.linkedin.com/in/{slug}" for slug in to.split())
    url = f"https://www.linkedin.com/in/{sender}" if sender else ""
    return f'{conversation},,{sender.title() or "Ad"},{url},{to},"{urls}",{at},,"{text}",INBOX,,{draft},No'


def parse(*rows, header=HEADER):
    sheet = only_sheet("\n".join([header, *rows]))
    assert messages.recognises(sheet)
    return messages.parse(read_table(sheet, messages.VOCABULARY))


def test_a_message():
    [row] = parse(line("ada", "me-myself bob", text='message <b>bold</b>\nsecond ""line""')).rows
    assert (row.number, row.conversation, row.sender, row.sender_profile) == (2, "2-a==", "Ada", ADA)
    assert row.recipients == (ME, BOB)
    assert row.sent_at == dt.datetime(2026, 9, 19, 20, 22, 28, tzinfo=dt.UTC)
    assert row.text == 'message <b>bold</b>\nsecond "line"'


def test_advertisements_and_drafts_are_skipped():
    parsed = parse(line(), line(""), line(draft="Yes"))
    assert [row.number for row in parsed.rows] == [2]
    assert [(skip.row, skip.message) for skip in parsed.skips] == [
        (3, "An advertisement, or a member who is gone: no profile of a sender."),
        (4, "A draft, never sent."),
    ]


@pytest.mark.parametrize("bad", [{"at": "soon"}, {"at": ""}, {"conversation": ""}])
def test_a_message_without_a_time_or_a_conversation_is_rejected(bad):
    parsed = parse(line(), line(**bad))
    assert [reject.row for reject in parsed.rejects] == [3]
    assert not parsed.warnings


def test_the_older_form_has_no_profiles():
    [row] = parse("1,,Ada,Me,2020-01-02 03:04:05 UTC,,Hi,INBOX", header="CONVERSATION ID,CONVERSATION TITLE,FROM,TO,DATE,SUBJECT,CONTENT,FOLDER").rows  # noqa: E501  # fmt: skip
    assert (row.sender, row.sender_profile, row.recipients) == ("Ada", None, ())


def test_a_message_has_the_same_key_in_every_export():
    one, again, other = parse(line(), line(), line(text="Hi!")).rows
    assert one.key == again.key != other.key


@pytest.mark.parametrize(
    ("talks", "names", "owner"),
    [
        ([("me-myself", "ada"), ("bob", "me-myself")], (), ME),
        ([("me-myself", "ada")], (), None),
        ([("me-myself", "ada")], ("ME-MYSELF",), ME),
        ([("ada", "me-myself bob"), ("bob", "ada")], ("Nobody",), None),
    ],
)
def test_whose_export_it_is(talks, names, owner):
    rows = parse(*(line(sender, to, conversation=str(n)) for n, (sender, to) in enumerate(talks))).rows
    assert messages.own_profile(rows, names) == owner

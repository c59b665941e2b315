"""Invitations.csv: whom I asked and who asked me, with the day in the American order."""

import datetime as dt

import pytest

from contacts.profiles import ProfileLink
from netjob.imports.tables import read_table
from outreach.linkedin_export import invitations
from tests.foreign_files import only_sheet

HEADER = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
ME = "https://www.linkedin.com/in/me-myself"
ADA = "https://www.linkedin.com/in/ada"
OUT = f'Me Myself,Ada Lovelace,"1/2/26, 2:37 PM","Hi ""there"",\nlet us talk",OUTGOING,{ME},{ADA}'
IN = f'Bob Builder,Me Myself,"12/31/25, 11:03 PM",,INCOMING,https://www.linkedin.com/in/bob,{ME}'


def parse(*rows, header=HEADER):
    sheet = only_sheet("\n".join([header, *rows]))
    assert invitations.recognises(sheet)
    return invitations.parse(read_table(sheet, invitations.VOCABULARY))


def test_both_directions_name_the_other_side():
    parsed = parse(OUT, IN)
    asked, came = parsed.rows
    assert (asked.direction, asked.name, asked.profile) == (
        "outgoing",
        "Ada Lovelace",
        ProfileLink("linkedin", "ada"),
    )
    assert (asked.sent_at, asked.message) == (dt.datetime(2026, 1, 2, 14, 37), 'Hi "there",\nlet us talk')
    assert (came.direction, came.name, came.profile) == (
        "incoming",
        "Bob Builder",
        ProfileLink("linkedin", "bob"),
    )
    assert (came.sent_at, came.message) == (dt.datetime(2025, 12, 31, 23, 3), "")
    assert invitations.own_profile(parsed.rows) == ProfileLink("linkedin", "me-myself")
    assert not parsed.warnings


def test_the_older_form_has_no_profiles():
    [row] = parse('Me,Ada,"1/2/26, 2:37 PM",,OUTGOING', header="From,To,Sent At,Message,Direction").rows
    assert (row.name, row.profile, row.own_profile) == ("Ada", None, None)
    assert invitations.own_profile([row]) is None


@pytest.mark.parametrize(
    ("times", "days"),
    [
        (["1/2/26 14:37"], [(1, 2)]),
        (["1/2/26 14:37", "25/1/26 14:37"], [(2, 1), (1, 25)]),
        (["02.01.2026 14:37"], [(1, 2)]),
        (["2026-01-02 14:37:00"], [(1, 2)]),
    ],
)
def test_a_file_that_was_saved_anew_elsewhere(times, days):
    rows = parse(*(f"Me,Ada,{time},,OUTGOING,," for time in times)).rows
    assert [(row.sent_at.month, row.sent_at.day) for row in rows] == days


def test_rows_that_are_not_kept_say_why():
    parsed = parse(
        OUT,
        'Me,,"1/2/26, 2:37 PM",,OUTGOING,,',
        'Me,Ada,"1/2/26, 2:37 PM",,SIDEWAYS,,',
        "Me,Ada,soon,,OUTGOING,,",
        'Me,Me,"1/2/26, 2:37 PM",,OUTGOING,linkedin.com/in/me-2,https://www.linkedin.com/in/me-2',
    )
    assert [row.number for row in parsed.rows] == [2, 5]
    assert [(skip.row, skip.message) for skip in parsed.skips] == [
        (3, "No name."),
        (6, "That is you, on both sides."),
    ]
    assert [(reject.row, reject.column, reject.value) for reject in parsed.rejects] == [
        (4, "Direction", "SIDEWAYS")
    ]
    assert [(warning.row, warning.column) for warning in parsed.warnings] == [(5, "Sent At")]
    assert parsed.rows[1].sent_at is None

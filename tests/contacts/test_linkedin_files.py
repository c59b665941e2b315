"""The other files of the export: who I am, where I was, whom I follow, what I noted."""

import datetime as dt

import pytest

from contacts.linkedin_export import company_follows, connections, education, notes, positions, profile
from contacts.profiles import ProfileLink
from netjob.imports.tables import read_table
from outreach.linkedin_export import invitations, messages
from tests.foreign_files import only_sheet

HEADERS = {
    connections: "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    profile: "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location",
    positions: "Company Name,Title,Description,Location,Started On,Finished On",
    education: "School Name,Start Date,End Date,Notes,Degree Name,Activities",
    company_follows: "Organization,Followed On",
    notes: "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On",
    invitations: "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
    messages: "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT",
}
OTHERS = [
    "Name",
    "Email Address,Confirmed,Primary,Updated On",
    "Saved Date,Job Url,Job Title,Company Name",
    "Name,Url,Authority,Started On,Finished On,License Number",
    "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
    "Event Name,Event Time,Status,External Url",
]


def parse(module, *rows):
    return module.parse(read_table(only_sheet("\n".join([HEADERS[module], *rows])), module.VOCABULARY))


def test_each_file_is_recognised_by_its_own_parser_and_by_no_other():
    for module, header in HEADERS.items():
        assert [other for other in HEADERS if other.recognises(only_sheet(header))] == [module]


@pytest.mark.parametrize("header", OTHERS)
def test_files_of_other_things_are_recognised_by_none(header):
    assert not any(module.recognises(only_sheet(header)) for module in HEADERS)


def test_profile():
    [me] = parse(profile, "Me,Myself,,,,Builder of things,,Robots,,Berlin").rows
    assert (me.name, me.headline, me.industry, me.place) == (
        "Me Myself",
        "Builder of things",
        "Robots",
        "Berlin",
    )


def test_positions():
    parsed = parse(
        positions,
        'Acme,Engineer,"Built, things",Berlin,Mar 2020,Jan 2022',
        "Initech,Lead,,,2022,",
        ",Idle,,,2019,2020",
    )
    assert [(row.company, row.title, row.started_on, row.finished_on) for row in parsed.rows] == [
        ("Acme", "Engineer", dt.date(2020, 3, 1), dt.date(2022, 1, 1)),
        ("Initech", "Lead", dt.date(2022, 1, 1), None),
    ]
    assert [skip.row for skip in parsed.skips] == [4]


def test_education():
    parsed = parse(education, "TU Berlin,2010,Aug 2014,,BSc,", "Acme Academy,soon,,,,")
    assert [(row.school, row.degree, row.started_on, row.finished_on) for row in parsed.rows] == [
        ("TU Berlin", "BSc", dt.date(2010, 1, 1), dt.date(2014, 8, 1)),
        ("Acme Academy", "", None, None),
    ]
    assert [(warning.row, warning.column) for warning in parsed.warnings] == [(3, "Start Date")]


def test_company_follows():
    parsed = parse(company_follows, "Acme,Wed Jun 24 12:43:42 UTC 2026", "Initech,2026-01-02 12:00:00")
    assert [(row.company, row.followed_on) for row in parsed.rows] == [
        ("Acme", dt.date(2026, 6, 24)),
        ("Initech", dt.date(2026, 1, 2)),
    ]


def test_notes():
    parsed = parse(
        notes,
        'Li,Wei,https://www.linkedin.com/in/li-wei,"Met at the summit,\ntwice",2025-11-01,2025-11-03',
        "Ada,Lovelace,,,2025-11-01,",
    )
    [note] = parsed.rows
    assert (note.name, note.profile) == ("Li Wei", ProfileLink("linkedin", "li-wei"))
    assert (note.text, note.written_on) == ("Met at the summit,\ntwice", dt.date(2025, 11, 3))
    assert [skip.row for skip in parsed.skips] == [3]

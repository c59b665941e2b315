"""Connections.csv in every form that LinkedIn has given it: whom I know, since when, and where they worked."""

import datetime as dt

import pytest

from contacts.linkedin_export import connections
from contacts.profiles import ProfileLink
from netjob.imports.tables import read_table
from tests.foreign_files import CONNECTIONS, PREAMBLE, ada, only_sheet, row_of, workbook
from tests.foreign_files import connections as file_of


def parse(text):
    sheet = only_sheet(text, "Connections.csv")
    assert connections.recognises(sheet)
    return connections.parse(read_table(sheet, connections.VOCABULARY))


def told(remarks):
    return [(remark.row, remark.column, remark.value) for remark in remarks]


def test_the_form_of_today():
    parsed = parse(file_of(ada(7, email="Ada@Acme.example"), preamble=PREAMBLE))
    [row] = parsed.rows
    assert (row.file, row.number, row.name) == ("Connections.csv", 5, "Ada Lovelace7")
    assert (row.company, row.role, row.connected_on) == ("Acme Robotics", "Engineer", dt.date(2026, 2, 8))
    assert row.profile == ProfileLink("linkedin", "ada-7")
    assert row.emails == ("ada@acme.example",)
    assert list(row.keys) == [("linkedin", "ada-7"), ("email", "ada@acme.example")]
    assert [*parsed.skips, *parsed.rejects, *parsed.warnings, *parsed.notes] == []


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("First Name,Last Name,Email Address,Company,Position,Connected On", 'Ada,Lovelace,,Acme,CTO,"7/13/18, 1:23 PM"'),  # noqa: E501
        ("Connected On,Email Address,Last Name,First Name,Position,Company,URL", "13 Jul 2018,,Lovelace,Ada,CTO,Acme,"),
        ("Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am", "Ada,Lovelace,,,Acme,CTO,13.07.2018"),
        ("名,姓,URL,メールアドレス,会社名,役職,つながった日", "Ada,Lovelace,,,Acme,CTO,13 Jul 2018"),
        ("Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connecté le", "Ada,Lovelace,,,Acme,CTO,13 juil. 2018"),
        ("Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Conectado el", "Ada,Lovelace,,,Acme,CTO,13 jul 2018"),
        ("Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato il", "Ada,Lovelace,,,Acme,CTO,13 lug 2018"),
        ("First Name;Last Name;URL;Email Address;Company;Position;Connected On", "Ada;Lovelace;;;Acme;CTO;13-Jul-18"),
    ],
)  # fmt: skip
def test_older_forms_other_languages_and_what_excel_makes_of_them(header, row):
    [person] = parse(f"{header}\n{row}\n").rows
    assert (person.name, person.company, person.role) == ("Ada Lovelace", "Acme", "CTO")
    assert person.connected_on == dt.date(2018, 7, 13)


def test_dates_of_a_workbook():
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    header = row_of("First Name", "Last Name", "Connected On")
    dated = row_of("Ada", "Lovelace").replace("</row>", '<c s="1"><v>45352</v></c></row>')
    [person] = parse(workbook(header + dated, styles=styles)).rows
    assert person.connected_on == dt.date(2024, 3, 1)


def test_hidden_members_are_counted_and_nobody_without_a_name_is_kept():
    parsed = parse(
        file_of(ada(1), ",,,,,,07 Jun 2026", ada(2, first="", last="", url="https://www.linkedin.com/in/x"))
    )
    assert [row.number for row in parsed.rows] == [2]
    assert [(skip.row, skip.message) for skip in parsed.skips] == [
        (3, "No name: LinkedIn hides this member."),
        (4, "No name."),
    ]


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"email": "not-an-email"}, ("Email Address", "not-an-email")),
        ({"email": '"a@x,example"'}, ("Email Address", "a@x,example")),
        ({"url": "javascript:alert(1)"}, ("URL", "javascript:alert(1)")),
        ({"url": "https://www.linkedin.com/company/acme"}, ("URL", "https://www.linkedin.com/company/acme")),
        ({"on": "29 Feb 2023"}, ("Connected On", "29 Feb 2023")),
        ({"on": "03/04/2024"}, ("Connected On", "03/04/2024")),
        ({"position": "x" * 256}, ("Position", "x" * 99 + "…")),
        ({"company": "x" * 256}, ("Company", "x" * 99 + "…")),
    ],
)
def test_a_bad_cell_stays_empty_and_is_told_while_the_person_is_kept(cells, warning):
    parsed = parse(file_of(ada(1), ada(2, **cells)))
    assert len(parsed.rows) == 2
    assert told(parsed.warnings) == [(3, *warning)]


def test_an_ambiguous_date_is_read_where_another_row_settles_the_order():
    parsed = parse(file_of(ada(1, on="03/04/2024"), ada(2, on="25/03/2024")))
    assert [row.connected_on for row in parsed.rows] == [dt.date(2024, 4, 3), dt.date(2024, 3, 25)]
    assert not parsed.warnings


def test_a_page_elsewhere_is_kept_as_a_page_of_theirs():
    [person] = parse(file_of(ada(1, url="https://ada.example/in/ada"))).rows
    assert (person.profile, person.link) == (None, "https://ada.example/in/ada")


def test_a_name_that_is_too_long_is_rejected_and_nothing_else_is_said_of_its_row():
    parsed = parse(file_of(ada(1), ada(2, last="x" * 300, email="bad")))
    assert [row.number for row in parsed.rows] == [2]
    assert told(parsed.rejects) == [(3, "Last Name", "x" * 99 + "…")]
    assert not parsed.warnings


def test_names_are_kept_as_typed_on_one_line():
    rows = parse(
        file_of(
            ada(1, first="<script>alert(1)</script>"), ada(2, first="👩🏽‍💻 Ada"), ada(3, first="=1+1"),
            ada(4, company='"x\r\nBcc: you@x.example"'), ada(5, first="Ada\u00a0  ", company=" Acme  Robotics "),
        )
    ).rows  # fmt: skip
    assert [row.name for row in rows][:3] == [
        "<script>alert(1)</script> Lovelace1",
        "👩🏽‍💻 Ada Lovelace2",
        "=1+1 Lovelace3",
    ]
    assert (rows[3].company, rows[4].name, rows[4].company) == (
        "x Bcc: you@x.example",
        "Ada Lovelace5",
        "Acme Robotics",
    )


@pytest.mark.parametrize(
    ("name", "text", "is_it"),
    [
        ("Connections.csv", file_of(), True),
        ("anything.csv", file_of(), True),
        ("connections.CSV", "First Name,Last Name\n", True),
        ("people.csv", "First Name,Last Name,Company\n", False),
        ("Profile.csv", "First Name,Last Name,Headline\n", False),
        ("Connections.csv", "Date,Payee\n", False),
    ],
)
def test_it_is_recognised_by_what_it_says(name, text, is_it):
    sheet = only_sheet(text)
    sheet.file = name
    assert connections.recognises(sheet) is is_it


def test_nothing_is_lost():
    text = file_of(
        ada(1), CONNECTIONS, ",,,,,,07 Jun 2026", "Ada,Short", ",,,,,,", ada(2, last="x" * 300), ada(3)
    )
    parsed = parse(text)
    assert (len(parsed.rows), len(parsed.skips), len(parsed.rejects), parsed.count) == (2, 2, 2, 6)
    assert [remark.row for remark in parsed.skips] == [3, 4]

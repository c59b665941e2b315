"""A newcomer's own list: any columns, any order, headings in ten languages, or mapped by hand."""

import datetime as dt

import pytest

from contacts import spreadsheets
from contacts.profiles import ProfileLink
from netjob.imports.sheets import read_sheets
from netjob.imports.tables import Header, heading_key, likely_header, read_table
from tests.foreign_files import only_sheet, upload, zipped

HEADERS = [
    "Company,Person,Role,Date sent,Status,Notes,Email,LinkedIn",
    "Unternehmen;Ansprechpartner;Position;Gesendet am;Stand;Notizen;E-Mail;LinkedIn-Profil",
    "Entreprise;Nom complet;Poste;Date d'envoi;Statut;Remarques;Courriel;Profil LinkedIn",
    "Empresa,Persona,Puesto,Fecha de envío,Estado,Notas,Correo electrónico,Perfil",
    "Bedrijf,Naam,Functie,Verzonden op,Status,Opmerkingen,E-mailadres,LinkedIn-profiel",
    "Empresa,Contato,Cargo,Data de envio,Situação,Observações,Email,Perfil do LinkedIn",
    "Azienda,Contatto,Ruolo,Data di invio,Stato,Appunti,Indirizzo e-mail,Profilo LinkedIn",
    "Firma,Imię i nazwisko,Stanowisko,Data wysłania,Status,Uwagi,Adres e-mail,Profil",
    "Företag,Namn,Befattning,Skickat,Status,Anteckningar,E-post,Länk",
    "会社名,氏名,役職,送信日,状態,備考,メールアドレス,プロフィール",
]
ROW = "Acme,Ada Lovelace,Engineer,2026-03-01,Sent,Met twice,ada@acme.example,linkedin.com/in/ada"


def parse(text, header=None):
    return spreadsheets.parse(read_table(only_sheet(text), spreadsheets.VOCABULARY, header))


@pytest.mark.parametrize("header", HEADERS)
def test_headings_of_ten_languages(header):
    separator = ";" if ";" in header else ","
    text = f"{header}\n{ROW.replace(',', separator)}\n"
    assert spreadsheets.recognises(only_sheet(text))
    [row] = parse(text).rows
    assert (row.name, row.company, row.role, row.status) == ("Ada Lovelace", "Acme", "Engineer", "Sent")
    assert (row.sent_on, row.notes) == (dt.date(2026, 3, 1), "Met twice")
    assert list(row.keys) == [("linkedin", "ada"), ("email", "ada@acme.example")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("First name,Last name\nAda,Lovelace", "Ada Lovelace"),
        ("Surname,Forename,Firm\nLovelace,Ada,Acme", "Ada Lovelace"),
        ("Nom,Entreprise\nAda Lovelace,Acme", "Ada Lovelace"),
        ("Nome,Azienda\nAda Lovelace,Acme", "Ada Lovelace"),
        ("First name,Company\nAda,Acme", "Ada"),
        ("Name,First name,Last name,Role\nX,Ada,Lovelace,CTO", "Ada Lovelace"),
        ("Name,First name,Last name,Role\nX,,,CTO", "X"),
    ],
)
def test_the_name_in_one_column_or_two(text, name):
    assert spreadsheets.recognises(only_sheet(text))
    assert [row.name for row in parse(text).rows] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Payee,Amount,Balance\n2026-01-02,Rent,-900.00,100.00",
        "URL,Email Address,Company\nhttps://www.linkedin.com/in/ada,a@x.example,Acme",
        "Name,Website,Industry,Place\nAcme,acme.example,Robots,Berlin",
        "Name,LinkedIn\nAcme,linkedin.com/company/acme",
        "Name\nGo",
    ],
)
def test_a_table_of_other_things_is_not_recognised(text):
    assert not spreadsheets.recognises(only_sheet(text))


def test_names_with_profiles_beside_them_are_people():
    text = "Name,LinkedIn\nAda,linkedin.com/in/ada"
    assert spreadsheets.recognises(only_sheet(text))
    [row] = parse(text).rows
    assert (row.name, list(row.keys)) == ("Ada", [("linkedin", "ada")])


def test_within_a_zip_only_linkedins_own_files_are_read():
    [source] = upload("export.zip", zipped(("Contacts.csv", HEADERS[0] + "\n" + ROW)))
    assert not spreadsheets.recognises(read_sheets(source)[0])


def test_columns_mapped_by_hand():
    sheet = only_sheet("Wer,Wo,Wann\nAda,Acme,01.03.2026\n")
    guess = likely_header(sheet)
    header = Header(guess.number, guess.headings, {"name": 0, "company": 1, "sent_on": 2})
    table = read_table(sheet, spreadsheets.VOCABULARY, header)
    assert spreadsheets.is_mapped(table)
    [row] = spreadsheets.parse(table).rows
    assert (row.name, row.company, row.sent_on) == ("Ada", "Acme", dt.date(2026, 3, 1))


def test_rows_without_a_name_are_skipped_and_bad_cells_told():
    parsed = parse(f"{HEADERS[0]}\nAcme,,CTO,,,,,\nAcme,Bob,CTO,03/04/2026,,,bob@,https://bob.example\n")
    assert [(skip.row, skip.value) for skip in parsed.skips] == [(2, "Acme | CTO")]
    [bob] = parsed.rows
    assert (bob.number, bob.profile, bob.link, bob.emails, bob.sent_on) == (
        3,
        None,
        "https://bob.example",
        (),
        None,
    )
    assert [(warning.row, warning.column) for warning in parsed.warnings] == [(3, "Email"), (3, "Date sent")]


def test_several_addresses_in_one_cell():
    [row] = parse('Name,Company,Email\nAda,Acme,"Ada@x.example; a@y.example\nada@X.example"\n').rows
    assert row.emails == ("ada@x.example", "a@y.example")


def test_no_heading_means_two_fields():
    headings = [
        (heading_key(heading), field.name)
        for field in spreadsheets.VOCABULARY.fields
        for heading in (field.heading, *field.headings)
    ]
    assert len({key for key, _name in headings}) == len(set(headings))


def test_profiles_in_any_form():
    [row] = parse("Name,Company,Profile\nAda,Acme,de.linkedin.com/in/Ada/?trk=x\n").rows
    assert row.profile == ProfileLink("linkedin", "ada")

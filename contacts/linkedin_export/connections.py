"""Connections.csv: whom I am connected with, since when, and where they worked on the day of the export.

Until mid-2023 without a URL, until mid-2021 without the notes above the header. Members who hide themselves
are rows with nothing but a date: counted, imported never.
"""

from typing import Final

from django.utils.translation import gettext as _

from contacts.person_rows import PersonReader, PersonRow
from netjob.imports.archives import same_name
from netjob.imports.remarks import Parsed
from netjob.imports.rows import Skipped, begin, read_rows
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Field, Table, Vocabulary, find_header

VOCABULARY: Final = Vocabulary(
    (
        Field("first_name", "First Name", (
            "Firstname", "Given Name", "Vorname", "Prénom", "Nombre", "Nome", "Voornaam", "Imię", "Förnamn",
            "Fornavn", "Fornavne", "Etunimi", "名", "名前（名）", "이름", "名字", "Имя", "Ad",
        )),
        Field("last_name", "Last Name", (
            "Lastname", "Surname", "Family Name", "Nachname", "Familienname", "Nom", "Nom de famille", "Apellidos",
            "Apellido", "Sobrenome", "Apelido", "Cognome", "Achternaam", "Nazwisko", "Efternamn", "Etternavn",
            "Efternavn", "Sukunimi", "姓", "성", "姓氏", "Фамилия", "Soyadı",
        )),
        Field("url", "URL", ("Profile URL", "Profil-URL", "URL du profil", "URL del perfil", "プロフィールURL")),
        Field("email", "Email Address", (
            "Email", "E-mail Address", "E-Mail-Adresse", "E-Mail", "Adresse e-mail", "Dirección de correo electrónico",
            "Correo electrónico", "Endereço de e-mail", "Indirizzo e-mail", "E-mailadres", "Adres e-mail",
            "E-postadress", "E-postadresse", "Mailadresse", "E-posta Adresi", "Адрес электронной почты",
            "メールアドレス", "이메일 주소", "电子邮件地址", "电邮地址",
        )),
        Field("company", "Company", (
            "Unternehmen", "Firma", "Entreprise", "Société", "Empresa", "Azienda", "Bedrijf", "Företag", "Bedrift",
            "Virksomhed", "Yritys", "会社名", "会社", "회사", "公司", "Компания", "Şirket",
        )),
        Field("position", "Position", (
            "Title", "Job Title", "Berufsbezeichnung", "Poste", "Intitulé du poste", "Fonction",
            "Cargo", "Puesto", "Posizione", "Functie", "Stanowisko", "Befattning",
            "Stilling", "役職", "職位", "직책", "职位", "Должность", "Pozisyon",
        )),
        Field("connected_on", "Connected On", (
            "Verbunden am", "Vernetzt am", "Vernetzt seit", "Kontakt seit", "Connecté le", "Connexion le",
            "Date de connexion", "En relation depuis", "Conectado el", "Fecha de conexión", "Conectado em",
            "Data de conexão", "Collegato il", "Verbonden op", "Data nawiązania kontaktu", "Kontakt sedan",
            "つながった日", "연결된 날짜", "关联时间", "連絡日",
        )),
    ),
    needed=(frozenset({"first_name", "last_name"}),),
)  # fmt: skip


def recognises(sheet: Sheet) -> bool:
    """By the day of connecting, which no other list of people has, or by LinkedIn's name for the file."""
    header = find_header(sheet, VOCABULARY)
    if header is None:
        return False
    return "connected_on" in header.columns or same_name(sheet.file) == "connections.csv"


def parse(table: Table) -> Parsed[PersonRow]:
    parsed: Parsed[PersonRow] = begin(table)
    return read_rows(PersonReader(table, parsed, days=["connected_on"]), parsed, _connection)


def _connection(cells: PersonReader) -> PersonRow:
    if cells.row.filled.keys() <= {"connected_on"}:
        raise Skipped(_("No name: LinkedIn hides this member."))
    name = cells.person_name("first_name", "last_name")
    profile, link = cells.page("url")
    return PersonRow(
        file=cells.table.file,
        number=cells.row.number,
        name=name,
        company=cells.line("company"),
        role=cells.line("position"),
        profile=profile,
        emails=cells.emails("email"),
        link=link,
        connected_on=cells.day("connected_on"),
    )

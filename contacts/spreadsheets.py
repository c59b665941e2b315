"""A newcomer's own list of people: any columns in any order, headings in ten languages or mapped by hand.

The words for what came of a request stay words here; `outreach.status_words` reads them. Pure.
"""

from typing import Final

from contacts.person_rows import LONGEST_PLACE, PersonReader, PersonRow
from contacts.profiles import read_profile_link
from netjob.imports.remarks import Parsed
from netjob.imports.rows import begin, read_rows
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Field, Table, Vocabulary, find_header

LOOKED_AT: Final = 50
"""Rows whose links tell whether a list is of people."""

VOCABULARY: Final = Vocabulary(
    (
        Field("name", "Name", (
            "Full Name", "Person", "Contact", "Contact Name", "Contact Person", "Who", "Ansprechpartner",
            "Ansprechpartnerin", "Kontakt", "Kontaktperson", "Vollständiger Name", "Nom complet", "Contacto",
            "Persona", "Persona de contacto", "Nombre completo", "Nome completo", "Contato", "Pessoa", "Contatto",
            "Referente", "Naam", "Volledige naam", "Contactpersoon", "Imię i nazwisko", "Osoba", "Osoba kontaktowa",
            "Namn", "Kontaktperson", "氏名", "名前", "担当者",
        )),
        Field("first_name", "First Name", (
            "First", "Given Name", "Forename", "Vorname", "Prénom", "Nombre", "Nome", "Voornaam", "Imię", "Förnamn",
            "名",
        )),
        Field("last_name", "Last Name", (
            "Last", "Surname", "Family Name", "Nachname", "Familienname", "Nom", "Nom de famille", "Apellidos",
            "Apellido", "Sobrenome", "Apelido", "Cognome", "Achternaam", "Nazwisko", "Efternamn", "姓",
        )),
        Field("company", "Company", (
            "Company Name", "Employer", "Organisation", "Organization", "Organisation Name", "Organization Name",
            "Firm", "Works at", "Current Company", "Unternehmen", "Firma", "Arbeitgeber", "Entreprise", "Société",
            "Employeur", "Empresa", "Compañía", "Empleador", "Organización", "Companhia", "Empregador", "Organização",
            "Azienda", "Società", "Datore di lavoro", "Bedrijf", "Werkgever", "Organisatie", "Przedsiębiorstwo",
            "Pracodawca", "Spółka", "Företag", "Arbetsgivare", "会社", "会社名", "企業", "企業名", "勤務先",
        )),
        Field("role", "Role", (
            "Title", "Job Title", "Position", "Job", "Function", "Occupation", "Headline", "Rolle", "Titel",
            "Berufsbezeichnung", "Jobtitel", "Stelle", "Funktion", "Poste", "Fonction", "Intitulé du poste", "Puesto",
            "Cargo", "Rol", "Función", "Título", "Função", "Ruolo", "Posizione", "Qualifica", "Functie", "Functietitel",
            "Stanowisko", "Rola", "Roll", "Befattning", "Yrkestitel", "役職", "職種", "肩書き", "役割",
        )),
        Field("profile", "LinkedIn", (
            "LinkedIn URL", "LinkedIn Profile", "LinkedIn Profile URL", "LinkedIn Link", "Profile", "Profile URL",
            "Profile Link", "Link", "URL", "Linkedin-Profil", "Profil", "Profil LinkedIn", "Lien", "Perfil",
            "Perfil de LinkedIn", "Enlace", "Perfil do LinkedIn", "Profilo", "Profilo LinkedIn", "LinkedIn-profiel",
            "Profiel", "Länk", "プロフィール", "リンク",
        )),
        Field("email", "E-mail", (
            "Email", "Email Address", "E-mail Address", "Mail", "E-Mail-Adresse", "Mailadresse", "Adresse e-mail",
            "Courriel", "Adresse mail", "Correo", "Correo electrónico", "Endereço de e-mail", "Indirizzo e-mail",
            "E-mailadres", "Adres e-mail", "E-postadress", "E-post", "メール", "メールアドレス",
        )),
        Field("sent_on", "Date sent", (
            "Sent", "Sent on", "Sent at", "Date", "Contacted", "Contacted on", "Date Contacted", "First Contact",
            "Last Contact", "Last Contacted", "Messaged on", "Reached out", "Reached out on", "Outreach Date",
            "Request Sent", "Date of Request", "Datum", "Gesendet", "Gesendet am", "Kontaktiert", "Kontaktiert am",
            "Angeschrieben am", "Anfrage am", "Date d'envoi", "Envoyé", "Envoyé le", "Contacté le", "Fecha",
            "Fecha de envío", "Enviado", "Enviado el", "Contactado el", "Data", "Data de envio", "Enviado em",
            "Contatado em", "Data di invio", "Data invio", "Inviato", "Inviato il", "Contattato il", "Verzonden",
            "Verzonden op", "Verzenddatum", "Benaderd op", "Data wysłania", "Wysłano", "Skickat", "Skickat den",
            "Kontaktad", "Skickad", "送信日", "連絡日", "日付",
        )),
        Field("connected_on", "Connected on", ("Connected", "Date Connected", "Verbunden am", "つながった日")),
        Field("status", "Status", (
            "State", "Stage", "Outcome", "Result", "Response", "Reply", "Progress", "Stand", "Ergebnis", "Antwort",
            "Statut", "État", "Résultat", "Réponse", "Estado", "Resultado", "Respuesta", "Situação", "Resposta",
            "Stato", "Esito", "Risposta", "Resultaat", "Antwoord", "Wynik", "Odpowiedź", "Resultat", "Svar",
            "状態", "ステータス", "状況", "結果",
        )),
        Field("place", "Place", (
            "Location", "City", "Ort", "Stadt", "Standort", "Lieu", "Ville", "Lugar", "Ciudad", "Ubicación", "Local",
            "Cidade", "Localização", "Luogo", "Città", "Sede", "Plaats", "Stad", "Locatie", "Miejsce", "Miasto",
            "Lokalizacja", "Plats", "Ort", "場所", "勤務地",
        )),
        Field("notes", "Notes", (
            "Note", "Comment", "Comments", "Remarks", "Details", "Description", "Notizen", "Notiz", "Bemerkung",
            "Bemerkungen", "Anmerkung", "Anmerkungen", "Kommentar", "Kommentare", "Remarque", "Remarques",
            "Commentaire", "Commentaires", "Notas", "Nota", "Comentario", "Comentarios", "Observaciones",
            "Comentários", "Observações", "Appunti", "Commenti", "Osservazioni", "Notities", "Notitie", "Opmerking",
            "Opmerkingen", "Notatki", "Notatka", "Uwagi", "Komentarz", "Anteckningar", "Anteckning", "Kommentarer",
            "メモ", "備考", "ノート",
        )),
    ),
    needed=(
        frozenset({"first_name", "last_name"}),
        *(frozenset({"name", beside}) for beside in ("company", "role", "email", "profile")),
        *(frozenset({"first_name", beside}) for beside in ("company", "role", "email")),
        *(frozenset({"last_name", beside}) for beside in ("company", "role", "email")),
    ),
)  # fmt: skip

TELLING: Final = frozenset({"first_name", "last_name", "company", "role", "email"})
"""Columns of people. A list of companies has names and links as well: there the links have to tell."""

NAMES: Final = frozenset({"first_name", "last_name", "name"})
"""Any of these is enough, where the user has mapped the columns."""


def recognises(sheet: Sheet) -> bool:
    """A table of people: by its header; or a list of names with profiles of people beside them.

    Not within a ZIP: what lies beside LinkedIn's files there (skills, courses) has a "Name" as well.
    """
    header = None if sheet.archive else find_header(sheet, VOCABULARY)
    if header is None:
        return False
    if not header.columns.keys().isdisjoint(TELLING):
        return True
    return any(read_profile_link(cell) for record in sheet.records[:LOOKED_AT] for cell in record.cells)


def is_mapped(table: Table) -> bool:
    """Whether the columns, as somebody mapped them, tell a name."""
    return not NAMES.isdisjoint(table.header.columns)


def parse(table: Table) -> Parsed[PersonRow]:
    parsed: Parsed[PersonRow] = begin(table)
    return read_rows(PersonReader(table, parsed, days=["sent_on", "connected_on"]), parsed, _person)


def _person(cells: PersonReader) -> PersonRow:
    parts = ("first_name", "last_name") if cells["first_name"] or cells["last_name"] else ("name",)
    name = cells.person_name(*parts)
    profile, link = cells.page("profile")
    return PersonRow(
        file=cells.table.file,
        number=cells.row.number,
        name=name,
        company=cells.line("company"),
        role=cells.line("role"),
        profile=profile,
        emails=cells.emails("email"),
        link=link,
        place=cells.line("place", LONGEST_PLACE),
        notes=cells.note("notes"),
        connected_on=cells.day("connected_on"),
        sent_on=cells.day("sent_on"),
        status=cells.line("status"),
    )

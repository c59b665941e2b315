"""What came of a request, in the words of people's own lists: read in ten languages, or as they say. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from netjob.imports.tables import heading_key


class Standing(StrEnum):
    """How far it went: the states of a request, and the two that are those of a conversation."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    SCHEDULED = "scheduled"
    HELD = "held"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


# English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Japanese.
_WORDS: Final = {
    Standing.DRAFT: (
        "draft|to do|todo|planned|plan|not sent|not yet|to contact|not contacted|new|open|idea|wishlist|backlog|next|"
        "entwurf|geplant|offen|neu|noch nicht|nicht gesendet|zu kontaktieren|"
        "brouillon|prévu|à contacter|à faire|non envoyé|nouveau|"
        "borrador|pendiente de enviar|por contactar|planeado|no enviado|nuevo|"
        "rascunho|a contatar|a contactar|planejado|não enviado|novo|"
        "bozza|da contattare|da fare|pianificato|non inviato|nuovo|"
        "concept|gepland|te benaderen|niet verzonden|nieuw|"
        "szkic|planowane|do kontaktu|niewysłane|nowy|"
        "utkast|planerad|att kontakta|ej skickat|ny|"
        "下書き|未送信|予定|未連絡"
    ),
    Standing.SENT: (
        "sent|requested|request sent|invited|invitation sent|contacted|reached out|messaged|emailed|asked|pending|"
        "waiting|awaiting reply|waiting for reply|waiting for answer|no reply|no response|no answer|not answered|"
        "unanswered|ghosted|followed up|follow up sent|in progress|"
        "gesendet|verschickt|angefragt|angeschrieben|kontaktiert|eingeladen|ausstehend|wartend|warten|keine antwort|"
        "unbeantwortet|warte auf antwort|"
        "envoyé|envoyée|contacté|contactée|invité|demandé|en attente|sans réponse|pas de réponse|"
        "enviado|enviada|contactado|contactada|invitado|pendiente|esperando|sin respuesta|esperando respuesta|"
        "contatado|convidado|pendente|aguardando|sem resposta|aguardando resposta|"
        "inviato|inviata|contattato|contattata|invitato|in attesa|senza risposta|nessuna risposta|"
        "verzonden|verstuurd|benaderd|gecontacteerd|uitgenodigd|in afwachting|wachtend|geen antwoord|geen reactie|"
        "wysłane|wysłano|zaproszono|oczekuje|oczekujące|w toku|brak odpowiedzi|"
        "skickat|skickad|kontaktad|inbjuden|väntar|inget svar|"
        "送信済み|送信済|連絡済み|連絡済|申請中|返信待ち|返事待ち|返信なし|返事なし"
    ),
    Standing.ACCEPTED: (
        "accepted|connected|connection|1st|in my network|"
        "angenommen|akzeptiert|verbunden|vernetzt|"
        "accepté|acceptée|connecté|en relation|"
        "aceptado|aceptada|conectado|conectada|"
        "aceito|aceita|aceite|"
        "accettato|accettata|collegato|connesso|"
        "geaccepteerd|verbonden|"
        "zaakceptowane|zaakceptowano|połączono|przyjęte|"
        "accepterad|accepterat|ansluten|"
        "承認|承認済み|承認済|つながり済み"
    ),
    Standing.ANSWERED: (
        "answered|replied|reply|responded|response|yes|positive|interested|wrote back|"
        "geantwortet|beantwortet|antwort|antwort erhalten|zugesagt|interessiert|ja|"
        "répondu|réponse|a répondu|oui|intéressé|"
        "respondido|respondió|contestó|respuesta|sí|interesado|"
        "respondeu|resposta|sim|interessado|"
        "risposto|ha risposto|risposta|interessato|"
        "beantwoord|geantwoord|gereageerd|geïnteresseerd|"
        "odpowiedział|odpowiedziała|odpowiedź|odpowiedziano|tak|"
        "svarat|besvarad|svar|intresserad|"
        "返信あり|返事あり|返信済み|返信済|回答済み|回答あり"
    ),
    Standing.SCHEDULED: (
        "scheduled|meeting scheduled|call scheduled|interview scheduled|booked|meeting booked|call booked|"
        "interview booked|meeting set|call set|meeting planned|meeting arranged|call arranged|appointment|interview|"
        "terminiert|termin|termin vereinbart|vereinbart|"
        "planifié|rendez-vous|rdv|rdv pris|rendez-vous pris|"
        "agendado|programado|cita|reunión programada|"
        "agendada|marcado|reunião marcada|"
        "programmato|fissato|appuntamento|appuntamento fissato|"
        "ingepland|afspraak|afspraak gemaakt|"
        "umówione|umówiono|spotkanie umówione|zaplanowane spotkanie|"
        "inbokad|bokad|möte bokat|inplanerad|"
        "面談予定|日程調整済み|予約済み"
    ),
    Standing.HELD: (
        "held|met|talked|spoke|done|had a call|called|call done|meeting done|completed|interviewed|conversation held|"
        "getroffen|gesprochen|gespräch geführt|erledigt|telefoniert|stattgefunden|"
        "rencontré|parlé|fait|terminé|entretien fait|"
        "hablado|hablamos|reunido|hecho|completado|realizado|"
        "conversado|conversamos|feito|concluído|realizada|"
        "incontrato|parlato|fatto|completato|"
        "gesproken|ontmoet|gedaan|afgerond|"
        "rozmowa odbyta|odbyte|spotkanie odbyte|zrobione|zakończone|"
        "träffat|pratat|klart|genomfört|genomförd|"
        "面談済み|面談済|会った|完了|話した"
    ),
    Standing.DECLINED: (
        "declined|rejected|refused|no|not interested|negative|turned down|"
        "abgelehnt|abgesagt|absage|nein|kein interesse|nicht interessiert|"
        "refusé|refusée|décliné|non|pas intéressé|"
        "rechazado|rechazada|declinado|no interesado|"
        "recusado|recusada|rejeitado|não|não interessado|"
        "rifiutato|rifiutata|declinato|non interessato|"
        "afgewezen|geweigerd|nee|niet geïnteresseerd|"
        "odrzucone|odrzucono|odmowa|nie|niezainteresowany|"
        "avböjt|nekad|nej|ej intresserad|inte intresserad|"
        "辞退|拒否|お断り|断られた"
    ),
    Standing.WITHDRAWN: (
        "withdrawn|cancelled|canceled|retracted|"
        "zurückgezogen|storniert|"
        "retiré|retirée|annulé|"
        "retirado|retirada|cancelado|"
        "cancelada|"
        "ritirato|ritirata|annullato|"
        "ingetrokken|geannuleerd|"
        "wycofane|wycofano|anulowane|"
        "återkallad|tillbakadragen|avbruten|"
        "取り消し|取消|撤回"
    ),
}
_BY_KEY: Final = {
    heading_key(word): standing for standing, words in _WORDS.items() for word in words.split("|")
}


def read_standing(words: str, mapped: Mapping[str, str] | None = None) -> Standing | None:
    """What the words of a status say; None for words that are not known. `mapped`: as the user has it."""
    if mapped and (chosen := mapped.get(words)):
        return Standing(chosen)
    return _BY_KEY.get(heading_key(words)) if words else None


def unknown_words(words: Iterable[str]) -> list[str]:
    """Those that somebody has to map, each once, in their order."""
    return [word for word in dict.fromkeys(words) if word and read_standing(word) is None]

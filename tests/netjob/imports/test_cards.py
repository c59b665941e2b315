"""vCards of all versions: people out of what address books write, whatever else stands in a card."""

import time

import pytest

from netjob.imports import cards
from netjob.imports.cards import read_cards
from netjob.imports.remarks import NotReadable, Source
from tests.foreign_files import card


def read(content):
    content = content.encode() if isinstance(content, str) else content
    return read_cards(Source("people.vcf", content, "vcard"))


def only(*lines, version="3.0"):
    [person] = read(card(*lines, version=version)).rows
    return person


def test_a_card_of_3_0():
    person = only(
        "N:Lovelace;Ada;King;Lady;", "FN:Ada Lovelace", "ORG:Acme Robotics;Research", "TITLE:Engineer",
        "EMAIL;TYPE=INTERNET,HOME:ada@home.example", "EMAIL;TYPE=INTERNET,PREF:ada@acme.example",
        "URL:https://ada.example", "URL:https://www.linkedin.com/in/ada-lovelace",
        "TEL;TYPE=CELL:+44 20 1234", "ADR:;;12 Square;London;;W1;United Kingdom",
        "NOTE:Met at a fair\\, twice\\; she\\nis kind \\\\o/", "PHOTO;ENCODING=b;TYPE=PNG:AAEC",
        " AwQF", "BDAY:circa 1815",
    )  # fmt: skip
    assert (person.number, person.name, person.organisation, person.title) == (
        1,
        "Ada Lovelace",
        "Acme Robotics",
        "Engineer",
    )
    assert person.emails == ["ada@acme.example", "ada@home.example"]
    assert person.pages == ["https://www.linkedin.com/in/ada-lovelace", "https://ada.example"]
    assert (person.phones, person.place) == (["+44 20 1234"], "London, United Kingdom")
    assert person.note == "Met at a fair, twice; she\nis kind \\o/"


def test_a_card_of_4_0_with_groups_and_quoted_parameters():
    person = only(
        "KIND:individual", "FN:Ada Lovelace", "item1.URL;VALUE=uri:https://www.linkedin.com/in/ada",
        "item1.X-ABLabel:LinkedIn", 'TEL;VALUE=uri;TYPE="voice,home":tel:+1-555', "EMAIL;PREF=2:b@x.example",
        "EMAIL;PREF=1:a@x.example", "ROLE:Thinker", version="4.0",
    )  # fmt: skip
    assert (person.pages, person.phones) == (["https://www.linkedin.com/in/ada"], ["+1-555"])
    assert (person.emails, person.title) == (["a@x.example", "b@x.example"], "Thinker")


def test_a_card_of_2_1_in_quoted_printable():
    person = only(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gr=C3=B6=C3=9Fmann;=C3=84nne",
        "NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0A=", "second", "EMAIL;INTERNET;PREF:a@x.example",
        "TITLE;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Pr=E4sidentin", version="2.1",
    )  # fmt: skip
    assert (person.name, person.title, person.emails) == ("Änne Größmann", "Präsidentin", ["a@x.example"])
    assert "second" in person.note


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_file_in_any_encoding(encoding):
    [person] = read(card("FN:Änne Größmann").encode(encoding)).rows
    assert person.name == "Änne Größmann"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN:Ada\\, Countess"], "Ada, Countess"),
        (["FN:", "N:Lovelace;Ada;;;"], "Ada Lovelace"),
        (["N:Lovelace;Ada"], "Ada Lovelace"),
        (["N:王;伟;;;", "FN:王伟"], "王伟"),
        (["fn;charset=nope:Ada"], "Ada"),
        (["FN;ENCODING=QUOTED-PRINTABLE;CHARSET=nope:=C3=84da"], "Äda"),
        (["FN: Ada", "  Lovelace"], "Ada Lovelace"),
        (["FN:Jose\u0301"], "José"),
    ],
)
def test_the_name(lines, name):
    assert only(*lines).name == name


def test_many_cards_are_numbered_and_one_without_a_name_is_refused():
    parsed = read(card("FN:Ada") + "\r\n" + card("EMAIL:nobody@x.example") + card("FN:Bob"))
    assert [(person.number, person.name) for person in parsed.rows] == [(1, "Ada"), (3, "Bob")]
    assert [(reject.row, reject.column, reject.value) for reject in parsed.rejects] == [
        (2, "FN", "nobody@x.example")
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("KIND:org", "organisation"),
        ("KIND:group", "group"),
        ("X-ABShowAs:COMPANY", "organisation"),
        ("KIND:location", "Not the card of a person"),
    ],
)
def test_what_is_no_person_is_skipped(line, why):
    parsed = read(card(line, "FN:Globex") + card("FN:Ada"))
    assert [(skip.row, skip.value) for skip in parsed.skips] == [(1, "Globex")]
    assert why in parsed.skips[0].message
    assert len(parsed.rows) == 1


def test_lines_that_are_none_do_not_spoil_a_card():
    assert only("garbage", ":::", ";x:y", "FN:Ada", "=", "\x01").name == "Ada"


def test_a_card_that_does_not_end_costs_only_itself():
    parsed = read("BEGIN:VCARD\nFN:Lost\n" + card("FN:Ada") + "BEGIN:VCARD\nFN:Cut")
    assert [person.name for person in parsed.rows] == ["Ada"]
    assert [reject.row for reject in parsed.rejects] == [1, 3]


def test_a_card_within_a_card_is_passed_over():
    parsed = read(card("FN:Ada", "AGENT:", "BEGIN:VCARD", "FN:Agent", "END:VCARD", "TITLE:CTO"))
    assert [(person.name, person.title) for person in parsed.rows] == [("Ada", "CTO")]


@pytest.mark.parametrize(
    "text", ["BEGIN:VCARD\n" * 5000, "BEGIN:VCARD\nAGENT:\n" * 5000, "hello", "END:VCARD"]
)
def test_a_file_without_a_whole_card_is_refused(text):
    with pytest.raises(NotReadable, match="no complete vCard"):
        read(text)


def test_cards_that_were_joined_with_their_byte_order_marks():
    content = b"".join(card(f"FN:{name}").encode("utf-8-sig") for name in ("Ada", "Bob", "Zoë"))
    assert [person.name for person in read(content).rows] == ["Ada", "Bob", "Zoë"]


def test_what_belongs_to_no_card_is_told():
    lost = "VERSION:3.0\r\nFN:Bob\r\nEMAIL:b@x.example\r\nEND:VCARD\r\n"
    parsed = read("my contacts\r\n" + card("FN:Ada") + lost + card("FN:Eve"))
    assert [(person.number, person.name) for person in parsed.rows] == [(1, "Ada"), (2, "Eve")]
    [reject] = parsed.rejects
    assert (reject.row, "FN:Bob" in reject.value, "no BEGIN" in reject.message) == (None, True, True)
    [note] = parsed.notes
    assert "1 line that belongs to no card is left out: “my contacts”" in note.message


@pytest.mark.parametrize("end", [b"\r\n ", b"\n\t"])
def test_a_line_that_is_folded_within_a_character(end):
    folded = card("FN:Zoë 王伟 😀 Größmann").encode()
    for sign in "ë王😀":
        at = folded.index(sign.encode()) + 1
        folded = folded[:at] + end + folded[at:]
    assert read(folded).rows[0].name == "Zoë 王伟 😀 Größmann"


def test_more_cards_than_are_read_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(cards, "MOST_CARDS", 2)
    with pytest.raises(NotReadable, match="more than 2 cards"):
        read(card("FN:Ada") * 3)


@pytest.mark.parametrize(
    "line",
    [
        "PHOTO:x\n " + "A" * 2_000_000,
        "N:" + ";" * 500_000,
        "A;" * 500_000 + ":x",
        "N:" + "\\" * 500_001,
        "FN;" + 'a="' * 200_000 + ":b",
    ],
)
def test_no_line_takes_more_than_a_few_looks_at_it(line):
    began = time.perf_counter()
    read(card("FN:Ada", line))
    assert time.perf_counter() - began < 3

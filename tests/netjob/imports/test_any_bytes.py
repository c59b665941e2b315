"""Whatever is uploaded gives rows or a clear refusal, never another exception; what we export comes back."""

import io
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contacts import spreadsheets, vcards
from contacts.linkedin_export import company_follows, connections, education, notes, positions, profile
from netjob.exports import Column, csv_of, workbook
from netjob.imports.archives import unpack
from netjob.imports.remarks import NotReadable, Parsed
from netjob.imports.sheets import Sheet, read_sheets, read_text
from netjob.imports.tables import find_header, read_table
from netjob.imports.texts import one_line, tidy
from outreach.linkedin_export import invitations, messages
from tests import foreign_files as made

TABLES = (
    connections,
    invitations,
    messages,
    profile,
    positions,
    education,
    company_follows,
    notes,
    spreadsheets,
)
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

LISTS = [
    made.connections(made.ada(1), made.ada(2), preamble=made.PREAMBLE).encode(),
    "Name;Firma;Status\nJosé;Zoë;gesendet\n".encode("cp1252"),
    b'From,To,Sent At,Message,Direction\nMe,Ada,"1/2/26, 2:37 PM","Hi, you",OUTGOING\n',
    b"CONVERSATION ID,FROM,TO,DATE,CONTENT\n1,Ada,Me,2026-01-02 03:04:05 UTC,Hi\n",
    made.workbook(made.row_of("Name", "Company") + made.row_of("Ada", "Acme"), strings="<si><t>a</t></si>"),
    made.zipped(
        ("Connections.csv", made.connections(made.ada(1))), ("Profile.csv", "First Name,Last Name,Headline")
    ),
    made.card(
        "FN:Ada", "N:Lovelace;Ada", "EMAIL;TYPE=PREF:a@x.example", "NOTE;QUOTED-PRINTABLE:=C3=BC"
    ).encode(),
]


def understand(name: str, content: bytes) -> list[Parsed]:
    """As an import does it: unpack, recognise, read."""
    found: list[Parsed] = []
    for source in unpack(name, content).sources:
        if vcards.recognises(source):
            found.append(vcards.parse(source))
            continue
        for sheet in read_sheets(source):
            found += [_checked(module, sheet) for module in TABLES if module.recognises(sheet)]
    return found


def _checked(module, sheet: Sheet) -> Parsed:
    header = find_header(sheet, module.VOCABULARY)
    parsed = module.parse(read_table(sheet, module.VOCABULARY, header))
    assert parsed.count == sum(record.number > header.number for record in sheet.records)
    return parsed


def understood_or_refused(content: bytes) -> None:
    try:
        for parsed in understand("upload", content):
            assert all(str(remark.message) for remark in [*parsed.skips, *parsed.rejects, *parsed.warnings])
            repr(parsed).encode()  # no half of a character, which no database could hold
    except NotReadable as refusal:
        assert len(str(refusal)) > 20  # noqa: PT017  (both ends are right)


@SOME
@given(st.binary(max_size=2000))
@example(b"\xff\xfe")
@example(b"\xff\xfea")
@example(b"\xef\xbb\xbf")
@example(b"PK\x05\x06")
@example(b"BEGIN:VCARD")
@example('"'.encode("utf-16"))
def test_any_bytes(content):
    understood_or_refused(content)


@SOME
@given(st.text(alphabet="Name,;\t\n\r\" '=+@😀\x00\u200b\ud800é1/2:-", max_size=300))
def test_any_text_below_a_header(text):
    understood_or_refused(b"Name,Company,Sent on,E-mail,LinkedIn\n" + text.encode("utf-8", "surrogatepass"))


@SOME
@given(st.sampled_from(LISTS), st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=4)), max_size=6))
def test_any_damage_to_a_good_file(content, changes):
    damaged = bytearray(content)
    for place, piece in changes:
        at = place % len(damaged)
        damaged[at : at + len(piece)] = piece
    understood_or_refused(bytes(damaged))


@SOME
@given(st.sampled_from(LISTS), st.integers(0, 5000))
def test_any_beginning_of_a_good_file(content, end):
    understood_or_refused(content[: end % len(content)])


@pytest.mark.parametrize("content", LISTS)
def test_the_good_files_are_good(content):
    assert sum(len(parsed.rows) for parsed in understand("upload", content)) >= 1


@SOME
@given(
    st.text(st.characters(min_codepoint=160, exclude_categories=["Cs", "C", "Z"]), min_size=1, max_size=40),
    st.data(),
)
def test_a_card_may_be_folded_after_any_byte(name, data):
    line = f"FN:{name}x".encode()
    ends = data.draw(st.sets(st.integers(4, len(line) - 1), max_size=5))
    pieces = [line[start:end] for start, end in pairwise([0, *sorted(ends), len(line)])]
    [person] = understand("a.vcf", made.card(b"\r\n ".join(pieces).decode("latin-1")).encode("latin-1"))[
        0
    ].rows
    assert person.name == one_line(tidy(f"{name}x"))


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), max_size=40)


def kept(row):
    """What a file keeps of a row: trimmed, NFC."""
    return tuple(tidy(cell) for cell in row)


@SOME
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
@example([("=1+1", "'=1"), ("+49 170", '"'), ("'tHooft", "''=x"), ("-", "a\nb"), ("@x", "＝1")])
@example([("", "\n"), ("'\n", "= \t")])
def test_what_we_export_as_csv_comes_back(rows):
    columns = [Column("Name", lambda row: row[0]), Column("Note", lambda row: row[1])]
    written = b"".join(csv_of(columns, rows))
    [header, *records] = read_text("ours.csv", written.decode("utf-8-sig")).records
    assert header.cells == ("Name", "Note")
    assert [record.cells for record in records] == [kept(row) for row in rows if any(kept(row))]


@settings(SOME, max_examples=20)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
@example([("=1+1", "'=1"), ("a", "a\nb"), ("45000", "TRUE")])
def test_what_we_export_as_a_workbook_comes_back(rows):
    columns = [Column("Name", lambda row: row[0]), Column("Note", lambda row: row[1])]
    content = io.BytesIO(workbook(columns, rows).read()).getvalue()
    [sheet] = read_sheets(unpack("ours.xlsx", content).sources[0])
    told = [_told_in_xml(row) for row in rows]
    padded = [(*record.cells, "")[:2] for record in sheet.records[1:]]
    assert padded == [kept(row) for row in told if any(kept(row))]


def _told_in_xml(row):
    """XML 1.0 holds no control characters, and neither end of Unicode's planes."""
    return tuple(
        "".join(c for c in cell if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff")) for cell in row
    )

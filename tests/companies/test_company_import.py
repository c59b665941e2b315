"""The reader of companies: lines and spreadsheets in any order and language, and what each row means."""

import io

import pytest
from django.utils import timezone
from openpyxl import Workbook

from companies.importing import CompanyReader
from companies.models import Company
from netjob.imports import applying, readers, staging
from netjob.imports.archives import unpack
from netjob.imports.readers import Opened
from tests.factories import CompanyFactory, CompanyLinkedInFactory

pytestmark = pytest.mark.django_db


def read(text, name="companies.csv", columns=None):
    content = text if isinstance(text, bytes) else text.encode()
    return CompanyReader().read(Opened(unpack(name, content).sources[0]), columns)


def data_of(reading):
    return [row.data for row in reading.rows]


FIGMA = {"name": "Figma", "website": "https://figma.com", "industry": "Design", "place": "Berlin"}
LINEAR = {"name": "Linear", "website": "https://linear.app", "industry": "Software", "place": "Bonn"}


@pytest.mark.parametrize("separator", ["\t", ";", ","])
@pytest.mark.parametrize(
    "header",
    [
        ["Name", "Website", "Industry", "Place"],
        ["Firma", "Webseite", "Branche", "Ort"],
        ["Entreprise", "Site web", "Secteur", "Ville"],
        ["会社名", "ウェブサイト", "業界", "所在地"],
        None,
    ],
    ids=["en", "de", "fr", "ja", "none"],
)
@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 0, 2, 1], [1, 2, 0, 3]])
def test_a_spreadsheet_in_any_order_and_language(separator, header, order):
    rows = [
        *([header] if header else []),
        ["Figma", "figma.com", "Design", "Berlin"],
        ["Linear", "linear.app", "Software", "Bonn"],
        ["Notion", "notion.so", "Software", "Berlin"],
    ]
    text = "\n".join(separator.join(row[place] for place in order) for row in rows)

    found = read(text)

    assert data_of(found)[:2] == [FIGMA, LINEAR]
    assert [row.number for row in found.rows] == [1 + bool(header), 2 + bool(header), 3 + bool(header)]


@pytest.mark.parametrize(
    ("heading", "cell", "place", "remote", "warnings"),
    [
        ("Remote", "yes", "Berlin", True, 0),
        ("Home office", "Ja", "Berlin", True, 0),
        ("Télétravail", "non", "Berlin", False, 0),
        ("Remote work", "Fully remote", "", True, 0),
        ("Remote", "", "Remote", True, 0),
        ("Remote", "no", "100% Remote", True, 0),
        ("Remote", "two days", "Berlin", False, 1),
    ],
)
def test_a_table_says_where_work_is_remote(heading, cell, place, remote, warnings):
    found = read(f"Name,{heading},Place\nFigma,{cell},{place}\n")

    (row,) = found.rows
    assert row.data.get("remote", False) == remote
    assert row.data.get("place", "") == ("" if "emote" in place else place)
    assert len(row.warnings) == warnings


def test_unknown_headings_are_told_from_rows_by_what_stands_below_them():
    found = read("Marke,Seite\nFigma,figma.com\nLinear,linear.app\n")

    assert found.headings == ["Marke", "Seite"]
    assert [row.title for row in found.rows] == ["Figma", "Linear"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Figma\nLinear, linear.app\nhttps://www.linkedin.com/company/stripe/",
            ["Figma", "Linear", "Stripe"],
        ),
        ("Acme, Inc.\nFoo, Bar & Baz\n", ["Acme, Inc.", "Foo, Bar & Baz"]),
        ("1. Figma\n2. Linear", ["Figma", "Linear"]),
        ("Firma\nFigma\nLinear", ["Figma", "Linear"]),
        ("Figma\nFirma\nLinear", ["Figma", "Firma", "Linear"]),
        ("\ufeffFigma\r\n\r\nZüge AG\r\n", ["Figma", "Züge AG"]),
    ],
)
def test_plain_lines_are_one_company_each(text, names):
    assert [row.title for row in read(text, "list.txt").rows] == names


def test_a_workbook_is_read_like_a_text():
    book, file = Workbook(), io.BytesIO()
    book.active.append(["My targets"])
    book.active.append(["Company", "LinkedIn", "Notes"])
    book.active.append(["Figma", "linkedin.com/company/figma", "Tools that\npeople like"])
    book.save(file)

    found = read(file.getvalue(), "targets.xlsx")

    assert data_of(found) == [
        {"name": "Figma", "notes": "Tools that\npeople like", "pages": [["slug", "figma"]]}
    ]
    assert found.rows[0].number == 3


def test_a_bad_optional_cell_stays_empty_and_is_told_by_row_and_column():
    found = read(
        "Name,Website,LinkedIn,Industry\nFigma,no link,linkedin.com/in/ada,"
        + "x" * 101
        + "\nA,javascript:x,,\n"
    )

    assert [row.data for row in found.rows] == [{"name": "Figma"}, {"name": "A"}]
    assert [(column, value[:20]) for column, value, _why in found.rows[0].warnings] == [
        ("LinkedIn", "linkedin.com/in/ada"), ("Website", "no link"), ("Industry", "x" * 20)
    ]  # fmt: skip
    assert len(found.rows[1].warnings) == 1


@pytest.mark.parametrize(
    ("line", "meaning", "because"),
    [
        (f"{'x' * 256},", "rejected", "256 characters"),
        ("a,b,c", "rejected", "3 columns instead of 2"),
        ("Name,Website", "left_out", "repeated"),
        (",nonsense here", "left_out", "no name"),
    ],
)
def test_what_a_row_is_refused_for(line, meaning, because):
    rows = read(f"Name,Website\nSketch,\n{line}\n").rows

    assert rows[1].meaning == meaning
    assert because in rows[1].reason


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Company\nFigma\n", 1),
        ("Name,Website,Industry\nFigma,,\n", 3),
        ("https://www.linkedin.com/company/figma/\nlinkedin.com/company/linear\n", 1),
        ("Foo,Bar\n1,2\n", 0),
        ("First Name,Last Name,URL,Email Address,Company,Position,Connected On\nA,B,,,C,D,\n", 0),
        ("Name,Company\nAda,Figma\n", 0),
        ("Name,Role\nAda,Engineer\n", 0),
        ("Company,Role,E-mail\nFigma,Engineer,jobs@figma.example\n", 1),
        ("Vorname,Nachname,Unternehmen\nAda,L,Figma\n", 0),
    ],
)
def test_its_files_are_recognised_by_their_content(text, score):
    assert CompanyReader().recognises(Opened(unpack("file.csv", text.encode()).sources[0])) == score


def staged(owner, text, today, **how):
    batch = staging.receive(owner, "companies.csv", text.encode(), today=today, wanted="companies", **how)
    return staging.stage_all(batch, today=today)


def test_what_rows_mean(alice, today):
    CompanyFactory(owner=alice, name="Figma")
    CompanyFactory(owner=alice, name="Acme GmbH")
    CompanyFactory(owner=alice, name="Sketch", state="dropped", dropped_on=today, dropped_because="Too far")
    CompanyLinkedInFactory(owner=alice, company__name="Stripe", value="stripe")
    CompanyLinkedInFactory(owner=alice, company__name="Notion", value="notion")

    batch = staged(
        alice,
        "Name,LinkedIn\nＦＩＧＭＡ,\nPayments,linkedin.com/company/stripe\nACME Group,\nLinear,\nlinear,\n"
        "Sketch,\nFigma,linkedin.com/company/notion\nDelta AG,\nDelta Corp,\n",
        today,
    )

    assert [(row.number, row.meaning, row.choice[:4]) for row in batch.rows.all()] == [
        (2, "known", "comp"), (3, "known", "comp"), (4, "similar", "new"), (5, "new", "new"), (6, "known", "row-"),
        (7, "known", "comp"), (8, "rejected", "leav"), (9, "new", "new"), (10, "similar", "new"),
    ]  # fmt: skip
    by_number = {row.number: row for row in batch.rows.all()}
    assert by_number[6].match == "The same as row 5, Linear."
    assert "Too far" in by_number[7].match
    assert by_number[8].reason == "That LinkedIn page is the one of Notion."
    assert by_number[10].choices[0][0] == "row-8"


def test_what_a_known_company_gains_is_foretold_once_and_comes_so(alice, today, frozen):
    CompanyFactory(owner=alice, name="Figma", place="Berlin")
    CompanyFactory(owner=alice, name="Sketch", state="dropped", dropped_on=today)
    CompanyFactory(owner=alice, name="Notion", industry="Software")
    batch = staged(
        alice,
        "Name,Website,Industry,Place\nFigma,figma.com,,Bonn\nFIGMA,figma.com,Design,\nSketch,sketch.com,,\n"
        "Notion,,Tools,\n",
        today,
    )

    assert [(row.meaning, row.match) for row in batch.rows.all()] == [
        ("updated", "Figma is on your list. Adds: website."),
        ("updated", "The same as row 2, Figma. Adds: industry."),
        ("updated", batch.rows.get(number=4).choices[0][1] + " Adds: website."),
        ("known", "Notion is on your list."),
    ]
    assert (batch.counts["will_update"], batch.counts["will_merge"]) == (3, 4)

    batch = applying.apply(batch, now=timezone.now(), today=today)

    assert [row.detail for row in batch.rows.all()] == [
        "Now with: website.", "Now with: industry.", "Now with: website.", "",
    ]  # fmt: skip
    assert batch.counts["updates"] == 3


def test_what_is_left_out_is_foretold_of_the_next_row(alice, today, frozen):
    CompanyFactory(owner=alice, name="Figma")
    batch = staged(alice, "Name,Website\nFigma,figma.com\nFigma,figma.com\n", today)
    assert [row.meaning for row in batch.rows.all()] == ["updated", "known"]
    batch.rows.filter(number=2).update(choice="leave", is_chosen=True)

    batch = applying.apply(batch, now=timezone.now(), today=today)

    assert [(row.outcome, row.detail) for row in batch.rows.all()] == [
        ("skipped", ""),
        ("merged", "Now with: website."),
    ]


def test_a_dropped_company_is_put_on_the_list_where_one_says_so(alice, today, frozen):
    CompanyFactory(owner=alice, name="Sketch", state="dropped", dropped_on=today)
    batch = staged(alice, "Name\nSketch\n", today)
    batch.rows.update(choice="list", is_chosen=True)

    applying.apply(batch, now=timezone.now(), today=today)

    assert Company.objects.get().state == "target"


def test_what_says_again_what_is_left_out_is_left_out_too(alice, today, frozen):
    batch = staged(alice, "Name\nAcme GmbH\nAcme GmbH\nACME AG\nLinear\n", today)
    similar = batch.rows.get(meaning="similar")
    batch.rows.filter(number=2).update(choice="leave", is_chosen=True)
    batch.rows.filter(pk=similar.pk).update(choice="row-1", is_chosen=True)

    batch = applying.apply(batch, now=timezone.now(), today=today)

    assert [row.outcome for row in batch.rows.all()] == ["skipped", "skipped", "skipped", "created"]
    assert "What it was to become was left out." in batch.message


def test_how_they_were_found_is_kept_for_all(alice, today, frozen):
    figma = CompanyFactory(owner=alice, name="Figma")
    batch = staged(
        alice, "Name\nLinear\nSketch\n", today,
        facts={"companies": {"found_how": "competitor", "found_from": "figma"}},
    )  # fmt: skip

    applying.apply(batch, now=timezone.now(), today=today)

    assert set(Company.objects.exclude(pk=figma.pk).values_list("found_how", "found_from")) == {
        ("competitor", figma.pk)
    }


def test_a_page_that_two_rows_name_goes_to_the_first(alice, today, frozen):
    batch = staged(
        alice,
        "Name,LinkedIn\nFigma,linkedin.com/company/figma\nFigma Inc,linkedin.com/company/figma\n",
        today,
    )
    batch = applying.apply(batch, now=timezone.now(), today=today)

    assert (batch.counts["created"], batch.counts["merged"]) == (1, 1)


def test_the_reader_is_registered_first():
    assert next(iter(readers.in_order())).kind == "companies"

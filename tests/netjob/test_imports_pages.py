"""The pages of an import: brought, looked through, decided, applied, undone."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.models import Company
from netjob.imports import staging
from netjob.imports.readers import fingerprint
from netjob.models import ImportBatch, ImportRow
from tests.exports import bring, connections
from tests.factories import CompanyFactory, ImportMappingFactory

pytestmark = pytest.mark.django_db


def upload(client, text, name="companies.csv", **more):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post("/imports/", {"file": file, **more}, follow=True)


def test_a_file_goes_from_upload_to_undo(alice, alice_client):
    answer = upload(alice_client, "Company,Website\nFigma,figma.com\nLinear,linear.app\n")
    batch = ImportBatch.objects.get()
    assert answer.redirect_chain == [(f"/imports/{batch.pk}/", 302)]
    assert "2 rows will be added" in answer.text
    assert not Company.objects.exists()

    answer = alice_client.post(f"/imports/{batch.pk}/application/", {"found_how": "near_me"}, follow=True)
    assert {c.name: c.found_how for c in Company.objects.all()} == {"Figma": "near_me", "Linear": "near_me"}
    assert "2 added." in answer.text
    assert "Go on with Companies" in answer.text

    alice_client.post(f"/imports/{batch.pk}/undo/")
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert not Company.objects.exists()
    assert alice_client.post(f"/imports/{batch.pk}/undo/").status_code == 409


def test_the_list_has_an_empty_state_and_says_what_is_understood(alice_client):
    answer = alice_client.get("/imports/")

    assert "Nothing brought yet" in answer.text
    assert "Companies: a column with the name of each" in answer.text
    assert "/companies/export/?format=csv" in answer.text


def test_the_list_shows_ones_own_newest_first(alice, bob, alice_client, today):
    for owner, name in ((alice, "first.csv"), (bob, "theirs.csv"), (alice, "second.csv")):
        staging.begin(owner, name, b"Company\nFigma\n", today=today)

    page = alice_client.get("/imports/").text

    assert page.index("second.csv") < page.index("first.csv")
    assert "theirs.csv" not in page
    assert "To look through" in page


def test_lines_can_be_pasted_instead(alice_client):
    alice_client.post("/imports/", {"text": "Figma\tfigma.com\nLinear\tlinear.app", "kind": "companies"})

    batch = ImportBatch.objects.get()
    assert (batch.file_name, batch.is_pasted, batch.total) == ("Pasted lines", True, 2)


@pytest.mark.parametrize(
    ("sent", "because"),
    [
        ({}, "Choose a file, or paste lines."),
        ({"text": " \n "}, "Choose a file, or paste lines."),
        ({"text": "Foo,Bar\n1,2"}, "Foo, Bar"),
        ({"text": "x" * 2_000_001}, "at most 2000000 characters"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * 20_000_001)}, "a.csv is larger than 20 MB"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "That file is empty."),
        ({"file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n00000")}, "a picture"),
        ({"text": "Figma", "kind": "nonsense"}, "nonsense is not one of the available choices"),
    ],
    ids=["nothing", "blanks", "unknown", "long", "large", "empty", "picture", "kind"],
)
def test_what_cannot_be_read_is_refused_and_changes_nothing(alice_client, sent, because):
    answer = alice_client.post("/imports/", sent)

    assert answer.status_code == 422
    assert because in answer.text
    assert not ImportBatch.objects.exists()


def test_five_hundred_lines_are_previewed_with_ten_queries(
    alice, alice_client, django_assert_max_num_queries
):
    for n in range(20):
        CompanyFactory(owner=alice, name=f"Known {n} GmbH").learn_linkedin(f"linkedin.com/company/known-{n}")
    headings = ["Marke", "Seite", "Wo", "Link"]
    ImportMappingFactory(
        owner=alice, fingerprint=fingerprint(headings), columns=["name", "website", "place", "linkedin"]
    )
    lines = [f"Brand {n} x{n},brand{n}.com,Berlin," for n in range(470)]
    lines += [f"Known {n} {'GmbH' if n % 2 else 'AG'},,," for n in range(20)]
    lines += [f"Page {n},,,linkedin.com/company/known-{n}" for n in range(10)]
    upload(alice_client, "\n".join([",".join(headings), *lines]), kind="companies")
    batch = ImportBatch.objects.get()
    assert batch.files[0]["columns"] == ["name", "website", "place", "linkedin"]
    assert batch.counts == {
        "new": 470, "known": 20, "similar": 10, "will_create": 480, "will_merge": 20, "warnings": 0
    }  # fmt: skip

    for query in ("", "?show=all", "?show=similar", "?show=new", "?show=known"):
        with django_assert_max_num_queries(10):
            alice_client.get(f"/imports/{batch.pk}/{query}")
    with django_assert_max_num_queries(10):
        alice_client.get(f"/imports/{batch.pk}/deletion/")


def test_an_upload_costs_the_same_however_many_rows_it_has(alice, alice_client):
    counts = []
    for rows in (5, 100):
        CompanyFactory(owner=alice, name=f"Known {rows} GmbH").learn_linkedin(f"linkedin.com/company/k{rows}")
        lines = [f"Brand {rows} {n},linkedin.com/company/{rows}-{n}" for n in range(rows)]
        lines += [f"Known {rows} AG,", f"Page {rows},linkedin.com/company/k{rows}"]
        with CaptureQueriesContext(connection) as queries:
            upload(alice_client, "\n".join(["Company,LinkedIn", *lines]))
        counts.append(len(queries))
        assert ImportBatch.objects.latest("pk").counts["similar"] == 1

    assert counts[0] == counts[1]


def test_a_page_costs_the_same_however_many_rows_there_are(
    alice, alice_client, today, django_assert_num_queries
):
    for rows in (3, 300):
        text = "Company\n" + "".join(f"Brand {rows} {n} x{n}\n" for n in range(rows))
        batch = staging.begin(alice, "companies.csv", text.encode(), today=today)
        with django_assert_num_queries(4):
            alice_client.get(f"/imports/{batch.pk}/")
        with django_assert_num_queries(3):
            alice_client.get("/imports/")


def test_more_rows_are_fetched_by_key(alice, alice_client, today):
    text = "Company\n" + "".join(f"Brand {n} x{n}\n" for n in range(120))
    batch = staging.begin(alice, "companies.csv", text.encode(), today=today)
    page = alice_client.get(f"/imports/{batch.pk}/").text
    after = page.split("show=all&amp;after=")[1].split('"')[0]

    rows = alice_client.get(
        f"/imports/{batch.pk}/?show=all&after={after}", headers={"HX-Request": "true", "HX-Target": "rows"}
    ).text

    assert "Brand 50 x50" in rows
    assert "Brand 49 x49" not in rows
    assert "<html" not in rows
    assert alice_client.get(f"/imports/{batch.pk}/?show=nonsense&after=rubbish").status_code == 200


def test_columns_are_mapped_in_the_page(alice_client):
    upload(alice_client, "Marke,Seite\nFigma,figma.com\nLinear,linear.app\n", kind="companies")
    batch = ImportBatch.objects.get()
    page = alice_client.get(f"/imports/{batch.pk}/").text
    assert "What the columns are" in page
    assert "figma.com" in page

    answer = alice_client.post(
        f"/imports/{batch.pk}/columns/",
        {"file": "companies.csv", "column-0": "industry", "column-1": "website"},
        follow=True,
    )

    assert "These columns are remembered" in answer.text
    assert [row.data for row in ImportRow.objects.all()] == [
        {"name": "Figma", "website": "https://figma.com", "industry": "Figma"},
        {"name": "Linear", "website": "https://linear.app", "industry": "Linear"},
    ]
    assert alice_client.post(f"/imports/{batch.pk}/columns/", {"file": "other.csv"}).status_code == 404


@pytest.mark.parametrize("header", ["Company Name,Title,Started On", "First Name,Last Name,Connected On"])
def test_those_of_linkedins_files_are_what_they_are(alice_client, header):
    upload(alice_client, f"{header}\nAcme,Dev,2 Jan 2020\n")
    [batch] = ImportBatch.objects.all()

    answer = alice_client.post(f"/imports/{batch.pk}/columns/", {"file": "companies.csv", "column-0": "name"})

    assert answer.status_code == 404


HOSTILE = '=cmd|" /C calc"!A0'


def test_rejected_rows_are_downloaded_with_the_reason_mended_and_brought_again(alice_client):
    upload(alice_client, f"Company,Website,=Notes\nFigma,figma.com,\n{HOSTILE.replace(chr(34), '')},a,b,c\n")
    batch = ImportBatch.objects.get()
    alice_client.post(f"/imports/{batch.pk}/application/", {"found_how": "other"})

    answer = alice_client.get(f"/imports/{batch.pk}/rejected/?file=companies.csv")
    lines = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert lines == [
        ["Company", "Website", "'=Notes", "", "Why it was not imported"],
        ["'=cmd| /C calc!A0", "a", "b", "c", "4 columns instead of 3."],
    ]

    lines[1] = [lines[1][0], "mended.com", "", "", lines[1][4]]
    mended = io.StringIO()
    csv.writer(mended).writerows(lines)
    upload(alice_client, mended.getvalue(), name="mended.csv")
    row = ImportBatch.objects.latest("pk").rows.get()
    assert (row.meaning, row.data) == ("new", {"name": "=cmd| /C calc!A0", "website": "https://mended.com"})


def test_what_is_refused_while_it_is_compared_can_be_downloaded_too(alice, alice_client):
    CompanyFactory(owner=alice, name="Figma").learn_linkedin("linkedin.com/company/figma")
    CompanyFactory(owner=alice, name="Linear")
    upload(alice_client, "LinkedIn,Company\nlinkedin.com/company/figma,Linear\n")
    batch = ImportBatch.objects.get()

    said = alice_client.get(f"/imports/{batch.pk}/rejected/").getvalue().decode("utf-8-sig")

    assert '"","Linear","That LinkedIn page is the one of Figma."' in said


@pytest.mark.parametrize("file", ["other.csv", "a\nb", "\0"])
def test_rows_of_a_file_that_is_not_of_the_import_are_not_there(alice_client, file):
    upload(alice_client, "Company\nFigma\n")

    answer = alice_client.get(f"/imports/{ImportBatch.objects.get().pk}/rejected/", {"file": file})

    assert answer.status_code == 404


def test_an_answer_that_does_not_fit_is_shown_again(alice_client):
    upload(alice_client, "Company\nFigma\n")
    batch = ImportBatch.objects.get()

    answer = alice_client.post(
        f"/imports/{batch.pk}/application/", {"found_how": "competitor", "found_from": "Nobody"}
    )

    assert answer.status_code == 422
    assert "None of your companies has that name." in answer.text
    assert not Company.objects.exists()


def test_what_is_thrown_away_is_said_before(alice_client):
    upload(alice_client, "Company,Website\nFigma,figma.com\nLinear,\n")
    batch = ImportBatch.objects.get()
    alice_client.post(f"/imports/{batch.pk}/choices/", {f"choice-{batch.rows.first().pk}": "leave"})
    address = f"/imports/{batch.pk}/deletion/"
    assert f'href="{address}"' in alice_client.get(f"/imports/{batch.pk}/").text

    asked = alice_client.get(address).text
    assert "Throw away “companies.csv”?" in asked
    assert "the file, and the 2 rows that were read of it" in asked
    assert "1 choice that you made" in asked
    assert "Nothing of it was imported." in asked
    assert "This cannot be taken back." in asked
    assert ImportRow.objects.count() == 2

    answer = alice_client.post(address, follow=True)
    assert "companies.csv is no longer kept here." in answer.text
    assert not ImportBatch.objects.exists()
    assert not ImportRow.objects.exists()


def test_a_record_is_forgotten_and_what_was_made_stays(alice_client):
    upload(alice_client, "Company,Website\nFigma,\nShort\n")
    batch = ImportBatch.objects.get()
    alice_client.post(f"/imports/{batch.pk}/application/", {"found_how": "other"})
    address = f"/imports/{batch.pk}/deletion/"

    asked = alice_client.get(address).text
    assert "Forget the record of “companies.csv”?" in asked
    assert "2 rows: what they said, and what came of them" in asked
    assert "1 unreadable row, which can be downloaded until then" in asked
    assert "What was imported stays." in asked
    assert "goes by to say" not in asked

    alice_client.post(address)
    assert not ImportBatch.objects.exists()
    assert not ImportRow.objects.exists()
    assert Company.objects.count() == 1


def test_with_the_last_connections_goes_what_the_next_are_compared_with(alice, alice_client):
    first = bring(alice, connections(("Ana Silva", "Acme", "Analyst", "08 Feb 2026")))
    asked = f"/imports/{first.pk}/deletion/"
    assert (
        "who is new, who changed jobs and who is gone: it will not say that" in alice_client.get(asked).text
    )

    last = bring(alice, connections(("Ben Okoro", "Bolt", "Engineer", "09 Feb 2026")))
    assert "goes by to say" not in alice_client.get(asked).text
    told = alice_client.get(f"/imports/{last.pk}/deletion/").text
    assert f"it will go by {first.file_name} of 23 November 2026" in told


@pytest.mark.parametrize("act", ["get", "post"])
def test_what_another_brought_is_not_there_to_be_thrown_away(alice_client, bob, today, act):
    theirs = staging.begin(bob, "theirs.csv", b"Company\nFigma\n", today=today)

    assert getattr(alice_client, act)(f"/imports/{theirs.pk}/deletion/").status_code == 404
    assert ImportBatch.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("noun", ["staging", "choices", "choices/all", "columns", "application", "undo"])
def test_what_acts_is_not_read(alice_client, noun):
    upload(alice_client, "Company\nFigma\n")

    assert alice_client.get(f"/imports/{ImportBatch.objects.get().pk}/{noun}/").status_code == 405

"""Tables in and out of the admin: the same rules as its forms, all or nothing, and no cell that calculates."""

import csv
import io
import os

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.models import Company, Opening
from contacts.models import Person
from netjob.admin import uploads
from netjob.cells import as_typed, harmless
from outreach.models import Conversation, Insight, Request
from tests.admin_pages import admin_url, errors_of, imported, looked_at
from tests.factories import (
    CompanyFactory,
    ConversationFactory,
    InsightFactory,
    MessageFactory,
    PersonFactory,
    RequestFactory,
    RoleFactory,
)

pytestmark = pytest.mark.usefixtures("frozen")
CSV, XLSX = "0", "1"


def exported(client, model, kind=CSV, query=""):
    answer = client.post(admin_url(model, "export") + query, {"format": kind, "resource": "0"})
    assert answer.status_code == 200
    if kind == CSV:
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows()]


def written(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def columns(rows, name):
    return [row[rows[0].index(name)] for row in rows[1:]]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_a_cell_that_looks_like_a_formula_is_made_harmless_and_read_again(sign):
    text = f"{sign}1+1"

    assert harmless(text) == f"'{text}"
    assert as_typed(harmless(text)) == text
    assert harmless("1=1") == "1=1"
    assert as_typed("'tis") == "'tis"


def test_an_export_has_no_formulas_in_either_format(alice, alice_client):
    CompanyFactory(owner=alice, name="=cmd|' /C calc'!A0", notes="+1", industry="＝1")

    rows = exported(alice_client, Company)
    assert columns(rows, "name") == ["'=cmd|' /C calc'!A0"]
    assert columns(rows, "notes") == ["'+1"]
    assert columns(rows, "industry") == ["'＝1"]
    cells = exported(alice_client, Company, XLSX)[1]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert "=cmd|' /C calc'!A0" in [cell.value for cell in cells]


def test_control_characters_do_not_break_a_spreadsheet(alice, alice_client):
    CompanyFactory(owner=alice, notes="a\x0bb")

    cells = exported(alice_client, Company, XLSX)[1]

    assert "ab" in [cell.value for cell in cells]


def test_an_export_keeps_to_the_filters_of_the_list(alice, alice_client):
    CompanyFactory(owner=alice, name="Figma", motivation=3)
    CompanyFactory(owner=alice, name="Linear")

    assert columns(exported(alice_client, Company, query="?motivation__exact=3"), "name") == ["Figma"]
    assert columns(exported(alice_client, Company, query="?q=linear"), "name") == ["Linear"]


@pytest.mark.parametrize("kind", [CSV, XLSX])
@pytest.mark.parametrize(
    ("factory", "model"),
    [(CompanyFactory, Company), (PersonFactory, Person), (InsightFactory, Insight), (RoleFactory, None),
     (ConversationFactory, Conversation)],
)  # fmt: skip
def test_what_was_exported_and_not_touched_changes_nothing(kind, factory, model, alice, alice_client):
    row = factory(owner=alice)
    if factory is InsightFactory:
        row.person = PersonFactory(owner=alice, company=row.company)
        row.save()
    model = type(row)
    before = model.objects.values().get(pk=row.pk)
    answer = alice_client.post(admin_url(model, "export"), {"format": kind, "resource": "0"})

    look = looked_at(alice_client, model, answer.content, f"t.{'csv' if kind == CSV else 'xlsx'}")

    assert errors_of(look) == []
    assert look.context["result"].totals == {
        "new": 0,
        "update": 0,
        "delete": 0,
        "skip": 1,
        "error": 0,
        "invalid": 0,
    }
    imported(alice_client, model, answer.content, f"t.{'csv' if kind == CSV else 'xlsx'}")
    assert model.objects.values().get(pk=row.pk) == before


def test_a_look_saves_nothing_and_says_what_would_happen(alice, alice_client):
    figma = CompanyFactory(owner=alice, name="Figma")

    look = looked_at(
        alice_client, Company, f"uid,name,motivation\n{figma.uid},Figma,Dream company\n,Linear,2\n"
    )

    text = look.content.decode()
    assert "1 new, 1 changed, 0 as they are" in text
    assert "<del>Unfamiliar</del> → Dream company" in text
    figma.refresh_from_db()
    assert figma.motivation == 0
    assert Company.objects.count() == 1


def test_rows_are_changed_and_added_as_the_forms_do(alice, alice_client):
    figma = CompanyFactory(owner=alice, name="Figma")

    answer = imported(
        alice_client,
        Company,
        "uid,name,motivation,remote,aliases,found_from\n"
        f"{figma.uid},Framer,3,yes,,\n,Linear,A lot,no,Linear Inc,Figma\n",
    )

    assert answer.status_code == 302
    figma.refresh_from_db()
    assert (figma.name, figma.folded_name, figma.motivation, figma.remote) == ("Framer", "framer", 3, True)
    assert not Company.objects.known_as(["Figma"])
    linear = Company.objects.get(name="Linear")
    assert linear.owner == alice
    assert linear.aliases() == ["Linear Inc"]
    assert (linear.motivation, linear.found_from, linear.state) == (2, figma, "target")
    page = alice_client.get(admin_url(Company, "changelist")).content.decode()
    assert "2 rows imported: 1 new, 1 changed." in page


def test_states_figures_and_owners_are_not_read(alice, bob, alice_client):
    figma = CompanyFactory(owner=alice, name="Figma")

    imported(
        alice_client, Company, f"uid,name,state,people_count,industry\n{figma.uid},Figma,Dropped,99,Design\n"
    )

    figma.refresh_from_db()
    assert (figma.state, figma.people_count, figma.industry) == ("target", 0, "Design")
    assert errors_of(looked_at(alice_client, Company, f"name,owner\nX,{bob.pk}\n")) == [
        "There is no column “owner”. Take the headings from an export."
    ]


def test_errors_name_row_and_column_and_nothing_is_saved(alice, alice_client):
    text = "name,motivation,remote,website,notes\nLinear,2,yes,,\n,1,maybe,javascript:alert(1),\n\nFigma,9,no,,\n"

    look = looked_at(alice_client, Company, text)

    assert look.status_code == 422
    found = errors_of(look)
    assert (3, "remote", "Write yes or no.") in found
    assert (5, "motivation", "Select a valid choice. 9 is not one of the available choices.") in found
    assert "confirm_form" not in look.context or not look.context["confirm_form"]
    assert not Company.objects.exists()


def test_a_name_that_is_taken_is_an_error_of_its_row(alice, alice_client):
    CompanyFactory(owner=alice, name="Figma")

    found = errors_of(looked_at(alice_client, Company, "name\nLinear\nFIGMA\n"))

    assert [(row, column) for row, column, _said in found] == [(3, "name")]


def test_two_new_rows_of_one_name_are_an_error(alice, alice_client):
    found = errors_of(looked_at(alice_client, Company, "name\nLinear\nlinear\n"))

    assert [(row, column) for row, column, _said in found] == [(3, "name")]


def test_people_move_and_get_their_addresses(alice, alice_client):
    figma, linear = CompanyFactory(owner=alice, name="Figma"), CompanyFactory(owner=alice, name="Linear")
    priya = PersonFactory(owner=alice, company=figma)

    imported(
        alice_client,
        Person,
        f"uid,name,company,profile\n{priya.uid},Priya,Linear,linkedin.com/in/priya\n,Jonas,{figma.uid},\n",
    )

    priya.refresh_from_db()
    figma.refresh_from_db()
    linear.refresh_from_db()
    assert (priya.company, priya.linkedin_url) == (linear, "https://www.linkedin.com/in/priya/")
    assert (figma.people_count, linear.people_count) == (1, 1)


def test_a_name_that_several_have_needs_the_uid(alice, alice_client):
    company = CompanyFactory(owner=alice, name="Figma")
    PersonFactory.create_batch(2, owner=alice, name="Priya Raman", company=company)

    found = errors_of(
        looked_at(alice_client, Insight, "company,text,said_on,person\nFigma,SQL,2026-11-02,Priya Raman\n")
    )

    assert found == [(2, "person", "Several of yours have that name. Give the uid of the one you mean.")]


def test_a_file_from_before_a_change_is_refused(alice, alice_client):
    figma = CompanyFactory(owner=alice, name="Figma")
    rows = exported(alice_client, Company)
    Company.objects.get(pk=figma.pk).rate(motivation=2)
    rows[1][rows[0].index("industry")] = "Design"

    found = errors_of(looked_at(alice_client, Company, written(rows)))

    assert found
    assert "changed in another window" in str(found)


def test_what_changes_between_the_two_steps_lets_nothing_through(alice, alice_client):
    look = looked_at(alice_client, Company, "name\nLinear\nFigma\n")
    CompanyFactory(owner=alice, name="Figma")

    answer = alice_client.post(admin_url(Company, "process_import"), look.context["confirm_form"].initial)

    assert answer.status_code == 302
    assert "nothing was imported" in alice_client.get(answer.url).content.decode()
    assert Company.objects.count() == 1


def test_requests_begin_as_drafts_and_their_rules_hold(alice, alice_client):
    asked, free = RequestFactory(owner=alice).person, PersonFactory(owner=alice)

    found = errors_of(
        looked_at(alice_client, Request, f"person,channel\n{asked.uid},E-mail\n{free.uid},E-mail\n")
    )
    assert [(row, column) for row, column, _said in found] == [(2, "")]
    assert "There is a request to" in found[0][2]
    imported(alice_client, Request, f"person,channel\n{free.uid},E-mail\n")
    assert Request.objects.get(person=free).state == "draft"


def test_openings_need_their_company(alice, alice_client):
    found = errors_of(looked_at(alice_client, Opening, "title,state_on,company\nAnalyst,2026-11-02,\n"))

    assert found == [(2, "company", "This field is required.")]


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("name\nx\n", "t.txt", "Choose a CSV or an XLSX file."),
        ("", "t.csv", "The submitted file is empty."),
        ("name\n", "t.csv", "There are no rows below the headings."),
        ("\nx\n", "t.csv", "The first row has to name the columns."),
        ("no zip", "t.xlsx", "This is no XLSX file that can be read."),
        ("name,name\nx,y\n", "t.csv", "A heading stands there twice."),
        ("name\n" + "x\n" * 10_001, "t.csv", "These are more than 10,000 rows. Split the file."),
        (
            "uid,name\nx,y\n",
            "t.csv",
            (2, "uid", "Leave this as the export wrote it, or empty for a new row."),
        ),
    ],
)
def test_files_that_are_none_are_refused_in_words(text, name, sentence, alice_client):
    look = looked_at(alice_client, Company, text, name)

    assert look.status_code == 422
    assert errors_of(look) == [sentence]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(alice_client, monkeypatch):
    monkeypatch.setattr("netjob.admin.formats.LARGEST", 10)

    assert errors_of(looked_at(alice_client, Company, "name\nLinear and more\n")) == [
        "20 MB at most. Split the file."
    ]


def test_a_packed_file_that_swells_is_refused(alice_client, monkeypatch):
    monkeypatch.setattr("netjob.admin.formats.LARGEST_UNPACKED", 10)
    file = io.BytesIO()
    openpyxl.Workbook().save(file)

    found = errors_of(looked_at(alice_client, Company, file.getvalue(), "t.xlsx"))

    assert found == ["That file is too large once it is unpacked."]


@pytest.mark.parametrize(
    "text", ["name;industry\nMüller;Bau\n".encode("cp1252"), "\ufeffname\tindustry\nMüller\tBau\n".encode()]
)
def test_other_separators_and_encodings_are_read(text, alice, alice_client):
    imported(alice_client, Company, text)

    assert Company.objects.values_list("name", "industry").get() == ("Müller", "Bau")


def test_an_upload_is_gone_after_its_import_and_old_ones_are_swept(
    alice, alice_client, monkeypatch, tmp_path
):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    imported(alice_client, Company, "name\nLinear\n")
    looked_at(alice_client, Company, "name\nFigma\n")
    (left,) = tmp_path.iterdir()
    os.utime(left, (0, 0))
    looked_at(alice_client, Company, "name\nFramer\n")

    assert left not in tmp_path.iterdir()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_large_table_that_says_nothing_new_takes_few_queries(
    alice, alice_client, django_assert_max_num_queries
):
    CompanyFactory.create_batch(30, owner=alice)
    text = written(exported(alice_client, Company))

    with django_assert_max_num_queries(80):  # a savepoint a row, and a handful
        looked_at(alice_client, Company, text)


@pytest.mark.parametrize("factory", [ConversationFactory, MessageFactory, InsightFactory, PersonFactory])
def test_an_export_takes_the_same_queries_for_more_rows(factory, alice, alice_client):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            exported(alice_client, factory._meta.model)
        return len(caught)

    def whole():
        row = factory(owner=alice)
        if factory in (ConversationFactory, MessageFactory):
            row.request = RequestFactory(owner=alice, person=row.person)
            row.save()

    whole()
    few = queries()
    for _ in range(5):
        whole()

    assert queries() == few

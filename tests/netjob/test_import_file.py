"""`manage.py import_file`: the same as the pages, in one step and as one JSON object."""

import json

import pytest
from django.core.management import CommandError, call_command

from companies.models import Company
from netjob.models import ImportBatch
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db
TEXT = "Company,Website\nFigma,figma.com\nfigma,\nLinear,not a link\n,\nA,b,c\n"


def run(file, owner, *options, capsys):
    status = 0
    try:
        call_command("import_file", str(file), "--owner", owner.email.upper(), *options)
    except SystemExit as stopped:
        status = stopped.code
    except CommandError as error:
        return 1, str(error)
    said = capsys.readouterr().out
    return status, json.loads(said) if "--json" in options else said


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "my.csv"
    path.write_text(TEXT)
    return path


def test_it_says_what_came_of_every_row(alice, file, capsys):
    status, said = run(file, alice, "--json", capsys=capsys)

    assert status == 0
    message = said.pop("message")
    assert said == {
        "outcome": "partial",
        "rows": 4,
        "creates": 2,
        "updates": 0,
        "merges": 1,
        "companies": 2,
        "skips": [],
        "rejects": [
            {"file": "my.csv", "row": 6, "column": "", "value": "A", "message": "3 columns instead of 2."}
        ],
        "cell_warnings": [
            {
                "file": "my.csv",
                "row": 4,
                "column": "Website",
                "value": "not a link",
                "message": "A web address has no spaces, quotes, backslashes or invisible characters in it.",
            }
        ],
    }
    assert "Row 6: 3 columns instead of 2." in message
    assert said["creates"] + said["merges"] + len(said["skips"]) + len(said["rejects"]) == said["rows"]


def test_a_dry_run_says_the_same_and_does_nothing(alice, file, capsys):
    _status, would = run(file, alice, "--json", "--dry-run", capsys=capsys)
    assert not Company.objects.exists()
    assert not ImportBatch.objects.exists()

    assert run(file, alice, "--json", capsys=capsys)[1] == would


def test_again_it_creates_nothing(alice, file, capsys):
    run(file, alice, capsys=capsys)

    status, said = run(file, alice, "--json", capsys=capsys)

    assert (status, said["creates"], said["merges"]) == (0, 0, 3)
    assert Company.objects.count() == 2


def test_a_good_file_is_ok_and_says_so_in_words(alice, tmp_path, capsys):
    path = tmp_path / "my.csv"
    path.write_text("Company\nFigma\n")

    assert run(path, alice, "--json", capsys=capsys)[1]["outcome"] == "ok"
    CompanyFactory(owner=alice, name="Linear")
    assert run(path, alice, capsys=capsys) == (0, "0 added, 1 known already.\n")


@pytest.mark.parametrize(
    ("content", "figures", "message"),
    [
        (b"Company,Website\n", ("ok", 0, []), "There were no rows in it, so nothing was imported."),
        (
            b"Company,Website\nAc\xed\xa0\x80me,\n",
            ("partial", 1, []),
            "1 added. Row 2: Half a character was left out of “Acme”.",
        ),
        (
            b"Company,Website\nAcme," + b"x" * 100_001 + b"\nB,\n",
            ("partial", 1, ["Website"]),
            "1 added, 1 unreadable. Row 2: Website is longer than 100,000 characters.",
        ),
    ],
    ids=["header", "half", "long"],
)
def test_what_is_told_of_no_cell_and_of_no_row(alice, tmp_path, capsys, content, figures, message):
    path = tmp_path / "my.csv"
    path.write_bytes(content)

    said = run(path, alice, "--json", capsys=capsys)[1]

    assert (said["outcome"], said["creates"], [each["column"] for each in said["rejects"]]) == figures
    assert (said["cell_warnings"], said["message"]) == ([], message)


@pytest.mark.parametrize("options", [["--json"], []])
def test_a_file_that_is_refused_changes_nothing_and_exits_with_1(alice, tmp_path, capsys, options):
    path = tmp_path / "my.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 99)

    status, said = run(path, alice, *options, capsys=capsys)

    assert status == 1
    assert "picture" in (said["message"] if options else said)
    assert not options or (said["outcome"], said["rows"], said["rejects"]) == ("rejected", 0, [])
    assert not ImportBatch.objects.exists()


def test_there_must_be_such_a_file_and_such_an_account(alice, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_file", str(tmp_path / "none.csv"), "--owner", alice.email)
    with pytest.raises(CommandError, match="no account"):
        call_command("import_file", str(tmp_path / "none.csv"), "--owner", "nobody@example.org")

"""vCards as people: their keys, their company, and what of a card could not be kept."""

import pytest

from contacts import vcards
from contacts.profiles import ProfileLink
from netjob.imports.remarks import Source
from tests.foreign_files import card


def parse(text):
    source = Source("people.vcf", text.encode(), "vcard")
    assert vcards.recognises(source)
    return vcards.parse(source)


def test_a_card_is_a_person():
    [row] = parse(
        card(
            "FN:Ada Lovelace", "ORG:Acme Robotics;Research", "TITLE:Engineer", "URL:https://www.linkedin.com/in/Ada",
            "URL:https://ada.example", "EMAIL:Ada@X.example", "EMAIL:ada@y.example", "TEL:+44 20", "ADR:;;;London;;;UK",
            "NOTE:kind",
        )
    ).rows  # fmt: skip
    assert (row.number, row.name, row.company, row.role) == (1, "Ada Lovelace", "Acme Robotics", "Engineer")
    assert (row.profile, row.link) == (ProfileLink("linkedin", "ada"), "https://ada.example")
    assert row.emails == ("ada@x.example", "ada@y.example")
    assert (row.place, row.notes) == ("London, UK", "kind\nPhone: +44 20")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("EMAIL:not-an-email", "EMAIL"),
        ("URL:javascript:alert(1)", "URL"),
        (f"TITLE:{'x' * 256}", "TITLE"),
        (f"ORG:{'x' * 256}", "ORG"),
        (f"NOTE:{'x' * 20_001}", "NOTE"),
    ],
)
def test_what_cannot_be_kept_of_a_card_is_told(line, column):
    parsed = parse(card("FN:Ada") + card("FN:Bob", line))
    assert len(parsed.rows) == 2
    assert [(warning.row, warning.column) for warning in parsed.warnings] == [(2, column)]


def test_cards_that_are_no_people_and_cards_without_a_name():
    parsed = parse(
        card("FN:Ada")
        + card("KIND:org", "FN:Acme")
        + card("EMAIL:a@x.example")
        + card("FN:" + "x" * 300)
        + card("FN:\u200b")
    )
    assert [row.number for row in parsed.rows] == [1]
    assert [skip.row for skip in parsed.skips] == [2]
    assert [(reject.row, reject.column) for reject in parsed.rejects] == [(3, "FN"), (4, "FN"), (5, "FN")]
    assert parsed.count == 5

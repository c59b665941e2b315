"""People as vCards 4.0: one, or what the list shows; whatever a text holds, it stays a text."""

import pytest

from contacts.exporting import card
from contacts.models import Person
from netjob.imports.cards import read_cards
from netjob.imports.remarks import Source
from tests import factories as make

NASTY = ["Ada; DROP, TABLE\\", "Ada\nEND:VCARD\nBEGIN:VCARD", "Ada\r\nNOTE:x", "Zoë " * 40, "李 明", "=1+1"]


@pytest.mark.parametrize("name", NASTY)
def test_a_card_reads_back_as_it_was(alice, name):
    company = make.CompanyFactory(owner=alice, name="Acme; Inc, Ltd")
    person = Person.add(
        alice, name[:200], on=make.ON, role=name[:200], company=company, email="ada@x.example",
        profile="linkedin.com/in/ada",
    )  # fmt: skip

    written = card(person)

    assert written.count(b"BEGIN:VCARD\r\nVERSION:4.0\r\n") == 1
    assert written.count(b"\r\nEND:VCARD\r\n") == 1
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    [read] = read_cards(Source("a.vcf", written)).rows
    assert (read.name.split(), read.organisation) == (name[:200].split(), "Acme; Inc, Ltd")
    assert (read.emails, read.pages) == (["ada@x.example"], ["https://www.linkedin.com/in/ada/"])


def test_what_the_list_shows_leaves_as_one_file(alice, alice_client, bob):
    for name, owner in (("Ada Moss", alice), ("Bea Novak", alice), ("Bob Only", bob)):
        Person.add(owner, name, on=make.ON)

    answer = alice_client.get("/people/cards/?q=moss")

    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer.headers["Content-Disposition"].endswith('.vcf"')
    assert [row.name for row in read_cards(Source("a", answer.getvalue())).rows] == ["Ada Moss"]
    assert 'href="/people/cards/?q=moss"' in alice_client.get("/people/?q=moss").content.decode()


def test_one_person_leaves_by_themselves(alice_client, alice):
    ada = Person.add(alice, "Ada Moss", on=make.ON)

    assert b"FN:Ada Moss" in alice_client.get(f"/people/{ada.pk}/card/").content

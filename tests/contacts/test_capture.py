"""People without typing: a page's address and title, a signature, a card, lines with companies."""

import datetime as dt

import pytest

from companies.models import Company
from contacts import capturing
from contacts.models import Person
from outreach.models import Request
from tests import factories as make

pytestmark = pytest.mark.usefixtures("frozen")
ANA = "https://www.linkedin.com/in/ana-silva/"


@pytest.mark.parametrize(
    ("url", "title", "line"),
    [
        (ANA, "Ana Silva - Data Engineer - Acme | LinkedIn", f"Ana Silva, Data Engineer, Acme, {ANA}"),
        (f"{ANA}?x=1", "(12) Ana Silva | LinkedIn", f"Ana Silva, {ANA}"),
        (ANA, "Ana Silva – Head of Data, EMEA | LinkedIn", f"Ana Silva, Head of Data EMEA, {ANA}"),
        (ANA, "LinkedIn", ANA),
        ("https://evil.example/in/ana", "Ana Silva - CTO - Acme", ""),
        ("", "", ""),
    ],
)
def test_a_page_says_who_it_is_by_address_and_title(url, title, line):
    assert capturing.visited(url, title).line == line


SIGNATURE = "Best regards,\nAna Silva\nData Engineer | Acme GmbH\nT: +49 30 1234567\nana@acme.example\nwww.acme.example"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Silva\nORG:Acme GmbH\nTITLE:Data Engineer\nEMAIL:ana@acme.example\nEND:VCARD"


@pytest.mark.parametrize("text", [SIGNATURE, CARD], ids=["signature", "card"])
def test_a_signature_and_a_card_become_a_line(text):
    assert (
        capturing.as_lines(text, with_company=True) == "Ana Silva, Data Engineer, Acme GmbH, ana@acme.example"
    )
    assert capturing.as_lines(text, with_company=False) == "Ana Silva, Data Engineer, ana@acme.example"


@pytest.mark.parametrize(
    "text", ["Ana Silva\nBob Jones\nc@d.example", "Ana, CTO", "", "Best,\nAna", "BEGIN:VCARD"]
)
def test_anything_else_stays_as_it_is(text):
    assert capturing.as_lines(text, with_company=True) == text


def test_the_form_is_filled_and_says_at_once_what_is_known(alice, alice_client):
    ana = Person.add(alice, "Ana Silva", on=make.ON, profile=ANA)
    request = Request.draft(alice, ana, channel="invitation")
    request.send(at=dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC))

    page = alice_client.get("/capture/", {"url": ANA, "title": "Ana Silva - Data Engineer - Acme | LinkedIn"})

    text = page.content.decode()
    assert "is known already: asked on 3 November." in text
    assert "Ana Silva, Data Engineer, Acme" in text


def test_it_says_who_is_similar_and_who_is_new(alice, alice_client):
    make.PersonFactory(owner=alice, name="Ana Silva", role="Analyst")

    similar = alice_client.get("/capture/", {"url": ANA, "title": "Ana Silva | LinkedIn"}).content.decode()
    new = alice_client.get("/capture/", {"url": ANA, "title": "Bea Novak | LinkedIn"}).content.decode()

    assert "is similar to" in similar
    assert "Bea Novak</bdi> is new." in new
    assert Person.objects.count() == 1, "a GET writes nothing"


def test_a_shared_text_and_a_company_page_go_where_they_belong(alice_client):
    shared = alice_client.get("/capture/", {"text": f"Look at Ana Silva {ANA}"}).content.decode()
    company = alice_client.get(
        "/capture/", {"url": "https://www.linkedin.com/company/acme/", "title": "Acme"}
    )

    assert ANA in shared
    assert company.url.startswith("/add/?text=")


@pytest.mark.parametrize(
    "shared",
    [
        {"url": "https://example.org/team", "title": "Our team is new"},
        {"text": "https://example.org/team", "title": "Our team is new"},
    ],
    ids=["button", "share"],
)
def test_a_page_that_is_no_profile_names_nobody_and_becomes_a_note(alice_client, shared):
    answer = alice_client.get("/capture/", shared)

    page = answer.content.decode()
    assert "</bdi> is new." not in page
    assert "That page is nobody’s profile." in page
    assert answer.context["form"]["text"].value() == ""
    note = answer.context["form"]["notes"].value()
    assert note == "Our team is new\nhttps://example.org/team"

    form = {"text": "Ana Silva, CTO", "kind": "peer", "found_how": "search", "notes": note}
    assert alice_client.post("/capture/", form).status_code == 302
    assert Person.objects.get().notes == note


@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("We are glad to tell you that Ana has joined us", True),
        ("Our team is growing.", True),
        ("Are you looking for a job?", True),
        ("Martin Luther King Jr.", False),
        ("Priya R.", False),
        ("María del Carmen García López", False),
    ],
)
def test_a_sentence_is_not_taken_for_a_name(alice_client, line, is_asked):
    answer = alice_client.post("/capture/", {"text": line, "kind": "peer", "found_how": "search"})

    assert (answer.status_code == 200) is is_asked
    assert Person.objects.exists() is not is_asked
    if is_asked:
        assert "Complete the names" in answer.content.decode()


def test_lines_say_their_company_or_the_form_does(alice, alice_client):
    acme = make.CompanyFactory(owner=alice, name="Acme")
    lines = f"Ana Silva, Data Engineer, Acme, {ANA}\nBea Novak, CTO, Newcorp\nCy Dunn"

    form = {"text": lines, "company": "Otherco", "kind": "peer", "found_how": "search"}
    asked = alice_client.post("/capture/", form).content.decode()
    assert "Suggest Newcorp as a company" in asked
    assert "suggests <bdi>Otherco</bdi> as a company" in asked, "typed as a company: said, and not asked"
    assert not Person.objects.exists()

    answer = alice_client.post("/capture/", form | {"asked": "2-company", "company_2": "suggest"})

    assert answer.status_code == 302, answer.content.decode()
    found = {row.name: (row.role, row.company.name, row.company.state) for row in Person.objects.all()}
    assert found == {
        "Ana Silva": ("Data Engineer", acme.name, "target"), "Bea Novak": ("CTO", "Newcorp", "suggested"),
        "Cy Dunn": ("", "Otherco", "suggested"),
    }  # fmt: skip


def test_what_stands_last_may_be_no_company(alice, alice_client):
    form = {"text": "Ana Lee, Designer, Acme", "kind": "peer", "found_how": "search"}

    alice_client.post("/capture/", form | {"asked": "1-company", "company_1": "role"})

    ana = Person.objects.get()
    assert (ana.role, ana.company) == ("Designer, Acme", None)
    assert not Company.objects.exists()


def test_somebody_known_elsewhere_brings_no_company(alice, alice_client):
    make.PersonFactory(owner=alice, name="Ana Silva").set_profile(ANA)

    form = {"text": f"Ana Silva, CTO, Newcorp, {ANA}", "kind": "peer", "found_how": "search"}

    assert alice_client.post("/capture/", form).status_code == 302
    assert not Company.objects.filter(name="Newcorp").exists()


def test_a_signature_is_pasted_at_a_company(alice, alice_client):
    acme = make.CompanyFactory(owner=alice, name="Acme")

    form = {"text": SIGNATURE, "kind": "peer", "found_how": "search"}
    alice_client.post(f"/companies/{acme.pk}/people/add/", form)

    ana = Person.objects.get()
    assert (ana.name, ana.role, ana.company, ana.email) == (
        "Ana Silva",
        "Data Engineer",
        acme,
        "ana@acme.example",
    )


def test_do_not_contact_is_said(alice, alice_client):
    ana = Person.add(alice, "Ana Silva", on=make.ON, profile=ANA)
    ana.refuse_contact(on=make.ON)

    page = alice_client.get("/capture/", {"url": ANA, "title": "Ana Silva"}).content.decode()

    assert "marked “do not contact” on 2 November" in page


def test_the_button_reads_address_and_title_and_nothing_else(alice_client):
    page = alice_client.get("/capture/bookmarklet/").content.decode()

    assert page.count("javascript:") == 1
    assert "encodeURIComponent(location.href)" in page
    assert "encodeURIComponent(document.title)" in page


def test_netjob_can_be_shared_with(client, db):
    target = client.get("/manifest.webmanifest").json()["share_target"]

    assert (target["action"], target["method"]) == ("/capture/", "GET")

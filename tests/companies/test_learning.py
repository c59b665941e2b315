"""LinkedIn's number of a company is learned from any link that is saved with it, and that is said."""

import pytest

from companies.models import Company, CompanyLinkedIn
from tests.companies.test_company_edit import shown
from tests.factories import (
    CompanyFactory,
    ConversationFactory,
    InsightFactory,
    OpeningFactory,
    PersonFactory,
    RequestFactory,
)

pytestmark = pytest.mark.usefixtures("frozen")
PEOPLE = "https://www.linkedin.com/search/results/people/"
JOBS = "https://www.linkedin.com/jobs/search/"
ONE = f"{PEOPLE}?currentCompany=%5B%221441%22%5D&keywords=analyst"
TWO = f"{JOBS}?f_C=1441%2C10667"
SAID = "Learned LinkedIn’s number of Acme: 1441."
LEARNED = [("numeric", "1441")]


@pytest.fixture
def acme(alice):
    return CompanyFactory(owner=alice, name="Acme")


@pytest.fixture
def jonas(alice, acme):
    return PersonFactory(owner=alice, company=acme, name="Jonas Okafor")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def known(company):
    return sorted(CompanyLinkedIn.objects.filter(company=company).values_list("kind", "value"))


def edited(client, address, **fields):
    """What the form of a page sends, with other words in some fields."""
    page = client.get(address)
    values = {field.html_name: field.value() for field in page.context["form"]}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    return address, sent | fields


NOTE = {"happened_on": "2026-11-20"}
OPENING = {"title": "Analyst", "state": "posted", "state_on": "2026-11-20"}
SENT = {"state": "sent", "sent_on": "2026-11-16", "sent_at": "2026-11-16T09:00Z"}
PLACES = {
    "a note on the company": lambda client, jonas, text: (
        f"/companies/{jonas.company_id}/notes/", NOTE | {"text": text}),
    "the notes of the company": lambda client, jonas, text: (
        f"/companies/{jonas.company_id}/edit/", shown(client, jonas.company) | {"notes": text}),
    "the website": lambda client, jonas, text: (
        f"/companies/{jonas.company_id}/edit/", shown(client, jonas.company) | {"website": text}),
    "the link of an opening": lambda client, jonas, text: (
        f"/companies/{jonas.company_id}/openings/add/", OPENING | {"link": text}),
    "the notes of an opening": lambda client, jonas, text: edited(
        client, f"/openings/{OpeningFactory(owner=jonas.owner, company=jonas.company).pk}/", notes=text),
    "what was learned": lambda client, jonas, text: edited(
        client, f"/insights/{InsightFactory(owner=jonas.owner, company=jonas.company).pk}/", text=text),
    "people": lambda client, jonas, text: (
        f"/companies/{jonas.company_id}/people/add/",
        {"text": f"linkedin.com/in/ada\n{text}", "kind": "peer", "found_how": "search"}),
    "a note on a person": lambda client, jonas, text: (f"/people/{jonas.pk}/notes/", NOTE | {"text": text}),
    "the notes of a person": lambda client, jonas, text: edited(
        client, f"/people/{jonas.pk}/edit/", notes=text),
    "the notes of a conversation": lambda client, jonas, text: edited(
        client, f"/conversations/{ConversationFactory(owner=jonas.owner, person=jonas).pk}/notes/", notes=text),
    "a message of theirs": lambda client, jonas, text: (
        f"/people/{jonas.pk}/replies/add/", {"text": text, "channel": "message", "on": "2026-11-20"}),
    "their answer": lambda client, jonas, text: (
        f"/requests/{RequestFactory(owner=jonas.owner, person=jonas, **SENT).pk}/answer/",
        {"text": text, "on": "2026-11-20"}),
    "a line": lambda client, jonas, text: ("/companies/add/", {"lines": f"Acme, {text}", "found_how": "other"}),
    "a company in the add box": lambda client, jonas, text: ("/add/", {"text": f"Acme, {text}", "kind": "company"}),
    "a note in the add box": lambda client, jonas, text: (
        "/add/", {"text": "Note on Acme", "kind": "note", "who": f"company-{jonas.company_id}", "notes": text}),
    "a conversation in the add box": lambda client, jonas, text: (
        "/add/", {"text": "Talked to Jonas", "kind": "conversation", "who": f"person-{jonas.pk}", "notes": text}),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_link_that_is_saved_anywhere_teaches_the_number(alice_client, acme, jonas, place):
    address, sent = PLACES[place](alice_client, jonas, ONE)

    answer = alice_client.post(address, sent, follow=True)

    assert known(acme) == LEARNED
    assert SAID in text_of(answer)


@pytest.mark.parametrize("place", ["a note on the company", "the link of an opening", "a message of theirs"])
def test_what_another_company_has_is_left_there_and_said(alice_client, alice, acme, jonas, place):
    other = CompanyFactory(owner=alice, name="Notion")
    other.learn_linkedin("linkedin.com/company/1441")
    address, sent = PLACES[place](alice_client, jonas, ONE)

    answer = alice_client.post(address, sent, follow=True)

    assert (known(acme), known(other)) == ([], LEARNED)
    assert "1441 is LinkedIn’s number of Notion, so Acme did not get it." in text_of(answer)


@pytest.mark.parametrize(
    "text",
    [
        TWO,
        f"{ONE} or linkedin.com/company/10667",
        "https://acme.example/jobs?f_C=1441",
        "https://www.linkedin.com.evil.example/?f_C=1441",
    ],
)
def test_where_it_is_not_clear_nothing_is_learned(alice_client, acme, jonas, text):
    address, sent = PLACES["a note on the company"](alice_client, jonas, text)

    assert "Learned" not in text_of(alice_client.post(address, sent, follow=True))
    assert known(acme) == []


def test_what_is_known_already_is_not_said_again(alice_client, acme, jonas):
    acme.learn_linkedin(ONE)
    address, sent = PLACES["a note on the company"](alice_client, jonas, ONE)

    assert "LinkedIn’s number" not in text_of(alice_client.post(address, sent, follow=True))
    assert known(acme) == LEARNED


def test_several_numbers_are_given_as_one_link_or_as_several(alice_client, alice, acme):
    CompanyFactory(owner=alice, name="Other")
    links = (
        "linkedin.com/company/1441/ linkedin.com/company/10667 https://www.linkedin.com/company/acme/about/"
    )

    alice_client.post(f"/companies/{acme.pk}/linkedin/", {"link": links})

    assert known(acme) == [("numeric", "10667"), ("numeric", "1441"), ("slug", "acme")]


def test_while_notes_are_typed_no_number_is_learned(alice_client, acme, jonas):
    """It would be another one at every digit."""
    address, sent = PLACES["the notes of a conversation"](alice_client, jonas, "linkedin.com/company/14")

    alice_client.post(address, sent, headers={"HX-Request": "true"})

    assert known(acme) == []


# A page on LinkedIn in the field for the website


def edit(client, company, **fields):
    return client.post(f"/companies/{company.pk}/edit/", shown(client, company) | fields, follow=True)


@pytest.mark.parametrize("before", ["", "https://acme.example"])
def test_a_page_on_linkedin_is_no_website(alice_client, acme, before):
    Company.objects.filter(pk=acme.pk).update(website=before)

    answer = edit(alice_client, acme, website="linkedin.com/company/acme/about/")

    acme.refresh_from_db()
    assert (acme.website, known(acme)) == (before, [("slug", "acme")])
    assert "A page on LinkedIn is no website: it is kept for the searches. Kept: page acme." in text_of(
        answer
    )


def test_the_page_of_another_company_is_refused_as_a_website(alice_client, alice, acme):
    CompanyFactory(owner=alice, name="Notion").learn_linkedin("linkedin.com/company/notionhq")

    answer = edit(alice_client, acme, website="linkedin.com/company/notionhq", notes="Kept?")

    acme.refresh_from_db()
    assert answer.status_code == 422
    assert "That is the LinkedIn page of Notion." in text_of(answer)
    assert (acme.website, acme.notes, known(acme)) == ("", "", [])


# Taking it back


def test_what_the_add_box_learned_goes_with_what_it_added(alice_client, acme, jonas):
    for place in ("a company in the add box", "a note in the add box"):
        page = text_of(alice_client.post(*PLACES[place](alice_client, jonas, ONE), follow=True))
        assert known(acme) == LEARNED
        alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])
        assert known(acme) == []


KEPT_IN = {
    "the notes of the company": PLACES["the notes of the company"],
    "the notes of an opening": lambda client, jonas, text: edited(
        client, f"/openings/{jonas.company.openings.get().pk}/", notes=text),
    "what was learned": lambda client, jonas, text: edited(
        client, f"/insights/{jonas.company.insights.get().pk}/", text=text),
    "the notes of a person": PLACES["the notes of a person"],
    "the notes of a conversation": lambda client, jonas, text: edited(
        client, f"/conversations/{jonas.conversations.get().pk}/notes/", notes=text),
}  # fmt: skip


@pytest.mark.parametrize("place", KEPT_IN)
def test_a_number_that_was_taken_away_stays_away_until_its_link_is_pasted_anew(
    alice_client, alice, acme, jonas, place
):
    OpeningFactory(owner=alice, company=acme)
    InsightFactory(owner=alice, company=acme)
    ConversationFactory(owner=alice, person=jonas)

    def save(text):
        return text_of(alice_client.post(*KEPT_IN[place](alice_client, jonas, text), follow=True))

    assert SAID in save(f"{ONE} for analysts")
    alice_client.post(f"/linkedin-pages/{acme.linkedin.get().pk}/deletion/")

    assert "LinkedIn’s number" not in save(f"{ONE} for senior analysts")
    assert known(acme) == []

    save("None")
    assert SAID in save(ONE)
    assert known(acme) == LEARNED

"""Add, over any page: what is typed is understood and answered at once; the press writes it."""

import pytest
from playwright.sync_api import expect

from contacts.models import Person
from netjob.models import Activity
from outreach.models import Conversation
from tests.factories import CompanyFactory, PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


@pytest.fixture
def priya(alice, figma):
    return PersonFactory(owner=alice, name="Priya Raman", role="Lead", company=figma)


@pytest.fixture
def page(alice, figma, priya, signed_in_page, live_server):
    page = signed_in_page(alice)
    page.goto(live_server.url + "/settings/")
    return page


def test_a_person_by_keyboard_alone(page, axe):
    page.keyboard.press("n")
    expect(page.locator("#add_text")).to_be_focused()
    assert axe(page) == []
    page.keyboard.type("Jonas Okafor, Data Analyst, Figma")
    expect(page.locator("#known .said")).to_have_text("Jonas Okafor, Data Analyst at Figma, is new.")
    expect(page.get_by_label("Person", exact=True)).to_be_checked()
    expect(page.locator("#add_text")).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Jonas Okafor")
    expect(page.locator("#messages")).to_contain_text("Jonas Okafor is added.")


def test_a_known_company_is_said_while_one_types(page, figma, live_server):
    page.get_by_role("link", name="Add", exact=True).click()
    page.locator("#add_text").press_sequentially("figma")
    expect(page.locator("#known .said")).to_contain_text("Figma is on your list already.")
    expect(page.locator("#add-form").get_by_role("button", name="Add")).to_be_hidden()
    page.locator("#known").get_by_role("link", name="Open it").click()

    page.wait_for_url(live_server.url + figma.get_absolute_url())


def test_a_note_with_its_day(page, priya, axe):
    page.keyboard.press("n")
    page.locator("#add_text").press_sequentially("note on pri")
    expect(page.get_by_label("Note", exact=True)).to_be_checked()
    expect(page.get_by_label("Priya Raman")).to_be_checked()
    expect(page.get_by_label("How you talked")).to_be_hidden()
    page.locator("#add_notes").fill("Likes SQL")
    page.locator("#add_on").fill("2026-11-02")
    assert axe(page) == []
    page.locator("#add-form").get_by_role("button", name="Add").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Raman")
    note = Activity.objects.get(verb="noted")
    assert (note.text, str(note.happened_on)) == ("Likes SQL", "2026-11-02")


def type_on(page, more):
    page.locator("#add_text").focus()
    page.keyboard.press("End")
    page.keyboard.type(more)


def test_what_is_read_fills_the_fields_until_one_writes_there(page):
    page.keyboard.press("n")
    page.locator("#add_text").press_sequentially("note on priya: likes")
    expect(page.locator("#add_notes")).to_have_value("likes")
    type_on(page, " SQL")
    expect(page.locator("#add_notes")).to_have_value("likes SQL")
    page.locator("#add_notes").fill("Likes Python")
    type_on(page, "!")
    expect(page.locator("[name=notes_read]")).to_have_value("likes SQL!")
    expect(page.locator("#add_notes")).to_have_value("Likes Python")
    page.locator("#add-form").get_by_role("button", name="Add").click()

    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("Undone: Kept a note about Priya Raman")
    assert not Activity.objects.filter(verb="noted").exists()


def test_what_was_chosen_stays_while_one_types_on(page):
    page.keyboard.press("n")
    page.locator("#add_text").press_sequentially("Jonas Okafor, Analyst, Sket")
    page.get_by_label("Put Sket on your list, too").uncheck()
    type_on(page, "ch")
    expect(page.get_by_label("Put Sketch on your list, too")).not_to_be_checked()
    expect(page.locator("#add_company")).to_have_value("Sketch")
    page.locator("#add_text").fill("Figma Inc")
    page.get_by_label("Another company: add it").check()
    type_on(page, ".")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Another company: add it")).to_be_checked()


def test_a_conversation_chosen_by_hand(page, priya):
    page.keyboard.press("n")
    page.locator("#add_text").press_sequentially("priya")
    page.get_by_label("Conversation", exact=True).check()
    expect(page.get_by_label("How you talked")).to_be_visible()
    expect(page.get_by_label("Priya Raman")).to_be_checked()
    expect(page.get_by_label("Conversation", exact=True)).to_be_focused()
    page.locator("#add_notes").fill("Good talk")
    page.locator("#add-form").get_by_role("button", name="Add").click()

    expect(page.locator("#messages")).to_contain_text("Your conversation with Priya Raman is written down.")
    assert Conversation.objects.get().notes == "Good talk"


def test_a_refusal_loses_nothing_and_asks(page, axe):
    page.keyboard.press("n")
    page.locator("#add_text").press_sequentially("Priya Raman, Boss")
    expect(page.get_by_label("Somebody else: add them")).to_be_visible()
    page.locator("#add-form").get_by_role("button", name="Add").click()

    expect(page.get_by_label("It is Priya Raman")).to_be_focused()
    expect(page.locator("#add_same_error")).to_have_text(
        "Say which one it is, so that nothing is there twice."
    )
    expect(page.locator("#add_text")).to_have_value("Priya Raman, Boss")
    assert axe(page) == []
    page.get_by_label("Somebody else: add them").check()
    page.locator("#add-form").get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Raman")
    assert Person.objects.count() == 2


def test_what_was_typed_is_there_when_it_opens_again(page):
    page.keyboard.press("n")
    page.locator("#add_text").fill("Acme")
    page.keyboard.press("Escape")
    expect(page.locator("#add")).to_be_hidden()
    page.keyboard.press("n")

    expect(page.locator("#add_text")).to_have_value("Acme")
    expect(page.locator("#add_text")).to_be_focused()


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 390), ("dark", 1280)])
def test_the_dialog_is_accessible_and_fits(page, theme, width, axe):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("link", name="Add", exact=True).click()
    page.locator("#add_text").fill("Jonas Okafor, Analyst, Sketch")
    expect(page.get_by_label("Put Sketch on your list, too")).to_be_checked()

    assert axe(page) == []
    assert page.evaluate("(box => box.scrollWidth <= box.clientWidth)(document.querySelector('#add'))")


def test_without_scripts_it_is_a_page(alice, priya, browser, live_server, signed_in_page):
    cookies = signed_in_page(alice).context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(live_server.url + "/settings/")
    page.get_by_role("link", name="Add", exact=True).click()
    page.fill("#add_text", "Priya")
    page.get_by_label("Note", exact=True).check()
    page.fill("#add_notes", "Likes SQL")
    page.get_by_role("button", name="Look what is known").click()
    expect(page.get_by_label("Priya Raman")).to_be_checked()
    expect(page.locator("#add_notes")).to_have_value("Likes SQL")
    page.get_by_role("button", name="Add", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Raman")
    assert Activity.objects.get(verb="noted").text == "Likes SQL"
    context.close()

"""The composer in a browser: it fills, counts and checks while one types, and loses nothing."""

import re

import pytest
from playwright.sync_api import expect

from outreach.models import Message, Request
from tests.factories import CompanyFactory, PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def composer(alice, signed_in_page, live_server):
    company = CompanyFactory(owner=alice, name="Notion")
    priya = PersonFactory(owner=alice, company=company, name="Priya Raman", role="Analytics Lead")
    priya.set_email("priya@example.org")
    page = signed_in_page(alice)
    page.goto(f"{live_server.url}/people/{priya.pk}/requests/add/")
    return page


def test_a_template_swaps_the_composer_alone_and_the_keyboard_stays(composer):
    composer.evaluate("document.querySelector('h1').dataset.same = 'yes'")
    composer.get_by_label("Template").focus()

    composer.get_by_label("Template").select_option(label="The guide’s own request (needs 300 characters)")

    expect(composer.locator("textarea")).to_have_value(re.compile("^Hi Priya Raman, I discovered"))
    expect(composer.locator("#count")).to_have_text(
        re.compile("285 of 200 characters: 85 too many for a free")
    )
    expect(composer.get_by_label("Template")).to_be_focused()
    assert composer.locator("h1").get_attribute("data-same") == "yes"
    assert "template=" in composer.url


@pytest.mark.parametrize(
    ("label", "option"),
    [("Template", "The guide’s own request (needs 300 characters)"), ("How you send it", "LinkedIn message")],
)
def test_what_is_typed_while_the_composer_comes_anew_is_kept(composer, label, option):
    text, on_the_way = composer.locator("textarea"), []
    with composer.expect_response(re.compile("/requests/add/")):  # the check of what is typed
        text.fill("Hi Priya")
    old = text.element_handle()
    composer.route(re.compile("/requests/add/"), lambda route: on_the_way.append(route), times=1)

    with composer.expect_request(re.compile("/requests/add/")):
        composer.get_by_label(label).select_option(label=option)
    text.press("Control+End")
    composer.keyboard.type(", glad to connect.")
    on_the_way[0].continue_()

    composer.wait_for_function("(old) => !old.isConnected", arg=old)
    expect(text).to_have_value("Hi Priya, glad to connect.")
    expect(composer.locator("#count")).to_contain_text("26")
    composer.keyboard.type(" Ana")
    expect(text).to_have_value("Hi Priya, glad to connect. Ana")


def test_what_is_typed_is_counted_and_checked(composer):
    composer.locator("textarea").fill("Hi <first name>, about <nmae> 🎉")

    expect(composer.locator("#count")).to_have_text("32 of 200 characters")
    expect(composer.locator("#check")).to_contain_text("Still to fill: <first name>")
    expect(composer.locator("#check")).to_contain_text("half of one: <nmae>")

    composer.locator("textarea").fill("Hi Priya")
    expect(composer.locator("#check")).to_be_empty()
    assert not Request.objects.exists()


def test_another_way_keeps_the_words_and_takes_its_own_limit(composer):
    composer.locator("textarea").fill("x" * 250)
    expect(composer.locator("#count")).to_contain_text("50 too many")

    composer.get_by_label("How you send it").select_option("message")
    expect(composer.locator("#count")).to_have_text("250 of 8000 characters")
    expect(composer.locator("textarea")).to_have_value("x" * 250)

    composer.get_by_label("How you send it").select_option("email")
    expect(composer.get_by_label("Subject")).to_be_visible()
    expect(composer.locator("textarea")).to_have_value("x" * 250)


def test_the_mail_program_gets_the_words_as_they_stand(composer):
    composer.get_by_label("How you send it").select_option("email")
    composer.get_by_label("Subject").fill("Notion & you")
    composer.locator("textarea").fill("One\nTwo?")
    # The link is looked at, not followed: there is no mail program here.
    composer.evaluate(
        "addEventListener('click', (e) => e.target.closest('[data-mail]') && e.preventDefault())"
    )

    composer.get_by_role("link", name="Copy and open e-mail").click()

    link = composer.get_by_role("link", name="Copy and open e-mail")
    expect(link).to_have_attribute(
        "href", "mailto:priya@example.org?subject=Notion%20%26%20you&body=One%0D%0ATwo%3F"
    )


def test_typed_words_are_not_left_without_a_question(composer, live_server):
    asked = []
    composer.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    composer.locator("textarea").click()
    composer.locator("textarea").press_sequentially("Not saved yet")
    expect(composer.locator("#check")).to_be_attached()

    composer.goto(f"{live_server.url}/templates/")

    assert asked == ["beforeunload"]


def test_written_marked_and_sent_in_one_go(composer):
    composer.locator("textarea").fill("Hi Priya, glad to connect.")

    composer.get_by_role("button", name="Mark as sent").click()

    expect(composer.locator("#messages")).to_contain_text("Request to Priya Raman sent.")
    assert Message.objects.get().text == "Hi Priya, glad to connect."


def test_without_scripts_everything_is_there(alice, composer, browser, live_server):
    plain = browser.new_context(java_script_enabled=False, storage_state=composer.context.storage_state())
    page = plain.new_page()
    page.goto(composer.url)

    page.get_by_label("Template").select_option(label="The guide’s own request (needs 300 characters)")
    page.get_by_role("button", name="Use this template").click()
    expect(page.locator("textarea")).to_have_value(re.compile("^Hi Priya Raman, I discovered"))
    page.get_by_label("How you send it").select_option("email")
    page.get_by_role("button", name="Show the fields for this way").click()
    page.get_by_label("Subject").fill("Notion")
    page.get_by_role("button", name="Save draft").click()

    note = Message.objects.get()
    assert (note.channel, note.subject) == ("email", "Notion")
    assert note.text.startswith("Hi Priya Raman")
    plain.close()

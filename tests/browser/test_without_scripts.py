"""Without JavaScript: every form can be sent, and leads where it would lead with it."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from companies.models import Company
from contacts.models import Person
from netjob.models import Activity
from outreach.models import (
    Application,
    Conversation,
    Deferral,
    Insight,
    Interview,
    MessageTemplate,
    Question,
    Referral,
    Request,
)
from tests.browser.test_accessibility import readable
from tests.factories import (
    ON,
    ApplicationFactory,
    CompanyFactory,
    ConversationFactory,
    OpeningFactory,
    PersonFactory,
    RequestFactory,
)
from tests.test_ownership import everything_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a page holds that does nothing without scripts: forms with no button that is seen, and parts that only htmx
# would send. Folds and menus are opened first, as anybody can.
IDLE = """() => {
    document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
    document.querySelectorAll("[popover]").forEach((more) => more.showPopover());
    const seen = (element) => element.getClientRects().length > 0;
    const idle = [];
    for (const form of document.forms) {
        form.querySelector("textarea, input:not([type=hidden])")?.focus(); // some buttons come with the words
        const buttons = [...form.elements].filter((one) => one.type === "submit");
        if (form.closest("dialog") === null && !buttons.some(seen)) idle.push(form);
        if (form.method !== "get" && form.method !== "post") idle.push(form);
    }
    for (const part of document.querySelectorAll("[hx-get], [hx-post], [hx-put], [hx-patch], [hx-delete]")) {
        const own = part.matches("a[href], form") || part.form
            || part.closest("form, a[href]") || part.querySelector("form");
        if (!own && seen(part)) idle.push(part);
    }
    for (const opener of document.querySelectorAll("[data-dialog]")) if (!opener.href) idle.push(opener);
    return idle.map((one) => one.outerHTML.slice(0, 160));
}"""


@pytest.fixture
def plain(browser, live_server, alice):
    """A page of Alice's without JavaScript; `plain.go(path)` opens one of ours."""
    client = Client()
    client.force_login(alice)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(
        java_script_enabled=False, locale="en-GB", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.go = lambda path: page.goto(live_server.url + path)
    yield page
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=re.compile(name)).first.click()
    assert page.locator(".error-summary").count() == 0, page.locator(".error-summary").inner_text()


def test_every_form_of_every_page_can_be_sent(plain, alice, alice_client):
    idle = {}
    for url in readable(alice_client, everything_of(alice)):
        plain.go(url)
        for row in plain.locator("main [name=row]").all()[:1]:
            row.check()  # what is done with those that are ticked comes up with the first
        if found := plain.evaluate(IDLE):
            idle[url] = found

    assert idle == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_a_message_and_its_undo_stand_at_the_top(width, plain, alice):
    company = CompanyFactory(owner=alice, name="Figma")
    plain.set_viewport_size({"width": width, "height": 700})
    plain.go(f"/companies/{company.pk}/deletion/")
    plain.locator("main button").last.click()

    back = plain.get_by_role("button", name="Undo")
    expect(back).to_be_in_viewport()
    assert back.bounding_box()["y"] < plain.locator("h1").bounding_box()["y"]
    back.click()
    expect(plain.get_by_role("status").first).to_contain_text("Figma")


def test_companies_and_what_has_to_be_asked_about_them(plain, alice):
    CompanyFactory(owner=alice, name="Figma")
    plain.go("/companies/add/")
    plain.get_by_label("Companies, one a line").fill("Figma Inc\nLinear")
    plain.get_by_role("button", name="Add to my list").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Before they are added")
    plain.get_by_label("Another company").check()
    press(plain, "Add them")

    assert set(Company.objects.values_list("name", flat=True)) == {"Figma", "Figma Inc", "Linear"}


def test_a_company_is_rated_noted_and_has_an_opening(plain, alice):
    company = CompanyFactory(owner=alice, name="Figma", motivation=1)
    plain.go("/companies/")
    plain.locator("input[name=motivation][value='3']").check(force=True)
    plain.locator("form[action*=rating] button").click()
    plain.go(company.get_absolute_url())
    plain.get_by_text("Add a note or an event").click()
    plain.locator("#history textarea").fill("They move to Berlin")
    press(plain, "Keep it")
    plain.go(reverse("companies:opening_add", args=[company.pk]))
    plain.get_by_label("Title").fill("Data Analyst")
    press(plain, "Save|Add")

    company.refresh_from_db()
    assert company.motivation == 3
    assert Activity.objects.filter(text="They move to Berlin").exists()
    assert company.openings.get().title == "Data Analyst"


def test_people_and_what_has_to_be_asked_about_them(plain, alice):
    company = CompanyFactory(owner=alice)
    plain.go(company.get_absolute_url())
    plain.get_by_label("People, one a line").fill("https://www.linkedin.com/in/priya-raman-0b1a2c/")
    plain.get_by_role("button", name="Add these people").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Before they are added")
    plain.get_by_role("textbox", name="Name").fill("Priya Raman")
    press(plain, "Add these people")

    assert Person.objects.get().name == "Priya Raman"


def test_a_request_is_written_sent_and_accepted(plain, alice):
    person = PersonFactory(owner=alice, name="Priya Raman", company=CompanyFactory(owner=alice))
    plain.go(reverse("outreach:request_add", args=[person.pk]))
    plain.get_by_role("button", name="Use this template").click()
    plain.locator("#compose textarea").fill("Hi Priya, glad to connect.")
    press(plain, "Mark as sent")
    request = Request.objects.get()
    plain.go(request.get_absolute_url())
    press(plain, "accepted")

    request.refresh_from_db()
    assert request.state == "accepted"


def test_a_conversation_from_the_question_to_the_insight(plain, alice):
    person = PersonFactory(owner=alice, company=CompanyFactory(owner=alice))
    plain.go(reverse("outreach:conversation_add", args=[person.pk]))
    plain.locator("form:has([name='held-notes'])").evaluate(
        "form => form.closest('details') && (form.closest('details').open = true)"
    )
    plain.locator("[name='held-notes']").fill("They test a lot")
    plain.locator("form:has([name='held-notes']) button").first.click()
    talk = Conversation.objects.get()
    plain.go(talk.get_absolute_url())
    plain.get_by_label("A question of your own").fill("How do they interview?")
    plain.locator("form:has([name=aim]) button").last.click()
    plain.locator(".question textarea").first.fill("An SQL screen first.")
    plain.locator(".question form:has(textarea) button").first.click()
    plain.go(talk.get_absolute_url())
    plain.get_by_role("link", name=re.compile("Keep as insight")).first.click()
    expect(plain.locator("textarea[name=text]")).to_have_value("An SQL screen first.")
    press(plain, "Save|Keep")

    assert Insight.objects.get().text == "An SQL screen first."


def test_a_time_is_entered(plain, alice):
    talk = ConversationFactory(owner=alice)
    plain.go(reverse("outreach:conversation_schedule", args=[talk.pk]))
    plain.get_by_label("Day").fill((timezone.localdate() + dt.timedelta(days=9)).isoformat())
    plain.get_by_label("Time", exact=True).fill("10:30")
    plain.locator("main .buttons button").first.click()

    talk.refresh_from_db()
    assert talk.state == "scheduled"


def test_the_question_bank_and_a_template(plain, alice):
    plain.go("/questions/add/")
    plain.locator("[name=text]").fill("What would you do first?")
    plain.locator("select[name=aim]").select_option(index=1)
    press(plain, "Add the question")
    plain.go("/templates/add/")
    plain.locator("select[name=kind]").select_option(index=1)
    plain.locator("[name=name]").fill("Short")
    plain.locator("[name=body]").fill("Hi <first name>")
    press(plain, "Save|Add|Keep")

    assert Question.objects.filter(text="What would you do first?").exists()
    assert MessageTemplate.objects.filter(name="Short").exists()


def test_a_step_is_put_off_and_a_setting_is_changed(plain, alice):
    CompanyFactory(owner=alice, name="Figma")
    plain.go("/")
    later = plain.locator("form[action*=deferrals], form[action*=defer]").first
    later.evaluate("form => form.closest('details') && (form.closest('details').open = true)")
    later.locator("button").first.click()
    plain.go("/settings/")
    plain.locator("[name=current_role]").fill("Analyst")
    press(plain, "Save settings")

    alice.refresh_from_db()
    assert Deferral.objects.exists()
    assert alice.current_role == "Analyst"


def test_an_application_its_interview_and_a_referral(plain, alice):
    company = CompanyFactory(owner=alice)
    application = ApplicationFactory(owner=alice, opening=OpeningFactory(owner=alice, company=company))
    person = PersonFactory(owner=alice, company=company)
    plain.go(application.get_absolute_url())
    press(plain, "applied|sent")
    plain.go(reverse("outreach:interview_add", args=[application.pk]))
    plain.get_by_label("Day").fill(ON.isoformat())
    press(plain, "Save|Add|Keep")
    plain.go(reverse("outreach:referral_add", args=[person.pk]))
    press(plain, "Keep the referral")

    assert Application.objects.get().state == "applied"
    assert Interview.objects.get().day == ON
    assert Referral.objects.get().person == person


def test_a_request_is_declined_on_its_page(plain, alice):
    request = RequestFactory(owner=alice)
    request.write("Hi")
    request.send(at=dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC))
    plain.go(request.get_absolute_url())
    press(plain, "[Dd]eclined|rather not")

    request.refresh_from_db()
    assert request.state == "declined"

"""Ten tasks with the keyboard alone: whatever the focus stops at is seen and marked, and it is never lost."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import JSHandle, Locator, Page, expect

from companies.models import Company
from contacts.models import Person
from outreach.models import Conversation, Insight, Message, Request
from tests.factories import CompanyFactory, ConversationFactory, PersonFactory, RequestFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHERE = """(wanted) => {
    const here = document.activeElement;
    const ringed = (element) => {
        const style = element && getComputedStyle(element);
        return style && (style.outlineStyle !== "none" || style.boxShadow !== "none");
    };
    const box = here.getBoundingClientRect();
    const label = here.labels?.[0]?.getBoundingClientRect() ?? box;
    const inView = (one) => one.width > 0 && one.height > 0
        && one.bottom > 0 && one.top < innerHeight && one.right > 0 && one.left < innerWidth;
    return {
        arrived: here === wanted,
        nowhere: here === document.body,
        what: here.outerHTML.slice(0, 120),
        seen: inView(box) || inView(label),
        ringed: [here, here.nextElementSibling, here.closest("label"), here.parentElement].some(ringed),
    };
}"""


class Keyboard:
    """Hands that hold no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def look(self, wanted: object = None) -> dict:
        """Where the focus is; it has to be somewhere that is seen, with a ring around it."""
        where = self.page.evaluate(WHERE, wanted)
        if not where["nowhere"]:
            assert where["seen"], f"the focus is out of sight: {where['what']}"
            assert where["ringed"], f"the focus is not marked: {where['what']}"
        return where

    def to(self, target: Locator, key: str = "Tab") -> "Keyboard":
        wanted = target.first.element_handle()
        for _press in range(150):
            if self.page.evaluate("(wanted) => document.activeElement === wanted", wanted):
                return self
            self.page.keyboard.press(key)
            self.look(wanted)
        raise AssertionError(f"{target} is not reached with {key}")

    def press(self, *keys: str) -> "Keyboard":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def focused(self) -> JSHandle:
        return self.page.evaluate_handle("document.activeElement")

    def type(self, text: str) -> "Keyboard":
        self.page.keyboard.type(text)
        return self

    def over(self, text: str) -> "Keyboard":
        return self.press("Control+a").type(text)

    def enter(self) -> "Keyboard":
        """Press the link or button, and wait for where it leads."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self


def opened(page: Page, url: str) -> Keyboard:
    page.emulate_media(reduced_motion="reduce")  # what slides in is there at once
    page.goto(url)
    return Keyboard(page)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=re.compile(name))


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=re.compile(name))


def test_log_in(page, live_server, alice):
    alice.set_password("correct-horse-7")
    alice.save()
    keys = opened(page, f"{live_server.url}/accounts/login/")

    keys.to(page.get_by_label("E-mail")).type(alice.email).press("Tab").type("correct-horse-7").enter()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Alice")


def test_the_skip_link_comes_first_and_every_stop_is_seen_once(alice, signed_in_page, live_server):
    PersonFactory(owner=alice, company=CompanyFactory(owner=alice, name="Figma"))
    page = signed_in_page(alice)
    for path in ("/", "/companies/", f"/companies/{Company.objects.get().pk}/", "/settings/"):
        keys = opened(page, live_server.url + path)
        keys.press("Tab")
        assert "skip" in keys.look()["what"]
        keys.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        stops = []
        while not (here := keys.press("Tab").look())["nowhere"] and len(stops) < 200:
            stops.append(here["what"])
        assert 0 < len(stops) < 200, f"{path} is a trap"


def test_add_companies(alice, signed_in_page, live_server):
    page = signed_in_page(alice)
    keys = opened(page, f"{live_server.url}/companies/add/")

    keys.to(page.get_by_label("Companies, one a line")).type("Figma\nLinear")
    keys.to(button(page, "Add to my list")).enter()

    assert sorted(Company.objects.values_list("name", flat=True)) == ["Figma", "Linear"]


def test_rate_a_company(alice, signed_in_page, live_server):
    figma = CompanyFactory(owner=alice, name="Figma", motivation=1)
    page = signed_in_page(alice)
    keys = opened(page, f"{live_server.url}/companies/")

    keys.to(page.locator("[name^=motivation]:checked"))
    with page.expect_response(re.compile("/rating/")):
        keys.press("ArrowRight")
    assert keys.look()["arrived"] is False
    figma.refresh_from_db()

    assert figma.motivation == 2
    assert page.evaluate("document.activeElement.name").startswith("motivation"), (
        "the keyboard keeps its place"
    )


def test_add_a_person_by_link(alice, signed_in_page, live_server):
    figma = CompanyFactory(owner=alice, name="Figma")
    page = signed_in_page(alice)
    keys = opened(page, live_server.url + figma.get_absolute_url())

    keys.to(page.get_by_label("People, one a line")).type(
        "Jonas Okafor, Analyst, linkedin.com/in/jonas-okafor"
    )
    keys.to(button(page, "Add these people")).enter()

    assert Person.objects.get().name == "Jonas Okafor"


def test_write_and_send_a_request(alice, signed_in_page, live_server):
    priya = PersonFactory(owner=alice, name="Priya Raman", company=CompanyFactory(owner=alice))
    page = signed_in_page(alice)
    keys = opened(page, live_server.url + priya.get_absolute_url())

    keys.to(link(page, "Write")).enter()
    template = keys.to(page.get_by_label("Template")).focused()
    keys.press("ArrowDown")
    page.wait_for_function("(old) => !old.isConnected", arg=template)
    expect(page.get_by_label("Template")).to_be_focused()
    keys.to(page.locator("#composer textarea")).over("Hi Priya, glad to connect.")
    keys.to(button(page, "Mark as sent")).enter()

    assert Request.objects.get().state == "sent"
    assert Message.objects.get().text == "Hi Priya, glad to connect."


def test_mark_a_request_as_accepted(alice, signed_in_page, live_server):
    request = RequestFactory(owner=alice)
    request.write("Hi")
    request.send(at=dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC))
    page = signed_in_page(alice)
    keys = opened(page, live_server.url + request.get_absolute_url())

    keys.to(button(page, "accepted")).enter()

    request.refresh_from_db()
    assert request.state == "accepted"


def test_schedule_a_conversation(alice, signed_in_page, live_server):
    talk = ConversationFactory(owner=alice)
    page = signed_in_page(alice)
    keys = opened(page, live_server.url + talk.get_absolute_url())
    day = dt.date(timezone.localdate().year + 1, 1, 1)  # the same whether the day or the month comes first

    keys.to(link(page, "Enter the time")).enter()
    keys.to(page.get_by_label("Day")).type(f"{day:%d%m%Y}")
    keys.to(page.get_by_label("Time", exact=True)).type("1030a")  # where there are twelve hours
    keys.to(page.locator("main .buttons button").first).enter()

    talk.refresh_from_db()
    assert (talk.state, talk.wall_day) == ("scheduled", day)


def test_write_an_answer_and_keep_it_as_an_insight(alice, signed_in_page, live_server):
    person = PersonFactory(owner=alice, company=CompanyFactory(owner=alice))
    talk = ConversationFactory(owner=alice, person=person, state="held", held_on=dt.date(2026, 11, 2))
    asked = talk.ask_also("How do they interview?", aim="role")
    page = signed_in_page(alice)
    keys = opened(page, live_server.url + talk.get_absolute_url())

    with page.expect_response(re.compile(f"/asked/{asked.pk}/")):
        keys.to(page.locator(f"#answer-{asked.pk}")).type("An SQL screen first.")
    expect(page.locator(f"#answer-{asked.pk}")).to_be_focused()
    keys.to(
        page.locator(f"#asked-{asked.pk}").get_by_role("link", name=re.compile("Keep as insight"))
    ).enter()
    keys.to(page.locator("main form .buttons button").first).enter()

    assert Insight.objects.get().text == "An SQL screen first."


def test_thank(alice, signed_in_page, live_server):
    person = PersonFactory(owner=alice, company=CompanyFactory(owner=alice))
    talk = ConversationFactory(owner=alice, person=person, state="held", held_on=dt.date(2026, 11, 2))
    page = signed_in_page(alice)
    keys = opened(
        page, f"{live_server.url}/people/{person.pk}/messages/add/?kind=thanks&conversation={talk.pk}"
    )

    keys.to(page.locator("#composer textarea")).over("Thank you, that helped.")
    keys.to(button(page, "Mark as sent")).enter()

    assert Conversation.objects.get().thanked_on


def test_delete_and_undo(alice, signed_in_page, live_server):
    figma = CompanyFactory(owner=alice, name="Figma")
    page = signed_in_page(alice)
    keys = opened(page, live_server.url + figma.get_absolute_url())

    keys.to(page.locator("details.menu summary")).press("Enter")
    keys.to(link(page, "^Delete$")).enter()
    keys.to(button(page, "Delete")).enter()
    assert not Company.objects.exists()
    keys.to(page.get_by_role("button", name="Undo")).enter()

    assert Company.objects.get().name == "Figma"


def test_change_a_setting(alice, signed_in_page, live_server):
    page = signed_in_page(alice)
    keys = opened(page, f"{live_server.url}/settings/")

    keys.to(page.get_by_label("Your current role").or_(page.locator("[name=current_role]"))).over(
        "Analyst"
    ).enter()

    alice.refresh_from_db()
    assert alice.current_role == "Analyst"


def test_menus_and_dialogs_give_the_focus_back(alice, signed_in_page, live_server):
    figma = CompanyFactory(owner=alice, name="Figma")
    page = signed_in_page(alice)
    keys = opened(page, live_server.url + figma.get_absolute_url())
    summary = page.locator("details.menu summary")

    keys.to(summary).press("Enter", "Tab", "Escape")
    assert summary.first.evaluate("e => e === document.activeElement"), "Escape closes the menu"
    keys.press("Enter").to(link(page, "^Pause$")).press("Enter")
    expect(page.locator("dialog:modal")).to_be_visible()
    for _press in range(12):
        keys.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    keys.press("Escape")

    expect(page.locator("dialog:modal")).to_have_count(0)
    where = keys.look()
    assert not where["nowhere"], "the focus is where the dialog was opened from"


def test_a_refused_form_leads_to_what_is_wrong(alice, signed_in_page, live_server):
    page = signed_in_page(alice)
    keys = opened(page, f"{live_server.url}/questions/add/")

    keys.to(page.locator("main form .buttons button")).press("Enter")
    if page.locator(".error-summary").count():
        assert page.evaluate("document.activeElement.classList.contains('error-summary')")
    else:  # the browser's own refusal leads to the field
        assert page.evaluate("document.activeElement.name") in ("text", "aim")

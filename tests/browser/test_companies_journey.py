"""The guide's first step in a real browser: from nothing to fifty companies, ranked, covered, merged and undone."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from companies.models import Company, SearchVisit
from contacts.models import Person
from tests.factories import CompanyFactory, PersonFactory, RoleFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOARDS = ["Adyen", "Bolt", "Celonis", "DeepL", "Figma", "GetYourGuide", "HelloFresh", "Klarna"]
ACQUAINTED = {"Personio": "Lena Vogt", "Zalando": "Mei Tan"}
RIVALS = ["Canva", "Framer", "Lunacy", "Penpot", "Sketch"]
AROUND = ["Ecosia", "Miro", "N26", "Raisin", "Trivago"]

NEW = [
    "Babbel", "Blinkist", "Camunda", "Choco", "Clue", "Contentful", "Ecovadis", "Enpal", "Forto", "Gorillas",
    "Grover", "Holidu", "Infarm", "Jimdo", "Komoot", "Lemonade", "Mambu", "Omio", "Pitch", "Qonto", "Sennder",
    "SoundCloud", "Taxfix", "Tier", "Volocopter", "Wefox", "Xentral", "Yababa",
]  # fmt: skip
SPREADSHEET = "\n".join(
    [
        "Company\tWebsite\tIndustry\tCity",
        "adyen\tadyen.com\tPayments\tAmsterdam",
        "  ZALANDO \t\tFashion\tBerlin",
        "Personio\t\t\t",
        "n26\tn26.com\t\t",
        "Figma GmbH\tfigma.com\tDesign\tBerlin",
        "Miro Group\tmirogroup.example\tLogistics\tBonn",
        "Sketch B.V.\tsketch.com\tDesign\tThe Hague",
        *(f"{name}\t{name.lower()}.example\tSoftware\tBerlin" for name in NEW),
        "TAXFIX\t\t\tBerlin",
        "Hoo\tno address\tSoftware\tBerlin",
        "Grab\tgrab.example\tTransport\tSingapore",
        "\t\tSoftware\tBonn",
        "Boo\tboo.example\tSoftware\tBerlin\tone cell too many",
    ]
)
"""Forty rows: 30 are new, 4 known already and one of the new there twice, 3 similar, 2 cannot be read."""


@pytest.fixture
def clock():
    """Monday 23 November 2026, nine in the morning in Berlin; it runs."""
    with time_machine.travel(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)) as traveller:
        yield traveller


@pytest.fixture
def page(alice, signed_in_page, context, faults, clock):
    """Whatever leads elsewhere is answered here, and is no fault where a search was opened."""
    context.route(re.compile(r"https://.*"), lambda route: route.fulfill(status=204))
    page = signed_in_page(alice)
    page.emulate_media(reduced_motion="reduce")  # what slides in is there at once
    yield page
    faults[:] = [
        fault for fault in faults if not re.match(r"elsewhere: https://(www\.)?(linkedin|google)", fault)
    ]


class Seeker:
    """One who builds a list: where she goes, what she presses, and what she reads there."""

    def __init__(self, page: Page, home: str, look: Callable[[Page, str], None]) -> None:
        self.page, self.home, self._look = page, home, look

    def goes_to(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page

    def looks(self, name: str) -> None:
        self._look(self.page, name)

    @contextmanager
    def script_asks(self, path: str) -> Iterator[None]:
        """The page is loaded, its scripts included, and one of them asks the server."""
        self.page.wait_for_load_state()
        with self.page.expect_response(re.compile(path)):
            yield

    def presses(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name).first.click()

    def is_told(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("#messages .message").last).to_contain_text(text)

    def pastes(self, *lines: str) -> None:
        self.page.get_by_label(re.compile("Companies, one a line")).fill("\n".join(lines))
        self.presses("Add to my list")

    def decides(self, name: str, decision: str) -> None:
        with self.script_asks("/choices/"):
            self.page.get_by_label(f"What to do with {name}").select_option(label=decision)

    def undoes(self) -> None:
        self.page.locator("#messages").get_by_role("button", name="Undo").click()
        self.is_told("Undone")

    def opens(self, search: Locator) -> None:
        with self.script_asks("/visits/"):
            search.click()

    def row(self, name: str) -> Locator:
        return self.page.get_by_role("row").filter(has=self.page.get_by_role("link", name=name, exact=True))


@pytest.fixture
def seeker(page, live_server, look):
    return Seeker(page, live_server.url, look)


def test_from_nothing_to_fifty_companies(seeker: Seeker, alice, axe):
    RoleFactory(owner=alice, title="Data Analyst", place="Germany", remote=True)
    there_is_nothing_yet(seeker)

    on_job_boards(seeker)
    among_people_i_know(seeker, alice)
    from_a_company_to_its_competitors(seeker)
    near_me(seeker)
    a_spreadsheet_is_pasted_and_decided(seeker, axe)
    fifty_are_on_the_list_each_with_how_it_was_found(seeker)

    by_keys_they_are_ranked(seeker)
    the_gaps_are_found(seeker)
    a_search_is_opened_and_remembered(seeker)
    who_was_found_there_is_the_next_gap(seeker)

    two_are_one_and_the_other_name_is_recognised(seeker)
    and_are_two_again(seeker)
    the_import_goes_but_for_what_was_worked_on(seeker)


def there_is_nothing_yet(seeker: Seeker) -> None:
    for path in ("/companies/", "/coverage/", "/openings/"):
        seeker.goes_to(path)
        expect(seeker.page.locator(".sketch")).to_be_visible()
        seeker.looks(f"empty-{path.strip('/')}")


def on_job_boards(seeker: Seeker) -> None:
    seeker.goes_to("/companies/ways/")
    seeker.looks("ways")
    page = seeker.goes_to("/companies/ways/job-boards/")
    seeker.opens(page.locator("a[data-search='jobs_linkedin:Data Analyst · Germany']"))
    expect(page.locator(".opened:visible")).to_have_text("opened today")
    assert SearchVisit.objects.get().words == "Data Analyst · Germany"
    seeker.looks("way-job-boards")
    seeker.pastes(*BOARDS)
    seeker.is_told("8 companies added.")
    expect(page.locator(".opened:visible")).to_have_text("opened today")
    seeker.looks("way-job-boards-added")


def among_people_i_know(seeker: Seeker, alice) -> None:
    """Employers of those that an import would have brought; one click each, taken back by another."""
    for employer, name in ACQUAINTED.items():
        company = CompanyFactory(
            owner=alice, name=employer, state="suggested", listed_on=None, found_how="people_i_know"
        )
        PersonFactory(owner=alice, company=company, name=name).connect(on=dt.date(2026, 1, 5))
    Person.objects.advance()
    seeker.goes_to("/companies/ways/people/")
    seeker.looks("way-people")
    seeker.presses(re.compile("^Put on the list ?: Zalando"))
    seeker.undoes()
    for employer in ACQUAINTED:
        seeker.goes_to("/companies/ways/people/")
        seeker.presses(re.compile(f"^Put on the list ?: {employer}"))
        seeker.is_told(f"{employer} is on your list.")


def from_a_company_to_its_competitors(seeker: Seeker) -> None:
    seeker.goes_to("/companies/ways/competitors/?company=Figma")
    seeker.looks("way-competitors")
    seeker.pastes(*RIVALS)
    seeker.is_told("5 companies added.")


def near_me(seeker: Seeker) -> None:
    seeker.goes_to("/companies/ways/near-me/")
    seeker.looks("way-near-me")
    seeker.pastes(*AROUND)
    seeker.is_told("5 companies added.")


def a_spreadsheet_is_pasted_and_decided(seeker: Seeker, axe) -> None:
    page = seeker.goes_to("/companies/add/")
    seeker.looks("add")
    page.get_by_label("How you found them").select_option("near_me")
    seeker.pastes(SPREADSHEET)

    # What is similar comes first; it is new unless one says otherwise
    fate, rows = page.locator("#fate"), page.locator("#rows li")
    expect(fate).to_have_text(
        "33 rows will be added, 5 go to what you have, 3 of them with something new, 2 are left out."
    )
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Perhaps Figma: only the legal form differs.")
    assert axe(page) == []
    seeker.looks("preview-similar")

    # None of them; but one is the same company, and one is a new one
    page.get_by_label("With all of these").select_option(label="Leave all of them out")
    seeker.presses("Decide")
    expect(fate).to_have_text(
        "30 rows will be added, 5 go to what you have, 3 of them with something new, 5 are left out."
    )
    seeker.decides("Figma GmbH", "It is Figma (only the legal form differs)")
    seeker.decides("Miro Group", "Add it as new")
    expect(fate).to_have_text(
        "31 rows will be added, 6 go to what you have, 3 of them with something new, 3 are left out."
    )

    # The others: one of the new is left out, what cannot be read says why
    page.get_by_role("link", name=re.compile("^All")).click()
    seeker.decides("Grab", "Leave it out")
    expect(fate).to_have_text(
        "30 rows will be added, 6 go to what you have, 3 of them with something new, 4 are left out."
    )
    for sentence in ("Adyen is on your list.", "The same as row", "5 columns instead of 4.", "no address"):
        expect(page.locator("#rows")).to_contain_text(sentence)
    seeker.looks("preview-all")

    seeker.presses("Import 30 companies")
    expect(page.get_by_role("main")).to_contain_text("30 added, 6 known already")
    seeker.looks("imported")
    assert Company.objects.get(name="Adyen").place == "Amsterdam"
    with page.expect_download() as download:
        page.get_by_role("link", name="Unreadable rows (CSV)").click()
    assert "too many" in download.value.path().read_text()


def fifty_are_on_the_list_each_with_how_it_was_found(seeker: Seeker) -> None:
    page = seeker.goes_to("/companies/")
    expect(page.get_by_role("main")).to_contain_text("50 on your list. Enough that some")
    seeker.looks("list")
    seeker.goes_to("/companies/?found_how=competitor")
    expect(page.locator("#rows .row-title")).to_have_text(RIVALS)
    seeker.looks("list-found-through-a-competitor")
    seeker.goes_to("/companies/ways/")
    for way, count in (("Job board", 8), ("People I know", 2), ("Competitor", 5), ("Near me or remote", 35)):
        expect(page.get_by_role("row", name=f"{way} {count} ")).to_have_count(1)
    seeker.looks("ways-with-outcomes")


def by_keys_they_are_ranked(seeker: Seeker) -> None:
    """A number is the motivation, after "p" the posting; each is read out, with what stood there before."""
    page = seeker.goes_to("/companies/")
    page.evaluate("document.documentElement.dataset.singleKeys = 'on'")
    for name, keys, sentence in (
        ("Bolt", "3", "Motivation: Bolt: Dream company, before: Unfamiliar"),
        ("Bolt", "p2", "Posting: Bolt: Some posting, before: No posting"),
        ("Bolt", "p3", "Posting: Bolt: A very relevant posting, before: Some posting"),
        ("Komoot", "3", "Motivation: Komoot: Dream company, before: Unfamiliar"),
        ("Zalando", "2", "Motivation: Zalando: A lot, before: Unfamiliar"),
        ("Canva", "2", "Motivation: Canva: A lot, before: Unfamiliar"),
        ("Canva", "p2", "Posting: Canva: Some posting, before: No posting"),
        ("Canva", "p1", "Posting: Canva: No posting, before: Some posting"),
        ("Personio", "3", "Motivation: Personio: Dream company, before: Unfamiliar"),
        ("Personio", "0", "Motivation: Personio: Unfamiliar, before: Dream company"),
    ):
        link = page.get_by_role("link", name=name, exact=True)
        link.focus()
        with seeker.script_asks("/rating/"):
            for key in keys:
                page.keyboard.press(key)
        expect(page.locator("#whisper")).to_have_text(sentence)
        expect(link).to_be_focused()
    page.evaluate("document.documentElement.dataset.singleKeys = 'off'")
    page.keyboard.press("3")
    page.reload()
    seeker.looks("list-ranked")
    ranked = page.locator("tbody .row-title a").all_inner_texts()
    assert ranked == list(Company.objects.on_the_list().in_lamp_order().values_list("name", flat=True))
    assert ranked[:6] == ["Bolt", "Komoot", "Zalando", "Canva", "Personio", "Adyen"]


def the_gaps_are_found(seeker: Seeker) -> None:
    page = seeker.goes_to("/coverage/")
    seeker.looks("coverage")
    expect(seeker.row("Bolt")).to_contain_text("High on your list, no effort yet")
    expect(seeker.row("Bolt")).to_contain_text("Nobody found yet")
    expect(seeker.row("Zalando")).to_contain_text("1 connected, and no talk yet")
    page.get_by_label("What is missing").select_option("nobody_asked")
    expect(page.locator("#rows tr")).to_have_count(2)
    expect(seeker.row("Personio")).to_contain_text("you have not written to anybody there")
    page.get_by_label("What is missing").select_option("no_people")
    expect(page.locator("#rows tr")).to_have_count(48)
    expect(page).to_have_url(re.compile(r"/coverage/\?gap=no_people$"))
    seeker.looks("coverage-no-people")
    was = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator("td.step").first).to_be_hidden()
    page.set_viewport_size(was)


def a_search_is_opened_and_remembered(seeker: Seeker) -> None:
    page = seeker.page
    page.get_by_role("link", name=re.compile("^Find people ?: Komoot")).click()
    expect(page).to_have_url(re.compile("#searches$"))
    seeker.looks("company")
    seeker.opens(page.locator("a[data-search='people:Data Analyst']"))
    expect(page.locator(".opened:visible")).to_have_text("opened today")
    seeker.goes_to("/coverage/?gap=no_people")
    expect(seeker.row("Komoot")).to_contain_text("Nobody found yet (1 of 1 searched)")


def who_was_found_there_is_the_next_gap(seeker: Seeker) -> None:
    page = seeker.page
    page.get_by_role("link", name=re.compile("^Find people ?: Komoot")).click()
    expect(page.locator(".opened:visible")).to_have_text("opened today")
    page.get_by_label(re.compile("People, one a line")).fill(
        "Jonas Okafor, Analyst, linkedin.com/in/jonas-okafor"
    )
    seeker.presses("Add these people")
    seeker.looks("company-with-a-person")
    seeker.goes_to("/coverage/?gap=nobody_asked")
    expect(page.locator("#rows tr")).to_have_count(3)
    expect(seeker.row("Komoot")).to_contain_text("1 person found, and not asked; Jonas Okafor is next")
    seeker.looks("coverage-nobody-asked")


def two_are_one_and_the_other_name_is_recognised(seeker: Seeker) -> None:
    page = seeker.goes_to("/companies/?q=Miro")
    page.get_by_role("link", name="Miro", exact=True).click()
    page.get_by_label("More for Miro").click()
    page.get_by_role("link", name="Merge with another").click()
    seeker.looks("merge")
    page.get_by_role("link", name=re.compile("^Look at both ?: Miro Group")).click()
    expect(page.get_by_role("listitem").filter(has_text="becomes a part of it")).to_contain_text("Miro Group")
    seeker.looks("merge-with")
    seeker.presses(re.compile("^Merge"))
    seeker.is_told("Miro Group is a part of Miro now, and recognised by either name.")
    seeker.looks("merged")
    assert Company.objects.on_the_list().count() == 49
    seeker.goes_to("/companies/add/")
    seeker.pastes("miro group")
    seeker.is_told("1 was on your list already: Miro.")
    assert Company.objects.on_the_list().count() == 49


def and_are_two_again(seeker: Seeker) -> None:
    page = seeker.goes_to("/changes/")
    seeker.looks("changes")
    page.get_by_role("listitem").filter(has_text="Miro Group").get_by_role("button", name="Undo").click()
    seeker.is_told("Undone")
    seeker.looks("changes-undone")
    seeker.goes_to("/companies/")
    expect(page.get_by_role("main")).to_contain_text("50 on your list.")


def the_import_goes_but_for_what_was_worked_on(seeker: Seeker) -> None:
    page = seeker.goes_to("/imports/")
    seeker.looks("imports")
    page.get_by_role("link", name=re.compile("^Pasted")).click()
    seeker.presses("Undo the whole import")
    seeker.is_told("2 things changed since and were left as they are: Miro Group, Komoot.")
    expect(page.get_by_role("main")).to_contain_text("Left because you went on with it: Miro Group, Komoot.")
    seeker.looks("import-undone")
    assert Company.objects.get(name="Adyen").place == "", "what a known one gained is taken back, too"
    page = seeker.goes_to("/companies/")
    expect(page.get_by_role("main")).to_contain_text("22 on your list. 28 more make fifty")
    expect(page.get_by_role("link", name="Jimdo", exact=True)).to_have_count(0)

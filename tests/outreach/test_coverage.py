"""Coverage: one row a company with every step, and its gap in words."""

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies import gaps
from companies.models import Company, SearchVisit
from contacts.models import Person
from outreach.models import Conversation, Request
from tests.conftest import NINE_O_CLOCK
from tests.factories import CompanyFactory, OpeningFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.usefixtures("frozen")


def asked(person, on="2026-11-19"):
    request = Request.draft(person.owner, person, channel="email")
    request.write("Hello", subject="Hello")
    request.send(at=dt.datetime.fromisoformat(f"{on} 08:00+01:00"))
    return request


def at(owner, name, *people, **facts):
    """A company with people found there."""
    company = CompanyFactory(owner=owner, name=name, **facts)
    return [PersonFactory(owner=owner, company=company, name=name) for name in people]


def row_of(client, company, query=""):
    """What the page says of a company, as one line of text."""
    page = unescape(client.get(f"/coverage/{query}").content.decode())
    body = page[page.index('<tbody id="rows">') :] if '<tbody id="rows">' in page else ""
    row = next((row for row in body.split("<tr") if f">{company}</a>" in row), "")
    return " ".join(row.split())


def test_nobody_found(alice_client, alice):
    at(alice, "Linear")

    row = row_of(alice_client, "Linear")

    assert "Nobody found yet" in row
    assert "#searches" in row


def test_nobody_asked_names_who_is_first(alice_client, alice):
    first, _second = at(alice, "Figma", "Jonas", "Wei")
    first.settle([first])

    row = row_of(alice_client, "Figma")

    assert "2 people found, and nobody asked; Jonas is next" in row
    assert f"/people/{first.pk}/requests/add/" in row


def test_who_is_next_is_whom_the_page_of_the_company_puts_first(alice_client, alice):
    _first, better = at(alice, "Figma", "Jonas", "Wei")
    better.settle([better])
    Person.objects.filter(pk=better.pk).update(review_score=5)

    assert "nobody asked; Wei is next" in row_of(alice_client, "Figma")


def test_a_company_that_is_paused_has_no_gap(alice_client, alice):
    CompanyFactory(owner=alice, name="Linear")
    CompanyFactory(owner=alice, name="Notion").pause(on=dt.date(2026, 11, 23))

    page = alice_client.get("/coverage/?gap=no_people").content.decode()

    assert "Linear" in page
    assert "Notion" not in page


def test_while_a_request_still_has_time_there_is_no_gap(alice_client, alice):
    (priya,) = at(alice, "Notion", "Priya")
    asked(priya)

    assert 'class="covered"' in row_of(alice_client, "Notion")


def test_all_silent_says_who_is_next(alice_client, alice):
    priya, omar, _lee = at(alice, "Notion", "Priya", "Omar", "Lee")
    for person in (priya, omar):
        request = asked(person, on="2026-10-01")
        request.messages.create(
            owner=alice, person=person, kind="follow_up", channel="email", text="Still?",
            sent_at=dt.datetime(2026, 10, 12, 8, tzinfo=dt.UTC), sent_on=dt.date(2026, 10, 12),
        )  # fmt: skip

    assert "All 2 you asked are silent, which is normal; Lee is next" in row_of(alice_client, "Notion")


def test_all_silent_and_nobody_left(alice_client, alice):
    (priya,) = at(alice, "Notion", "Priya")
    request = Request.draft(alice, priya, channel="invitation")
    request.send(at=dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC))

    row = row_of(alice_client, "Notion")

    assert "The one you asked is silent, which is normal; nobody is left to ask" in row
    assert "Find one more" in row


def test_connected_without_a_talk(alice_client, alice):
    (sam,) = at(alice, "Stripe", "Sam")
    sam.connect(on=dt.date(2026, 11, 20))
    sam.settle([sam])
    assert "1 connected, and no talk yet" in row_of(alice_client, "Stripe")

    Conversation.ask(sam, on=dt.date(2026, 11, 20))

    assert "no talk yet" not in row_of(alice_client, "Stripe"), "a time was asked for"


def test_openings_that_are_filled_do_not_count(alice_client, alice):
    company = CompanyFactory(owner=alice, name="Zalando")
    for state in ("posted", "rumoured", "filled"):
        OpeningFactory(owner=alice, company=company, state=state)

    assert ">2<" in row_of(alice_client, "Zalando")


def test_a_paused_company_asks_for_nothing(alice_client, alice):
    CompanyFactory(owner=alice, name="Datadog", state="paused", paused_on=dt.date(2026, 11, 1))

    assert "Nobody found" not in row_of(alice_client, "Datadog")


def test_rank_and_effort_that_do_not_fit(alice_client, alice):
    for n in range(10):
        at(alice, f"Dream {n}", "Somebody", motivation=3)
    people = at(alice, "Backwater", "A", "B", "C", "D")
    for person in people:
        asked(person)

    assert "High on your list, no effort yet" in row_of(alice_client, "Dream 0")
    assert "Much effort for its rank" in row_of(alice_client, "Backwater")
    assert "Much effort" not in row_of(alice_client, "Backwater", "?q=back"), "no rank among a part"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Wanted Ltd", "Quiet Ltd", "Chatty Ltd", "Bare Ltd", "Found Ltd"]),
        ("gap=no_people", ["Bare Ltd"]),
        ("gap=nobody_asked", ["Found Ltd"]),
        ("gap=all_silent", ["Quiet Ltd"]),
        ("gap=no_talk", []),
        ("gap=one_talk", ["Chatty Ltd"]),
        ("gap=no_effort", ["Wanted Ltd"]),
        ("gap=much_effort", []),
        ("gap=nonsense%00", ["Wanted Ltd", "Quiet Ltd", "Chatty Ltd", "Bare Ltd", "Found Ltd"]),
        ("sort=name", ["Bare Ltd", "Chatty Ltd", "Found Ltd", "Quiet Ltd", "Wanted Ltd"]),
        ("q=ltd&stage=4", ["Chatty Ltd"]),
    ],
)
def test_it_is_narrowed_and_sorted_as_the_list_is(alice_client, alice, query, shown):
    at(alice, "Bare Ltd")
    at(alice, "Wanted Ltd", motivation=2)
    Company.objects.filter(name="Wanted Ltd").update(people_count=1, stage=1)
    (found,) = at(alice, "Found Ltd", "F")
    (quiet,) = at(alice, "Quiet Ltd", "Q", motivation=1)
    (talked,) = at(alice, "Chatty Ltd", "T")
    found.settle([found])
    Request.draft(alice, quiet, channel="invitation").send(at=dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC))
    Conversation.already_held(talked, on=dt.date(2026, 11, 20), mode="phone")
    if "nobody_asked" in query:
        Company.objects.filter(name="Wanted Ltd").delete()

    page = alice_client.get(f"/coverage/?{query}").content.decode()

    assert re.findall(r">(\w+ Ltd)</a>", page) == shown


def known(owner, company, *people):
    """Connections that an import brought, and nobody ever wrote to."""
    for person in at(owner, company, *people):
        Person.objects.filter(pk=person.pk).update(connected_on=dt.date(2020, 1, 1), picked_up=False)
    Person.objects.all().advance()


def silent(person):
    Request.draft(person.owner, person, channel="invitation").send(
        at=dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)
    )


def talked(person):
    Conversation.already_held(person, on=dt.date(2026, 11, 20), mode="phone")


def one_at_each_gap(alice):
    at(alice, "Bare Ltd")
    at(alice, "Found Ltd", "F")
    at(alice, "Wanted Ltd", "W", motivation=3)
    known(alice, "Known Ltd", "K", "L")
    (quiet, _next) = at(alice, "Quiet Ltd", "Q", "Quinn")
    silent(quiet)
    (connected,) = at(alice, "Linked Ltd", "L")
    silent(connected)
    connected.connect(on=dt.date(2026, 11, 1))
    for person in at(alice, "Chatty Ltd", "T", "Tess")[:1]:
        talked(person)
    for person in at(alice, "Backwater Ltd", *"ABCD"):
        silent(person)
    for n in range(12):
        for person in at(alice, f"Dream {n}", "S", motivation=2):
            talked(person)
    Person.objects.all().advance()


@pytest.mark.parametrize("gap", gaps.GAPS)
def test_every_gap_has_its_sentence_and_what_to_do(alice_client, alice, gap):
    one_at_each_gap(alice)

    rows = alice_client.get(f"/coverage/?gap={gap}").context["rows"]

    assert rows
    assert all(row.gap and row.gap.sentence and row.gap.button and row.gap.url for row in rows)
    if gap in ("no_effort", "much_effort"):
        assert all(row.balance for row in rows)


@pytest.mark.parametrize(
    ("company", "sentence", "button"),
    [
        ("Chatty Ltd", "Only one talk; Tess is next", "Write a request"),
        ("Dream 1", "Only one talk; nobody is left to ask", "Find one more"),
        (
            "Known Ltd",
            "2 connected, and no talk yet; you have not written to anybody there",
            "Ask for a time",
        ),
        ("Quiet Ltd", "The one you asked is silent, which is normal; Quinn is next", "Write a request"),
        ("Linked Ltd", "1 connected, and no talk yet", "Ask for a time"),
    ],
)
def test_the_sentence_says_where_it_goes_on(alice_client, alice, company, sentence, button):
    one_at_each_gap(alice)

    row = row_of(alice_client, company)

    assert sentence in row
    assert button in row


def test_only_one_talk_goes_on_with_whoever_is_connected_there(alice_client, alice):
    known(alice, "Chatty", "Kim")
    company = Company.objects.get()
    talked(PersonFactory(owner=alice, company=company))
    assert "Only one talk; 1 more is connected" in row_of(alice_client, "Chatty")

    Conversation.ask(Person.objects.get(name="Kim"), on=dt.date(2026, 11, 20))

    assert "Only one talk" not in row_of(alice_client, "Chatty"), "the next one is asked"
    assert row_of(alice_client, "Chatty", "?gap=one_talk") == ""


def test_connections_that_nobody_wrote_to_are_no_effort(alice_client, alice):
    for n in range(9):
        at(alice, f"Dream {n}", motivation=3)
    known(alice, "Backwater", *"ABCDEF")
    known(alice, "Wanted", *"GHI")
    Company.objects.filter(name="Wanted").update(motivation=3)

    much, no = (
        {row.company.name for row in alice_client.get(f"/coverage/?gap={gap}").context["rows"]}
        for gap in ("much_effort", "no_effort")
    )
    nobody = alice_client.get("/coverage/?gap=nobody_asked").context["rows"]

    assert much == set()
    assert "Wanted" in no
    assert {row.company.name for row in nobody} == {"Backwater", "Wanted"}


def test_whoever_was_asked_yesterday_is_not_silent(alice_client, alice):
    (priya,) = at(alice, "Notion", "Priya")
    asked(priya)

    assert row_of(alice_client, "Notion", "?gap=all_silent") == ""


def test_the_list_of_companies_speaks_of_the_same_gaps(alice_client, alice):
    (priya,) = at(alice, "Notion", "Priya")
    asked(priya)
    (omar,) = at(alice, "Stripe", "Omar")
    Request.draft(alice, omar, channel="invitation").send(at=dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC))

    page = alice_client.get("/companies/?gap=all_silent")

    assert [company.name for company in page.context["rows"]] == ["Stripe"]


def test_high_rank_and_effort_are_places_on_the_whole_list(alice_client, alice):
    for n in range(12):
        CompanyFactory(owner=alice, name=f"Dream {n:02}", motivation=3)
    low = CompanyFactory(owner=alice, name="Backwater")
    Company.objects.filter(pk=low.pk).update(people_count=5, asked_count=5)

    high = alice_client.get("/coverage/?gap=no_effort").context["rows"]
    much = alice_client.get("/coverage/?gap=much_effort").context["rows"]

    assert [row.company.name for row in high] == [f"Dream {n:02}" for n in range(10)]
    assert [(row.company.name, row.balance) for row in much] == [("Backwater", "Much effort for its rank")]


def test_it_says_how_many_searches_were_opened(alice_client, alice):
    at(alice, "Linear")
    company = Company.objects.get()
    role = RoleFactory(owner=alice, title="Data Analyst")
    role.set_variants(["BI Analyst"])
    for key in ("people:Data Analyst", "people_1st:Data Analyst", "people:Forgotten title"):
        SearchVisit.remember(alice, key, at=NINE_O_CLOCK, company=company)

    assert "(1 of 2 searched)" in row_of(alice_client, "Linear")


@pytest.mark.parametrize(
    ("keys", "count"),
    [
        (["people_place:Data Analyst · Germany"], "1 of 3 searched"),
        (["people_place:Data Analyst · France"], "1 of 3 searched"),
        (["people:Data Analyst", "people_1st:Data Analyst", "people_place:Data Analyst · Germany"],
         "1 of 3 searched"),
        (["people_2nd:BI Analyst", "people:Head · Data"], "2 of 3 searched"),
        (["people_place:Head · Data · Germany", "people:Forgotten"], "1 of 3 searched"),
        (["people:Head", "jobs_google:Data Analyst"], ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["", "https://www.linkedin.com/company/linear/"])
def test_the_page_of_the_company_counts_the_same_searches(alice_client, alice, keys, count, page):
    at(alice, "Linear")
    company = Company.objects.get()
    if page:
        company.learn_linkedin(page)
    RoleFactory(owner=alice, title="Data Analyst", place="Germany").set_variants(["BI Analyst"])
    RoleFactory(owner=alice, title="Head · Data").set_variants(["Data Analyst", "BI Analyst"])
    for key in keys:
        SearchVisit.remember(alice, key, at=NINE_O_CLOCK, company=company)

    people = unescape(alice_client.get(company.get_absolute_url()).content.decode())
    people = people[people.index("searches-title") : people.index("Jobs here")]

    for said in (row_of(alice_client, "Linear"), people):
        assert re.findall(r"\d of \d searched", said) == ([count] if count else [])


def test_an_export_holds_the_gaps_in_words(alice_client, alice):
    at(alice, "Figma", "Jonas")
    at(alice, "Linear")

    answer = alice_client.get("/coverage/export/?format=csv&gap=no_people")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert lines[0].startswith('"Company","State","People"')
    assert [line.split(",")[0] for line in lines[1:]] == ['"Linear"']
    assert "Nobody found yet" in lines[1]


def test_a_view_of_it_is_kept(alice_client, alice):
    at(alice, "Linear")
    alice_client.post(
        "/filters/add/", {"page": "outreach:coverage", "query": "gap=no_people", "name": "Bare"}
    )

    assert 'href="/coverage/?gap=no_people"' in alice_client.get("/coverage/").content.decode()


def test_an_empty_list_leads_to_the_first_companies(alice_client):
    page = alice_client.get("/coverage/").content.decode()

    assert "No company to cover yet" in page
    assert "Add your first companies" in page


def test_it_never_shows_anothers(bob_client, alice):
    at(alice, "Figma", "Jonas")

    assert "Figma" not in bob_client.get("/coverage/").content.decode()


def test_more_companies_cost_no_more_queries(alice_client, alice):
    def fill(n):
        for number in range(n):
            for person in at(alice, f"C{n}-{number}", "One", "Two")[:1]:
                asked(person)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert alice_client.get("/coverage/").status_code == 200
        return len(queries)

    fill(3)
    few = cost()
    fill(12)

    assert cost() == few <= 9


def test_reading_only(alice_client):
    assert alice_client.post("/coverage/").status_code == 405

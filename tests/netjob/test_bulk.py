"""Many rows at once: by the rules of one, all or none, and one undo for all of it."""

import datetime as dt
import re

import pytest

from companies.models import Company
from contacts import erasing
from contacts.models import Person
from netjob import bulk, undo
from netjob.models import Activity, Change
from outreach.models import Conversation, Message, Request
from tests.factories import CompanyFactory, ConversationFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("frozen")
ON = dt.date(2026, 11, 2)
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = (Company, Person, Request, Message, Conversation, Activity)


def everything(owner):
    """All that an act may touch, without what every save changes."""
    return {
        model: [
            {name: value for name, value in undo.image(row).items() if name not in ("version", "updated_at")}
            for row in model.objects.owned_by(owner).order_by("pk")
        ]
        for model in MODELS
    }


def do(client, path, rows, act, *, query="", **more):
    return client.post(f"/{path}/changes/{query}", {"row": [row.pk for row in rows], "act": act, **more})


def undo_from(client, url):
    page = client.get(url).content.decode()
    return client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])


@pytest.fixture
def companies(alice):
    rows = [CompanyFactory(owner=alice, name=name, industry="Design") for name in ("Adyen", "Bolt", "Figma")]
    for row in rows:
        row.save()  # searched by its names from now on
    return rows


@pytest.fixture
def people(alice, companies):
    rows = [PersonFactory(owner=alice, name=f"Person {n}", company=companies[0]) for n in range(3)]
    Person.settle(rows)
    return rows


def asked(owner, person, *, accepted=False):
    row = Request.draft(owner, person, channel="invitation")
    row.write("Hello")
    row.send(at=dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC))
    if accepted:
        row.accept(on=dt.date(2026, 11, 12))
    return row


# Each act does what the verb of one row does, and undo takes all of it back

COMPANY_ACTS = [
    (
        "pause",
        {"on": "2026-11-20"},
        lambda row: (row.state, row.paused_on) == ("paused", dt.date(2026, 11, 20)),
    ),
    (
        "dropping",
        {"because": "Too far"},
        lambda row: (row.state, row.dropped_because) == ("dropped", "Too far"),
    ),
    ("motivation", {"motivation": 3}, lambda row: row.lamp == 310),
    ("posting", {"posting": 2}, lambda row: row.lamp == 20),
    (
        "industry",
        {"industry": "Ław"},
        lambda row: (row.folded_industry, "law" in row.search_text) == ("law", True),
    ),
    ("place", {"place": ""}, lambda row: row.place == ""),
    ("remote", {"remote": "on"}, lambda row: row.remote),
]


@pytest.mark.parametrize(("act", "facts", "is_done"), COMPANY_ACTS, ids=[act for act, *_ in COMPANY_ACTS])
def test_companies_change_together_and_come_back_together(
    act, facts, is_done, alice_client, alice, companies
):
    before = everything(alice)

    asks = do(alice_client, "companies", companies[:2], act)
    assert asks.status_code == 200, "it asks first for what it has to know"
    assert everything(alice) == before
    answer = do(alice_client, "companies", companies[:2], act, sent=1, **facts)

    assert answer.status_code == 302
    rows = Company.objects.order_by("pk")
    assert [is_done(row) for row in rows[:2]] == [True, True]
    assert everything(alice)[Company][2] == before[Company][2]
    undo_from(alice_client, answer.url)
    assert everything(alice) == before


def test_a_move_is_told_in_the_history_of_each(alice_client, alice, companies):
    do(alice_client, "companies", companies, "dropping", sent=1, because="Too far", on="2026-11-20")

    for company in companies:
        line = Activity.objects.get(company_uid=company.uid)
        assert (line.verb, line.text, line.happened_on) == ("dropping", "Too far", dt.date(2026, 11, 20))


def test_people_move_and_the_figures_of_both_companies_follow_there_and_back(
    alice_client, alice, companies, people
):
    before = everything(alice)

    answer = do(alice_client, "people", people, "company", sent=1, company="bolt")

    counts = dict(Company.objects.values_list("name", "people_count"))
    assert (counts["Adyen"], counts["Bolt"]) == (0, 3)
    assert Activity.objects.filter(verb="moved").count() == 6
    undo_from(alice_client, answer.url)
    assert everything(alice) == before


@pytest.mark.parametrize(
    ("act", "facts"),
    [("kind", {"kind": "recruiter"}), ("contact-ban", {"on": "2026-11-20"}), ("deletion", {})],
)
def test_people_change_together_and_come_back_together(act, facts, alice_client, alice, people):
    asked(alice, people[0])
    before = everything(alice)

    answer = do(alice_client, "people", people, act, sent=1, **facts)

    assert answer.status_code == 302
    assert everything(alice) != before
    undo_from(alice_client, answer.url)
    assert everything(alice) == before


def test_a_company_that_is_none_of_mine_is_refused_in_the_form(alice_client, bob, people):
    CompanyFactory(owner=bob, name="Bobs")

    answer = do(alice_client, "people", people, "company", sent=1, company="Bobs")

    assert answer.status_code == 422
    assert "None of your companies has that name" in answer.content.decode()


@pytest.mark.parametrize(("act", "state"), [("withdrawal", "withdrawn"), ("refusal", "declined")])
def test_requests_are_closed_together_with_the_stage_of_their_people(act, state, alice_client, alice, people):
    rows = [asked(alice, person) for person in people]
    before = everything(alice)

    answer = do(alice_client, "outreach", rows, act, sent=1, on="2026-11-20")

    assert set(Request.objects.values_list("state", flat=True)) == {state}
    undo_from(alice_client, answer.url)
    assert everything(alice) == before


def test_conversations_are_cancelled_together(alice_client, alice, people):
    talks = [ConversationFactory(owner=alice, person=person) for person in people]
    Person.settle(people)
    before = everything(alice)

    answer = do(alice_client, "conversations", talks, "cancellation", sent=1)

    assert set(Conversation.objects.values_list("state", flat=True)) == {"cancelled"}
    assert {row.stage for row in Person.objects.all()} == {Person.Stage.ASKED}
    undo_from(alice_client, answer.url)
    assert everything(alice) == before


# All or none


def test_where_a_rule_refuses_some_nothing_is_done_and_the_rest_is_offered(alice_client, alice, people):
    rows = [asked(alice, people[0]), asked(alice, people[1], accepted=True), asked(alice, people[2])]
    before = everything(alice)

    answer = do(alice_client, "outreach", rows, "withdrawal", sent=1)

    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert "Request to Person 1</strong>: It is already accepted" in page
    assert "Do it with the other 2" in page
    assert everything(alice) == before
    assert not Change.objects.exists()

    pks = re.search(r'name="rows" value="([^"]*)"', page)[1]
    answer = alice_client.post("/outreach/changes/", {"rows": pks, "act": "withdrawal", "sent": 1, "rest": 1})
    assert sorted(Request.objects.values_list("state", flat=True)) == ["accepted", "withdrawn", "withdrawn"]
    assert Change.objects.latest("pk").sentence == "Withdrew 2 requests: Person 0, Person 2"
    undo_from(alice_client, answer.url)
    assert everything(alice) == before


def test_where_a_rule_refuses_all_nothing_else_is_offered(alice_client, alice, companies):
    answer = do(alice_client, "companies", companies, "listing", sent=1)

    assert answer.status_code == 422
    assert 'name="rest"' not in answer.content.decode()


# Which rows


def test_all_that_match_are_counted_before_and_are_those_of_the_filter(alice_client, alice):
    for n in range(60):
        CompanyFactory(owner=alice, name=f"Brand {n}", place="Dublin" if n < 55 else "Berlin")

    asks = alice_client.post("/companies/changes/?place=dublin", {"all": "1", "act": "pause"})

    page = asks.content.decode()
    assert "55 are chosen." in " ".join(page.split())
    assert "and 45 others" in page
    pks = re.search(r'name="rows" value="([^"]*)"', page)[1]
    alice_client.post("/companies/changes/?place=dublin", {"rows": pks, "act": "pause", "sent": 1})
    assert Company.objects.filter(state="paused").count() == 55
    assert not Company.objects.filter(state="paused", place="Berlin").exists()


def test_more_than_can_be_done_at_once_are_refused_with_the_number(
    alice_client, alice, companies, monkeypatch
):
    monkeypatch.setattr(bulk, "MOST", 2)

    answer = alice_client.post("/companies/changes/", {"all": "1", "act": "pause"})

    assert answer.status_code == 409
    assert "These are more than 2." in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "pause"},
        {"act": "pause", "row": ["x", "", "9" * 40, "-1", "１", "\x00"]},
        {"act": "nonsense"},
    ],
)
def test_what_names_no_row_changes_nothing_and_says_so(sent, alice_client, alice, companies):
    before = everything(alice)

    answer = alice_client.post("/companies/changes/?state=all", sent)

    assert (answer.status_code, answer.url) == (302, "/companies/?state=all")
    assert everything(alice) == before


@pytest.mark.parametrize("sent", [{}, {"act": ""}, {"act": "nonsense"}])
@pytest.mark.parametrize("rows", ["row", "rows", "all"])
def test_without_an_act_those_that_are_ticked_stay_chosen(sent, rows, alice_client, alice, companies):
    before = everything(alice)
    pks = [str(row.pk) for row in companies]
    chosen = {"row": {"row": pks}, "rows": {"rows": ",".join(pks)}, "all": {"all": "1"}}[rows]

    answer = alice_client.post("/companies/changes/?state=all", {**sent, **chosen})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What shall be done?" in page
    assert f'name="rows" value="{",".join(pks)}"' in page
    assert 'action="/companies/changes/?state=all"' in page
    assert everything(alice) == before


@pytest.mark.parametrize(
    ("path", "query"),
    [("companies", "stage=99"), ("companies", "q=a&state=nonsense"), ("people", "company=999"),
     ("people", "company=x"), ("outreach", "show=odd"), ("conversations", "mode=odd&sort=newest")],
)  # fmt: skip
def test_all_that_match_a_filter_that_cannot_be_read_are_refused(path, query, alice_client, alice, people):
    """Somebody deleted the company that the list was narrowed to: all would be everybody."""
    asked(alice, people[0])
    ConversationFactory(owner=alice, person=people[0])
    before = everything(alice)

    answer = alice_client.post(f"/{path}/changes/?{query}", {"all": "1", "act": "deletion", "sent": "1"})

    assert answer.status_code == 422
    assert "cannot be read any more" in answer.content.decode()
    assert everything(alice) == before


def test_an_order_that_cannot_be_read_is_no_filter(alice_client, companies):
    answer = alice_client.post("/companies/changes/?sort=%00", {"all": "1", "act": "deletion", "sent": "1"})

    assert answer.status_code == 302
    assert not Company.objects.exists()


@pytest.mark.parametrize("name", ["row", "rows"])
def test_nobody_elses_rows_are_changed(name, alice, bob_client, companies):
    before = everything(alice)

    answer = bob_client.post("/companies/changes/", {name: companies[0].pk, "act": "pause", "sent": 1})

    assert answer.status_code == 409
    assert everything(alice) == before


def test_the_day_may_not_be_still_to_come(alice_client, companies):
    answer = do(alice_client, "companies", companies, "pause", sent=1, on="2026-11-24")

    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()


def test_as_many_statements_for_many_as_for_few(alice_client, alice, django_assert_max_num_queries):
    rows = [PersonFactory(owner=alice, name=f"Person {n}") for n in range(40)]
    Person.settle(rows)

    with django_assert_max_num_queries(40):
        answer = do(alice_client, "people", rows, "contact-ban", sent=1)
    act = Change.objects.latest("pk").act
    with django_assert_max_num_queries(60):
        undo.undo(alice, act, now=NOW)

    assert answer.status_code == 302
    assert not Person.objects.exclude(do_not_contact_on=None).exists()


def test_undo_leaves_and_names_what_somebody_changed_since(alice, alice_client, companies):
    do(alice_client, "companies", companies, "pause", sent=1)
    companies[0].refresh_from_db()
    companies[0].put_on_list(on=dt.date(2026, 11, 23))

    done = undo.undo(alice, Change.objects.latest("pk").act, now=NOW)

    assert "company Adyen" in done.left
    assert list(Company.objects.order_by("pk").values_list("state", flat=True)) == ["target"] * 3


def test_what_was_done_to_many_is_remembered_by_the_first_three_names(alice, alice_client, companies):
    rows = [*companies, *(CompanyFactory(owner=alice, name=name) for name in ("Linear", "Notion", "x" * 200))]

    answer = do(alice_client, "companies", rows, "pause", sent=1, on="2026-11-20")
    assert "Paused 6 companies." in alice_client.get(answer.url).content.decode()
    do(alice_client, "companies", rows[-1:], "listing", sent=1, on="2026-11-21")

    recent = alice_client.get("/changes/").content.decode()
    assert "Paused 6 companies: Adyen, Bolt, Figma and 3 more</p>" in recent
    assert "xxx" not in Change.objects.latest("pk").sentence, "a name that has no room is left out whole"
    assert Change.objects.latest("pk").act != Change.objects.earliest("pk").act


def test_whoever_is_erased_is_not_named_there(alice, alice_client, people):
    do(alice_client, "people", people, "contact-ban", sent=1, on="2026-11-20")
    assert "Person 1" in Change.objects.latest("pk").sentence

    erasing.erase(people[1])

    assert not Change.objects.filter(sentence__contains="Person 1").exists()

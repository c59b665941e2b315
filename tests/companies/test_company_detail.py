"""The page of a company: what comes next, searches byte for byte, LinkedIn pages, notes, history."""

import datetime as dt

import pytest

from companies.models import Company, CompanyLinkedIn
from netjob.models import Activity
from outreach.models import Conversation
from tests.factories import (
    CompanyFactory,
    CompanyLinkedInFactory,
    InsightFactory,
    OpeningFactory,
    PersonFactory,
    RoleFactory,
)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def searches_on(answer):
    return [title.people.url for titles in answer.context["workbench"].roles.values() for title in titles]


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


def page_of(client, company, query=""):
    return client.get(f"/companies/{company.pk}/{query}")


def test_it_shows_what_is_known_of_the_company(alice_client, alice):
    origin = CompanyFactory(owner=alice, name="Sketch")
    company = CompanyFactory(
        owner=alice, name="Figma", industry="Design tools", place="San Francisco", remote=True,
        website="https://figma.com", found_how="competitor", found_from=origin, notes="Two colleagues left.",
    )  # fmt: skip
    company.remember_alias("Figma Inc")
    CompanyFactory(owner=alice, name="Penpot", found_from=company)

    page = text_of(page_of(alice_client, company))

    for words in (
        "Design tools · San Francisco",
        "Figma Inc",
        "Two colleagues left.",
        "Sketch",
    ):
        assert words in page
    assert "remote work possible" in page
    assert 'href="https://figma.com" target="_blank" rel="noopener noreferrer"' in page
    assert "Led to" in page
    assert "Penpot" in page


@pytest.mark.parametrize("website", ["javascript:alert(1)", "https://a@evil.example", "data:text/html,x"])
def test_a_website_that_is_not_safe_is_no_link_however_it_came_in(alice_client, figma, website):
    Company.objects.filter(pk=figma.pk).update(website=website)

    assert website not in text_of(page_of(alice_client, figma))


# What comes next


def test_without_a_role_it_asks_for_one(alice_client, figma):
    page = text_of(page_of(alice_client, figma))

    assert "Say what you want to work as" in page
    assert "No target role yet, so there is nothing to search for." in page


def test_without_people_it_says_so_in_words(alice_client, alice, figma):
    RoleFactory(owner=alice, title="Data Analyst")

    assert "Nobody found here yet: open a search below, then paste whom you found." in text_of(
        page_of(alice_client, figma)
    )


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"stage": 1, "people_count": 3}, "3 people found, nobody asked yet."),
        ({"stage": 1, "people_count": 1}, "1 person found, not asked yet."),
        ({"stage": 2, "people_count": 3, "asked_count": 2}, "2 people asked, no answer yet."),
        ({"stage": 3, "people_count": 3, "connected_count": 1}, "1 person here is connected with you."),
        ({"stage": 4, "people_count": 3, "talked_count": 2}, "You talked with 2 people here."),
        ({"stage": 5, "people_count": 3, "referred_count": 1}, "Somebody speaks for you here"),
    ],
)
def test_the_next_step_follows_how_far_one_got(alice_client, figma, figures, sentence):
    Company.objects.filter(pk=figma.pk).update(**figures)

    assert sentence in text_of(page_of(alice_client, figma))


def test_after_a_talk_one_is_asked_what_one_learned_until_it_is_kept(alice_client, alice, figma):
    Company.objects.filter(pk=figma.pk).update(stage=4, people_count=3, talked_count=2)
    before = text_of(page_of(alice_client, figma))
    InsightFactory(owner=alice, company=figma)

    after = text_of(page_of(alice_client, figma))

    assert "Keep what you learned" in before
    assert "Keep what you learned" not in after
    assert "Meet the next one" in after


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("suggested", ["Do you want to work here?", "Put on the list"]),
        ("paused", ["Paused since", "Resume"]),
        ("dropped", ["You dropped it", "Too far away", "Take back on the list"]),
    ],
)
def test_what_is_not_a_target_says_so_and_offers_the_way_back(alice_client, alice, state, words):
    company = CompanyFactory(
        owner=alice,
        state=state,
        paused_on="2026-11-02",
        dropped_on="2026-11-02",
        dropped_because="Too far away",
    )

    page = text_of(page_of(alice_client, company))

    for word in words:
        assert word in page
    assert page.count("button filled") == 1


# Searches


def test_with_numbers_there_is_a_people_search_for_each_title(alice_client, alice, figma):
    RoleFactory(owner=alice, title="Data Analyst").set_variants(["Analyst (R&D)"])
    for number in ("1441", "10667"):
        CompanyLinkedInFactory(owner=alice, company=figma, kind="numeric", value=number)
    CompanyLinkedInFactory(owner=alice, company=figma, value="figma")

    answer = page_of(alice_client, figma)

    assert searches_on(answer) == [
        "https://www.linkedin.com/search/results/people/"
        "?currentCompany=%5B%221441%22%2C%2210667%22%5D&keywords=Data%20Analyst&origin=FACETED_SEARCH",
        "https://www.linkedin.com/search/results/people/"
        "?currentCompany=%5B%221441%22%2C%2210667%22%5D&keywords=Analyst%20%28R%26D%29&origin=FACETED_SEARCH",
    ]
    html_link = searches_on(answer)[0].replace("&", "&amp;")
    assert (
        f'<a href="{html_link}" target="_blank" rel="noopener noreferrer" data-search="people:'
        in answer.content.decode()
    )


def test_with_a_page_there_is_its_people_tab_and_how_to_get_the_number(alice_client, alice, figma):
    RoleFactory(owner=alice, title="Data Analyst")
    CompanyLinkedInFactory(owner=alice, company=figma, value="figma")

    answer = page_of(alice_client, figma)

    assert searches_on(answer) == ["https://www.linkedin.com/company/figma/people/?keywords=Data%20Analyst"]
    assert "See all employees" in text_of(answer)


def test_a_school_has_its_own_tab(alice_client, alice, figma):
    RoleFactory(owner=alice, title="Data Analyst")
    CompanyLinkedInFactory(owner=alice, company=figma, kind="school", value="mit")

    assert searches_on(page_of(alice_client, figma)) == [
        "https://www.linkedin.com/school/mit/people/?keywords=Data%20Analyst"
    ]


def test_with_the_name_alone_it_is_searched_by_name(alice_client, alice, figma):
    RoleFactory(owner=alice, title="Data Analyst")

    assert searches_on(page_of(alice_client, figma)) == [
        "https://www.linkedin.com/search/results/people/?keywords=Data%20Analyst%20Figma"
    ]


@pytest.mark.parametrize(
    ("link", "learned"),
    [
        ("https://www.linkedin.com/company/Figma/people/?keywords=x", {("slug", "figma")}),
        ("https://www.linkedin.com/company/1441/", {("numeric", "1441")}),
        (
            'https://www.linkedin.com/search/results/people/?currentCompany=["1441","10667"]&keywords=x',
            {("numeric", "1441"), ("numeric", "10667")},
        ),
        ("https://www.linkedin.com/school/mit/about/", {("school", "mit")}),
        ("https://www.linkedin.com/showcase/figjam/", {("showcase", "figjam")}),
        (f"https://www.linkedin.com/company/{'a' * 255}/", {("slug", "a" * 255)}),
    ],
)
def test_a_pasted_link_teaches_its_page_and_numbers(alice_client, figma, link, learned):
    answer = alice_client.post(f"/companies/{figma.pk}/linkedin/", {"link": link}, follow=True)

    assert answer.redirect_chain == [(f"/companies/{figma.pk}/#searches", 302)]
    assert {(row.kind, row.value) for row in figma.linkedin.all()} == learned
    assert "Kept:" in text_of(answer)


def test_a_link_that_is_known_already_changes_nothing(alice_client, alice, figma):
    CompanyLinkedInFactory(owner=alice, company=figma, value="figma")

    answer = alice_client.post(
        f"/companies/{figma.pk}/linkedin/", {"link": "linkedin.com/company/figma"}, follow=True
    )

    assert "That was known already." in text_of(answer)
    assert figma.linkedin.count() == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/in/ada",
        "https://linkedin.com.evil.test/company/figma",
        "javascript:alert(1)",
        "",
        "a\x00",
        "x" * 10_000,
    ],
)
def test_another_link_is_refused_and_kept_in_its_field(alice_client, figma, link):
    answer = alice_client.post(f"/companies/{figma.pk}/linkedin/", {"link": link})

    assert answer.status_code == 422
    assert answer.context["linkedin"].errors["link"] if not link else answer.context["linkedin"].errors
    assert answer.context["linkedin"]["link"].value() == link
    assert not figma.linkedin.exists()


def test_another_companys_page_is_refused_by_name(alice_client, alice, figma):
    CompanyLinkedInFactory(owner=alice, company__name="Notion", value="notionhq")

    answer = alice_client.post(f"/companies/{figma.pk}/linkedin/", {"link": "linkedin.com/company/notionhq"})

    assert answer.status_code == 422
    assert "That is the LinkedIn page of Notion." in text_of(answer)


def test_two_people_may_know_the_same_page(alice_client, alice, bob, figma):
    CompanyLinkedInFactory(owner=bob, value="figma")

    alice_client.post(f"/companies/{figma.pk}/linkedin/", {"link": "linkedin.com/company/figma"})

    assert CompanyLinkedIn.objects.filter(value="figma").count() == 2


def test_a_learned_page_is_removed_and_comes_back_by_undo(alice_client, alice, figma):
    row = CompanyLinkedInFactory(owner=alice, company=figma, value="figma")

    page = text_of(alice_client.post(f"/linkedin-pages/{row.pk}/deletion/", follow=True))
    assert not figma.linkedin.exists()
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])

    assert figma.linkedin.get().value == "figma"


# History


def test_a_note_stands_in_the_history_on_its_day(alice_client, figma, frozen):
    answer = alice_client.post(
        f"/companies/{figma.pk}/notes/",
        {"text": "They moved to dbt.", "happened_on": "2026-11-20"},
        follow=True,
    )

    assert "It is kept in the history." in text_of(answer)
    assert "They moved to dbt." in text_of(answer)
    note = Activity.objects.get(verb="noted")
    assert (note.company_uid, note.happened_on) == (figma.uid, dt.date(2026, 11, 20))


@pytest.mark.parametrize(
    "note",
    [
        {"text": "", "happened_on": "2026-11-20"},
        {"text": "x" * 20_001, "happened_on": "2026-11-20"},
        {"text": "a\x00b", "happened_on": "2026-11-20"},
        {"text": "Something", "happened_on": "2026-02-30"},
    ],
)
def test_a_note_that_cannot_be_kept_is_shown_again(alice_client, figma, note):
    answer = alice_client.post(f"/companies/{figma.pk}/notes/", note)

    assert answer.status_code == 422
    assert answer.context["note"].errors
    assert answer.context["note"]["text"].value() == note["text"]
    assert not Activity.objects.filter(verb="noted").exists()


def test_a_long_history_is_shown_twenty_lines_at_a_time(alice_client, alice, figma):
    for n in range(45):
        Activity.note(
            alice, f"Note {n:02}", on=dt.date(2026, 10, 1) + dt.timedelta(days=n % 30), company=figma
        )

    first = page_of(alice_client, figma)
    second = page_of(alice_client, figma, f"?older={first.context['history'].next}")
    third = alice_client.get(
        f"/companies/{figma.pk}/?older={second.context['history'].next}",
        headers={"HX-Request": "true", "HX-Target": "older"},
    )

    seen = [line.text for answer in (first, second, third) for line in answer.context["history"].rows]
    assert len(seen) == len(set(seen)) == 45
    assert "Show older" in text_of(second)
    assert "Back to the newest" in text_of(second)
    assert "Show older" not in text_of(third)
    assert "<html" not in text_of(third)


# Owners, methods, queries


def test_nothing_of_another_owners_company_is_found(bob_client, alice, figma):
    row = CompanyLinkedInFactory(owner=alice, company=figma, value="figma")

    assert page_of(bob_client, figma).status_code == 404
    assert (
        bob_client.post(
            f"/companies/{figma.pk}/notes/", {"text": "x", "happened_on": "2026-11-20"}
        ).status_code
        == 404
    )
    assert (
        bob_client.post(f"/companies/{figma.pk}/linkedin/", {"link": "linkedin.com/company/x"}).status_code
        == 404
    )
    assert bob_client.post(f"/linkedin-pages/{row.pk}/deletion/").status_code == 404
    assert figma.linkedin.count() == 1


def test_one_sees_ones_own_roles_and_history_only(alice_client, alice, bob, figma):
    RoleFactory(owner=bob, title="Astronaut")
    Activity.log(bob, "noted", "Noted", "Secret", on=dt.date(2026, 11, 2))
    Activity.objects.filter(owner=bob).update(company_uid=figma.uid)

    page = text_of(page_of(alice_client, figma))

    assert "Astronaut" not in page
    assert "Secret" not in page


def test_asking_shows_and_sending_writes(alice_client, figma):
    assert alice_client.post(f"/companies/{figma.pk}/").status_code == 405
    assert alice_client.get(f"/companies/{figma.pk}/notes/").status_code == 405
    assert alice_client.get(f"/companies/{figma.pk}/linkedin/").status_code == 405


def test_the_number_of_queries_does_not_grow_with_what_is_known(
    alice_client, alice, figma, django_assert_num_queries
):
    def make(count):
        for _ in range(count):
            PersonFactory(owner=alice, company=figma)
            OpeningFactory(owner=alice, company=figma)
            InsightFactory(owner=alice, company=figma)
            RoleFactory(owner=alice).set_variants(["One", "Two"])
            CompanyFactory(owner=alice, found_from=figma)
            CompanyLinkedInFactory(owner=alice, company=figma)
            figma.add_name(f"Figma {Company.objects.count()}")

    make(3)
    with django_assert_num_queries(10):
        page_of(alice_client, figma)
    make(5)
    with django_assert_num_queries(10):
        page_of(alice_client, figma)


def test_a_talk_that_is_being_arranged_is_the_next_step(alice_client, alice, figma):
    person = PersonFactory(owner=alice, company=figma, name="Jonas Okafor")
    Conversation.ask(person, on=dt.date(2026, 11, 20))

    assert "You are finding a time with Jonas Okafor" in text_of(page_of(alice_client, figma))

"""The list of companies: ranked, searched, narrowed, rated in place; constant in its queries."""

import pytest

from companies.models import Company
from contacts.models import Person
from tests.factories import CompanyFactory, PersonFactory

HTMX = {"HX-Request": "true", "HX-Target": "results"}


def names_on(answer):
    return [company.name for company in answer.context["rows"]]


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_an_empty_list_says_the_first_step(alice_client):
    page = text_of(alice_client.get("/companies/"))

    assert "Add your first companies" in page
    assert "<progress" not in page
    assert page.count("filled") == 1


def test_companies_stand_in_lamp_order_with_their_rank(alice_client, alice):
    CompanyFactory(owner=alice, name="Zalando", motivation=3, posting=1)
    CompanyFactory(owner=alice, name="Adyen", motivation=3, posting=1)
    CompanyFactory(owner=alice, name="Coursera", motivation=3, posting=3)
    advocated = CompanyFactory(owner=alice, name="Stripe", motivation=3, posting=1)
    PersonFactory(owner=alice, company=advocated, connected_on="2026-11-02")
    CompanyFactory(owner=alice, name="Bolt", motivation=0, posting=3)

    answer = alice_client.get("/companies/")

    assert names_on(answer) == ["Coursera", "Stripe", "Adyen", "Zalando", "Bolt"]
    assert '<td class="number" data-label="Rank">5</td>' in text_of(answer)


def test_the_sentence_says_how_many_more_make_fifty(alice_client, alice):
    for n in range(38):
        CompanyFactory(owner=alice, name=f"Brand {n}")
    CompanyFactory(owner=alice, name="Dropped", state="dropped", dropped_on="2026-11-02")

    page = text_of(alice_client.get("/companies/"))

    assert "38 on your list. Twelve more make fifty, enough that some will have the right role" in page
    assert '<progress value="38" max="50"' in page


@pytest.mark.parametrize(
    ("goal", "sentence"),
    [
        (2, "1 on your list. One more makes two, enough"),
        (1, "1 on your list. Enough that some"),
        (38, "1 on your list. 37 more make 38, enough"),
    ],
)
def test_the_sentence_fits_the_goal(alice_client, alice, goal, sentence):
    alice.target_companies = goal
    alice.save()
    CompanyFactory(owner=alice)

    assert sentence in text_of(alice_client.get("/companies/"))


def test_it_shows_what_is_on_the_list_unless_asked_for_something_else(alice_client, alice):
    CompanyFactory(owner=alice, name="Target")
    CompanyFactory(owner=alice, name="Paused", state="paused", paused_on="2026-11-02")
    CompanyFactory(owner=alice, name="Suggested", state="suggested", listed_on=None)
    CompanyFactory(owner=alice, name="Dropped", state="dropped", dropped_on="2026-11-02")

    assert names_on(alice_client.get("/companies/")) == ["Paused", "Target"]
    assert names_on(alice_client.get("/companies/?state=paused")) == ["Paused"]
    assert names_on(alice_client.get("/companies/?state=suggested")) == ["Suggested"]
    assert names_on(alice_client.get("/companies/?state=dropped")) == ["Dropped"]
    assert len(names_on(alice_client.get("/companies/?state=all"))) == 4


def test_it_is_narrowed_by_stage(alice_client, alice):
    CompanyFactory(owner=alice, name="Nobody")
    PersonFactory(owner=alice, company=CompanyFactory(owner=alice, name="Somebody"))

    assert names_on(alice_client.get("/companies/?stage=0")) == ["Nobody"]
    assert names_on(alice_client.get("/companies/?stage=1")) == ["Somebody"]


@pytest.mark.parametrize("typed", ["zab", "ŻAB", "abka", "retail", "poz zab", "frogs"])
def test_search_finds_every_word_in_name_alias_industry_or_place(alice_client, alice, typed):
    company = CompanyFactory(owner=alice, name="Żabka", industry="Retail", place="Poznań")
    company.remember_alias("The Frogs")
    CompanyFactory(owner=alice, name="Allegro", industry="Commerce", place="Poznań")

    assert names_on(alice_client.get("/companies/", {"q": typed})) == ["Żabka"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("gap=no_people", ["Adyen", "Żabka"]),
        ("found_how=competitor", ["Żabka"]),
        ("industry=lodowka", ["Żabka"]),
        ("place=KRAKOW", ["Adyen"]),
        ("place=krakow&gap=no_people&found_how=other", ["Adyen"]),
        ("remote=yes", ["Adyen"]),
        ("remote=no&place=dublin", ["Stripe"]),
        ("remote=perhaps", ["Adyen", "Stripe", "Żabka"]),
        ("sort=place", ["Stripe", "Adyen", "Żabka"]),
        ("sort=-people", ["Żabka", "Adyen", "Stripe"]),
        ("sort=newest", ["Stripe", "Żabka", "Adyen"]),
    ],
)
def test_it_is_narrowed_and_sorted_by_what_is_known(alice_client, alice, query, found):
    CompanyFactory(owner=alice, name="Adyen", industry="Payments", place="Kraków", remote=True)
    CompanyFactory(owner=alice, name="Żabka", industry="Lodówka", place="Poznań", found_how="competitor")
    PersonFactory(owner=alice, company=CompanyFactory(owner=alice, name="Stripe", place="Dublin"))

    assert names_on(alice_client.get(f"/companies/?{query}")) == found


def test_a_narrowed_list_has_no_ranks(alice_client, alice):
    CompanyFactory(owner=alice, name="Figma")

    assert 'data-label="Rank"' not in text_of(alice_client.get("/companies/?q=figma"))


def test_none_match_offers_to_clear_the_filters(alice_client, alice):
    CompanyFactory(owner=alice, name="Figma")

    page = text_of(alice_client.get("/companies/?q=zzz"))

    assert "No company matches" in page
    assert "Clear the filters" in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%25_%5C'%22(",
        "q=" + "a" * 10_000,
        "state=owner__password",
        "stage=9",
        "stage=x",
        "after=%FF",
    ],
)
def test_what_cannot_be_read_is_as_if_it_were_not_said(alice_client, alice, query):
    CompanyFactory(owner=alice, name="Figma")

    assert alice_client.get(f"/companies/?{query}").status_code == 200


def test_typing_swaps_only_the_results(alice_client, alice):
    CompanyFactory(owner=alice, name="Figma")

    answer = alice_client.get("/companies/?q=fig", headers=HTMX)

    assert "Figma" in text_of(answer)
    assert "<html" not in text_of(answer)
    assert 'type="search"' not in text_of(answer)


def test_the_next_fifty_follow_with_their_ranks(alice_client, alice):
    Company.objects.bulk_create(
        Company(owner=alice, name=f"Brand {n:02}", folded_name=f"brand {n:02}", listed_on="2026-11-02")
        for n in range(60)
    )
    first = alice_client.get("/companies/")
    more_url = first.context["more_url"]

    rest = alice_client.get(f"{more_url}", headers={"HX-Request": "true", "HX-Target": "rows"})

    assert names_on(first)[-1] == "Brand 49"
    assert names_on(rest) == [f"Brand {n}" for n in range(50, 60)]
    assert text_of(rest).startswith("<tr ")
    assert '<td class="number" data-label="Rank">51</td>' in text_of(rest)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"asked_count": 3}, "3 asked"),
        ({"asked_count": 3, "connected_count": 1}, "1 connected"),
        ({"asked_count": 3, "connected_count": 3, "talked_count": 2}, "2 talked"),
        ({"asked_count": 3, "connected_count": 3, "talked_count": 2, "referred_count": 1}, "1 referral"),
    ],
)
def test_progress_is_said_in_words(alice_client, alice, counts, words):
    CompanyFactory(owner=alice, people_count=4, **counts)

    page = text_of(alice_client.get("/companies/"))

    assert f'<td data-label="Progress">{words}</td>' in page
    assert "Find people" not in page


def test_where_nobody_was_found_it_says_find_people(alice_client, alice):
    company = CompanyFactory(owner=alice)

    assert f'href="/companies/{company.pk}/#searches">Find people' in text_of(alice_client.get("/companies/"))


def test_a_paused_company_asks_for_nothing(alice_client, alice):
    CompanyFactory(owner=alice, state="paused", paused_on="2026-11-02")

    assert "Find people" not in text_of(alice_client.get("/companies/"))


def test_a_rating_is_kept_and_the_page_comes_back(alice_client, alice):
    company = CompanyFactory(owner=alice, name="Figma")

    answer = alice_client.post(
        f"/companies/{company.pk}/rating/",
        {"motivation": 3},
        headers={"Referer": "http://testserver/companies/?q=f"},
    )

    assert answer.status_code == 302
    assert answer["Location"] == "http://testserver/companies/?q=f"
    company.refresh_from_db()
    assert (company.motivation, company.posting, company.lamp, company.version) == (3, 1, 310, 2)


def test_a_rating_by_htmx_leaves_the_page_as_it_is(alice_client, alice):
    company = CompanyFactory(owner=alice)

    answer = alice_client.post(
        f"/companies/{company.pk}/rating/", {"motivation": 2, "posting": 3}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 204
    company.refresh_from_db()
    assert (company.motivation, company.posting) == (2, 3)


@pytest.mark.parametrize(
    "sent", [{"motivation": 4}, {"motivation": "x"}, {"posting": 0}, {}, {"name": "Other"}]
)
def test_a_rating_that_there_is_not_is_refused(alice_client, alice, sent):
    company = CompanyFactory(owner=alice, motivation=1)

    answer = alice_client.post(f"/companies/{company.pk}/rating/", sent)

    assert answer.status_code == 409
    company.refresh_from_db()
    assert (company.motivation, company.version) == (1, 1)


def test_nobody_elses_companies_are_listed_or_rated(bob_client, alice):
    company = CompanyFactory(owner=alice, name="Figma", motivation=1)

    assert "Figma" not in text_of(bob_client.get("/companies/?state=all"))
    assert bob_client.post(f"/companies/{company.pk}/rating/", {"motivation": 3}).status_code == 404
    company.refresh_from_db()
    assert company.motivation == 1


def test_names_are_text_and_never_markup(alice_client, alice):
    CompanyFactory(owner=alice, name="<script>alert(1)</script>", industry='"><img src=x>')

    page = text_of(alice_client.get("/companies/"))

    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_only_asking_shows_a_list_and_only_sending_rates(alice_client, alice):
    company = CompanyFactory(owner=alice)

    assert alice_client.post("/companies/").status_code == 405
    assert alice_client.get(f"/companies/{company.pk}/rating/").status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_rows(alice_client, alice, django_assert_num_queries):
    def make(count):
        for _ in range(count):
            PersonFactory(owner=alice, company=CompanyFactory(owner=alice))

    make(10)
    with django_assert_num_queries(4):
        alice_client.get("/companies/")
    make(10)
    with django_assert_num_queries(4):
        alice_client.get("/companies/")
    assert Person.objects.count() == 20

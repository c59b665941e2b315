"""Adding companies: one box, one a line; questions before anything doubtful is saved."""

import re

import pytest

from companies.models import Company
from netjob.models import Activity, Change, ImportBatch
from tests.factories import CompanyFactory


def text_of(answer):
    return " ".join(answer.content.decode().split())


def sent(answer):
    """What the page of questions would send as it stands."""
    questions, form = answer.context["questions"], answer.context["form"]
    data = {"answered": "yes", "lines": form.text, "found_how": form["found_how"].value()}
    if form["remote"].value():
        data["remote"] = "True"
    return data | {field.html_name: field.value() for field in questions}


def add(client, *lines, **more):
    return client.post(
        "/companies/add/", {"lines": "\n".join(lines), "found_how": "other", **more}, follow=True
    )


def test_the_page_asks_for_one_company_a_line(alice_client):
    page = text_of(alice_client.get("/companies/add/"))

    assert "Companies, one a line" in page
    assert "Four ways to find companies" in page


def test_several_are_added_at_once(alice_client, alice, frozen, today):
    answer = add(
        alice_client,
        "Figma",
        "Notion, notion.so",
        "https://www.linkedin.com/company/linear/",
        found_how="job_board",
    )

    assert answer.redirect_chain == [("/companies/", 302)]
    assert "3 companies added." in text_of(answer)
    companies = Company.objects.owned_by(alice).order_by("pk")
    assert [company.name for company in companies] == ["Figma", "Notion", "Linear"]
    assert {(company.found_how, company.listed_on) for company in companies} == {("job_board", today)}


def test_a_single_one_leads_on_to_its_page(alice_client, alice):
    answer = add(alice_client, "Figma")

    assert answer.redirect_chain == [(Company.objects.get().get_absolute_url(), 302)]


@pytest.mark.parametrize("remote", [True, False])
def test_that_they_are_remote_goes_through_the_questions(alice_client, alice, remote):
    CompanyFactory(owner=alice, name="SAP SE")

    asked = add(alice_client, "SAP AG", "Figma", **({"remote": "on"} if remote else {}))
    alice_client.post("/companies/add/", sent(asked))

    assert ('name="remote" value="True"' in asked.content.decode()) == remote
    assert Company.objects.get(name="Figma").remote == remote


def test_known_ones_are_named_and_not_added_again(alice_client, alice):
    CompanyFactory(owner=alice, name="Figma")
    CompanyFactory(owner=alice, name="Notion")

    answer = add(alice_client, *(f"Brand{n} {n}" for n in range(10)), "FIGMA", "notion", "Brand0 0")

    page = text_of(answer)
    assert "10 companies added. 2 were on your list already: Figma, Notion. 1 line was there twice." in page
    assert Company.objects.count() == 12


def test_where_a_name_is_similar_nothing_is_saved_and_the_page_says_so(alice_client, alice):
    CompanyFactory(owner=alice, name="Acme GmbH")

    answer = add(alice_client, "Acme", "Figma")

    page = text_of(answer)
    assert answer.status_code == 200
    assert "Nothing is saved yet." in page
    assert "It is Acme GmbH (only the legal form differs)" in page
    assert "Another company" in page
    assert "Leave it out" in page
    assert Company.objects.count() == 1


def test_the_likeliest_answer_is_chosen_beforehand_and_everything_is_added_in_one_go(alice_client, alice):
    acme = CompanyFactory(owner=alice, name="Acme GmbH")
    questions = add(alice_client, "Acme", "Figma")

    answer = alice_client.post("/companies/add/", sent(questions), follow=True)

    assert "1 company added. Acme is Acme GmbH." in text_of(answer)
    assert acme.aliases() == ["Acme"]
    assert "1 was on your list already: Acme GmbH." in text_of(add(alice_client, "Acme"))


def test_every_answer_can_be_changed(alice_client, alice):
    CompanyFactory(owner=alice, name="Acme GmbH")
    CompanyFactory(owner=alice, name="Bolt GmbH")
    questions = add(alice_client, "Acme", "Bolt", "Figma")
    acme, bolt = (similar.line.key for similar in questions.context["sorting"].similar)

    alice_client.post("/companies/add/", sent(questions) | {acme: "new", bolt: "leave"})

    names = set(Company.objects.values_list("name", flat=True))
    assert names == {"Acme GmbH", "Bolt GmbH", "Acme", "Figma"}


def test_an_answer_that_was_not_offered_is_asked_again(alice_client, alice, bob):
    foreign = CompanyFactory(owner=bob, name="Acme AG")
    CompanyFactory(owner=alice, name="Acme GmbH")
    questions = add(alice_client, "Acme", "Figma")
    key = questions.context["sorting"].similar[0].line.key

    answer = alice_client.post("/companies/add/", sent(questions) | {key: f"company-{foreign.pk}"})

    assert answer.status_code == 422
    assert "Choose one." in text_of(answer)
    assert Company.objects.owned_by(alice).count() == 1
    assert foreign.names.count() == 1


def test_an_unreadable_line_is_shown_with_its_number_and_can_be_mended(alice_client, alice):
    questions = add(alice_client, "Figma", "", "https://www.linkedin.com/in/ada")

    page = text_of(questions)
    assert "Line 3" in page
    assert "That link to LinkedIn leads to no company’s page." in page
    assert not Company.objects.exists()

    data = sent(questions)
    key = next(name for name in data if name.startswith("line-"))
    again = alice_client.post("/companies/add/", data | {key: "https://www.linkedin.com/in/bob"})
    assert again.status_code == 422
    assert "https://www.linkedin.com/in/bob" in text_of(again)
    assert not Company.objects.exists()

    data = sent(again)
    key = next(name for name in data if name.startswith("line-"))
    alice_client.post("/companies/add/", data | {key: "Notion"})
    assert set(Company.objects.values_list("name", flat=True)) == {"Figma", "Notion"}


def test_an_emptied_line_is_left_out(alice_client):
    questions = add(alice_client, "Figma", "https://www.linkedin.com/in/ada")
    data = sent(questions)
    key = next(name for name in data if name.startswith("line-"))

    alice_client.post("/companies/add/", data | {key: ""})

    assert Company.objects.get().name == "Figma"


def test_a_mended_line_that_is_similar_becomes_a_question_in_its_turn(alice_client, alice):
    CompanyFactory(owner=alice, name="Acme GmbH")
    questions = add(alice_client, "https://www.linkedin.com/in/ada", "Figma")
    data = sent(questions)
    key = next(name for name in data if name.startswith("line-"))

    answer = alice_client.post("/companies/add/", data | {key: "Acme"})

    assert answer.status_code == 422
    assert "It is Acme GmbH" in text_of(answer)
    assert Company.objects.count() == 1


@pytest.mark.parametrize(("answer", "state"), [("list", "target"), ("leave", "dropped")])
def test_a_dropped_company_is_offered_back(alice_client, alice, today, answer, state):
    company = CompanyFactory(owner=alice, name="Figma")
    company.drop(on=today, because="No remote work")
    questions = add(alice_client, "Figma", "Notion")
    key = questions.context["sorting"].off_the_list[0].line.key

    page = text_of(questions)
    assert "You dropped it" in page
    assert "No remote work" in page
    alice_client.post("/companies/add/", sent(questions) | {key: answer})

    company.refresh_from_db()
    assert company.state == state
    assert Company.objects.filter(name="Notion").exists()


def test_a_suggested_company_is_put_on_the_list_unless_one_says_otherwise(alice_client, alice):
    company = CompanyFactory(owner=alice, name="Figma", state="suggested", listed_on=None)
    questions = add(alice_client, "Figma")

    answer = alice_client.post("/companies/add/", sent(questions), follow=True)

    company.refresh_from_db()
    assert company.state == "target"
    assert "Put on your list: Figma." in text_of(answer)


def test_the_company_that_led_there_is_named_and_kept(alice_client, alice):
    figma = CompanyFactory(owner=alice, name="Figma")

    form = alice_client.get(f"/companies/add/?from={figma.pk}").context["form"]
    add(alice_client, "Sketch", "Penpot", found_how="competitor", found_from="figma")

    assert (form["found_from"].value(), form["found_how"].value()) == ("Figma", "competitor")
    assert {company.name for company in figma.led_to.all()} == {"Sketch", "Penpot"}


def test_a_company_that_led_there_must_be_ones_own(alice_client, bob):
    figma = CompanyFactory(owner=bob, name="Figma")

    assert alice_client.get(f"/companies/add/?from={figma.pk}").context["form"]["found_from"].value() is None
    answer = add(alice_client, "Sketch", found_from="Figma")

    assert answer.status_code == 422
    assert "None of your companies has that name." in text_of(answer)
    assert "Sketch" in text_of(answer)
    assert not Company.objects.filter(name="Sketch").exists()


@pytest.mark.parametrize(
    ("lines", "because"),
    [
        ("", "Write at least one name."),
        (" \n\u200b\n", "Write at least one name."),
        ("Fig\x00ma", "Null characters"),
        ("x" * 200_001, "at most 200000 characters"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_kept(alice_client, lines, because):
    answer = add(alice_client, lines)

    assert answer.status_code == 422
    assert because in text_of(answer)
    assert not Company.objects.exists()


@pytest.mark.parametrize(
    "line", ["x" * 10_000, "\u202eamgiF", "Zoë 🚀", "javascript:alert(1)", "<b>Acme</b>", "=1+1"]
)
def test_strange_names_are_added_or_asked_about_and_never_run(alice_client, line):
    answer = add(alice_client, line, "Figma")

    assert answer.status_code == 200
    assert "<b>Acme" not in text_of(answer)


def test_names_and_reasons_are_text_in_the_questions_too(alice_client, alice, today):
    CompanyFactory(owner=alice, name="<b>Acme</b> GmbH")
    CompanyFactory(owner=alice, name="Bolt").drop(on=today, because="<script>alert(1)</script>")

    page = text_of(add(alice_client, "<b>Acme</b>", "Bolt", "<i>x</i> https://www.linkedin.com/in/ada"))

    assert "&lt;b&gt;Acme&lt;/b&gt; GmbH" in page
    for markup in ("<b>Acme", "<script>alert", "<i>x"):
        assert markup not in page


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "٣", ""])
def test_a_number_that_is_none_starts_an_empty_form(alice_client, number):
    assert alice_client.get("/companies/add/", {"from": number}).status_code == 200


def test_sent_twice_it_adds_once(alice_client):
    page = alice_client.get("/companies/add/").content.decode()
    key = re.search(r'name="submission" value="([^"]+)"', page.split("<main")[1])[1]

    for _ in range(2):
        answer = add(alice_client, "Figma", "Notion", submission=key)

    assert answer.status_code == 200
    assert Company.objects.count() == 2
    assert Activity.objects.filter(verb="added").count() == 2


@pytest.mark.parametrize(
    "lines",
    [
        "\n".join(f"Brand {n} x{n}" for n in range(31)),
        "Figma\tfigma.com\tDesign\nLinear\tlinear.app\tSoftware",
        "Company;Industry\nFigma;Design\nLinear;Software",
    ],
)
def test_columns_and_more_than_a_screenful_are_looked_through_as_an_import(alice_client, lines):
    answer = add(alice_client, lines, found_how="near_me")

    batch = ImportBatch.objects.get()
    assert answer.redirect_chain == [(f"/imports/{batch.pk}/", 302)]
    assert (batch.state, batch.facts["companies"]["found_how"]) == ("ready", "near_me")
    assert not Company.objects.exists()


@pytest.mark.parametrize("lines", ["Figma\nLinear, linear.app\nAcme, Inc.", "Booking.com", "Foo, Bar, Baz"])
def test_a_few_plain_lines_need_no_import(alice_client, lines):
    add(alice_client, lines)

    assert not ImportBatch.objects.exists()


def test_adding_can_be_undone(alice, alice_client, frozen):
    CompanyFactory(owner=alice, name="Linear", website="")

    answer = add(alice_client, "Figma\nLinear, linear.app")
    act = Change.objects.latest("pk").act
    assert str(act) in answer.text
    assert Company.objects.get(name="Linear").website == "https://linear.app"

    alice_client.post(f"/changes/{act}/undo/")
    assert [(c.name, c.website) for c in Company.objects.all()] == [("Linear", "")]
    assert Company.objects.get().names.count() == 1


def test_the_pages_cost_the_same_however_many_companies_there_are(
    alice_client, alice, django_assert_num_queries
):
    CompanyFactory.create_batch(10, owner=alice)
    with django_assert_num_queries(3):
        alice_client.get("/companies/add/")
    CompanyFactory.create_batch(10, owner=alice)
    with django_assert_num_queries(3):
        alice_client.get("/companies/add/")


def test_other_methods_are_refused(alice_client):
    assert alice_client.put("/companies/add/").status_code == 405

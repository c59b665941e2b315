"""Pasted companies: new, known, off the list, similar, unreadable; and what is written in the end."""

import pytest

from companies import adding
from companies.models import Company, CompanyLinkedIn, CompanyName
from companies.pasting import read_lines
from netjob.models import Activity
from tests.factories import CompanyFactory, CompanyLinkedInFactory

pytestmark = pytest.mark.django_db


def sorted_for(owner, *lines):
    return adding.sort(owner, read_lines("\n".join(lines)))


def names_of(lines):
    return [line.name for line in lines]


def test_what_nobody_knows_is_new(alice):
    sorting = sorted_for(alice, "Figma", "Notion")

    assert names_of(sorting.new) == ["Figma", "Notion"]
    assert not sorting.has_questions


@pytest.mark.parametrize("typed", ["Figma", "FIGMA", "ｆｉｇｍａ", "  figma  ", "fig\u200bma"])
def test_the_exact_name_is_known_whatever_its_case_and_width(alice, typed):
    company = CompanyFactory(owner=alice, name="Figma")

    sorting = sorted_for(alice, typed)

    assert [known.company.pk for known in sorting.known] == [company.pk]
    assert not sorting.new


def test_an_alias_is_known_too(alice):
    company = CompanyFactory(owner=alice, name="Alphabet")
    company.remember_alias("Google")

    assert [known.company.name for known in sorted_for(alice, "google").known] == ["Alphabet"]


def test_a_linkedin_page_makes_it_known_under_any_name(alice):
    page = CompanyLinkedInFactory(owner=alice, company__name="Figma", value="figma")

    sorting = sorted_for(
        alice, "https://www.linkedin.com/company/figma/", "Figma Design linkedin.com/company/figma"
    )

    assert [known.company.pk for known in sorting.known] == [page.company.pk]
    assert len(sorting.repeats) == 1


def test_a_page_that_is_another_companys_is_not_taken_over(alice):
    CompanyLinkedInFactory(owner=alice, company__name="Figma", value="figma")
    CompanyFactory(owner=alice, name="Notion")

    sorting = sorted_for(alice, "Notion linkedin.com/company/figma")

    assert sorting.unreadable[0].problem == "That LinkedIn page is the one of Figma."


def test_repeats_within_the_paste_are_added_once(alice):
    sorting = sorted_for(
        alice, "Figma", "figma", "Linear linkedin.com/company/linear", "LN linkedin.com/company/linear"
    )

    assert names_of(sorting.new) == ["Figma", "Linear"]
    assert len(sorting.repeats) == 2


@pytest.mark.parametrize("state", ["dropped", "suggested"])
def test_a_known_company_off_the_list_is_a_question(alice, state, today):
    CompanyFactory(owner=alice, name="Figma", state=state, dropped_on=today if state == "dropped" else None)

    sorting = sorted_for(alice, "Figma", "Notion")

    assert [known.company.name for known in sorting.off_the_list] == ["Figma"]
    assert names_of(sorting.new) == ["Notion"]


def test_a_paused_company_is_on_the_list(alice, today):
    CompanyFactory(owner=alice, name="Figma", state="paused", paused_on=today)

    assert sorted_for(alice, "Figma").known


def test_a_similar_name_is_a_question_with_the_reason(alice):
    company = CompanyFactory(owner=alice, name="Acme GmbH")

    [similar] = sorted_for(alice, "Acme").similar

    assert [(candidate.value, candidate.reason) for candidate in similar.candidates] == [
        (f"company-{company.pk}", "legal form")
    ]
    assert similar.likeliest == f"company-{company.pk}"


def test_a_later_line_may_be_an_earlier_one_but_not_the_other_way_round(alice):
    sorting = sorted_for(alice, "Acme", "Acme GmbH")

    assert names_of(sorting.new) == ["Acme"]
    [similar] = sorting.similar
    assert similar.line.name == "Acme GmbH"
    assert [candidate.value for candidate in similar.candidates] == [sorting.new[0].value]


def test_nobody_elses_companies_are_known_or_similar(alice, bob):
    CompanyFactory(owner=bob, name="Figma")
    CompanyFactory(owner=bob, name="Acme GmbH")
    CompanyLinkedInFactory(owner=bob, value="linear")

    sorting = sorted_for(alice, "Figma", "Acme", "Linear linkedin.com/company/linear")

    assert names_of(sorting.new) == ["Figma", "Acme", "Linear"]


def test_new_companies_come_with_name_page_website_and_history(alice, today):
    origin = CompanyFactory(owner=alice, name="Sketch")
    sorting = sorted_for(alice, "Figma, figma.com, linkedin.com/company/figma", "Linear")

    added = adding.add(alice, sorting, on=today, found_how="competitor", found_from=origin)

    figma, linear = added.new
    figma.refresh_from_db()
    assert (figma.name, figma.website, figma.state, figma.listed_on) == (
        "Figma",
        "https://figma.com",
        "target",
        today,
    )
    assert (figma.found_how, figma.found_from, figma.folded_name) == ("competitor", origin, "figma")
    assert Company.objects.owned_by(alice).known_as(["FIGMA"]) == {"figma": figma}
    assert [(row.kind, row.value) for row in figma.linkedin.all()] == [("slug", "figma")]
    assert {row.company_uid for row in Activity.objects.filter(verb="added")} == {figma.uid, linear.uid}
    assert list(Company.objects.owned_by(alice).matching("figma")) == [figma]


def test_a_known_company_learns_the_page_beside_its_name(alice, today):
    company = CompanyFactory(owner=alice, name="Figma")

    added = adding.add(alice, sorted_for(alice, "Figma linkedin.com/company/figma"), on=today)

    assert (added.new, added.known) == ([], ["Figma"])
    assert company.linkedin.get().value == "figma"


def test_it_is_the_known_one_so_the_other_name_is_remembered(alice, today):
    company = CompanyFactory(owner=alice, name="Acme GmbH")
    sorting = sorted_for(alice, "Acme linkedin.com/company/acme")
    [similar] = sorting.similar

    added = adding.add(alice, sorting, {similar.line.key: f"company-{company.pk}"}, on=today)

    company.refresh_from_db()
    assert added.aliases == [("Acme", "Acme GmbH")]
    assert Company.objects.count() == 1
    assert company.aliases() == ["Acme"]
    assert company.linkedin.get().value == "acme"
    assert company.version == 2  # a form that is open elsewhere must not take the alias away
    assert list(Company.objects.matching("acme")) == [company]
    assert sorted_for(alice, "Acme").known


def test_another_company_or_left_out_is_as_it_says(alice, today):
    CompanyFactory(owner=alice, name="Acme GmbH")
    CompanyFactory(owner=alice, name="Bolt Inc")
    sorting = sorted_for(alice, "Acme", "Bolt")
    acme, bolt = sorting.similar

    adding.add(alice, sorting, {acme.line.key: adding.NEW, bolt.line.key: adding.LEAVE}, on=today)

    assert set(Company.objects.values_list("name", flat=True)) == {"Acme GmbH", "Bolt Inc", "Acme"}


def test_a_line_that_is_an_earlier_one_follows_it(alice, today):
    company = CompanyFactory(owner=alice, name="Acme AG")
    sorting = sorted_for(alice, "Acme", "Acme Ag.", "Bolt", "Bolt GmbH")
    choices = {}
    for similar in sorting.similar:
        earlier = [each.value for each in similar.candidates if each.value.startswith("line-")]
        choices[similar.line.key] = earlier[0] if earlier else f"company-{company.pk}"

    added = adding.add(alice, sorting, choices, on=today)

    assert [new.name for new in added.new] == ["Bolt"]
    assert set(added.aliases) == {("Acme", "Acme AG"), ("Acme Ag.", "Acme AG"), ("Bolt GmbH", "Bolt")}
    assert added.new[0].aliases() == ["Bolt GmbH"]


def test_an_answer_that_was_not_offered_leaves_the_line_out(alice, bob, today):
    foreign = CompanyFactory(owner=bob, name="Acme AG")
    CompanyFactory(owner=alice, name="Acme GmbH")
    sorting = sorted_for(alice, "Acme")

    added = adding.add(alice, sorting, {sorting.similar[0].line.key: f"company-{foreign.pk}"}, on=today)

    assert (added.new, added.aliases) == ([], [])
    assert foreign.names.count() == 1


def test_a_dropped_company_is_put_on_the_list_again_if_asked_for(alice, today):
    company = CompanyFactory(owner=alice, name="Figma")
    company.drop(on=today, because="no remote work")
    sorting = sorted_for(alice, "Figma")
    [known] = sorting.off_the_list

    adding.add(alice, sorting, on=today)
    company.refresh_from_db()
    assert company.state == "dropped"

    added = adding.add(alice, sorting, {known.line.key: adding.LIST}, on=today)

    company.refresh_from_db()
    assert added.listed == ["Figma"]
    assert (company.state, company.dropped_on, company.dropped_because) == ("target", None, "")


def test_five_hundred_lines_cost_as_many_queries_as_one(alice, today, django_assert_max_num_queries):
    dropped = [
        CompanyFactory(owner=alice, name=f"Dropped {n}", state="dropped", dropped_on=today) for n in range(3)
    ]
    for n in range(10):
        CompanyFactory(owner=alice, name=f"Known {n} GmbH")
    lines = [f"Brand {n} x{n}, linkedin.com/company/brand-{n}, brand{n}.com" for n in range(480)]
    lines += [f"Known {n} GmbH" for n in range(5)] + [f"Known {n}" for n in range(5, 10)]
    lines += [company.name for company in dropped]

    with django_assert_max_num_queries(28):
        sorting = sorted_for(alice, *lines)
        choices = {similar.line.key: similar.likeliest for similar in sorting.similar}
        choices |= {known.line.key: adding.LIST for known in sorting.off_the_list}
        added = adding.add(alice, sorting, choices, on=today)

    assert (len(added.new), len(added.known), len(added.aliases), len(added.listed)) == (480, 5, 5, 3)
    assert CompanyName.objects.count() == 480 + 13 + 5
    assert CompanyLinkedIn.objects.count() == 480


def test_all_or_nothing(alice, today, monkeypatch):
    sorting = sorted_for(alice, "Figma", "Notion")

    def fail(*args, **kwargs):
        raise RuntimeError("the power went")

    monkeypatch.setattr(adding._Writing, "_log", fail)
    with pytest.raises(RuntimeError):
        adding.add(alice, sorting, on=today)

    assert not Company.objects.exists()
    assert not CompanyName.objects.exists()

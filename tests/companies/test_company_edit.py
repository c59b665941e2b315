"""Editing and deleting a company: names stay unique, links safe, nobody overwrites anybody."""

import pytest

from companies.models import Company
from tests.factories import CompanyFactory, PersonFactory


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma")


def edit(client, company, **fields):
    company.refresh_from_db()
    return client.post(f"/companies/{company.pk}/edit/", shown(client, company) | fields)


def shown(client, company):
    """What the form would send as it stands."""
    return sendable(client.get(f"/companies/{company.pk}/edit/").context["form"])


def sendable(form):
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def test_every_field_is_kept(alice_client, alice, figma):
    CompanyFactory(owner=alice, name="Sketch")

    answer = edit(
        alice_client, figma, website="figma.com", industry="Design tools", place="San Francisco", remote="on",
        motivation=3, posting=2, found_how="competitor", found_from="sketch", notes="Nice people.",
    )  # fmt: skip

    assert answer.status_code == 302
    figma.refresh_from_db()
    assert (figma.website, figma.industry, figma.place, figma.remote) == (
        "https://figma.com", "Design tools", "San Francisco", True,
    )  # fmt: skip
    assert (figma.motivation, figma.posting, figma.notes) == (3, 2, "Nice people.")
    assert (figma.found_how, figma.found_from.name) == ("competitor", "Sketch")


def test_a_saved_form_that_was_not_touched_changes_nothing(alice_client, alice, figma):
    figma.found_from = CompanyFactory(owner=alice, name="Sketch")
    figma.website = "https://figma.com"
    figma.save()
    figma.remember_alias("Figma Inc")
    before = Company.objects.values().get(pk=figma.pk)

    edit(alice_client, figma)

    after = Company.objects.values().get(pk=figma.pk)
    assert {name for name in after if after[name] != before[name]} <= {"version", "updated_at"}
    assert figma.aliases() == ["Figma Inc"]


def test_a_new_name_is_the_one_it_is_recognised_by(alice_client, alice, figma):
    edit(alice_client, figma, name="  Figma   Design ")

    figma.refresh_from_db()
    known = Company.objects.owned_by(alice).known_as(["Figma", "Figma Design"])
    assert figma.name == "Figma Design"
    assert known == {"figma design": figma}
    assert list(Company.objects.matching("design")) == [figma]


def test_another_spelling_of_the_same_name_is_only_a_spelling(alice_client, alice, figma):
    edit(alice_client, figma, name="FIGMA")

    assert figma.names.get().name == "FIGMA"


def test_the_name_of_another_company_is_refused_at_the_field_and_kept(alice_client, alice, figma):
    other = CompanyFactory(owner=alice, name="Notion")
    other.remember_alias("Notion Labs")

    for name in ("notion", "NOTION LABS"):
        answer = edit(alice_client, figma, name=name)

        assert answer.status_code == 422
        assert f"By the name of “{name}” you have another company: Notion, target." in text_of(answer)
        assert list(answer.context["form"].errors) == ["name"]
        assert answer.context["form"]["name"].value() == name
    figma.refresh_from_db()
    assert figma.name == "Figma"


def test_the_same_name_at_another_owner_is_nobodys_business(alice_client, bob, figma):
    CompanyFactory(owner=bob, name="Notion")

    assert edit(alice_client, figma, name="Notion").status_code == 302


def test_other_names_are_given_and_taken_away(alice_client, alice, figma):
    edit(alice_client, figma, aliases="Figma Inc\n\nfigma\nFigma Design\nFIGMA INC")
    assert figma.aliases() == ["Figma Inc", "Figma Design"]
    assert list(Company.objects.matching("inc")) == [figma]

    edit(alice_client, figma, aliases="Figma Design")
    assert figma.aliases() == ["Figma Design"]
    assert not Company.objects.matching("inc")


def test_a_name_and_an_alias_may_change_places(alice_client, alice, figma):
    figma.remember_alias("Figma Inc")

    edit(alice_client, figma, name="Figma Inc", aliases="Figma")

    figma.refresh_from_db()
    assert (figma.name, figma.aliases()) == ("Figma Inc", ["Figma"])


@pytest.mark.parametrize(
    ("field", "typed", "because"),
    [
        ("name", "", "required"),
        ("name", "\u200b", "seen"),
        ("name", "x" * 256, "255"),
        ("name", "x" * 10_000, "255"),
        ("name", "Fig\x00ma", "Null characters"),
        ("website", "javascript:alert(1)", "begin with https"),
        ("website", "https://www.linkedin.com@evil.example/", "before the @"),
        ("website", "https://www.lіnkedin.com/", "only look like"),
        ("website", "https://acme.com/" + "a" * 10_000, "500"),
        ("industry", "x" * 101, "100"),
        ("place", "a\x00", "Null characters"),
        ("motivation", "4", "not one of the available choices"),
        ("posting", "0", "not one of the available choices"),
        ("found_how", "magic", "not one of the available choices"),
        ("found_from", "Nobody Inc", "None of your companies"),
        ("found_from", "Figma", "does not lead to itself"),
        ("notes", "x" * 20_001, "20000"),
        ("aliases", "x" * 256, "longer than 255"),
        ("aliases", "\n".join(f"Name {n}" for n in range(51)), "Fifty other names"),
        ("aliases", "notion", "another company: Notion"),
    ],
)
def test_bad_input_is_named_at_its_field_and_nothing_typed_is_lost(
    alice_client, alice, figma, field, typed, because
):
    CompanyFactory(owner=alice, name="Notion")

    answer = edit(alice_client, figma, **{"notes": "Typed with care.", field: typed})

    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == [field]
    assert because in form.errors[field][0]
    assert form[field].value() == typed
    figma.refresh_from_db()
    assert (figma.name, figma.notes) == ("Figma", "")


def test_another_owners_company_leads_nowhere(alice_client, bob, figma):
    CompanyFactory(owner=bob, name="Sketch")

    answer = edit(alice_client, figma, found_from="Sketch")

    assert "None of your companies has that name." in text_of(answer)


def test_what_was_saved_elsewhere_meanwhile_is_shown_beside_ones_own(alice_client, figma):
    sent = shown(alice_client, figma) | {"name": "Mine", "notes": "My words"}
    figma.notes = "Their words"
    figma.save()

    answer = alice_client.post(f"/companies/{figma.pk}/edit/", sent)

    assert answer.status_code == 409
    for words in ("My words", "Their words", "Mine"):
        assert words in text_of(answer)
    figma.refresh_from_db()
    assert (figma.name, figma.notes, figma.names.get().name) == ("Figma", "Their words", "Figma")

    again = answer.context["form"]
    answer = alice_client.post(
        f"/companies/{figma.pk}/edit/", {n: again[n].value() or "" for n in again.fields}
    )
    figma.refresh_from_db()
    assert (figma.name, figma.notes) == ("Mine", "My words")


def test_a_deleted_company_takes_its_people_along_and_brings_them_back_by_undo(alice_client, alice, figma):
    figma.remember_alias("Figma Inc")
    PersonFactory(owner=alice, company=figma, connected_on="2026-11-02")

    asked = text_of(alice_client.get(f"/companies/{figma.pk}/deletion/"))
    page = text_of(alice_client.post(f"/companies/{figma.pk}/deletion/", follow=True))

    assert "1 person" in asked
    assert not Company.objects.exists()
    alice_client.post("/changes/" + page.split('action="/changes/')[1].split('"')[0])
    company = Company.objects.get()
    assert (company.name, company.aliases(), company.people_count, company.advocacy) == (
        "Figma",
        ["Figma Inc"],
        1,
        True,
    )
    assert Company.objects.owned_by(alice).known_as(["figma inc"])


def test_another_owners_company_is_not_found(bob_client, figma):
    for address in ("edit/", "deletion/"):
        assert bob_client.get(f"/companies/{figma.pk}/{address}").status_code == 404
        assert bob_client.post(f"/companies/{figma.pk}/{address}", {"name": "Mine"}).status_code == 404
    assert Company.objects.get().name == "Figma"


def test_other_methods_are_refused(alice_client, figma):
    assert alice_client.put(f"/companies/{figma.pk}/edit/").status_code == 405
    assert alice_client.delete(f"/companies/{figma.pk}/deletion/").status_code == 405


def test_the_number_of_queries_does_not_grow(alice_client, alice, figma, django_assert_num_queries):
    with django_assert_num_queries(5):
        alice_client.get(f"/companies/{figma.pk}/edit/")
    for n in range(10):
        CompanyFactory(owner=alice)
        figma.remember_alias(f"Figma {n}")
    with django_assert_num_queries(5):
        alice_client.get(f"/companies/{figma.pk}/edit/")

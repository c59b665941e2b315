"""A person is edited: every fact, their profile and e-mail, their zone, and where they work."""

import datetime as dt

import pytest

from contacts.models import Person, PersonKey
from netjob.models import Activity
from tests.factories import CompanyFactory, PersonFactory


@pytest.fixture
def notion(alice):
    return CompanyFactory(owner=alice, name="Notion")


@pytest.fixture
def priya(alice, notion):
    return PersonFactory(owner=alice, company=notion, name="Priya Raman", role="Analytics Lead")


def edit(client, person, **changes):
    facts = {
        "name": person.name, "role": person.role, "company": person.company_id or "", "kind": person.kind,
        "found_how": person.found_how, "version": Person.objects.get(pk=person.pk).version,
    }  # fmt: skip
    return client.post(f"/people/{person.pk}/edit/", facts | changes)


def test_the_form_shows_what_is_known(alice_client, priya):
    priya.set_profile("linkedin.com/in/ACoAABx linkedin.com/in/priya-raman")
    priya.set_email("p@a.example, p@b.example")

    page = alice_client.get(f"/people/{priya.pk}/edit/").content.decode()

    assert 'value="https://www.linkedin.com/in/priya-raman/ https://www.linkedin.com/in/ACoAABx/"' in page
    assert 'value="p@a.example p@b.example"' in page
    assert 'value="Analytics Lead"' in page


def test_every_fact_is_saved(alice_client, priya):
    answer = edit(
        alice_client, priya, name="Priya R. Raman", role="Head of Data", kind="manager", found_how="event",
        place="New York", prefers="phone", in_common="Teaching", degree="2", invited_me_on="2026-01-05",
        notes="Knows Jonas.", profile="https://uk.linkedin.com/in/Priya-Raman?trk=x",
        email="PRIYA@Notion.example",
    )  # fmt: skip

    assert answer.status_code == 302
    assert answer.url == f"/people/{priya.pk}/"
    priya = Person.objects.get(pk=priya.pk)
    assert (priya.name, priya.role, priya.kind, priya.found_how) == (
        "Priya R. Raman", "Head of Data", "manager", "event",
    )  # fmt: skip
    assert (priya.place, priya.prefers, priya.in_common, priya.degree) == ("New York", "phone", "Teaching", 2)
    assert (priya.invited_me_on, priya.notes) == (dt.date(2026, 1, 5), "Knows Jonas.")
    assert (priya.linkedin_url, priya.email) == (
        "https://www.linkedin.com/in/priya-raman/",
        "priya@notion.example",
    )
    assert priya.search_text == "priya r. raman head of data"


def test_profile_and_e_mail_are_taken_away_again(alice_client, priya):
    priya.set_profile("linkedin.com/in/priya-raman")
    priya.set_email("priya@notion.example")

    edit(alice_client, priya)

    assert not PersonKey.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("profile", "https://www.linkedin.com/in/jonas/", "Jonas Okafor (Notion) has that address already."),
        ("email", "Jonas@Notion.example", "Jonas Okafor (Notion) has that address already."),
        ("profile", "javascript:alert(1)", "is no link to a person’s profile on LinkedIn"),
        (
            "profile",
            "https://www.linkedin.com/company/notion",
            "is no link to a person’s profile on LinkedIn",
        ),
        (
            "profile",
            "https://www.linkedin.com.evil.test/in/x",
            "is no link to a person’s profile on LinkedIn",
        ),
        ("email", "priya at notion", "is no e-mail address"),
        ("name", "", "This field is required."),
        ("name", "P" * 10_000, "at most 255 characters (it has 10000)"),
        ("role", "a\x00b", "Null characters are not allowed."),
        ("notes", "n" * 20_001, "at most 20000 characters"),
        ("profile", "x" * 10_000, "at most 2000 characters"),
        ("time_zone", "Mars/Olympus", "Select a valid choice."),
        ("kind", "enemy", "Select a valid choice."),
        ("degree", "4", "Select a valid choice."),
        ("connected_on", "2999-01-01", "That day is still to come."),
        ("invited_me_on", "2999-01-01", "That day is still to come."),
        ("connected_on", "some day", "Enter a valid date."),
        ("degree", "1", "1st degree is connected: since when?"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field_and_nothing_typed_is_lost(
    alice_client, alice, notion, priya, field, value, sentence
):
    jonas = PersonFactory(owner=alice, company=notion, name="Jonas Okafor")
    jonas.set_profile("linkedin.com/in/jonas")
    jonas.set_email("jonas@notion.example")

    answer = edit(alice_client, priya, **{"in_common": "Typed with care", field: value})

    assert answer.status_code == 422
    form = answer.context["form"]
    where = "connected_on" if field == "degree" and value == "1" else field
    assert sentence in " ".join(form.errors[where])
    assert list(form.errors) == [where]
    assert "Typed with care" in answer.content.decode()
    priya.refresh_from_db()
    assert (priya.name, priya.in_common) == ("Priya Raman", "")
    assert jonas.keys.count() == 2


@pytest.mark.parametrize("name", ["عائشة الحسيني", "👩‍💻 Ada", "<b>Bold</b>", "O’Neil"])
def test_odd_names_are_names(alice_client, priya, name):
    assert edit(alice_client, priya, name=name).status_code == 302
    priya.refresh_from_db()
    assert priya.name == name


def test_the_zone_is_guessed_from_the_place_until_one_is_chosen(alice_client, priya):
    edit(alice_client, priya, place="Berlin, Germany")
    priya.refresh_from_db()
    assert (priya.time_zone, priya.time_zone_guessed) == ("Europe/Berlin", True)
    assert (
        "Now Europe/Berlin, guessed from the place."
        in alice_client.get(f"/people/{priya.pk}/edit/").content.decode()
    )

    edit(alice_client, priya, place="Dublin, Ireland")
    priya.refresh_from_db()
    assert (priya.time_zone, priya.time_zone_guessed) == ("Europe/Dublin", True)

    edit(alice_client, priya, place="Dublin, Ireland", time_zone="Asia/Tokyo")
    priya.refresh_from_db()
    assert (priya.time_zone, priya.time_zone_guessed) == ("Asia/Tokyo", False)

    edit(alice_client, priya, place="Somewhere")
    priya.refresh_from_db()
    assert (priya.time_zone, priya.time_zone_guessed) == ("", False)


def test_a_zone_by_an_unusual_name_stays_a_choice(alice_client, priya):
    Person.objects.filter(pk=priya.pk).update(time_zone="Etc/GMT+5")

    assert edit(alice_client, priya, time_zone="Etc/GMT+5").status_code == 302


def test_connected_by_hand_moves_the_stage_and_the_companys_figures(alice_client, notion, priya):
    edit(alice_client, priya, connected_on="2026-11-03")

    priya.refresh_from_db()
    notion.refresh_from_db()
    assert priya.stage == Person.Stage.CONNECTED
    assert (notion.stage, notion.advocacy, notion.connected_count) == (notion.Stage.CONNECTED, True, 1)

    edit(alice_client, priya, connected_on="")

    priya.refresh_from_db()
    notion.refresh_from_db()
    assert priya.stage == Person.Stage.FOUND
    assert (notion.stage, notion.advocacy, notion.connected_count) == (notion.Stage.PEOPLE, False, 0)


def test_a_move_to_another_company_is_history_of_all_three(alice_client, alice, notion, priya):
    figma = CompanyFactory(owner=alice, name="Figma")

    edit(alice_client, priya, company=figma.pk)

    notion.refresh_from_db()
    figma.refresh_from_db()
    assert (notion.people_count, figma.people_count) == (0, 1)
    hers = Activity.objects.get(person_uid=priya.uid)
    assert (hers.title, hers.text, hers.company_uid) == ("Moved to Figma", "From Notion", figma.uid)
    assert Activity.objects.get(company_uid=notion.uid).title == "Priya Raman moved to Figma"

    edit(alice_client, priya, company="")
    titles = list(Activity.objects.values_list("title", flat=True))
    assert "No longer there" in titles
    assert "Priya Raman is no longer here" in titles


def test_saving_without_a_move_writes_no_history(alice_client, priya):
    edit(alice_client, priya, role="Head of Data")

    assert not Activity.objects.exists()


def test_only_my_own_companies_are_offered(alice_client, alice, bob, priya):
    theirs = CompanyFactory(owner=bob, name="Initech")

    assert "Initech" not in alice_client.get(f"/people/{priya.pk}/edit/").content.decode()
    assert edit(alice_client, priya, company=theirs.pk).status_code == 422


def test_a_person_edited_in_another_window_is_a_conflict_with_both_texts(alice_client, priya):
    seen = priya.version
    priya.role = "Head of Data"
    priya.save()

    answer = edit(alice_client, priya, role="Data Lead", version=seen, profile="linkedin.com/in/priya")

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Head of Data" in page
    assert "Data Lead" in page
    assert "linkedin.com/in/priya" in page
    priya.refresh_from_db()
    assert priya.role == "Head of Data"
    assert not PersonKey.objects.exists()


def test_a_figure_that_moved_meanwhile_is_not_overwritten(priya):
    stale = Person.objects.get(pk=priya.pk)
    Person.objects.filter(pk=priya.pk).update(stage=Person.Stage.TALKED, last_contact_on=dt.date(2026, 11, 3))

    stale.role = "Head of Data"
    stale.save()

    stale.refresh_from_db()
    assert (stale.role, stale.stage, stale.last_contact_on) == ("Head of Data", 4, dt.date(2026, 11, 3))


def test_the_model_refuses_a_zone_that_does_not_exist(priya):
    priya.time_zone = "Mars/Olympus"

    with pytest.raises(Exception, match="no such time zone"):
        priya.full_clean()


def test_the_same_queries_whatever_the_number_of_companies(
    alice_client, alice, priya, django_assert_num_queries
):
    for _ in range(2):
        CompanyFactory.create_batch(10, owner=alice)
        with django_assert_num_queries(5):  # session, user, person with company, keys, companies
            alice_client.get(f"/people/{priya.pk}/edit/")


def test_another_owners_person_is_not_found(bob_client, priya):
    assert bob_client.get(f"/people/{priya.pk}/edit/").status_code == 404
    assert edit(bob_client, priya, name="Stolen").status_code == 404
    priya.refresh_from_db()
    assert priya.name == "Priya Raman"


def test_only_get_and_post(alice_client, priya):
    assert alice_client.put(f"/people/{priya.pk}/edit/").status_code == 405

"""Pasted lines are sorted before anything is saved: new, known, likely, unreadable, or said twice."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from contacts.adding import Paste
from contacts.models import Person, PersonKey
from contacts.profiles import read_people_lines
from tests.factories import CompanyFactory, PersonFactory

PRIYA = "linkedin.com/in/priya-raman"


@pytest.fixture
def notion(alice):
    return CompanyFactory(owner=alice, name="Notion")


@pytest.fixture
def priya(alice, notion):
    person = PersonFactory(owner=alice, company=notion, name="Priya Raman", role="Analytics Lead")
    person.set_profile(PRIYA)
    person.set_email("priya@notion.example")
    return person


def sort(company, *lines, completed=None):
    return Paste(company, read_people_lines("\n".join(lines)), completed=completed)


def asked(paste):
    return [entry.questions for entry in paste.entries]


def save(paste, today):
    return paste.save(on=today, kind="peer", found_how="search")


@pytest.mark.parametrize(
    ("line", "questions"),
    [
        ("Jonas Okafor, Data Analyst", []),
        (f"Jonas Okafor, Data Analyst, https://uk.{PRIYA}-2/", []),
        ("Jonas Okafor jonas@notion.example", []),
        # A name that only the link or the address tells is a guess.
        ("https://www.linkedin.com/in/jonas-okafor", ["name"]),
        ("jonas.okafor@notion.example", ["name"]),
        # An opaque link tells no name at all, and is no mistake.
        ("https://www.linkedin.com/in/ACoAABxyz_1", ["name"]),
        # Known by any key, in any form of it: nothing to ask.
        (f"https://de.{PRIYA}?trk=x", []),
        ("https://www.linkedin.com/in/Priya%2DRaman/details/experience/", []),
        ("PRIYA@notion.example", []),
        # The same or nearly the same name at the company may be her.
        ("Priya Raman", ["likely"]),
        ("Priya Raman, linkedin.com/in/priya-r", ["likely"]),
        ("linkedin.com/in/priya-ramann", ["name", "likely"]),
        ("P. Raman, Analyst", ["likely"]),
        ("Priya Rao, Analyst", []),
        # Not to be read
        ("linkedin.com/company/notion", ["unreadable"]),
        ("https://www.linkedin.com.evil.test/in/jonas", ["unreadable"]),
        ("javascript:alert(1)", ["unreadable"]),
        ("Jonas, not@an@address.example", ["unreadable"]),
        ("linkedin.com/in/a-b linkedin.com/in/c-d", ["unreadable"]),
        ("linkedin.com/in/ACoAABa linkedin.com/in/ACoAABb", ["unreadable"]),
        ("—", ["unreadable"]),
        ("A" * 300, ["unreadable"]),
    ],
)
def test_what_a_line_asks(notion, priya, line, questions):
    assert asked(sort(notion, line)) == [questions]


def test_the_two_keys_of_two_people_are_refused(alice, notion, priya):
    jonas = PersonFactory(owner=alice, company=notion, name="Jonas Okafor")
    jonas.set_email("jonas@notion.example")

    paste = sort(notion, f"Priya Raman, {PRIYA}, jonas@notion.example")

    assert asked(paste) == [["unreadable"]]
    assert (
        paste.entries[0].problem == "The link is Priya Raman’s, the e-mail address Jonas Okafor’s: keep one."
    )


@pytest.mark.parametrize(
    "lines",
    [
        (f"https://www.{PRIYA}/", f"https://fr.{PRIYA}?trk=a"),
        ("Ada Lovelace, CTO", "ada  LOVELACE, cto"),
        ("Ada Lovelace, CTO", "Ada Lovelace"),
        ("Ada Lovelace, CTO", "Ada Lovelace, linkedin.com/in/ada"),
        ("linkedin.com/in/ada-lovelace-1b2", "Ada Lovelace, CTO"),
        ("Ada Lovelace, ada@x.example", "A. Lovelace, ada@x.example"),
        # The third line says that the first two are one.
        (
            "Ada, linkedin.com/in/ada",
            "Lovelace, ada@x.example",
            "Ada Lovelace, linkedin.com/in/ada, ada@x.example",
        ),
    ],
)
def test_who_is_pasted_twice_is_one(notion, lines):
    paste = sort(notion, *lines)

    assert len(paste.entries) == 1
    assert paste.repeats == len(lines) - 1


def test_a_guessed_name_gives_way_to_a_written_one(notion):
    (entry,) = sort(notion, "linkedin.com/in/ada-lovelace-1b2", "Ada Lovelace, CTO").entries

    assert (entry.name, entry.role, entry.questions) == ("Ada Lovelace", "CTO", [])
    assert list(entry.keys) == [("linkedin", "ada-lovelace-1b2")]


def test_two_profiles_of_one_name_are_two_people(notion):
    paste = sort(notion, "Ada Lovelace, linkedin.com/in/ada-1", "Ada Lovelace, linkedin.com/in/ada-2")

    assert asked(paste) == [[], []]


def test_the_same_name_with_another_role_is_asked_about(notion):
    paste = sort(notion, "Ada Lovelace, CTO", "Ada Lovelace, Recruiter")

    assert asked(paste) == [[], ["likely"]]
    assert paste.entries[1].twin is paste.entries[0]


def test_two_lines_of_one_known_person_are_one(notion, priya, today):
    paste = sort(notion, PRIYA, "priya@notion.example")

    assert len(paste.entries) == 1
    assert save(paste, today).sentence(today).endswith("One line was a repeat.")


def test_somebody_of_the_same_name_is_proposed_unless_her_profile_is_another(alice, notion, priya):
    (plain,) = sort(notion, "priya raman").entries
    (another,) = sort(notion, "Priya Raman, linkedin.com/in/priya-r").entries
    (similar,) = sort(notion, "P. Raman").entries

    assert plain.is_surely == priya
    assert another.is_surely is None
    assert similar.is_surely is None


def test_a_completed_name_is_compared_too(notion, priya):
    paste = sort(notion, "linkedin.com/in/pr-77", completed={1: ("Priya Raman", "Analyst")})

    assert asked(paste) == [["name", "likely"]]
    assert (paste.entries[0].name, paste.entries[0].role) == ("Priya Raman", "Analyst")


def test_known_at_another_company_is_asked_about(alice, priya):
    figma = CompanyFactory(owner=alice, name="Figma")

    paste = sort(figma, PRIYA)

    assert asked(paste) == [["elsewhere"]]


def test_the_names_of_another_company_raise_no_question(alice, priya):
    figma = CompanyFactory(owner=alice, name="Figma")

    assert asked(sort(figma, "Priya Raman, Analyst")) == [[]]


def test_another_owners_people_are_nobody_here(bob, priya):
    company = CompanyFactory(owner=bob)

    assert asked(sort(company, f"Priya Raman, {PRIYA}")) == [[]]


def test_the_new_are_added_with_keys_history_and_figures(alice, notion, today):
    from netjob.models import Activity

    done = save(sort(notion, "Jonas Okafor, Data Analyst, linkedin.com/in/jonas", "Mei Tan"), today)

    assert done.sentence(today) == "2 people added."
    jonas = Person.objects.get(name="Jonas Okafor")
    assert (jonas.role, jonas.kind, jonas.found_how, jonas.company) == (
        "Data Analyst",
        "peer",
        "search",
        notion,
    )
    assert jonas.linkedin_url == "https://www.linkedin.com/in/jonas/"
    assert jonas.search_text == "jonas okafor data analyst"
    line = Activity.objects.get(person_uid=jonas.uid)
    assert (line.verb, line.happened_on, line.company_uid) == ("found", today, notion.uid)
    notion.refresh_from_db()
    assert (notion.people_count, notion.stage) == (2, notion.Stage.PEOPLE)


def test_the_known_are_completed_and_picked_up(alice, notion, priya, today):
    Person.objects.filter(pk=priya.pk).update(role="", picked_up=False, in_play=False)

    done = save(sort(notion, f"Priya Raman, Head of Data, {PRIYA}, priya@home.example"), today)

    priya.refresh_from_db()
    assert (priya.role, priya.picked_up, priya.in_play) == ("Head of Data", True, True)
    assert priya.emails == ["priya@notion.example", "priya@home.example"]
    assert priya.search_text == "priya raman head of data"
    assert done.sentence(today).startswith("Nobody new. Priya Raman is known already: found on ")


def test_a_role_that_is_known_is_not_overwritten(notion, priya, today):
    save(sort(notion, f"Priya Raman, Intern, {PRIYA}"), today)

    priya.refresh_from_db()
    assert priya.role == "Analytics Lead"


def test_somebody_known_without_a_company_works_here_now(alice, notion, priya, today):
    priya.move_to(None, on=today)

    done = save(sort(notion, PRIYA), today)

    priya.refresh_from_db()
    assert priya.company == notion
    assert done.sentence(today) == "Nobody new. Priya Raman works here now."


def test_who_moves_takes_the_figures_along(alice, notion, priya, today):
    figma = CompanyFactory(owner=alice, name="Figma")
    paste = sort(figma, PRIYA)
    paste.entries[0].moves = True

    done = save(paste, today)

    assert done.sentence(today) == "Nobody new. Priya Raman moved here from Notion."
    notion.refresh_from_db()
    figma.refresh_from_db()
    assert (notion.people_count, figma.people_count) == (0, 1)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (1, "Nobody new. P0 X is known already: found on "),
        (6, "2 more are known already."),
        (5, "1 more is known already."),
    ],
)
def test_a_few_of_the_known_are_named(alice, notion, today, known, said):
    for n in range(known):
        PersonFactory(owner=alice, company=notion, name=f"P{n} X").set_profile(f"linkedin.com/in/p-{n}")

    done = save(sort(notion, *(f"linkedin.com/in/p-{n}" for n in range(known))), today)

    assert said in done.sentence(today)


def test_added_in_another_window_meanwhile_saves_nothing(alice, notion, today):
    paste = sort(notion, "Mei Tan", "Ada Lovelace, linkedin.com/in/ada")
    Person.add(alice, "Ada L.", company=notion, profile="linkedin.com/in/ada", on=today)

    with pytest.raises(IntegrityError), transaction.atomic():
        save(paste, today)

    assert Person.objects.count() == 1
    assert PersonKey.objects.count() == 1


def test_the_year_is_said_when_it_is_another_one(alice, notion, priya):
    next_year = dt.date(2027, 2, 1)
    person = Person.objects.with_since().get(pk=priya.pk)
    person.since = dt.date(2026, 11, 3)

    assert person.standing(next_year) == "found on 3 November 2026"


def test_a_hundred_lines_take_as_many_queries_as_ten(alice, notion, today, django_assert_max_num_queries):
    for n in range(5):
        PersonFactory(owner=alice, company=notion, name=f"Known {n}").set_profile(
            f"linkedin.com/in/known-{n}"
        )
    links = [f"linkedin.com/in/known-{n}" for n in range(5)]

    for count in (10, 100):
        lines = [
            f"Somebody Unheard{n}of{count}, Analyst, linkedin.com/in/s-{count}-{n}" for n in range(count)
        ]
        with django_assert_max_num_queries(14):  # one of them, a lock, on PostgreSQL only
            done = save(sort(notion, *lines, *links), today)
        assert len(done.added) == count
        assert len(done.known) == 5

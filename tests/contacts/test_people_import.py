"""People out of files: who is the same, what they gain, what stays as it was typed."""

import datetime as dt
import time

import pytest

from companies.models import Company
from contacts.adding import Paste
from contacts.erasing import erase
from contacts.importing.recognising import Directory
from contacts.models import Person, PersonKey, Position, Tie
from contacts.person_rows import PersonRow
from contacts.profiles import read_people_lines
from netjob import figures, undo
from netjob.imports.remarks import NotReadable
from netjob.models import Activity, ImportBatch
from tests.exports import NOW, OLD_CONNECTION, bring, connections, export, fates, table, url
from tests.factories import CompanyFactory, PersonFactory
from tests.foreign_files import row_of, workbook

pytestmark = pytest.mark.django_db

ANA = ("Ana Silva", "Acme", "Analyst", "08 Feb 2026")
BEN = ("Ben Okoro", "Bolt", "Engineer", "09 Feb 2026")


def test_a_connection_is_known_connected_and_not_in_play(alice):
    batch = bring(alice, connections(ANA))
    ana = Person.objects.get()
    assert (ana.name, ana.role, ana.company.name) == ("Ana Silva", "Analyst", "Acme")
    assert (ana.found_how, ana.connected_on, ana.stage) == (
        "known",
        dt.date(2026, 2, 8),
        Person.Stage.CONNECTED,
    )
    assert not ana.in_play
    assert ana.linkedin_url == url("Ana Silva") + "/"
    assert fates(batch) == (1, 0, 0, 0)


def test_an_unknown_employer_becomes_a_suggestion_and_a_known_one_is_found_by_its_alias(alice):
    figma = CompanyFactory(owner=alice, name="Figma")
    figma.remember_alias("Figma Design")
    bring(alice, connections(ANA, ("Eva Roth", "figma  DESIGN", "", "01 Mar 2026"), ("Jo Lee", "", "", "")))
    assert Person.objects.get(name="Eva Roth").company == figma
    assert Person.objects.get(name="Jo Lee").company is None
    acme = Company.objects.get(name="Acme")
    assert (acme.state, acme.found_how, acme.people_count) == ("suggested", "people_i_know", 1)
    assert Company.objects.count() == 2


def test_importing_again_creates_nothing(alice):
    content = connections(
        ANA, BEN, ("No Link", "Acme", "", "", {"link": ""}), ("Lone Wolf", "", "", "", {"link": ""})
    )
    bring(alice, content)
    before = [(model, model.objects.count()) for model in (Person, PersonKey, Company, Position)]
    again = bring(alice, content)
    assert fates(again) == (0, 4, 0, 0)
    assert again.counts["updates"] == 0
    assert [(model, model.objects.count()) for model, _count in before] == before


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        ([ANA, ANA], 1),
        ([ANA, ("A. Silva", "", "", "", {"link": url("Ana Silva") + "?trk=x"})], 1),
        (
            [
                (*ANA, {"link": "", "email": "a@x.org"}),
                ("Ana S", "", "", "", {"link": "", "email": "A@X.org"}),
            ],
            1,
        ),
        ([(*ANA, {"link": ""}), (*ANA, {"link": ""})], 1),
        ([ANA, (*ANA[:3], "01 Mar 2020", {"link": "linkedin.com/in/other-ana"})], 2),
        ([(*ANA, {"link": ""}), ("Ana Silva", "Bolt", "", "", {"link": ""})], 2),
        ([(*ANA, {"link": ""}), ANA], 1),
        ([(*ANA, {"link": ""}), (*ANA[:3], "01 Mar 2020")], 2),
        ([(*ANA, {"email": "us@x.org"}), (*BEN, {"email": "us@x.org"})], 2),
        ([(*ANA, {"email": "a@x.org"}), (*ANA, {"email": "a@x.org", "link": "linkedin.com/in/ana-s"})], 1),
    ],
    ids=[
        "same",
        "profile",
        "e-mail",
        "name and company",
        "namesakes",
        "elsewhere",
        "older export",
        "another day",
        "mailbox",
        "new address of a profile",
    ],
)
def test_who_is_the_same(alice, rows, people):
    batch = bring(alice, connections(*rows))
    assert Person.objects.count() == people
    assert fates(batch) == (people, 2 - people, 0, 0)


def test_two_at_one_mailbox_are_proposed_as_one_and_stay_two(alice):
    bring(alice, connections((*ANA, {"email": "us@x.org"})))
    both = connections((*BEN, {"email": "us@x.org"}))

    [row] = bring(alice, both).rows.all()

    assert (row.meaning, row.match) == (
        "similar", "Somebody else has that e-mail address, with a profile of their own.",
    )  # fmt: skip
    assert PersonKey.objects.get(kind="email").person.name == "Ana Silva"
    assert fates(bring(alice, both)) == (0, 1, 0, 0), "and once more it creates nothing"


def test_a_row_with_a_profile_finds_whom_an_older_export_made_without_one(alice):
    bring(alice, table(OLD_CONNECTION, ("Ana", "Silva", "", "Acme", "Analyst", "08 Feb 2026")))
    bring(alice, connections(ANA))
    assert Person.objects.get().linkedin_url == url("Ana Silva") + "/"


def test_that_older_export_again_creates_nobody_and_moves_nobody_back(alice):
    older = connections(("Ana Silva", "Old", "", "08 Feb 2020", {"link": ""}))
    for content in (older, connections(("Ana Silva", "Acme", "", "08 Feb 2020")), older):
        batch = bring(alice, content)

    assert Person.objects.get().company.name == "Acme"
    assert fates(batch) == (0, 1, 0, 0)
    assert "the file says Old" in batch.rows.get().match


def test_two_of_a_name_and_a_day_in_one_file_are_two(alice):
    content = connections(ANA, (*ANA, {"link": ""}))

    assert fates(bring(alice, content)) == (2, 0, 0, 0)
    assert fates(bring(alice, content)) == (0, 2, 0, 0)


def test_thousands_of_one_name_are_told_apart_in_no_time(alice):
    directory, began = Directory(alice), time.process_time()
    for number in range(3000):
        person = PersonRow("", number, "Ana Silva", company=f"Company {number}")
        assert directory.find(person).same is None
        directory.enter(person, f"row-{number}", is_new=True)

    assert time.process_time() - began < 3


def test_a_namesake_is_proposed_and_never_merged_by_itself(alice):
    known = PersonFactory(owner=alice, name="Ana Silva", company=CompanyFactory(owner=alice, name="Acme"))
    batch = bring(alice, connections(ANA))
    row = batch.rows.get()
    assert row.meaning == "similar"
    assert row.choices[0][0] == f"person-{known.pk}"
    assert Person.objects.count() == 2


def test_a_namesake_is_taken_for_the_same_where_its_owner_says_so(alice):
    known = PersonFactory(owner=alice, name="Ana Silva", company=None, role="", connected_on=None)
    bring(alice, connections(ANA), choose={"Ana Silva": f"person-{known.pk}"})
    known.refresh_from_db()
    assert (known.company.name, known.role, known.connected_on) == ("Acme", "Analyst", dt.date(2026, 2, 8))
    assert Person.objects.count() == 1


def test_what_was_typed_stays_and_only_what_lacks_is_filled(alice):
    ana = PersonFactory(
        owner=alice,
        name="Ana",
        role="Lead",
        company=CompanyFactory(owner=alice, name="Mine"),
        connected_on=None,
    )
    ana.set_profile(url("Ana Silva"))
    batch = bring(alice, connections((*ANA, {"email": "ana@x.org"})))
    ana.refresh_from_db()
    assert (ana.name, ana.role, ana.company.name) == ("Ana", "Lead", "Mine")
    assert (ana.connected_on, ana.email) == (dt.date(2026, 2, 8), "ana@x.org")
    row = batch.rows.get()
    assert (row.outcome, batch.counts["updates"]) == ("merged", 1)
    assert [f"person-{ana.pk}", f"moves-{ana.pk}"] == [value for value, _label in row.choices]


def test_somebody_erased_is_not_brought_back(alice):
    bring(alice, connections(ANA))
    erase(Person.objects.get())
    batch = bring(alice, connections(ANA, BEN))
    assert [person.name for person in Person.objects.all()] == ["Ben Okoro"]
    assert fates(batch) == (1, 0, 1, 0)
    assert "erased" in batch.rows.get(outcome="skipped").reason


def test_do_not_contact_stays(alice):
    bring(alice, connections(ANA))
    Person.objects.get().refuse_contact(on=NOW.date())
    bring(alice, connections((*ANA, {"email": "ana@x.org"})))
    ana = Person.objects.get()
    assert ana.do_not_contact_on
    assert ana.email == "ana@x.org"


# Again, three months later


SEPTEMBER = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)


def test_the_next_export_is_a_difference(alice):
    CompanyFactory(owner=alice, name="Target", state="target")
    bring(alice, connections(ANA, BEN, ("Cy Young", "Acme", "", "01 Jan 2020")), now=SEPTEMBER)
    batch = bring(
        alice,
        connections(
            ("Ana Silva", "Target", "Lead", "08 Feb 2026"), BEN, ("Dee Fox", "Bolt", "", "01 Oct 2026")
        ),
    )
    ana = Person.objects.get(name="Ana Silva")
    assert (ana.company.name, ana.role) == ("Target", "Lead")
    job = Position.objects.get()
    assert (job.person, job.employer, job.title) == (ana, "Acme", "Analyst")
    assert job.last_seen_on == dt.date(2026, 9, 1)
    assert Activity.objects.get(person_uid=ana.uid).title == "Ana Silva now works at your target Target"
    assert batch.counts["more"] | {"new_connections": 1, "gone": 1, "moved": 1} == batch.counts["more"]
    for told in (
        "1 new connection: Dee Fox",
        "Ana Silva now works at your target Target",
        "stays here: Cy Young",
    ):
        assert told in batch.message
    assert Person.objects.filter(name="Cy Young").exists()
    assert fates(batch) == (1, 2, 0, 0)


def test_a_move_that_i_made_myself_is_not_taken_back(alice):
    bring(alice, connections(ANA), now=SEPTEMBER)
    ana = Person.objects.get()
    ana.move_to(CompanyFactory(owner=alice, name="Mine"), on=SEPTEMBER.date())
    bring(alice, connections(ANA))
    ana.refresh_from_db()
    assert ana.company.name == "Mine"
    batch = bring(alice, connections(("Ana Silva", "Bolt", "Lead", "08 Feb 2026")))
    ana.refresh_from_db()
    assert ana.company.name == "Mine"
    assert "Bolt" in batch.rows.get().match


def test_a_proposed_move_is_made_where_its_owner_says_so(alice):
    ana = PersonFactory(owner=alice, name="Ana Silva", company=CompanyFactory(owner=alice, name="Mine"))
    ana.set_profile(url("Ana Silva"))
    bring(alice, connections(ANA), choose={"Ana Silva": f"moves-{ana.pk}"})
    ana.refresh_from_db()
    assert ana.company.name == "Acme"


def test_another_title_is_noted(alice):
    bring(alice, connections(ANA), now=SEPTEMBER)
    bring(alice, connections(("Ana Silva", "Acme", "Head of Data", "08 Feb 2026")))
    assert Person.objects.get().role == "Head of Data"
    assert str(Position.objects.get()) == "Analyst at Acme"


def test_only_what_is_other_is_said_of_a_new_title(alice):
    bring(alice, connections(ANA), now=SEPTEMBER)
    batch = bring(alice, connections(("Ana Silva", "Acme", "Head of Data", "08 Feb 2026")))
    assert batch.rows.get().detail == "Now with: role."


def test_a_job_change_that_was_taken_back_is_found_again(alice):
    moved = connections(("Ana Silva", "Bolt", "Lead", "08 Feb 2026"), ("Dee Fox", "Bolt", "", "01 Oct 2026"))
    bring(alice, connections(ANA), now=SEPTEMBER)
    first = bring(alice, moved, now=SEPTEMBER + dt.timedelta(days=1))
    bring(alice, moved, now=SEPTEMBER + dt.timedelta(days=2))
    undo.undo(alice, first.act, now=SEPTEMBER + dt.timedelta(days=3))
    assert Person.objects.get(name="Ana Silva").company.name == "Acme"

    again = bring(alice, moved)

    assert Person.objects.get(name="Ana Silva").company.name == "Bolt"
    assert again.counts["more"] | {"new_connections": 1, "moved": 1, "gone": 0} == again.counts["more"]


def test_somebody_who_stands_twice_in_a_file_changes_no_job_when_it_comes_again(alice):
    content = connections(ANA, ("Ana Silva", "Bolt", "Lead", ""), ("Ana Silva", "Acme", "Boss", ""))
    bring(alice, content)

    again = bring(alice, content)

    assert (Person.objects.get().company.name, Person.objects.get().role) == ("Acme", "Analyst")
    assert again.counts["companies"] == again.counts["updates"] == 0


# The other files


def test_the_owners_own_jobs_and_schools_tie_them_to_people(alice):
    content = export(
        Connections=connections(ANA, BEN, ("Uma Rao", "University of Leeds", "Lecturer", "01 Jan 2020")),
        Positions=table(
            ("Company Name", "Title", "Description", "Location", "Started On", "Finished On"),
            ("ACME", "Dev", "", "", "Jan 2019", "Feb 2021"),
        ),
        Education=table(
            ("School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"),
            ("University of Leeds", "2010", "2014", "", "BSc", ""),
        ),
    )
    batch = bring(alice, content, "export.zip")
    ties = {(tie.person.name, tie.kind, tie.text) for tie in Tie.objects.all()}
    assert ties == {("Ana Silva", "colleague", "ACME"), ("Uma Rao", "alumni", "University of Leeds")}
    assert fates(batch) == (3, 0, 0, 0)
    bring(alice, content, "export.zip")
    assert Tie.objects.count() == 2


WORKED_AT_ACME = table(("Company Name", "Title", "Started On"), ("ACME", "Dev", "Jan 2019"))


def test_who_comes_later_is_tied_by_what_an_earlier_import_told(alice):
    earlier = bring(alice, export(Connections=connections(BEN), Positions=WORKED_AT_ACME), "export.zip")
    assert not Tie.objects.exists()

    bring(alice, connections(BEN, ANA))
    assert [tie.person.name for tie in Tie.objects.all()] == ["Ana Silva"]

    acme = Company.objects.get(name="Acme")
    Person.add(alice, "Cy Young", on=NOW.date(), company=acme)
    Person.add(alice, "Dee Fox", on=NOW.date(), company=Company.objects.exclude(pk=acme.pk).first())
    Paste(acme, read_people_lines("Eva Roth, Lead")).save(on=NOW.date(), kind="peer", found_how="search")
    assert set(Tie.objects.values_list("person__name", "kind")) == {
        ("Ana Silva", "colleague"), ("Cy Young", "colleague"), ("Eva Roth", "colleague"),
    }  # fmt: skip
    assert not [*figures.wrong(Person.objects.all())]

    undo.undo(alice, earlier.act, now=NOW)
    Person.add(alice, "Flo Gray", on=NOW.date(), company=acme)
    assert Tie.objects.count() == 3, "what was taken back tells nothing"


def test_a_tie_that_was_taken_off_stays_off(alice):
    bring(alice, export(Connections=connections(ANA), Positions=WORKED_AT_ACME), "export.zip")
    Tie.objects.all().delete()

    bring(alice, connections(ANA))

    assert not Tie.objects.exists()


def test_the_owners_own_jobs_do_by_themselves(alice):
    bring(alice, connections(ANA, BEN))
    batch = bring(
        alice, table(("Company Name", "Title", "Started On"), ("Acme", "Intern", "2019")), "Positions.csv"
    )
    assert [(tie.person.name, tie.text) for tie in Tie.objects.all()] == [("Ana Silva", "Acme")]
    assert fates(batch) == (0, 0, 0, 0)
    assert "1 worked where you did" in batch.message


def test_the_owners_profile_alone_is_refused_with_what_it_is_for(alice):
    with pytest.raises(NotReadable, match=r"does nothing by itself.* Bring both"):
        bring(
            alice,
            table(("First Name", "Last Name", "Headline", "Summary"), ("Ada", "Seeker", "", "")),
            "Profile.csv",
        )


def test_every_sheet_of_people_is_read_and_others_are_named(alice):
    header = row_of("Name", "Company", "Role")
    book = workbook(
        row_of("How to use this") + row_of("Be kind"),
        header + row_of("Ana Silva", "Acme", "Analyst"),
        header + row_of("Ben Okoro", "Bolt") + row_of("Ana Silva", "Acme") + row_of("", "Bolt"),
    )
    batch = bring(alice, book, "people.xlsx")
    assert fates(batch) == (2, 1, 1, 0)
    assert set(batch.rows.values_list("file", "number", "title")) == {
        ("people.xlsx (S2)", 2, "Ana Silva"),
        ("people.xlsx (S3)", 2, "Ben Okoro"),
        ("people.xlsx (S3)", 3, "Ana Silva"),
        ("people.xlsx (S3)", 4, "Bolt"),
    }
    assert any("S1 (2 rows)" in remark for remark in batch.remarks)


def test_a_hidden_sheet_is_read_only_where_there_is_no_other(alice):
    sheets = [row_of("Name", "Company") + row_of(name, "Acme") for name in ("Ana Silva", "Ben Okoro")]
    batch = bring(alice, workbook(*sheets, hidden=(2,)), "people.xlsx")
    assert [person.name for person in Person.objects.all()] == ["Ana Silva"]
    assert batch.remarks == ["people.xlsx: sheets that are left out, for they are hidden: S2 (2 rows)."]

    assert fates(bring(alice, workbook(*sheets, hidden=(1, 2)), "people.xlsx")) == (1, 1, 0, 0)


def test_followed_companies_become_suggestions(alice):
    CompanyFactory(owner=alice, name="Figma", state="target")
    content = table(("Organization", "Followed On"), ("Figma", "x"), ("Linear", "x"), ("linear", "x"))
    batch = bring(alice, content, "Company Follows.csv")
    assert fates(batch) == (1, 2, 0, 0)
    assert Company.objects.get(name="Linear").state == "suggested"


def test_notes_go_to_the_history_once(alice):
    bring(alice, connections(ANA))
    heads = ("Connection First Name", "Connection Last Name", "Connection Profile URL", "Note", "Created On")
    content = table(heads, ("Ana", "Silva", url("Ana Silva"), "Met at PyCon", "2026-03-01"))
    bring(alice, content, "Notes.csv")
    bring(alice, content, "Notes.csv")
    note = Activity.objects.get(verb="noted")
    assert (note.text, note.person_uid) == ("Met at PyCon", Person.objects.get().uid)


def test_cards_become_people(alice):
    said = ("VERSION:4.0", "FN:Ana Silva", "EMAIL:ana@x.org", "ORG:Acme", "NOTE:By the sea")
    card = "\r\n".join(["BEGIN:VCARD", *said, "END:VCARD", ""])
    batch = bring(alice, (card + card).encode(), "friends.vcf")
    assert fates(batch) == (1, 1, 0, 0)
    ana = Person.objects.get()
    assert (ana.email, ana.company.name, ana.notes, ana.in_play) == ("ana@x.org", "Acme", "By the sea", False)


# Undo


def test_the_whole_of_it_is_undone(alice):
    PersonFactory(owner=alice, name="Kept", role="", company=None)
    Person.objects.get().set_profile(url("Ben Okoro"))
    batch = bring(alice, connections(ANA, BEN))
    done = undo.undo(alice, batch.act, now=NOW)
    assert done.left == []
    kept = Person.objects.get()
    assert (kept.name, kept.role, kept.company, kept.connected_on) == ("Kept", "", None, None)
    assert not Company.objects.exists()
    assert not PersonKey.objects.exclude(person=kept).exists()
    assert ImportBatch.objects.get().state == "undone"


def test_an_undo_leaves_whom_somebody_worked_on(alice):
    batch = bring(alice, connections(ANA, BEN))
    ana = Person.objects.get(name="Ana Silva")
    ana.notes = "A friend"
    ana.save()
    done = undo.undo(alice, batch.act, now=NOW)
    assert [person.name for person in Person.objects.all()] == ["Ana Silva"]
    assert any("Ana Silva" in left for left in done.left)
    assert [company.name for company in Company.objects.all()] == ["Acme"]


def test_the_number_of_queries_does_not_grow_with_the_rows(alice, django_assert_max_num_queries):
    few = connections(*((f"Ana Number{n}", f"Firm {n}", "Dev", "08 Feb 2026") for n in range(5)))
    many = connections(*((f"Eva Number{n}", f"Shop {n}", "Dev", "08 Feb 2026") for n in range(90)))
    with django_assert_max_num_queries(70) as counted:
        bring(alice, few)
    with django_assert_max_num_queries(len(counted) + 4):
        bring(alice, many)

"""The search: everything of one's own in which every word stands, the best first, and nothing of another's."""

import datetime as dt
import unicodedata
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies import adding as company_adding
from companies import pasting
from companies.models import Company
from contacts.adding import Paste
from contacts.models import Person
from contacts.profiles import read_people_lines
from netjob import search, search_index, undo
from netjob.models import Activity
from outreach.models import Conversation, ConversationQuestion, Insight, Message
from tests import factories as make
from tests.netjob.test_undo import NOW
from tests.test_ownership import everything_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="an index of our own, by triggers")


def found(owner, text, **more):
    """What is found, by kind: the titles."""
    groups = search.find(owner, text, today=TODAY, **more).groups
    return {group.kind: [hit.title for hit in group.hits] for group in groups}


def people(owner, text):
    return found(owner, text).get("people", [])


def differences():
    out = StringIO()
    try:
        call_command("search_index", check=True, stdout=out)
    except CommandError:
        return out.getvalue().splitlines()
    return []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Żaneta Łukaszewicz", "zaneta lukasz"),
        ("Zaneta Lukaszewicz", "ŻANETA"),
        ("Jürgen Groß", "gross"),
        ("Jürgen Gross", "GROẞ"),
        ("İbrahim Işık", "ibrahim isik"),
        ("Ibrahim Isik", "İBRAHİM"),
        (unicodedata.normalize("NFD", "Zoë Müller"), unicodedata.normalize("NFC", "zoë müller")),
        (unicodedata.normalize("NFC", "Zoë Müller"), unicodedata.normalize("NFD", "zoë müller")),
        ("王伟", "王"),
        ("王伟", "伟"),
        ("東京太郎", "東京"),
        ("東京太郎", "京太"),
        ("東京太郎", "郎"),
        ("สมชาย ไทยแท้", "ไทย"),
        ("สมชาย ไทยแท้", "ชาย"),
        ("김철수", "철수"),
        ("ﾔﾏﾀﾞ タロウ", "ヤマダ"),
        ("Мария Иванова", "мар"),
        ("Мария Иванова", "ив"),
        ("محمد علي", "عل"),
        ("प्रिया रमन", "प्रि"),
        ("Jo Ng", "ng"),
        ("Jo Ng", "j n"),
        ("Siobhán O’Brien-Smith", "o'brien"),
        ("Siobhan O`Brien", "o'brien"),
        ("Siobhán O’Brien-Smith", "br"),
        ("Siobhán O’Brien-Smith", "smi"),
        ("Siobhán O’Brien-Smith", "rien-sm"),
        ("Priya Raman", "aman"),
        ("Priya Raman", "raman priya"),
        ("C++ Guru", "c++"),
        ("AT&T Person", "at&t"),
        ("Cher", "c"),
    ],
)
def test_a_name_is_found_whatever_its_script_case_and_accents(alice, name, typed):
    make.PersonFactory(owner=alice, name=name, role="", company=None)
    make.PersonFactory(owner=alice, name="Xxxxx Qqqqq", role="", company=None)

    assert people(alice, typed) == [name]


@pytest.mark.parametrize("typed", ["riya", "priya lead notion", "y", "iy", "raman x", "プ"])
def test_every_word_has_to_stand_there_and_short_ones_begin_a_word(alice, typed):
    company = make.CompanyFactory(owner=alice, name="Figma")
    make.PersonFactory(owner=alice, name="Priya Raman", role="Analytics Lead", company=company)

    assert people(alice, typed) == (["Priya Raman"] if typed == "riya" else [])


def test_people_are_found_by_role_and_company_too(alice):
    notion = make.CompanyFactory(owner=alice, name="Notion Labs")
    make.PersonFactory(owner=alice, name="Priya Raman", role="Analytics Lead", company=notion)
    make.PersonFactory(owner=alice, name="Priya Shah", role="Designer")

    assert people(alice, "priya notion") == ["Priya Raman"]
    assert people(alice, "no la analytics") == ["Priya Raman"]
    assert found(alice, "notion") == {"companies": ["Notion Labs"], "people": ["Priya Raman"]}


def test_a_name_that_begins_so_comes_first_then_a_word_of_it_then_the_rest(alice):
    names = ["Joanna Bell", "Lee Anna", "Anna Lee", "Hannah Fry"]
    for name in names:
        make.PersonFactory(owner=alice, name=name, role="", company=None)
    make.PersonFactory(owner=alice, name="Bo Xi", role="", notes="Anna knows him")

    assert people(alice, "anna") == ["Anna Lee", "Lee Anna", "Hannah Fry", "Joanna Bell", "Bo Xi"]


def test_of_two_alike_the_one_in_play_comes_first(alice):
    make.PersonFactory(owner=alice, name="Anna A", role="")
    make.PersonFactory(owner=alice, name="Anna B", role="", picked_up=False)

    assert people(alice, "anna") == ["Anna A", "Anna B"]


def test_a_company_is_found_by_its_other_names_and_what_it_does(alice):
    company = make.CompanyFactory(owner=alice, name="Meta", industry="Social media", place="Zürich")
    company.remember_alias("Facebook")

    for typed in ("facebook", "meta", "social", "zurich", "fa me"):
        assert found(alice, typed) == {"companies": ["Meta"]}


def test_notes_insights_messages_and_what_was_said_are_found_with_the_place_marked(alice):
    figma = make.CompanyFactory(owner=alice, name="Figma")
    jonas = make.PersonFactory(owner=alice, name="Jonas Okafor", company=figma)
    Activity.note(
        alice, "Loves the  PORTFÓLIO, and tea", on=dt.date(2026, 11, 3), company=figma, person=jonas
    )
    Activity.note(alice, "The portfolio counts", on=dt.date(2026, 11, 4), company=figma)
    make.InsightFactory(owner=alice, company=figma, person=jonas, text="A portfolio round comes second")
    make.MessageFactory(owner=alice, person=jonas, text="May I send my portfolio?")
    talk = make.ConversationFactory(owner=alice, person=jonas, notes="Portfolio: three pieces")
    asked = talk.ask_also("What counts?", aim="role")
    asked.answer = "The portfolio."
    asked.save()

    assert found(alice, "portfolio") == {
        "notes": ["Note about Figma", "Note about Jonas Okafor"],
        "insights": ["Insight about Figma"],
        "messages": ["First message to Jonas Okafor"],
        "conversations": ["Conversation with Jonas Okafor"] * 2,
    }
    note = search.find(alice, "portfolio loves", today=TODAY).groups[0].hits[0]
    assert [piece.text for piece in note.excerpt if piece.hit] == ["Loves", "PORTFÓLIO"]
    assert "".join(piece.text for piece in note.excerpt) == "Loves the PORTFÓLIO, and tea"
    assert (note.day, note.url) == (dt.date(2026, 11, 3), f"{jonas.get_absolute_url()}#history")


def test_what_the_verbs_wrote_into_the_history_is_no_note(alice):
    Person.add(alice, "Jonas Okafor", on=TODAY)

    assert found(alice, "search") == {}


def test_a_note_on_somebody_who_is_gone_is_not_shown(alice):
    person = make.PersonFactory(owner=alice, company=None)
    Activity.note(alice, "Portfolio", on=TODAY, person=person)
    person.delete()

    assert found(alice, "portfolio") == {}


def test_nobody_finds_what_is_anothers(alice, bob):
    everything_of(alice, "Secret")
    make.PersonFactory(owner=bob, name="Secret Bob")

    assert found(bob, "secret") == {"people": ["Secret Bob"]}
    assert set(found(alice, "secret")) == {
        "companies",
        "openings",
        "people",
        "notes",
        "insights",
        "messages",
        "conversations",
        "events",
    }


def test_an_event_is_found_with_its_day_and_place(alice):
    make.EventFactory(
        owner=alice, name="Data meetup", day=dt.date(2026, 12, 1), place="Dublin", notes="Bring cards"
    )

    for words in ("data mee", "dublin", "cards"):
        [hit] = search.find(alice, words, today=TODAY, kinds=["events"]).groups[0].hits
        assert (hit.title, hit.where) == ("Data meetup", "Event · 1 December 2026 · Dublin")


def test_a_limit_is_kept_and_said(alice):
    for number in range(7):
        make.PersonFactory(owner=alice, name=f"Anna {number}")

    group = search.find(alice, "anna", today=TODAY, limit=5).groups[0]

    assert (len(group.hits), group.has_more) == (5, True)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "\x00", "\ud800", '"', '""', "*", "(", ")", "NEAR(a b)", "a:b", "-a", "^a", "a AND b", "NOT",
     "%", "_", "\\", "'", ";", "haystack : x", "{haystack}", "a" * 5_000, "a b c d e f g h i j k l m", "\x01\x02\x03",
     "😀", "👨‍👩‍👧", "\u202e", "a\x00b", "＂", "“x”"],
)  # fmt: skip
def test_odd_searches_are_text_and_no_operators(alice, typed):
    make.PersonFactory(owner=alice, name="Priya Raman", role="Lead")

    assert people(alice, typed) == []


def test_signs_are_looked_for_as_they_are(alice):
    make.PersonFactory(owner=alice, name='100%_sure "Bob" (x)', role="")

    for typed in ("100%", "100%_s", '"bob"', "(x)", "%_sure", "bob"):
        assert people(alice, typed) == ['100%_sure "Bob" (x)'], typed
    assert people(alice, "100_") == []


def test_a_long_search_is_cut(alice):
    assert len(search.find(alice, "ab " * 200, today=TODAY).text) <= search.LONGEST
    words = search.find(alice, " ".join(f"w{n}" for n in range(30)), today=TODAY).words
    assert len(words) == search.MOST_WORDS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.text(max_size=120),
    name=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
)
def test_any_text_gives_an_answer_and_any_word_of_a_name_finds_it(alice, typed, name):
    search.find(alice, typed, today=TODAY)
    words = search.words_of(name, most=search.MOST_WORDS)
    if not words or len(" ".join(name.split())) > search.LONGEST or len(words) < len(name.split()):
        return
    with transaction.atomic():
        person = make.PersonFactory(owner=alice, name=name, role="", company=None)
        hits = search.find(alice, name, today=TODAY, limit=40).groups
        shown = [hit.pk for group in hits for hit in group.hits]
        person.delete()
    assert person.pk or shown is not None
    assert len(shown) == 1


# The index follows every way in which a row comes, changes and goes.


def test_the_index_follows_all_verbs(alice):
    everything_of(alice)
    assert differences() == []
    company = Company.add(alice, "Figma", on=TODAY)
    sorting = company_adding.sort(alice, pasting.read_lines("Notion\nStripe, stripe.com\nLinear"))
    company_adding.add(alice, sorting, on=TODAY)
    lines = read_people_lines("Priya Raman, Lead\nlinkedin.com/in/jonas-okafor Jonas Okafor")
    Paste(company, lines).save(on=TODAY, kind="peer", found_how="search")
    Paste(company, read_people_lines("Priya Raman, Lead, linkedin.com/in/priya")).save(
        on=TODAY, kind="peer", found_how="search"
    )
    assert differences() == []
    assert people(alice, "priya figma")

    company.rename("Diagram")
    company.save()
    company.remember_alias("Figma Inc")
    assert people(alice, "priya diagram") == people(alice, "priya")
    assert people(alice, "priya figma") == []
    assert differences() == []

    priya = Person.objects.filter(name="Priya Raman").first()
    priya.move_to(Company.objects.get(name="Notion"), on=TODAY)
    priya.refuse_contact(on=TODAY)
    talk = Conversation.already_held(priya, on=TODAY, mode="video", notes="Good")
    talk.questions.update(answer="Yes, the portfolio")
    Message.receive(priya, at=NOW, text="Gladly")
    assert people(alice, "priya notion") == ["Priya Raman"]
    assert found(alice, "portfolio")["conversations"]
    assert differences() == []


def test_rows_written_in_sets_are_found_at_once(alice):
    company = make.CompanyFactory(owner=alice, name="Figma")
    Person.objects.bulk_create(Person(owner=alice, company=company, name=f"Anna {n}") for n in range(3))
    assert len(people(alice, "anna figma")) == 3

    rows = list(Person.objects.order_by("pk"))
    for row in rows:
        row.role = "Architect"
    Person.objects.bulk_update(rows, ["role"])
    assert len(people(alice, "anna archi")) == 3

    Person.objects.update(name="Bella")
    assert (len(people(alice, "bella archi")), people(alice, "anna")) == (3, [])

    Company.objects.update(name="Sketch")
    assert len(people(alice, "bella sketch")) == 3
    Insight.objects.update(text="x")
    ConversationQuestion.objects.update(answer="x")
    Person.objects.update(company=None)
    assert people(alice, "sketch") == []
    assert differences() == []


def test_undo_brings_rows_back_into_the_search(alice):
    company = make.CompanyFactory(owner=alice, name="Figma")
    person = make.PersonFactory(owner=alice, name="Jonas Okafor", company=company)
    Activity.note(alice, "Portfolio", on=TODAY, person=person)

    act = undo.delete([company], sentence="Deleted")
    assert found(alice, "jonas") == {}
    assert differences() == []
    undo.undo(alice, act, now=NOW)

    assert people(alice, "jonas figma") == ["Jonas Okafor"]
    assert differences() == []


def test_undo_of_a_person_knows_their_company_by_its_name_of_today(alice):
    company = make.CompanyFactory(owner=alice, name="Figma")
    person = make.PersonFactory(owner=alice, name="Jonas Okafor", company=company)
    act = undo.delete([person], sentence="Deleted")
    company.rename("Diagram")
    company.save()

    undo.undo(alice, act, now=NOW)

    assert people(alice, "jonas diagram") == ["Jonas Okafor"]


def test_a_bulk_change_and_its_undo_are_found(alice):
    company = make.CompanyFactory(owner=alice, place="Berlin")

    act = undo.change([company], sentence="Moved", place="Dublin")
    assert (len(found(alice, "dublin")), len(found(alice, "berlin"))) == (1, 0)
    undo.undo(alice, act, now=NOW)

    assert (len(found(alice, "dublin")), len(found(alice, "berlin"))) == (0, 1)


def test_what_fails_leaves_nothing_behind(alice):
    with transaction.atomic():
        make.PersonFactory(owner=alice, name="Jonas Okafor")
        transaction.set_rollback(True)

    assert people(alice, "jonas") == []
    assert differences() == []


# The check sees what is wrong, and the rebuild puts it right.


def test_a_text_that_is_not_derived_is_seen_and_put_right(alice):
    person = make.PersonFactory(owner=alice, name="Jonas Okafor")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_person SET name = 'Bella' WHERE id = %s", [person.pk])

    assert differences() == [f"contacts_person {person.pk}: its text is not what it should be"]
    call_command("search_index", rebuild=True, stdout=StringIO())

    assert people(alice, "bella") == ["Bella"]
    assert differences() == []


@on_sqlite
def test_an_index_that_lies_is_seen_and_put_right(alice):
    one, two = make.PersonFactory(owner=alice, name="Anna"), make.PersonFactory(owner=alice, name="Bella")
    place = "(owner_id << 41) | (2 << 37) | id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM netjob_search WHERE rowid = (SELECT {place} FROM contacts_person WHERE id = %s)",
            [one.pk],
        )
        cursor.execute("DROP TRIGGER netjob_search_2_delete")
        cursor.execute("DELETE FROM contacts_person WHERE id = %s", [two.pk])
        cursor.execute("INSERT INTO netjob_search (rowid, haystack) VALUES ((9 << 37) | 1, 'x')")

    assert differences() == [
        "contacts_person: its triggers are missing",
        f"contacts_person {one.pk}: not as it is in the index",
        f"contacts_person {two.pk}: in the index alone",
        f"{(9 << 37) | 1}: in the index, and of no source",
    ]
    call_command("search_index", rebuild=True, stdout=StringIO())
    assert differences() == []
    assert people(alice, "anna") == ["Anna"]


@on_sqlite
def test_a_table_that_a_migration_rebuilt_is_indexed_anew(alice):
    make.PersonFactory(owner=alice, name="Anna")
    search_index.take_down()
    Person.objects.update(name="Bella")
    assert people(alice, "bella") == []

    assert set(search_index.install()) == {source.table for source in search.SOURCES}

    assert people(alice, "bella") == ["Bella"]
    assert search_index.install() == []
    assert differences() == []


@on_sqlite
def test_a_look_reads_this_owners_part_of_the_index_alone(alice):
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT rowid FROM netjob_search WHERE netjob_search MATCH '\"ann\"' "
            "AND rowid BETWEEN 1 AND 2 ORDER BY rowid DESC LIMIT 40"
        )
        plan = cursor.fetchall()[0][-1]

    assert "VIRTUAL TABLE INDEX" in plan
    assert "><" in plan or (">" in plan and "<" in plan), plan


def test_a_search_costs_as_many_queries_with_many_rows_as_with_few(alice, django_assert_max_num_queries):
    everything_of(alice, "Secret")
    for number in range(30):
        make.PersonFactory(owner=alice, name=f"Secret {number}")

    with django_assert_max_num_queries(9):
        search.find(alice, "secret", today=TODAY)

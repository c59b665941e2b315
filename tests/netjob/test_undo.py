"""Undo: what was deleted or changed comes back as it was, and what cannot is named."""

import datetime as dt

import pytest

from companies.models import Company, CompanyName
from contacts.models import Person
from netjob import undo
from netjob.models import Change
from netjob.ownership import Refused
from outreach.models import Conversation, Insight, Message, Request
from tests.factories import CompanyFactory, ConversationFactory, InsightFactory, OpeningFactory, PersonFactory

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def figma(alice):
    """A company with all that can hang on one."""
    company = Company.add(alice, "Figma", on=dt.date(2026, 11, 2), notes="Design tools")
    person = Person.add(
        alice, "Jonas Okafor", on=dt.date(2026, 11, 3), company=company, email="jonas@figma.test"
    )
    request = Request.draft(alice, person, channel="invitation")
    request.write("Hi Jonas")
    request.refresh_from_db()
    request.send(at=dt.datetime(2026, 11, 4, 8, 30, 15, 123456, tzinfo=dt.UTC))
    request.accept(on=dt.date(2026, 11, 5))
    talk = Conversation.ask(person, on=dt.date(2026, 11, 6), request=request)
    InsightFactory(owner=alice, company=company, person=person, conversation=talk)
    company.refresh_from_db()
    return company


def everything(owner):
    return {
        model: [undo.image(row) for row in model.objects.owned_by(owner).order_by("pk")]
        for model in (Company, CompanyName, Person, Request, Message, Conversation, Insight)
    }


def test_a_deleted_company_comes_back_with_all_that_hung_on_it(alice, figma):
    before = everything(alice)

    act = undo.delete([figma], sentence="Deleted Figma")
    assert not any(everything(alice).values())
    done = undo.undo(alice, act, now=NOW)

    assert everything(alice) == before
    assert done.left == []


def test_a_row_that_only_lost_its_link_gets_it_back(alice, figma):
    other = CompanyFactory(owner=alice, found_from=figma)

    act = undo.delete([figma], sentence="Deleted Figma")
    other.refresh_from_db()
    assert other.found_from is None
    undo.undo(alice, act, now=NOW)

    other.refresh_from_db()
    assert other.found_from == figma


def test_the_figures_of_a_company_follow_a_person_who_goes_and_comes_back(alice):
    person = PersonFactory(owner=alice)
    company = person.company

    act = undo.delete([person], sentence="Deleted")
    company.refresh_from_db()
    assert (company.people_count, company.stage) == (0, Company.Stage.SOURCED)
    undo.undo(alice, act, now=NOW)

    company.refresh_from_db()
    assert (company.people_count, company.stage) == (1, Company.Stage.PEOPLE)


def test_a_bulk_change_comes_back_except_where_somebody_changed_the_same_since(alice):
    one, two = CompanyFactory(owner=alice, place="Berlin"), CompanyFactory(owner=alice, place="Paris")
    act = undo.change([one, two], sentence="Moved to Dublin", place="Dublin")
    two.refresh_from_db()
    two.place = "Cork"
    two.save()

    done = undo.undo(alice, act, now=NOW)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.place, two.place) == ("Berlin", "Cork")
    assert done.restored == 1
    assert two.name in done.left[0]


def test_a_company_whose_name_was_taken_meanwhile_is_left_and_named(transactional_db, alice):
    gone = Company.add(alice, "Figma", on=dt.date(2026, 11, 2))
    jonas = Person.add(alice, "Jonas Okafor", on=dt.date(2026, 11, 3), company=gone)
    act = undo.delete([gone], sentence="Deleted Figma")
    standing = Company.add(alice, "Figma", on=dt.date(2026, 11, 3))

    done = undo.undo(alice, act, now=NOW)

    assert "company Figma" in done.left
    assert Company.objects.get() == standing
    assert CompanyName.objects.get().company == standing
    assert Person.objects.get() == jonas, "who hung on it comes back without it"
    assert Person.objects.get().company is None


def test_an_alias_that_was_taken_meanwhile_is_left_and_its_company_comes_back(alice):
    gone = Company.add(alice, "Figma", on=dt.date(2026, 11, 2))
    gone.add_name("Diagram")
    act = undo.delete([gone], sentence="Deleted Figma")
    Company.add(alice, "Diagram", on=dt.date(2026, 11, 3))

    done = undo.undo(alice, act, now=NOW)

    assert done.left == ["name of a company Diagram"]
    assert Company.objects.get(name="Figma").names.get().name == "Figma"


def test_an_act_is_undone_once(alice):
    act = undo.delete([CompanyFactory(owner=alice)], sentence="Deleted")
    undo.undo(alice, act, now=NOW)

    with pytest.raises(Refused, match="undone already"):
        undo.undo(alice, act, now=NOW)


def test_after_thirty_days_there_is_no_way_back(alice):
    act = undo.delete([CompanyFactory(owner=alice)], sentence="Deleted")
    Change.objects.update(at=NOW - dt.timedelta(days=30, seconds=1))

    with pytest.raises(Refused, match="thirty days"):
        undo.undo(alice, act, now=NOW)


def test_nobody_undoes_what_another_did(alice, bob):
    act = undo.delete([CompanyFactory(owner=alice)], sentence="Deleted")

    with pytest.raises(Refused):
        undo.undo(bob, act, now=NOW)
    assert not Company.objects.exists()


def test_what_goes_with_a_company_is_said_beforehand(alice, figma):
    goes = {str(kind): count for kind, count in undo.what_goes_with(figma)}

    assert goes["person"] == 1
    assert goes["request"] == 1
    assert "name of a company" not in goes


def test_recently_changed_lists_an_act_until_it_is_undone(alice_client, alice):
    act = undo.delete([CompanyFactory(owner=alice, name="Figma")], sentence="Deleted company “Figma”")

    assert "Deleted company “Figma”" in alice_client.get("/changes/").content.decode()
    alice_client.post(f"/changes/{act}/undo/")

    page = alice_client.get("/changes/").content.decode()
    assert "Nothing to undo" in page
    assert Company.objects.filter(name="Figma").exists()


def test_deleting_a_conversation_leaves_its_messages_and_insights(alice):
    talk = ConversationFactory(owner=alice)
    insight = InsightFactory(owner=alice, company=talk.person.company, conversation=talk)

    act = undo.delete([talk], sentence="Deleted")
    insight.refresh_from_db()
    assert insight.conversation is None
    undo.undo(alice, act, now=NOW)

    insight.refresh_from_db()
    assert insight.conversation == talk
    assert Change.objects.filter(undone_at__isnull=False).exists()


def test_what_hung_on_a_row_that_is_gone_too_is_left_and_named(transactional_db, alice):
    """In real transactions: the database looks at links only when they end."""
    talk = ConversationFactory(owner=alice)
    act = undo.delete([talk], sentence="Deleted")
    undo.delete([talk.person], sentence="Deleted")

    done = undo.undo(alice, act, now=NOW)

    assert (done.restored, done.left) == (0, ["conversation"])
    assert not Conversation.objects.exists()


def test_a_person_whose_company_is_gone_comes_back_without_it(transactional_db, alice):
    person = PersonFactory(owner=alice)
    act = undo.delete([person], sentence="Deleted")
    undo.delete([person.company], sentence="Deleted")

    done = undo.undo(alice, act, now=NOW)

    assert done.left == []
    assert Person.objects.get().company is None


def test_a_link_to_a_row_that_is_gone_is_not_changed_back(transactional_db, alice):
    gone, now = CompanyFactory(owner=alice), CompanyFactory(owner=alice)
    opening = OpeningFactory(owner=alice, company=gone)
    act = undo.change([opening], sentence="Moved", company=now)
    undo.delete([gone], sentence="Deleted")

    done = undo.undo(alice, act, now=NOW)

    opening.refresh_from_db()
    assert opening.company == now
    assert done.left == ["opening Data Analyst II"]


def test_rows_that_hang_on_each_other_come_back_in_any_order(transactional_db, alice):
    one = CompanyFactory(owner=alice)
    two = CompanyFactory(owner=alice, found_from=one)
    Company.objects.filter(pk=one.pk).update(found_from=two)
    act = undo.delete(list(Company.objects.owned_by(alice)), sentence="Deleted")

    undo.undo(alice, act, now=NOW)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.found_from, two.found_from) == (two, one)

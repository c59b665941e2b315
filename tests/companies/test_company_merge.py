"""Two entries become one company: nothing is lost, the other name is known from then on, and it can be undone."""

import datetime as dt
import re
import uuid

import pytest
from django.core.management import call_command

from companies.models import Company, CompanyLinkedIn
from netjob import undo
from netjob.models import Activity, Change
from netjob.ownership import OwnedModel
from outreach.models import Insight
from tests.factories import CompanyFactory, InsightFactory, OpeningFactory, PersonFactory, RequestFactory

pytestmark = pytest.mark.usefixtures("frozen")

ON = dt.date(2026, 11, 23)


@pytest.fixture
def pair(alice):
    """Acme GmbH, and the ACME Group that is the same, each with something of its own."""
    acme = CompanyFactory(
        owner=alice, name="Acme GmbH", website="https://acme.com", motivation=1, notes="Mine"
    )
    group = CompanyFactory(
        owner=alice, name="ACME Group", website="https://acme.group", industry="Tools", motivation=3, posting=2,
        notes="Theirs", remote=True,
    )  # fmt: skip
    PersonFactory(owner=alice, company=acme, name="Ana")
    ben = PersonFactory(owner=alice, company=group, name="Ben")
    RequestFactory(
        owner=alice, person=ben, state="sent", sent_on=ON, sent_at=dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    )
    OpeningFactory(owner=alice, company=group, title="Analyst")
    InsightFactory(owner=alice, company=group, person=ben, text="SQL first")
    CompanyLinkedIn.objects.create(owner=alice, company=group, kind="numeric", value="1441")
    CompanyFactory(owner=alice, name="Follower", found_from=group)
    Activity.note(alice, "Heard of it", on=ON, company=group)
    for company in (acme, group):
        company.people.all().advance()
    return Company.objects.get(pk=acme.pk), Company.objects.get(pk=group.pk)


def everything(owner):
    """Every owned row as it stands, without what only counts savings or follows from the rest."""
    found = {}
    for model in OwnedModel.__subclasses__() + [
        m for s in OwnedModel.__subclasses__() for m in s.__subclasses__()
    ]:
        if not model._meta.abstract:
            for row in model.objects.filter(owner=owner):
                columns = undo.image(row)
                own = undo.OWN_FIGURES | {*row.DERIVED}
                found[model._meta.label, row.pk] = {k: v for k, v in columns.items() if k not in own}
    return found


def test_all_that_is_known_moves_over(alice, pair):
    acme, group = pair

    acme.merge(group, on=ON, chosen={"website": "https://acme.group"})

    acme.refresh_from_db()
    assert not Company.objects.filter(pk=group.pk).exists()
    assert sorted(acme.people.values_list("name", flat=True)) == ["Ana", "Ben"]
    assert acme.openings.get().title == "Analyst"
    assert Insight.objects.get().company == acme
    assert acme.linkedin.get().value == "1441"
    assert acme.led_to.get().name == "Follower"
    assert (acme.website, acme.motivation, acme.posting, acme.remote) == ("https://acme.group", 3, 2, True)
    assert (acme.people_count, acme.asked_count) == (2, 1)
    titles = [line.title for line in Activity.objects.filter(company_uid=acme.uid)]
    assert "Noted" in titles
    assert "Merged with ACME Group" in titles
    call_command("recount", "--check")


def test_the_other_name_is_recognised_from_then_on(alice, pair):
    acme, group = pair

    acme.merge(group, on=ON, chosen={})

    assert list(Company.objects.owned_by(alice).known_as(["acme group"]).values()) == [acme]
    assert Company.objects.get(pk=acme.pk).aliases() == ["ACME Group"]
    assert acme in Company.objects.owned_by(alice).matching("group")


def test_one_undo_brings_everything_back_as_it_was(alice, pair):
    acme, group = pair
    before = everything(alice)
    act = acme.merge(group, on=ON, chosen={"notes": "Mine\n\nTheirs"})

    done = undo.undo(alice, act, now=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))

    assert done.left == []
    assert everything(alice) == before
    call_command("recount", "--check")


def test_a_company_found_from_the_other_does_not_lead_to_itself(alice, pair):
    acme, group = pair
    Company.objects.filter(pk=acme.pk).update(found_from=group)
    acme.refresh_from_db()
    before = everything(alice)

    act = acme.merge(group, on=ON, chosen={})

    assert Company.objects.get(pk=acme.pk).found_from is None
    undo.undo(alice, act, now=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    assert everything(alice) == before


@pytest.mark.parametrize(
    ("mine", "theirs", "stays"),
    [
        ("suggested", "target", "target"),
        ("dropped", "paused", "paused"),
        ("target", "dropped", "target"),
        ("dropped", "suggested", "suggested"),
    ],
)
def test_what_is_on_the_list_stays_on_it(alice, mine, theirs, stays):
    def company(name, state):
        stamp = {"target": "listed_on", "paused": "paused_on", "dropped": "dropped_on"}.get(state)
        stamps = {"listed_on": None} | ({stamp: ON} if stamp else {})
        return CompanyFactory(owner=alice, name=name, state=state, **stamps)

    kept, other = company("One", mine), company("Two", theirs)

    kept.merge(other, on=ON, chosen={})

    assert Company.objects.get(pk=kept.pk).state == stays


def test_likely_ones_are_proposed_and_never_merged_by_themselves(alice, alice_client, pair):
    acme, _group = pair
    CompanyFactory(owner=alice, name="Zalando")

    page = alice_client.get(f"/companies/{acme.pk}/merging/").content.decode()

    assert "ACME Group" in page
    assert "Zalando</a>" not in page
    assert Company.objects.owned_by(alice).count() == 4


def test_both_are_seen_before_anything_happens(alice_client, pair):
    acme, group = pair

    page = alice_client.get(f"/companies/{acme.pk}/merging/", {"name": "acme group"}).content.decode()

    assert "Are Acme GmbH and ACME Group one company?" in page
    assert "https://acme.group" in page
    assert re.search(r"1\s+person", page)
    assert Company.objects.filter(pk=group.pk).exists()


def test_a_press_merges_and_offers_undo(alice_client, alice, pair):
    acme, group = pair
    sent = {"other": group.pk, "website": "theirs", "notes": "both", "submission": str(uuid.uuid4())}

    answer = alice_client.post(f"/companies/{acme.pk}/merging/", sent, follow=True)

    acme.refresh_from_db()
    assert (acme.website, acme.notes, acme.industry) == ("https://acme.group", "Mine\n\nTheirs", "Tools")
    act = Change.objects.filter(owner=alice).values_list("act", flat=True).first()
    assert f"/changes/{act}/undo/" in answer.content.decode()


def test_a_choice_left_open_is_asked_for(alice_client, pair):
    acme, group = pair

    answer = alice_client.post(f"/companies/{acme.pk}/merging/", {"other": group.pk})

    assert answer.status_code == 422
    assert "Choose one." in answer.content.decode()
    assert Company.objects.filter(pk=group.pk).exists()


@pytest.mark.parametrize(
    "query",
    [{"name": "Nobody Inc"}, {"name": "Acme GmbH"}, {"other": "0"}, {"other": "x"}, {"other": "9" * 30}],
)
def test_what_is_no_other_company_of_mine_is_said_so(alice_client, pair, query):
    acme, _group = pair

    page = alice_client.get(f"/companies/{acme.pk}/merging/", query)

    assert page.status_code == 200
    assert b"error-summary" in page.content
    assert b"Are Acme" not in page.content


def test_neither_side_may_be_anothers(alice_client, bob_client, bob, pair):
    acme, group = pair
    theirs = CompanyFactory(owner=bob, name="Acme Bob")

    assert bob_client.get(f"/companies/{acme.pk}/merging/").status_code == 404
    assert alice_client.post(f"/companies/{acme.pk}/merging/", {"other": theirs.pk}).status_code == 422
    assert bob_client.post(f"/companies/{theirs.pk}/merging/", {"other": group.pk}).status_code == 422
    assert Company.objects.filter(pk__in=[acme.pk, group.pk, theirs.pk]).count() == 3

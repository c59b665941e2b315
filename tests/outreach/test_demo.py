"""The demo: a fictional search of a believable size, in which every page has something to show."""

import datetime as dt
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from companies.models import Company, Opening, TargetRole
from contacts.models import Person, PersonKey
from netjob.env import BASE_DIR as ROOT
from netjob.models import Activity, User
from netjob.ownership import Refused
from outreach import demo, funnel
from outreach.agenda import KINDS, Agenda
from outreach.demo.companies import COMPANIES
from outreach.demo.story import EARLY, REACH, TALES, days_of_asking
from outreach.models import (
    Application,
    Conversation,
    Deferral,
    Insight,
    Interview,
    Message,
    MessageTemplate,
    Referral,
    Request,
)
from tests import factories as make
from tests.conftest import NINE_O_CLOCK, signed_in

NOW = NINE_O_CLOCK


@pytest.fixture(scope="module")
def robin(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Whose search it is: told once for all the tests that only look at it."""
    with django_db_blocker.unblock():
        user = make.UserFactory(
            email="robin@demo.example", name="Robin Demo", time_zone="Europe/Dublin", country="IE"
        )
        demo.load(user, now=NOW)
    yield user
    with django_db_blocker.unblock():
        user.delete()


@pytest.fixture
def robins_client(robin: User, db: None) -> Client:
    return signed_in(robin)


def states(model: Any, owner: User) -> Counter[str]:
    return Counter(model.objects.owned_by(owner).values_list("state", flat=True))


def of_each(model: Any, owner: User) -> set[str]:
    """The states in which there is none."""
    return set(model.State.values) - set(states(model, owner))


@pytest.mark.django_db
class TestWhatItHolds:
    def test_as_many_as_was_promised(self, robin):
        def count(model: Any) -> int:
            return model.objects.owned_by(robin).count()

        assert (count(Company), count(Request), count(Conversation)) == (60, 253, 40)
        assert 390 <= count(Person) <= 410
        assert count(Message) > 400
        assert count(Insight) > 50
        assert (count(Referral), count(Application), count(Interview)) == (9, 6, 8)

    @pytest.mark.parametrize("model", [Company, Opening, Request, Conversation, Referral, Application])
    def test_every_state_is_there(self, robin, model):
        only_by_merging = {"joined"} if model in (Request, Conversation) else set()
        assert of_each(model, robin) == only_by_merging

    def test_companies_are_found_in_all_four_ways(self, robin):
        ways = Counter(Company.objects.owned_by(robin).values_list("found_how", flat=True))

        assert set(ways) == {"job_board", "people_i_know", "competitor", "near_me"}
        assert min(ways.values()) >= 10
        rivals = Company.objects.owned_by(robin).filter(found_how="competitor")
        assert not rivals.filter(found_from=None).exists()

    def test_people_talk_in_every_way_and_answer_in_every_way(self, robin):
        talks = Conversation.objects.owned_by(robin).filter(state="held")

        assert set(talks.values_list("mode", flat=True)) == set(Conversation.Mode.values)
        replies = Message.objects.owned_by(robin).filter(direction="in")
        assert set(replies.values_list("reply_kind", flat=True)) == set(Message.ReplyKind.values)

    def test_one_company_was_told_two_things_that_cannot_both_be_so(self, robin):
        company = Company.objects.owned_by(robin).get(name="Moonpenny Bank")

        said = company.insights.filter(aim="role", text__contains="live")
        assert said.values("person").distinct().count() == 2

    def test_names_of_many_scripts_and_lengths(self, robin):
        names = " ".join(Person.objects.owned_by(robin).values_list("name", flat=True))

        for first, last in ("àÿ", "את", "ءي", "一鿿", "가힣", "αω", "ая", "ạỹ"):
            assert any(first <= sign <= last for sign in names), (first, last)
        assert Company.objects.owned_by(robin).filter(name__length__gt=100).exists()
        assert Person.objects.owned_by(robin).filter(name__length__gt=80).exists()
        assert Person.objects.owned_by(robin).exclude(do_not_contact_on=None).exists()
        assert Person.objects.owned_by(robin).filter(company=None).exists()

    def test_nobody_real_is_meant(self, robin):
        companies = Company.objects.owned_by(robin)
        keys = PersonKey.objects.owned_by(robin)

        assert not companies.exclude(website__endswith=".example").exists()
        assert not keys.filter(kind="linkedin").exclude(value__endswith="-fictional").exists()
        assert not keys.filter(kind="email").exclude(value__endswith=".example").exists()
        assert not companies.exclude(notes__contains="Fictional").exists()

    def test_the_rates_are_believable(self, robin):
        rates = {figure.label: figure.rate for figure in funnel.standing(robin, robin.today(NOW)).path}

        assert 25 <= int(rates["connected"].rstrip("%")) <= 35
        assert 25 <= int(rates["talked to"].rstrip("%")) <= 60

    def test_messages_come_from_templates_and_none_kept_a_placeholder(self, robin):
        sent = Message.objects.owned_by(robin).filter(direction="out").exclude(sent_on=None)

        assert sent.exclude(template=None).count() > 0.9 * sent.count()
        assert MessageTemplate.objects.owned_by(robin).with_uses().filter(uses__gt=10).count() >= 5
        assert [text for text in sent.values_list("text", flat=True) if "<" in text] == []

    def test_nothing_lies_in_the_future_but_what_is_agreed(self, robin):
        today = robin.today(NOW)

        assert not Activity.objects.owned_by(robin).filter(happened_on__gt=today).exists()
        assert not Message.objects.owned_by(robin).filter(sent_at__gt=NOW).exists()
        assert not Person.objects.owned_by(robin).filter(created_at__gt=NOW).exists()
        assert Conversation.objects.owned_by(robin).coming_up(NOW).count() == 4

    def test_people_talk_at_hours_at_which_both_are_awake(self, robin):
        talks = Conversation.objects.owned_by(robin).exclude(starts_at=None)

        assert talks.values("zone").distinct().count() >= 4
        for talk in talks:
            assert 8 <= talk.starts_at.astimezone(robin.zone).hour <= 19
            assert 8 <= talk.wall_time.hour <= 19

    def test_the_stored_figures_are_what_happened(self, robin, capsys):
        call_command("recount", check=True)

        assert "All figures are right" in capsys.readouterr().out

    def test_it_stays_within_its_account(self, robin, alice):
        for model in (Company, Person, Request, Activity, TargetRole):
            assert not model.objects.owned_by(alice).exists()


@pytest.mark.django_db
def test_today_has_every_kind_of_step(robin):
    agenda = Agenda(robin, NOW)

    assert {step.kind for step in agenda.due()} == set(KINDS)
    assert agenda.put_off
    assert agenda.coming_up


@pytest.mark.parametrize(
    ("now", "account"),
    [
        # The Saturday before the clocks go forward in Europe
        ("2026-03-28T21:30+00:00", {"time_zone": "Europe/Berlin", "country": "DE", "region": "BE"}),
        # A leap day, and working weeks from Sunday to Thursday
        (
            "2028-02-29T06:00+00:00",
            {"time_zone": "Asia/Jerusalem", "country": "IL", "working_weekdays": "12347"},
        ),
        # The week in which the clocks go back in America; the day before was a Sunday
        ("2026-11-02T17:00+00:00", {"time_zone": "America/Los_Angeles", "country": "US"}),
    ],
)
def test_any_day_will_do(db, now, account):
    owner = make.UserFactory(**account)
    at = dt.datetime.fromisoformat(now)

    demo.load(owner, now=at)

    assert {step.kind for step in Agenda(owner, at).due()} == set(KINDS)
    assert Request.objects.owned_by(owner).count() == 253
    call_command("recount", check=True)


def test_no_tale_begins_before_the_first_company_was_found():
    earliest = max(max(days_of_asking(row), default=0) for row in COMPANIES)

    assert earliest < EARLY < REACH - 6
    assert {letter for row in COMPANIES for letter in row.tale} == set(TALES)


PAGES = (
    "/", "/companies/", "/people/", "/outreach/", "/conversations/", "/templates/", "/questions/", "/roles/",
    "/changes/", "/settings/",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_something_to_show(robins_client, frozen, address):
    answer = robins_client.get(address)

    assert answer.status_code == 200
    assert 'class="empty' not in answer.content.decode()


@pytest.mark.parametrize("model", [Company, Person, Request, Conversation, Application])
def test_the_page_of_every_row_opens(robins_client, robin, frozen, model):
    rows = model.objects.owned_by(robin).order_by("pk")[:60]

    for row in rows:
        assert robins_client.get(row.get_absolute_url()).status_code == 200, row


class TestWhoseAccount:
    def test_an_account_in_use_is_refused(self, alice):
        make.CompanyFactory(owner=alice, name="Her own")

        with pytest.raises(CommandError, match="empty account only"):
            call_command("load_demo", owner=alice.email)
        with pytest.raises(CommandError, match="more than the demo: Her own"):
            call_command("load_demo", owner=alice.email, again=True)
        assert Company.objects.owned_by(alice).get().name == "Her own"

    def test_nobody_of_that_name(self, db):
        with pytest.raises(CommandError, match="Nobody has an account"):
            call_command("load_demo", owner="nobody@example.org")

    def test_again_takes_the_place_of_the_earlier_one(self, robin, db):
        with pytest.raises(Refused, match="--again"):
            demo.load(robin, now=NOW)

        def told() -> list[Any]:
            people = Person.objects.owned_by(robin).order_by("pk")
            talks = Conversation.objects.owned_by(robin).order_by("pk")
            messages = Message.objects.owned_by(robin).order_by("pk")
            return [
                *people.values_list("name", "role", "stage", "company__name"),
                *talks.values_list("person__name", "state", "starts_at"),
                *messages.values_list("text", "sent_at"),
            ]

        before = told()
        demo.load(robin, now=NOW, again=True)

        assert told() == before, "the same day brings the same search"
        assert Company.objects.owned_by(robin).count() == 60
        assert Deferral.objects.owned_by(robin).count() == 2
        assert TargetRole.objects.owned_by(robin).count() == 2

    def test_roles_that_are_there_stay(self, alice, monkeypatch):
        make.RoleFactory(owner=alice, title="Baker")
        monkeypatch.setattr("outreach.demo.story.COMPANIES", ())
        monkeypatch.setattr("outreach.demo.story.Story.of_an_event", lambda story: iter(()))
        monkeypatch.setattr("outreach.demo.story.Story.let_two_contradict_each_other", lambda story: None)
        monkeypatch.setattr("outreach.demo.story.Story.throw_something_away", lambda story: None)

        call_command("load_demo", owner=alice.email)

        assert [role.title for role in TargetRole.objects.owned_by(alice)] == ["Baker"]


class TestMakeDemo:
    """The folder, the address and the database are looked at before anything is written."""

    def demo(self, tmp_path: Any, folder: str = "data-demo", **environment: str) -> Any:
        environment |= {"NETJOB_DATA": str(tmp_path / folder), "PATH": "/usr/bin:/bin"}
        command = [sys.executable, str(ROOT / "manage.py"), "demo", "--set-up-only"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)

    @pytest.mark.parametrize(
        ("folder", "environment", "says"),
        [
            ("data", {}, "keeps to a folder called data-demo"),
            ("data-demo", {"NETJOB_URL": "https://jobs.example"}, "on this machine only"),
            ("data-demo", {"NETJOB_LISTEN": "0.0.0.0"}, "on this machine only"),
            ("data-demo", {"DATABASE_URL": "sqlite:////nowhere/mine.sqlite3"}, "a database of its own"),
        ],
    )
    def test_it_keeps_to_itself(self, tmp_path, folder, environment, says):
        refused = self.demo(tmp_path, folder, **environment)

        assert refused.returncode == 1
        assert says in refused.stderr
        assert not (tmp_path / folder / "netjob.sqlite3").exists()

    def test_it_is_told_once_and_stays(self, tmp_path):
        first, second = self.demo(tmp_path), self.demo(tmp_path)

        assert first.returncode == 0, first.stderr
        assert "Telling a fictional search" in first.stdout
        assert "Telling" not in second.stdout
        assert "To start: make demo" in second.stdout

    def test_a_folder_with_somebody_in_it_is_left_alone(self, alice):
        from outreach.management.commands.demo import Command

        with pytest.raises(CommandError, match=r"alice.* has an account here"):
            Command().bring_database_up_to_date()

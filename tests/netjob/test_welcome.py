"""The welcome: three short steps for a newcomer, each of which can be skipped; all of it can be left."""

import pytest

from companies.models import TargetRole
from netjob.models import User
from tests import factories as make
from tests.conftest import signed_in

YOU = {
    "version": 1,
    "name": "Nell New",
    "linkedin_account": "premium",
    "time_zone": "Europe/Berlin",
    "country": "DE",
    "region": "BE",
    "working_weekdays": ["1", "2", "3", "4"],
}


@pytest.fixture
def nell(db):
    return make.UserFactory(name="Nell New", time_zone="Asia/Jerusalem", welcomed_at=None)


@pytest.fixture
def nells_client(nell):
    return signed_in(nell)


class TestWhoIsWelcomed:
    def test_a_newcomer_is_led_from_today_to_the_welcome(self, nells_client):
        assert nells_client.get("/").url == "/welcome/"

    def test_whoever_left_it_is_not_led_there_again(self, nells_client, nell):
        answer = nells_client.post("/welcome/end/")

        assert answer.url == "/"
        assert nells_client.get("/").status_code == 200
        nell.refresh_from_db()
        assert nell.welcomed_at

    def test_whoever_has_companies_is_no_newcomer(self, nells_client, nell):
        make.CompanyFactory(owner=nell)

        assert nells_client.get("/").status_code == 200

    def test_leaving_twice_keeps_the_first_moment(self, nell, today):
        first = nell.date_joined
        nell.end_welcome(at=first)

        nell.end_welcome(at=make.UserFactory().date_joined)

        assert User.objects.get(pk=nell.pk).welcomed_at == first

    def test_it_can_be_seen_again(self, alice_client):
        for step in ("/welcome/", "/welcome/you/", "/welcome/start/"):
            assert alice_client.get(step).status_code == 200

    def test_it_is_left_by_a_post_only(self, alice_client):
        assert alice_client.get("/welcome/end/").status_code == 405


class TestWhatYouLookFor:
    def test_a_role_with_its_variants(self, nells_client, nell):
        answer = nells_client.post(
            "/welcome/",
            {
                "title": "Data Analyst",
                "variants": "BI Analyst\nInsights Analyst",
                "place": "Haifa",
                "remote": "on",
            },
        )

        assert answer.url == "/welcome/you/"
        role = TargetRole.objects.owned_by(nell).get()
        assert (role.titles(), role.place, role.remote) == (
            ["Data Analyst", "BI Analyst", "Insights Analyst"],
            "Haifa",
            True,
        )

    def test_whoever_comes_back_sees_and_mends_what_they_wrote(self, nells_client, nell):
        role = make.RoleFactory(owner=nell, title="Data Analist")

        assert "Data Analist" in nells_client.get("/welcome/").content.decode()
        nells_client.post("/welcome/", {"title": "Data Analyst", "version": role.version})

        assert TargetRole.objects.owned_by(nell).get().title == "Data Analyst"

    def test_bad_input_keeps_what_was_typed(self, nells_client, nell):
        answer = nells_client.post("/welcome/", {"title": "", "variants": "BI Analyst", "place": "Haifa"})

        assert answer.status_code == 422
        assert "BI Analyst" in answer.content.decode()
        assert "Haifa" in answer.content.decode()
        assert not TargetRole.objects.exists()

    def test_anothers_role_is_neither_shown_nor_changed(self, nells_client, alice):
        role = make.RoleFactory(owner=alice, title="Her secret wish")

        assert "Her secret wish" not in nells_client.get("/welcome/").content.decode()
        nells_client.post("/welcome/", {"title": "Baker", "version": 1})

        role.refresh_from_db()
        assert role.title == "Her secret wish"


class TestHowYouWork:
    def test_what_is_guessed_stands_there_to_be_confirmed(self, nells_client):
        page = nells_client.get("/welcome/you/").content.decode()

        assert "guessed from your browser" in page
        assert '<option value="IL" selected>' in page
        assert '<option value="Asia/Jerusalem" selected>' in page
        assert chosen_days(page) == "12347"

    def test_what_was_saved_is_not_guessed_again(self, nells_client, nell):
        User.objects.filter(pk=nell.pk).update(country="FR")

        page = nells_client.get("/welcome/you/").content.decode()

        assert "guessed" not in page
        assert '<option value="FR" selected>' in page
        assert chosen_days(page) == "12345"

    def test_it_is_kept(self, nells_client, nell):
        answer = nells_client.post("/welcome/you/", YOU)

        assert answer.url == "/welcome/start/"
        nell.refresh_from_db()
        assert (nell.country, nell.region, nell.working_weekdays, nell.note_limit) == (
            "DE",
            "BE",
            "1234",
            300,
        )
        assert nell.cadence_on

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("working_weekdays", []),
            ("time_zone", "Mars/Olympus"),
            ("country", "XX"),
            ("linkedin_account", "gold"),
            ("name", "N" * 10_000),
            ("name", "Ne\x00ll"),
        ],
    )
    def test_bad_input_is_said_and_nothing_is_lost(self, nells_client, nell, field, value):
        answer = nells_client.post("/welcome/you/", {"name": "Kept as typed"} | YOU | {field: value})

        assert answer.status_code == 422
        page = answer.content.decode()
        assert 'role="alert"' in page or 'class="errors' in page or "error" in page
        if field != "country":
            assert '<option value="BE" selected>' in page
        nell.refresh_from_db()
        assert nell.country == ""

    @pytest.mark.parametrize("address", ["/welcome/you/", "/settings/"])
    def test_the_regions_follow_the_country_at_once(self, nells_client, nell, address):
        answer = nells_client.get(
            f"{address}?country=DE", headers={"HX-Request": "true", "HX-Target": "regions"}
        )

        page = answer.content.decode()
        assert "Bayern" in page
        assert "<html" not in page
        assert 'name="name"' not in page
        nell.refresh_from_db()
        assert nell.country == ""

    @pytest.mark.parametrize("country", ["", "XX", "SG", "%00", "D" * 5000])
    def test_a_country_without_regions_has_none(self, nells_client, country):
        answer = nells_client.get(
            f"/settings/?country={country}", headers={"HX-Request": "true", "HX-Target": "regions"}
        )

        assert answer.status_code == 200
        assert "<select" not in answer.content.decode()


class TestTheDoors:
    def test_each_leads_somewhere(self, nells_client, nell):
        page = nells_client.get("/welcome/start/").content.decode()

        assert "https://www.linkedin.com/mypreferences/d/download-my-data" in page
        assert page.count('name="to" value="companies"') == 1
        assert page.count('name="to" value="imports"') == 2

    def test_pasting_companies_ends_the_welcome(self, nells_client, nell):
        assert nells_client.post("/welcome/end/", {"to": "companies"}).url == "/companies/add/"
        nell.refresh_from_db()
        assert nell.welcomed_at

    def test_no_door_leads_out_of_the_house(self, nells_client):
        assert nells_client.post("/welcome/end/", {"to": "https://evil.test"}).url == "/"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/companies/",
        "/people/",
        "/outreach/",
        "/conversations/",
        "/templates/",
        "/questions/",
        "/roles/",
        "/changes/",
    ],
)
def test_every_empty_page_shows_what_it_will_look_like(alice, alice_client, address):
    from outreach.models import MessageTemplate, Question

    MessageTemplate.objects.owned_by(alice).delete()
    Question.objects.owned_by(alice).delete()

    page = alice_client.get(address).content.decode()

    assert 'class="sketch"' in page
    assert 'aria-hidden="true"' in page.split('class="sketch"')[1]


def chosen_days(page: str) -> str:
    import re

    boxes = re.findall(r'<input type="checkbox" name="working_weekdays" value="(\d)"([^>]*)', page)
    return "".join(day for day, rest in boxes if "checked" in rest)

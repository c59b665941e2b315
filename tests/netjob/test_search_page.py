"""The page of the search, the panel below its field, the list of keys, and the switch for them."""

import pytest

from contacts.models import Person
from netjob.models import Activity
from tests import factories as make
from tests.test_pages import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def jonas(alice):
    company = make.CompanyFactory(owner=alice, name="Figma")
    return make.PersonFactory(owner=alice, name="Jonas Okafor", role="Data Analyst", company=company)


def panel(client, text):
    return client.get("/search/", {"q": text}, headers={"HX-Request": "true", "HX-Target": "found"})


def test_a_result_says_what_it_is_and_where_it_leads(alice_client, jonas):
    page = alice_client.get("/search/", {"q": "jonas figma"}).content.decode()

    assert f'href="{jonas.get_absolute_url()}"' in page
    assert "<mark>Jonas</mark> Okafor" in page
    assert "Data Analyst · <mark>Figma</mark> · found on" in page
    assert "1 found." in page


def test_the_panel_is_a_fragment_and_offers_the_rest(alice, alice_client, jonas):
    for number in range(7):
        make.PersonFactory(owner=alice, name=f"Jonas {number}")

    text = panel(alice_client, "jonas").content.decode()

    assert "<html" not in text
    assert text.count("<li>") == 5
    assert 'href="/search/?q=jonas">Show more' in text
    assert "The best 5 of what was found." in text


def test_nothing_found_offers_to_add_it(alice_client):
    for text in (
        panel(alice_client, "Acmé & Co").content.decode(),
        alice_client.get("/search/?q=Acm%C3%A9+%26+Co").content.decode(),
    ):
        assert 'href="/add/?text=Acm%C3%A9%20%26%20Co"' in text
        assert "Nothing has “Acmé &amp; Co” in it" in text


def test_an_empty_search_says_how(alice_client):
    assert "Two letters are enough" in alice_client.get("/search/").content.decode()
    assert "<" not in panel(alice_client, "  ").content.decode().partition('<div id="messages"')[0].strip()


def test_what_users_wrote_is_text_even_where_it_is_marked(alice, alice_client, jonas):
    Activity.note(alice, "<script>portfolio</script> <b>portfolio</b>", on=make.ON, person=jonas)

    page = alice_client.get("/search/", {"q": "<script>portfolio"}).content.decode()

    assert "<mark>&lt;script&gt;portfolio</mark>&lt;/script&gt;" in page
    assert "<b>" not in page.replace("net<b>job</b>", "")


def test_another_sees_nothing(bob_client, jonas):
    assert "Okafor" not in bob_client.get("/search/?q=jonas").content.decode()


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ED%A0%80", "q=%FF", "q=" + "x" * 3_000, "q=%22*%28", "q=a&q=b"]
)
def test_no_query_breaks_the_page(alice_client, query):
    assert alice_client.get(f"/search/?{query}").status_code == 200


def test_only_reading(alice_client):
    assert alice_client.post("/search/").status_code == 405
    assert alice_client.post("/keys/").status_code == 405


def test_the_page_costs_as_many_queries_with_many_rows_as_with_few(
    alice, alice_client, django_assert_max_num_queries
):
    from tests.test_ownership import everything_of

    everything_of(alice, "Secret")
    for number in range(30):
        make.PersonFactory(owner=alice, name=f"Secret {number}", connected_on=make.ON)
    Person.objects.all().advance()

    with django_assert_max_num_queries(11):  # one a kind of row that is found
        alice_client.get("/search/?q=secret")


def test_the_field_costs_no_page_a_query(alice_client, django_assert_num_queries):
    with django_assert_num_queries(2):  # the session and the user
        alice_client.get("/keys/")


def test_every_page_has_the_field_and_the_button_once(alice_client):
    for url in ("/", "/companies/", "/search/", "/add/", "/keys/", "/settings/"):
        reader = Reader(alice_client.get(url).content.decode())
        assert reader.ids.count("search") == 1, url
        assert len(reader.ids) == len(set(reader.ids)), url
        assert reader.buttons_filled <= 1, url


def test_the_entrance_has_neither(client, alice):
    assert 'id="search"' not in client.get("/accounts/login/").content.decode()


def test_keys_are_listed_and_can_be_switched_off(alice, alice_client):
    from tests.netjob.test_settings_page import VALID

    assert 'data-single-keys="on"' in alice_client.get("/keys/").content.decode()

    alice_client.post("/settings/", VALID)  # a box without a tick is not sent
    alice.refresh_from_db()
    page = alice_client.get("/keys/").content.decode()
    assert not alice.single_keys
    assert 'data-single-keys="off"' in page
    assert "They are switched off in your settings." in page

    alice_client.post("/settings/", {**VALID, "version": alice.version, "single_keys": "on"})
    assert 'data-single-keys="on"' in alice_client.get("/keys/").content.decode()

"""Axe finds nothing: every page, empty and full, in both themes, on a laptop and on a phone."""

import datetime as dt

import pytest
from django.urls import reverse

from outreach.models import Conversation
from tests.factories import ON, CompanyFactory, ConversationFactory, PersonFactory, RoleFactory
from tests.test_ownership import ALL, OF_THE_ACCOUNT, WITH_ID, WITHOUT_ID, address, everything_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS = [("light", WIDE), ("dark", PHONE), ("dark", WIDE), ("light", PHONE)]


LONG = "Maximiliane Wolkenstein-Hohenberg, Donaudampfschifffahrtsgesellschaftskapitänin"


def long_pages(owner):
    """What is widest: conversations with long names, one with a time by both clocks, one that was held."""
    company = CompanyFactory(owner=owner, name="Versicherungsgesellschaft für Binnenschifffahrt und Co")
    who = {"owner": owner, "company": company, "role": LONG, "time_zone": "America/New_York"}
    start = dt.datetime(2027, 9, 22, 15, tzinfo=dt.UTC)
    ConversationFactory(
        owner=owner, person=PersonFactory(name=LONG, **who), state="scheduled", scheduled_on=ON,
        starts_at=start, wall_day=start.date(), wall_time=start.time(), zone="UTC",
        place="https://meet.example.org/a-room-with-a-long-name/and-a-longer-path?with=a-question",
    )  # fmt: skip
    ConversationFactory(
        owner=owner, person=PersonFactory(name=f"{LONG} II", **who), state="held", held_on=ON, notes=LONG
    )
    talks = Conversation.objects.owned_by(owner).filter(person__company=company)
    return [company.get_absolute_url()] + [
        url for talk in talks for url in (talk.get_absolute_url(), talk.person.get_absolute_url())
    ]


def readable(client, cast):
    """The addresses of all pages that can be read."""
    for route in sorted(WITHOUT_ID | OF_THE_ACCOUNT | set(WITH_ID)):
        url = address(route, ALL[route], cast) if route in WITH_ID else reverse(route)
        if client.get(url).status_code == 200:
            yield url


def found_on(page, axe, live_server, urls):
    """What axe and the eye of a narrow screen complain of, page by page."""
    complaints = []
    for url in urls:
        page.goto(live_server.url + url)
        complaints += [f"{url}: {sentence}" for sentence in axe(page)]
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if too_wide > 0:
            complaints.append(f"{url}: {too_wide} pixels wider than the screen")
    return complaints


@pytest.mark.parametrize(
    ("theme", "size"), LOOKS, ids=lambda value: value if isinstance(value, str) else value["width"]
)
def test_full_pages(theme, size, alice, alice_client, signed_in_page, axe, live_server):
    cast = everything_of(alice)
    long = long_pages(alice)
    page = signed_in_page(alice)
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(size)

    assert found_on(page, axe, live_server, [*readable(alice_client, cast), *long]) == []


def test_empty_pages(alice, signed_in_page, axe, live_server):
    page = signed_in_page(alice)

    assert (
        found_on(
            page, axe, live_server, [reverse(route) for route in sorted(WITHOUT_ID - {"outreach:defer"})]
        )
        == []
    )


def test_the_doors(page, axe, live_server, db):
    doors = ["account_login", "account_signup", "account_reset_password"]

    assert found_on(page, axe, live_server, [reverse(door) for door in doors]) == []


def test_a_form_with_errors(alice, signed_in_page, axe, live_server):
    RoleFactory(owner=alice, title="Data Analyst")
    page = signed_in_page(alice)
    page.goto(live_server.url + "/roles/add/")
    page.fill("[name=title]", "data analyst")
    page.click("main button.filled")

    assert page.locator("[aria-invalid=true]").count() or page.locator(".error-summary").count()
    assert axe(page) == []


def test_at_320_pixels_nothing_is_cut_off(alice, alice_client, signed_in_page, axe, live_server):
    cast = everything_of(alice)
    long = long_pages(alice)
    page = signed_in_page(alice)
    page.set_viewport_size({"width": 320, "height": 640})

    for url in [*readable(alice_client, cast), *long]:
        page.goto(live_server.url + url)
        assert page.evaluate("document.documentElement.scrollWidth <= 320"), url
    labels = page.locator(".side nav > .places > li > :is(a, button)")
    assert labels.count() == 6
    for label in labels.all():
        box = label.bounding_box()
        assert box["x"] >= 0, "the bar shows every place whole"
        assert box["x"] + box["width"] <= 320, label.inner_text()
    assert page.evaluate(
        "(bar => bar.scrollWidth <= bar.clientWidth)(document.querySelector('.side nav > .places'))"
    )

"""Single fields by their kind: what is taken, what it means, what is refused; and hostile addresses of pages."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from django.conf import settings
from django.urls import reverse

from contacts.models import Person
from outreach.composing import values_for
from outreach.models import Conversation
from outreach.placeholders import fill
from tests import factories as make
from tests.form_reader import body_of
from tests.test_ownership import ALL, OF_THE_ACCOUNT, WITH_ID, WITHOUT_ID, address, everything_of

ADA = "https://www.linkedin.com/in/ada-lovelace/"
PROFILES = {
    "https://www.linkedin.com/in/ada-lovelace": ADA,
    "http://linkedin.com/in/Ada-Lovelace": ADA,
    "https://de.linkedin.com/in/ada-lovelace": ADA,
    "https://www.linkedin.com/mwlite/in/ada-lovelace": ADA,
    "https://www.linkedin.com/in/ada-lovelace?utm_source=share&utm_medium=ios_app": ADA,
    "https://www.linkedin.com/in/ada-lovelace/?originalSubdomain=uk": ADA,
    "  https://www.linkedin.com/in/ada-lovelace  ": ADA,
    "linkedin.com/in/ada-lovelace": ADA,
    "https://www.linkedin.com/in/ada%2Dlovelace": ADA,
    "HTTPS://WWW.LINKEDIN.COM/IN/ADA-LOVELACE": ADA,
    "https://www.linkedin.com/in/ada-lovelace/en": ADA,
    "https://www.linkedin.com/in/josé-núñez": "https://www.linkedin.com/in/jos%C3%A9-n%C3%BA%C3%B1ez/",
    "https://www.linkedin.com/company/acme/": None,
    "https://lnkd.in/abc123": None,
    "https://www.linkedin.com/feed/update/urn:li:activity:1/": None,
    "https://www.linkedin.com@evil.example/in/ada": None,
    "https://www.linkedin.com.evil.example/in/ada": None,
    "javascript:alert(1)": None,
}
MAILS = {
    "Ada.Lovelace+jobs@Example.COM": "ada.lovelace+jobs@example.com",
    "ada@example.com\n": "ada@example.com",
    "ada@bücher.example": True,
    "ada@example": None,
    "ada@@example.com": None,
    "<script>@example.com": None,
    "ada@" + "a." * 130 + "example": None,
}
DAYS = {
    "2028-02-29": True, "2027-02-29": None, "2026-02-30": None, "2026-13-01": None, "10000-01-01": None,
    "9999-12-31": None, "0001-01-01": None, "0000-00-00": None, "2026-W10-1": None, "tomorrow": None, "": True,
}  # fmt: skip
ZONES = {
    "Pacific/Kiritimati": True, "Europe/Kyiv": True, "Mars/Olympus": None, "UTC+25": None,
    "../../etc/localtime": None, "Europe/Berlin\0": None, "": None,
}  # fmt: skip
# Day, time and clock; the moment in UTC, or None where that time never is or comes twice: then it is asked.
MOMENTS = {
    ("2027-03-28", "02:30", "Europe/Berlin"): None,
    ("2027-03-14", "02:30", "America/New_York"): None,
    ("2027-03-28", "00:30", "Asia/Beirut"): None,
    ("2027-11-07", "01:30", "America/New_York"): None,
    ("2027-04-04", "01:45", "Australia/Lord_Howe"): None,
    ("2026-12-01", "09:00", "Pacific/Kiritimati"): "2026-11-30T19:00:00+00:00",
    ("2026-12-01", "00:30", "Pacific/Niue"): "2026-12-01T11:30:00+00:00",
    ("2026-12-01", "09:00", "Europe/Kyiv"): "2026-12-01T07:00:00+00:00",
    ("2026-12-01", "09:00", "Europe/Kiev"): "2026-12-01T07:00:00+00:00",
    ("2026-12-01", "09:00", "Etc/GMT+5"): "2026-12-01T14:00:00+00:00",
    ("2026-12-01", "09:00", "Mars/Olympus"): None,
}
NAMES = {
    "A": True, "Null": True, "None": True, "True": True, "X Æ A-12": True, "李": True, "﷽" * 20: True,
    "": None, "   ": None, "\u200b": None, "\u3164": None,
    "Zoë" + "\u0308" * 300: None, "Zoë" + "\u0308" * 3: True, "x" * 256: None,
}  # fmt: skip
NOT_EVALUATED = [
    "{{7*7}}", "#{7*7}", "<%= 7*7 %>", '{% include "/etc/passwd" %}', "{{ request.user.password }}",
    "{name.__class__}", "{person.__init__.__globals__}", "{0}", "{first_name!r}", "{first_name:>99999999}",
    "{first_name[0]}", "%(first_name)s %s %n", "{%" * 5_000,
]  # fmt: skip
REDIRECTS = {
    "/people/?q=a": True, "https://evil.example/": None, "/\\evil.example": None, "\\\\evil.example": None,
    "/\t/evil.example": None, "javascript:alert(1)": None, "///evil.example": None, "//evil.example": None,
    "/people/\r\nSet-Cookie: a=b": None,
}  # fmt: skip
SEARCHES = [
    "' OR 1=1--",
    "_",
    "%",
    "\\",
    '"',
    "(",
    "NEAR(",
    "a" * 10_000,
    "😀",
    "%00",
    "-",
    '"unclosed',
    "*",
    "\0",
    "\u202e",
]
OTHERS = [
    "password",
    "owner__password",
    "?",
    "-1",
    "9" * 40,
    "1.5",
    "٣",
    "WzEsMF0=",
    "W" * 3_000,
    "bnVsbA==",
    "\0<b id=planted>",
]


@pytest.fixture
def person(alice):
    return make.PersonFactory(owner=alice, name="Ada Lovelace", role="CTO")


def sent(client, row, **changes):
    """The answer to the row's own form, with `changes`."""
    form = client.get(f"{row.get_absolute_url()}edit/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    return client.post(
        f"{row.get_absolute_url()}edit/", {n: "" if v is None else v for n, v in (values | changes).items()}
    )


@pytest.mark.parametrize(("typed", "canonical"), PROFILES.items())
def test_a_profile_is_one_address_or_none(typed, canonical, alice_client, person):
    answer = sent(alice_client, person, profile=typed)

    assert answer.status_code == (302 if canonical else 422)
    assert Person.objects.get().linkedin_urls == ([canonical] if canonical else [])


@pytest.mark.parametrize(("typed", "stored"), MAILS.items())
def test_a_mail_address_is_one_that_can_be_written_to(typed, stored, alice_client, person):
    answer = sent(alice_client, person, email=typed)

    assert answer.status_code == (302 if stored else 422)
    if isinstance(stored, str):
        assert Person.objects.get().emails == [stored]


@pytest.mark.parametrize(("typed", "taken"), DAYS.items())
def test_a_day_is_one_of_the_calendar(typed, taken, alice_client, alice, frozen):
    opening = make.OpeningFactory(owner=alice)
    url = reverse("companies:opening_edit", args=[opening.pk])
    values = {"title": "Analyst", "state": "seen", "state_on": "2026-11-02", "deadline": typed, "version": 1}
    values["state"] = opening.state

    assert alice_client.post(url, values).status_code == (302 if taken else 422)


@pytest.mark.parametrize(("typed", "taken"), ZONES.items())
def test_a_time_zone_is_one_of_the_list(typed, taken, alice_client, alice):
    form = alice_client.get("/settings/").context["form"]
    values = {name: form[name].value() for name in form.fields} | {"time_zone": typed}

    answer = alice_client.post("/settings/", {n: "" if v is None else v for n, v in values.items()})

    assert answer.status_code == (302 if taken else 422)
    alice.refresh_from_db()
    assert alice.time_zone == (typed if taken else "Europe/Berlin")


@pytest.mark.parametrize(("wall", "moment"), MOMENTS.items(), ids=lambda value: str(value)[:60])
def test_a_time_that_never_is_or_comes_twice_is_asked_about(wall, moment, alice_client, alice, frozen):
    talk = make.ConversationFactory(owner=alice)
    values = dict(zip(("wall_day", "wall_time", "zone"), wall, strict=True)) | {
        "minutes": 20,
        "mode": "video",
    }

    answer = alice_client.post(reverse("outreach:conversation_schedule", args=[talk.pk]), values)

    starts_at = Conversation.objects.get().starts_at
    assert (starts_at and starts_at.isoformat()) == moment
    assert answer.status_code == (302 if moment else 422)


def test_a_clock_that_is_not_in_the_list_stays_chosen(alice_client, alice, frozen):
    day = dt.date(2026, 12, 1)
    talk = make.ConversationFactory(owner=alice, wall_day=day, wall_time=dt.time(9), zone="Etc/GMT+5")

    page = body_of(alice_client.get(reverse("outreach:conversation_schedule", args=[talk.pk]))).decode()

    assert '<option value="Etc/GMT+5" selected>GMT+5</option>' in page


@pytest.mark.parametrize(("typed", "taken"), NAMES.items())
def test_a_name_is_what_somebody_may_be_called(typed, taken, alice_client, person):
    answer = sent(alice_client, person, name=typed)

    assert answer.status_code == (302 if taken else 422)
    assert Person.objects.get().name == (typed if taken else "Ada Lovelace")


@pytest.mark.parametrize("text", NOT_EVALUATED, ids=lambda text: text[:30])
def test_a_template_fills_its_own_placeholders_and_evaluates_nothing(text, person):
    assert fill(f"{text} <first name>", values_for(person)).text == f"{text} Ada"


@pytest.mark.parametrize("name", ["<company>", "{% debug %}", "<script>alert(1)</script>", "<first name>"])
def test_a_value_is_put_in_once_and_not_read_again(name, alice):
    company = make.CompanyFactory(owner=alice, name=name)
    values = values_for(make.PersonFactory(owner=alice, company=company))

    assert fill("At <company>.", values).text == f"At {name}."


@pytest.mark.parametrize(("back", "own"), REDIRECTS.items())
def test_nobody_is_led_elsewhere(back, own, alice_client, alice, client):
    company = make.CompanyFactory(owner=alice)

    rated = alice_client.post(
        f"/companies/{company.pk}/rating/?back={quote(back, safe='')}", {"motivation": 2}
    )
    door = client.get(f"/accounts/login/?next={quote(back, safe='')}").content.decode()

    assert rated["Location"] == (back if own else company.get_absolute_url())
    assert own or "evil.example" not in re.sub(r'value="[^"]*"', "", door)


@pytest.mark.parametrize("page", ["/companies/", "/people/"])
def test_a_search_is_never_an_error(page, alice_client, alice):
    everything_of(alice)

    for q in SEARCHES:
        answer = alice_client.get(f"{page}?q={quote_plus(q)}")
        assert answer.status_code == 200, q


def parameters():
    """The names of what pages read from their address, and of the filters that are forms."""
    code = "".join(
        file.read_text()
        for app in ("netjob", "companies", "contacts", "outreach")
        for file in Path(settings.BASE_DIR, app).rglob("*.py")
    )
    return sorted(
        set(re.findall(r'\.GET(?:\.get\(|\[)"(\w+)"', code))
        | {"q", "state", "stage", "kind", "order", "sort", "company", "next"}
    )


@pytest.mark.parametrize("value", OTHERS, ids=lambda value: ascii(value)[:20])
def test_what_stands_in_an_address_is_never_an_error(value, alice_client, alice):
    cast = everything_of(alice)
    query = "&".join(f"{name}={quote_plus(value)}" for name in parameters())

    for route in sorted(WITHOUT_ID | OF_THE_ACCOUNT | set(WITH_ID)):
        url = address(route, ALL[route], cast) if route in WITH_ID else reverse(route)
        answer = alice_client.get(f"{url}?{query}")
        assert answer.status_code in (200, 302, 404, 405), url
        assert b"<b id=planted" not in body_of(answer), url

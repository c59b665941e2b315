"""Writing a request: filled from the real person, counted as LinkedIn counts, sent only when fit to be."""

import datetime as dt
import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from contacts.models import Person
from netjob.models import Activity
from outreach.models import Message, MessageTemplate, Request
from outreach.shipped import GUIDE_REQUEST
from tests.factories import CompanyFactory, PersonFactory, RoleFactory, TemplateFactory

pytestmark = pytest.mark.usefixtures("frozen")
SHORT = "Hi Priya, I’d be glad to connect."


@pytest.fixture
def priya(alice):
    company = CompanyFactory(owner=alice, name="Notion")
    person = PersonFactory(owner=alice, company=company, name="Priya Raman", role="Analytics Lead")
    person.set_profile("https://www.linkedin.com/in/priya-raman/")
    return person


@pytest.fixture
def url(priya):
    return f"/people/{priya.pk}/requests/add/"


def guide(alice):
    return MessageTemplate.objects.owned_by(alice).get(name=GUIDE_REQUEST.name)


def composed(answer):
    """What stands in the composer."""
    page = answer.content.decode()
    return unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1])


def write(client, url, text=SHORT, **more):
    return client.post(url, {"channel": "invitation", "text": text, **more})


# The composer


def test_it_begins_with_the_first_template_that_fits_filled_for_this_person(alice_client, url):
    answer = alice_client.get(url)

    assert answer.status_code == 200
    assert composed(answer).startswith("Hi Priya, your path to Analytics Lead at Notion")
    assert "144 of 200 characters" in answer.content.decode()


def test_another_template_refills_the_text(alice_client, alice, url):
    answer = alice_client.get(url, {"template": guide(alice).pk})

    assert "work you do as an Analytics Lead at Notion" in composed(answer)
    assert "285 of 200 characters: 85 too many for a free account" in answer.content.decode()


def test_with_premium_the_guides_request_fits_and_comes_first(alice_client, alice, url):
    alice.linkedin_account = "premium"
    alice.save()

    answer = alice_client.get(url)

    assert composed(answer).startswith("Hi Priya Raman, I discovered your profile")
    assert "285 of 300 characters" in answer.content.decode()


def test_no_template_gives_an_empty_field(alice_client, url):
    assert composed(alice_client.get(url, {"template": ""})) == ""


def test_htmx_gets_the_composer_alone(alice_client, alice, url):
    answer = alice_client.get(
        url, {"template": guide(alice).pk}, headers={"HX-Request": "true", "HX-Target": "composer"}
    )

    page = answer.content.decode()
    assert page.strip().startswith("<section")
    assert "<html" not in page
    assert "Hi Priya Raman, I discovered" in page


def test_without_scripts_there_is_a_button_for_the_template(alice_client, url):
    page = alice_client.get(url).content.decode()

    assert "<noscript><button" in page
    assert "Use this template" in page


def test_what_is_still_to_fill_is_named(alice_client, alice, url):
    template = TemplateFactory(owner=alice, body="Hi <first name>, about <topic> and <nmae>.")

    page = alice_client.get(url, {"template": template.pk}).content.decode()

    assert "Still to fill: &lt;topic&gt;" in page
    assert "half of one: &lt;nmae&gt;" in page


def test_my_role_is_what_i_do_or_else_what_i_look_for(alice_client, alice, url):
    template = TemplateFactory(owner=alice, body="<my name>, <my role>")
    RoleFactory(owner=alice, title="Data Analyst")
    assert composed(alice_client.get(url, {"template": template.pk})) == "Alice Archer, Data Analyst"

    alice.current_role = "Teacher"
    alice.save()
    assert composed(alice_client.get(url, {"template": template.pk})) == "Alice Archer, Teacher"


def test_the_way_follows_the_person(alice_client, alice, priya, url):
    assert '<option value="invitation" selected>' in alice_client.get(url).content.decode()

    priya.connect(on=dt.date(2026, 11, 3))
    page = alice_client.get(url, {"channel": "message"}).content.decode()

    assert '<option value="message" selected>' in page
    assert "You are connected already" in page
    assert f"/people/{priya.pk}/messages/add/?kind=ask_for_time" in page


def test_whoever_is_connected_needs_no_request(alice_client, priya, url):
    priya.connect(on=dt.date(2026, 11, 3))

    assert alice_client.get(url).url == f"/people/{priya.pk}/messages/add/?kind=ask_for_time"


def test_the_profile_is_a_link_and_nothing_else(alice_client, url):
    page = alice_client.get(url).content.decode()

    assert re.search(
        r'href="https://www.linkedin.com/in/priya-raman/"[^>]*target="_blank"[^>]*data-copy="#id_text"', page
    )


def test_without_a_profile_the_link_searches_by_name(alice_client, alice):
    person = PersonFactory(owner=alice, company=CompanyFactory(owner=alice, name="Notion"), name="Ada L")

    page = alice_client.get(f"/people/{person.pk}/requests/add/").content.decode()

    assert "search/results/people/?keywords=Ada%20L%20Notion" in page


def test_an_e_mail_is_a_mailto_link_with_subject_and_text(alice_client, alice, priya, url):
    priya.set_email("priya@example.org")
    template = TemplateFactory(owner=alice, subject="At <company> & co", body="Hi <first name>,\nhow?")

    page = alice_client.get(url, {"channel": "email", "template": template.pk}).content.decode()

    link = urlsplit(unescape(re.search(r'href="(mailto:[^"]*)"', page)[1]))
    assert link.path == "priya@example.org"
    assert parse_qs(link.query) == {"subject": ["At Notion & co"], "body": ["Hi Priya,\r\nhow?"]}
    assert "+" not in link.query
    assert unquote(link.query).count("subject=") == 1


def test_another_way_keeps_what_was_typed(alice_client, url):
    answer = alice_client.post(
        url,
        {"channel": "email", "text": "Half a sentence", "template": "", "preview": "channel"},
        headers={"HX-Request": "true", "HX-Target": "composer"},
    )

    assert answer.status_code == 200
    assert composed(answer) == "Half a sentence"
    assert 'name="subject"' in answer.content.decode()
    assert not Request.objects.exists()


def test_a_preview_works_without_scripts_too(alice_client, url):
    answer = alice_client.post(url, {"channel": "message", "text": "Half a <topic>", "preview": "channel"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" in page
    assert "14 of 8000 characters" in page
    assert "Still to fill: &lt;topic&gt;" in page


def test_the_budgets_are_told_and_refuse_nothing(alice_client, alice, url):
    for number in range(6):
        person = PersonFactory(owner=alice)
        at = dt.datetime(2026, 11, 20 + number % 2 * 3, 8, tzinfo=dt.UTC)
        row = Request.draft(alice, person, channel="invitation")
        row.write(SHORT)
        row.send(at=at)

    page = alice_client.get(url).content.decode()

    assert "Notes this month: 6 of about 5" in page
    assert "Invitations this week: 3 of about 100" in page
    assert write(alice_client, url, send="1").status_code == 302


# Kept as a draft


def test_a_draft_is_kept_with_its_template(alice_client, alice, priya, url):
    answer = write(alice_client, url, template=guide(alice).pk)

    row = Request.objects.owned_by(alice).get()
    assert answer.url == f"/requests/{row.pk}/"
    assert row.state == "draft"
    assert (row.note.text, row.note.template) == (SHORT, guide(alice))


def test_a_draft_may_be_too_long_and_unfinished(alice_client, url):
    answer = write(alice_client, url, text="Hi <name>, " + "x" * 10_000)

    assert answer.status_code == 302
    page = alice_client.get(answer.url).content.decode()
    assert "9811 too many for a free account" in page
    assert "Still to fill: &lt;name&gt;" in page


def test_the_same_form_twice_makes_one_request(alice_client, url):
    key = "5f0c0e0e-8a59-4c53-9f0c-0d0a2f6f4a11"

    first = write(alice_client, url, send="1", submission=key)
    second = write(alice_client, url, send="1", submission=key)

    assert first.url == second.url
    assert Request.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_second_request_to_the_same_person_is_refused_and_the_text_kept(alice_client, alice, priya, url):
    row = Request.draft(alice, priya, channel="invitation")
    row.write(SHORT)
    row.send(at=dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC))

    assert "There is a request to Priya Raman already" in alice_client.get(url).content.decode()
    answer = write(alice_client, url, text="Another try")

    assert answer.status_code == 422
    assert "There is a request to Priya Raman already; it is sent." in unescape(answer.content.decode())
    assert composed(answer) == "Another try"
    assert Request.objects.count() == 1


def test_after_a_withdrawal_the_three_weeks_are_told(alice_client, alice, priya, url):
    row = Request.draft(alice, priya, channel="invitation")
    row.send(at=dt.datetime(2026, 11, 10, 8, tzinfo=dt.UTC))
    row.withdraw(on=dt.date(2026, 11, 16))

    page = alice_client.get(url).content.decode()
    assert "on 16 November. LinkedIn may take no new one before 7 December" in page
    assert write(alice_client, url, send="1").status_code == 302


def test_after_three_weeks_nothing_is_said_any_more(alice_client, alice, priya, url):
    row = Request.draft(alice, priya, channel="invitation")
    row.send(at=dt.datetime(2026, 10, 20, 8, tzinfo=dt.UTC))
    row.withdraw(on=dt.date(2026, 11, 2))

    assert "You withdrew" not in alice_client.get(url).content.decode()


# Sent


def test_today_it_counts_as_sent_now(alice_client, alice, priya, url):
    answer = write(alice_client, url, send="1", on="2026-11-23")

    row = Request.objects.owned_by(alice).get()
    assert answer.url == f"/people/{priya.pk}/"
    assert row.state == "sent"
    assert row.sent_at == row.note.sent_at == dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    priya.refresh_from_db()
    assert priya.stage == Person.Stage.ASKED
    assert Activity.objects.filter(person_uid=priya.uid, verb="sending").count() == 1


def test_without_a_day_it_is_today(alice_client, url):
    write(alice_client, url, send="1")

    assert str(Request.objects.get().sent_on) == "2026-11-23"


def test_another_day_counts_as_noon_by_my_clock(alice_client, alice, url):
    write(alice_client, url, send="1", on="2026-11-20")

    row = Request.objects.get()
    assert row.sent_at == dt.datetime(2026, 11, 20, 12, tzinfo=alice.zone)
    assert row.note.sent_at == row.sent_at


def test_a_day_before_they_were_noted_is_fine(alice_client, url):
    assert write(alice_client, url, send="1", on="2019-05-01").status_code == 302


def test_tomorrow_is_refused_at_the_day(alice_client, url):
    answer = write(alice_client, url, send="1", on="2026-11-24")

    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert not Request.objects.exists()


def test_an_invitation_may_go_blank(alice_client, url):
    assert write(alice_client, url, text="", send="1").status_code == 302

    assert Request.objects.get().state == "sent"
    assert not Message.objects.exists()


def test_the_guides_request_is_refused_at_200_and_the_text_kept(alice_client, alice, url):
    text = composed(alice_client.get(url, {"template": guide(alice).pk}))

    answer = write(alice_client, url, text=text, send="1")

    assert answer.status_code == 422
    assert "285 of 200 characters: 85 too many for a free account." in answer.content.decode()
    assert composed(answer) == text
    assert not Request.objects.exists()


def test_the_guides_request_goes_out_at_300_with_premium(alice_client, alice, url):
    alice.linkedin_account = "premium"
    alice.save()
    text = composed(alice_client.get(url, {"template": guide(alice).pk}))

    assert write(alice_client, url, text=text, send="1").status_code == 302
    assert Request.objects.get().note.text == text


@pytest.mark.parametrize(("length", "status"), [(200, 302), (201, 422)])
def test_the_limit_is_the_last_character(alice_client, url, length, status):
    assert write(alice_client, url, text="x" * length, send="1").status_code == status


def test_an_emoji_counts_two_as_on_linkedin(alice_client, url):
    assert write(alice_client, url, text="🎉" * 100, send="1").status_code == 302


def test_101_emoji_are_two_too_many(alice_client, url):
    answer = write(alice_client, url, text="🎉" * 101, send="1")

    assert "202 of 200 characters: 2 too many" in answer.content.decode()


def test_a_line_break_of_a_browser_counts_one(alice_client, url):
    assert write(alice_client, url, text="x" * 99 + "\r\n" + "x" * 100, send="1").status_code == 302
    assert "\r" not in Message.objects.get().text


@pytest.mark.parametrize("text", ["Hi <name>!", "Hi < First  Name >!", "Hi <nmae>!", "Hi <first name, so"])
def test_what_is_not_filled_is_never_sent(alice_client, url, text):
    answer = write(alice_client, url, text=text, send="1")

    assert answer.status_code == 422
    assert "it would be sent as it stands" in answer.content.decode()
    assert composed(answer) == text
    assert not Request.objects.exists()


def test_an_unfilled_subject_is_not_sent_either(alice_client, url):
    answer = alice_client.post(
        url, {"channel": "email", "subject": "About <company>", "text": "Hello", "send": "1"}
    )

    assert answer.status_code == 422
    assert "Fill or remove &lt;company&gt;" in answer.content.decode()


def test_a_subject_is_no_matter_where_there_is_none(alice_client, url):
    assert write(alice_client, url, subject="About <company>", send="1").status_code == 302
    assert Message.objects.get().subject == ""


def test_who_is_not_to_be_contacted_is_not_written_to(alice_client, priya, url):
    priya.refuse_contact(on=dt.date(2026, 11, 1))

    assert "Marked “do not contact”" in alice_client.get(url).content.decode()
    answer = write(alice_client, url, send="1")

    assert answer.status_code == 422
    assert "Priya Raman is marked “do not contact”." in answer.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("channel", "status"), [("message", 422), ("email", 422), ("in_person", 302), ("other", 302)]
)
def test_a_message_needs_words_a_word_in_person_does_not(alice_client, url, channel, status):
    assert alice_client.post(url, {"channel": channel, "text": " ", "send": "1"}).status_code == status


def test_a_message_may_have_8000_characters(alice_client, url):
    assert alice_client.post(url, {"channel": "message", "text": "x" * 8001, "send": "1"}).status_code == 422
    assert alice_client.post(url, {"channel": "message", "text": "x" * 8000, "send": "1"}).status_code == 302


# Bad input


@pytest.mark.parametrize(
    "more",
    [
        {"text": "Hi\x00there"},
        {"text": "x" * 20_001},
        {"channel": "pigeon"},
        {"channel": "email", "subject": "x" * 201},
        {"on": "yesterday", "send": "1"},
    ],
)
def test_bad_input_is_an_error_in_words_and_nothing_is_kept(alice_client, url, more):
    answer = write(alice_client, url, **({"text": SHORT} | more))

    assert answer.status_code == 422
    assert "Please look at this" in answer.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "مرحبا، يسعدني التواصل", "a < b and <3"])
def test_text_is_text(alice_client, url, text):
    answer = write(alice_client, url, text=text)

    assert answer.status_code == 302
    page = alice_client.get(answer.url).content.decode()
    assert "<script>alert" not in page
    assert unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1]) == text


def test_placeholders_that_a_name_brings_are_not_filled_again(alice_client, alice, url, priya):
    priya.company.name = "<my name> GmbH"
    priya.company.save()
    template = TemplateFactory(owner=alice, body="At <company>")

    assert composed(alice_client.get(url, {"template": template.pk})) == "At <my name> GmbH"


@pytest.mark.parametrize("asked", ["abc", "-1", "9" * 30, "٣", "1 OR 1=1"])
def test_a_template_that_cannot_be_is_ignored(alice_client, url, asked):
    assert composed(alice_client.get(url, {"template": asked})).startswith("Hi Priya, your path")


def test_a_template_that_went_away_meanwhile_does_not_cost_the_text(alice_client, url):
    assert write(alice_client, url, template="999999").status_code == 302
    assert Message.objects.get().template is None


# Ownership


def test_another_owners_template_is_neither_shown_nor_used(alice_client, bob, url):
    theirs = TemplateFactory(owner=bob, name="Bob’s own", body="Bob’s secret")

    answer = alice_client.get(url, {"template": theirs.pk})
    assert "Bob’s" not in unescape(answer.content.decode())
    write(alice_client, url, template=theirs.pk)

    assert Message.objects.get().template is None


def test_another_owners_person_is_not_found(bob_client, url):
    assert bob_client.get(url).status_code == 404
    assert write(bob_client, url, send="1").status_code == 404
    assert not Request.objects.exists()


def test_only_get_and_post(alice_client, url):
    assert alice_client.put(url).status_code == 405


def test_the_number_of_queries_is_the_same_with_a_long_past(
    alice_client, alice, priya, url, django_assert_num_queries
):
    with django_assert_num_queries(8):
        alice_client.get(url)
    TemplateFactory.create_batch(20, owner=alice)
    for _ in range(10):
        row = Request.draft(alice, priya, channel="invitation")
        row.send(at=dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC))
        row.decline(on=dt.date(2026, 9, 2))
    with django_assert_num_queries(8):
        alice_client.get(url)

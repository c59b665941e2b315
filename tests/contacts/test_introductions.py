"""Introductions: wished for, asked, agreed, made, declined; the introducer told; each with its way back."""

import datetime as dt

import pytest

from contacts.models import Introduction, Person
from netjob.models import Activity
from netjob.ownership import Refused
from tests import factories as make

pytestmark = pytest.mark.usefixtures("frozen")
ON = dt.date(2026, 11, 9)


@pytest.fixture
def maria(alice):
    return make.PersonFactory(owner=alice, name="Maria Weber")


@pytest.fixture
def jonas(alice):
    return make.PersonFactory(
        owner=alice, name="Jonas Okafor", company=make.CompanyFactory(owner=alice, name="Figma")
    )


@pytest.fixture
def wish(alice, maria, jonas):
    return Introduction.wish(alice, maria, on=ON, person=jonas)


def press(client, row, noun, **form):
    answer = client.post(f"/introductions/{row.pk}/{noun}/", form)
    row.refresh_from_db()
    return answer


def test_it_goes_from_wish_to_report_and_back_again(alice_client, wish):
    for noun, state in [("asking", "asked"), ("agreement", "agreed"), ("making", "made")]:
        assert press(alice_client, wish, noun, on="2026-11-20").status_code == 302
        assert wish.state == state
    press(alice_client, wish, "report", on="2026-11-23")
    assert wish.told_on == dt.date(2026, 11, 23)

    assert press(alice_client, wish, "reversal").status_code == 409, "told: that is taken back first"
    press(alice_client, wish, "report/reversal")
    for state in ("agreed", "asked", "wished"):
        press(alice_client, wish, "reversal")
        assert wish.state == state


def test_both_histories_say_it(alice, wish, maria, jonas):
    wish.make(on=ON)

    titles = {
        person.name: list(Activity.objects.filter(person_uid=person.uid).values_list("title", flat=True))
        for person in (maria, jonas)
    }
    assert titles["Maria Weber"][0] == "Introduced: Jonas Okafor"
    assert titles["Jonas Okafor"][0] == "Introduced: by Maria Weber"


def test_the_way_in_stands_on_the_one_page_and_the_debt_on_the_other(alice_client, wish, maria, jonas):
    wish.make(on=ON)

    assert (
        "Maria Weber</bdi> can introduce you" in alice_client.get(jonas.get_absolute_url()).content.decode()
    )
    assert "not told yet" in alice_client.get(maria.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "to"),
    [("jonas okafor", "Jonas Okafor"), ("FIGMA", "somebody at Figma")],
    ids=["person", "company"],
)
def test_x_can_introduce_me_to_a_person_or_a_company(alice_client, maria, jonas, typed, to):
    answer = alice_client.post(f"/people/{maria.pk}/introductions/add/", {"to": typed, "notes": "Old team"})

    row = Introduction.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.introducer, row.to, row.state, row.wished_on) == (maria, to, "wished", dt.date(2026, 11, 23))


def test_who_can_introduce_me_is_asked_of_a_person_and_of_a_company(alice_client, maria, jonas):
    alice_client.post(f"/people/{jonas.pk}/ways-in/add/", {"by": "Maria Weber"})
    alice_client.post(f"/companies/{jonas.company_id}/ways-in/add/", {"by": "Maria Weber"})

    assert list(Introduction.objects.order_by("pk").values_list("person", "company")) == [
        (jonas.pk, None), (None, jonas.company_id),
    ]  # fmt: skip
    assert (
        "Maria Weber</bdi> can introduce"
        in alice_client.get(jonas.company.get_absolute_url()).content.decode()
    )


def test_of_two_who_are_called_so_one_is_chosen(alice, alice_client, maria, jonas):
    other = make.PersonFactory(owner=alice, name="Maria Weber", role="CTO")
    url = f"/people/{jonas.pk}/ways-in/add/"

    asked = alice_client.post(url, {"by": "Maria Weber"})
    assert asked.status_code == 422
    assert "CTO" in asked.content.decode()
    alice_client.post(url, {"by": "Maria Weber", "which": other.pk})
    assert Introduction.objects.get().introducer == other


@pytest.mark.parametrize(
    ("url", "form", "sentence"),
    [
        ("ways-in/add/", {"by": "Nobody Atall"}, "Nobody on your list has that name"),
        ("ways-in/add/", {"by": "Jonas Okafor"}, "Nobody introduces you to themselves"),
        ("introductions/add/", {"to": "Nowhere"}, "Neither a person nor a company"),
        ("introductions/add/", {"to": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_refused_in_words(alice_client, jonas, url, form, sentence):
    answer = alice_client.post(f"/people/{jonas.pk}/{url}", form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Introduction.objects.exists()


def test_the_same_way_is_wished_for_once(alice, wish, maria, jonas):
    with pytest.raises(Refused, match="on your list already"):
        Introduction.wish(alice, maria, on=ON, person=jonas)


def test_being_introduced_at_a_company_says_to_whom(alice, alice_client, maria, jonas):
    row = Introduction.wish(alice, maria, on=ON, company=jonas.company)

    press(alice_client, row, "making", to="Jonas Okafor", on="2026-11-20")

    assert (row.state, row.person) == ("made", jonas)


def test_the_link_for_the_introducer_shows_their_own_connections(alice, alice_client, maria, jonas):
    make.CompanyLinkedInFactory(owner=alice, company=jonas.company, kind="numeric", value="1441")
    row = Introduction.wish(alice, maria, on=ON, company=jonas.company)

    page = alice_client.get(row.get_absolute_url()).content.decode()

    assert "currentCompany=%5B%221441%22%5D&amp;origin=FACETED_SEARCH&amp;network=%5B%22F%22%5D" in page


def test_asking_is_written_from_a_template_and_moves_it(alice, alice_client, maria, jonas):
    row = Introduction.wish(alice, maria, on=ON, company=jonas.company)
    make.CompanyLinkedInFactory(owner=alice, company=jonas.company, kind="numeric", value="1441")
    url = f"/people/{maria.pk}/messages/add/?kind=introduction_request&introduction={row.pk}"

    page = alice_client.get(url).content.decode()
    assert "Figma is high on my list" in page
    assert "This link shows whom you know there: https://www.linkedin.com/search/results/people/" in page
    alice_client.post(
        url, {"channel": "message", "text": "Do you know somebody?", "send": "1", "on": "2026-11-23"}
    )
    row.refresh_from_db()
    assert (row.state, row.asked_on) == ("asked", dt.date(2026, 11, 23))

    message = maria.messages.get()
    alice_client.post(f"/messages/{message.pk}/reversal/")
    row.refresh_from_db()
    assert row.state == "wished"


@pytest.mark.parametrize("role", ["", "Data Engineer"])
def test_whoever_is_to_lead_me_to_one_person_reads_their_name(alice, alice_client, wish, maria, jonas, role):
    jonas.role = role
    jonas.save()
    make.CompanyLinkedInFactory(owner=alice, company=jonas.company, kind="numeric", value="1441")

    page = alice_client.get(
        f"/people/{maria.pk}/messages/add/?kind=introduction_request&introduction={wish.pk}"
    )

    text = page.content.decode()
    assert "you know Jonas Okafor at Figma" in text
    assert "“Hello Jonas Okafor, Alice Archer is looking" in text, "the lines to forward name them, too"
    assert "is asked to introduce you to Jonas Okafor." in text
    assert "Fill in yourself" not in text
    assert "This link shows" not in text


def test_a_search_by_name_shows_nobodys_own_connections_and_is_not_sent_along(
    alice, alice_client, maria, jonas
):
    row = Introduction.wish(alice, maria, on=ON, company=jonas.company)
    url = f"/people/{maria.pk}/messages/add/?kind=introduction_request&introduction={row.pk}"

    assert "linkedin.com/search" not in alice_client.get(url).context["form"]["text"].value()


@pytest.mark.parametrize("to_company", [False, True])
def test_the_report_back_names_whom_i_met(alice, alice_client, maria, jonas, to_company):
    to = {"company": jonas.company} if to_company else {"person": jonas}
    row = Introduction.wish(alice, maria, on=ON, **to)
    row.make(on=ON)

    page = alice_client.get(f"/people/{maria.pk}/messages/add/?kind=report_back&introduction={row.pk}")

    assert f"you pointed me to {row.to}, and we have now talked" in page.context["form"]["text"].value()


def test_without_an_introduction_the_report_back_is_about_their_advice(alice_client, maria):
    page = alice_client.get(f"/people/{maria.pk}/messages/add/?kind=report_back")

    assert "you gave me advice on <topic>" in page.context["form"]["text"].value()


def test_the_page_asks_once_for_the_day_and_has_no_link_where_one_person_is_meant(
    alice, alice_client, wish, jonas
):
    make.CompanyLinkedInFactory(owner=alice, company=jonas.company, kind="numeric", value="1441")
    page = alice_client.get(wish.get_absolute_url()).content.decode()
    assert page.count('name="on"') == 1
    assert "A link for them" not in page

    answer = press(alice_client, wish, "making", on="2027-01-01")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="2027-01-01"' in page, "the day that was typed, with what is wrong with it"


def test_what_was_refused_and_then_mended_ends_on_the_page_of_the_introduction(alice_client, wish):
    url = f"/introductions/{wish.pk}/making/"

    answer = alice_client.post(url, {"on": "2026-11-20"}, headers={"Referer": f"http://testserver{url}"})

    assert answer.url == wish.get_absolute_url()


def test_deleting_can_be_undone(alice_client, wish):
    alice_client.post(f"/introductions/{wish.pk}/deletion/")
    assert not Introduction.objects.exists()


def test_a_way_to_a_company_that_becomes_another_leads_to_that_one(alice, maria, jonas):
    other = make.CompanyFactory(owner=alice, name="Figma Inc")
    row = Introduction.wish(alice, maria, on=ON, company=other)

    jonas.company.merge(other, on=ON, chosen={})

    row.refresh_from_db()
    assert row.company == jonas.company


def test_a_request_keeps_who_led_to_it(alice, alice_client, wish, jonas, maria):
    wish.make(on=ON)
    url = f"/people/{jonas.pk}/requests/add/?introduction={wish.pk}"

    assert "Maria Weber suggested that I write" in alice_client.get(url).content.decode()
    alice_client.post(url, {"channel": "invitation", "text": "Hi Jonas"})

    assert jonas.requests.get().introduction == wish
    assert Person.objects.get(pk=maria.pk).introductions_by.get() == wish


# The list of all of them


def shown(answer):
    return [str(row) for row in answer.context["rows"].rows]


@pytest.fixture
def all_of_them(alice, maria, jonas):
    to_jonas = Introduction.wish(alice, maria, on=ON, person=jonas)
    to_figma = Introduction.wish(alice, maria, on=ON, company=jonas.company)
    to_maria = Introduction.wish(alice, jonas, on=ON, person=maria)
    to_figma.ask(on=ON)
    to_maria.make(on=ON)
    return [to_jonas, to_figma, to_maria]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [2, 1, 0]),
        ("sort=oldest", [0, 1, 2]),
        ("show=open", [1, 0]),
        ("show=wished", [0]),
        ("show=asked", [1]),
        ("show=untold", [2]),
        ("show=declined", []),
        ("q=MARIA+figma", [2, 1, 0]),
        ("q=somebody+else", []),
        ("company=figma", [1, 0]),
        ("person=maria", [2, 1, 0]),
        ("show=x&person=999999&after=%00&q=%00", [2, 1, 0]),
    ],
)
def test_the_list_holds_what_is_asked_for(alice_client, all_of_them, maria, jonas, query, places):
    query = query.replace("=figma", f"={jonas.company_id}").replace("person=maria", f"person={maria.pk}")

    assert shown(alice_client.get(f"/introductions/?{query}")) == [
        str(all_of_them[place]) for place in places
    ]


def test_each_row_has_its_next_step_and_its_day(alice_client, all_of_them):
    page = alice_client.get("/introductions/").content.decode()

    to_jonas, to_figma, to_maria = all_of_them
    assert f"kind=introduction_request&amp;introduction={to_jonas.pk}" in page
    assert f"/introductions/{to_figma.pk}/agreement/?back=" in page
    assert f"kind=report_back&amp;introduction={to_maria.pk}" in page
    assert "not told yet" in page
    assert 'since <time datetime="2026-11-09"' in page


def test_a_step_from_the_list_leads_back_to_it(alice_client, wish):
    back = "/introductions/?show=open"
    for noun in ("asking", "agreement", "making", "report"):
        assert alice_client.post(f"/introductions/{wish.pk}/{noun}/?back={back}").url == back
    wish.refresh_from_db()
    assert wish.told_on == dt.date(2026, 11, 23)


def test_many_are_asked_at_once_and_taken_back(alice, alice_client, maria, jonas):
    rows = [
        Introduction.wish(alice, maria, on=ON, person=jonas),
        Introduction.wish(alice, maria, on=ON, company=jonas.company),
    ]
    before = Activity.objects.count()

    form = {"act": "asking", "row": [row.pk for row in rows], "on": "2026-11-20", "sent": 1}
    answer = alice_client.post("/introductions/changes/?", form, follow=True)

    assert set(Introduction.objects.values_list("state", flat=True)) == {"asked"}
    [said] = [message for message in answer.context["messages"] if message.extra_tags]
    alice_client.post(f"/changes/{said.extra_tags.partition(':')[2]}/undo/")
    assert set(Introduction.objects.values_list("state", flat=True)) == {"wished"}
    assert Activity.objects.count() == before


def test_no_introduction_yet_and_none_that_fits_are_told_apart(alice_client, alice):
    assert "No introductions yet" in alice_client.get("/introductions/").content.decode()
    assert "No introduction fits" in alice_client.get("/introductions/?show=made").content.decode()


def test_the_list_leaves_as_a_file(alice_client, all_of_them):
    answer = alice_client.get("/introductions/export/?format=csv&show=untold")

    assert "Jonas Okafor" in b"".join(answer).decode("utf-8-sig")


def test_the_list_costs_the_same_for_ten_and_for_twenty(alice, alice_client, django_assert_num_queries):
    for _ in range(2):
        for person in make.PersonFactory.create_batch(10, owner=alice):
            make.IntroductionFactory(owner=alice, introducer=person)
        with django_assert_num_queries(4):
            alice_client.get("/introductions/")

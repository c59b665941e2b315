"""People are pasted on a company's page; whatever is not certain is asked before anything is saved."""

import re

import pytest

from contacts.models import Person
from outreach.models import Request
from tests.factories import CompanyFactory, PersonFactory


@pytest.fixture
def notion(alice):
    return CompanyFactory(owner=alice, name="Notion")


def paste(client, company, text, **more):
    return client.post(
        f"/companies/{company.pk}/people/add/", {"text": text, "kind": "peer", "found_how": "search", **more}
    )


def said(answer):
    from django.contrib.messages import get_messages

    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_the_page_shows_the_box_and_what_can_be_pasted(alice_client, notion):
    page = alice_client.get(f"/companies/{notion.pk}/people/add/").content.decode()

    assert "Add people at Notion" in page
    assert 'name="text"' in page
    assert "linkedin.com/in/priya-raman" in page


def test_names_with_roles_are_added_at_once(alice_client, alice, notion):
    answer = paste(
        alice_client, notion, "Priya Raman, Analytics Lead\n\nJonas Okafor\nMei Tan – Analyst", kind="manager"
    )

    assert answer.status_code == 302
    assert answer.url == f"/companies/{notion.pk}/#people"
    assert said(answer) == "3 people added."
    people = Person.objects.owned_by(alice).order_by("pk")
    assert [(person.name, person.role) for person in people] == [
        ("Priya Raman", "Analytics Lead"), ("Jonas Okafor", ""), ("Mei Tan", "Analyst"),
    ]  # fmt: skip
    assert {person.kind for person in people} == {"manager"}


def test_who_is_known_is_said_with_how_far_i_got(alice_client, alice, notion, frozen, today):
    priya = PersonFactory(owner=alice, company=notion, name="Priya Raman")
    priya.set_profile("linkedin.com/in/priya-raman")
    request = Request.draft(alice, priya, channel="invitation")
    request.send(at=frozen_at(3))

    answer = paste(alice_client, notion, "Mei Tan\nhttps://uk.linkedin.com/in/Priya-Raman?trk=x")

    assert said(answer) == "Mei Tan is added. Priya Raman is known already: asked on 3 November."
    assert Person.objects.count() == 2


def frozen_at(day):
    import datetime as dt

    return dt.datetime(2026, 11, day, 8, tzinfo=dt.UTC)


def test_a_guessed_name_is_completed_before_anything_is_saved(alice_client, notion):
    answer = paste(alice_client, notion, "Mei Tan\nhttps://www.linkedin.com/in/priya-raman-77b1a2/")

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Nothing is saved yet" in page
    assert 'value="Priya Raman"' in page
    assert not Person.objects.exists()

    answer = paste(
        alice_client, notion, "Mei Tan\nhttps://www.linkedin.com/in/priya-raman-77b1a2/",
        asked="2-name", name_2="Priya Raman-Lee", role_2="Analytics Lead",
    )  # fmt: skip

    assert said(answer) == "2 people added."
    priya = Person.objects.get(name="Priya Raman-Lee")
    assert (priya.role, priya.linkedin_url) == (
        "Analytics Lead",
        "https://www.linkedin.com/in/priya-raman-77b1a2/",
    )


def test_an_emptied_name_leaves_the_line_out(alice_client, notion):
    paste(
        alice_client, notion, "Mei Tan\nlinkedin.com/in/priya-raman", asked="2-name", name_2=" ", role_2="",
    )  # fmt: skip

    assert [person.name for person in Person.objects.all()] == ["Mei Tan"]


@pytest.mark.parametrize(
    ("decision", "names", "links"),
    [("it is her", 1, 1), ("new", 2, 1), ("skip", 1, 0)],
)
def test_a_likely_one_is_decided(alice_client, alice, notion, decision, names, links):
    priya = PersonFactory(owner=alice, company=notion, name="Priya Raman", role="Lead")
    line = "Priya Raman, linkedin.com/in/priya-raman"
    page = paste(alice_client, notion, line).content.decode()
    assert "It is Priya Raman (Lead, found on" in page
    assert "add the link to them" in page
    assert re.search(rf'value="{priya.pk}"[^>]* checked', page)

    answer = paste(
        alice_client,
        notion,
        line,
        asked="1-likely",
        likely_1=priya.pk if decision == "it is her" else decision,
    )

    assert answer.status_code == 302
    assert Person.objects.filter(name="Priya Raman").count() == names
    assert sum(bool(person.linkedin_url) for person in Person.objects.all()) == links
    if decision == "it is her":
        assert said(answer) == "Nobody new. Priya Raman has the link now."
        assert priya.linkedin_url


def test_an_undecided_line_is_asked_again(alice_client, alice, notion):
    PersonFactory(owner=alice, company=notion, name="Priya Raman")

    answer = paste(alice_client, notion, "P. Raman", asked="1-likely")

    assert answer.status_code == 422
    assert "Choose one." in answer.content.decode()
    assert Person.objects.count() == 1


def test_a_decision_for_somebody_who_was_not_offered_is_refused(alice_client, alice, bob, notion):
    PersonFactory(owner=alice, company=notion, name="Priya Raman")
    stranger = PersonFactory(owner=bob, name="Priya Raman")

    answer = paste(
        alice_client, notion, "P. Raman, linkedin.com/in/p", asked="1-likely", likely_1=stranger.pk
    )

    assert answer.status_code == 422
    assert not stranger.keys.exists()


@pytest.mark.parametrize(("decision", "where"), [("move", "Notion"), ("stay", "Figma")])
def test_known_at_another_company_is_moved_here_or_left(alice_client, alice, notion, decision, where):
    figma = CompanyFactory(owner=alice, name="Figma")
    jonas = PersonFactory(owner=alice, company=figma, name="Jonas Okafor")
    jonas.set_profile("linkedin.com/in/jonas")
    page = paste(alice_client, notion, "linkedin.com/in/jonas").content.decode()
    assert "Jonas Okafor is known already, at Figma: found on" in page
    assert "move them here" in page

    answer = paste(alice_client, notion, "linkedin.com/in/jonas", asked="1-elsewhere", elsewhere_1=decision)

    jonas.refresh_from_db()
    assert jonas.company.name == where
    if decision == "move":
        assert said(answer) == "Nobody new. Jonas Okafor moved here from Figma."
    else:
        assert said(answer).startswith("Nobody new. Jonas Okafor is known already, at Figma: found on ")


def test_an_unreadable_line_is_mended_on_the_spot(alice_client, notion):
    text = "Mei Tan\nlinkedin.com/company/notion"
    page = paste(alice_client, notion, text).content.decode()
    assert "This links to a company page" in page
    assert 'value="linkedin.com/company/notion"' in page

    again = paste(alice_client, notion, text, asked="2-unreadable", line_2="linkedin.com/school/mit")
    assert again.status_code == 422
    assert "a school’s page" in again.content.decode()

    # What was mended reads well now, but its name is a guess: one more look, and the mended line is kept.
    mended = paste(alice_client, notion, text, asked="2-unreadable", line_2="linkedin.com/in/jonas-okafor")
    assert mended.status_code == 200
    assert "Mei Tan\nlinkedin.com/in/jonas-okafor</textarea>" in mended.content.decode()
    assert not Person.objects.exists()

    left_out = paste(alice_client, notion, text, asked="2-unreadable", line_2="")
    assert left_out.status_code == 302
    assert [person.name for person in Person.objects.all()] == ["Mei Tan"]


def test_what_an_old_link_became_is_offered_as_a_link_and_lines_are_told_apart(alice_client, notion):
    text = "linkedin.com/pub/j%C3%B6rg-m%C3%BCller/1/2b/3c4\nlinkedin.com/school/mit"

    page = paste(alice_client, notion, text).content.decode()

    assert (
        'href="https://www.linkedin.com/in/j%C3%B6rg-m%C3%BCller-3c42b1/" target="_blank" rel="noopener"'
        in page
    )
    assert "<bdi>linkedin.com/in/jörg-müller-3c42b1</bdi>" in page
    assert re.findall(r"<label[^>]*>(Line \d)</label>", page) == ["Line 1", "Line 2"]


def test_what_was_typed_stays_when_something_is_refused(alice_client, notion):
    answer = paste(
        alice_client, notion, "linkedin.com/in/priya-raman\nlinkedin.com/in/x-y", kind="recruiter",
        asked=["1-name", "2-name"], name_1="P" * 300, role_1="Lead", name_2="Xenia", role_2="",
    )  # fmt: skip

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "at most 255 characters (it has 300)" in page
    assert 'value="Lead"' in page
    assert 'value="Xenia"' in page
    assert 'name="kind" value="recruiter"' in page
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This field is required."),
        (" \n\t\n", "This field is required."),
        ("Mei\x00 Tan", "Null characters are not allowed."),
        ("A" * 10_000, "Line 1 has 10000 characters; at most 2000 are read."),
        (
            "\n".join(f"Somebody {n}, Analyst" for n in range(201)),
            "These are 201 lines; paste at most 200 at once.",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_reason(alice_client, notion, text, sentence):
    answer = paste(alice_client, notion, text)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert text.strip()[:5] in page
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "عائشة الحسيني, محللة",
        "👩‍💻 Ada",
        "javascript:alert(1)",
        "‮evil",
        "'; DROP TABLE",
        ",,,,",
        "王伟",
    ],
)
def test_odd_lines_are_handled(alice_client, notion, text):
    answer = paste(alice_client, notion, text)

    assert answer.status_code in (200, 302)
    assert "<script>alert" not in answer.content.decode()


def test_a_hundred_lines_cost_as_much_as_ten(alice_client, notion, django_assert_max_num_queries):
    for count, family in ((10, "Young"), (100, "Okafor")):
        with django_assert_max_num_queries(20):  # 12 of the adding, the rest is session, user, locks
            paste(alice_client, notion, "\n".join(f"{n}{n}{n} {family}, Analyst" for n in range(count)))
    assert Person.objects.count() == 110


def test_a_review_of_two_hundred_guesses_holds(alice_client, notion):
    text = "\n".join(f"linkedin.com/in/some-body-{n}x" for n in range(200))
    assert paste(alice_client, notion, text).status_code == 200
    fields = {f"name_{n}": f"Somebody {n}" for n in range(1, 201)} | {f"role_{n}": "" for n in range(1, 201)}

    answer = paste(alice_client, notion, text, asked=[f"{n}-name" for n in range(1, 201)], **fields)

    assert said(answer) == "200 people added."


def test_sent_twice_adds_once(alice_client, notion):
    for _ in range(2):
        answer = paste(alice_client, notion, "Mei Tan", submission="0b0e0f3e-3d0f-4c8b-9f39-6a5f4f1f2a11")
        assert answer.status_code == 302

    assert Person.objects.count() == 1


def test_another_owners_company_is_not_found(bob_client, notion):
    assert bob_client.get(f"/companies/{notion.pk}/people/add/").status_code == 404
    assert paste(bob_client, notion, "Mei Tan").status_code == 404
    assert not Person.objects.exists()


def test_only_get_and_post(alice_client, notion):
    assert alice_client.put(f"/companies/{notion.pk}/people/add/").status_code == 405

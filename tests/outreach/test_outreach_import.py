"""Requests and messages out of files: what was asked, what came of it, and that nothing floods Today."""

import datetime as dt

import pytest

from contacts import erasing
from contacts.models import Person
from netjob import undo
from netjob.imports import staging
from netjob.models import Activity
from outreach.agenda import Agenda
from outreach.models import Conversation, Message, Request
from tests.exports import ME, NOW, bring, connections, export, fates, invitations, messages, table, url
from tests.factories import CompanyFactory, PersonFactory, RequestFactory

pytestmark = pytest.mark.django_db

SEPTEMBER = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
ANA = ("Ana Silva", "Acme", "Analyst", "20 Sep 2026")
ASKED_ANA = ("to", "Ana Silva", "8/20/26, 2:37 PM", "Hi Ana,\nmay I ask you?")


def steps(owner):
    return [step.kind for step in Agenda(owner, NOW).steps]


# Invitations


def test_an_invitation_becomes_a_request_with_its_day_and_note(alice):
    batch = bring(
        alice, invitations(ASKED_ANA, ("to", "Ben Okoro", "8/21/26, 9:00 AM", "")), "Invitations.csv"
    )
    asked = Request.objects.get(person__name="Ana Silva")
    assert (asked.state, asked.sent_on, asked.channel) == ("sent", dt.date(2026, 8, 20), "invitation")
    assert asked.note.text == "Hi Ana,\nmay I ask you?"
    assert asked.sent_at.astimezone(alice.zone).hour == 14
    assert Request.objects.get(person__name="Ben Okoro").note is None
    assert fates(batch) == (2, 0, 0, 0)


def test_one_that_i_got_is_the_day_on_which_they_invited_me(alice):
    bring(alice, invitations(("from", "Eva Roth", "3/14/26, 2:37 PM", "")), "Invitations.csv")
    eva = Person.objects.get()
    assert (eva.name, eva.invited_me_on, eva.in_play) == ("Eva Roth", dt.date(2026, 3, 14), False)
    assert not Request.objects.exists()


def test_a_pending_one_raises_no_step_until_it_is_picked_up(alice):
    bring(alice, invitations(("to", "Ana Silva", "11/2/26, 2:37 PM", "")), "Invitations.csv")
    person = Person.objects.get()
    assert (person.stage, person.in_play) == (Person.Stage.ASKED, False)
    assert steps(alice) == []
    assert Request.objects.used(dt.date(2026, 11, 2)).invitations_this_week == 1


def test_picking_one_up_brings_its_steps(alice, alice_client):
    CompanyFactory(owner=alice, name="Acme", state="target")
    bring(alice, invitations(("to", "Ana Silva", "11/16/26, 2:37 PM", "")), "Invitations.csv")
    request = Request.objects.get()
    assert "Ana Silva" in alice_client.get("/outreach/?show=imported").text
    page = alice_client.get(request.get_absolute_url()).text
    assert "Until you pick it up" in page
    answer = alice_client.post(f"/requests/{request.pk}/picking-up/", follow=True)
    assert "You go on with Ana Silva" in answer.text
    assert Person.objects.get().in_play
    assert "Ana Silva" not in alice_client.get("/outreach/?show=imported").text
    again = alice_client.post(f"/requests/{request.pk}/picking-up/")
    assert again.status_code == 409


def test_many_are_picked_up_at_once(alice, alice_client):
    bring(
        alice,
        invitations(*(("to", f"Ana N{n}", "11/16/26, 2:37 PM", "") for n in range(3))),
        "Invitations.csv",
    )
    ticked = [str(pk) for pk in Request.objects.values_list("pk", flat=True)]
    alice_client.post("/outreach/changes/?show=imported", {"act": "picking-up", "row": ticked})
    assert Person.objects.filter(in_play=True).count() == 3


def test_one_whose_person_is_a_connection_was_accepted_on_that_day(alice):
    content = export(Connections=connections(ANA), Invitations=invitations(ASKED_ANA))
    batch = bring(alice, content, "export.zip")
    asked = Request.objects.get()
    assert (asked.state, asked.accepted_on) == ("accepted", dt.date(2026, 9, 20))
    assert fates(batch) == (1, 1, 0, 0)
    assert batch.counts["people"] == 1


def test_the_next_export_shows_exactly_who_accepted(alice):
    first = export(
        Connections=connections(("Cy Young", "Acme", "", "01 Jan 2020")),
        Invitations=invitations(ASKED_ANA, ("to", "Ben Okoro", "8/21/26, 9:00 AM", "")),
    )
    bring(alice, first, "export.zip", now=SEPTEMBER)
    second = export(
        Connections=connections(("Cy Young", "Acme", "", "01 Jan 2020"), ANA),
        Invitations=invitations(ASKED_ANA, ("to", "Ben Okoro", "8/21/26, 9:00 AM", "")),
    )
    batch = bring(alice, second, "export.zip")
    assert dict(Request.objects.values_list("person__name", "state")) == {
        "Ana Silva": "accepted",
        "Ben Okoro": "sent",
    }
    assert "1 accepted your request: Ana Silva" in batch.message
    assert batch.counts["more"]["accepted"] == 1
    lines = Activity.objects.exclude(person_uid=None)
    assert [(line.title, line.happened_on) for line in lines] == [("Request accepted", dt.date(2026, 9, 20))]
    assert Person.objects.count() == 3


def test_a_request_made_here_is_accepted_by_the_export_and_its_step_appears(alice):
    ana = PersonFactory(
        owner=alice, name="Ana Silva", company=CompanyFactory(owner=alice, name="Acme", state="target")
    )
    ana.set_profile(url("Ana Silva"))
    RequestFactory(owner=alice, person=ana).send(at=SEPTEMBER)
    bring(
        alice,
        export(
            Connections=connections(ANA), Invitations=invitations(("to", *ANA[:1], "9/1/26, 11:00 AM", ""))
        ),
        "e.zip",
    )
    request = Request.objects.get()
    assert (request.state, request.accepted_on, request.is_imported) == (
        "accepted",
        dt.date(2026, 9, 20),
        False,
    )
    assert steps(alice) == ["ask_for_time"]


def test_a_draft_that_went_out_on_linkedin_is_sent(alice):
    ana = PersonFactory(owner=alice, name="Ana Silva", company=None)
    ana.set_profile(url("Ana Silva"))
    draft = Request.draft(alice, ana, channel="invitation")
    draft.write("Hi Ana")
    bring(alice, invitations(ASKED_ANA), "Invitations.csv")
    draft = Request.objects.get()
    assert (draft.state, draft.sent_on, draft.note.text) == ("sent", dt.date(2026, 8, 20), "Hi Ana")
    assert draft.note.sent_on == dt.date(2026, 8, 20)


def test_a_second_invitation_to_somebody_with_an_open_one_makes_no_second_request(alice):
    again = ("to", "Ana Silva", "10/20/26, 2:37 PM", "")
    batch = bring(alice, invitations(ASKED_ANA, again), "Invitations.csv")
    assert Request.objects.count() == 1
    assert "open request" in batch.rows.get(outcome="merged").detail


def test_importing_again_creates_nothing(alice):
    content = export(
        Connections=connections(ANA),
        Invitations=invitations(
            ASKED_ANA,
            ("from", "Eva Roth", "3/14/26, 2:37 PM", ""),
            ("to", "Ben Okoro", "8/21/26, 9:00 AM", "Hi"),
        ),
        messages=messages(
            ("to", "Ana Silva", "2026-09-21 10:00:00", "Thanks!"),
            ("from", "Ana Silva", "2026-09-22 10:00:00", "Sure"),
        ),
    )
    bring(alice, content, "export.zip")
    models = (Person, Request, Message, Activity)
    before = [model.objects.count() for model in models]
    again = bring(alice, content, "export.zip")
    assert [model.objects.count() for model in models] == [*before[:3], before[3] + 1]
    assert again.counts["created"] == 0


# Messages


def test_messages_are_kept_both_ways_and_set_the_last_contact(alice):
    said = messages(
        ("to", "Ana Silva", "2026-09-21 10:00:00", "Hello <b>Ana</b>"),
        ("to", "Ana Silva", "2026-09-29 10:00:00", "Did you see it?"),
        ("from", "Ana Silva", "2026-10-01 22:30:00", "Yes"),
        ("to", "Ana Silva", "2026-10-02 08:00:00", "Great"),
        ("from", "Ben Okoro", "2026-10-03 08:00:00", "Hi"),
    )
    batch = bring(alice, said, "messages.csv")
    ana = Person.objects.get(name="Ana Silva")
    assert [(m.kind, m.direction, m.text) for m in ana.messages.in_order()] == [
        ("first_message", "out", "Hello <b>Ana</b>"),
        ("follow_up", "out", "Did you see it?"),
        ("reply", "in", "Yes"),
        ("reply", "out", "Great"),
    ]
    assert ana.last_contact_on == dt.date(2026, 10, 2)
    assert fates(batch) == (5, 0, 0, 0)
    assert batch.counts["people"] == 2
    assert ME[0] not in Person.objects.values_list("name", flat=True)
    assert steps(alice) == []


def test_a_reply_answers_the_request_that_waits_for_one(alice):
    ana = PersonFactory(owner=alice, name="Ana Silva", company=None)
    ana.set_profile(url("Ana Silva"))
    RequestFactory(owner=alice, person=ana).send(at=SEPTEMBER)
    said = messages(
        ("from", "Ana Silva", "2026-08-01 10:00:00", "Long before"),
        ("from", "Ana Silva", "2026-09-22 10:00:00", "Sure"),
        ("to", "Eva Roth", "2026-09-22 10:00:00", "Hi"),
    )
    bring(alice, said, "messages.csv")
    request = Request.objects.get()
    assert (request.state, request.accepted_on, request.answered_on) == (
        "answered",
        *[dt.date(2026, 9, 22)] * 2,
    )
    assert [message.text for message in request.messages.all()] == ["Sure"]
    ana.refresh_from_db()
    assert ana.connected_on == dt.date(2026, 9, 22)


def test_the_note_of_an_invitation_is_not_kept_twice(alice):
    content = export(
        Connections=connections(ANA),
        Invitations=invitations(ASKED_ANA),
        messages=messages(("to", "Ana Silva", "2026-08-20 13:37:00", "Hi Ana, may I ask you?")),
    )
    bring(alice, content, "export.zip")
    assert [message.kind for message in Message.objects.all()] == ["note"]


def test_a_message_to_several_counts_with_each_of_them(alice):
    said = messages(
        ("to", "Ana Silva", "2026-09-21 10:00:00", "Hi"),
        ("to", "Ana Silva,Ben Okoro,Cy Young", "2026-09-22 10:00:00", "Shall we meet?"),
        ("from", "Ben Okoro", "2026-09-23 10:00:00", "Gladly"),
    )
    batch = bring(alice, said, "messages.csv")
    assert {
        person.name: [(m.kind, m.text) for m in person.messages.in_order()] for person in Person.objects.all()
    } == {
        "Ana Silva": [("first_message", "Hi"), ("follow_up", "Shall we meet?")],
        "Ben Okoro": [("first_message", "Shall we meet?"), ("reply", "Gladly")],
        "Cy Young": [("first_message", "Shall we meet?")],
    }
    assert fates(batch) == (3, 0, 0, 0)
    assert batch.counts["people"] == 3

    again = bring(alice, said, "messages.csv")
    assert fates(again) == (0, 3, 0, 0)
    assert Message.objects.count() == 5

    undo.undo(alice, batch.act, now=NOW)
    assert not Person.objects.exists()


def test_of_several_only_those_who_can_be_told_are_kept(alice):
    ana = PersonFactory(owner=alice, name="Ana Silva", company=None)
    ana.set_profile(url("Ana Silva"))
    gone = PersonFactory(owner=alice, name="Ben Okoro", company=None)
    gone.set_profile(url("Ben Okoro"))
    erasing.erase(gone)
    mine = ("from", "Eva Roth", "2026-09-20 10:00:00", "Hi")
    two = messages(mine, mine, ("to", "Ana Silva,Ben Okoro", "2026-09-22 10:00:00", "Shall we meet?"))
    # LinkedIn joins names by commas, and some have one.
    unclear = two.replace(b'"Ana Silva,Ben Okoro"', b'"Ana Silva, PhD,Cy Young"').replace(
        b"ben-okoro", b"cy-young"
    )
    many = messages(
        mine, ("to", ",".join(f"Person {n}" for n in "abcdefghijk"), "2026-09-24 10:00:00", "Hi all")
    )

    assert fates(bring(alice, two, "messages.csv")) == (2, 1, 0, 0)
    assert fates(bring(alice, unclear, "messages.csv")) == (0, 3, 0, 0), "hers is kept already"
    assert [message.text for message in ana.messages.all()] == ["Shall we meet?"]
    batch = bring(alice, many, "messages.csv")
    assert "11 people at once" in batch.rows.get(outcome="skipped").reason
    assert set(Person.objects.values_list("name", flat=True)) == {"Ana Silva", "Eva Roth"}


def test_whoever_was_erased_is_in_no_row_of_what_went_to_several(alice):
    gone = PersonFactory(owner=alice, name="Ben Okoro", company=None)
    gone.set_profile(url("Ben Okoro"))
    erasing.erase(gone)
    mine = ("from", "Eva Roth", "2026-09-20 10:00:00", "Hi")
    to_three = ("to", "Ana Silva,Ben Okoro,Cy Young", "2026-09-22 10:00:00", "Shall we meet?")
    to_him = ("to", "Ben Okoro", "2026-09-23 10:00:00", "And you?")
    too_many = (
        "to",
        ",".join([f"Person {n}" for n in "abcdefghij"] + ["Ben Okoro"]),
        "2026-09-24 10:00:00",
        "All",
    )
    said = messages(mine, to_three, to_three, to_him, to_him, too_many)

    batch = bring(alice, said, "messages.csv")

    rows = list(batch.rows.order_by("position").values("title", "data", "match", "reason"))
    for row in rows:
        row["data"].pop("conversation", None)  # LinkedIn's own number, made of names here
    assert not any(word in str(rows) for word in ("Ben", "Okoro", "ben-okoro"))
    assert [row["title"] for row in rows[1:5]] == ["Ana Silva, Cy Young"] * 2 + [
        "Somebody whom you erased"
    ] * 2
    assert {message.person.name for message in Message.objects.filter(text="Shall we meet?")} == {
        "Ana Silva", "Cy Young",
    }  # fmt: skip
    assert "11 people at once" in rows[5]["reason"]
    assert fates(bring(alice, said, "messages.csv")) == (0, 3, 3, 0), "what went to the others is known again"


def test_what_is_not_told_is_left_out_with_its_reason(alice):
    one = messages(("from", "Ana Silva", "2026-09-22 10:00:00", "Sure"))
    batch = bring(alice, one, "messages.csv")
    assert fates(batch) == (0, 0, 1, 0)
    assert "which side is yours" in batch.rows.get().reason


def test_the_profile_beside_tells_which_side_is_mine(alice):
    profile = table(("First Name", "Last Name", "Headline"), ("Ada", "Seeker", "Analyst"))
    one = messages(("to", "Ana Silva", "2026-09-22 10:00:00", "Hi"))
    batch = bring(alice, export(Profile=profile, messages=one), "export.zip")
    assert Message.objects.get().direction == "out"
    assert fates(batch) == (1, 0, 0, 0)


# A newcomer's own list

HEADS = ("Firma", "Ansprechpartner", "Rolle", "Gesendet am", "Status", "Notizen")


def test_a_newcomers_list_becomes_companies_people_requests_and_messages(alice):
    content = table(
        HEADS,
        ("Acme", "Ana Silva", "Analystin", "03.11.2026", "gesendet", "nett"),
        ("Acme", "Ben Okoro", "", "04.11.2026", "Antwort erhalten", ""),
        ("Bolt", "Cy Young", "", "05.11.2026", "abgelehnt", ""),
        ("Bolt", "Dee Fox", "", "", "offen", ""),
        ("Bolt", "Eva Roth", "", "06.11.2026", "getroffen", ""),
    )
    batch = bring(alice, content, "liste.csv", facts={"people": {"their_companies_listed": "on"}})
    assert dict(Request.objects.values_list("person__name", "state")) == {
        "Ana Silva": "sent", "Ben Okoro": "answered", "Cy Young": "declined", "Eva Roth": "answered",
    }  # fmt: skip
    assert Conversation.objects.get().person.name == "Eva Roth"
    assert Message.objects.filter(direction="in").count() == 2
    ana = Person.objects.get(name="Ana Silva")
    assert (ana.company.state, ana.notes, ana.in_play) == ("target", "nett", True)
    assert fates(batch) == (5, 0, 0, 0)
    assert "4 requests from your list" in batch.message
    again = bring(alice, content, "liste.csv")
    assert fates(again) == (0, 5, 0, 0)
    assert Request.objects.count() == 4


def test_a_talk_that_is_agreed_on_waits_for_its_time(alice):
    content = table(
        ("Name", "Company", "Date", "Status"),
        ("Ana Silva", "Acme", "2026-11-03", "Meeting scheduled"),
        ("Ben Okoro", "Acme", "2026-12-03", "Call booked"),
    )
    batch = bring(alice, content, "list.csv")
    talks = {talk.person.name: talk for talk in Conversation.objects.select_related("person", "request")}
    assert {talk.state for talk in talks.values()} == {"proposed"}
    ana, ben = talks["Ana Silva"], talks["Ben Okoro"]
    assert (ana.request.state, ana.request.sent_on, ana.wall_day) == ("answered", dt.date(2026, 11, 3), None)
    assert (ben.request, ben.wall_day) == (None, dt.date(2026, 12, 3)), "nobody knows when it was sent"
    assert "Call booked" in ben.notes
    assert "2 talks are agreed on" in batch.message
    assert steps(alice) == ["settle_time"] * 2
    assert fates(bring(alice, content, "list.csv")) == (0, 2, 0, 0)
    assert Conversation.objects.count() == 2


def test_a_talk_that_stands_here_already_is_not_begun_twice(alice):
    ana = PersonFactory(owner=alice, name="Ana Silva", company=CompanyFactory(owner=alice, name="Acme"))
    Conversation.ask(ana, on=dt.date(2026, 11, 3))
    content = table(("Name", "Company", "Status"), ("Ana Silva", "Acme", "Scheduled"))
    bring(alice, content, "list.csv")
    assert Conversation.objects.get().state == "asked"


def test_words_of_its_status_that_nobody_knows_are_mapped_in_the_page(alice, alice_client):
    text = "Name;Company;Date sent;Status\nAna Silva;Acme;2026-11-03;zip-zap\n"
    answer = alice_client.post("/imports/", {"text": text}, follow=True)
    form = next(
        form for form in answer.context["forms"] if any(name.startswith("status_") for name in form.fields)
    )
    (field,) = form.fields
    assert "What “zip-zap” means" in answer.text
    pk = answer.context["batch"].pk
    alice_client.post(f"/imports/{pk}/application/", {field: "answered"})
    assert Request.objects.get().state == "answered"


@pytest.mark.parametrize("day", ["31.02.2026", "", "2027-01-05"])
def test_without_a_day_that_has_been_nothing_was_sent(alice, day):
    content = table(("Name", "Company", "Date sent", "Status"), ("Ana Silva", "Acme", day, "sent"))
    batch = bring(alice, content, "list.csv")
    assert Person.objects.get().stage == Person.Stage.FOUND
    assert not Request.objects.exists()
    assert "no request was made" in batch.rows.get().detail
    assert "1 row has a status and no day to go with it" in batch.message


def test_a_word_that_nobody_knows_means_the_same_in_the_page_and_without_it(alice, alice_client):
    text = "Name;Company;Date sent;Status\nAna Silva;Acme;2026-11-03;zip-zap\nBen Okoro;Acme;;zip-zap\n"
    answer = alice_client.post("/imports/", {"text": text}, follow=True)
    form = next(form for form in answer.context["forms"] if "status" in next(iter(form.fields)))
    as_it_stands = {name: field.choices[0][0] for name, field in form.fields.items()}
    alice_client.post(f"{answer.redirect_chain[-1][0]}application/", as_it_stands)
    assert (Request.objects.get().person.name, Request.objects.get().state) == ("Ana Silva", "sent")


def test_what_a_list_tells_of_long_ago_raises_no_step(alice):
    content = table(
        ("Name", "Company", "Date", "Status"),
        ("Ana Silva", "Acme", "2026-02-05", "talked"),
        ("Ben Okoro", "Bolt", "2026-08-01", "sent"),
        ("Cy Young", "Bolt", "2026-02-05", "answered"),
        ("Dee Fox", "Acme", "2026-11-20", "talked"),
    )
    bring(alice, content, "list.csv", facts={"people": {"their_companies_listed": "on"}})
    Conversation.objects.update(created_at=NOW)
    found = {(step.kind, step.name) for step in Agenda(alice, NOW).steps}
    assert found == {("thank", "Dee Fox"), ("write_up", "Dee Fox")}
    assert [talk.person.name for talk in Conversation.objects.to_thank_for()] == ["Dee Fox"]
    assert [talk.person.name for talk in Conversation.objects.past()] == ["Ana Silva"]
    assert [request.person.name for request in Request.objects.not_picked_up()] == ["Ben Okoro"]


def test_two_rows_of_one_person_are_one_request_that_goes_on(alice):
    content = table(
        ("Name", "Company", "Date", "Status"),
        ("Ana Silva", "Acme", "2026-11-10", "answered"),
        ("Ana Silva", "Acme", "2026-11-03", "sent"),
        ("Ana Silva", "Acme", "2026-11-12", "sent"),
        ("Ana Silva", "Acme", "2026-11-18", "talked"),
    )
    batch = bring(alice, content, "list.csv")
    request = Request.objects.get()
    days = (request.sent_on.day, request.answered_on.day, Conversation.objects.get().held_on.day)
    assert (request.state, days) == ("answered", (3, 10, 18))
    details = [row.detail for row in batch.rows.all()]
    assert ["goes on" in each for each in details] == [True, False, False, True]
    assert "“sent” of 12 November 2026 is left out" in details[2]
    bring(alice, content, "list.csv")
    assert (Request.objects.count(), Conversation.objects.count()) == (1, 1)


STRANGE = (
    "Wer;Wo;Was macht die Person;Wann;Und\nAna Silva;Acme;Analystin;03.11.2026;zip-zap\nBen Okoro;Bolt;;;\n"
)


def test_a_list_whose_headings_nobody_knows_is_mapped_in_the_page_and_then_imported(alice, alice_client):
    refused = alice_client.post("/imports/", {"text": STRANGE})
    assert refused.status_code == 422
    assert "Choose what is in it" in refused.text
    answer = alice_client.post("/imports/", {"text": STRANGE, "kind": "people"}, follow=True)
    assert "Say which column holds the names" in answer.text
    address = answer.redirect_chain[-1][0]
    waiting = alice_client.post(f"{address}application/")
    assert (waiting.status_code, Person.objects.exists()) == (409, False)

    columns = {f"column-{n}": name for n, name in enumerate(("name", "company", "role", "sent_on", "status"))}
    mapped = alice_client.post(f"{address}columns/", {"file": "Pasted lines", **columns}, follow=True)
    assert "2 rows will be added" in mapped.text
    (field,) = (
        name for form in mapped.context["forms"] for name in form.fields if name.startswith("status_")
    )
    alice_client.post(f"{address}application/", {field: "declined"})
    assert set(Person.objects.values_list("name", "company__name")) == {
        ("Ana Silva", "Acme"), ("Ben Okoro", "Bolt")
    }  # fmt: skip
    assert Request.objects.get().state == "declined"

    again = alice_client.post("/imports/", {"text": STRANGE}, follow=True)
    assert "2 go to what you have" in again.text, "the columns are remembered, and tell the kind"


def test_a_list_without_headings_loses_no_row(alice, today):
    text = b"Ana Silva;linkedin.com/in/ana\nBen Okoro;linkedin.com/in/ben\n"
    batch = staging.begin(alice, "list.csv", text, today=today, wanted="people")
    assert batch.total == 2
    batch, _lost = staging.map_columns(batch, "list.csv", ["name", "profile"], today=today)
    assert [row.title for row in batch.rows.all()] == ["Ana Silva", "Ben Okoro"]


# Undo


def test_all_of_it_is_undone(alice):
    ana = PersonFactory(owner=alice, name="Ana Silva", company=None, connected_on=None)
    ana.set_profile(url("Ana Silva"))
    RequestFactory(owner=alice, person=ana).send(at=SEPTEMBER)
    content = export(
        Connections=connections(ANA),
        Invitations=invitations(
            ("to", "Ben Okoro", "8/21/26, 9:00 AM", "Hi"), ("from", "Eva Roth", "3/14/26, 2:37 PM", "")
        ),
        messages=messages(
            ("from", "Ana Silva", "2026-10-01 10:00:00", "Sure"),
            ("from", "Ben Okoro", "2026-10-02 10:00:00", "Yes"),
        ),
    )
    batch = bring(alice, content, "export.zip")
    assert Request.objects.filter(state="answered").count() == 2
    done = undo.undo(alice, batch.act, now=NOW)
    assert done.left == []
    request = Request.objects.get()
    assert (request.state, request.person) == ("sent", ana)
    ana.refresh_from_db()
    assert (ana.connected_on, ana.stage) == (None, Person.Stage.ASKED)
    assert not Message.objects.filter(direction="in").exists()
    assert Person.objects.count() == 1

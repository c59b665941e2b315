"""Writing a template: placeholders are checked, nothing typed is lost."""

import pytest

from outreach.models import MessageTemplate
from outreach.placeholders import PLACEHOLDERS
from tests.factories import MessageFactory, TemplateFactory

GOOD = {"kind": "thanks", "name": "My thanks", "subject": "", "body": "Thank you, <first name>!"}


def test_the_form_explains_every_placeholder(alice_client):
    page = alice_client.get("/templates/add/?kind=thanks").content.decode()

    for placeholder in PLACEHOLDERS:
        assert f"&lt;{placeholder.name}&gt;" in page
    assert '<option value="thanks" selected>' in page


def test_a_kind_that_does_not_exist_is_no_error(alice_client):
    assert alice_client.get("/templates/add/?kind=nonsense").status_code == 200


def test_a_template_is_added(alice_client, alice):
    answer = alice_client.post("/templates/add/", GOOD | {"body": "Thank you,\r\n<first name>!"})

    assert answer.status_code == 302
    template = MessageTemplate.objects.owned_by(alice).get(name="My thanks")
    assert template.body == "Thank you,\n<first name>!"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Hi <nmae>!", "&lt;nmae&gt;"),
        ("Hi <first name, hello", "&lt;first name"),
        ("Hi name>, hello", "name&gt;"),
    ],
)
def test_an_unknown_or_broken_placeholder_is_named_beside_its_field(alice_client, body, named):
    answer = alice_client.post("/templates/add/", GOOD | {"body": body})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"{named} is no placeholder" in page
    assert 'id="id_body_error"' in page
    assert not MessageTemplate.objects.filter(name="My thanks").exists()


def test_a_broken_placeholder_in_the_subject_is_the_subjects_error(alice_client):
    answer = alice_client.post("/templates/add/", GOOD | {"subject": "About <compny>"})

    assert answer.status_code == 422
    assert 'id="id_subject_error"' in answer.content.decode()


@pytest.mark.parametrize("body", ["", "x" * 8001, "Hi\x00there"])
def test_bad_text_is_refused_and_kept(alice_client, body):
    answer = alice_client.post("/templates/add/", GOOD | {"body": body})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_body_error"' in page
    assert "My thanks" in page


def test_eight_thousand_characters_fit_in_any_script(alice_client):
    body = "شكرا 🎉 " * 1000

    assert alice_client.post("/templates/add/", GOOD | {"body": body}).status_code == 302
    assert alice_client.get("/templates/").status_code == 200


def test_a_template_that_would_swell_beyond_every_limit_stays_as_written(alice_client, alice):
    template = TemplateFactory(owner=alice, body="<company>" * 880)

    assert template.example.startswith("Coursera")
    assert alice_client.get(f"/templates/{template.pk}/").status_code == 200


def test_the_same_name_twice_in_a_kind_is_refused_at_the_name(alice_client, alice):
    TemplateFactory(owner=alice, kind="thanks", name="My thanks")

    answer = alice_client.post("/templates/add/", GOOD)

    assert answer.status_code == 422
    assert 'id="id_name_error"' in answer.content.decode()


def test_the_same_name_in_another_kind_is_fine(alice_client, alice):
    TemplateFactory(owner=alice, kind="reply", name="My thanks")

    assert alice_client.post("/templates/add/", GOOD).status_code == 302


def test_an_edited_template_reads_as_an_example(alice_client, alice):
    template = TemplateFactory(owner=alice, body="You are a <role> at <company>?")

    page = alice_client.get(f"/templates/{template.pk}/").content.decode()

    assert "You are a Senior Data Analyst at Coursera?" in page


def test_saved_in_another_window_is_a_conflict_with_both_texts(alice_client, alice):
    template = TemplateFactory(owner=alice, kind="thanks", name="My thanks", body="First")
    seen = template.version
    template.body = "Second"
    template.save()

    answer = alice_client.post(f"/templates/{template.pk}/", GOOD | {"body": "Third", "version": seen})

    assert answer.status_code == 409
    assert "Second" in answer.content.decode()
    assert "Third" in answer.content.decode()
    template.refresh_from_db()
    assert template.body == "Second"


def test_a_deleted_template_comes_back_with_what_was_sent_with_it(alice_client, alice):
    template = TemplateFactory(owner=alice)
    message = MessageFactory(owner=alice, template=template)

    page = alice_client.post(f"/templates/{template.pk}/deletion/", follow=True).content.decode()
    message.refresh_from_db()
    assert message.template is None
    alice_client.post(f"/changes/{page.split('action="/changes/')[1].split('"')[0]}")

    message.refresh_from_db()
    assert message.template == template


def test_another_owners_template_is_not_found(bob_client, alice):
    template = TemplateFactory(owner=alice, body="Mine")

    for url in (f"/templates/{template.pk}/", f"/templates/{template.pk}/deletion/"):
        assert bob_client.get(url).status_code == 404
        assert bob_client.post(url, GOOD).status_code == 404
    template.refresh_from_db()
    assert template.body == "Mine"


def test_put_and_delete_are_not_allowed(alice_client, alice):
    template = TemplateFactory(owner=alice)

    for url in ("/templates/add/", f"/templates/{template.pk}/", f"/templates/{template.pk}/deletion/"):
        assert alice_client.put(url).status_code == 405
        assert alice_client.delete(url).status_code == 405

"""Templates: what is on the shelf, how long it gets, how often it went out."""

import pytest

from outreach.models import MessageTemplate
from outreach.shipped import GUIDE_REQUEST, SHIPPED_TEMPLATES
from tests.factories import MessageFactory, TemplateFactory

pytestmark = pytest.mark.usefixtures("frozen")


def text_of(client):
    return client.get("/templates/").content.decode()


def test_a_new_account_finds_the_shipped_templates_by_kind(alice_client):
    page = text_of(alice_client)

    assert all(template.name in page for template in SHIPPED_TEMPLATES)
    assert page.index("Connection request") < page.index("First message") < page.index("Thanks")


def test_the_guides_own_request_is_marked_and_too_long_for_a_free_account(alice_client):
    page = text_of(alice_client)

    assert page.count("the guide’s own words") == 1
    assert page.count("too long for a free account") == 1


def test_with_premium_the_guides_request_is_not_too_long(alice_client, alice):
    alice.linkedin_account = "premium"
    alice.save()

    page = text_of(alice_client)

    assert "the guide’s own words" in page
    assert "too long for a" not in page


def test_the_guides_request_changed_is_no_longer_the_guides(alice):
    guide = MessageTemplate.objects.owned_by(alice).get(name=GUIDE_REQUEST.name)
    assert guide.is_the_guides

    guide.body += " Soon?"

    assert not guide.is_the_guides


def test_only_what_was_sent_counts_as_used(alice_client, alice, frozen):
    template = TemplateFactory(owner=alice, name="My own")
    for sent_on in ("2026-11-20", "2026-11-21", None):
        MessageFactory(
            owner=alice, template=template, sent_on=sent_on, sent_at=sent_on and f"{sent_on}T09:00:00Z"
        )

    page = text_of(alice_client)

    assert "sent 2 times" in page
    assert page.count("not used yet") == len(SHIPPED_TEMPLATES)


def test_an_archived_template_leaves_the_shelf_and_comes_back(alice_client, alice):
    template = TemplateFactory(owner=alice, name="My own")

    page = alice_client.post(f"/templates/{template.pk}/archiving/", follow=True).content.decode()
    assert "1 archived" in page
    assert template not in MessageTemplate.objects.in_use()

    alice_client.post(f"/templates/{template.pk}/archiving/reversal/")
    assert template in MessageTemplate.objects.in_use()


def test_archiving_twice_is_refused_in_words(alice_client, alice):
    template = TemplateFactory(owner=alice, archived_on="2026-11-01")

    answer = alice_client.post(f"/templates/{template.pk}/archiving/")

    assert answer.status_code == 409
    assert "archived already" in answer.content.decode()
    template.refresh_from_db()
    assert str(template.archived_on) == "2026-11-01"


def test_an_account_without_templates_is_told_the_first_step(alice_client, alice):
    MessageTemplate.objects.all().delete()

    assert "No template in use" in text_of(alice_client)


def test_what_somebody_called_a_template_is_text(alice_client, alice):
    TemplateFactory(owner=alice, name="<script>alert(1)</script>", body="<b>bold</b> قالب 🎉")

    page = text_of(alice_client)

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "&lt;b&gt;bold" in page


def test_nobody_sees_or_archives_another_owners(bob_client, alice):
    template = TemplateFactory(owner=alice, name="Only Alice’s")

    assert "Only Alice’s" not in text_of(bob_client)
    assert bob_client.post(f"/templates/{template.pk}/archiving/").status_code == 404
    assert bob_client.post(f"/templates/{template.pk}/archiving/reversal/").status_code == 404
    template.refresh_from_db()
    assert template.archived_on is None


def test_only_the_right_methods(alice_client, alice):
    template = TemplateFactory(owner=alice)

    assert alice_client.post("/templates/").status_code == 405
    assert alice_client.get(f"/templates/{template.pk}/archiving/").status_code == 405
    assert alice_client.get(f"/templates/{template.pk}/archiving/reversal/").status_code == 405


def test_as_many_queries_for_many_as_for_few(alice_client, alice, django_assert_num_queries):
    with django_assert_num_queries(3):
        text_of(alice_client)
    for template in TemplateFactory.create_batch(20, owner=alice):
        MessageFactory(owner=alice, template=template, sent_on="2026-11-20", sent_at="2026-11-20T09:00:00Z")
    with django_assert_num_queries(3):
        text_of(alice_client)

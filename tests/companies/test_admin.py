"""Companies in the admin: saved as on their page, moved by their verbs, all or nothing."""

import pytest

from companies.models import Company, CompanyName, Opening, TargetRole
from netjob import undo
from netjob.models import Activity, Change
from tests.admin_pages import act, admin_url, edited_in_list, saved, sent_from
from tests.factories import CompanyFactory, OpeningFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def figma(alice):
    return CompanyFactory(owner=alice, name="Figma", industry="Design")


@pytest.fixture
def linear(alice):
    return CompanyFactory(owner=alice, name="Linear")


def test_a_new_company_is_known_by_its_names_and_has_a_history(alice, alice_client):
    add = admin_url(Company, "add")
    facts = {"name": "Figma", "aliases": "Figma Inc\nFigma GmbH", "motivation": 3, "posting": 1}

    answer = alice_client.post(add, sent_from(alice_client.get(add), **facts))

    assert answer.status_code == 302, answer.context["errors"]
    company = Company.objects.get(owner=alice)
    assert set(Company.objects.known_as(["FIGMA", "figma gmbh"]).values()) == {company}
    assert company.state == "target"
    assert company.listed_on.isoformat() == "2026-11-23"
    assert "figma gmbh" in company.search_text
    assert Activity.objects.get(company_uid=company.uid).verb == "added"


def test_renaming_forgets_the_old_name(alice_client, figma):
    answer = saved(alice_client, figma, name="Framer")
    assert answer.status_code == 302, answer.context["errors"]

    figma.refresh_from_db()
    assert (figma.name, figma.folded_name) == ("Framer", "framer")
    assert [row.name for row in CompanyName.objects.filter(company=figma)] == ["Framer"]


def test_a_name_that_is_taken_is_said_at_the_field(alice_client, figma, linear):
    answer = saved(alice_client, linear, name="Figma ")

    assert answer.status_code == 422
    assert "you have another company: Figma" in answer.content.decode()
    linear.refresh_from_db()
    assert linear.name == "Linear"


@pytest.mark.parametrize("name", ["", "x" * 256, "a\0b", "\u200b"])
def test_bad_names_are_refused(name, alice_client, figma):
    answer = saved(alice_client, figma, name=name)

    assert answer.status_code == 422
    figma.refresh_from_db()
    assert figma.name == "Figma"


def test_a_javascript_link_is_refused(alice_client, figma):
    assert saved(alice_client, figma, website="javascript:alert(1)").status_code == 422


def test_states_and_figures_are_not_written(alice_client, figma):
    saved(alice_client, figma, state="dropped", people_count=7, stage=5, industry="Tools")

    figma.refresh_from_db()
    assert (figma.state, figma.people_count, figma.stage, figma.industry) == ("target", 0, 0, "Tools")


def test_a_stale_page_is_refused_keeps_what_was_typed_and_shows_both(alice_client, figma):
    url = admin_url(Company, "change", figma.pk)
    page = alice_client.get(url)
    Company.objects.get(pk=figma.pk).rate(motivation=2)

    answer = alice_client.post(url, sent_from(page, industry="Typed"))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "changed in another window" in text
    assert "motivation is now: A lot" in text.replace("Motivation", "motivation")
    assert 'value="Typed"' in text
    figma.refresh_from_db()
    assert (figma.industry, figma.motivation) == ("Design", 2)
    assert alice_client.post(url, sent_from(answer)).status_code == 302, "saving again is the decision"


def test_without_its_version_a_form_is_refused(alice_client, figma):
    sent = sent_from(alice_client.get(admin_url(Company, "change", figma.pk)), name="Other")
    del sent["version"]

    answer = alice_client.post(admin_url(Company, "change", figma.pk), sent)

    assert answer.status_code == 422
    assert "Reload the page and save again." in answer.content.decode()


def test_the_list_is_edited_in_place_and_can_be_undone(alice, alice_client, figma):
    assert edited_in_list(alice_client, Company, motivation=3).status_code == 302

    figma.refresh_from_db()
    assert figma.motivation == 3
    act_of_it = Change.objects.get(owner=alice).act
    page = alice_client.get(admin_url(Company, "changelist")).content.decode()
    assert f"/changes/{act_of_it}/undo/" in page
    undo.undo(alice, act_of_it, now=figma.updated_at)
    figma.refresh_from_db()
    assert figma.motivation == 0


def test_a_stale_list_is_refused(alice_client, figma):
    answer = edited_in_list(alice_client, Company, motivation=3, version=7)

    assert answer.status_code == 422
    assert "changed in another window" in answer.content.decode()
    figma.refresh_from_db()
    assert figma.motivation == 0


def test_bad_values_in_the_list_change_nothing_of_it(alice_client, figma, linear):
    answer = edited_in_list(alice_client, Company, motivation=9)

    assert answer.status_code == 422
    assert not Company.objects.exclude(motivation=0).exists()


def test_drop_asks_for_the_reason_and_keeps_it(alice_client, figma, linear):
    chosen = {"action": "dropping", "_selected_action": [figma.pk, linear.pk], "index": 0}
    asked = alice_client.post(admin_url(Company, "changelist"), chosen)
    assert asked.status_code == 200
    assert "because" in asked.content.decode()
    figma.refresh_from_db()
    assert figma.state == "target"

    answer = act(alice_client, "dropping", figma, linear, because="Moved away", on="2026-11-20")

    assert answer.status_code == 302
    states = Company.objects.values_list("state", "dropped_because", "dropped_on")
    assert [(a, b, c.isoformat()) for a, b, c in states] == [("dropped", "Moved away", "2026-11-20")] * 2
    assert Activity.objects.filter(verb="dropping", text="Moved away").count() == 2


def test_one_that_refuses_refuses_all_with_its_name_and_the_sentence_of_the_verb(alice_client, figma, linear):
    linear.pause(on=linear.listed_on)

    answer = act(alice_client, "pause", figma, linear, on="2026-11-20")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Linear</strong>: It is already paused, so this no longer fits." in text
    assert text.count("Nothing is done yet") == 1
    assert "Do it with the other one" in text
    figma.refresh_from_db()
    assert figma.state == "target"
    assert not Activity.objects.filter(company_uid=figma.uid, verb="pause").exists()


def test_a_day_to_come_is_refused(alice_client, figma):
    answer = act(alice_client, "pause", figma, on="2026-11-24")

    assert answer.status_code == 422
    assert "That day is still to come." in answer.content.decode()


def test_the_last_step_is_taken_back(alice_client, figma):
    figma.pause(on=figma.listed_on)

    assert act(alice_client, "step-back", figma).status_code == 302
    figma.refresh_from_db()
    assert figma.state == "target"


def test_a_field_is_changed_for_many_with_undo(alice, alice_client, figma, linear):
    answer = act(alice_client, "change_fields", figma, linear, found_how="competitor", remote="True")

    assert answer.status_code == 302
    assert set(Company.objects.values_list("found_how", "remote")) == {("competitor", True)}
    assert (
        "Changed remote work possible, how found of 2 companies."
        in alice_client.get(answer.url).content.decode()
    )
    undo.undo(alice, Change.objects.first().act, now=figma.updated_at)
    assert set(Company.objects.values_list("remote", flat=True)) == {False}


def test_changing_no_field_is_said(alice_client, figma):
    answer = act(alice_client, "change_fields", figma)

    assert answer.status_code == 422
    assert "Choose at least one value." in answer.content.decode()


def test_deleting_says_what_goes_along_settles_and_offers_undo(alice, alice_client, figma):
    PersonFactory(owner=alice, company=figma)
    url = admin_url(Company, "delete", figma.pk)
    asked = alice_client.get(url).content.decode()
    assert "Person: 1" in asked or "person: 1" in asked

    assert alice_client.post(url, {"post": "yes"}).status_code == 302

    assert not Company.objects.exists()
    undo.undo(alice, Change.objects.first().act, now=figma.updated_at)
    assert Company.objects.get().names.count() == 1
    assert Company.objects.get().people.count() == 1


def test_deleting_many_is_one_act(alice, alice_client, figma, linear):
    assert act(alice_client, "deletion", figma, linear).status_code == 302

    assert not Company.objects.exists()
    assert Change.objects.values("act").distinct().count() == 1


def test_more_than_can_be_done_at_once_is_said(alice_client, figma, linear, monkeypatch):
    monkeypatch.setattr("netjob.bulk.MOST", 1)

    answer = act(alice_client, "pause", figma, linear, on="2026-11-20")

    assert answer.status_code == 302
    page = alice_client.get(admin_url(Company, "changelist")).content.decode()
    assert "These are more than 1." in page
    assert set(Company.objects.values_list("state", flat=True)) == {"target"}


@pytest.mark.parametrize("junk", ["x", "-1", "1 or 1=1"])
def test_junk_for_a_row_is_not_found(junk, alice_client, figma):
    sent = {"action": "pause", "_selected_action": [junk], "post": "yes"}

    assert alice_client.post(admin_url(Company, "changelist"), sent).status_code == 404


@pytest.mark.parametrize("query", ["?q=FIGMÁ", "?q=design", "?state__exact=target&q=fig"])
def test_search_knows_no_case_and_no_accents(query, alice_client, figma, linear):
    page = alice_client.get(admin_url(Company, "changelist") + query)

    assert [row.name for row in page.context["cl"].result_list] == ["Figma"]


@pytest.mark.parametrize(
    "query", ["?q=%00", "?state__exact=%00", "?motivation__exact=99999999999999999999", "?p=99"]
)
def test_junk_in_the_address_is_no_error(query, alice_client, figma):
    assert alice_client.get(admin_url(Company, "changelist") + query).status_code in (200, 302)


@pytest.mark.parametrize("query", ["?people__name=x", "?owner__email__startswith=b", "?company__owner=1"])
def test_a_lookup_that_no_filter_offers_is_refused(query, alice_client, figma):
    assert alice_client.get(admin_url(Company, "changelist") + query).status_code in (302, 400)


def test_a_role_keeps_its_variants(alice, alice_client):
    role = RoleFactory(owner=alice, title="Data Analyst")

    assert saved(alice_client, role, variants="BI Analyst\nAnalytics Engineer").status_code == 302
    assert TargetRole.objects.get().titles() == ["Data Analyst", "BI Analyst", "Analytics Engineer"]


def test_a_repeated_role_is_an_error_of_the_form(alice, alice_client):
    RoleFactory(owner=alice, title="Data Analyst")
    other = RoleFactory(owner=alice, title="Engineer")

    assert saved(alice_client, other, title="data analyst").status_code == 422


def test_an_opening_is_added_with_a_line_of_history(alice, alice_client, figma):
    add = admin_url(Opening, "add")
    facts = {"company": figma.pk, "title": "Analyst"}

    assert alice_client.post(add, sent_from(alice_client.get(add), **facts)).status_code == 302
    assert Activity.objects.get(verb="opening").text == "Analyst"


@pytest.mark.parametrize("junk", ["x", "999999", "\0"])
def test_junk_for_a_link_is_an_error_of_the_form(junk, alice_client, figma):
    add = admin_url(Opening, "add")

    answer = alice_client.post(add, sent_from(alice_client.get(add), company=junk, title="Analyst"))

    assert answer.status_code == 422
    assert not Opening.objects.exists()


def test_openings_are_found_by_the_other_names_of_their_company(alice, alice_client, figma):
    figma.remember_alias("Figma GmbH")
    OpeningFactory(owner=alice, company=figma, title="Analyst")

    page = alice_client.get(admin_url(Opening, "changelist") + "?q=gmbh+analyst")

    assert [row.title for row in page.context["cl"].result_list] == ["Analyst"]


@pytest.mark.parametrize("model", [Company, Opening])
def test_a_list_takes_the_same_queries_for_more_rows(model, alice, alice_client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert alice_client.get(admin_url(model, "changelist")).status_code == 200
        return len(caught)

    for _ in range(3):
        OpeningFactory(owner=alice)
    few = queries()
    for _ in range(10):
        OpeningFactory(owner=alice)

    assert queries() == few
    assert few <= 6

"""The admin in a real browser: the strict policy holds on each of its pages, and its own parts are accessible."""

import pytest
from django.contrib import admin
from playwright.sync_api import expect

from companies.models import Company
from contacts.models import Person
from netjob.models import User
from tests.admin_pages import admin_url
from tests.factories import CompanyFactory, PersonFactory
from tests.test_ownership import everything_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def is_select2(found):
    """The one rule that is left: select2, as Django ships it, gives the inner part of a box without a choice
    the role of a text field and no name. The box around it is named by its label."""
    return found.startswith("aria-input-field-name") and "select2-selection__rendered" in found


def test_no_page_breaks_the_policy_and_axe_finds_nothing(alice, signed_in_page, axe, live_server):
    everything_of(alice)
    User.objects.filter(pk=alice.pk).update(is_superuser=True)
    page = signed_in_page(alice)
    complaints = []

    def look(url):
        page.goto(live_server.url + url)
        for theme, size in (("light", WIDE), ("dark", PHONE)):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.set_viewport_size(size)
            complaints.extend(f"{url} ({theme}): {found}" for found in axe(page) if not is_select2(found))

    look("/admin/")
    for model in admin.site._registry:
        row = alice if model is User else model._default_manager.filter(owner=alice).first()
        look(admin_url(model, "changelist"))
        if row:
            look(admin_url(model, "change", row.pk))
    for model in (Company, Person):
        row = model.objects.filter(owner=alice).first()
        for url in ("add", "import", "export"):
            look(admin_url(model, url))
        for url in ("delete", "history"):
            look(admin_url(model, url, row.pk))

    assert complaints == [], "\n".join(complaints)


def test_dropping_several_with_a_reason_and_bringing_a_field_back(alice, signed_in_page, live_server, axe):
    for name in ("Figma", "Linear"):
        CompanyFactory(owner=alice, name=name)
    page = signed_in_page(alice)
    page.goto(live_server.url + admin_url(Company, "changelist"))
    page.check("#action-toggle")
    page.select_option("select[name=action]", "motivation")
    page.click("button[name=index]")
    assert axe(page) == []
    page.select_option("[name=motivation]", "3")
    page.click("#verb input[type=submit]")
    expect(page.locator(".messagelist")).to_contain_text("Set the motivation of 2 companies.")
    page.click(".messagelist button")
    page.wait_for_url("**/admin/companies/company/")
    assert set(Company.objects.values_list("motivation", flat=True)) == {0}

    page.check("#action-toggle")
    page.select_option("select[name=action]", "dropping")
    page.click("button[name=index]")
    page.fill("[name=because]", "Moved away")
    page.click("#verb input[type=submit]")
    expect(page.locator(".messagelist")).to_contain_text("Dropped 2 companies.")
    assert set(Company.objects.values_list("state", "dropped_because")) == {("dropped", "Moved away")}


def test_a_company_is_proposed_as_one_types(alice, bob, signed_in_page, live_server):
    CompanyFactory(owner=alice, name="Figma")
    CompanyFactory(owner=bob, name="Figment")
    person = PersonFactory(owner=alice, company=CompanyFactory(owner=alice, name="Linear"))
    page = signed_in_page(alice)
    page.goto(live_server.url + admin_url(Person, "change", person.pk))
    page.click(".field-company .select2-selection")
    page.keyboard.type("fig")
    options = page.locator(".select2-results__option")
    expect(options).to_have_text(["Figma"])
    options.first.click()
    page.click("[name=_save]")
    page.wait_for_url("**/admin/contacts/person/")
    person.refresh_from_db()
    assert person.company.name == "Figma"


def test_a_table_comes_in_by_two_steps(alice, signed_in_page, live_server, axe, tmp_path):
    file = tmp_path / "companies.csv"
    file.write_text("name,motivation\nFigma,Dream company\n")
    page = signed_in_page(alice)
    page.goto(live_server.url + admin_url(Company, "import"))
    page.set_input_files("[name=import_file]", file)
    page.click("text=Look at it")
    expect(page.locator("#content")).to_contain_text("1 new, 0 changed")
    assert axe(page) == []
    page.click("text=Import them")
    expect(page.locator(".messagelist")).to_contain_text("1 row imported: 1 new, 0 changed.")
    assert Company.objects.get().motivation == 3


def test_without_scripts_a_row_is_saved_and_a_link_stays(alice, browser, live_server, faults):
    from django.conf import settings
    from django.test import Client

    person = PersonFactory(owner=alice)
    company = person.company
    client = Client()
    client.force_login(alice)
    context = browser.new_context(java_script_enabled=False)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + admin_url(Person, "change", person.pk))
    page.fill("[name=role]", "Lead")
    page.click("[name=_save]")
    person.refresh_from_db()
    assert (person.role, person.company) == ("Lead", company)
    context.close()

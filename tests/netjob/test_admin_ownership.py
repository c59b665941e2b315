"""The admin shows nobody anything of another's: every model, every route, lists, choices, files, the log.

The walk takes its models from the site and its routes from each class, so a new model or a new route cannot be
forgotten; and a leaky class that the test plants is caught, so that the walk is known to see.
"""

import io
import json
import uuid

import openpyxl
import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import include, path, reverse

from companies.models import Company
from contacts.models import Person
from netjob.admin.owned import OwnedAdmin
from netjob.admin.uploads import Upload, opened, sealed
from netjob.admin_site import OwnedAdminSite
from netjob.models import Change, SavedFilter, Submission, User
from netjob.ownership import OwnedModel, owned_links
from tests.conftest import signed_in
from tests.test_ownership import METHODS, SECRET, crossed_rows, everything_of, state_of_everything

OWNED = [model for model in apps.get_models() if issubclass(model, OwnedModel)]
REGISTERED = [model for model in admin.site._registry if model is not User]
WITH_ID = {"change", "delete", "history"}
WITHOUT_ID = {"changelist", "add", "import", "process_import", "export"}
OF_THE_SITE = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "app_list",
}  # fmt: skip
REFUSED = (400, 403, 404, 405, 409, 422)


def label(model):
    return model._meta.label


def address(model, route, *args, site="admin"):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{route}"
    return reverse(name, args=args, current_app=site)


def a_row(model, owner):
    row = model._default_manager.filter(owner=owner).first()
    text = SECRET if owner.email == "alice@example.org" else "Bob’s own"
    if row is None and model is Submission:
        row = Submission.objects.create(owner=owner, key=uuid.uuid4(), location=text)
    if row is None and model is SavedFilter:
        row = SavedFilter.objects.create(owner=owner, page="companies:company_list", name=text, query="q=a")
    assert row is not None, f"everything_of makes no {label(model)}"
    return row


def links_of(model):
    return owned_links(model) if issubclass(model, OwnedModel) else []


def told(answer):
    """All that an answer says, files unpacked."""
    if "spreadsheetml" in answer.headers.get("Content-Type", ""):
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        return json.dumps(list(book.worksheets[0].iter_rows(values_only=True)), default=str)
    return answer.content.decode(errors="replace")


def leaks(client, model_admin, owner, site="admin"):
    """What a stranger's client sees of an owner's rows in one model's pages, or does to them: sentences."""
    model, found = model_admin.model, []
    row, before = a_row(model, owner), state_of_everything(owner)

    def look(answer, what, *, refused=False):
        if SECRET in told(answer) or str(getattr(row, "uid", "no uid")) in told(answer):
            found.append(f"{what} shows what is Alice's")
        if refused and answer.status_code not in REFUSED:
            found.append(f"{what} answers {answer.status_code}")

    for route in WITH_ID:
        for method in METHODS:
            url = address(model, route, row.pk, site=site)
            look(getattr(client, method)(url, {"post": "yes"}), f"{method} {route}", refused=True)
    for query in (
        "",
        f"?q={SECRET[:10]}",
        f"?pk__exact={row.pk}",
        f"?owner__exact={owner.pk}",
        "?all=1",
        "?o=1",
    ):
        look(client.get(address(model, "changelist", site=site) + query, follow=True), f"list {query}")
    for link in links_of(model):
        theirs = link.remote_field.model._default_manager.filter(owner=owner).first()
        look(
            client.get(address(model, "changelist", site=site) + f"?{link.name}={theirs.pk}"), "list by link"
        )
        look(client.get(address(model, "add", site=site) + f"?{link.name}={theirs.pk}"), "add with a link")
        if model_admin.can_add:
            sent = dict.fromkeys(model_admin.written, "x") | {link.name: theirs.pk}
            look(client.post(address(model, "add", site=site), sent), "adding with a link", refused=True)
        for term in ("", SECRET[:10]):
            asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
            asked |= {"field_name": link.name, "term": term}
            look(client.get(reverse("admin:autocomplete", current_app=site), asked), "proposals")
    for name in model_admin.get_actions(request_of(client)):
        for more in ({}, {"post": "yes", "on": "2026-11-20"}, {"select_across": "1", "index": "0"}):
            sent = {"action": name, "_selected_action": [row.pk], **more}
            look(client.post(address(model, "changelist", site=site), sent, follow=True), f"action {name}")
    if model_admin.list_editable:
        sent = {
            "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": row.pk, "form-0-version": row.version,
            "_save": "yes", **{f"form-0-{name}": 1 for name in model_admin.list_editable},
        }  # fmt: skip
        look(client.post(address(model, "changelist", site=site), sent), "editing the list", refused=True)
    for kind in ("0", "1"):
        for more in ({}, {"export_items": [row.pk]}):
            url = address(model, "export", site=site)
            look(client.post(url, {"format": kind, "resource": "0", **more}), f"export {kind}")
    if state_of_everything(owner) != before:
        found.append("changes what is Alice's")
    return found


def request_of(client):
    """A request of the client's user, as far as a class asks for one."""
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=client.session["_auth_user_id"])
    return request


def test_every_model_with_an_owner_is_there():
    assert {*OWNED, Change, Submission, User} == set(admin.site._registry)


def test_every_route_is_known():
    routes = set()
    for model, model_admin in admin.site._registry.items():
        prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
        routes |= {url.name.removeprefix(prefix) for url in model_admin.get_urls() if url.name}
    of_the_site = {url.name for url in admin.site.get_urls() if getattr(url, "name", None)}

    assert routes == WITH_ID | WITHOUT_ID
    assert of_the_site == OF_THE_SITE


@pytest.mark.parametrize("model", REGISTERED, ids=label)
def test_nothing_of_anothers_is_shown_or_touched_not_even_to_a_superuser(model, alice, bob_client):
    everything_of(alice)
    root = User.objects.create_superuser("root@example.org")

    assert leaks(bob_client, admin.site._registry[model], alice) == []
    assert leaks(signed_in(root), admin.site._registry[model], alice) == []
    assert crossed_rows() == []


@pytest.mark.parametrize("model", REGISTERED, ids=label)
def test_own_rows_are_there_so_that_the_walk_proves_something(model, alice, alice_client):
    everything_of(alice)
    row, model_admin = a_row(model, alice), admin.site._registry[model]

    assert alice_client.get(address(model, "change", row.pk)).status_code == 200
    assert alice_client.get(address(model, "history", row.pk)).status_code == 200
    listed = alice_client.get(address(model, "changelist"))
    assert f"/{row.pk}/change/" in listed.content.decode()
    deletion = alice_client.get(address(model, "delete", row.pk))
    assert deletion.status_code == (200 if model_admin.can_delete else 403)
    exported = told(alice_client.post(address(model, "export"), {"format": "0", "resource": "0"}))
    assert str(getattr(row, "uid", "")) in exported


@pytest.mark.parametrize("model", REGISTERED, ids=label)
def test_with_rows_of_ones_own_the_choices_and_files_still_show_no_others(model, alice, bob, bob_client):
    everything_of(alice)
    everything_of(bob, "Bob’s own")
    own = a_row(model, bob)

    for route in WITH_ID:
        assert SECRET not in bob_client.get(address(model, route, own.pk)).content.decode()
    for route in WITHOUT_ID:
        assert SECRET not in bob_client.get(address(model, route)).content.decode()


@pytest.mark.parametrize("route", sorted(OF_THE_SITE - {"app_list"}))
def test_the_pages_of_the_site_tell_nothing_of_another(route, alice, bob_client):
    company = everything_of(alice)["company"]
    LogEntry.objects.log_actions(alice.pk, [company], CHANGE, SECRET)

    assert SECRET not in bob_client.get(reverse(f"admin:{route}")).content.decode()


def test_ones_own_recent_actions_are_there(alice, alice_client):
    company = everything_of(alice)["company"]
    LogEntry.objects.log_actions(alice.pk, [company], CHANGE, "")

    assert SECRET in alice_client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("model", [Company, Person], ids=label)
def test_a_file_that_names_anothers_row_makes_one_of_ones_own(model, alice, bob, bob_client):
    cast = everything_of(alice)
    theirs, before = a_row(model, alice), state_of_everything(alice)
    text = f"uid,name,notes\n{theirs.uid},Bob’s namesake,mine\n"

    look = bob_client.post(
        address(model, "import"), {"format": "", "import_file": SimpleUploadedFile("t.csv", text.encode())}
    )
    assert look.status_code == 200, look.content.decode()
    confirm = look.context["confirm_form"].initial
    bob_client.post(address(model, "process_import"), confirm)

    assert model.objects.get(owner=bob, uid=theirs.uid).name == "Bob’s namesake"
    assert state_of_everything(alice) == before
    assert cast["company"].pk
    assert crossed_rows() == []


@pytest.mark.parametrize("by", ["uid", "name", "pk"])
def test_a_file_cannot_link_to_anothers_row(by, alice, bob, bob_client):
    company = everything_of(alice)["company"]
    text = f"name,company\nEve,{getattr(company, by)}\n"

    look = bob_client.post(
        address(Person, "import"), {"format": "", "import_file": SimpleUploadedFile("t.csv", text.encode())}
    )

    assert look.status_code == 422
    assert "None of yours has that name or uid." in look.content.decode()
    assert not Person.objects.filter(owner=bob).exists()


def test_an_upload_is_for_the_one_who_brought_it(alice, bob, bob_client):
    upload = Upload()
    upload.save(f"name\n{SECRET}\n".encode())
    assert opened(sealed(upload.name, alice), alice) == upload.name

    for name in (sealed(upload.name, alice), upload.name, "../../etc/passwd", "/etc/passwd"):
        sent = {"import_file_name": name, "original_file_name": "t.csv", "format": "0"}
        answer = bob_client.post(address(Company, "process_import"), sent)
        assert SECRET not in answer.content.decode()
        assert "no longer here" in answer.content.decode()
    assert not Company.objects.filter(owner=bob).exists()


@pytest.mark.parametrize("route", sorted(OF_THE_SITE - {"login", "app_list"}))
def test_nobody_comes_in_without_signing_in(route, alice, client):
    for method in METHODS:
        answer = getattr(client, method)(reverse(f"admin:{route}"))
        assert answer.status_code == 302
        assert "/login/" in answer.url


def test_coming_in_is_allauths(alice, client):
    answer = client.get("/admin/login/?next=/admin/companies/company/")

    assert answer.url == "/accounts/login/?next=/admin/companies/company/"
    assert client.post("/admin/login/", {"username": "alice@example.org", "password": "x"}).status_code == 302


def test_who_is_deactivated_is_out(alice, alice_client):
    alice.is_active = False
    alice.save()

    assert alice_client.get("/admin/").status_code == 302


# Accounts are the one thing for superusers, and show nothing of what is in them.


@pytest.mark.parametrize("route", ["changelist", "add"])
def test_accounts_are_closed_to_others(route, alice_client):
    assert alice_client.get(address(User, route)).status_code == 403


def test_which_accounts_there_are_is_told_to_superusers_alone(alice, bob, alice_client):
    for pk in (bob.pk, 999_999):
        assert alice_client.get(address(User, "change", pk)).status_code == 403
    asked = {"app_label": "companies", "model_name": "company", "field_name": "owner", "term": ""}
    assert alice_client.get(reverse("admin:autocomplete"), asked).status_code == 403


def test_a_superuser_sees_an_account_without_its_rows_and_its_password(bob):
    everything_of(bob)
    root = User.objects.create_superuser("root@example.org")

    text = signed_in(root).get(address(User, "change", bob.pk)).content.decode()

    assert "bob@example.org" in text
    assert SECRET not in text
    assert bob.password not in text
    assert "pbkdf2" not in text
    assert signed_in(root).get(address(User, "delete", bob.pk)).status_code == 403


# The negative control: a class that forgot the owner.


class LeakyAdmin(OwnedAdmin):
    can_add = False
    fields = ("name",)
    list_display = ("name", "uid")
    search_fields = ("name",)

    def get_queryset(self, request):
        return admin.ModelAdmin.get_queryset(self, request)


class LeakyWriter(LeakyAdmin):
    def changelist_view(self, request, extra_context=None):
        Company.objects.update(notes="")
        return OwnedAdmin.changelist_view(self, request, extra_context)


planted = OwnedAdminSite(name="planted")
planted.register(Company, LeakyAdmin)
planted_writer = OwnedAdminSite(name="planted-writer")
planted_writer.register(Company, LeakyWriter)
urlpatterns = [
    path("planted/", planted.urls),
    path("planted-writer/", planted_writer.urls),
    path("", include("netjob.urls")),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("site", "caught"),
    [(planted, "list  shows what is Alice's"), (planted_writer, "changes what is Alice's")],
)
def test_a_leaky_class_is_caught(site, caught, alice, bob_client):
    everything_of(alice)

    assert caught in leaks(bob_client, site._registry[Company], alice, site=site.name)


def test_what_other_packages_register_stays_out():
    class Theirs(admin.ModelAdmin):
        pass

    site = OwnedAdminSite(name="other")
    site.register(Company, Theirs)

    assert not site.is_registered(Company)

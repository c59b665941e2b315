"""Nobody sees, guesses, links or edits anything of another's: every URL, every method, two users.

The walk goes through the URL conf itself. A route that it does not know fails, so that a new page cannot
be forgotten; and a leaky view that the test plants is caught, so that the walk is known to see.
"""

import uuid

import pytest
from django.apps import apps
from django.core import serializers
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from companies.models import Company
from netjob import undo
from netjob.imports import staging
from netjob.models import Activity, Change, Submission
from netjob.ownership import OwnedModel, owned_links
from outreach.models import Deferral
from tests import factories as make

SECRET = "Only Alice may read this"

OPEN = {
    # Whoever is not signed in must be able to sign in, sign up and come back.
    "account_login", "account_signup", "account_logout", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_confirm_email", "account_email_verification_sent", "account_confirm_login_code",
    # Browsers ask for it without cookies, and it says nothing of anybody.
    "netjob:manifest",
}  # fmt: skip
OF_THE_ACCOUNT = {
    # Closed, and about nobody but the user who is signed in.
    "account_change_password", "account_set_password", "account_email", "account_reauthenticate",
}  # fmt: skip
WITHOUT_ID = {
    "netjob:settings", "netjob:change_list", "netjob:welcome_you", "netjob:welcome_start", "netjob:welcome_end",
    "companies:welcome", "companies:company_list", "companies:company_add", "companies:way_list",
    "companies:way_job_boards", "companies:way_people", "companies:way_competitors", "companies:way_near_me",
    "companies:role_list",
    "companies:role_add", "contacts:person_list", "outreach:today", "outreach:coverage", "outreach:defer", "outreach:bring_back", "outreach:request_list",
    "outreach:template_list", "outreach:template_add", "outreach:conversation_list", "outreach:question_list",
    "outreach:question_add", "netjob:filter_add", "companies:company_bulk", "companies:company_export",
    "companies:opening_list", "companies:opening_bulk", "companies:opening_export", "companies:way_visit",
    "outreach:coverage_export",
    "contacts:person_bulk", "contacts:person_export", "outreach:request_bulk", "outreach:request_export",
    "outreach:conversation_bulk", "outreach:conversation_export",
    "outreach:add", "netjob:search", "netjob:keys", "netjob:import_list",
    "contacts:people_cards_export", "contacts:duplicate_list", "contacts:event_list", "contacts:event_add",
    "contacts:event_bulk", "contacts:event_export", "contacts:capture", "contacts:bookmarklet",
    "contacts:introduction_list", "contacts:introduction_bulk", "contacts:introduction_export",
    "outreach:wrote_first",
}  # fmt: skip
DOWNLOADS = {route for route in WITHOUT_ID if route.endswith("_export")} | {
    "netjob:import_rejected",
    "contacts:person_card",
}
"""Files, and no pages."""
# Route: what of Alice's the id in it names.
WITH_ID = {
    "netjob:import_detail": "import", "netjob:import_stage": "import", "netjob:import_choose": "import",
    "netjob:import_choose_all": "import",
    "netjob:import_map": "import", "netjob:import_apply": "import", "netjob:import_undo": "import",
    "netjob:import_rejected": "import", "netjob:import_delete": "import",
    "netjob:note_edit": "note", "netjob:note_delete": "note", "netjob:filter_delete": "filter", "netjob:change_undo": "act",
    "companies:company_detail": "company", "companies:company_edit": "company", "companies:company_delete": "company",
    "companies:company_rate": "company", "companies:company_merge": "company", "companies:company_note": "company", "companies:linkedin_add": "company",
    "companies:linkedin_delete": "linkedin", "companies:company_list_again": "company",
    "companies:company_pause": "company", "companies:company_drop": "company",
    "companies:company_undo_move": "company", "companies:opening_add": "company", "companies:company_visit": "company", "companies:opening_edit": "opening",
    "companies:opening_delete": "opening", "companies:role_edit": "role", "companies:role_delete": "role",
    "contacts:people_add": "company", "contacts:person_detail": "person", "contacts:person_edit": "person",
    "contacts:person_delete": "person", "contacts:person_note": "person", "contacts:refuse_contact": "person",
    "contacts:allow_contact": "person", "contacts:person_erase": "person", "contacts:person_card": "person",
    "contacts:person_merge": "person", "contacts:person_tell_apart": "person", "contacts:profile_review": "person",
    "contacts:tie_add": "person", "contacts:tie_delete": "tie", "contacts:introduction_add": "person",
    "contacts:way_in_add": "person", "contacts:way_to_company_add": "company",
    "contacts:introduction_detail": "introduction", "contacts:introduction_ask": "introduction",
    "contacts:introduction_agree": "introduction", "contacts:introduction_make": "introduction",
    "contacts:introduction_decline": "introduction", "contacts:introduction_undo_move": "introduction",
    "contacts:introduction_tell": "introduction", "contacts:introduction_untell": "introduction",
    "contacts:introduction_delete": "introduction", "contacts:event_detail": "event", "contacts:event_edit": "event",
    "contacts:event_delete": "event", "contacts:event_meet": "event", "contacts:event_expect": "event",
    "contacts:attendance_meet": "attendance", "contacts:attendance_unmeet": "attendance",
    "contacts:attendance_delete": "attendance",
    "outreach:request_add": "stranger", "outreach:request_detail": "request", "outreach:request_delete": "request",
    "outreach:request_send": "request", "outreach:request_pick_up": "request",
    "outreach:request_accept": "request", "outreach:request_answer": "request",
    "outreach:request_decline": "request", "outreach:request_withdraw": "request",
    "outreach:request_undo_move": "request", "outreach:message_add": "person", "outreach:reply_add": "person",
    "outreach:message_edit": "message", "outreach:message_send": "message", "outreach:message_unsend": "message",
    "outreach:message_delete": "message", "outreach:template_edit": "template", "outreach:template_delete": "template",
    "outreach:template_archive": "template", "outreach:template_bring_back": "template",
    "outreach:conversation_add": "stranger", "outreach:conversation_detail": "conversation",
    "outreach:conversation_notes": "conversation", "outreach:conversation_send_questions": "conversation",
    "outreach:conversation_edit": "conversation", "outreach:conversation_delete": "conversation",
    "outreach:conversation_propose": "conversation", "outreach:conversation_schedule": "conversation",
    "outreach:conversation_hold": "conversation", "outreach:conversation_cancel": "conversation",
    "outreach:conversation_miss": "conversation", "outreach:conversation_undo_move": "conversation",
    "outreach:conversation_confirm": "conversation", "outreach:conversation_prepare": "conversation",
    "outreach:conversation_thank": "conversation", "outreach:conversation_unstamp": "conversation",
    "outreach:asked_add": "conversation", "outreach:asked_answer": "asked", "outreach:asked_delete": "asked",
    "outreach:question_edit": "question", "outreach:question_delete": "question",
    "outreach:insight_add": "company", "outreach:insight_edit": "insight", "outreach:insight_delete": "insight",
    "outreach:referral_add": "person", "outreach:referral_ask": "referral", "outreach:referral_give": "referral",
    "outreach:referral_decline": "referral", "outreach:referral_undo_move": "referral",
    "outreach:referral_thank": "referral", "outreach:referral_unthank": "referral",
    "outreach:referral_delete": "referral", "outreach:application_add": "opening",
    "outreach:application_detail": "application", "outreach:application_delete": "application",
    "outreach:application_apply": "application", "outreach:application_offer": "application",
    "outreach:application_reject": "application", "outreach:application_withdraw": "application",
    "outreach:application_undo_move": "application", "outreach:interview_add": "application",
    "outreach:interview_edit": "interview", "outreach:interview_delete": "interview",
}  # fmt: skip
OTHER_PARTS = {"stamp": "thanked_on"}

# Fields and query parameters that take an id: (route, name of the id's field, what it names, the rest of the form).
ID_FIELDS = [
    ("companies:company_add", "found_from", "company", {"lines": "Initech", "found_how": "competitor"}),
    ("companies:company_add", "from", "company", {"lines": "Initech", "found_how": "competitor"}),
    ("companies:company_merge", "other", "lonely", {}),
    ("contacts:person_list", "company", "company", {}),
    ("companies:company_edit", "found_from", "lonely", {"name": "Initech", "found_how": "competitor", "motivation": 1, "posting": 1}),
    ("contacts:person_edit", "company", "company", {"name": "Bill Lumbergh", "kind": "peer", "found_how": "search"}),
    ("outreach:request_add", "template", "template", {"channel": "invitation", "text": "Hi"}),
    ("outreach:request_detail", "template", "template", {"channel": "invitation", "text": "Hi"}),
    ("outreach:message_add", "template", "template", {"kind": "first_message", "channel": "message", "text": "Hi"}),
    ("outreach:message_add", "conversation", "conversation", {"kind": "thanks", "channel": "message", "text": "Hi"}),
    ("outreach:message_add", "request", "request", {"kind": "follow_up", "channel": "message", "text": "Hi"}),
    ("outreach:asked_add", "question", "question", {}),
    ("outreach:insight_add", "person", "person", {"text": "SQL", "aim": "role", "said_on": "2026-11-02", "certainty": "sure"}),
    ("outreach:insight_add", "conversation", "conversation", {"text": "SQL", "aim": "role", "said_on": "2026-11-02", "certainty": "sure"}),
    ("outreach:insight_add", "asked", "asked", {"text": "SQL", "aim": "role", "said_on": "2026-11-02", "certainty": "sure"}),
    ("outreach:insight_add", "target_role", "role", {"text": "SQL", "aim": "role", "said_on": "2026-11-02", "certainty": "sure"}),
    ("outreach:insight_add", "opening", "opening", {"text": "SQL", "aim": "role", "said_on": "2026-11-02", "certainty": "sure"}),
    ("outreach:insight_edit", "person", "person", {"text": "SQL", "aim": "role", "said_on": "2026-11-02", "certainty": "sure"}),
    ("outreach:referral_add", "opening", "opening", {"state": "given", "on": "2026-11-02"}),
    ("outreach:application_detail", "referral", "referral", {"sent": ""}),
    ("companies:company_bulk", "row", "company", {"act": "motivation", "motivation": 3, "sent": 1}),
    ("companies:company_bulk", "rows", "company", {"act": "pause", "sent": 1}),
    ("companies:opening_bulk", "row", "opening", {"act": "state", "state": "closed", "sent": 1}),
    ("companies:opening_list", "company", "company", {}),
    ("contacts:person_bulk", "row", "person", {"act": "deletion", "sent": 1}),
    ("outreach:request_bulk", "row", "request", {"act": "deletion", "sent": 1}),
    ("outreach:conversation_bulk", "row", "conversation", {"act": "cancellation", "sent": 1}),
    ("outreach:defer", "subject", "lonely", {"step": "find_people"}),
    ("contacts:person_merge", "other", "stranger", {"name": "mine", "role": "mine"}),
    ("contacts:person_tell_apart", "other", "stranger", {}),
    ("contacts:person_list", "event", "event", {}),
    ("contacts:event_bulk", "row", "event", {"act": "deletion", "sent": 1}),
    ("contacts:introduction_list", "person", "person", {}),
    ("contacts:introduction_list", "company", "company", {}),
    ("contacts:introduction_bulk", "row", "introduction", {"act": "deletion", "sent": 1}),
    ("outreach:request_add", "introduction", "introduction", {"channel": "invitation", "text": "Hi"}),
    ("outreach:request_add", "event", "event", {"channel": "invitation", "text": "Hi"}),
    ("outreach:message_add", "introduction", "introduction", {"kind": "report_back", "channel": "message", "text": "Hi"}),
    ("outreach:message_add", "event", "event", {"kind": "first_message", "channel": "message", "text": "Hi"}),
    ("outreach:add", "who", "person", {"text": "Bob", "kind": "note", "notes": "SQL"}),
]  # fmt: skip


def everything_of(owner, secret=SECRET):
    """One row of every model, each with the secret in whatever text it has."""
    company = make.CompanyFactory(owner=owner, name=secret, notes=secret)
    role = make.RoleFactory(owner=owner, title=secret)
    role.set_variants([f"{secret} too"])
    opening = make.OpeningFactory(owner=owner, company=company, title=secret)
    person = make.PersonFactory(owner=owner, company=company, name=secret, role=secret)
    person.set_email(f"{owner.pk}@secret.test")
    template = make.TemplateFactory(owner=owner, name=secret, body=secret)
    request = make.RequestFactory(owner=owner, person=person)
    request.write(secret, template=template)
    conversation = make.ConversationFactory(owner=owner, person=person, request=request, notes=secret)
    question = make.QuestionFactory(owner=owner, text=secret)
    application = make.ApplicationFactory(owner=owner, opening=opening, sent=secret)
    lonely = make.CompanyFactory(owner=owner, name=f"{secret}, without people")
    stranger = make.PersonFactory(owner=owner, company=company, name=f"{secret}, not asked")
    doomed = make.CompanyFactory(owner=owner, name=f"{secret}, deleted")
    brought = staging.begin(owner, f"{secret}.csv", f'Company\n"{secret}, brought"\n'.encode(), today=make.ON)
    return {
        "company": company,
        "lonely": lonely,
        "stranger": stranger,
        "role": role,
        "opening": opening,
        "person": person,
        "template": template,
        "request": request,
        "conversation": conversation,
        "question": question,
        "application": application,
        "linkedin": make.CompanyLinkedInFactory(owner=owner, company=company),
        "message": make.MessageFactory(owner=owner, person=person, text=secret),
        "asked": conversation.ask_also(f"{secret}, asked", aim="role"),
        "insight": make.InsightFactory(owner=owner, company=company, person=person, text=secret),
        "referral": make.ReferralFactory(owner=owner, person=person, notes=secret),
        "interview": make.InterviewFactory(owner=owner, application=application, notes=secret),
        "import": brought,
        "import_row": brought.rows.get(),
        "import_mapping": make.ImportMappingFactory(owner=owner, columns=[secret]),
        "filter": make.SavedFilterFactory(owner=owner, name=secret, query="q=secret"),
        "visit": make.VisitFactory(owner=owner, company=company, words=secret),
        "note": Activity.note(owner, secret, on=make.ON, company=company, person=person),
        "act": undo.delete([doomed], sentence=secret),
        "tie": make.TieFactory(owner=owner, person=person, text=secret),
        "position": make.PositionFactory(owner=owner, person=person, employer=secret),
        "review": make.ReviewFactory(owner=owner, person=person, learn=secret),
        "introduction": make.IntroductionFactory(
            owner=owner, introducer=person, person=stranger, notes=secret
        ),
        "event": (event := make.EventFactory(owner=owner, name=secret, notes=secret)),
        "attendance": make.AttendanceFactory(owner=owner, event=event, person=person, notes=secret),
        "erasure": make.ErasureFactory(owner=owner),
        "distinction": make.DistinctionFactory(owner=owner, one=person, other=stranger),
        "deferral": Deferral.put_off(owner, "write", uuid.uuid4(), "", until=None),
    }


def routes(patterns=None, prefix=""):
    """Every route by its name, with the names of its parts."""
    for entry in patterns or get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace == "admin":
            continue  # walked model by model in tests/netjob/test_admin_ownership.py
        if isinstance(entry, URLResolver):
            yield from routes(
                entry.url_patterns, f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            )
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", tuple(entry.pattern.converters)


def address(route, parts, cast):
    target = cast[WITH_ID[route]]
    own_id = target if isinstance(target, uuid.UUID) else target.pk
    return reverse(route, kwargs={part: OTHER_PARTS.get(part, own_id) for part in parts})


def state_of_everything(owner):
    models = [
        model for model in apps.get_models() if issubclass(model, OwnedModel) or model in (Change, Submission)
    ]
    return {
        model._meta.label: serializers.serialize(
            "json", model._default_manager.filter(owner=owner).order_by("pk")
        )
        for model in models
    }


METHODS = ("get", "post", "put", "patch", "delete", "head")


def leaks(client, url, owner):
    """What a stranger's client gets out of, or does to, a page of the owner's: sentences."""
    before, found = state_of_everything(owner), []
    for method in METHODS:
        for headers in ({}, {"HX-Request": "true"}):
            answer = getattr(client, method)(url, headers=headers)
            if answer.status_code not in (404, 405, 409):
                found.append(f"{method} {url} answers {answer.status_code}")
            if SECRET in answer.getvalue().decode(errors="replace"):
                found.append(f"{method} {url} shows what is Alice's")
    if state_of_everything(owner) != before:
        found.append(f"{url} changes what is Alice's")
    return found


ALL = dict(routes())


def test_the_walk_knows_every_route():
    known = OPEN | OF_THE_ACCOUNT | WITHOUT_ID | set(WITH_ID)

    assert set(ALL) - known == set(), "New routes: say above what their id names, or that they have none"
    assert known - set(ALL) == set(), "Routes that are gone"


def test_routes_said_to_be_without_id_have_none():
    assert [route for route in WITHOUT_ID | OF_THE_ACCOUNT if ALL[route]] == []


@pytest.mark.parametrize("route", sorted(WITH_ID))
def test_another_owners_row_is_not_found_and_not_touched(route, alice, bob_client):
    cast = everything_of(alice)

    assert leaks(bob_client, address(route, ALL[route], cast), alice) == []


@pytest.mark.parametrize("route", sorted(WITHOUT_ID | OF_THE_ACCOUNT))
def test_pages_about_everything_show_nothing_of_another(route, alice, bob, bob_client):
    everything_of(alice)

    for query in ("", "?q=Alice&state=all&after=WzEsMF0=&template=1&kind=write"):
        assert SECRET not in bob_client.get(reverse(route) + query).getvalue().decode(errors="replace")


@pytest.mark.parametrize("route", sorted(WITH_ID))
def test_own_rows_are_found_so_that_the_walk_proves_something(route, alice, alice_client):
    cast = everything_of(alice)

    assert alice_client.get(address(route, ALL[route], cast)).status_code in (200, 405)


@pytest.mark.parametrize("route", sorted(WITHOUT_ID | set(WITH_ID) | OF_THE_ACCOUNT))
def test_nobody_comes_in_without_signing_in(route, alice, client):
    url = address(route, ALL[route], everything_of(alice)) if route in WITH_ID else reverse(route)

    for method in METHODS:
        answer = getattr(client, method)(url)
        assert answer.status_code == 302, f"{method} {url} answers {answer.status_code}"
        assert answer.url.startswith("/accounts/login/")
        answer = getattr(client, method)(url, headers={"HX-Request": "true"})
        assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize(
    ("route", "field", "kind", "rest"), ID_FIELDS, ids=[f"{route}-{field}" for route, field, *_ in ID_FIELDS]
)
def test_an_id_of_another_is_no_choice(route, field, kind, rest, alice, bob, bob_client):
    theirs, own = everything_of(alice), everything_of(bob, "Bob’s own")
    url = address(route, ALL[route], own) if route in WITH_ID else reverse(route)
    stolen = named(theirs[kind], field)
    before = state_of_everything(alice)

    shown = bob_client.get(url, {**rest, field: stolen})
    sent = bob_client.post(url, {**rest, field: stolen})

    assert shown.status_code < 500
    assert sent.status_code < 500
    assert state_of_everything(alice) == before
    assert crossed_rows() == []


@pytest.mark.parametrize(
    ("route", "field", "kind", "rest"), ID_FIELDS, ids=[f"{route}-{field}" for route, field, *_ in ID_FIELDS]
)
def test_an_id_of_ones_own_is_one_so_that_the_refusal_proves_something(
    route, field, kind, rest, bob, bob_client
):
    own = everything_of(bob, "Bob’s own")
    url = address(route, ALL[route], own) if route in WITH_ID else reverse(route)
    value = named(own[kind], field)
    version = own[WITH_ID[route]].version if route in WITH_ID else ""

    shown = bob_client.get(url, {**rest, field: value})
    sent = bob_client.post(url, {**rest, field: value, "version": version})

    assert 200 in (shown.status_code, sent.status_code) or sent.status_code == 302
    assert sent.status_code != 422, sent.content.decode()


def named(row, field):
    """What a field says to name a row: mostly its id."""
    return {"subject": row.uid, "found_from": str(row), "who": f"person-{row.pk}"}.get(field, row.pk)


def crossed_rows():
    """Rows that lead to a row of another owner: the database would let them."""
    found = []
    for model in apps.get_models():
        if issubclass(model, OwnedModel):
            for link in owned_links(model):
                for row in model._default_manager.exclude(**{link.name: None}).select_related(link.name):
                    if getattr(row, link.name).owner_id != row.owner_id:
                        found.append(f"{model._meta.label} {row.pk} {link.name}")
    return found


def test_every_field_that_takes_an_id_is_in_the_table():
    """Foreign keys that a form offers, and ids read from a query, must each be tried above."""
    import ast
    from pathlib import Path

    read = set()
    for app in ("netjob", "companies", "contacts", "outreach"):
        for file in Path(app).rglob("*.py"):
            if "migrations" in file.parts or "models" in file.stem:
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                # request.GET["template"], request.GET.get("template"), cleaned_data
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("GET.get", "POST.get")):
                    read.add(
                        ast.literal_eval(node.args[0]) if isinstance(node.args[0], ast.Constant) else "?"
                    )
    no_ids = {
        "way",
        "month",
        "q",
        "state",
        "stage",
        "kind",
        "after",
        "search",
        "back",
        "history",
        "older",
        "show",
        "gap",
        "to",
        "country",
        "?",
        "channel",
        "next",
        "mode",
        "on",
        "page",
        "token",
        "act",
        "format",
        "query",
        "url",
        "title",
        "text",
        "entry",
        "meaning",
        "choice",
        "file",
        "name",
    }

    assert read - no_ids - {field for _route, field, *_ in ID_FIELDS} == set()


def test_the_sweep_for_crossed_rows_sees_one(alice, bob):
    make.PersonFactory(owner=bob, company=make.CompanyFactory(owner=alice))

    assert len(crossed_rows()) == 1


def test_the_models_own_check_refuses_a_crossed_row(alice, bob):
    person = make.PersonFactory(owner=bob)
    person.company = make.CompanyFactory(owner=alice)

    with pytest.raises(Exception, match="one of your own"):
        person.full_clean()


# The negative control: a view that forgot the owner.


def leaky(request, pk):
    return HttpResponse(Company.objects.get(pk=pk).notes)


def leaky_writer(request, pk):
    Company.objects.filter(pk=pk).update(notes="")
    return HttpResponse(status=404)


urlpatterns = [path("leaky/<int:pk>/", leaky), path("leaky-writer/<int:pk>/", leaky_writer)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("planted", "caught"), [("leaky", "shows what is Alice's"), ("leaky-writer", "changes")]
)
def test_a_leaky_view_is_caught(planted, caught, alice, bob_client):
    company = everything_of(alice)["company"]

    found = leaks(bob_client, f"/{planted}/{company.pk}/", alice)

    assert any(caught in sentence for sentence in found)

"""What goes wrong is said in plain words with a next step, and never with the insides of the program."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_POST

from netjob.ownership import Refused
from tests.conftest import signed_in

SECRET = "postgres://me:secret@host"


def breaks(error):
    def view(request):
        raise error

    return view


@require_POST
def only_sent(request):
    return HttpResponse()


def reads(request):
    return HttpResponse(len(request.POST))


urlpatterns = [
    path("fault/", breaks(ValueError(SECRET))),
    path("database/", breaks(OperationalError(SECRET))),
    path("forbidden/", breaks(PermissionDenied(SECRET))),
    path("refused/", breaks(Refused("That cannot be."))),
    path("only-sent/", only_sent),
    path("reads/", reads),
    path("", include("netjob.urls")),
]
handler400 = "netjob.views.errors.bad_request"
handler500 = "netjob.views.errors.server_error"

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor(alice) -> Client:
    client = signed_in(alice)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/nowhere/", 404, "There is nothing here"),
        ("/fault/", 500, "Something went wrong on our side"),
        ("/database/", 503, "netjob cannot reach its data just now"),
        ("/forbidden/", 403, "This is not open to you"),
        ("/refused/", 409, "That cannot be."),
        ("/only-sent/", 405, "There is nothing to read at this address"),
    ],
)
def test_a_page_of_our_own(address, status, says, visitor):
    answer = visitor.get(address)
    page = answer.content.decode()

    assert answer.status_code == status
    assert says in page
    assert SECRET not in page
    assert page.count("<h1") == 1
    assert 'class="button filled" href="/"' in page, "a next step"
    assert "Content-Security-Policy" in answer.headers


def test_a_host_that_is_not_ours_cannot_be_read(visitor):
    answer = visitor.get("/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "That could not be read" in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{"text": "a" * 2_600_000}, {f"field{n}": "" for n in range(1_100)}], ids=["bytes", "fields"]
)
def test_more_than_a_form_takes(sent, visitor):
    answer = visitor.post("/reads/", sent)

    assert answer.status_code == 413
    assert "That is too much at once" in answer.content.decode()


def test_without_a_database_the_page_still_comes(visitor, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError(SECRET)

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", gone)
    answer = visitor.get("/")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "Nothing is lost" in answer.content.decode()


def test_a_fault_is_told_even_when_its_page_cannot_be_made(visitor, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr("netjob.views.errors.render_to_string", broken)
    answer = visitor.get("/fault/")

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()


def test_an_address_for_a_button_leads_back_to_the_page_that_it_is_on(visitor):
    answer = visitor.get("/only-sent/", headers={"referer": "http://testserver/companies/"})

    assert answer.headers["Allow"] == "POST"
    assert 'href="http://testserver/companies/"' in answer.content.decode()


def test_what_is_not_there_offers_what_was_deleted_to_those_who_are_signed_in(visitor, client, db):
    assert "/changes/" in visitor.get("/nowhere/").content.decode()
    assert "/changes/" not in client.get("/nowhere/").content.decode()


def test_too_many_tries_are_answered_in_words(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sent = {"login": "somebody@example.org", "password": "guess-after-guess"}
    answers = [client.post("/accounts/login/", sent) for _ in range(3)]

    assert answers[-1].status_code == 429
    assert "That was a lot at once" in answers[-1].content.decode()

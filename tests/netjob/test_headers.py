"""Every answer says what a browser may do with it: pages, static files, what is not there, what went wrong."""

import pytest
from django.test import Client


@pytest.fixture
def static_file(settings, tmp_path):
    """A file as the server finds it, under a name that never means anything else."""
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "netjob.0123456789ab.css").write_text("body {}")
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    settings.WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.[0-9a-f]{12}\..+$"
    return "/static/netjob.0123456789ab.css"


def assert_guarded(answer):
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_static_file_is_guarded_and_kept_for_long(static_file):
    answer = Client().get(static_file)

    assert answer.status_code == 200
    assert_guarded(answer)
    assert "immutable" in answer.headers["Cache-Control"]
    assert "no-store" not in answer.headers["Cache-Control"]


def test_what_is_not_there(alice_client):
    answer = alice_client.get("/nowhere/")

    assert answer.status_code == 404
    assert_guarded(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_went_wrong(alice, monkeypatch):
    from netjob.views import changes

    monkeypatch.setattr(changes, "page", lambda *args: 1 / 0)
    client = Client(raise_request_exception=False)
    client.force_login(alice)

    answer = client.get("/changes/")

    assert answer.status_code == 500
    assert_guarded(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_leads_on(client, db):
    answer = client.get("/changes/")

    assert answer.status_code == 302
    assert_guarded(answer)


def test_what_leads_over_to_https(settings, client, db):
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get("/changes/")

    assert answer.status_code == 301
    assert_guarded(answer)

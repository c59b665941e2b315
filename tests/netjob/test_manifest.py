"""netjob can be installed as an app of its own: the manifest, its icons, and where it begins."""

import re
import struct
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

from netjob.views.installing import PAPER

STATIC = Path(settings.BASE_DIR, "static")


@pytest.fixture
def manifest(client, db):
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    return answer.json()


def test_it_is_open_and_says_nothing_of_anybody(client, alice_client, manifest):
    answer = alice_client.get("/manifest.webmanifest")

    assert answer.json() == manifest
    assert "public" in answer.headers["Cache-Control"]
    assert client.post("/manifest.webmanifest").status_code == 405


def test_it_begins_at_today_and_its_shortcuts_lead_somewhere(manifest):
    assert (manifest["start_url"], manifest["scope"], manifest["id"]) == ("/", "/", "/")
    assert manifest["display"] == "standalone"
    assert [shortcut["name"] for shortcut in manifest["shortcuts"]] == [
        "Today", "Companies", "People", "Conversations",
    ]  # fmt: skip
    for shortcut in manifest["shortcuts"]:
        assert resolve(shortcut["url"])


def test_every_icon_is_as_large_as_it_says(manifest):
    drawn = [icon for icon in manifest["icons"] if icon["type"] == "image/png"]

    for icon in drawn:
        head = (STATIC / icon["src"].removeprefix("/static/")).read_bytes()[:24]
        width, height = struct.unpack(">II", head[16:24])
        assert f"{width}x{height}" == icon["sizes"]
    assert {icon["sizes"] for icon in drawn} == {"192x192", "512x512"}
    assert "maskable" in {icon.get("purpose") for icon in drawn}


def test_its_ground_is_that_of_the_pages(manifest):
    assert f"--paper: light-dark({PAPER}," in (STATIC / "netjob.css").read_text()
    assert manifest["theme_color"] == manifest["background_color"] == PAPER


@pytest.mark.parametrize(
    ("appearance", "colours"),
    [("system", ["#f7f5f1", "#14171d"]), ("light", ["#f7f5f1"]), ("dark", ["#14171d"])],
)
def test_the_window_has_the_colour_of_the_theme(appearance, colours, alice, alice_client):
    alice.appearance = appearance
    alice.save()

    page = alice_client.get("/").content.decode()

    assert re.findall(r'name="theme-color" content="([^"]+)"', page) == colours
    assert 'rel="manifest" href="/manifest.webmanifest"' in page
    assert "apple-touch-icon" in page

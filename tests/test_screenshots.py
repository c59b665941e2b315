"""What `make screenshots` builds on: every page has an address, and the README's pictures are there and small."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from screenshots.__main__ import PICTURES
from screenshots.pages import RICHEST, addresses
from tests.test_ownership import WITH_ID, WITHOUT_ID, everything_of

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text()


def test_every_kind_of_row_has_one_to_show():
    assert set(WITH_ID.values()) - set(RICHEST) == set()


def test_every_page_has_an_address(alice, alice_client):
    everything_of(alice)

    found = addresses(alice, alice_client)

    assert all(alice_client.get(url).status_code in (200, 404) for url in found.values())
    assert {name for name in found if name.startswith("contacts:")} >= {
        "contacts:person_list", "contacts:person_detail", "contacts:person_edit", "contacts:people_add",
    }  # fmt: skip
    assert {page for page, *_ in PICTURES.values()} <= set(found)
    assert len(found) > len(WITHOUT_ID)


@pytest.mark.parametrize("picture", re.findall(r"docs/pictures/[\w.-]+", README))
def test_a_picture_of_the_readme_is_there_and_small(picture):
    assert (ROOT / picture).stat().st_size < 150_000


def test_every_picture_is_shown():
    there = {path.name for path in (ROOT / "docs/pictures").iterdir()}

    assert there == {Path(picture).name for picture in re.findall(r"docs/pictures/[\w.-]+", README)}

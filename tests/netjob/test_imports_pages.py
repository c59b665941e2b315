"""The pages of an import: brought, looked through, decided, applied, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from companies.models import Company
from netjob.models import ImportBatch

pytestmark = pytest.mark.django_db


def upload(client, text, name="companies.csv"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/imports/", {"file": file}, follow=True)


def test_a_file_goes_from_upload_to_undo(alice, alice_client):
    answer = upload(alice_client, "Company,Website\nFigma,figma.com\nLinear,linear.app\n")
    batch = ImportBatch.objects.get()
    assert answer.redirect_chain == [(f"/imports/{batch.pk}/", 302)]
    assert "2 rows will be added" in answer.text
    assert not Company.objects.exists()

    answer = alice_client.post(f"/imports/{batch.pk}/application/", {"found_how": "near_me"}, follow=True)
    assert {c.name: c.found_how for c in Company.objects.all()} == {"Figma": "near_me", "Linear": "near_me"}
    assert "2 added." in answer.text

    alice_client.post(f"/imports/{batch.pk}/undo/")
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert not Company.objects.exists()

"""What the database itself holds, for every model there is and every one to come."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DataError, IntegrityError, connection, models, transaction

from netjob.ownership import OwnedModel, StaleVersion
from netjob.states import StatefulModel
from tests.factories import CompanyFactory, RoleFactory
from tests.test_ownership import everything_of

OWNED = [model for model in apps.get_models() if issubclass(model, OwnedModel)]
STATEFUL = [model for model in OWNED if issubclass(model, StatefulModel)]


def names(model):
    return [model._meta.label for model in model]


@pytest.mark.parametrize("model", OWNED, ids=names(OWNED))
def test_every_index_begins_with_the_owner_or_a_single_row(model):
    """So that a user's pages never read another's rows."""
    for index in model._meta.indexes:
        first = index.fields[0] if index.fields else index.expressions[0].name
        is_link = isinstance(model._meta.get_field(first.lstrip("-")), models.ForeignKey)
        assert first == "owner" or is_link, index.name


@pytest.mark.parametrize("model", OWNED, ids=names(OWNED))
def test_every_text_has_a_length_that_the_database_holds(model):
    held = " ".join(
        str(constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    )
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            assert field.max_length, field
            assert f"{field.name}__length__lte" in held or field.name in ("channel",), field


@pytest.mark.parametrize("model", STATEFUL, ids=names(STATEFUL))
def test_every_state_but_the_first_has_its_date(model):
    states = {choice for choice, _label in model._meta.get_field("state").choices}
    stamped = {move.to for move in model.MOVES}
    first = model._meta.get_field("state").default

    assert states - stamped <= {first, "suggested"}


def test_every_owned_row_gets_its_uid_and_version(alice):
    for row in everything_of(alice).values():
        if isinstance(row, OwnedModel):
            assert row.uid
            assert row.version >= 1


@pytest.mark.parametrize("text", ["x" * 256, "nul\x00"])
def test_over_long_and_nul_are_refused_by_the_database(alice, text):
    company = CompanyFactory(owner=alice)

    with pytest.raises((IntegrityError, DataError, ValueError)), transaction.atomic():
        type(company).objects.filter(pk=company.pk).update(name=text)
    company.refresh_from_db()
    assert company.name != text


def test_the_second_of_two_who_save_the_same_version_is_told(alice):
    role = RoleFactory(owner=alice, title="Data Analyst")
    one, two = type(role).objects.get(pk=role.pk), type(role).objects.get(pk=role.pk)
    one.title = "Data Engineer"
    one.save()

    two.title = "Data Scientist"
    with pytest.raises(StaleVersion):
        two.save()

    role.refresh_from_db()
    assert (role.title, role.version) == ("Data Engineer", 2)


def test_the_picture_of_the_states_is_true():
    call_command("draw_states", check=True)


def test_a_picture_that_lies_is_caught(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "states.md").write_text("Everything is fine.")

    with pytest.raises(CommandError, match="not what the code does"):
        call_command("draw_states", check=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="these are SQLite's settings")
def test_sqlite_runs_with_the_settings_that_never_lock(db):
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
    }
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"

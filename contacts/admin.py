"""People in the admin."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _

from contacts.forms import PersonForm
from contacts.lists import PersonListing
from contacts.models import Person, PersonKey
from netjob.admin.forms import AdminForm
from netjob.admin.owned import OwnedAdmin, ToldOnly


class PersonAdminForm(AdminForm, PersonForm):
    takes_today = True


@admin.register(Person)
class PersonAdmin(OwnedAdmin):
    form = PersonAdminForm
    fields = (
        "name", "role", "company", "kind", "profile", "email", "place", "time_zone", "prefers", "degree",
        "connected_on", "invited_me_on", "found_how", "in_common", "notes",
    )  # fmt: skip
    kept = ("do_not_contact_on", "time_zone_guessed", "picked_up", *Person.FIGURES)
    list_display = ("name", "role", "company", "kind", "stage", "in_play", "last_contact_on")
    list_editable = ("kind",)
    list_filter = (
        "stage",
        "kind",
        "in_play",
        "found_how",
        "degree",
        ("do_not_contact_on", admin.EmptyFieldListFilter),
    )
    list_select_related = ("company",)
    list_defer = ("notes", "search_text", "company__notes", "company__search_text")
    search_fields = ("search_text",)
    ordering = ("search_text", "pk")
    bulk_fields = ("found_how", "prefers")
    table_prefetch = ("keys",)
    listing = PersonListing
    acts = PersonListing.acts

    def add(self, request: Any, form: Any) -> Person:
        facts = dict(form.cleaned_data)
        zone = facts.pop("time_zone")
        person = Person.add(request.user, facts.pop("name"), on=request.today, uid=form.instance.uid, **facts)
        person.choose_time_zone(zone)
        person.save(update_fields=["time_zone", "time_zone_guessed"])
        return person

    def label_of(self, obj: Person) -> str:
        if not obj.company:
            return obj.name
        return _("%(name)s (%(company)s)") % {"name": obj.name, "company": obj.company}

    def cell_profile(self, row: Person) -> str:
        return " ".join(row.linkedin_urls)

    def cell_email(self, row: Person) -> str:
        return " ".join(row.emails)

    def cell_time_zone(self, row: Person) -> str:
        return "" if row.time_zone_guessed else row.time_zone

    def cell_degree(self, row: Person) -> str:
        return row.closeness


@admin.register(PersonKey)
class PersonKeyAdmin(ToldOnly):
    """Profiles and addresses are written on the person; a wrong one is deleted here or there."""

    can_delete = True
    kept = ("person", "kind", "value")
    list_display = ("value", "kind", "person")
    list_filter = ("kind",)
    list_select_related = ("person",)
    list_defer = ("person__notes", "person__search_text")
    search_fields = ("value",)
    search_through = ("person",)
    ordering = ("-pk",)

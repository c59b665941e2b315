"""People in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext as _

from contacts.forms import PersonForm
from contacts.lists import IntroductionListing, PersonListing
from contacts.models import (
    Attendance,
    Distinction,
    Erasure,
    Event,
    Introduction,
    Person,
    PersonKey,
    Position,
    ProfileReview,
    Tie,
)
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


PERSON_DEFER = (
    "person__notes",
    "person__search_text",
    "person__company__notes",
    "person__company__search_text",
)


class AboutPerson(OwnedAdmin):
    """Rows that hang on a person, found by the person's name, role and company."""

    list_select_related: ClassVar[Any] = ("person__company",)
    list_defer: ClassVar[Any] = PERSON_DEFER
    search_through = ("person",)
    ordering = ("-pk",)

    def add(self, request: Any, form: Any) -> Any:
        row = super().add(request, form)
        type(row).settle([row])
        return row


@admin.register(Tie)
class TieAdmin(AboutPerson):
    fields = ("person", "kind", "text")
    list_display = ("text", "kind", "person")
    list_display_links = ("person",)
    list_editable = ("kind",)
    list_filter = ("kind",)
    search_fields = ("text",)
    bulk_fields = ("kind",)


@admin.register(Position)
class PositionAdmin(AboutPerson):
    fields = ("person", "employer", "company", "title", "first_seen_on", "last_seen_on")
    list_display = ("employer", "title", "person", "last_seen_on")
    list_filter = ("last_seen_on",)
    list_select_related = ("person__company", "company")
    list_defer = (*PERSON_DEFER, "company__notes", "company__search_text")
    search_fields = ("employer", "title")
    actions: Any = []


@admin.register(ProfileReview)
class ProfileReviewAdmin(AboutPerson):
    fields = ("person", "is_active", "has_photo", "has_summary", "has_details", "closeness", "tone", "learn")
    kept = ("score",)
    list_display = ("person", "score", "is_active", "closeness", "tone")
    list_filter = ("is_active", "closeness", "tone")
    search_fields = ("learn",)
    bulk_fields = ("is_active", "closeness", "tone")


@admin.register(Introduction)
class IntroductionAdmin(OwnedAdmin):
    """A new one is a wish; its page moves it on."""

    fields = ("introducer", "person", "company", "notes")
    kept = ("state", "wished_on", "asked_on", "agreed_on", "made_on", "declined_on", "told_on")
    list_display = ("introducer", "person", "company", "state", "made_on", "told_on")
    list_filter = ("state", "made_on", ("told_on", admin.EmptyFieldListFilter))
    list_select_related = ("introducer__company", "person__company", "company")
    list_defer = (*PERSON_DEFER, "introducer__notes", "introducer__search_text", "company__notes")
    search_fields = ("notes",)
    search_through = ("introducer", "person", "company")
    ordering = ("-pk",)
    listing = IntroductionListing
    acts = IntroductionListing.acts

    def add(self, request: Any, form: Any) -> Introduction:
        said = form.cleaned_data
        facts = {name: said[name] for name in ("person", "company", "notes")}
        return Introduction.wish(request.user, said["introducer"], on=request.today, **facts)


@admin.register(Event)
class EventAdmin(OwnedAdmin):
    fields = ("kind", "name", "day", "place", "link", "notes")
    list_display = ("name", "kind", "day", "place")
    list_editable = ("kind",)
    list_filter = ("kind", "day")
    list_defer = ("notes", "search_text")
    search_fields = ("search_text",)
    ordering = ("-sorts_on", "-pk")
    bulk_fields = ("kind",)


@admin.register(Attendance)
class AttendanceAdmin(AboutPerson):
    fields = ("event", "person", "met_on", "notes")
    list_display = ("person", "event", "met_on")
    list_filter = ("met_on",)
    list_select_related = ("person__company", "event")
    list_defer = (*PERSON_DEFER, "event__notes", "event__search_text")
    search_fields = ("notes", "event__name")
    actions: Any = []


@admin.register(Distinction)
class DistinctionAdmin(ToldOnly):
    """Two people who were told apart; deleting it asks again."""

    can_delete = True
    kept = ("one", "other")
    list_display = ("one", "other")
    list_select_related = ("one", "other")
    list_defer = ("one__notes", "one__search_text", "other__notes", "other__search_text")
    search_through = ("one", "other")
    ordering = ("-pk",)


@admin.register(Erasure)
class ErasureAdmin(ToldOnly):
    """What stays of those who were erased; deleting it lets an import bring them back."""

    can_delete = True
    kept = ("digest",)
    list_display = ("digest",)
    search_fields = ("digest",)
    ordering = ("-pk",)

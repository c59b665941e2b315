"""The ground floor in the admin: accounts (for a superuser), history, saved filters, and what can be undone."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from netjob.admin import imports  # noqa: F401  (registers them)
from netjob.admin.accounts import AccountAdmin
from netjob.admin.forms import AdminForm
from netjob.admin.owned import OwnedAdmin, ToldOnly
from netjob.forms import NoteForm
from netjob.models import Activity, Change, SavedFilter, Submission, User

admin.site.register(User, AccountAdmin)


class NoteAdminForm(AdminForm, NoteForm):
    takes_today = True


@admin.register(Activity)
class ActivityAdmin(OwnedAdmin):
    """What verbs wrote stays as it is; notes of one's own can be edited and deleted, as on the pages."""

    form = NoteAdminForm
    fields = ("text", "happened_on")
    kept = ("title", "verb", "company_uid", "person_uid")
    list_display = ("title", "text", "happened_on")
    list_filter = ("happened_on",)
    search_fields = ("title", "text")
    can_add = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_mine())

    def refusal_to_delete(self, obj: Any) -> str:
        return "" if obj.is_mine() else _("Only notes of your own can be deleted.")


class SavedFilterForm(AdminForm):
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = SavedFilter.objects.owned_by(self.owner).exclude(pk=self.instance.pk)
        if others.filter(page=self.instance.page, name=name).exists():
            raise ValidationError(_("You have a filter of this name for that list already."))
        return name


@admin.register(SavedFilter)
class SavedFilterAdmin(OwnedAdmin):
    form = SavedFilterForm
    fields = ("name",)
    kept = ("page", "query")
    list_display = ("name", "page", "query")
    list_filter = ("page",)
    search_fields = ("name",)
    can_add = False


@admin.register(Change)
class ChangeAdmin(ToldOnly):
    """What can be undone; undoing has its page."""

    kept = ("sentence", "model", "act", "at", "undone_at")
    list_display = ("sentence", "model", "at", "undone_at")
    list_defer = ("before", "after")
    search_fields = ("sentence",)
    ordering = ("-at", "-pk")


@admin.register(Submission)
class SubmissionAdmin(ToldOnly):
    """Forms that were sent within a day, so that each acts once."""

    kept = ("location", "status", "at")
    list_display = ("location", "status", "at")
    ordering = ("-at", "-pk")

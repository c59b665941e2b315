"""Companies, roles and openings in the admin."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from companies.forms.companies import CompanyForm
from companies.forms.openings import OpeningForm
from companies.forms.roles import RoleForm
from companies.lists import STEP_BACK, CompanyListing
from companies.models import (
    Company,
    CompanyLinkedIn,
    CompanyName,
    Opening,
    SearchVisit,
    TargetRole,
    TitleVariant,
)
from companies.names import exact_key
from companies.openings import OpeningListing
from netjob.admin.forms import AdminForm
from netjob.admin.owned import OwnedAdmin, ToldOnly


class CompanyAdminForm(AdminForm, CompanyForm):
    """As on the page; the company that led to it is chosen, not typed."""

    found_from = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["found_from"] = self.instance.found_from_id

    def clean_found_from(self) -> Company | None:
        company: Company | None = self.cleaned_data["found_from"]
        if company and company == self.instance:
            raise ValidationError(_("A company does not lead to itself."))
        return company


@admin.register(Company)
class CompanyAdmin(OwnedAdmin):
    form = CompanyAdminForm
    fields = (
        "name", "aliases", "website", "industry", "place", "remote", "motivation", "posting", "found_how",
        "found_from", "notes",
    )  # fmt: skip
    kept = ("state", "listed_on", "paused_on", "dropped_on", "dropped_because", *Company.FIGURES)
    list_display = ("name", "state", "motivation", "posting", "stage", "people_count", "industry", "place")
    list_editable = ("motivation", "posting")
    list_filter = ("state", "stage", "motivation", "posting", "found_how", "remote", "advocacy")
    list_defer = ("notes", "search_text")
    list_select_related = ("found_from",)
    search_fields = ("search_text",)
    ordering = Company.LAMP_ORDER
    bulk_fields = ("found_how", "remote")
    table_prefetch = ("names",)
    names_one = True
    listing = CompanyListing
    acts = (*CompanyListing.acts, STEP_BACK)

    def add(self, request: Any, form: Any) -> Company:
        facts = {name: form.cleaned_data[name] for name in self.written if name not in ("name", "aliases")}
        company = Company.add(
            request.user, form.cleaned_data["name"], on=request.today, uid=form.instance.uid, **facts
        )
        if form.cleaned_data["aliases"]:
            company.set_aliases(form.cleaned_data["aliases"])
            company.save(update_fields=Company.DERIVED)
        form.learn(company)
        return company

    def cell_aliases(self, row: Company) -> str:
        own = exact_key(row.name)
        names = sorted(row.names.all(), key=lambda name: name.pk)
        return "\n".join(name.name for name in names if name.exact_key != own)

    def named(self, owner: Any, texts: Iterable[str]) -> dict[str, list[int]]:
        names = list(texts)
        known = Company.objects.owned_by(owner).known_as(names)
        return {text: [known[exact_key(text)].pk] for text in names if exact_key(text) in known}


class OfCompany(OwnedAdmin):
    """Rows that hang on a company and are found by its names, too."""

    list_select_related = ("company",)
    search_through = ("company",)


@admin.register(CompanyName)
class CompanyNameAdmin(ToldOnly, OfCompany):
    """Names are written on the company, where its own name and the search know of them."""

    kept = ("company", "name", "exact_key", "loose_key")
    list_display = ("name", "company")
    search_fields = ("name",)
    ordering = ("exact_key", "pk")


@admin.register(CompanyLinkedIn)
class CompanyLinkedInAdmin(ToldOnly, OfCompany):
    """Pages are learned from pasted links, on the company's page; a wrong one is deleted here or there."""

    can_delete = True
    kept = ("company", "kind", "value")
    list_display = ("value", "kind", "company")
    list_filter = ("kind",)
    search_fields = ("value",)
    ordering = ("-pk",)


class RoleAdminForm(AdminForm, RoleForm):
    pass


@admin.register(TargetRole)
class TargetRoleAdmin(OwnedAdmin):
    form = RoleAdminForm
    fields = ("title", "place", "remote", "variants")
    list_display = ("title", "place", "remote")
    list_filter = ("remote",)
    search_fields = ("title", "place")
    bulk_fields = ("remote",)
    table_prefetch = ("variants",)
    names_one = True

    def cell_variants(self, row: TargetRole) -> str:
        return "\n".join(variant.title for variant in row.variants.all())


@admin.register(TitleVariant)
class TitleVariantAdmin(ToldOnly):
    """Written with their role."""

    can_delete = True
    kept = ("role", "title")
    list_display = ("title", "role")
    list_select_related = ("role",)
    search_fields = ("title", "role__title")


class OpeningAdminForm(AdminForm, OpeningForm):
    takes_today = True


@admin.register(Opening)
class OpeningAdmin(OfCompany):
    form = OpeningAdminForm
    fields = ("company", "title", "state", "state_on", "link", "place", "salary", "deadline", "notes")
    list_display = ("title", "company", "state", "state_on", "deadline", "place", "salary")
    list_filter = ("state", "state_on", "deadline")
    list_defer = ("notes", "company__notes", "company__search_text")
    search_fields = ("search_text",)
    acts = OpeningListing.acts

    def add(self, request: Any, form: Any) -> Opening:
        facts = dict(form.cleaned_data)
        company, title = facts.pop("company"), facts.pop("title")
        company.owner = request.user
        return Opening.add(company, title, on=request.today, **facts)

    def label_of(self, obj: Opening) -> str:
        return _("%(title)s, %(company)s") % {"title": obj.title, "company": obj.company}


@admin.register(SearchVisit)
class SearchVisitAdmin(ToldOnly):
    """When a search was last opened; to forget one is all that can be done here."""

    can_delete = True
    kept = ("company", "kind", "words", "opened_at")
    list_display = ("words", "kind", "company", "opened_at")
    list_filter = ("kind", "opened_at")
    list_select_related = ("company",)
    list_defer = ("company__notes", "company__search_text")
    search_fields = ("words", "company__search_text")
    ordering = ("-pk",)

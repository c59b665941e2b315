"""Imports in the admin: to be read, for what becomes of them is decided on their pages."""

from django.contrib import admin

from netjob.admin.owned import ToldOnly
from netjob.models import ImportBatch, ImportMapping, ImportRow


@admin.register(ImportBatch)
class ImportBatchAdmin(ToldOnly):
    kept = ("file_name", "state", "kinds", "total", "staged", "message", "applied_at", "undone_at")
    list_display = ("file_name", "state", "total", "applied_at", "undone_at")
    list_filter = ("state",)
    list_defer = ("files", "facts", "remarks", "counts", "message")
    search_fields = ("file_name",)
    ordering = ("-pk",)


@admin.register(ImportRow)
class ImportRowAdmin(ToldOnly):
    kept = (
        "batch", "position", "file", "number", "title", "data", "warnings", "meaning", "match", "choice", "reason",
        "outcome", "detail",
    )  # fmt: skip
    list_display = ("title", "file", "number", "meaning", "outcome")
    list_filter = ("meaning", "outcome")
    list_select_related = ("batch",)
    list_defer = ("data", "choices", "warnings")
    search_fields = ("title",)
    ordering = ("-pk",)


@admin.register(ImportMapping)
class ImportMappingAdmin(ToldOnly):
    """What columns are taken for."""

    kept = ("reader", "columns")
    list_display = ("reader", "columns")
    list_filter = ("reader",)
    ordering = ("-pk",)

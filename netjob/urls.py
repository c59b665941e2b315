"""All addresses. netjob imports no app: their URLs are included by name."""

from django.contrib import admin
from django.urls import include, path

from netjob.views import changes, imports, installing, lists, notes, search, settings, welcome

ground_floor = [
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("settings/", settings.settings, name="settings"),
    path("search/", search.search, name="search"),
    path("keys/", search.keys, name="keys"),
    path("welcome/you/", welcome.you, name="welcome_you"),
    path("welcome/start/", welcome.start, name="welcome_start"),
    path("welcome/end/", welcome.end, name="welcome_end"),
    path("notes/<int:pk>/", notes.note_edit, name="note_edit"),
    path("notes/<int:pk>/deletion/", notes.note_delete, name="note_delete"),
    path("filters/add/", lists.filter_add, name="filter_add"),
    path("filters/<int:pk>/deletion/", lists.filter_delete, name="filter_delete"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/staging/", imports.import_stage, name="import_stage"),
    path("imports/<int:pk>/choices/", imports.import_choose, name="import_choose"),
    path("imports/<int:pk>/choices/all/", imports.import_choose_all, name="import_choose_all"),
    path("imports/<int:pk>/columns/", imports.import_map, name="import_map"),
    path("imports/<int:pk>/application/", imports.import_apply, name="import_apply"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/rejected/", imports.import_rejected, name="import_rejected"),
    path("imports/<int:pk>/deletion/", imports.import_delete, name="import_delete"),
    path("changes/", changes.change_list, name="change_list"),
    path("changes/<uuid:act>/undo/", changes.change_undo, name="change_undo"),
]

urlpatterns = [
    path("", include((ground_floor, "netjob"))),
    path("", include("companies.urls")),
    path("", include("contacts.urls")),
    path("", include("outreach.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "netjob.views.errors.bad_request"
handler500 = "netjob.views.errors.server_error"

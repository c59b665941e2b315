"""All addresses. netjob imports no app: their URLs are included by name."""

from django.urls import include, path

from netjob.views import changes, notes, settings

handler400 = "netjob.views.errors.bad_request"

ground_floor = [
    path("settings/", settings.settings, name="settings"),
    path("notes/<int:pk>/", notes.note_edit, name="note_edit"),
    path("notes/<int:pk>/deletion/", notes.note_delete, name="note_delete"),
    path("changes/", changes.change_list, name="change_list"),
    path("changes/<uuid:act>/undo/", changes.change_undo, name="change_undo"),
]

urlpatterns = [
    path("", include((ground_floor, "netjob"))),
    path("", include("companies.urls")),
    path("", include("contacts.urls")),
    path("", include("outreach.urls")),
    path("accounts/", include("allauth.urls")),
]

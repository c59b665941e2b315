"""All addresses. netjob imports no app: their URLs are included by name."""

from django.urls import include, path

from netjob.views import changes, settings

ground_floor = [
    path("settings/", settings.settings, name="settings"),
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

from django.urls import path

from contacts.views import people

app_name = "contacts"
urlpatterns = [
    path("people/", people.person_list, name="person_list"),
    path("people/changes/", people.person_bulk, name="person_bulk"),
    path("people/export/", people.person_export, name="person_export"),
    path("companies/<int:company_pk>/people/add/", people.people_add, name="people_add"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/deletion/", people.person_delete, name="person_delete"),
    path("people/<int:pk>/notes/", people.person_note, name="person_note"),
    path("people/<int:pk>/contact-ban/", people.refuse_contact, name="refuse_contact"),
    path("people/<int:pk>/contact-ban/reversal/", people.allow_contact, name="allow_contact"),
]

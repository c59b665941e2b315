from django.urls import path

from companies.views import roles

app_name = "companies"
urlpatterns = [
    path("roles/", roles.role_list, name="role_list"),
    path("roles/add/", roles.role_add, name="role_add"),
    path("roles/<int:pk>/", roles.role_edit, name="role_edit"),
    path("roles/<int:pk>/deletion/", roles.role_delete, name="role_delete"),
]

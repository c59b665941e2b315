from django.urls import path

from companies.views import companies, company_page, merging, moves, openings, roles, ways

app_name = "companies"
urlpatterns = [
    path("companies/", companies.company_list, name="company_list"),
    path("companies/changes/", companies.company_bulk, name="company_bulk"),
    path("companies/export/", companies.company_export, name="company_export"),
    path("companies/add/", companies.company_add, name="company_add"),
    path("companies/ways/", ways.way_list, name="way_list"),
    path("companies/ways/job-boards/", ways.way_job_boards, name="way_job_boards"),
    path("companies/ways/people/", ways.way_people, name="way_people"),
    path("companies/ways/competitors/", ways.way_competitors, name="way_competitors"),
    path("companies/ways/near-me/", ways.way_near_me, name="way_near_me"),
    path("companies/<int:pk>/", company_page.company_detail, name="company_detail"),
    path("companies/<int:pk>/edit/", companies.company_edit, name="company_edit"),
    path("companies/<int:pk>/deletion/", companies.company_delete, name="company_delete"),
    path("companies/<int:pk>/merging/", merging.company_merge, name="company_merge"),
    path("companies/<int:pk>/rating/", companies.company_rate, name="company_rate"),
    path("companies/<int:pk>/notes/", company_page.company_note, name="company_note"),
    path("companies/<int:pk>/linkedin/", company_page.linkedin_add, name="linkedin_add"),
    path("linkedin-pages/<int:pk>/deletion/", company_page.linkedin_delete, name="linkedin_delete"),
    path("companies/<int:pk>/listing/", moves.put_on_list, name="company_list_again"),
    path("companies/<int:pk>/pause/", moves.pause, name="company_pause"),
    path("companies/<int:pk>/dropping/", moves.drop, name="company_drop"),
    path("companies/<int:pk>/reversal/", moves.undo_move, name="company_undo_move"),
    path("companies/<int:company_pk>/openings/add/", openings.opening_add, name="opening_add"),
    path("openings/<int:pk>/", openings.opening_edit, name="opening_edit"),
    path("openings/<int:pk>/deletion/", openings.opening_delete, name="opening_delete"),
    path("welcome/", roles.welcome, name="welcome"),
    path("roles/", roles.role_list, name="role_list"),
    path("roles/add/", roles.role_add, name="role_add"),
    path("roles/<int:pk>/", roles.role_edit, name="role_edit"),
    path("roles/<int:pk>/deletion/", roles.role_delete, name="role_delete"),
]

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class NetjobConfig(AppConfig):
    name = "netjob"


class BulkEditsConfig(AdminConfig):
    """Django's admin, with a site that shows everybody their own rows."""

    default_site = "netjob.admin_site.OwnedAdminSite"

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate, pre_migrate


class NetjobConfig(AppConfig):
    name = "netjob"

    def ready(self) -> None:
        pre_migrate.connect(before_migrating, sender=self)
        post_migrate.connect(after_migrating, sender=self)


class BulkEditsConfig(AdminConfig):
    """Django's admin, with a site that shows everybody their own rows."""

    default_site = "netjob.admin_site.OwnedAdminSite"


def before_migrating(*, using: str, plan: list[Any], **kwargs: Any) -> None:
    from netjob import search_index

    if plan and using == "default":
        search_index.take_down()


def after_migrating(*, using: str, **kwargs: Any) -> None:
    from netjob import search_index

    if using == "default":
        search_index.install()

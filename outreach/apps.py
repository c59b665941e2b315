from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "outreach"

    def ready(self) -> None:
        from netjob.models import FURNISHERS
        from outreach.furnishing import furnish
        from outreach.searching import register_sources

        FURNISHERS.append(furnish)
        register_sources()

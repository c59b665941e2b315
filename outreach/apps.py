from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "outreach"

    def ready(self) -> None:
        from netjob.history import PARTS
        from netjob.models import FURNISHERS
        from outreach import history
        from outreach.coverage import sharpen_gaps
        from outreach.furnishing import furnish
        from outreach.importing import register_readers
        from outreach.searching import register_sources

        FURNISHERS.append(furnish)
        PARTS.update(history.PARTS)
        register_sources()
        sharpen_gaps()
        register_readers()

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "outreach"

    def ready(self) -> None:
        from netjob.history import PARTS
        from netjob.models import FURNISHERS
        from outreach import history
        from outreach.furnishing import furnish

        FURNISHERS.append(furnish)
        PARTS.update(history.PARTS)

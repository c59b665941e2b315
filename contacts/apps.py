from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"

    def ready(self) -> None:
        from contacts.importing import register_readers
        from contacts.searching import register_sources

        register_sources()
        register_readers()

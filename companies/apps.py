from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"

    def ready(self) -> None:
        from companies.importing import CompanyReader
        from companies.searching import register_sources
        from netjob.imports import readers

        register_sources()
        readers.register(CompanyReader())

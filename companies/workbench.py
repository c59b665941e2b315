"""What a company's page shows around the company, and the searches for people that follow from it."""

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from companies import linkedin_links
from companies.models import Company, CompanyLinkedIn, CompanyName, TargetRole, TitleVariant
from companies.names import exact_key
from netjob.ownership import OwnedModel

_NAME, _LED_TO, _ROLE, _VARIANT = (
    Value(kind, output_field=CharField()) for kind in ("name", "led_to", "role", "variant")
)


@dataclass(frozen=True)
class Surroundings:
    """The short lists on a company's page."""

    aliases: list[str]
    pages: list[CompanyLinkedIn]
    led_to: list[tuple[int, str]]
    """Companies found from this one, as (pk, name)."""
    roles: dict[str, list[str]]
    """The target roles by title, each with the titles to search for, its own first."""

    @classmethod
    def of(cls, company: Company) -> "Surroundings":
        """In one query: each is a few short texts, and apart they would be five."""

        def rows(kind: Any, of: str, text: str, model: type[OwnedModel], **which: Any) -> Any:
            found = model.objects.owned_by(company.owner_id).filter(**which).order_by()
            return found.annotate(kind_of_row=kind).values_list("kind_of_row", of, "pk", text)

        everything = rows(_NAME, "company", "name", CompanyName, company=company).union(
            rows(Cast("kind", CharField()), "company", "value", CompanyLinkedIn, company=company),
            rows(_LED_TO, "found_from", "name", Company, found_from=company),
            rows(_ROLE, "pk", "title", TargetRole),
            rows(_VARIANT, "role", "title", TitleVariant),
            all=True,
        )
        found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for kind, of, pk, text in sorted(everything, key=itemgetter(2)):
            found[kind].append((of, pk, text))
        roles = {pk: [title] for _of, pk, title in found["role"]}
        for role, _pk, title in found["variant"]:
            roles[role].append(title)
        return cls(
            aliases=[name for _of, _pk, name in found["name"] if exact_key(name) != exact_key(company.name)],
            pages=[
                CompanyLinkedIn(pk=pk, kind=kind, value=value)
                for kind in CompanyLinkedIn.Kind.values
                for _of, pk, value in found[kind]
            ],
            led_to=[(pk, name) for _of, pk, name in found["led_to"]],
            roles={titles[0]: titles for titles in roles.values()},
        )


class Search(NamedTuple):
    title: str
    url: str


@dataclass(frozen=True)
class Workbench:
    """A search for each title of each role, and what they go `by`: "number", "page" or "name"."""

    by: str
    roles: dict[str, list[Search]]

    @classmethod
    def at(cls, company: Company, around: Surroundings) -> "Workbench":
        numbers = [page.value for page in around.pages if page.kind == CompanyLinkedIn.Kind.NUMERIC]
        page = next((page for page in around.pages if page.kind != CompanyLinkedIn.Kind.NUMERIC), None)

        def search(title: str) -> Search:
            if numbers:
                return Search(title, linkedin_links.people_search(title, numbers))
            if page:
                return Search(title, linkedin_links.people_tab(page.value, title, kind=page.kind))
            return Search(title, linkedin_links.people_search_by_name(title, company.name))

        return cls(
            by="number" if numbers else "page" if page else "name",
            roles={role: [search(title) for title in titles] for role, titles in around.roles.items()},
        )

"""Where I want to work, and as what."""

from companies.models.company import (
    NAME,
    Company,
    CompanyLinkedIn,
    CompanyName,
    CompanyQuerySet,
    Opening,
    OpeningQuerySet,
    TargetRole,
    TitleVariant,
    check_name,
)
from companies.visits import SearchVisit  # a model: Django looks for it here

__all__ = [
    "NAME",
    "Company",
    "CompanyLinkedIn",
    "CompanyName",
    "CompanyQuerySet",
    "Opening",
    "OpeningQuerySet",
    "SearchVisit",
    "TargetRole",
    "TitleVariant",
    "check_name",
]

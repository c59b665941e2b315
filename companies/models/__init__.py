"""Where I want to work, and as what."""

from companies.models.company import Company, CompanyQuerySet
from companies.models.company_linkedin import CompanyLinkedIn
from companies.models.company_name import NAME, CompanyName, check_name
from companies.models.opening import Opening, OpeningQuerySet
from companies.models.search_visit import SearchVisit
from companies.models.target_role import TargetRole, TitleVariant

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

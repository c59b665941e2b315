"""The address of a row's page, for lists that write hundreds of them: looked up once for each route."""

from functools import cache

from django.urls import reverse


def address(route: str, pk: int) -> str:
    """As `reverse(route, args=[pk])`, for a route with one number in it."""
    before, after = _around(route)
    return f"{before}{pk}{after}"


@cache
def _around(route: str) -> tuple[str, str]:
    before, _, after = reverse(route, args=[0]).rpartition("/0/")
    return f"{before}/", f"/{after}"

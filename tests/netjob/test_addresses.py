"""An address made for a list is the one that the routes give."""

import pytest
from django.urls import reverse

from netjob.addresses import address

ROUTES = [
    "companies:company_detail", "companies:company_rate", "contacts:person_detail", "contacts:people_add",
    "outreach:request_detail", "outreach:request_add", "outreach:conversation_detail", "outreach:message_edit",
    "outreach:message_add",
]  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
def test_it_is_the_route_with_the_number_in_it(route):
    for pk in (1, 40, 123_456_789):
        assert address(route, pk) == reverse(route, args=[pk])

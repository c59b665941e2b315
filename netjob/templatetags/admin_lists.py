"""What the lists of the admin need beside Django's own."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()


@register.filter
def beside(
    cells: Iterable[SafeString], headers: Iterable[dict[str, Any]]
) -> Iterator[tuple[str, SafeString]]:
    """Each cell of a row with the name of its column: on a phone they stand below each other.

    The boxes to tick have none: what heads them is markup.
    """
    for cell, header in zip(cells, headers, strict=True):
        yield "" if isinstance(header["text"], SafeString) else capfirst(str(header["text"])), cell

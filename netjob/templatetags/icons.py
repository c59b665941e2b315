"""The icons of heroicons, each drawn once: the library copies and writes an XML tree every time, and the
navigation of every page has fifteen.
"""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from heroicons.templatetags import heroicons

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=500)
def heroicon_outline(name: str, *, size: int = 24, **attrs: str) -> SafeString:
    return SafeString(heroicons.heroicon_outline(name, size=size, **attrs))


@register.simple_tag
@lru_cache(maxsize=500)
def heroicon_micro(name: str, *, size: int = 16, **attrs: str) -> SafeString:
    return SafeString(heroicons.heroicon_micro(name, size=size, **attrs))

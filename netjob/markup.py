"""Markup that is the same for everybody, rendered once for as long as the process lives.

Django's templates cost most of a page's time, and much of a page says the same to everyone: the places beside it,
the head, a row of a list without its words. `{% kept %}` is a part of a template that is rendered once;
`open_markup` is a template with {places} left open, which a page fills for each of its rows.
Neither sees the request, so nothing of one person can be kept and shown to another.
"""

from functools import lru_cache

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 500
"""Versions of one part that are kept; a few dozen are usual."""


class KeptNode(template.Node):
    def __init__(self, inside: NodeList, facts: dict[str, FilterExpression]) -> None:
        self.inside, self.facts = inside, facts
        self.kept: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        facts = {name: fact.resolve(context) for name, fact in self.facts.items()}
        key = (get_language(), *facts.values())
        if (markup := self.kept.get(key)) is None:
            markup = self.inside.render(context.new(facts))
            if len(self.kept) < MOST:
                self.kept[key] = markup
        return markup


def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept place=request.resolver_match.view_name %}…{% endkept %}`: rendered once for each value of its facts.

    What stands inside sees the facts and nothing else: no request, no user, no token of a form.
    """
    facts = token_kwargs(token.split_contents()[1:], parser)
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(inside, facts)


class TranslationNode(template.Node):
    """Words that stand in the template, as they are in each language."""

    def __init__(self, node: TranslateNode) -> None:
        self.node, self.kept = node, dict[str | None, str]()

    def render(self, context: Context) -> str:
        language = get_language()
        if (words := self.kept.get(language)) is None:
            said = self.node.render(context)
            words = self.kept[language] = context[self.node.asvar] if self.node.asvar else said
        if not self.node.asvar:
            return words
        context[self.node.asvar] = words
        return ""


def translate(parser: Parser, token: Token) -> template.Node:
    """Django's tag; what it says is looked up once, where it says what stands there: a page has a hundred."""
    node = do_translate(parser, token)
    said = node.filter_expression
    is_fixed = said.var.lookups is None and not said.filters and node.message_context is None
    return TranslationNode(node) if is_fixed else node


@lru_cache(maxsize=MOST)
def _open_markup(name: str, language: str | None, facts: tuple[tuple[str, object], ...]) -> str:
    return render_to_string(name, dict(facts)).strip()


def open_markup(name: str, /, **facts: object) -> str:
    """The template as a text for `format()`: {places} stand open in it, and its facts decide what it is like.

    What is put in has to be escaped; what the template itself says has no braces but those of its places.
    """
    return _open_markup(name, get_language(), tuple(facts.items()))

"""Every word that a user reads can be translated: none stands bare in a template or in the code."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
CODE = sorted(
    path
    for app in ("netjob", "companies", "contacts", "outreach")
    for path in (ROOT / app).rglob("*.py")
    if not {"migrations", "management", "demo"} & set(path.parts)
)

# Names, and what somebody would paste: the same in every language.
NAMES = re.compile(r"netjob|net|job|LinkedIn|Figma|figma\.com|\S+\.com/\S+|\S+@example\.org|[·,\s]+")
READ_ALOUD = ("alt", "aria-label", "label", "placeholder", "title")

# What is translated or never read: a block that gives the name of a class, too.
TRANSLATED = re.compile(
    r"{%\s*block (?:bodyclass|width)\s*%}.*?{%\s*endblock\s*%}"
    r"|{%\s*comment.*?endcomment\s*%}|{%\s*blocktranslate.*?endblocktranslate\s*%}|{#.*?#}",
    re.DOTALL,
)
TAG = re.compile(r"{%.*?%}|{{.*?}}|{\w+}", re.DOTALL)


class Bare(HTMLParser):
    """The words of a template that stand outside its tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.in_a_key = False
        self.feed(TAG.sub("", TRANSLATED.sub("", text)))

    def look(self, text: str | None) -> None:
        if re.search(r"[^\W\d_]", NAMES.sub("", text or "")):
            self.words.append(str(text).strip())

    def handle_data(self, data: str) -> None:
        if not self.in_a_key:
            self.look(data)

    def handle_endtag(self, tag: str) -> None:
        self.in_a_key = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_a_key = tag == "kbd"
        for name, value in attrs:
            if name in READ_ALOUD:
                self.look(value)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_bare_words(template: Path) -> None:
    assert Bare(template.read_text()).words == []


def test_bare_words_are_seen() -> None:
    text = (
        '<p>{% translate "Known" %} Bare {{ name }}</p><a title="Also bare">{% if x %}<i>·</i>{% endif %}</a>'
    )

    assert Bare(text).words == ["Bare", "Also bare"]


MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}
# What is no sentence for a user: told to a developer, or the language of what one sends (the guide's templates
# and questions become the user's own rows), or read and not shown.
OF_THEIR_OWN = {
    "companies/legal_forms.py",
    "companies/other_scripts.py",
    "netjob/env.py",
    "netjob/settings.py",
    "outreach/shipped.py",
}
FOR_DEVELOPERS = {
    "ImproperlyConfigured",
    "KeyError",
    "LookupError",
    "RuntimeError",
    "TypeError",
    "ValueError",
}
SENTENCE = re.compile(r"^[\s“]*[A-Z][^<>=|]*[a-z] [^<>=|]*[a-z][.?!:]$")


def unmarked(source: str) -> list[str]:
    """The sentences of a module that no translation is looked up for."""
    tree = ast.parse(source)
    fine: set[int] = set()
    for node in ast.walk(tree):
        is_marked = isinstance(node, ast.Call) and name_of(node.func) in MARKS | FOR_DEVELOPERS
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_marked or is_docstring:
            fine |= {id(inner) for inner in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in fine
        and SENTENCE.search(node.value)
    ]


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("module", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_no_unmarked_sentence(module: Path) -> None:
    if str(module.relative_to(ROOT)) not in OF_THEIR_OWN:
        assert unmarked(module.read_text()) == []


def test_unmarked_sentences_are_seen() -> None:
    source = '"""A module of rules."""\nraise Refused("That cannot be.")\n_("This can be.")\nx = "a key"\n'

    assert unmarked(source) == ["That cannot be."]


def test_the_language_that_is_shipped_needs_no_files_and_another_may_be_added() -> None:
    with translation.override("ar"):
        page = render_to_string("errors/refused.html", {"back": "/"})

    assert 'lang="ar" dir="rtl"' in page

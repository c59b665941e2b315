"""Markup that is kept for everybody, and the widgets that are written by hand."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.functional import lazystr

from netjob.rendering import Renderer


def test_what_is_kept_is_rendered_once_for_each_fact() -> None:
    seen = []
    page = Template("{% kept place=place %}<i>{{ place }}{{ place.look }}</i>{% endkept %}")

    class Place(str):
        def look(self) -> str:
            seen.append(str(self))
            return "!"

    places = [Place("here"), Place("there"), Place("here")]
    assert [page.render(Context({"place": place})) for place in places] == [
        "<i>here!</i>", "<i>there!</i>", "<i>here!</i>"
    ]  # fmt: skip
    assert seen == ["here", "there"]


def test_what_is_kept_never_sees_who_asks() -> None:
    request = RequestFactory().get("/")
    page = Template("{% kept %}<b>{{ name }}{{ request.path }}{% csrf_token %}</b>{% endkept %}{{ name }}")
    assert page.render(RequestContext(request, {"name": "Ada"})) == "<b></b>Ada"


def test_what_is_kept_is_kept_for_each_language() -> None:
    page = Template("{% kept %}{% get_current_language as code %}{{ code }}{% endkept %}")
    assert page.render(Context()) == "en"
    with translation.override("ar"):
        assert page.render(Context()) == "ar"


def test_a_translation_is_of_the_language_at_hand() -> None:
    page = Template('{% translate "Yes" %}{% translate "100%" as all %} {{ all }}{% translate word %}')
    words = {"word": "No"}
    assert page.render(Context(words)) == "Yes 100%No"
    with translation.override("de"):
        assert page.render(Context(words)) == "Ja 100%Nein"
    assert page.render(Context(words | {"word": "<Yes>"})) == "Yes 100%&lt;Yes&gt;"


CHOICES = [("", "None"), (1, "One & all"), ("Group", [("a", lazystr("A <b>")), ("b", "B")])]


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput({"maxlength": 5, "required": True, "hidden": False}), 'a "b" & <c>'),
        (forms.TextInput(), None),
        (forms.NumberInput({"min": 0}), 0),
        (forms.HiddenInput(), 7),
        (forms.CheckboxInput({"data-title": lazystr("<it>")}), True),
        (forms.Textarea({"rows": 3}), "two\nlines & <more>"),
        (forms.Textarea(), None),
        (forms.Select({"class": "x"}, CHOICES), 1),
        (forms.Select(choices=CHOICES), "b"),
        (forms.SelectMultiple(choices=CHOICES), ["a", "b"]),
        (forms.RadioSelect(choices=CHOICES), "a"),
    ],
)
def test_a_widget_is_what_django_writes(widget: forms.Widget, value: object) -> None:
    def written(renderer: DjangoTemplates) -> str:
        markup = widget.render("it", value, {"id": "id_it"}, renderer)
        return re.sub(r"\s*(</?(?:option|optgroup|select)[^>]*>)\s*", r"\1", markup)

    assert written(Renderer()) == written(DjangoTemplates())

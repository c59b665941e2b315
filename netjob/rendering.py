"""How the fields of forms become markup: what Django's templates write, by hand.

A choice of ten by those templates is thirty of them, one for each option and one for its attributes.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape


class Renderer(DjangoTemplates):
    """Writes the widgets that our pages are made of; for any other there is Django's template."""

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        write = _WRITTEN.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}" + ("" if value is True else f'="{_text(value)}"')
        for name, value in attrs.items()
        if value is not False
    )


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _input(widget: Any) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    name, attributes = _text(widget["name"]), _attributes(widget["attrs"])
    return f'<input type="{widget["type"]}" name="{name}"{value}{attributes}>'


def _textarea(widget: Any) -> str:
    # A browser leaves the first line break out.
    value = _text(widget["value"] or "")
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(widget: Any) -> str:
    inside = []
    for group, options, _index in widget["optgroups"]:
        written = "".join(
            f'<option value="{_text(option["value"])}"{_attributes(option["attrs"])}>{_text(option["label"])}</option>'
            for option in options
        )
        inside.append(f'<optgroup label="{_text(group)}">{written}</optgroup>' if group else written)
    name, attributes = _text(widget["name"]), _attributes(widget["attrs"])
    return f'<select name="{name}"{attributes}>{"".join(inside)}</select>'


_INPUTS = (
    "checkbox",
    "date",
    "datetime",
    "email",
    "hidden",
    "number",
    "password",
    "search",
    "text",
    "time",
    "url",
)
_WRITTEN: dict[str, Callable[[Any], str]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}

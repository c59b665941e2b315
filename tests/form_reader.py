"""The forms of a page as a browser would send them: their fields, values, labels and what is said of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TYPED = {"text", "search", "url", "email", "tel", "number", "date", "time", "textarea", "password"}
"""Types of fields in which somebody types."""
OF_THE_MACHINE = {"csrfmiddlewaretoken", "submission", "version"}


@dataclass
class Field:
    name: str
    type: str
    value: str = ""
    checked: bool = False
    attrs: dict[str, str] = field(default_factory=dict)
    options: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        return self.type in TYPED

    @property
    def kind(self) -> str:
        """What it takes: words, a number, a date, a time, a choice (or what nobody sees), or nothing."""
        if self.type in ("number", "date", "time"):
            return self.type
        if self.is_typed:
            return "words"
        return "choice" if self.type in ("select", "radio", "checkbox", "hidden") else ""


@dataclass
class Form:
    method: str
    action: str
    attrs: dict[str, str]
    fields: list[Field] = field(default_factory=list)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def named(self, name: str) -> list[Field]:
        return [found for found in self.fields if found.name == name]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(found.name for found in self.fields)

    @property
    def typed(self) -> list[Field]:
        return [found for found in self.fields if found.is_typed]

    @property
    def buttons(self) -> list[Field]:
        return [found for found in self.fields if found.type == "submit"]

    def values(self) -> dict[str, list[str]]:
        """What a browser sends when nothing was touched and the first button is pressed."""
        sent: dict[str, list[str]] = {}
        for one in self.fields:
            if one.type in ("submit", "button", "reset", "image", "file") or not one.name:
                continue
            if one.type in ("checkbox", "radio"):
                values = [one.value] if one.checked else []
            elif one.type == "select":
                values = [value for value, chosen in one.options if chosen]
                if not values and one.options and "multiple" not in one.attrs:
                    values = [one.options[0][0]]
            else:
                values = [one.value]
            if values:
                sent.setdefault(one.name, []).extend(values)
        pressed = next((button for button in self.buttons if button.name), None)
        if pressed and self.buttons[0] is pressed:
            sent[pressed.name] = [pressed.value]
        return sent


class FormReader(HTMLParser):
    """All forms of a page, with what stands in their fields, and the texts that fields are described by."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.texts: dict[str, str] = {}
        """The text inside of each element with an id."""
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None
        self._open: list[tuple[str, str]] = []
        self._loose: list[tuple[str, Field]] = []
        self.feed(text)
        self.close()
        for owner, found in self._loose:
            if owner in self._by_id:
                self._by_id[owner].fields.append(found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        if tag not in VOID:
            self._open.append((tag, values.get("id", "")))
        if values.get("id"):
            self.texts.setdefault(values["id"], "")
        if tag == "form":
            self._form = Form(values.get("method", "get").lower(), values.get("action", ""), values)
            self.forms.append(self._form)
            if "id" in values:
                self._by_id[values["id"]] = self._form
        elif tag in ("input", "textarea", "select", "button"):
            kinds = {"input": values.get("type", "text"), "button": values.get("type", "submit")}
            found = Field(values.get("name", ""), kinds.get(tag, tag), values.get("value", ""), attrs=values)
            found.checked = "checked" in values
            if found.type in ("checkbox", "radio") and "value" not in values:
                found.value = "on"
            if "disabled" not in values:
                self._belongs(found, values.get("form"))
            if tag == "select":
                self._select = found
            if tag == "textarea":
                self._area = found
        elif tag == "option" and self._select is not None:
            self._select.options.append((values.get("value", ""), "selected" in values))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            # A browser drops the first line end, which Django writes.
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                break

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
        for _tag, name in self._open:
            if name:
                self.texts[name] += data

    def _belongs(self, found: Field, owner: str | None) -> None:
        if owner:
            self._loose.append((owner, found))
        elif self._form is not None:
            self._form.fields.append(found)


VOID = {"input", "br", "hr", "img", "link", "meta", "source", "wbr", "col", "base"}


def squeezed(text: Any) -> str:
    """A text without what a form may change of it: the ends, the kind and number of blanks."""
    return re.sub(r"\s+", " ", str(text)).strip()


def body_of(answer: Any) -> bytes:
    """What an answer says; of a download nothing, for no browser shows it as a page."""
    return b"" if answer.streaming else answer.content

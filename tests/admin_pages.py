"""How tests use the admin: addresses, forms as a page sends them, actions."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse


def admin_url(model: Any, route: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{route}", args=args)


def sent_from(answer: Any, **changes: Any) -> dict[str, Any]:
    """What the form of a page would send as it stands, with `changes`."""
    form = answer.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    kept = {name: value for name, value in values.items() if value is not None and value is not False}
    return kept | changes


def saved(client: Client, row: Any, **changes: Any) -> Any:
    url = admin_url(type(row), "change", row.pk)
    return client.post(url, sent_from(client.get(url), **changes))


def act(client: Client, name: str, *rows: Any, **said: Any) -> Any:
    """Choose rows of the list, an action, and say what the page in between asks for."""
    chosen = {"action": name, "_selected_action": [row.pk for row in rows]}
    return client.post(admin_url(type(rows[0]), "changelist"), {**chosen, "post": "yes", **said})


def edited_in_list(client: Client, model: Any, **changes: Any) -> Any:
    """Save the list with the first row changed: `motivation=3`."""
    url = admin_url(model, "changelist")
    formset = client.get(url).context["cl"].formset
    data = {field.html_name: field.value() for field in formset.management_form}
    for form in formset.forms:
        data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    first = formset.forms[0]
    data |= {first.add_prefix(name): value for name, value in changes.items()}
    return client.post(url, {**data, "_save": "Save"})


def looked_at(client: Client, model: Any, text: str | bytes, name: str = "table.csv") -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post(
        admin_url(model, "import"), {"format": "", "import_file": SimpleUploadedFile(name, content)}
    )


def imported(client: Client, model: Any, text: str | bytes, name: str = "table.csv") -> Any:
    look = looked_at(client, model, text, name)
    assert look.status_code == 200, errors_of(look)
    return client.post(admin_url(model, "process_import"), look.context["confirm_form"].initial)


def errors_of(look: Any) -> list[Any]:
    """What an import complains of: (row of the spreadsheet, column, sentence)."""
    found: list[Any] = [sentence for errors in look.context["form"].errors.values() for sentence in errors]
    result = look.context.get("result")
    if result is None:
        return found
    found += [str(error.error) for error in result.base_errors]
    for row in result.invalid_rows:
        for column, sentences in row.field_specific_errors.items():
            found += [(row.number + 1, column, sentence) for sentence in sentences]
        found += [(row.number + 1, "", sentence) for sentence in row.non_field_specific_errors]
    return found

import inspect
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from netjob.states import StatefulModel

PICTURE = Path("docs") / "states.md"


class Command(BaseCommand):
    help = "Draws docs/states.md from the tables of moves; --check only says whether it is true."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check: bool, **options: Any) -> None:
        path = settings.BASE_DIR / PICTURE
        text = drawn()
        if not check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            raise CommandError(f"{PICTURE} is not what the code does. Run `manage.py draw_states`.")


def drawn() -> str:
    models = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
    with translation.override("en"):
        parts = [_drawn(model) for model in models]
    head = (
        "# States\n\nDrawn by `manage.py draw_states` from the tables in the code; `make check` compares.\n"
        "Every move stamps a date. Its reverse, named in the table, clears that date and goes back.\n"
    )
    return "\n".join([head, *parts])


def _drawn(model: Any) -> str:
    state: Any = model._meta.get_field("state")
    first, labels = state.default, dict(state.choices)
    lines = [
        f"## {str(model._meta.verbose_name).capitalize()}",
        "",
        (inspect.getdoc(model) or "").split("\n")[0],
        "",
    ]
    lines += ["```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    lines += [f"    {state}: {label}" for state, label in labels.items()]
    for move in model.MOVES:
        for source in sorted(move.sources - {move.to}):
            lines.append(f"    {source} --> {move.to}: {move.noun} ({move.stamp})")
    lines += ["```", "", "| move | from | to | stamps | taken back by |", "|---|---|---|---|---|"]
    for move in model.MOVES:
        sources = ", ".join(str(labels[source]) for source in sorted(move.sources)) or "(entered so)"
        lines.append(f"| {move.noun} | {sources} | {labels[move.to]} | `{move.stamp}` | {move.back or '–'} |")
    return "\n".join([*lines, ""])

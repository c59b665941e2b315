"""Where two rows that become one differ, whose word stays."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from netjob.forms import shown
from netjob.ownership import NOTES, OwnedModel

MINE, THEIRS, BOTH = "mine", "theirs", "both"
SHOWN = 300
"""Characters of a note that a choice shows."""


class OneOfTwoForm(forms.Form):
    """One choice for each field in which the two differ. What only one of them knows is kept without a question."""

    names: ClassVar[Sequence[str]]
    joined = "notes"
    """The field of which both may stay, one below the other."""
    use_required_attribute = False

    def __init__(self, *args: Any, kept: OwnedModel, gone: OwnedModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.gone = kept, gone
        for name in self.names:
            mine, theirs = self.known(kept, name), self.known(gone, name)
            if mine and theirs and mine != theirs:
                self.fields[name] = self._field(name, mine, theirs)

    @property
    def both(self) -> list[OwnedModel]:
        return [self.kept, self.gone]

    def known(self, row: Any, name: str) -> Any:
        """What the row says there; nothing where it says nothing."""
        return getattr(row, name)

    def better(self, name: str, mine: Any, theirs: Any) -> str:
        """Whose word is proposed."""
        return MINE

    def _field(self, name: str, mine: Any, theirs: Any) -> forms.ChoiceField:
        choices = [(MINE, shown(self.kept, name)[:SHOWN]), (THEIRS, shown(self.gone, name)[:SHOWN])]
        proposed = self.better(name, mine, theirs)
        if name == self.joined and len(mine) + len(theirs) + 2 <= NOTES:
            choices.insert(0, (BOTH, _("Both, one below the other")))
            proposed = BOTH
        return forms.ChoiceField(
            label=str(self.kept._meta.get_field(name).verbose_name).capitalize(),  # type: ignore[union-attr]
            choices=choices,
            initial=proposed,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
        )

    def chosen(self) -> dict[str, Any]:
        """The values that stay, by field."""
        values = {}
        for name in self.names:
            mine, theirs = self.known(self.kept, name), self.known(self.gone, name)
            word = self.cleaned_data.get(name, MINE if mine else THEIRS)
            if mine or theirs:
                values[name] = f"{mine}\n\n{theirs}" if word == BOTH else theirs if word == THEIRS else mine
        return values

"""Two rows become one: whatever hung on the one hangs on the other, and one undo takes it all back."""

import uuid
from collections.abc import Mapping
from typing import Any

from netjob import undo
from netjob.models import Activity
from netjob.ownership import OwnedModel, owned_links


def merge(
    kept: OwnedModel,
    gone: OwnedModel,
    *,
    sentence: str,
    facts: Mapping[str, Any],
    line: Activity,
    history: str,
) -> uuid.UUID:
    """Move all that hangs on `gone` to `kept`, give that one the `facts`, and delete the other.

    `line` is what the history of `kept` says of it; `history` is the column by which lines of history are
    about rows of this model ("company_uid"). Returns the act, for `undo`.
    """
    with undo.recording(kept.owner, sentence) as act:
        for relation in type(kept)._meta.related_objects:
            model, link = relation.related_model, relation.field
            if not issubclass(model, OwnedModel) or link not in owned_links(model):
                continue
            rows = list(model.objects.owned_by(kept.owner).filter(**{link.name: gone}))
            model.absorb(act, rows, link.name, kept)
        lines = list(Activity.objects.owned_by(kept.owner).filter(**{history: gone.uid}))
        act.watch(lines)
        for each in lines:
            setattr(each, history, kept.uid)
        act.save(lines)
        # Saving rows that led to itself may have changed it: its facts are written on what stands now.
        standing = type(kept).objects.get(pk=kept.pk)
        act.watch([standing])
        for name, value in facts.items():
            setattr(standing, name, value)
        standing.derive()
        act.save([standing])
        act.add([line])
        act.delete([type(gone).objects.get(pk=gone.pk)])
    return act.act

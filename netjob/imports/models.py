"""What was imported, row by row: before it is applied, what each row will do; after it, what it did."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from itertools import batched
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netjob.ownership import OwnedModel, OwnedQuerySet, Refused, text_limits
from netjob.words import some_of

NAME = 255
REASON = 500
CHOICE = 60
AT_ONCE = 2_000
"""Rows that are read at a time, where many are."""
LOOKED_AT = 50
"""Imports, the latest, in which a file about their owner is looked for."""


class ImportBatchQuerySet(OwnedQuerySet):
    def newest_first(self) -> "ImportBatchQuerySet":
        return self.order_by("-pk")

    def open(self) -> "ImportBatchQuerySet":
        """Those that wait for something: to be read on, or to be looked through."""
        return self.filter(state__in=[ImportBatch.State.STAGING, ImportBatch.State.READY])

    def applied_with(self, kind: str) -> "Iterator[ImportBatch]":
        """Those that were applied and held a file of a kind, the latest first.

        Without one that found nothing new beside another, which was taken back since: of what it told nothing is here.
        """
        told: Any = self.only("kinds", "file_name", "counts", "applied_at", "undone_at")
        undone = [batch for batch in told.filter(state=ImportBatch.State.UNDONE) if kind in batch.kinds]
        applied = told.filter(state=ImportBatch.State.APPLIED).order_by("-applied_at", "-pk")
        for batch in applied.iterator(chunk_size=100):
            if kind in batch.kinds and not (batch.changed_nothing and any(map(batch.came_while, undone))):
                yield batch

    def about_owner(self) -> dict[str, list[dict[str, Any]]]:
        """What the latest file of each kind that is about its owner said, of the imports that stand: one query."""
        applied = self.filter(state=ImportBatch.State.APPLIED).order_by("-pk")
        found: dict[str, list[dict[str, Any]]] = {}
        for files in applied.values_list("files", flat=True)[:LOOKED_AT]:
            told: dict[str, list[dict[str, Any]]] = {}
            for file in files:
                if said := file.get("about"):
                    told.setdefault(file["reader"], []).extend(said)
            found = told | found
        return found


class ImportBatch(OwnedModel):
    """One upload or paste: read into rows (staging), looked through (ready), then applied in one transaction."""

    class State(models.TextChoices):
        STAGING = "staging", gettext_lazy("Being read")
        READY = "ready", gettext_lazy("To look through")
        APPLIED = "applied", gettext_lazy("Imported")
        UNDONE = "undone", gettext_lazy("Undone")

    NEXT: ClassVar[Mapping[str, frozenset[str]]] = {
        State.STAGING: frozenset({State.READY}),
        State.READY: frozenset({State.STAGING, State.APPLIED}),
        State.APPLIED: frozenset({State.UNDONE}),
        State.UNDONE: frozenset(),
    }
    LONGEST_MESSAGE = 2000

    file_name = models.CharField(gettext_lazy("file"), max_length=NAME)
    is_pasted = models.BooleanField(default=False)
    kinds = models.JSONField(default=list)
    """The readers that understood something of it, in the order in which they run."""
    wanted = models.CharField(max_length=40, blank=True)
    """The reader that was asked for; empty: whichever recognises the content."""
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State, default=State.STAGING)
    total = models.PositiveIntegerField(null=True)
    """Rows of the file that are not blank, once that is known."""
    staged = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    """How many rows mean what (`ImportRow.Meaning`); once applied, `Tally.as_json` of what came of them."""
    message = models.TextField(max_length=LONGEST_MESSAGE, blank=True)
    """What its owner reads about it: what it did, what an undo left; a sentence a line."""
    remarks = models.JSONField(default=list)
    """Sentences about whole files: columns that were ignored, files left out."""
    facts = models.JSONField(default=dict)
    """What was said about all rows at once, by kind of reader: {"companies": {"found_how": "near_me"}}."""
    foreseen = models.JSONField(default=dict)
    """What will follow once all of it is applied, as far as its readers can tell before: `Work.foreseen`."""
    files = models.JSONField(default=list)
    """For each file that is read: `FileRead.as_json`, its columns and what they are taken for."""
    act = models.UUIDField(null=True, editable=False)
    applied_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = ImportBatchQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("import")
        verbose_name_plural = gettext_lazy("imports")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("importbatch_text", file_name=NAME, wanted=40, message=2000),
            models.CheckConstraint(
                condition=~Q(state__in=["applied", "undone"])
                | Q(act__isnull=False, applied_at__isnull=False),
                name="importbatch_applied",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False), name="importbatch_undone"
            ),
        ]
        indexes = [
            models.Index("owner", F("id").desc(), name="importbatch_newest"),
            models.Index("owner", "act", name="importbatch_act"),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("netjob:import_detail", args=[self.pk])

    def move(self, state: str) -> None:
        """Go to another state, without saving. Raises Refused where the table does not lead there."""
        if state not in self.NEXT[self.state]:
            raise Refused(
                _("This import is already past that: %(state)s. Reload the page to see where it stands.")
                % {"state": str(self.get_state_display()).lower()}
            )
        self.state = state

    def say(self, *sentences: str) -> None:
        self.message = "\n".join(filter(None, sentences))[: self.LONGEST_MESSAGE]

    @property
    def waits_for(self) -> list[str]:
        """What has to be said before it can be applied: which column is which."""
        return [file["wants"] for file in self.files if file.get("wants")]

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.STAGING, self.State.READY)

    @property
    def changed_nothing(self) -> bool:
        """Whether all that an applied one said was here already."""
        return not any(self.counts.get(name) for name in ("created", "updates", "companies"))

    def came_while(self, other: "ImportBatch") -> bool:
        """Whether it was applied while another one, taken back since, was in force."""
        return bool(
            self.applied_at and other.applied_at and other.undone_at
            and other.applied_at <= self.applied_at <= other.undone_at
        )  # fmt: skip

    def applied_as(self, act: uuid.UUID, *, at: dt.datetime) -> None:
        """Raises Refused where it is past that, or waits for something to be said."""
        if self.waits_for:
            raise Refused(self.waits_for[0])
        self.move(self.State.APPLIED)
        self.act, self.applied_at = act, at

    def applied_on(self, zone: dt.tzinfo) -> dt.date:
        """The day on which it was applied."""
        assert self.applied_at
        return self.applied_at.astimezone(zone).date()

    def undone(self, *, at: dt.datetime, left: list[str]) -> None:
        """Taken back, except for what was worked on meanwhile."""
        self.move(self.State.UNDONE)
        self.undone_at = at
        if left:
            self.say(
                self.message,
                _("Left because you went on with it: %(names)s.") % {"names": some_of(left)},
            )
        self.save()


class ImportUpload(models.Model):
    """The bytes of an upload, kept beside its batch until it is applied or thrown away."""

    batch = models.OneToOneField(ImportBatch, models.CASCADE, primary_key=True, related_name="upload")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.batch_id)


class ImportPortion(models.Model):
    """Rows of an upload that were read and compared, in order, and wait to be written; with them it goes.

    Nothing is lost with it: the upload can be read anew.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="portions")
    rows = models.JSONField()
    """For each row the values of `staging.KEPT`."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.batch_id)


class ImportRowQuerySet(OwnedQuerySet):
    def told(self, *names: str, json_names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Columns of many rows, those of JSON last: these are read by the thousand, which takes a third of the time."""
        texts = {f"{name}_text": Cast(name, models.TextField()) for name in json_names}
        found = self.annotate(**texts).values_list(*names, *texts).iterator(chunk_size=AT_ONCE)
        for some in batched(found, AT_ONCE):
            columns = list(zip(*some, strict=True))
            decoded = [json.loads(f"[{','.join(column)}]") for column in columns[len(names) :]]
            yield from zip(*columns[: len(names)], *decoded, strict=True)


class ImportRow(OwnedModel):
    """One row of a file: what it says, what it means, and what is to be done with it."""

    class Meaning(models.TextChoices):
        SIMILAR = "similar", gettext_lazy("Similar")
        NEW = "new", gettext_lazy("New")
        UPDATED = "updated", gettext_lazy("Updated")
        KNOWN = "known", gettext_lazy("Already known")
        LEFT_OUT = "left_out", gettext_lazy("Left out")
        REJECTED = "rejected", gettext_lazy("Unreadable")

    class Outcome(models.TextChoices):
        CREATED = "created", gettext_lazy("Added")
        MERGED = "merged", gettext_lazy("Known already")
        SKIPPED = "skipped", gettext_lazy("Left out")
        REJECTED = "rejected", gettext_lazy("Unreadable")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows", db_index=False)
    position = models.PositiveIntegerField()
    """From 1, over all files of the batch in the order in which they are applied."""
    reader = models.CharField(max_length=40)
    file = models.CharField(max_length=NAME)
    number = models.PositiveIntegerField(null=True)
    """As a spreadsheet shows it; of a vCard, which card."""
    title = models.CharField(max_length=NAME)
    data = models.JSONField(default=dict)
    """What was read, as its reader wrote it; of a row that was not read, the cells."""
    warnings = models.JSONField(default=list)
    """Cells that stay empty: [column, value, message]."""
    reason = models.CharField(max_length=REASON, blank=True)
    """Why it was left out or could not be read."""
    meaning = models.CharField(max_length=10, choices=Meaning)
    match = models.CharField(max_length=REASON, blank=True)
    """What it was taken for, in words."""
    choices = models.JSONField(default=list)
    """What may be done with it besides what every row allows: [value, label]."""
    besides = models.CharField(max_length=NAME, blank=True)
    """What it makes besides itself, by its key: the company where somebody works. Several rows may make the same."""
    choice = models.CharField(max_length=CHOICE, blank=True)
    is_chosen = models.BooleanField(default=False)
    """Whether its owner decided, and not we."""
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    detail = models.CharField(max_length=REASON, blank=True)
    """What came of it, where that is more than its outcome says."""

    objects: ClassVar[Any] = ImportRowQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("row of an import")
        verbose_name_plural = gettext_lazy("rows of imports")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits(
                "importrow_text", reader=40, file=NAME, title=NAME, reason=REASON, match=REASON,
                choice=CHOICE, detail=REASON, besides=NAME,
            ),
            models.UniqueConstraint("batch", "position", name="importrow_position"),
        ]  # fmt: skip
        indexes = [
            models.Index("owner", "batch", "meaning", "position", name="importrow_meaning"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class ImportMapping(OwnedModel):
    """What the columns of a file were taken for: its next issue, with the same headings, is read likewise."""

    reader = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    """Of the headings (`readers.fingerprint`)."""
    columns = models.JSONField(default=list)
    """The name of a field for each column, "" where it is ignored."""

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("remembered columns")
        verbose_name_plural = gettext_lazy("remembered columns")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("importmapping_text", reader=40, fingerprint=64),
            models.UniqueConstraint("owner", "reader", "fingerprint", name="importmapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.fingerprint[:8]}"

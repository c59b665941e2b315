"""What stays of somebody who was erased for good: nothing that can be read."""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy

from netjob.folding import exact_key
from netjob.models import User
from netjob.ownership import OwnedModel, text_limits

type Key = tuple[str, str]
"""Kind and value: of a `PersonKey`, or of a name beside what tells its bearers apart."""


def named_at(name: str, employer: str) -> Key:
    """Somebody without a profile and an e-mail address: their name, and where they work by its exact key."""
    return "name_at", f"{exact_key(name)}\n{employer}"


def named_since(name: str, connected_on: dt.date) -> Key:
    """Somebody without a profile, whom a later export tells with one: their name, and the day of connecting."""
    return "name_since", f"{exact_key(name)}\n{connected_on.isoformat()}"


class Erasure(OwnedModel):
    """A keyed hash of a profile or an e-mail address, by which an import or a paste notices that it was erased;
    of whoever has neither, a hash of their name and company.

    The key is the installation's secret: without it nobody can tell whose hash it is, not by trying all
    addresses there are either.
    """

    digest = models.CharField(max_length=64, editable=False)

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("erased address")
        verbose_name_plural = gettext_lazy("erased addresses")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("erasure_text", digest=64),
            models.UniqueConstraint("owner", "digest", name="erasure_digest"),
        ]

    def __str__(self) -> str:
        return self.digest[:12]

    @staticmethod
    def digest_of(owner_id: int, key: Key) -> str:
        """Another owner's hash of the same address is another one."""
        kind, value = key
        return salted_hmac("contacts.erasure", f"{owner_id}:{kind}:{value}", algorithm="sha256").hexdigest()

    @classmethod
    def remember(cls, owner: User, keys: Iterable[Key]) -> None:
        rows = [cls(owner=owner, digest=cls.digest_of(owner.pk, key)) for key in keys]
        cls.objects.bulk_create(rows, ignore_conflicts=True)

    @classmethod
    def among(cls, owner_id: int, keys: Iterable[Key]) -> set[Key]:
        """Those of the keys that belong to somebody who was erased: one query."""
        by_digest = {cls.digest_of(owner_id, key): key for key in keys}
        if not by_digest:
            return set()
        found = cls.objects.filter(owner=owner_id, digest__in=by_digest).values_list("digest", flat=True)
        return {by_digest[digest] for digest in found}

    @classmethod
    def of(cls, owner_id: int, keys: Iterable[Key]) -> models.QuerySet["Erasure"]:
        """What was kept of these keys when somebody was erased."""
        return cls.objects.filter(owner=owner_id, digest__in=[cls.digest_of(owner_id, key) for key in keys])

    @classmethod
    def forget(cls, owner_id: int, keys: Iterable[Key]) -> None:
        """They may be kept again: a deliberate choice."""
        cls.of(owner_id, keys).delete()

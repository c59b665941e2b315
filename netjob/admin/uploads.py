"""Files between the two steps of an import: kept in the data folder, each for the one who brought it."""

import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from import_export.tmp_storages import BaseStorage

KEPT = 24 * 3600
"""Seconds for which a file waits for its second step."""


def folder() -> Path:
    path: Path = settings.ENV.data / "uploads"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


class Upload(BaseStorage):
    def save(self, data: bytes) -> None:
        for old in folder().iterdir():
            with suppress(FileNotFoundError):  # another process sweeps, too
                if old.stat().st_mtime < time.time() - KEPT:
                    old.unlink()
        self.name = secrets.token_hex(16)
        path = folder() / self.name
        path.touch(mode=0o600)
        path.write_bytes(data)

    def read(self) -> bytes:
        return (folder() / self.name).read_bytes()

    def remove(self) -> None:
        (folder() / self.name).unlink(missing_ok=True)


def _signer(owner: Any) -> Signer:
    return Signer(salt=f"upload of {owner.pk}")


def sealed(name: str, owner: Any) -> str:
    """The name as a page carries it: of no use to anybody else."""
    return _signer(owner).sign(name)


def opened(text: str, owner: Any) -> str:
    """The name of a file that is still there and was brought by this user; else nothing."""
    try:
        name = _signer(owner).unsign(text)
    except BadSignature:
        return ""
    return name if (folder() / name).is_file() else ""

"""A backup: one file for either database, rows as they are sealed, with a digest of each part.

It is a zip of lines of JSON. Without the master key it tells how many cases and events there are and when they were
written, and no more.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from django.db import connections, transaction

from goldenthread.store.errors import StoreError
from goldenthread.store.faults import told
from goldenthread.store.lines import PARTS, Row, from_line, lines
from goldenthread.store.models import MetaRow

if TYPE_CHECKING:
    import datetime
    from collections.abc import Generator, Iterator, Mapping
    from pathlib import Path

FORMAT = 1
_MANIFEST = "manifest.json"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError)


class Backup:
    """A backup that was opened, found whole, and can be read row by row."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self.name = archive, name
        with _reading(name):
            manifest = self._manifest()
            self.fingerprint = str(manifest["fingerprint"])
            self.locked_key = str(manifest["locked_key"])
            self.made = str(manifest["made"])
            self.counts: Mapping[str, int] = {part: int(manifest["parts"][part]["rows"]) for part in PARTS}
            for part in PARTS:
                if self._digest(part) != manifest["parts"][part]["sha256"]:
                    raise _damaged(name)

    def rows(self, part: str) -> Generator[Row]:
        """Give the rows of a part, not yet in any database; to be closed where not all of them are taken."""
        with _reading(self.name), self._archive.open(f"{part}.jsonl") as file:
            for line in file:
                yield from_line(PARTS[part], line)

    def _manifest(self) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads(self._archive.read(_MANIFEST))
        number = manifest["goldenthread_backup"]
        if number > FORMAT:
            newer = f"format {number}; this version reads {FORMAT}"
            message = f"{self.name} was written by a newer version of Golden Thread ({newer})"
            raise StoreError(message, "update Golden Thread to restore it; nothing was changed")
        return manifest

    def _digest(self, part: str) -> str:
        with self._archive.open(f"{part}.jsonl") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # a part reads as a file does


@contextmanager
def opened(file: Path | BinaryIO, name: str) -> Iterator[Backup]:
    """Open a backup. Raises StoreError for a file that is none, or is not whole."""
    with _reading(name):
        archive = zipfile.ZipFile(file)
    with archive:
        yield Backup(archive, name)


def write(file: BinaryIO, using: str, made: datetime.datetime) -> None:
    """Write a backup of everything in a store, as it is at one moment. Raises StoreError."""
    parts: dict[str, dict[str, Any]] = {}
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        told(),
        transaction.atomic(using=using),
    ):
        _one_moment(using)
        meta = MetaRow.objects.using(using).get()
        for part, table in PARTS.items():
            digest, rows = hashlib.sha256(), 0
            with archive.open(f"{part}.jsonl", "w", force_zip64=True) as written:
                for line in lines(table, using):
                    digest.update(line)
                    written.write(line)
                    rows += 1
            parts[part] = {"rows": rows, "sha256": digest.hexdigest()}
        manifest = {
            "goldenthread_backup": FORMAT,
            "made": made.isoformat(),
            "fingerprint": meta.fingerprint,
            "locked_key": meta.locked_key,
            "parts": parts,
        }
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))


def _one_moment(using: str) -> None:
    """Have every question of the open transaction see the same moment, as it does on SQLite."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise StoreError(f"{name} cannot be read: {reason}", "check the path and its permissions") from None
    except _BROKEN:
        raise _damaged(name) from None


def _damaged(name: str) -> StoreError:
    help_ = "give a file that goldenthread store backup wrote, or another copy; nothing was changed"
    return StoreError(f"{name} is no backup, or is damaged", help_)

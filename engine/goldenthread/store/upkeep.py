"""What is done with a store as a whole, as the command line asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connections
from django.utils import timezone

from goldenthread.store import checking, restore, rotation
from goldenthread.store.atomic import replacing
from goldenthread.store.backup import opened
from goldenthread.store.database import data_folder, file, prepare
from goldenthread.store.errors import StoreError
from goldenthread.store.faults import told
from goldenthread.store.keys import Keys
from goldenthread.store.models import CaseRow, MetaRow
from goldenthread.store.passphrase import lock
from goldenthread.store.places import SystemKeyring

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from goldenthread.store.checking import Checked
    from goldenthread.store.places import Kind
    from goldenthread.store.restore import Restored


class Where(NamedTuple):
    """Where things are. `fingerprint` is empty for a store that nobody has used yet."""

    folder: Path
    database: str
    cases: int
    fingerprint: str
    kept_in: tuple[Kind, ...]
    key_folder: Path


class Upkeep:
    """Looks after the store. The key is asked for where it is needed, and not before."""

    def __init__(self, ask: Callable[[str], str] | None, tell: Callable[[str], None] | None) -> None:
        prepare()
        self.keys = Keys(ask=ask, tell=tell)

    def where(self) -> Where:
        """Say where things are. Needs no key."""
        with told():
            meta = MetaRow.objects.first()
            cases = CaseRow.objects.count()
        fingerprint = meta.fingerprint if meta is not None else ""
        kept = self.keys.kept_in(fingerprint) if fingerprint else ()
        return Where(data_folder(), _database(), cases, fingerprint, kept, self.keys.files.folder)

    def back_up(self, path: Path) -> Checked:
        """Write a backup and try it out."""
        self.keys.open()
        return restore.back_up(self.keys, path, timezone.now())

    def restore(self, path: Path, only: Collection[str], *, replace: bool) -> Restored:
        """Put the cases of a backup back."""
        self.keys.open()
        with opened(path, path.name) as backup:
            return restore.restore(backup, self.keys, only, replace=replace)

    def check(self) -> Checked:
        """Look through everything."""
        self.keys.open()
        return checking.check(self.keys)

    def rotate(self, kind: Kind | None, *, forget_old: bool) -> tuple[str, str]:
        """Take a new key into use, kept where the old one was unless `kind` says otherwise."""
        old = self.keys.open()
        here = self.keys.kept_in(old.fingerprint)
        # Under a passphrase, a copy of the key may lie elsewhere for older backups.
        present = "passphrase" if "passphrase" in here else here[0] if here else self.keys.kind_chosen()
        return rotation.rotate(self.keys, kind or present, forget_old=forget_old)

    def export_key(self, path: Path) -> str:
        """Write the key under a passphrase; give its fingerprint."""
        key = self.keys.open()
        if path.exists():
            raise StoreError(f"{path.name} is there already, and was left as it is", "give another name")
        locked = lock(key, self.keys.passphrase(new=True))
        with replacing(path) as written:
            written.write(locked.encode() + b"\n")
        return key.fingerprint

    def import_key(self, path: Path) -> tuple[str, Kind]:
        """Put a key back that was written under a passphrase; give its fingerprint, and where it is kept now."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it holds no key"
            help_ = "give a file that goldenthread store key export wrote"
            raise StoreError(f"{path.name} cannot be read: {reason}", help_) from None
        key = self.keys.unlocked(text)
        kind: Kind = "keyring" if self.keys.kind_chosen() == "keyring" and SystemKeyring.works() else "file"
        self.keys.keep(key, kind)
        return key.fingerprint, kind


def _database() -> str:
    """Name the database, without what opens it."""
    path = file()
    if path is not None:
        return str(path)
    settings = connections["default"].settings_dict
    host = settings["HOST"] or settings["OPTIONS"].get("host") or "this machine"
    return f"PostgreSQL, {settings['NAME']} on {host}"

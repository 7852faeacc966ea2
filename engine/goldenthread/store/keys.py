"""The master keys of a store: found by fingerprint, or made when the store is new."""

from __future__ import annotations

import os
from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS

from goldenthread.store.cipher import MasterKey
from goldenthread.store.database import data_folder
from goldenthread.store.errors import KeyNeededError, StoreError
from goldenthread.store.faults import told
from goldenthread.store.models import MetaRow
from goldenthread.store.passphrase import PassphraseError, fingerprint_of, lock, unlock
from goldenthread.store.places import KeyFiles, SystemKeyring

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goldenthread.store.places import Kind, Place

FORMAT = 1
SHORTEST = 12
KINDS: tuple[Kind, ...] = ("keyring", "passphrase", "file")


class Keys:
    """Gives master keys. `ask` asks for a passphrase; `tell` takes a warning that somebody should see."""

    def __init__(
        self,
        using: str = DEFAULT_DB_ALIAS,
        *,
        ask: Callable[[str], str] | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self.using = using
        self.ask = ask
        self.tell = tell or (lambda _: None)
        self.files = KeyFiles(data_folder() / "keys")
        self.places: Sequence[Place] = (self.files, SystemKeyring())
        self._held: dict[str, MasterKey] = {}

    def elsewhere(self, using: str) -> Keys:
        """Give the same keys for another database."""
        other = copy(self)
        other.using = using
        return other

    def current(self) -> MasterKey:
        """Give the key in use. Raises KeyNeededError where it is not at hand."""
        with told():
            meta = MetaRow.objects.using(self.using).get()
        return self.find(meta.fingerprint)

    def open(self) -> MasterKey:
        """Give the key in use; where the store is new, make one."""
        with told():
            meta = MetaRow.objects.using(self.using).first()
        return self.find(meta.fingerprint) if meta is not None else self._make()

    def find(self, fingerprint: str, locked: str = "") -> MasterKey:
        """Give the key of a fingerprint. Raises KeyNeededError where it is not at hand.

        `locked` is a text that may hold it under a passphrase, beside the one that the store itself keeps.
        """
        held = self._held.get(fingerprint)
        if held is not None:
            return held
        trouble: StoreError | None = None
        for place in self.places:
            try:
                key = place.get(fingerprint)
            except StoreError as error:
                trouble = trouble or error
                continue
            if key is not None:
                return self.hold(key)
        locked = self._locked(fingerprint) or locked
        if locked:
            return self.hold(self.unlocked(locked))
        raise self._needed(fingerprint, trouble)

    def hold(self, key: MasterKey) -> MasterKey:
        """Have a key at hand as long as this process runs."""
        self._held[key.fingerprint] = key
        return key

    def keep(self, key: MasterKey, kind: Kind) -> str:
        """Put a key where it is kept; give the text that the store itself has to keep, if any."""
        self.hold(key)
        if kind == "passphrase":
            return lock(key, self.passphrase(new=True))
        next(place for place in self.places if place.kind == kind).put(key)
        return ""

    def kept_in(self, fingerprint: str) -> tuple[Kind, ...]:
        """Say where a key is kept."""
        found: list[Kind] = []
        for place in self.places:
            with suppress(StoreError):
                if place.get(fingerprint) is not None:
                    found.append(place.kind)
        return (*found, "passphrase") if self._locked(fingerprint) else tuple(found)

    def under_passphrase(self) -> bool:
        """Say whether the key in use is under a passphrase."""
        return bool(self._locked(self.current().fingerprint))

    def is_passphrase(self, text: str) -> bool:
        """Say whether a text is the passphrase of the key in use."""
        locked = self._locked(self.current().fingerprint)
        try:
            return bool(locked) and unlock(locked, text).fingerprint == self.current().fingerprint
        except PassphraseError:
            return False

    def forget(self, fingerprint: str) -> None:
        """Take a key away wherever it is kept."""
        self._held.pop(fingerprint, None)
        for place in self.places:
            place.drop(fingerprint)

    def kind_chosen(self) -> Kind:
        """Say where a new key is to be kept: as GOLDENTHREAD_KEY says, or where it is safest here."""
        named = os.environ.get("GOLDENTHREAD_KEY", "")
        for kind in KINDS:
            if named == kind:
                return kind
        if named:
            raise StoreError(f"GOLDENTHREAD_KEY is `{named}`", f"set it to one of {', '.join(KINDS)}")
        if os.environ.get("GOLDENTHREAD_PASSPHRASE"):
            return "passphrase"
        return "keyring" if SystemKeyring.works() else "file"

    def passphrase(self, *, new: bool = False) -> str:
        """Give the passphrase, from the environment or by asking. Raises StoreError where there is none."""
        names = (
            ("GOLDENTHREAD_NEW_PASSPHRASE", "GOLDENTHREAD_PASSPHRASE")
            if new
            else ("GOLDENTHREAD_PASSPHRASE",)
        )
        said = next((os.environ[name] for name in names if os.environ.get(name)), "")
        if not said and self.ask:
            said = self.ask("New passphrase: " if new else "Passphrase: ")
            if new and said and self.ask("The same again: ") != said:
                raise StoreError("the two passphrases are not the same; nothing was changed", "try again")
        if not said:
            message = "a passphrase is needed, and none was given; nothing was changed"
            raise StoreError(message, f"set {names[0]}, or run it in a terminal")
        if new and len(said) < SHORTEST:
            message = f"a passphrase has at least {SHORTEST} characters; nothing was changed"
            raise StoreError(message, "take four or five words that do not belong together")
        return said

    def unlocked(self, locked: str) -> MasterKey:
        """Open a key that is under a passphrase. Raises KeyNeededError where that is not the right one."""
        try:
            fingerprint = fingerprint_of(locked)
        except PassphraseError as error:
            raise StoreError(f"{error}; nothing was changed", "give a file that `key export` wrote") from None
        try:
            return unlock(locked, self.passphrase())
        except PassphraseError as error:
            message = f"the key {fingerprint} stays locked: {error}; nothing was changed"
            raise KeyNeededError(message, "try again with the right passphrase", fingerprint) from None
        except StoreError as error:
            raise KeyNeededError(
                f"the key {fingerprint} is locked: {error}", error.help, fingerprint
            ) from None

    def _make(self) -> MasterKey:
        key = MasterKey.new()
        locked = self._keep_somewhere(key)
        made = {"format": FORMAT, "fingerprint": key.fingerprint, "locked_key": locked}
        with told():
            meta, new = MetaRow.objects.using(self.using).get_or_create(id=1, defaults=made)
        if not new:
            # Another process made the store at the same moment: its key counts.
            self.forget(key.fingerprint)
            return self.find(meta.fingerprint)
        return key

    def _keep_somewhere(self, key: MasterKey) -> str:
        kind, named = self.kind_chosen(), bool(os.environ.get("GOLDENTHREAD_KEY"))
        if kind == "keyring":
            try:
                return self.keep(key, kind)
            except StoreError:
                if named:
                    raise
                kind = "file"
        if kind == "file" and not named:
            self.tell(
                "No keyring works on this system, so the key that opens the cases lies in a file beside them, in "
                f"{self.files.folder}. Whoever can copy that folder can read them. To lock the key with a "
                "passphrase instead: goldenthread store rotate --key passphrase"
            )
        return self.keep(key, kind)

    def _locked(self, fingerprint: str) -> str:
        with told():
            meta = MetaRow.objects.using(self.using).filter(fingerprint=fingerprint).first()
        return meta.locked_key if meta is not None else ""

    def _needed(self, fingerprint: str, trouble: StoreError | None) -> KeyNeededError:
        message = f"the key {fingerprint} that opens this is not at hand; nothing was changed"
        if trouble is not None:
            return KeyNeededError(f"{message} ({trouble})", trouble.help, fingerprint)
        help_ = (
            f"put the key back: as {self.files.path(fingerprint)}, in the system's keyring, or from an exported "
            "copy with goldenthread store key import FILE; without it, nobody can read what is sealed"
        )
        return KeyNeededError(message, help_, fingerprint)

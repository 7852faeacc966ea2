"""Where the master key is kept: the system's keyring, a passphrase, or a file. Each key goes by its fingerprint."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, Protocol

from goldenthread.case.folder import private_folder
from goldenthread.store.atomic import replacing
from goldenthread.store.cipher import KEY_BYTES, MasterKey
from goldenthread.store.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["keyring", "passphrase", "file"]
_SERVICE = "goldenthread"


class Place(Protocol):
    """Keeps master keys by their fingerprints."""

    kind: Kind

    def get(self, fingerprint: str) -> MasterKey | None:
        """Give a key, or None where it is not kept here."""
        ...

    def put(self, key: MasterKey) -> None:
        """Keep a key. Raises StoreError where that cannot be."""
        ...

    def drop(self, fingerprint: str) -> None:
        """Forget a key; quiet where there is none."""
        ...


class KeyFiles:
    """Keys in files that their owner alone can read, in the data folder."""

    kind: Kind = "file"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, fingerprint: str) -> Path:
        """Give the file of a key."""
        return self.folder / f"{fingerprint}.key"

    def get(self, fingerprint: str) -> MasterKey | None:
        """Read a key."""
        try:
            return _decoded(self.path(fingerprint).read_text("ascii"), fingerprint)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it holds another key, or none"
            raise StoreError(
                f"the key file {self.path(fingerprint)} cannot be read: {reason}",
                "check its permissions, or put a copy of it back",
            ) from None

    def put(self, key: MasterKey) -> None:
        """Write a key, whole or not at all."""
        private_folder(self.folder)
        with replacing(self.path(key.fingerprint)) as file:
            file.write(_encoded(key).encode() + b"\n")

    def drop(self, fingerprint: str) -> None:
        """Take the file away."""
        with suppress(OSError):
            self.path(fingerprint).unlink()


class SystemKeyring:
    """Keys in the keyring of the operating system."""

    kind: Kind = "keyring"

    @staticmethod
    def works() -> bool:
        """Say whether the system has a keyring that keeps secrets. A machine without a desktop often has none."""
        import keyring  # noqa: PLC0415 -- slow to import, and not always asked
        from keyring.backends import chainer, fail, null  # noqa: PLC0415 -- as above

        found = keyring.get_keyring()
        if isinstance(found, chainer.ChainerBackend):
            return any(backend.priority >= 1 for backend in found.backends)
        # Below 1 are those that their makers do not recommend: they keep secrets in plain files.
        return not isinstance(found, fail.Keyring | null.Keyring) and found.priority >= 1

    def get(self, fingerprint: str) -> MasterKey | None:
        """Ask the keyring for a key."""
        import keyring  # noqa: PLC0415 -- as above
        from keyring.errors import KeyringError  # noqa: PLC0415 -- as above

        if not self.works():
            return None
        try:
            kept = keyring.get_password(_SERVICE, fingerprint)
        except KeyringError:
            raise _refused("did not open") from None
        try:
            return _decoded(kept, fingerprint) if kept else None
        except ValueError:
            raise _refused(f"holds no key under {fingerprint}") from None

    def put(self, key: MasterKey) -> None:
        """Give a key to the keyring, and see that it comes back."""
        import keyring  # noqa: PLC0415 -- as above
        from keyring.errors import KeyringError  # noqa: PLC0415 -- as above

        try:
            keyring.set_password(_SERVICE, key.fingerprint, _encoded(key))
        except KeyringError:
            raise _refused("did not take the key") from None
        if self.get(key.fingerprint) != key:
            raise _refused("did not keep the key")

    def drop(self, fingerprint: str) -> None:
        """Take a key out of the keyring."""
        import keyring  # noqa: PLC0415 -- as above
        from keyring.errors import KeyringError  # noqa: PLC0415 -- as above

        with suppress(KeyringError):
            keyring.delete_password(_SERVICE, fingerprint)


def _refused(what: str) -> StoreError:
    help_ = "unlock it and try again, or set GOLDENTHREAD_KEY=file or =passphrase"
    return StoreError(f"the system's keyring {what}", help_)


def _encoded(key: MasterKey) -> str:
    return base64.b64encode(key.secret).decode()


def _decoded(text: str, fingerprint: str) -> MasterKey:
    """Read a key. Raises ValueError where it is none, or goes by another fingerprint."""
    try:
        key = MasterKey(base64.b64decode(text.strip(), validate=True))
    except binascii.Error:
        raise ValueError(fingerprint) from None
    if len(key.secret) != KEY_BYTES or key.fingerprint != fingerprint:
        raise ValueError(fingerprint)
    return key

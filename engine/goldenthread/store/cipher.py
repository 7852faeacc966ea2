"""Sealing: AES-256-GCM, each blob bound to the place that it stands in. The only module that knows the cipher."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class SealError(ValueError):
    """A blob is not what was sealed under this key in this place."""


def new_key() -> bytes:
    """Make a random key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Seal bytes for one place: in another, they do not open."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """Give what was sealed. Raises SealError where the key, the place or a single bit is another."""
    nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, rest, place.encode())
    except (InvalidTag, ValueError):
        raise SealError(place) from None


def blind(key: bytes, word: str) -> str:
    """Give what stands for a word in an index: the same for the same word, and telling nothing without the key."""
    return hmac.new(key, b"index\0" + word.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class MasterKey:
    """The key that wraps the data keys of all cases."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> MasterKey:
        """Make a new one."""
        return cls(new_key())

    @property
    def fingerprint(self) -> str:
        """What the key is called: it tells nothing about the key."""
        return hashlib.sha256(b"goldenthread master key\0" + self.secret).hexdigest()[:16]

    def wrap(self, case_id: str, data_key: bytes) -> bytes:
        """Wrap the data key of a case."""
        return seal(self.secret, data_key, f"key/{case_id}")

    def unwrap(self, case_id: str, wrapped: bytes) -> bytes:
        """Give the data key of a case. Raises SealError for one that this key did not wrap."""
        return unseal(self.secret, wrapped, f"key/{case_id}")

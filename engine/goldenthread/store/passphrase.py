"""A master key locked by a passphrase, as text that can be kept anywhere."""

from __future__ import annotations

import base64
import json
import secrets
import unicodedata

from goldenthread.store.cipher import MasterKey, SealError, seal, unseal

FORMAT = 1
_WORK = {"n": 2**16, "r": 8, "p": 1}
"""What scrypt costs: 64 MB and about a fifth of a second a try."""
_MOST_WORK = 2**20


class PassphraseError(ValueError):
    """The passphrase does not open the key, or the text locks none."""


def lock(key: MasterKey, passphrase: str) -> str:
    """Lock a key under a passphrase."""
    salt = secrets.token_bytes(16)
    sealed = seal(_stretched(passphrase, salt, **_WORK), key.secret, _place(key.fingerprint))
    return json.dumps(
        {
            "goldenthread_key": FORMAT,
            "fingerprint": key.fingerprint,
            "scrypt": {**_WORK, "salt": base64.b64encode(salt).decode()},
            "sealed": base64.b64encode(sealed).decode(),
        }
    )


def fingerprint_of(text: str) -> str:
    """Say which key a text locks. Raises PassphraseError where it locks none that this version knows."""
    return _read(text)[0]


def unlock(text: str, passphrase: str) -> MasterKey:
    """Open a locked key. Raises PassphraseError."""
    fingerprint, work, salt, sealed = _read(text)
    try:
        key = MasterKey(unseal(_stretched(passphrase, salt, **work), sealed, _place(fingerprint)))
    except SealError:
        raise PassphraseError("the passphrase does not open this key") from None
    return key


def _read(text: str) -> tuple[str, dict[str, int], bytes, bytes]:
    try:
        data = json.loads(text)
        if data["goldenthread_key"] != FORMAT:
            raise PassphraseError("this key was written by a newer version of Golden Thread")
        work = {name: int(data["scrypt"][name]) for name in _WORK}
        if not (1 < work["n"] <= _MOST_WORK and 0 < work["r"] <= 16 and 0 < work["p"] <= 16):
            raise PassphraseError("this is no locked key")
        salt = base64.b64decode(data["scrypt"]["salt"], validate=True)
        return str(data["fingerprint"]), work, salt, base64.b64decode(data["sealed"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, PassphraseError):
            raise
        raise PassphraseError("this is no locked key") from None


def _place(fingerprint: str) -> str:
    return f"passphrase/{fingerprint}"


def _stretched(passphrase: str, salt: bytes, *, n: int, r: int, p: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415 -- only where one is used

    # The same letters typed on another system may come composed otherwise.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(typed)

"""One-time links: whoever can read the private folder of the server can open the page, and nobody else."""

from __future__ import annotations

import hashlib
import hmac
import secrets

GOOD_FOR = 300
"""Seconds for which a link can be used."""


def new_link(secret: str, now: float) -> str:
    """Make the token of a link: when it ends, a random part, and a seal over both."""
    body = f"{int(now) + GOOD_FOR:x}-{secrets.token_hex(12)}"
    return f"{body}-{_seal(secret, body)}"


def proof(secret: str, asked: str) -> str:
    """Answer a question as only the server of this secret can. No such answer is the seal of a link."""
    return hmac.new(secret.encode(), asked.encode(), hashlib.sha512).hexdigest()


def _seal(secret: str, body: str) -> str:
    return hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()


class Links:
    """The links of one server. Each can be used once."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self._used: dict[str, int] = {}

    def take(self, token: str, now: float) -> bool:
        """Say whether a token opens the page, and spend it. A clock set back makes no old link good again."""
        body, _, seal = token.rpartition("-")
        if not hmac.compare_digest(_seal(self.secret, body).encode(), seal.encode()):
            return False
        end = int(body.partition("-")[0], 16)
        if body in self._used or not now <= end <= now + GOOD_FOR:
            return False
        self._used[body] = end
        return True

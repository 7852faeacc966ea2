"""What every page's template knows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the time until the lock, whether single keys act, and what has just been said."""
    opened = bool(request.session.get("opened")) and not request.session.get("locked")
    return {
        "opened": opened,
        "idle_seconds": settings.IDLE_MINUTES * 60,
        "keys": request.session.get("keys", True),
        # A page that leaves it out, as that for the client does, leaves it for the next.
        "said": partial(request.session.pop, "said", ()) if opened else (),
    }

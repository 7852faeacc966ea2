"""What every page's template knows."""

from __future__ import annotations

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
        "said": request.session.pop("said", ()) if opened else (),
    }

"""Django made ready, once, and only where the store is used."""

from __future__ import annotations

import os

SETTINGS = "goldenthread.store.settings"


def configure() -> None:
    """Set Django up with the store's own settings, unless others were named or it is set up already."""
    import django  # noqa: PLC0415 -- a walk in the terminal needs no Django
    from django.apps import apps  # noqa: PLC0415 -- as above

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        django.setup()

"""The store as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Its tables are called `store_…`."""

    name = "goldenthread.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

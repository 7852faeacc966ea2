"""Every test here runs on SQLite and on PostgreSQL, but for those of the folders `sqlite` and `postgresql`."""

from __future__ import annotations

from storing import URL, empty_database, ground, store

__all__ = ["empty_database", "ground", "store"]

collect_ignore = ["sqlite", "test_postgresql.py"] if URL.startswith("postgres") else ["postgresql"]

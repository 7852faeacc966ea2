"""Every test here runs on SQLite, and on PostgreSQL where what it holds depends on the database.

That leaves out those of the folder `sqlite`; those of the places where keys are kept, beside the database; and those of
the command line, whose every step is a function that the other tests call on both.
"""

from __future__ import annotations

from storing import URL, empty_database, ground, store

__all__ = ["empty_database", "ground", "store"]

collect_ignore = (
    ["sqlite", "test_keys.py", "test_store_command.py", "test_postgresql.py"]
    if URL.startswith("postgres")
    else ["postgresql"]
)

"""Cases kept in a database: append-only, encrypted, SQLite or PostgreSQL."""

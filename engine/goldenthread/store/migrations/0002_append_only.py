"""Events are only ever added: the database itself refuses to change them, or to lose one of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# A case is deleted before its events, in one transaction; foreign keys are held at its end. So events go
# all together with their case, or stay.
SQLITE = (
    """
    CREATE TRIGGER store_event_no_update BEFORE UPDATE ON store_event
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END
    """,
    """
    CREATE TRIGGER store_event_no_delete BEFORE DELETE ON store_event
    WHEN EXISTS (SELECT 1 FROM store_case WHERE id = OLD.case_id)
    BEGIN SELECT RAISE(ABORT, 'events are deleted only with their case'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION store_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM store_case WHERE id = OLD.case_id) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'events are never changed, and deleted only with their case';
    END $$
    """,
    """
    CREATE TRIGGER store_event_append_only BEFORE UPDATE OR DELETE ON store_event
    FOR EACH ROW EXECUTE FUNCTION store_event_refuse()
    """,
    """
    CREATE TRIGGER store_event_no_truncate BEFORE TRUNCATE ON store_event
    FOR EACH STATEMENT EXECUTE FUNCTION store_event_refuse()
    """,
)
TRIGGERS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def guard(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 -- the shape that Django asks for
    """Make the triggers. A later migration that remakes the table on SQLite must call this again."""
    for statement in TRIGGERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Not to be taken back."""

    dependencies = (("store", "0001_initial"),)
    operations = (migrations.RunPython(guard),)

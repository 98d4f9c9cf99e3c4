"""On PostgreSQL the database itself refuses two versions of a procedure on one day."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# A range over the key lets a plain GiST index compare it, without an extension.
ADD = """
ALTER TABLE catalogue_procedureversion ADD CONSTRAINT versions_never_overlap
EXCLUDE USING gist (
    int8range(procedure_id, procedure_id, '[]') WITH &&,
    daterange(valid_from, valid_to, '[)') WITH &&
) WHERE (valid_from IS NOT NULL)
"""
DROP = "ALTER TABLE catalogue_procedureversion DROP CONSTRAINT versions_never_overlap"


def _run(sql: str, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(sql)


def add_constraint(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the exclusion constraint where the database has such."""
    _run(ADD, schema_editor)


def drop_constraint(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the exclusion constraint away again."""
    _run(DROP, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(add_constraint, drop_constraint)]

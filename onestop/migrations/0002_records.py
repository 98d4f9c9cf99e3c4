"""Events that the database itself refuses to change, and the calendar to count with."""

from datetime import date

from django.db import migrations

from onestop.national_calendar import FIRST_YEAR, national_document

REFUSE = """
CREATE FUNCTION onestop_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'recorded events are never changed or removed';
END
$$;
CREATE TRIGGER onestop_dossierevent_append_only
    BEFORE UPDATE OR DELETE ON onestop_dossierevent
    FOR EACH ROW EXECUTE FUNCTION onestop_refuse_change();
"""
ALLOW = """
DROP TRIGGER onestop_dossierevent_append_only ON onestop_dossierevent;
DROP FUNCTION onestop_refuse_change();
"""


def refuse_changes(apps, schema_editor):
    # The rest is for the model: a test on SQLite has to be able to empty the table.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW)


def seed_calendar(apps, schema_editor):
    apps.get_model("onestop", "WorkingCalendar").objects.create(
        version=1, valid_from=date(FIRST_YEAR, 1, 1), document=national_document()
    )


class Migration(migrations.Migration):
    dependencies = [("onestop", "0001_initial")]
    operations = [
        migrations.RunPython(refuse_changes, allow_changes),
        migrations.RunPython(seed_calendar, migrations.RunPython.noop),
    ]

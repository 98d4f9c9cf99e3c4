"""List names without the words "Thủ tục" that open every third of them."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from catalogue.documents.listing import listing_values


def list_anew(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set letter and sort key of the versions that are there already."""
    versions = apps.get_model("catalogue", "ProcedureVersion").objects
    for version in versions.only("document").iterator(chunk_size=500):
        values = listing_values(version.document)
        versions.filter(pk=version.pk).update(letter=values["letter"], sort_key=values["sort_key"])


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_listing_indexes_and_open_data")]
    operations = [migrations.RunPython(list_anew, migrations.RunPython.noop)]

"""Fill the listing columns of versions that are there already, then demand them."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from catalogue.documents.listing import listing_values


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Copy to each version the facts of its document, its agency and its field."""
    versions = apps.get_model("catalogue", "ProcedureVersion").objects
    rows = versions.select_related("decision_item__decision", "procedure")
    for version in rows.iterator(chunk_size=500):
        versions.filter(pk=version.pk).update(
            agency_id=version.decision_item.decision.agency_id,
            field_id=version.procedure.field_id,
            **listing_values(version.document),
        )


def _demanded(name: str, target: str) -> migrations.AlterField:
    return migrations.AlterField(
        "procedureversion",
        name,
        models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=target,
            verbose_name=name,
        ),
    )


def _without_default(name: str, field: models.Field) -> migrations.AlterField:
    return migrations.AlterField("procedureversion", name, field)


class Migration(migrations.Migration):
    # The rows must be there before PostgreSQL lets the columns be altered.
    atomic = False
    dependencies = [("catalogue", "0003_listing_and_imports")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        _demanded("agency", "catalogue.agency"),
        _demanded("field", "catalogue.field"),
        _without_default("name", models.TextField(verbose_name="name")),
        _without_default("name_slug", models.CharField(db_index=True, max_length=255)),
        _without_default("sort_key", models.CharField(max_length=700)),
        _without_default("letter", models.CharField(max_length=1)),
        _without_default("levels", models.CharField(max_length=80)),
        _without_default("audiences", models.CharField(max_length=40)),
    ]
